"""Keeping the index: how far it is, what it lacks, and what is put into it; the same on both databases."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, or_, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from hallway.domain.conversations import ConversationKind
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.account_tables import account
from hallway.storage.lists import Given, one_of
from hallway.storage.messages import to_message
from hallway.storage.schema import conversation, member, message
from hallway.storage.search_index import postgres as on_postgres
from hallway.storage.search_index import sqlite as on_sqlite
from hallway.storage.search_index.postgres import PostgresIndex
from hallway.storage.search_index.room import BITS, MORE, MOST_BITS
from hallway.storage.search_index.sqlite import SqliteIndex
from hallway.storage.search_index.tables import account_index, conversation_index
from hallway.storage.search_index.terms import MOST_MEMBERS, Company, Scope
from hallway.storage.statements import Prepared
from hallway.usecases.messaging.matching import terms_of, text_of
from hallway.usecases.messaging.search_ports import Document, IndexState

_UNBEGUN = {"analyser": 0, "is_complete": False, "behind": None, "indexed": 0}
INDEXED_SEQ = func.coalesce(conversation_index.c.indexed_seq, 0)


class SqlSearchIndex:
    """`search_ports.SearchIndex` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def state(self, account_id: AccountId) -> IndexState | None:
        """Return how far the account's index is; None where it was never begun."""
        row = _row_of(self._connection, account_id)
        if row is None or row["analyser"] == 0:
            return None
        return IndexState(
            account_id=account_id,
            analyser=row["analyser"],
            is_complete=bool(row["is_complete"]),
            behind=row["behind"],
            indexed=row["indexed"],
        )

    def save(self, state: IndexState) -> None:
        """Keep how far an account's index is, under a new number where it has none."""
        changes = {
            "analyser": state.analyser,
            "is_complete": state.is_complete,
            "behind": state.behind,
            "indexed": state.indexed,
        }
        if _row_of(self._connection, state.account_id) is None:
            self._insert(state.account_id, BITS)
        self._connection.execute(_change_of(state.account_id).values(changes))

    def incomplete(self, analyser: int) -> Sequence[AccountId]:
        """Return the accounts whose index is not complete, or was made by another version of the analyser."""
        is_there = and_(account_index.c.account_id == account.c.id, account_index.c.analyser == analyser)
        found = select(account.c.id).select_from(account.outerjoin(account_index, is_there))
        query = found.where(or_(account_index.c.account_id.is_(None), ~account_index.c.is_complete)).order_by(
            account.c.id
        )
        return [AccountId(one) for one in self._connection.execute(query).scalars()]

    def begin_anew(self, account_id: AccountId, *, has_more_room: bool = False) -> None:
        """Give the account another number: what was indexed with the old one is found no more."""
        row = _row_of(self._connection, account_id)
        if row is None:
            self._insert(account_id, BITS)
            return
        room = min(row["room"] + MORE, MOST_BITS) if has_more_room else row["room"]
        fresh = {**_UNBEGUN, "number": self._next_number(), "room": room}
        self._connection.execute(_change_of(account_id).values(fresh))

    def _insert(self, account_id: AccountId, room: int) -> None:
        fresh = {**_UNBEGUN, "number": self._next_number(), "room": room}
        self._connection.execute(insert(account_index).values(account_id=account_id, **fresh))

    def _next_number(self) -> int:
        """Return a number that no present index has."""
        return self._connection.execute(select(func.coalesce(func.max(account_index.c.number), 0) + 1)).scalar_one()

    def reset(self) -> None:
        """Empty the indexes of all accounts."""
        of = on_postgres if self._connection.dialect.name == "postgresql" else on_sqlite
        of.reset(self._connection)
        self._connection.execute(text("DELETE FROM search_conversation"))
        self._connection.execute(text("DELETE FROM search_account"))

    def tidy(self, *, is_first: bool) -> bool:
        """Merge some of the parts in which FTS5 keeps an index; PostgreSQL's keeps none."""
        return self._connection.dialect.name == "sqlite" and on_sqlite.merge(self._connection, is_first=is_first)

    def late(
        self, account_id: AccountId, behind: ConversationId | None, limit: int
    ) -> tuple[Sequence[ConversationId], ConversationId | None]:
        """Look at a page of conversations in the order of their key."""
        number = self._number(account_id)
        same = _is_index_of(number)
        found = select(conversation.c.id, conversation.c.last_seq > INDEXED_SEQ)
        query = found.select_from(conversation.outerjoin(conversation_index, same))
        query = query.where(conversation.c.account_id == account_id)
        if behind is not None:
            query = query.where(conversation.c.id > behind)
        rows = self._connection.execute(query.order_by(conversation.c.id).limit(limit)).all()
        return [row[0] for row in rows if row[1]], rows[-1][0] if len(rows) == limit else None

    def unindexed(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId], limit: int
    ) -> Sequence[Document]:
        """Return what lies behind the last message indexed of each conversation."""
        number = self._number(account_id)
        if number is None or not conversation_ids:
            return []
        said = and_(message.c.account_id == conversation.c.account_id, message.c.conversation_id == conversation.c.id)
        joined = conversation.outerjoin(conversation_index, _is_index_of(number)).join(message, said)
        query = select(*message.c, conversation.c.kind).select_from(joined)
        query = query.where(conversation.c.account_id == account_id, one_of(conversation.c.id, conversation_ids))
        query = query.where(message.c.account_id == account_id, message.c.seq > INDEXED_SEQ)
        query = query.order_by(message.c.conversation_id, message.c.seq).limit(limit)
        rows = self._connection.execute(query).mappings().all()
        users = members_of(self._connection, account_id, {row["conversation_id"] for row in rows})
        return [
            Document(to_message(row), users[row["conversation_id"]], row["kind"] == ConversationKind.GROUP.value)
            for row in rows
        ]

    def _number(self, account_id: AccountId) -> int | None:
        row = _row_of(self._connection, account_id)
        return None if row is None else row["number"]

    def add(self, account_id: AccountId, documents: Sequence[Document]) -> None:
        """Index messages as they are at this moment, unless they are indexed by now. Raises IndexIsFull."""
        index = index_of(self._connection, account_id)
        if index is None or not documents:
            return
        changed = self._changed(account_id, documents)
        marks = self._marks(account_id, index.number, {one.message.conversation_id for one in documents})
        new: list[Document] = []
        for one in sorted(documents, key=lambda one: (one.message.conversation_id, one.message.seq)):
            said = one.message
            if said.seq == marks.get(said.conversation_id, 0) + 1:
                marks[said.conversation_id] = said.seq
                new.append(_as_it_is(one, changed.get((said.conversation_id, said.seq))))
        self._mark(
            account_id, index.number, {one.message.conversation_id: marks[one.message.conversation_id] for one in new}
        )
        index.documents.add([one for one in new if not one.message.is_deleted])

    def _changed(
        self, account_id: AccountId, documents: Sequence[Document]
    ) -> Mapping[tuple[ConversationId, int], Message]:
        """Return the messages among these that changed since they were read; nobody changes any until the end of the transaction."""
        query, given = _revisions(self._connection.dialect.name)
        addresses = [(one.message.conversation_id, one.message.seq) for one in documents]
        rows = query.rows(self._connection, {"account": account_id, **given.values(addresses)})
        present = {(conversation_id, seq): rev for conversation_id, seq, rev in rows}
        read = {(one.message.conversation_id, one.message.seq): one.message.rev for one in documents}
        changed = [address for address, rev in present.items() if rev != read[address]]
        which = (message.c.account_id == account_id, tuple_(message.c.conversation_id, message.c.seq).in_(changed))
        found = self._connection.execute(select(message).where(*which)).mappings() if changed else ()
        return {(one.conversation_id, one.seq): one for one in map(to_message, found)}

    def _marks(
        self, account_id: AccountId, number: int, conversation_ids: Collection[ConversationId]
    ) -> dict[ConversationId, int]:
        columns = (conversation_index.c.conversation_id, conversation_index.c.indexed_seq)
        which = (conversation_index.c.account_id == account_id, conversation_index.c.of_number == number)
        query = select(*columns).where(*which, one_of(conversation_index.c.conversation_id, conversation_ids))
        return dict(map(tuple, self._connection.execute(query)))

    def _mark(self, account_id: AccountId, number: int, marks: Mapping[ConversationId, int]) -> None:
        is_postgres = self._connection.dialect.name == "postgresql"
        insertion = (postgresql if is_postgres else sqlite).insert(conversation_index)
        key = ["account_id", "conversation_id"] if is_postgres else ["conversation_id"]
        changes = {"indexed_seq": insertion.excluded.indexed_seq, "of_number": insertion.excluded.of_number}
        rows = [
            {"account_id": account_id, "conversation_id": one, "indexed_seq": seq, "of_number": number}
            for one, seq in sorted(marks.items())
        ]
        if rows:
            self._connection.execute(insertion.on_conflict_do_update(index_elements=key, set_=changes), rows)


