"""The index is derived: whatever happens to the database around it, it never says too much, and is whole again by itself."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from hallway.adapters import SystemClock
from hallway.domain.search_queries import parse
from hallway.storage.backup.accounts import removable, remove
from hallway.storage.backup.form import Backup
from hallway.storage.backup.restoring import restore
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import database_at
from hallway.storage.search_index.status import indexed_of_all
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.search_ports import Wanted
from tests.contracts.world import HERE, LENA, NOON, OWNER, change, furnished, set_suspended, talk
from tests.servers.copies import migrated, sqlite_copy
from tests.servers.postgres import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Addresses of databases with the present schema."""
    numbers = count()

    def make() -> str:
        if request.param == "sqlite":
            return sqlite_copy(tmp_path / str(next(numbers)) / "hallway.db")
        server: Postgres = request.getfixturevalue("postgres")
        return server.new_copy(migrated)

    return make


def engine_of(store: SqlStore) -> Engine:
    """Where its database is, to look at what the ports do not show."""
    return store._engine  # pyright: ignore[reportPrivateUsage]


@pytest.fixture
def store(new_url: Callable[[], str]) -> Iterator[SqlStore]:
    """A store whose index is complete."""
    opened = open_store(new_url())
    furnished(opened)
    talk(opened, OWNER, LENA, ["needles", "hay"])
    change(opened, lambda tx: indexing.build(tx, HERE))
    yield opened
    opened.close()


def found(store: SqlStore, typed: str) -> list[str]:
    """What somebody finds."""
    wanted = Wanted(parts=parse(typed).parts)
    page = store.read(lambda tx: tx.search.messages(HERE, OWNER, wanted, behind=None, limit=9))
    return [one.message.body for one in page.hits]


def words_in_index(connection: Connection) -> set[str]:
    """Each word that the index itself still has, without the accounts' numbers and people."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search_terms, row)")
        terms = connection.exec_driver_sql("SELECT term FROM vocabulary").scalars().all()
        connection.exec_driver_sql("DROP TABLE temp.vocabulary")
    else:
        terms = connection.execute(
            text("SELECT DISTINCT unnest(tsvector_to_array(terms)) FROM search_document")
        ).scalars()
    words = {one.partition(".")[2] for one in terms}
    return {one for one in words if not one.startswith(".")}


def test_nothing_stays_in_the_index_of_a_message_that_was_deleted_or_edited(store: SqlStore) -> None:
    with engine_of(store).connect() as connection:
        assert words_in_index(connection) >= {"needles", "needl", "hay"}
    conversation_id = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=1))[0].conversation.id
    first, second = (store.read(lambda tx, seq=seq: tx.messages.find(HERE, conversation_id, seq)) for seq in (1, 2))
    assert first is not None
    assert second is not None
    change(store, lambda tx: tx.messages.save(first.deleted_for_everyone(3, NOON)))
    change(store, lambda tx: tx.messages.save(replace(second, body="straw", rev=4)))
    with engine_of(store).connect() as connection:
        assert words_in_index(connection) == {"straw"}
    assert (found(store, "needle"), found(store, "hay"), found(store, "straw")) == ([], [], ["straw"])


def test_a_rebuilt_index_finds_the_same_and_has_nothing_else(store: SqlStore) -> None:
    with engine_of(store).connect() as connection:
        before = words_in_index(connection)
        assert indexed_of_all(connection) == (2, 2, 1)  # another account was never indexed
    change(store, lambda tx: indexing.rebuild(tx, clock=SystemClock()))
    with engine_of(store).connect() as connection:
        assert words_in_index(connection) == set()
        assert indexed_of_all(connection) == (0, 2, 2)
    assert found(store, "needle") == ["needles"]
    assert store.read(lambda tx: tx.jobs.due_accounts(indexing.WORK.kind, SystemClock().now())) != []
    change(store, lambda tx: indexing.build(tx, HERE))
    with engine_of(store).connect() as connection:
        assert words_in_index(connection) == before
    assert found(store, "needle") == ["needles"]


def test_another_analyser_begins_anew(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "ANALYSER", indexing.ANALYSER + 1)
    assert HERE in store.read(lambda tx: tx.search_index.incomplete(indexing.ANALYSER))
    change(store, lambda tx: indexing.build(tx, HERE))
    assert HERE not in store.read(lambda tx: tx.search_index.incomplete(indexing.ANALYSER))
    assert found(store, "needle") == ["needles"]


def test_a_restored_database_has_no_index_of_what_was_there(
    store: SqlStore, new_url: Callable[[], str], tmp_path: Path
) -> None:
    url, file = new_url(), tmp_path / "backup.hallway"
    other = furnished(open_store(url))
    talk(other, OWNER, LENA, ["thimbles"])
    other.close()
    with database_at(url) as engine, snapshot(engine) as saving:
        saving.write(file, replaces=False, watch=lambda _: None)
    target = engine_of(store).url.render_as_string(hide_password=False)
    store.close()
    with database_at(target) as engine:
        restore(engine, Backup(file), replaces=True, watch=lambda _: None)
    restored = open_store(target)
    with engine_of(restored).connect() as connection:
        assert words_in_index(connection) == set()
    assert (found(restored, "needle"), found(restored, "thimble")) == ([], ["thimbles"])
    change(restored, lambda tx: indexing.build(tx, HERE))
    assert (found(restored, "needle"), found(restored, "thimble")) == ([], ["thimbles"])
    restored.close()


def test_nothing_stays_in_the_index_of_an_account_that_was_removed(store: SqlStore, tmp_path: Path) -> None:
    set_suspended(store, is_suspended=True)
    file = tmp_path / "account.hallway"
    with snapshot(engine_of(store), HERE) as saving:
        assert not [one.name for one in saving.head.tables if one.name.startswith("search_")]
        saving.write(file, replaces=False, watch=lambda _: None)
    remove(engine_of(store), removable(engine_of(store), HERE, Backup(file), lambda _: None), lambda _: None)
    with engine_of(store).connect() as connection:
        assert words_in_index(connection) == set()
        for name in ("search_account", "search_conversation", "search_document"):
            assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() == 0  # noqa: S608 - ours
