"""Messages and each member's hidden ones, in SQL."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Exists,
    bindparam,
    case,
    exists,
    func,
    select,
    union,
    update,
)

from hallway.domain.conversations import Member
from hallway.domain.files import Attachment
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.domain.previews import Preview
from hallway.domain.text import is_found_in_lower_case, search_key
from hallway.storage.lists import Given, one_of
from hallway.storage.message_tables import message_change
from hallway.storage.reactions import kept_reactions, to_reactions
from hallway.storage.schema import deleted_text, hidden, message
from hallway.storage.statements import Prepared, insert_all, replace_one
from hallway.storage.timestamps import from_micros, from_micros_or_none, to_micros, to_micros_or_none
from hallway.usecases.messaging.records import MissedChanges, Since

MESSAGE = tuple(one.name for one in fields(Message))
"""The columns that make a Message."""
_PREVIEW = msgspec.json.Decoder(Preview)
_FILES = msgspec.json.Decoder(tuple[Attachment, ...])


def to_message(row: Mapping[Any, Any], prefix: str = "") -> Message:
    """Build a message from a row of the message table, whose columns may be labelled with a prefix."""
    return Message(
        account_id=row[f"{prefix}account_id"],
        conversation_id=row[f"{prefix}conversation_id"],
        seq=row[f"{prefix}seq"],
        rev=row[f"{prefix}rev"],
        sender_id=row[f"{prefix}sender_id"],
        key=row[f"{prefix}key"],
        body=row[f"{prefix}body"],
        sent_at=from_micros(row[f"{prefix}sent_at"]),
        course_id=row[f"{prefix}course_id"],
        deleted_at=from_micros_or_none(row[f"{prefix}deleted_at"]),
        reply_to=row[f"{prefix}reply_to"],
        edited_at=from_micros_or_none(row[f"{prefix}edited_at"]),
        reactions=to_reactions(row[f"{prefix}reactions"]),
        files=() if row[f"{prefix}files"] is None else _FILES.decode(row[f"{prefix}files"]),
        preview=None if row[f"{prefix}preview"] is None else _PREVIEW.decode(row[f"{prefix}preview"]),
    )


def is_hidden_from(user_id: UserId | BindParameter[Any]) -> Exists:
    """Test whether this user hid the message of the surrounding query."""
    return exists().where(
        hidden.c.account_id == message.c.account_id,
        hidden.c.conversation_id == message.c.conversation_id,
        hidden.c.user_id == user_id,
        hidden.c.seq == message.c.seq,
        hidden.c.is_hidden,
    )


Reindex = Callable[[Connection, Message, Message], None]


class SqlMessages:
    """`ports.Messages` over a connection."""

    def __init__(self, connection: Connection, reindex: Reindex) -> None:
        """Keep the connection of the transaction; `reindex` hears of each message that changes, before and after."""
        self._connection = connection
        self._reindex = reindex

    def add(self, messages: Sequence[Message]) -> None:
        """Store new messages."""
        insert_all(self._connection, message, [_row(one) for one in messages])

    def save(self, changed: Message) -> None:
        """Change a message, what it is found by, and the note that it changed after it was posted."""
        before = self.find(changed.account_id, changed.conversation_id, changed.seq)
        at = _at(changed.account_id, changed.conversation_id)
        row = _row(changed)
        self._connection.execute(update(message).where(*at, message.c.seq == changed.seq).values(row))
        replace_one(self._connection, message_change, {one.name: row[one.name] for one in message_change.c})
        if before is not None:
            self._reindex(self._connection, before, changed)

    def by_keys(
        self, account_id: AccountId, keys: Collection[tuple[UserId, str]]
    ) -> Mapping[tuple[UserId, str], Message]:
        """Return messages by sender and key."""
        query, given = _by_keys(self._connection.dialect.name)
        rows = query.mappings(self._connection, {"account": account_id, **given.values(keys)})
        return {(one.sender_id, one.key): one for one in map(to_message, rows)}

    def find(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Message | None:
        """Return the message at this address, or None."""
        query = select(message).where(*_at(account_id, conversation_id), message.c.seq == seq)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else to_message(row)

    def several(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], Message]:
        """Return messages by their addresses."""
        query, given = _several(self._connection.dialect.name)
        rows = query.mappings(self._connection, {"account": account_id, **given.values(addresses)})
        return {(one.conversation_id, one.seq): one for one in map(to_message, rows)}

    def page(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        after: int,
        before: int | None,
        limit: int,
        from_start: bool = False,
    ) -> Sequence[Message]:
        """Return the newest messages of a range, or the first of them, oldest first."""
        given = {
            "account": account_id,
            "conversation": conversation_id,
            "me": user_id,
            "after": after,
            "before": before,
            "limit": limit,
        }
        rows = _page(is_newest=before is None, from_start=from_start).mappings(self._connection, given)
        found = [to_message(row) for row in rows]
        return found if from_start else found[::-1]

    def changes(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        since: Since,
        after: int,
        limit: int,
    ) -> MissedChanges:
        """Return what changed after the given revisions, in the order of rev."""
        marks = select(hidden.c.seq, hidden.c.is_hidden).where(
            hidden.c.account_id == account_id,
            hidden.c.conversation_id == conversation_id,
            hidden.c.user_id == user_id,
            hidden.c.own_rev > since.own_rev,
        )
        marks = marks.order_by(hidden.c.own_rev).limit(limit)
        changed_marks = {row.seq: row.is_hidden for row in self._connection.execute(marks)}
        restored = [seq for seq, is_hidden in changed_marks.items() if not is_hidden]
        at = _at(account_id, conversation_id)
        seqs = select(message.c.seq).where(*at)
        news = union(
            seqs.where(message.c.seq > max(after, since.posted_behind), message.c.rev > since.rev),
            seqs.where(message.c.deleted_at.is_not(None), message.c.rev > since.rev),
            select(message_change.c.seq).where(
                message_change.c.account_id == account_id,
                message_change.c.conversation_id == conversation_id,
                message_change.c.rev > since.rev,
            ),
            seqs.where(one_of(message.c.seq, restored)),
        )
        query = select(message).where(*at, message.c.seq.in_(news), message.c.seq > after)
        query = query.where(~is_hidden_from(user_id)).order_by(message.c.rev).limit(limit)
        messages = [to_message(row) for row in self._connection.execute(query).mappings()]
        return MissedChanges(messages, changed_marks)

    def hidden_among(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> frozenset[int]:
        """Return those of `seqs` that the user hid."""
        at = (hidden.c.account_id == account_id, hidden.c.conversation_id == conversation_id)
        mine = (hidden.c.user_id == user_id, one_of(hidden.c.seq, seqs), hidden.c.is_hidden)
        return frozenset(self._connection.execute(select(hidden.c.seq).where(*at, *mine)).scalars())

    def hidden_by(
        self, account_id: AccountId, conversation_id: ConversationId, seq: int, user_ids: Collection[UserId]
    ) -> frozenset[UserId]:
        """Return those of the users who hid a message."""
        at = (hidden.c.account_id == account_id, hidden.c.conversation_id == conversation_id)
        theirs = (one_of(hidden.c.user_id, user_ids), hidden.c.seq == seq, hidden.c.is_hidden)
        return frozenset(self._connection.execute(select(hidden.c.user_id).where(*at, *theirs)).scalars())

    def hide(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        seq: int,
        *,
        is_hidden: bool,
        own_rev: int,
    ) -> None:
        """Keep that the user hid a message, or took that back."""
        row = {
            "account_id": account_id,
            "conversation_id": conversation_id,
            "user_id": user_id,
            "seq": seq,
            "own_rev": own_rev,
            "is_hidden": is_hidden,
        }
        replace_one(self._connection, hidden, row)

    def visible(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> tuple[int | None, int]:
        """Return the newest message that the member still sees, and how many are unread."""
        seen = (message.c.seq > member.cleared_seq, ~is_hidden_from(member.user_id))
        is_unread = (message.c.seq > member.seen_seq) & _counts(member.user_id)
        newest, unread = func.max(message.c.seq), func.count(case((is_unread, 1)))
        query = select(newest, unread).where(*_at(account_id, conversation_id), *seen)
        row = self._connection.execute(query).one()
        return row[0], row[1]

    def newest_of_others(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> int | None:
        """Return the seq of the first message of others from the end, or None."""
        seen = (message.c.seq > member.cleared_seq, ~is_hidden_from(member.user_id), _counts(member.user_id))
        query = select(message.c.seq).where(*_at(account_id, conversation_id), *seen)
        return self._connection.execute(query.order_by(message.c.seq.desc()).limit(1)).scalar()

    def keep_digest(self, account_id: AccountId, address: tuple[ConversationId, int], digest: str) -> None:
        """Keep the digest in a row for each deleted message."""
        row = {"account_id": account_id, "conversation_id": address[0], "seq": address[1], "digest": digest}
        replace_one(self._connection, deleted_text, row)

    def digests(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], str]:
        """Return digests by address; all of a chat's digests may be looked through, which are few."""
        of = (
            deleted_text.c.account_id == account_id,
            one_of(deleted_text.c.conversation_id, {one for one, _ in addresses}),
        )
        seqs = one_of(deleted_text.c.seq, {seq for _, seq in addresses})
        rows = self._connection.execute(select(deleted_text).where(*of, seqs))
        found = {(row.conversation_id, row.seq): row.digest for row in rows}
        return {address: found[address] for address in addresses if address in found}


