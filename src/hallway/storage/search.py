"""Finding messages in SQL: by the index, and what is too new for it by reading it; without an index by what was typed.

A message keeps its search key only where it is not simply the lower case of its text, so that most of what is written in
English keeps none. What an older Hallway stored has none either, until `index` was told of it.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import merge
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, tuple_, union_all

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.lists import one_of
from hallway.storage.messages import kept_key, to_message
from hallway.storage.schema import member, message
from hallway.storage.search_index.index import INDEXED_SEQ, AccountIndex, companies, index_of
from hallway.storage.search_index.seen import IS_SEEN_MESSAGE, is_older, is_seen_by, me, spot
from hallway.storage.search_index.tables import conversation_index
from hallway.storage.statements import update_all
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.matching import Clause, Matcher, clauses, text_of
from hallway.usecases.messaging.search_ports import Hit, Hits, Spot, Wanted

MOST_EXAMINED = 20_000
"""Messages that are read for one page: a page may end before it is full, and the next one goes on."""
NEWEST_CHATS = 30
"""Chats of the list, and of the archive, from the top, in which messages are looked for that the index does not have yet."""
AT_ONCE = 200
"""Messages that are read at a time without an index."""
MOST_UNINDEXED = 1_000
"""Messages that are read beside the index."""

Which = Sequence[ColumnElement[bool]]
"""Conditions of messages that a person sees."""
_FIRST_ID = ConversationId(str(UUID(int=0)))
_ADDRESS = (message.c.conversation_id, message.c.seq)
_NEWEST = (message.c.sent_at.desc(), message.c.conversation_id.desc(), message.c.seq.desc())


def contains(connection: Connection, key: str) -> ColumnElement[bool]:
    """Test whether a message's search key contains `key`.

    LIKE would try again and again where a text nearly has it, for many times as long. PostgreSQL's lower() knows only the
    letters of its collation, which may be ASCII alone; ICU's knows all.
    """
    is_postgres = connection.dialect.name == "postgresql"
    lowered = func.lower(message.c.body.collate("und-x-icu") if is_postgres else message.c.body)
    find = func.strpos if is_postgres else func.instr
    return find(func.coalesce(message.c.search_key, lowered), key) > 0


class SqlSearch:
    """`search_ports.Search` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def messages(
        self, account_id: AccountId, user_id: UserId, wanted: Wanted, *, behind: Spot | None, limit: int
    ) -> Hits:
        """Look into the index, and beside it for what is too new; each message is read as it is in this transaction."""
        which = [*is_seen_by(account_id, user_id), *_conditions(wanted), *([is_older(*behind)] if behind else [])]
        index, matcher = index_of(self._connection, account_id), Matcher(wanted.parts)
        if index is None or not index.is_complete:
            return _page(self._containing(wanted, which), matcher.answers, limit)
        newest = self._too_new(account_id, user_id, index, wanted, which)
        terms = [*self._around(account_id, user_id, index, wanted), *index.scope.clauses(clauses(wanted.parts))]
        indexed = index.documents.candidates(terms, which, _start(behind, wanted))
        return _page(merge(newest, indexed, key=spot, reverse=True), matcher.answers, limit)

    def _containing(self, wanted: Wanted, which: Which) -> Iterator[Message]:
        """Look through all that the user sees for messages that contain what was typed, or have files whose names may, the newest first."""
        has_files = message.c.files.is_not(None)
        query = _seen(which).where(*(or_(contains(self._connection, part.key), has_files) for part in wanted.parts))
        behind: Sequence[ColumnElement[bool]] = ()
        while True:
            some = query.where(*behind).order_by(*_NEWEST).limit(AT_ONCE)
            found = [to_message(row) for row in self._connection.execute(some).mappings()]
            yield from found
            if len(found) < AT_ONCE:
                return
            behind = [is_older(*spot(found[-1]))]

    def _too_new(
        self, account_id: AccountId, user_id: UserId, index: AccountIndex, wanted: Wanted, which: Which
    ) -> Sequence[Message]:
        """Return what the index does not have yet, of the chats that moved last, in the list and in the archive, or of those wanted."""
        chats = wanted.conversations
        if chats is None:
            newest = union_all(*(_newest(account_id, user_id, at) for at in (member.c.place, member.c.archived)))
            chats = frozenset(self._connection.execute(newest).scalars())
        late = index.late_among(self._connection, account_id, chats)
        if not late:
            return []
        found = me.join(message, IS_SEEN_MESSAGE).outerjoin(conversation_index, index.is_of(message.c.conversation_id))
        query = select(*message.c).select_from(found).where(*which, one_of(me.c.conversation_id, late))
        query = query.where(message.c.seq > INDEXED_SEQ).order_by(*_NEWEST).limit(MOST_UNINDEXED)
        return [to_message(row) for row in self._connection.execute(query).mappings()]

    def _around(self, account_id: AccountId, user_id: UserId, index: AccountIndex, wanted: Wanted) -> Sequence[Clause]:
        """Return what a message must have to be in the user's conversations, or in those wanted."""
        chats = wanted.conversations
        among = None if chats is None else companies(self._connection, account_id, chats)
        return [*index.scope.around(user_id, among), *([index.scope.with_files] if wanted.has_file else [])]

    def unindexed(
        self, account_id: AccountId, behind: tuple[ConversationId, int] | None, limit: int
    ) -> Sequence[Message]:
        """Return messages without a key in the order of the primary key."""
        query = select(message).where(message.c.account_id == account_id, message.c.search_key.is_(None))
        if behind is not None:
            query = query.where(tuple_(*_ADDRESS) > behind)
        rows = self._connection.execute(query.order_by(*_ADDRESS).limit(limit)).mappings()
        return [to_message(row) for row in rows]

    def index(self, messages: Sequence[Message]) -> None:
        """Keep the keys of messages that need them; the revision tells whether a message is still as it was read."""
        same = ("account_id", "conversation_id", "seq", "rev")
        keys = ((one, kept_key(one.body)) for one in messages)
        rows = [{**{name: getattr(one, name) for name in same}, "search_key": key} for one, key in keys if key]
        update_all(self._connection, message, same, ("search_key",), rows)


