"""The index on PostgreSQL: a row for each message with its terms as a tsvector, in a GIN index.

A GIN index finds all that match before the first one can be shown. So the newest messages are looked through in the order of
time at first, where words that many messages have are found at once; what is rarer than that is left to the index.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import TSQUERY

from hallway.domain.ids import AccountId
from hallway.domain.messages import Message
from hallway.storage.messages import to_message
from hallway.storage.schema import message
from hallway.storage.search_index.seen import IS_SEEN_MESSAGE, me, spot
from hallway.storage.search_index.tables import postgres_document as document
from hallway.storage.search_index.terms import Scope, as_text
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.matching import Clause
from hallway.usecases.messaging.search_ports import Document, Spot

NEWEST = 3_000
"""Documents of the account that are looked through in the order of time."""
FEW, MANY = 64, 1_024
"""Messages read at first, and at most at a time."""
_SIGNS = {"quote": "'", "either": " | ", "both": " & ", "beginning": ":*"}
_NEWEST_FIRST = (document.c.sent_at.desc(), document.c.conversation_id.desc(), document.c.seq.desc())
Key = tuple[Any, ...]
"""A document's moment in microseconds, and its address."""
Which = Sequence[ColumnElement[bool]]


class PostgresIndex:
    """The index of one account."""

    def __init__(self, connection: Connection, account_id: AccountId, number: int) -> None:
        """Use the account's number."""
        self._connection = connection
        self._account_id = account_id
        self.scope = Scope(number)

    def add(self, documents: Sequence[Document]) -> None:
        """Put documents down, over what an index with another number had there."""
        insertion = postgresql.insert(document).values(
            account_id=bindparam("account"),
            sent_at=bindparam("at"),
            conversation_id=bindparam("conversation"),
            seq=bindparam("number"),
            terms=func.array_to_tsvector(cast(bindparam("words"), postgresql.ARRAY(Text))),
        )
        replacing = insertion.on_conflict_do_update(
            index_elements=list(document.primary_key.columns), set_={"terms": insertion.excluded.terms}
        )
        if documents:
            self._connection.execute(replacing, [self._row(one) for one in documents])

    def _row(self, one: Document) -> dict[str, Any]:
        said = one.message
        return {
            "account": self._account_id,
            "at": to_micros(said.sent_at),
            "conversation": said.conversation_id,
            "number": said.seq,
            "words": self.scope.terms(one),
        }

    def change(self, before: Document, after: Document | None) -> None:
        """Replace a document's terms, or remove it."""
        said = before.message
        at = (
            document.c.account_id == self._account_id,
            document.c.sent_at == to_micros(said.sent_at),
            document.c.conversation_id == said.conversation_id,
            document.c.seq == said.seq,
        )
        if after is None:
            self._connection.execute(delete(document).where(*at))
        else:
            terms = func.array_to_tsvector(cast(self.scope.terms(after), postgresql.ARRAY(Text)))
            self._connection.execute(update(document).where(*at).values(terms=terms))

    def candidates(
        self, clauses: Sequence[Clause], which: Sequence[ColumnElement[bool]], behind: Spot | None
    ) -> Iterator[Message]:
        """Yield the messages that may be meant among those that `which` lets in, the newest first."""
        is_meant = cast(as_text(clauses, **_SIGNS), TSQUERY)
        start = None if behind is None else (to_micros(behind[0]), *behind[1:])
        yield from self._pages(lambda key: self._newest(key, start), is_meant, which)
        end = self._connection.execute(self._behind(start).order_by(*_NEWEST_FIRST).offset(NEWEST - 1).limit(1)).first()
        if end is not None:
            yield from self._pages(lambda key: self._matching(key or tuple(end[:3]), is_meant), None, which)

    def _newest(self, key: Key | None, start: Key | None) -> Subquery:
        """Select the newest documents behind `start`, those behind `key` among them."""
        newest = self._behind(start).order_by(*_NEWEST_FIRST).limit(NEWEST).subquery()
        return newest if key is None else select(newest).where(_is_behind(newest.c, key)).subquery()

    def _matching(self, key: Key, is_meant: ColumnElement[Any]) -> Subquery:
        """Select what the GIN index finds behind `key`. PostgreSQL looks into no query with an offset, and would otherwise rather
        walk through all documents in their order.
        """
        found = self._behind(key).where(document.c.terms.op("@@")(is_meant)).offset(0).subquery()
        in_order = (found.c.sent_at.desc(), found.c.conversation_id.desc(), found.c.seq.desc())
        return select(found).order_by(*in_order).offset(0).subquery()

    def _behind(self, key: Key | None) -> Select[*tuple[Any, ...]]:
        query = select(document.c.sent_at, document.c.conversation_id, document.c.seq, document.c.terms)
        query = query.where(document.c.account_id == self._account_id)
        return query if key is None else query.where(document.c.sent_at <= key[0], _is_behind(document.c, key))

    def _pages(
        self, source: Callable[[Key | None], Subquery], is_meant: ColumnElement[Any] | None, which: Which
    ) -> Iterator[Message]:
        key: Key | None = None
        size = FEW
        while True:
            query = _page(source(key), is_meant, which).limit(size)
            found = [to_message(row) for row in self._connection.execute(query).mappings()]
            yield from found
            if len(found) < size:
                return
            key, size = (to_micros(found[-1].sent_at), *spot(found[-1])[1:]), MANY


def _page(source: Subquery, is_meant: ColumnElement[Any] | None, which: Which) -> Select[Any]:
    is_it = and_(IS_SEEN_MESSAGE, message.c.seq == source.c.seq)
    joined = source.join(me, me.c.conversation_id == source.c.conversation_id).join(message, is_it)
    query = select(*message.c).select_from(joined).where(*which)
    if is_meant is not None:
        query = query.where(source.c.terms.op("@@")(is_meant))
    return query.order_by(source.c.sent_at.desc(), source.c.conversation_id.desc(), source.c.seq.desc())


def _is_behind(columns: Any, key: Key) -> ColumnElement[bool]:
    return tuple_(columns.sent_at, columns.conversation_id, columns.seq) < key


def reset(connection: Connection) -> None:
    """Empty the index of all accounts, at once however large it is."""
    connection.execute(text("TRUNCATE search_document"))
