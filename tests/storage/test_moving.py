"""Moving from SQLite to PostgreSQL: all rows, also those that are written meanwhile, and no half of it is ever served."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation
from hallway.domain.ids import UserId
from hallway.storage.backup.restoring import InUse, NotEmpty
from hallway.storage.backup.tables import NothingHere, database_at
from hallway.storage.migrate import NEWEST, migrate_to
from hallway.storage.moved import Moved, UnfinishedMove
from hallway.storage.moving.move import Move, OlderSchema, moving, was_finished
from hallway.storage.moving.target import Target, Unequal, Unfit
from hallway.storage.moving.undo import undo
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.transaction import StoreUnavailable, Transaction
from tests.contracts.world import (
    BIOLOGY,
    BOSS,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    TOMAS,
    change,
    furnished,
    message,
    talk,
)
from tests.servers.postgres import Postgres
from tests.storage.furnished import PICTURE, WORDS, Rows, furnished_store, stored


class TornError(Exception):
    """The lights are out."""


def _tear(_: object) -> None:
    raise TornError


@pytest.fixture
def old(tmp_path: Path) -> Iterator[SqlStore]:
    """A SQLite installation that serves, with a conversation of awkward words, a picture and sessions."""
    store = furnished_store(f"sqlite:///{tmp_path}/hallway.db")
    yield store
    store.close()


@pytest.fixture
def source(old: SqlStore, tmp_path: Path) -> Iterator[Engine]:
    """Its file, for whoever moves it."""
    assert old
    with database_at(f"sqlite:///{tmp_path}/hallway.db") as engine:
        yield engine


@pytest.fixture
def target(postgres: Postgres) -> Iterator[Engine]:
    """An empty PostgreSQL database."""
    with database_at(postgres.new_database()) as engine:
        yield engine


def _stored(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return stored(connection)


def _url(engine: Engine) -> str:
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


def _move(source: Engine, target: Engine, *, meanwhile: Callable[[Move], object] = lambda _: None) -> None:
    with moving(source, target) as move:
        move.copy(int)
        assert move.compare(int) == []
        meanwhile(move)
        move.catch_up()
        move.finish()


@contextmanager
def _opened(engine: Engine) -> Iterator[SqlStore]:
    engine.dispose()
    store = open_store(_url(engine))
    try:
        yield store
    finally:
        store.close()


def _send(store: SqlStore, stored: Conversation, seq: int, body: str) -> None:
    """One more message of LENA in a dialog with BOSS."""
    grown = {one: replace(member, last_seq=seq, place=member.place + 1) for one, member in stored.members.items()}

    def work(tx: Transaction) -> None:
        tx.conversations.several(HERE, [stored.id])
        tx.conversations.save([replace(stored, members=grown, last_seq=seq, rev=seq)])
        tx.messages.add([message(stored.id, seq, LENA, body)])

    change(store, work)


def test_what_is_served_afterwards_is_what_was_there(source: Engine, target: Engine) -> None:
    before = _stored(source)
    _move(source, target)
    after = _stored(target)
    assert after == before
    assert [row[-1] for row in after["photo"]] == [PICTURE]
    assert {row[6] for row in after["message"]} == set(WORDS)
    with _opened(target) as store:
        talk(store, LENA, BOSS, ["We are on PostgreSQL now"])


def test_what_was_left_refuses_changes_and_lets_people_read(old: SqlStore, source: Engine, target: Engine) -> None:
    before = _stored(source)
    _move(source, target)
    with pytest.raises(StoreUnavailable, match="was moved to PostgreSQL"):
        talk(old, LENA, BOSS, ["Too late"])
    assert old.read(lambda tx: tx.people.find(HERE, LENA)) is not None
    assert _stored(source) == before
    with pytest.raises(Moved, match="moved to postgresql://hallway@"):
        open_store(_url(source))
    with pytest.raises(Moved):
        _move(source, target)


def test_what_is_written_during_the_move_comes_along(old: SqlStore, source: Engine, target: Engine) -> None:
    def meanwhile(move: Move) -> None:
        stored = talk(old, LENA, BOSS, ["One"])
        move.catch_up()
        _send(old, stored, 2, "Two")
        change(old, lambda tx: tx.messages.save(replace(message(stored.id, 1, LENA), body="", deleted_at=NOON)))
        change(old, lambda tx: tx.courses.withdraw(HERE, BIOLOGY, TOMAS))
        change(old, lambda tx: tx.people.set_photo(HERE, EXPERT, "2", ("image/png", PICTURE[::-1])))
        change(old, lambda tx: tx.sessions.remove_all(HERE, LENA))

    _move(source, target, meanwhile=meanwhile)
    after = _stored(target)
    assert after == _stored(source)
    assert len(after["message"]) == len(WORDS) + 2
    assert after["session"] == after["enrolment"] == []


def test_people_who_exchange_their_logins_during_the_move_come_along(
    old: SqlStore, source: Engine, target: Engine
) -> None:
    def name(whose: UserId, login: str) -> None:
        def work(tx: Transaction) -> None:
            known = tx.people.find(HERE, whose)
            assert known is not None
            tx.people.save([replace(known, login=login)])

        change(old, work)

    def exchange(_: Move) -> None:
        name(LENA, "somebody")
        name(TOMAS, "Lena Löwe")
        name(LENA, "Tomás Ruiz")

    _move(source, target, meanwhile=exchange)
    assert _stored(target) == _stored(source)


def test_nothing_serves_from_a_half_and_the_same_move_goes_on(old: SqlStore, source: Engine, target: Engine) -> None:
    with pytest.raises(TornError), moving(source, target) as move:
        move.copy(_tear)
    with pytest.raises(UnfinishedMove):
        open_store(_url(target))
    talk(old, LENA, BOSS, ["Nobody has noticed"])
    target.dispose()
    _move(source, target)
    assert _stored(target) == _stored(source)


def test_an_end_between_the_two_last_steps_is_made_good(
    source: Engine, target: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not was_finished(source, target)
    with monkeypatch.context() as patch:
        patch.setattr(Target, "open", _tear)
        with pytest.raises(TornError):
            _move(source, target)
    for engine, complaint in ((source, Moved), (target, UnfinishedMove)):
        with pytest.raises(complaint):
            open_store(_url(engine))
    assert was_finished(source, target)
    with _opened(target) as store:
        assert store.read(lambda tx: tx.people.find(HERE, LENA)) is not None
    assert not was_finished(source, target)


def test_a_database_that_keeps_something_else_than_it_was_given_is_noticed(
    old: SqlStore, source: Engine, target: Engine
) -> None:
    with target.begin() as connection:
        migrate_to(connection, NEWEST)
        connection.execute(
            text(
                "CREATE FUNCTION shorten() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN NEW.body = substr(NEW.body, 1, 5); RETURN NEW; END $$"
            )
        )
        connection.execute(
            text("CREATE TRIGGER shorten BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION shorten()")
        )
    with pytest.raises(Unequal, match="rows of message in PostgreSQL differ from those written"):
        _move(source, target)
    talk(old, LENA, BOSS, ["SQLite goes on"])


def test_what_somebody_spoils_in_the_copy_is_put_right_before_it_is_served(source: Engine, target: Engine) -> None:
    with moving(source, target) as move:
        move.copy(int)
        with target.begin() as connection:
            connection.execute(text("UPDATE message SET body = 'spoilt' WHERE seq = 1"))
            connection.execute(text("DELETE FROM session"))
        assert move.compare(int) == []
        move.finish()
    assert _stored(target) == _stored(source)


def test_a_value_that_postgresql_does_not_take_stops_the_move_and_says_where(
    old: SqlStore, source: Engine, target: Engine
) -> None:
    with source.begin() as connection:
        connection.execute(text("UPDATE message SET body = 'a' || char(0) || 'b' WHERE seq = 1"))
    with pytest.raises(Unfit, match="does not take a row of message"):
        _move(source, target)
    talk(old, LENA, BOSS, ["SQLite goes on"])


def test_a_database_with_an_installation_is_no_place_to_move_to(source: Engine, target: Engine) -> None:
    with _opened(target) as store:
        furnished(store)
    with pytest.raises(NotEmpty, match="The PostgreSQL database already contains an installation"):
        _move(source, target)


def test_a_database_with_tables_of_our_names_is_no_place_to_move_to(source: Engine, target: Engine) -> None:
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE message (text text)"))
    with pytest.raises(NotEmpty, match="other tables with Hallway's names: message"):
        _move(source, target)


def test_half_of_another_installation_is_no_place_to_move_to(source: Engine, target: Engine, tmp_path: Path) -> None:
    with moving(source, target) as move:
        move.copy(int)
    url = f"sqlite:///{tmp_path}/other/hallway.db"
    store = open_store(url)
    change(store, lambda tx: tx.accounts.save(Account(ELSEWHERE, "Elsewhere")))
    store.close()
    target.dispose()
    with database_at(url) as other, pytest.raises(NotEmpty, match="Another installation is being moved"):
        _move(other, target)


def test_a_database_that_others_have_open_is_no_place_to_move_to(source: Engine, target: Engine) -> None:
    with database_at(_url(target)) as other, other.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(InUse, match="Another program is connected"):
            _move(source, target)
    target.dispose()
    _move(source, target)


def test_an_older_schema_and_an_empty_database_cannot_be_moved(target: Engine, tmp_path: Path) -> None:
    with database_at(f"sqlite:///{tmp_path}/empty/hallway.db", may_be_new=True) as empty:
        with empty.begin() as connection:
            migrate_to(connection, "0001")
        with pytest.raises(OlderSchema, match="0001"):
            _move(empty, target)
        with empty.begin() as connection:
            migrate_to(connection, NEWEST)
        with pytest.raises(NothingHere, match="nothing to move"):
            _move(empty, target)


def test_the_way_back_is_open_while_nothing_was_written_in_postgresql(
    old: SqlStore, source: Engine, target: Engine
) -> None:
    with pytest.raises(NothingHere, match="nothing to undo"):
        undo(source, target, int)
    _move(source, target)
    target.dispose()
    undo(source, target, int)
    talk(old, LENA, BOSS, ["Back again"])
    with pytest.raises(UnfinishedMove):
        open_store(_url(target))
    target.dispose()
    _move(source, target)
    assert _stored(target) == _stored(source)


def test_what_was_written_in_postgresql_closes_the_way_back(source: Engine, target: Engine) -> None:
    _move(source, target)
    with _opened(target) as store:
        talk(store, LENA, BOSS, ["Something new"])
    target.dispose()
    with pytest.raises(Unequal, match="was changed since"):
        undo(source, target, int)
    with pytest.raises(Moved):
        open_store(_url(source))
    with _opened(target) as store:
        talk(store, LENA, TOMAS, ["And on"])
