"""What an older Hallway stored is found after the upgrade, and names that are one now are told, and never merged."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, insert, select, update

from hallway.adapters import SystemClock
from hallway.domain.ids import UserId
from hallway.domain.people import State
from hallway.domain.search_queries import parse
from hallway.storage.backup.tables import database_at
from hallway.storage.examination import examine
from hallway.storage.finding import Severity
from hallway.storage.identities import shared
from hallway.storage.migrate import migrate_to, upgrade
from hallway.storage.schema import job, message
from hallway.storage.store import SqlStore
from hallway.usecases.messaging import search_keys
from hallway.usecases.messaging.search_keys import Position
from hallway.usecases.messaging.search_ports import Wanted
from tests.contracts.world import HERE, LENA, NOON, OWNER, change, furnished, named, talk
from tests.servers.postgres import Postgres

COMPOSED, DECOMPOSED = "kühl", normalize("NFD", "kühl")
BEFORE = "0007"


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


def _put(connection: Connection, table: str, **values: Any) -> None:
    """A row, as the revision has its table."""
    connection.execute(insert(Table(table, MetaData(), autoload_with=connection)).values(values))


def _person(number: int, login: str) -> dict[str, Any]:
    """A person as an older Hallway stored one: by the case of what was typed alone."""
    email = f"{login}@example.org"
    return {
        "account_id": HERE,
        "id": f"00000000-0000-7000-8000-{number:012}",
        "name": f"Zoë {number}",
        "folded_name": f"zoe {number}",
        "email": email,
        "folded_email": email.casefold(),
        "login": login,
        "folded_login": login.casefold(),
        "role": "learner",
        "state": "active",
        "title": "",
        "locale": "en",
        "time_zone": "UTC",
    }


def _old(engine: Engine, *logins: str) -> None:
    """A database of the version before, with these people."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        with connection.begin():
            migrate_to(connection, BEFORE)
            account = {"messaging_on": True, "mode": "strict", "delete_for_everyone": 0}
            _put(connection, "account", id=HERE, name="Here", **account)
            for number, login in enumerate(logins):
                _put(connection, "user", **_person(number, login))


def _found(store: SqlStore, login: str) -> UserId | None:
    found = store.read(lambda tx: tx.people.by_login(HERE, login))
    return None if found is None else found.id


@pytest.mark.slow("postgresql")
def test_a_decomposed_login_is_found_as_it_is_typed_after_the_upgrade(new_url: Callable[[], str]) -> None:
    with database_at(new_url(), may_be_new=True) as engine:
        _old(engine, DECOMPOSED, "muller", "müller")
        upgrade(engine)
        store = SqlStore(engine)
        assert _found(store, COMPOSED) == _found(store, DECOMPOSED.upper()) == _person(0, "")["id"]
        assert (_found(store, "muller"), _found(store, "MÜLLER")) == (_person(1, "")["id"], _person(2, "")["id"])
        with engine.connect() as connection:
            assert list(shared(connection)) == []


@pytest.mark.slow("postgresql")
def test_two_logins_that_are_one_now_are_told_and_both_still_come_in(new_url: Callable[[], str]) -> None:
    with database_at(new_url(), may_be_new=True) as engine:
        _old(engine, DECOMPOSED, COMPOSED, "else")
        upgrade(engine)
        store = SqlStore(engine)
        assert _found(store, DECOMPOSED) == _person(0, "")["id"]
        assert _found(store, COMPOSED) == _person(1, "")["id"]
        with engine.connect() as connection:
            told = {one.what: sorted(one.names) for one in shared(connection)}
        assert told == {
            "login": sorted([DECOMPOSED, COMPOSED]),
            "e-mail": sorted([f"{DECOMPOSED}@example.org", f"{COMPOSED}@example.org"]),
        }
        (finding,) = (one for one in examine(engine) if one.about == "names")
        assert finding.verdict is Severity.NOTE
        assert COMPOSED in finding.says
        first = store.read(lambda tx: tx.people.find(HERE, UserId(_person(0, "")["id"])))
        assert first is not None
        # They can be changed, and one that is removed leaves the name to the other.
        for state in (State.INACTIVE, State.ACTIVE, State.REMOVED):
            change(store, lambda tx, one=state: tx.people.save([replace(first, state=one)]))
        assert _found(store, DECOMPOSED) == _found(store, COMPOSED) == _person(1, "")["id"]


def test_what_an_older_hallway_stored_is_indexed_in_portions_unless_it_changed_meanwhile(
    new_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_keys, "AT_ONCE", 2)
    with database_at(new_url(), may_be_new=True) as engine:
        upgrade(engine)
        store = SqlStore(engine)
        furnished(store)
        talk(store, OWNER, LENA, ["plain", "Kühlhaus", "plain Kühlhaus", "ÜBERALL Kühlhaus", "plain"])
        with engine.begin() as connection:
            connection.execute(update(message).values(search_key=None))
        assert _numbers(store, "kuhlhaus") == []
        where, seen = Position(), 0
        while messages := store.read(lambda tx, at=where: search_keys.unindexed(tx, HERE, at)):
            change(store, lambda tx, them=messages: tx.search.index([replace(one, rev=9) for one in them]))
            change(store, lambda tx, them=messages: tx.search.index(them))
            where, seen = search_keys.following(where, messages), seen + len(messages)
        assert seen == 5
        assert _numbers(store, "kuhlhaus") == [4, 3, 2]
        with engine.connect() as connection:
            kept = connection.execute(select(message.c.search_key).order_by(message.c.seq)).scalars().all()
        assert kept == [None, "kuhlhaus", "plain kuhlhaus", "uberall kuhlhaus", None]


def _numbers(store: SqlStore, key: str) -> list[int]:
    wanted = Wanted(parts=parse(key).parts)
    page = store.read(lambda tx: tx.search.messages(HERE, OWNER, wanted, behind=None, limit=9))
    return [one.message.seq for one in page.hits]


def test_deleting_for_everyone_removes_the_key_as_well(new_url: Callable[[], str]) -> None:
    with database_at(new_url(), may_be_new=True) as engine:
        upgrade(engine)
        store = SqlStore(engine)
        furnished(store)
        stored = talk(store, OWNER, LENA, ["Kühlhaus"])
        said = store.read(lambda tx: tx.messages.find(HERE, stored.id, 1))
        assert said is not None
        change(store, lambda tx: tx.messages.save(said.deleted_for_everyone(2, NOON)))
        with engine.connect() as connection:
            assert connection.execute(select(message.c.body, message.c.search_key)).all() == [("", None)]


@pytest.mark.slow("postgresql")
def test_the_upgrade_queues_the_job_where_there_are_messages(new_url: Callable[[], str]) -> None:
    with database_at(new_url(), may_be_new=True) as engine:
        _old(engine)
        upgrade(engine)
        with engine.connect() as connection:
            assert connection.execute(select(job.c.kind)).all() == []
    with database_at(new_url(), may_be_new=True) as engine:
        _old(engine, "ann", "bob")
        with engine.begin() as connection:
            here = {"account_id": HERE, "conversation_id": named("chat")}
            counts = {"kind": "dialog", "last_seq": 1, "rev": 1}
            _put(connection, "conversation", account_id=HERE, id=named("chat"), **counts)
            said = {"seq": 1, "rev": 1, "sender_id": _person(0, "")["id"], "key": "key", "body": "é", "sent_at": 1}
            _put(connection, "message", **here, **said)
        upgrade(engine)
        clock = SystemClock()
        due = SqlStore(engine).read(lambda tx: tx.jobs.due_accounts(search_keys.WORK.kind, clock.now()))
        assert due == [HERE]
