"""The schema changes while others serve: each revision keeps what is stored, and takes nothing from the version before."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, MetaData, event, select

from hallway.storage.backup.tables import database_at
from hallway.storage.examination import examine
from hallway.storage.finding import Severity
from hallway.storage.migrate import REVISIONS, migrate_to, upgrade
from hallway.storage.schema import metadata
from hallway.storage.search import SqlSearch
from hallway.usecases.messaging import search_keys
from tests.contracts.world import HERE
from tests.servers.postgres import Postgres
from tests.storage.furnished import furnished_store, stored

BEFORE_THE_RULE = ("0001", "0002", "0003")
"""Made when one process served, which was stopped meanwhile."""
NEW = [one for one in REVISIONS if one not in BEFORE_THE_RULE]
IN_ONE_GO = (
    "require-concurrent-index-creation",
    "require-timeout-settings",
    "prefer-text-field",
    "prefer-robust-stmts",
)
"""What squawk advises for statements that commit one by one; ours are one transaction, behind a lock, on tables that begin empty."""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Addresses of empty databases."""
    numbers = count()

    def make() -> str:
        if request.param == "sqlite":
            return f"sqlite:///{tmp_path}/{next(numbers)}/hallway.db"
        server: Postgres = request.getfixturevalue("postgres")
        return server.new_database()

    return make


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_what_an_older_hallway_stored_is_there_after_the_upgrade(new_url: Callable[[], str], revision: str) -> None:
    model, url = new_url(), new_url()
    furnished_store(model).close()
    with database_at(model) as there, database_at(url, may_be_new=True) as engine:
        with engine.connect() as connection, there.connect() as source:
            connection.execution_options(is_writing=True)
            with connection.begin():
                migrate_to(connection, revision)
                old = _reflected(connection).tables
                for table in metadata.sorted_tables:
                    rows = [dict(row) for row in source.execute(select(table)).mappings()]
                    if table.name in old and rows:
                        known = old[table.name].columns.keys()
                        connection.execute(table.insert(), [{name: row[name] for name in known} for row in rows])
            before = {name: rows for name, rows in stored(source).items() if name in old}
            if "assigned_at" not in old["expert"].columns:
                before["expert"] = [(*row[:-1], None) for row in before["expert"]]
        upgrade(engine)
        assert [one for one in examine(engine) if one.verdict is Severity.PROBLEM] == []
        with engine.connect() as connection:
            connection.execution_options(is_writing=True)
            search = SqlSearch(connection)
            search.index(search.unindexed(HERE, None, 100))
            after = {name: rows for name, rows in stored(connection).items() if name in old}
            if "job" in old:
                after["job"] = [row for row in after["job"] if search_keys.WORK.kind not in row]
            assert after == before


@pytest.fixture
def spoken(postgres: Postgres) -> Iterator[Callable[[str], str]]:
    """What a revision says to PostgreSQL."""
    with database_at(postgres.new_database()) as engine:
        yield lambda revision: _spoken(engine, revision)


def _spoken(engine: Engine, revision: str) -> str:
    said: list[str] = []
    before = REVISIONS[REVISIONS.index(revision) - 1]
    with engine.connect() as connection, connection.begin():
        migrate_to(connection, before)
        event.listen(connection, "before_cursor_execute", lambda *told: said.append(told[2]))
        migrate_to(connection, revision)
    return ";\n".join(one for one in said if one.lstrip().startswith(("CREATE", "ALTER", "DROP"))) + ";\n"


def _complaints(sql: str, tmp_path: Path) -> str:
    file = tmp_path / "revision.sql"
    file.write_text(sql)
    squawk = [
        Path(sys.executable).parent / "squawk",
        "--assume-in-transaction",
        f"--exclude={','.join(IN_ONE_GO)}",
        file,
    ]
    found = subprocess.run(squawk, capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else found.stdout


@pytest.mark.slow
@pytest.mark.parametrize("revision", NEW)
def test_a_revision_takes_nothing_from_the_version_before(
    spoken: Callable[[str], str], tmp_path: Path, revision: str
) -> None:
    sql = spoken(revision)
    assert "CREATE" in sql or "ALTER" in sql
    assert _complaints(sql, tmp_path) == ""


@pytest.mark.parametrize(
    "bad",
    [
        "ALTER TABLE message DROP COLUMN body;",
        "ALTER TABLE message RENAME COLUMN body TO text;",
        "ALTER TABLE message ALTER COLUMN body TYPE integer;",
        "ALTER TABLE message ADD COLUMN must integer NOT NULL;",
        "DROP TABLE message;",
        'ALTER TABLE "user" RENAME TO people;',
    ],
)
def test_what_would_take_something_is_noticed(tmp_path: Path, bad: str) -> None:
    assert _complaints(bad, tmp_path) != ""
