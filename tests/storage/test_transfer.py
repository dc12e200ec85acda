"""A transfer copies everything into an empty database of either kind, checks it, and changes nothing when it fails."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from hallway.domain.audit import Action
from hallway.storage.backup.form import DamagedBackup
from hallway.storage.backup.restoring import InUse, NotEmpty, emptied, record
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import NothingHere, database_at
from hallway.storage.backup.transfer import Transfer, Unequal, estimated_seconds, held
from hallway.storage.migrate import NEWEST, migrate_to, revision_of
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts.mail_tags import tag_of
from tests.contracts.world import BOSS, HERE, LENA, furnished, talk
from tests.servers.postgres import Postgres
from tests.storage.furnished import PICTURE, WORDS, Rows, furnished_store, stored


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite installation with a conversation of awkward words, a picture and sessions."""
    url = f"sqlite:///{tmp_path}/hallway.db"
    furnished_store(url).close()
    with database_at(url) as engine:
        yield engine


@pytest.fixture
def target(postgres: Postgres) -> Iterator[Engine]:
    """An empty PostgreSQL database."""
    with database_at(postgres.new_database()) as engine:
        yield engine


def _url(engine: Engine) -> str:
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


def _stored(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return stored(connection)


def _tables(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return inspect(connection).get_table_names()


def _transfer(source: Engine, target: Engine, *, copied: Callable[[Connection], object] = lambda _: None) -> None:
    """`copied` is called between copying and checking."""
    with held(source) as saving, emptied(target, replaces=False) as connection:
        transfer = Transfer(saving, connection)
        transfer.copy(int)
        copied(connection)
        transfer.check(int)
        migrate_to(connection, NEWEST)


def _open(engine: Engine) -> SqlStore:
    engine.dispose()
    return open_store(_url(engine))


@pytest.mark.slow
def test_everything_is_in_the_target_and_the_source_is_as_it_was(source: Engine, target: Engine) -> None:
    before = _stored(source)
    _transfer(source, target)
    after = _stored(target)
    assert after == before == _stored(source)
    assert [row[-1] for row in after["photo"]] == [PICTURE]
    assert {row[6] for row in after["message"]} == set(WORDS)
    assert {row[3] for row in after["session"]} == {"browser", "token", "link"}, "people stay signed in"
    store = _open(target)
    talk(store, LENA, BOSS, ["We are on PostgreSQL now"])
    store.close()


@pytest.mark.slow
def test_it_goes_back_the_same_way(source: Engine, target: Engine, tmp_path: Path) -> None:
    _transfer(source, target)
    target.dispose()
    with database_at(f"sqlite:///{tmp_path}/back/hallway.db", may_be_new=True) as back:
        _transfer(target, back)
        assert _stored(back) == _stored(source)
        store = _open(back)
        talk(store, LENA, BOSS, ["And on SQLite again"])
        store.close()


@pytest.mark.slow
def test_people_can_read_and_not_write_meanwhile(source: Engine, target: Engine) -> None:
    store = open_store(_url(source))
    writing = threading.Thread(target=lambda: talk(store, LENA, BOSS, ["Meanwhile"]))

    def copied(_: Connection) -> None:
        assert store.read(lambda tx: tx.people.find(HERE, LENA)) is not None
        writing.start()
        writing.join(timeout=0.5)
        assert writing.is_alive()

    _transfer(source, target, copied=copied)
    writing.join()
    assert len(_stored(source)["message"]) == len(_stored(target)["message"]) + 1
    store.close()


@pytest.mark.slow
def test_an_installation_in_postgresql_that_is_served_stays_there(
    source: Engine, target: Engine, tmp_path: Path
) -> None:
    _transfer(source, target)
    store = _open(target)
    store.read(lambda tx: tx.accounts.default())
    with database_at(f"sqlite:///{tmp_path}/back/hallway.db", may_be_new=True) as back:
        with pytest.raises(InUse):
            _transfer(target, back)
        assert _tables(back) == []
    store.close()


@pytest.mark.slow
def test_an_older_schema_arrives_with_the_present_one(target: Engine, tmp_path: Path) -> None:
    with database_at(f"sqlite:///{tmp_path}/old/hallway.db", may_be_new=True) as old:
        with old.begin() as connection:
            migrate_to(connection, "0001")
            connection.execute(text("INSERT INTO account VALUES (:id, 'Old', 1, 'strict', 0)"), {"id": HERE})
        _transfer(old, target)
    assert _stored(target)["account"] == [(HERE, "Old", True, "strict", 0, None, None, tag_of(HERE), *[None] * 8)]
    with target.connect() as connection:
        assert revision_of(connection) == NEWEST != "0001"


@pytest.mark.slow
def test_the_log_says_so_in_the_target(source: Engine, target: Engine) -> None:
    with held(source) as saving, emptied(target, replaces=False) as connection:
        Transfer(saving, connection).copy(int)
        record(connection, Action.ACCOUNT_MOVED, [HERE])
    store = _open(target)
    assert [one.draft.action for one in store.read(lambda tx: list(tx.audit.whole(HERE)))][-1] == Action.ACCOUNT_MOVED
    store.close()


@pytest.mark.slow
def test_the_estimate_leaves_nothing_behind(source: Engine, target: Engine) -> None:
    with snapshot(source) as saving:
        assert 0 < estimated_seconds(saving, target) < 60
    assert _tables(target) == []
    _transfer(source, target)


# What changes nothing.


@pytest.mark.slow
def test_what_is_interrupted_leaves_the_target_empty_and_can_be_repeated(source: Engine, target: Engine) -> None:
    def interrupt(_: Connection) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _transfer(source, target, copied=interrupt)
    assert _tables(target) == []
    _transfer(source, target)
    assert _stored(target) == _stored(source)


SPOILT = (
    "UPDATE message SET body = 'spoilt' WHERE seq = 1",
    "DELETE FROM session WHERE kind = 'link'",
    "UPDATE photo SET content = 'spoilt'::bytea",
)


@pytest.mark.slow
@pytest.mark.parametrize("statement", SPOILT)
def test_a_target_that_holds_something_else_is_noticed(source: Engine, target: Engine, statement: str) -> None:
    """As with a trigger, or a disk that lies."""

    def spoil(connection: Connection) -> None:
        connection.execute(text(statement))

    with pytest.raises(Unequal, match="differ"):
        _transfer(source, target, copied=spoil)
    assert _tables(target) == []


@pytest.mark.slow
def test_a_value_that_postgresql_does_not_take_is_said_with_its_table(source: Engine, target: Engine) -> None:
    with source.begin() as connection:
        connection.execute(text("UPDATE message SET body = 'a' || char(0) || 'b' WHERE seq = 1"))
    with pytest.raises(DamagedBackup, match=r"A row of message can't be restored: .* NUL"):
        _transfer(source, target)
    assert _tables(target) == []


@pytest.mark.slow
def test_an_installation_is_not_replaced(source: Engine, target: Engine) -> None:
    store = _open(target)
    furnished(store)
    store.close()
    before = _stored(target)
    with pytest.raises(NotEmpty, match="There is already an installation there"):
        _transfer(source, target)
    assert _stored(target) == before


@pytest.mark.slow
def test_tables_of_others_with_our_names_are_not_replaced(source: Engine, target: Engine) -> None:
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE account (id integer)"))
    with pytest.raises(NotEmpty, match="other tables with Hallway's names: account"):
        _transfer(source, target)
    assert _tables(target) == ["account"]


@pytest.mark.slow
def test_a_target_that_others_have_open_is_not_filled(source: Engine, target: Engine) -> None:
    with database_at(_url(target)) as other, other.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(InUse):
            _transfer(source, target)


def test_an_empty_database_has_nothing_to_copy(target: Engine, tmp_path: Path) -> None:
    with database_at(f"sqlite:///{tmp_path}/empty/hallway.db", may_be_new=True) as empty:
        with pytest.raises(NothingHere, match="nothing to copy"):
            _transfer(empty, target)
        assert _tables(target) == []