@dataclass(frozen=True, slots=True)
class AccountIndex:
    """The index of an account: its number, its documents, and whether all messages are in it but the very newest."""

    account_id: AccountId
    number: int
    is_complete: bool
    documents: SqliteIndex | PostgresIndex

    @property
    def scope(self) -> Scope:
        """The terms of the account."""
        return self.documents.scope

    def late_among(
        self, connection: Connection, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Sequence[ConversationId]:
        """Return those of these conversations that have messages which are not indexed yet."""
        same = self.is_of(conversation.c.id)
        query = select(conversation.c.id).select_from(conversation.outerjoin(conversation_index, same))
        which = (conversation.c.account_id == account_id, one_of(conversation.c.id, conversation_ids))
        return list(connection.execute(query.where(*which, conversation.c.last_seq > INDEXED_SEQ)).scalars())

    def is_of(self, conversation_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Match how far a conversation is in this index."""
        index = conversation_index.c
        same = (index.account_id == self.account_id, index.conversation_id == conversation_id)
        return and_(*same, index.of_number == self.number)


def index_of(connection: Connection, account_id: AccountId) -> AccountIndex | None:
    """Return an account's index; None where it was never begun."""
    row = _row_of(connection, account_id)
    if row is None:
        return None
    if connection.dialect.name == "postgresql":
        documents: SqliteIndex | PostgresIndex = PostgresIndex(connection, account_id, row["number"])
    else:
        documents = SqliteIndex(connection, row["number"], row["room"])
    return AccountIndex(account_id, row["number"], bool(row["is_complete"]), documents)


def members_of(
    connection: Connection, account_id: AccountId, conversation_ids: Collection[ConversationId]
) -> Mapping[ConversationId, Sequence[UserId]]:
    """Return the members of conversations, not more of each than tell that it has more than MOST_MEMBERS."""
    which = (member.c.account_id == account_id, one_of(member.c.conversation_id, conversation_ids))
    found: defaultdict[ConversationId, list[UserId]] = defaultdict(list)
    for conversation_id, user_id in connection.execute(
        select(member.c.conversation_id, member.c.user_id).where(*which)
    ):
        found[conversation_id].append(user_id)
    return {one: found[one][: MOST_MEMBERS + 1] for one in conversation_ids}


def companies(
    connection: Connection, account_id: AccountId, conversation_ids: Collection[ConversationId]
) -> Sequence[Company]:
    """Return by whom, or by what, the messages of conversations are found."""
    which = (conversation.c.account_id == account_id, one_of(conversation.c.id, conversation_ids))
    kinds = dict(map(tuple, connection.execute(select(conversation.c.id, conversation.c.kind).where(*which))))
    users = members_of(connection, account_id, conversation_ids)
    return [Company(one, kind == ConversationKind.GROUP.value, users[one]) for one, kind in kinds.items()]


def reindex(connection: Connection, before: Message, after: Message) -> None:
    """Change what a message is found by with its text, in the same transaction: nothing stays of what it said."""
    index = index_of(connection, before.account_id)
    if index is None or text_of(before) == text_of(after):
        return
    at = (conversation_index.c.account_id == before.account_id, conversation_index.c.of_number == index.number)
    query = select(conversation_index.c.indexed_seq).where(
        *at, conversation_index.c.conversation_id == before.conversation_id
    )
    if before.seq > (connection.execute(query).scalar() or 0):
        return
    (company,) = companies(connection, before.account_id, [before.conversation_id])
    was, now = (
        Document(one, company.members, company.is_group, frozenset(terms_of(text_of(one)))) for one in (before, after)
    )
    index.documents.change(was, None if after.is_deleted else now)


def _row_of(connection: Connection, account_id: AccountId) -> Mapping[Any, Any] | None:
    query = select(account_index).where(account_index.c.account_id == account_id)
    return connection.execute(query).mappings().first()


def _change_of(account_id: AccountId) -> Any:
    return update(account_index).where(account_index.c.account_id == account_id)


def _is_index_of(number: int | None) -> Any:
    return and_(
        conversation_index.c.account_id == conversation.c.account_id,
        conversation_index.c.conversation_id == conversation.c.id,
        conversation_index.c.of_number == number,
    )


def _as_it_is(one: Document, changed: Message | None) -> Document:
    """Return a document of a message as it is, which may have changed since it was read."""
    return one if changed is None else replace(one, message=changed, terms=frozenset(terms_of(text_of(changed))))


@cache
def _revisions(dialect: str) -> tuple[Prepared, Given]:
    """Select the revisions of messages by their addresses, and lock them."""
    given = Given(dialect, message.c.conversation_id, message.c.seq)
    conversation_id, seq = given.columns
    same = (message.c.conversation_id == conversation_id, message.c.seq == seq)
    is_it = and_(message.c.account_id == bindparam("account"), *same)
    query = select(message.c.conversation_id, message.c.seq, message.c.rev).select_from(
        given.source.join(message, is_it)
    )
    return Prepared(query.with_for_update(read=True, of=message)), given
