"""What the databases alone can get wrong: files, revisions, plans, and being gone for a while."""

import re
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, text

from hallway.adapters import SystemClock
from hallway.domain.conversations import Member
from hallway.domain.ids import ConversationId
from hallway.storage import engines, migrate
from hallway.storage.engines import open_engine
from hallway.storage.lists import as_array
from hallway.storage.migrate import SchemaTooNew, upgrade
from hallway.storage.schema import metadata
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Invalid, NotFound
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.records import Since
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import StoreUnavailable, Transaction
from tests.contracts.world import HERE, OWNER, TOMAS, furnish, furnished, talk
from tests.servers.copies import migrated
from tests.servers.postgres import Postgres
from tests.servers.programs import removing


def test_the_newest_revision_is_the_last_in_alembics_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    line = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(line)) == migrate.REVISIONS


def test_the_revisions_make_exactly_the_tables(empty_database: str) -> None:
    engine = open_engine(empty_database)
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        opts = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search_")}
        assert compare_metadata(MigrationContext.configure(connection, opts=opts), metadata) == []
    engine.dispose()


def test_the_messages_of_a_conversation_lie_side_by_side_in_sqlite(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/hallway.db").close()
    with closing(sqlite3.connect(tmp_path / "hallway.db")) as database:
        assert database.execute("SELECT wr FROM pragma_table_list WHERE name = 'message'").fetchall() == [(1,)]


def test_a_newer_schema_is_refused(database: str) -> None:
    open_store(database).close()
    engine = open_engine(database)
    with engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    engine.dispose()
    with pytest.raises(SchemaTooNew, match="9999"):
        open_store(database)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/data/hallway.db").close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "hallway.db").stat().st_mode & 0o777 == 0o600


def test_sqlite_is_durable_and_checks_references(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/data/hallway.db")
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked] == ["wal", 2, 1]
    engine.dispose()


def test_a_locked_sqlite_is_unavailable_and_heals(tmp_path: Path) -> None:
    path = tmp_path / "hallway.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    event.listen(engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=1"))
    store = SqlStore(engine)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert isinstance(store.write([furnish])[0].failure, StoreUnavailable)
    other.execute("ROLLBACK")
    other.close()
    assert store.write([furnish])[0].failure is None
    store.close()


@pytest.mark.slow
def test_a_restarted_postgresql_is_unavailable_and_heals() -> None:
    with removing(Postgres()) as server, closing(open_store(server.new_database())) as store:
        furnished(store)
        server.stop()
        with pytest.raises(StoreUnavailable):
            store.read(_owner)
        assert isinstance(store.write([_owner])[0].failure, StoreUnavailable)
        server.start()
        assert store.read(_owner) == "Olga Owner"
        assert store.write([_owner])[0].value == "Olga Owner"


def test_a_postgresql_that_takes_no_changes_is_unavailable(postgres: Postgres) -> None:
    store = open_store(postgres.new_copy(migrated))

    def work(tx: Transaction) -> None:
        _rows(tx, "SELECT set_config('transaction_read_only', 'on', true)")
        furnish(tx)

    (outcome,) = store.write([work])
    assert isinstance(outcome.failure, StoreUnavailable)
    store.close()


@pytest.mark.parametrize(
    "found", ["convert_from(decode('00', 'hex'), 'UTF8')", "'no id'::uuid", "power(2, 63)::bigint"]
)
def test_what_postgresql_cannot_hold_is_refused_and_no_fault(postgres: Postgres, found: str) -> None:
    store = open_store(postgres.new_copy(migrated))
    with pytest.raises(Invalid):
        store.read(lambda tx: _rows(tx, f"SELECT {found}"))
    store.close()


def test_room_is_tried_and_nothing_is_left_of_it(database: str) -> None:
    store = open_store(database)
    for is_in_doubt in (False, True, True):
        store.require_room(is_in_doubt=is_in_doubt)
    store.close()


