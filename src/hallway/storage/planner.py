"""What SQLite's planner must know: an account has a part of the rows, and each further column of a key narrows them.

Without statistics it takes the account alone for a good start, and would read all rows of an account to find a few; told
that an account has all rows, it would read those of every account to find all of one. It is told by hand, in the table that `ANALYZE` fills, and not by measuring: so its plans are the same on every day and on
an empty database (docs/decisions/0012). PostgreSQL keeps statistics by itself.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

ROWS = 10_000_000
"""As many rows as every table is taken to have."""
ACCOUNTS = 10
"""Among so many accounts they are taken to be shared: few enough that an account alone is never a good start."""
FEWER = 10_000
"""As many rows as an index is taken to have that leaves most of them out."""
OF_ALL_ACCOUNTS = frozenset({"account_address"})
"""Tables of which an account has a few rows among those of all."""
A_FEW = 10
"""As many rows as the whole of a key that is not unique is taken to find."""


def instruct(connection: Connection) -> None:
    """Write down what is true of every index of ours; this connection reads it, and those that are opened later."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text("ANALYZE sqlite_schema"))
    connection.execute(text("DELETE FROM sqlite_stat1"))
    tables = connection.execute(text("SELECT name, wr FROM pragma_table_list WHERE type = 'table'")).all()
    for table, is_its_key in tables:
        indexes = connection.execute(text("SELECT * FROM pragma_index_list(:name)"), {"name": table}).mappings().all()
        for index in indexes:
            # A table that is kept in the order of its key is that key's index, and named so.
            name = table if is_its_key and index["origin"] == "pk" else index["name"]
            row = {"tbl": table, "idx": name, "stat": _selectivity(connection, table, index)}
            connection.execute(text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"), row)
    connection.execute(text("ANALYZE sqlite_schema"))


def _selectivity(connection: Connection, table: str, index: Mapping[Any, Any]) -> str:
    """Estimate how many rows each longer beginning of the index's key finds: from all of them to a single row, or to a few."""
    query = text("SELECT name FROM pragma_index_info(:name)")
    columns = connection.execute(query, {"name": index["name"]}).scalars().all()
    rows = FEWER if index["partial"] else ROWS
    least = 1 if index["unique"] else A_FEW
    by_account = columns[0] == "account_id" and table not in OF_ALL_ACCOUNTS
    most, steps = (rows // ACCOUNTS, len(columns) - 1) if by_account else (rows, len(columns))
    found = [round(least * (most / least) ** (1 - step / max(steps, 1))) for step in range(steps + 1)]
    return " ".join(map(str, [rows, *found[-len(columns) :]]))