@cache
def _page(*, is_newest: bool, from_start: bool) -> Prepared:
    """Select a page from the end of a conversation or before the seq `before`, or from the start of that range."""
    query = select(message).where(*_at(bindparam("account"), bindparam("conversation")))
    query = query.where(message.c.seq > bindparam("after"), ~is_hidden_from(bindparam("me")))
    if not is_newest:
        query = query.where(message.c.seq < bindparam("before"))
    order = message.c.seq if from_start else message.c.seq.desc()
    return Prepared(query.order_by(order).limit(bindparam("limit")))


@cache
def _by_keys(dialect: str) -> tuple[Prepared, Given]:
    given = Given(dialect, message.c.sender_id, message.c.key)
    sender_id, key = given.columns
    same = (message.c.account_id == bindparam("account"), message.c.sender_id == sender_id, message.c.key == key)
    return Prepared(given.one_each(message, *same)), given


@cache
def _several(dialect: str) -> tuple[Prepared, Given]:
    given = Given(dialect, message.c.conversation_id, message.c.seq)
    conversation_id, seq = given.columns
    account = message.c.account_id == bindparam("account")
    same = (account, message.c.conversation_id == conversation_id, message.c.seq == seq)
    return Prepared(given.one_each(message, *same)), given


def _counts(user_id: UserId) -> ColumnElement[bool]:
    """Match messages that can be unread for this user: somebody else's, and still there."""
    return (message.c.sender_id != user_id) & message.c.deleted_at.is_(None)


def _at(
    account_id: AccountId | BindParameter[Any], conversation_id: ConversationId | BindParameter[Any]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (message.c.account_id == account_id, message.c.conversation_id == conversation_id)


def _row(one: Message) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "conversation_id": one.conversation_id,
        "seq": one.seq,
        "rev": one.rev,
        "sender_id": one.sender_id,
        "key": one.key,
        "body": one.body,
        "sent_at": to_micros(one.sent_at),
        "course_id": one.course_id,
        "deleted_at": to_micros_or_none(one.deleted_at),
        "search_key": kept_key(one.body),
        "reply_to": one.reply_to,
        "edited_at": to_micros_or_none(one.edited_at),
        "reactions": kept_reactions(one.reactions),
        "files": msgspec.json.encode(one.files).decode() if one.files else None,
        "preview": None if one.preview is None else msgspec.json.encode(one.preview).decode(),
    }


def kept_key(body: str) -> str | None:
    """Return the search key of a text, or None where the text's lower case is the same: nothing is kept then."""
    return None if is_found_in_lower_case(body) else search_key(body)