def test_a_folder_that_takes_nothing_has_no_room(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/hallway.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        with pytest.raises(StoreUnavailable, match="takes no more"):
            store.require_room(is_in_doubt=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    store.require_room(is_in_doubt=False)
    store.close()


@pytest.mark.slow
def test_a_connection_cut_in_the_middle_undoes_the_work_and_no_other(postgres: Postgres) -> None:
    engine = open_engine(postgres.new_database())
    upgrade(engine)
    store = SqlStore(engine)
    cut: list[Any] = []

    def work(tx: Transaction) -> None:
        furnish(tx)
        with engine.connect() as other:
            query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            cut.extend(other.execute(text(query)).scalars())
        tx.accounts.default()

    outcomes = store.write([work, _nothing])
    assert cut
    assert [type(outcome.failure) for outcome in outcomes] == [StoreUnavailable, type(None)]
    assert store.read(lambda tx: tx.accounts.default()) is None
    store.close()


@pytest.mark.slow
def test_a_connection_that_was_cut_while_it_rested_is_not_used_again(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database()
    store, other = open_store(url), open_engine(url)
    furnished(store)
    monkeypatch.setattr(engines, "RESTED", 0.0)
    assert store.read(_owner) == "Olga Owner"
    with other.connect() as connection:
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        assert connection.execute(text(query)).all()
    assert store.read(_owner) == "Olga Owner"
    other.dispose()
    store.close()


def test_postgresql_plans_what_is_read_often_once_also_when_nothing_is_found(postgres: Postgres) -> None:
    store = open_store(postgres.new_copy(migrated))
    furnished(store)

    def in_vain(tx: Transaction) -> None:
        _owner(tx)
        message = "person"
        raise NotFound(message)

    for _ in range(20):
        with pytest.raises(NotFound):
            store.read(in_vain)
    query = """SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%FROM "user"%'"""
    ((once_planned, anew),) = store.read(lambda tx: _rows(tx, query))
    assert (once_planned > 10, anew) == (True, 0)
    store.close()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", ['"', "\\", '\\"', "{a,b}", "NULL", "", " ", "\n", "é 🧯 \u2028", None]),
        ("bigint", [1, -(2**60), None]),
        ("boolean", [True, False, None]),
        ("bytea", [b"", bytes(range(256)), None]),
        ("uuid", ["556f0f06-bd10-5618-824b-86abeef4fac1"]),
        ("text", []),
    ],
)
def test_lists_arrive_in_postgresql_as_they_were(postgres: Postgres, kind: str, values: list[Any]) -> None:
    engine = open_engine(postgres.new_database())
    with engine.connect() as connection:
        query = f"SELECT %s::{kind}[]"
        found = connection.exec_driver_sql(query, (as_array(values),)).scalar_one()
    assert found == values
    engine.dispose()


def _rows(tx: Transaction, query: str) -> list[Any]:
    return list(vars(tx)["connection"].execute(text(query)))


def _owner(tx: Transaction) -> str | None:
    found = tx.people.find(HERE, OWNER)
    return None if found is None else found.name


def _nothing(_: Transaction) -> None:
    return None


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[tuple[SqlStore, list[str]]]:
    """A furnished SQLite store, and every statement that SQLite itself was asked since, with its values."""
    engine = open_engine(f"sqlite:///{tmp_path}/hallway.db")
    asked: list[str] = []
    event.listen(engine, "connect", lambda connection, _: connection.set_trace_callback(asked.append))
    upgrade(engine)
    store = SqlStore(engine)
    furnished(store)
    talk(store, OWNER, TOMAS, ["one", "two"])
    asked.clear()
    yield store, asked
    store.close()


def test_list_and_opening_scan_no_messages_or_members(plans: tuple[SqlStore, list[str]], tmp_path: Path) -> None:
    store, asked = plans

    def work(tx: Transaction) -> None:
        (row,) = tx.conversations.rows(HERE, OWNER, before=9, limit=50)
        tx.conversations.rows(HERE, OWNER, before=None, limit=50, unread_only=True)
        tx.conversations.unread_count(HERE, OWNER)
        tx.conversations.top_positions(HERE, [OWNER])
        tx.conversations.rows_of(HERE, OWNER, [row.conversation.id])
        tx.conversations.several(HERE, [row.conversation.id])
        tx.messages.page(HERE, row.conversation.id, OWNER, after=0, before=None, limit=50)
        tx.messages.changes(HERE, row.conversation.id, OWNER, since=Since(1, 0, 1), after=0, limit=50)
        tx.messages.visible(HERE, row.conversation.id, Member(OWNER))
        tx.messages.by_keys(HERE, [(OWNER, "key")])

    store.read(work)
    plan = _plans(tmp_path / "hallway.db", asked)
    for index in ("ix_member_place", "ix_message_changed"):
        assert any(index in line for line in plan)
    assert _long_ways(plan) == []


def test_unread_chats_are_counted_in_their_index(plans: tuple[SqlStore, list[str]], tmp_path: Path) -> None:
    store, asked = plans
    asked.clear()
    store.read(lambda tx: tx.conversations.unread_count(HERE, OWNER))
    assert _plans(tmp_path / "hallway.db", asked) == [
        "SCAN CONSTANT ROW",
        "SCALAR SUBQUERY 1",
        "SEARCH member USING COVERING INDEX ix_member_unread (account_id=? AND user_id=? AND unread>?)",
        "SCALAR SUBQUERY 2",
        "SEARCH member USING COVERING INDEX ix_member_archived (account_id=? AND user_id=? AND archived>?)",
    ]


DOINGS: dict[str, tuple[int, Callable[[Transaction, Actor, ConversationId], object]]] = {
    "the list": (5, lambda tx, me, _: conversations.chats(tx, me, before=None, limit=30)),
    "opening one": (6, lambda tx, me, chat: conversations.open_chat(tx, me, conversation_id=chat)),
    "catching up": (6, lambda tx, me, chat: conversations.missed(tx, me, conversation_id=chat, rev=1, own_rev=0)),
    "sending": (
        12,
        lambda tx, me, chat: send_all(
            tx, [Send(actor=me, body="three", key="key-three", to=chat)], clock=SystemClock()
        ),
    ),
}
"""What is done all day, with the most statements that it may take however large the account is."""


@pytest.mark.parametrize("doing", DOINGS)
def test_what_is_done_all_day_takes_a_few_statements_that_go_the_short_way(
    plans: tuple[SqlStore, list[str]], tmp_path: Path, doing: str
) -> None:
    store, asked = plans
    most, work = DOINGS[doing]
    me = Actor(account_id=HERE, user_id=OWNER)
    (chat,) = store.read(
        lambda tx: [row.conversation.id for row in tx.conversations.rows(HERE, OWNER, before=9, limit=9)]
    )
    asked.clear()
    (outcome,) = store.write([lambda tx: work(tx, me, chat)])
    assert outcome.failure is None
    statements = _different(asked)
    assert 0 < len(statements) <= most
    assert _long_ways(_plans(tmp_path / "hallway.db", asked)) == []


OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


def _different(asked: list[str]) -> list[str]:
    """What was asked, but for transactions; of what differs in its values alone, the first."""
    told = [one for one in asked if not one.startswith(OF_TRANSACTIONS)]
    return list({re.sub(r"'(?:[^']|'')*'|\b\d+\b|NULL", "?", one): one for one in reversed(told)}.values())[::-1]


def _long_ways(plan: list[str]) -> list[str]:
    """Lines of a plan that read a whole table, or a whole account. Lists given as a parameter are read as a whole."""
    scans = [line for line in plan if line.startswith("SCAN") and "VIRTUAL TABLE" not in line]
    steps = {"SCAN CONSTANT ROW", "SCAN line"}
    return [line for line in scans if line not in steps] + [line for line in plan if line.endswith("(account_id=?)")]


def _plans(path: Path, asked: list[str]) -> list[str]:
    """How SQLite carries out what was asked, line by line."""
    read = [one for one in _different(asked) if one.startswith(("SELECT", "WITH", "UPDATE"))]
    assert read
    with closing(sqlite3.connect(path)) as connection:
        return [row[3] for one in read for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]


def test_all_of_an_account_is_read_without_reading_the_others(tmp_path: Path) -> None:
    path = tmp_path / "hallway.db"
    open_store(f"sqlite:///{path}").close()
    tables = [table.name for table in metadata.sorted_tables if "account_id" in table.c]
    with closing(sqlite3.connect(path)) as connection:
        plans = {
            name: connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {name} WHERE account_id = 'a'").fetchall()  # noqa: S608 - ours
            for name in tables
        }
    assert [name for name, plan in plans.items() if any(step[3].startswith("SCAN") for step in plan)] == []
