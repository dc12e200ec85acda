"""What comes in by mail, and what comes back, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.lists import one_of
from hallway.storage.schema import bounce, kept_mail, original, reply_address, return_pace
from hallway.storage.statements import replace_one
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.notifications.records import Bounce, KeptMail, MemberKey, ReplyAddress

_LISTED = [column for column in kept_mail.columns if column is not kept_mail.c.content]


class SqlMails:
    """`ports.Mails` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def address(self, account_id: AccountId, address_id: str) -> ReplyAddress | None:
        """Return the reply address with this id, or None."""
        query = select(reply_address).where(reply_address.c.account_id == account_id, reply_address.c.id == address_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _address(row)

    def addresses(self, account_id: AccountId, member_keys: Collection[MemberKey]) -> Mapping[MemberKey, ReplyAddress]:
        """Return the newest reply address of each key."""
        query = select(reply_address).where(
            reply_address.c.account_id == account_id,
            one_of(reply_address.c.user_id, {user_id for user_id, _ in member_keys}),
            one_of(reply_address.c.conversation_id, {conversation_id for _, conversation_id in member_keys}),
        )
        rows = self._connection.execute(query.order_by(reply_address.c.made_at)).mappings()
        found = {(one.user_id, one.conversation_id): one for one in map(_address, rows)}
        return {member_key: one for member_key, one in found.items() if member_key in member_keys}

    def add_addresses(self, addresses: Sequence[ReplyAddress]) -> None:
        """Store new reply addresses."""
        if addresses:
            self._connection.execute(insert(reply_address), [_address_row(one) for one in addresses])

    def keep_original(self, account_id: AccountId, conversation_id: ConversationId, seq: int, text: str) -> None:
        """Keep the whole text of a mail beside its message."""
        row = {"account_id": account_id, "conversation_id": conversation_id, "seq": seq, "content": text}
        replace_one(self._connection, original, row)

    def original(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> str | None:
        """Return the whole text of the mail that a message came by, or None."""
        query = select(original.c.content).where(
            original.c.account_id == account_id,
            original.c.conversation_id == conversation_id,
            original.c.seq == seq,
        )
        return self._connection.execute(query).scalar()

    def keep(self, mail: KeptMail) -> None:
        """Keep a mail aside."""
        values = {
            "account_id": mail.account_id,
            "id": mail.id,
            "at": to_micros(mail.at),
            "sender": mail.sender,
            "subject": mail.subject,
            "reason": mail.reason,
            "content": mail.content,
        }
        self._connection.execute(insert(kept_mail).values(values))

    def kept(self, account_id: AccountId, limit: int) -> Sequence[KeptMail]:
        """Return the mails kept aside, the newest first, without their content."""
        query = select(*_LISTED).where(kept_mail.c.account_id == account_id).order_by(*_newest()).limit(limit)
        return [_kept(row, b"") for row in self._connection.execute(query).mappings()]

    def kept_one(self, account_id: AccountId, mail_id: str) -> KeptMail | None:
        """Return a kept mail with its content, or None."""
        query = select(kept_mail).where(kept_mail.c.account_id == account_id, kept_mail.c.id == mail_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _kept(row, row["content"])

    def forget_kept(self, account_id: AccountId, *, most: int, most_bytes: int, before: datetime, first: str) -> int:
        """Delete the old mails and the oldest beyond the caps, and return how many."""
        order = kept_mail.c.reason == first, *_newest()
        size = func.sum(func.length(kept_mail.c.content)).over(order_by=order)
        number = func.row_number().over(order_by=order)
        ranked = select(kept_mail.c.id, kept_mail.c.at, size.label("size"), number.label("number"))
        mine = ranked.where(kept_mail.c.account_id == account_id).subquery()
        beyond = or_(mine.c.number > most, mine.c.size > most_bytes, mine.c.at < to_micros(before))
        goes = (kept_mail.c.account_id == account_id, kept_mail.c.id.in_(select(mine.c.id).where(beyond)))
        return self._connection.execute(delete(kept_mail).where(*goes)).rowcount

    def paces(self, account_id: AccountId, keys: Collection[str]) -> Mapping[str, datetime]:
        """Return the paces by key, locked, because what is decided by them is written in the same transaction."""
        mine = (return_pace.c.account_id == account_id, one_of(return_pace.c.key, keys))
        query = select(return_pace.c.key, return_pace.c.even_at).where(*mine).order_by(return_pace.c.key)
        return {key: from_micros(at) for key, at in self._connection.execute(query.with_for_update())}

    def set_pace(self, account_id: AccountId, key: str, even_at: datetime, *, forget_before: datetime) -> None:
        """Keep a pace, and delete those from before `forget_before`."""
        old = (return_pace.c.account_id == account_id, return_pace.c.even_at < to_micros(forget_before))
        self._connection.execute(delete(return_pace).where(*old))
        row = {"account_id": account_id, "key": key, "even_at": to_micros(even_at)}
        replace_one(self._connection, return_pace, row)

    def drop(self, account_id: AccountId, mail_id: str) -> None:
        """Delete a kept mail."""
        which = (kept_mail.c.account_id == account_id, kept_mail.c.id == mail_id)
        self._connection.execute(delete(kept_mail).where(*which))

    def bounces(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Bounce]:
        """Return the bounces of these people."""
        query = select(bounce).where(bounce.c.account_id == account_id, one_of(bounce.c.user_id, user_ids))
        rows = self._connection.execute(query).mappings()
        return {one.user_id: one for one in map(_bounce, rows)}

    def bounced(self, one: Bounce) -> None:
        """Keep that mail to a person came back; the last bounce counts."""
        row = {
            "account_id": one.account_id,
            "user_id": one.user_id,
            "email": one.email,
            "at": to_micros(one.at),
            "reason": one.reason,
        }
        replace_one(self._connection, bounce, row)

    def works_again(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete a person's bounce, since mail reaches them again."""
        self._connection.execute(delete(bounce).where(bounce.c.account_id == account_id, bounce.c.user_id == user_id))


def _address_row(one: ReplyAddress) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "user_id": one.user_id,
        "conversation_id": one.conversation_id,
        "made_at": to_micros(one.made_at),
    }


def _address(row: Mapping[Any, Any]) -> ReplyAddress:
    return ReplyAddress(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        conversation_id=row["conversation_id"],
        made_at=from_micros(row["made_at"]),
    )


def _newest() -> tuple[Any, Any]:
    return kept_mail.c.at.desc(), kept_mail.c.id.desc()


def _kept(row: Mapping[Any, Any], content: bytes) -> KeptMail:
    return KeptMail(
        account_id=row["account_id"],
        id=row["id"],
        at=from_micros(row["at"]),
        sender=row["sender"],
        subject=row["subject"],
        reason=row["reason"],
        content=content,
    )


def _bounce(row: Mapping[Any, Any]) -> Bounce:
    return Bounce(
        account_id=row["account_id"],
        user_id=row["user_id"],
        email=row["email"],
        at=from_micros(row["at"]),
        reason=row["reason"],
    )
