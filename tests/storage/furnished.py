"""A database with something of everything in it, and all that is in a database, to compare."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from hallway.domain.audit import Action, Via
from hallway.storage.schema import metadata
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.transaction import Transaction
from tests.contracts.world import ADMIN, EXPERT, HERE, LENA, TOMAS, change, furnished, session, talk

WORDS = ["Where is the exit?", "“Quoted” \\ back\\slash\t\ttabs\nand lines", "И ещё: 🧯 مخرج", "\\N", "NULL"]
PICTURE = bytes(range(256))

BY_ADMIN = Actor(account_id=HERE, user_id=ADMIN, via=Via.WEB, address="192.0.2.14")

Rows = dict[str, list[tuple[Any, ...]]]


def furnished_store(url: str) -> SqlStore:
    """Opened over a conversation of awkward words, a picture and sessions of each kind."""
    store = open_store(url)
    furnished(store)
    talk(store, TOMAS, EXPERT, WORDS)

    def more(tx: Transaction) -> None:
        tx.people.set_photo(HERE, EXPERT, "1", ("image/png", PICTURE))
        tx.sessions.add(session("a browser", LENA))
        tx.sessions.add(session("a program", LENA, "token"))
        tx.sessions.add(session("a link", LENA, "link"))
        tx.people.note_sign_in(HERE, LENA, datetime.fromtimestamp(0, UTC))

    change(store, more)
    change(store, lambda tx: trail.record(tx, BY_ADMIN, Action.USER_ADDED, trail.user(LENA), after={"role": "author"}))
    return store


def stored(connection: Connection) -> Rows:
    """All rows, table by table, in an order that both kinds of database have."""
    return {
        table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in metadata.sorted_tables
    }
