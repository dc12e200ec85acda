"""The index on SQLite: a contentless FTS5 table, and beside it which message each of its documents is.

FTS5 gives documents by their ids, from the highest down, and only as many as are asked for: ids go by time. Within an hour their
order is that in which messages were indexed, so what is found is handed on hour by hour.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, select, text

from hallway.domain.ids import ConversationId
from hallway.domain.messages import Message
from hallway.storage.lists import one_of
from hallway.storage.messages import to_message
from hallway.storage.schema import message
from hallway.storage.search_index.room import Room
from hallway.storage.search_index.seen import IS_SEEN_MESSAGE, me, spot
from hallway.storage.search_index.tables import conversation_index, sqlite_document, sqlite_terms
from hallway.storage.search_index.terms import Scope, as_text
from hallway.storage.statements import Prepared
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.matching import Clause
from hallway.usecases.messaging.search_ports import Document, IndexIsFull, Spot

RECENT = 600
"""Messages that are looked at one by one before many words are looked up."""
PAGES_AT_ONCE = 200
"""Pages that are merged in one transaction."""
FEW, MANY = 32, 1_024
"""Documents asked for at first, and at most at a time."""
_SIGNS = {"quote": '"', "either": " OR ", "both": " AND ", "beginning": " *"}
_INSERT = "INSERT INTO search_terms (rowid, terms) VALUES (?, ?)"
_HIGHEST = Prepared(
    select(func.max(sqlite_document.c.id)).where(sqlite_document.c.id.between(bindparam("first"), bindparam("last")))
)
_DELETE = "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', ?, ?)"


Which = Sequence[ColumnElement[bool]]


class SqliteIndex:
    """The index of one account."""

    def __init__(self, connection: Connection, number: int, room: int) -> None:
        """Use the account's number, and as many bits of room in an hour."""
        self._connection = connection
        self._room = Room(number, room)
        self.scope = Scope(number)

    def add(self, documents: Sequence[Document]) -> None:
        """Put documents down. Raises IndexIsFull."""
        numbers = self._numbers({one.message.conversation_id for one in documents})
        highest: dict[int, int] = {}
        rows: list[tuple[int, Document]] = []
        for one in sorted(documents, key=lambda one: spot(one.message)):
            sent_at = to_micros(one.message.sent_at)
            first, last = self._room.first(sent_at), self._room.last(sent_at)
            taken = highest.get(first) or self._highest(first, last)
            highest[first] = taken + 1
            if highest[first] > last:
                raise IndexIsFull
            rows.append((highest[first], one))
        terms = [(document_id, " ".join(self.scope.terms(one))) for document_id, one in sorted(rows, key=_by_id)]
        self._execute(_INSERT, terms)
        self._execute(
            "INSERT INTO search_document (id, conversation, seq) VALUES (?, ?, ?)",
            [(document_id, numbers[one.message.conversation_id], one.message.seq) for document_id, one in rows],
        )

    def _highest(self, first: int, last: int) -> int:
        return _HIGHEST.rows(self._connection, {"first": first, "last": last})[0][0] or first - 1

    def _numbers(self, conversation_ids: set[ConversationId]) -> dict[str, int]:
        columns = (conversation_index.c.conversation_id, conversation_index.c.number)
        query = select(*columns).where(one_of(conversation_index.c.conversation_id, conversation_ids))
        return dict(map(tuple, self._connection.execute(query)))

    def change(self, before: Document, after: Document | None) -> None:
        """Replace a document's terms, derived from the message as it was, or remove it."""
        document_id = self._find(before.message)
        if document_id is None:
            return
        if after is None:
            self.remove({document_id: before})
        else:
            self._forget({document_id: before})
            self._execute(_INSERT, [(document_id, " ".join(self.scope.terms(after)))])

    def remove(self, documents: Mapping[int, Document]) -> None:
        """Remove documents, whose terms are derived once more."""
        self._forget(documents)
        self._execute("DELETE FROM search_document WHERE id = ?", [(one,) for one in documents])

    def _forget(self, documents: Mapping[int, Document]) -> None:
        rows = [
            (document_id, " ".join(self.scope.terms(one))) for document_id, one in sorted(documents.items(), key=_by_id)
        ]
        self._execute(_DELETE, rows)

    @property
    def is_its_document(self) -> ColumnElement[bool]:
        """Match the account's documents."""
        return sqlite_document.c.id.between(self._room.first(), self._room.last())

    def _find(self, one: Message) -> int | None:
        sent_at = to_micros(one.sent_at)
        within = sqlite_document.c.id.between(self._room.first(sent_at), self._room.last(sent_at))
        numbers = self._numbers({one.conversation_id})
        same = (sqlite_document.c.conversation == numbers.get(one.conversation_id), sqlite_document.c.seq == one.seq)
        return self._connection.execute(select(sqlite_document.c.id).where(within, *same)).scalar()

    def _execute(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, list(rows))

    def candidates(self, clauses: Sequence[Clause], which: Which, behind: Spot | None) -> Iterator[Message]:
        """Yield the messages that may be meant among those that `which` lets in, the newest first."""
        top = self._room.last(None if behind is None else to_micros(behind[0]))
        hour: list[Message] = []
        present: int | None = None
        for document_id, one in self._from(top, clauses, which):
            if self._room.hour_of(document_id) != present:
                yield from sorted(hour, key=spot, reverse=True)
                hour, present = [], self._room.hour_of(document_id)
            hour.append(one)
        yield from sorted(hour, key=spot, reverse=True)

    def _from(self, top: int, clauses: Sequence[Clause], which: Which) -> Iterator[tuple[int, Message]]:
        """Yield candidates by their ids, from `top` down: the newest of fewer clauses first where the others are heavy."""
        light = [one for one in clauses if self.scope.is_light(one)]
        looked_at, size = 0, FEW
        while True:
            asked = light if looked_at < RECENT else clauses
            rows = self._connection.execute(self._page(top, asked, which, size)).mappings().all()
            yield from ((row["document_id"], to_message(row)) for row in rows)
            if len(rows) < size:
                return
            top, looked_at, size = rows[-1]["document_id"] - 1, looked_at + size, min(size * 4, MANY)

    def _page(self, top: int, clauses: Sequence[Clause], which: Which, limit: int) -> Select[Any]:
        asked = as_text(clauses, **_SIGNS)
        rowid, document, of = sqlite_terms.c.rowid, sqlite_document, conversation_index
        found = (
            sqlite_terms.join(document, document.c.id == rowid)
            .join(of, of.c.number == document.c.conversation)
            .join(me, me.c.conversation_id == of.c.conversation_id)
            .join(message, and_(IS_SEEN_MESSAGE, message.c.seq == document.c.seq))
        )
        query = select(*message.c, rowid.label("document_id")).select_from(found)
        is_among = (sqlite_terms.c.search_terms.op("MATCH")(asked), rowid >= self._room.first(), rowid <= top)
        return query.where(*is_among, *which).order_by(rowid.desc()).limit(limit)


def reset(connection: Connection) -> None:
    """Empty the index of all accounts, at once however large it is."""
    connection.exec_driver_sql("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")
    connection.execute(text("DELETE FROM search_document"))


def merge(connection: Connection, *, is_first: bool) -> bool:
    """Merge parts of the index, some pages of them; return whether there is more to merge. The first call takes in all parts."""
    driver: Any = connection.connection.driver_connection
    before = driver.total_changes
    pages = -PAGES_AT_ONCE if is_first else PAGES_AT_ONCE
    connection.exec_driver_sql("INSERT INTO search_terms (search_terms, rank) VALUES ('merge', ?)", (pages,))
    return bool(driver.total_changes - before > 1)


def _by_id(row: tuple[int, Document]) -> int:
    return row[0]
