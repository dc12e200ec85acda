"""What SQLite's planner must know: an account has most of the rows, and each further column of a key narrows them.

Without statistics it takes the account alone for a good start, and would read all rows of an account to find a few. It
is told by hand, in the table that `ANALYZE` fills, and not by measuring: so its plans are the same on every day and on
an empty database (docs/decisions/0012). PostgreSQL keeps statistics by itself.
"""

from sqlalchemy import Connection, text

ROWS = 10_000_000
"""As many rows as every table is taken to have."""
A_FEW = 10
"""As many rows as the whole of a key that is not unique is taken to find."""


def instruct(connection: Connection) -> None:
    """Write down what is true of every index of ours; connections that are opened later read it."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text("ANALYZE sqlite_schema"))
    connection.execute(text("DELETE FROM sqlite_stat1"))
    tables = connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars().all()
    for table in tables:
        indexes = connection.execute(text("SELECT * FROM pragma_index_list(:name)"), {"name": table}).mappings().all()
        for index in indexes:
            row = {"tbl": table, "idx": index["name"], "stat": _selectivity(connection, index["name"], index["unique"])}
            connection.execute(text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"), row)


def _selectivity(connection: Connection, index: str, is_unique: bool) -> str:  # noqa: FBT001 - as SQLite tells it
    """How many rows each longer beginning of the index's key finds: from all of them to one, or to a few."""
    columns = connection.execute(text("SELECT name FROM pragma_index_info(:name)"), {"name": index}).scalars().all()
    least = 1 if is_unique else A_FEW
    steps = len(columns) - (1 if columns[0] == "account_id" else 0)
    found = [round(least * (ROWS / least) ** (1 - step / max(steps, 1))) for step in range(steps + 1)]
    return " ".join(map(str, [ROWS, *found[-len(columns) :]]))