def _newest(account_id: AccountId, user_id: UserId, at: ColumnElement[int | None]) -> Select[Any]:
    """Return the chats of somebody that stand first by a column."""
    mine = select(member.c.conversation_id).where(member.c.account_id == account_id, member.c.user_id == user_id)
    first = mine.where(at.is_not(None)).order_by(at.desc()).limit(NEWEST_CHATS).subquery()
    return select(first.c.conversation_id)


def _seen(which: Which) -> Select[Any]:
    return select(*message.c).select_from(me.join(message, IS_SEEN_MESSAGE)).where(*which)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Yield what is wanted of a message beside its words."""
    if wanted.senders is not None:
        yield one_of(message.c.sender_id, wanted.senders)
    if wanted.conversations is not None:
        yield one_of(me.c.conversation_id, wanted.conversations)
    if wanted.has_file:
        yield message.c.files.is_not(None)
    if wanted.before is not None:
        yield message.c.sent_at < to_micros(wanted.before)


def _start(behind: Spot | None, wanted: Wanted) -> Spot | None:
    """Return the spot behind which the index is asked: of the last page, or of the day before which a message is wanted."""
    starts = [*([behind] if behind else []), *([(wanted.before, _FIRST_ID, 0)] if wanted.before else [])]
    return min(starts, default=None)


def _page(found: Iterator[Message], is_meant: Callable[[str], bool], limit: int) -> Hits:
    """Return as many hits as a page has; it ends where too much was examined, too."""
    hits: list[Hit] = []
    for examined, one in enumerate(found, 1):
        if is_meant(text_of(one)):
            if len(hits) == limit:
                return Hits(hits, hits[-1].spot)
            hits.append(Hit(one))
        if examined >= MOST_EXAMINED:
            return Hits(hits, spot(one))
    return Hits(hits)
