"""What comes in by mail, and what comes back, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.lists import one_of
from hallway.storage.moments import from_micros, to_micros
from hallway.storage.schema import bounce, kept_mail, original, reply_address
from hallway.storage.statements import replace_one
from hallway.usecases.away import Bounce, KeptMail, Place, ReplyAddress


class SqlMails:
    """`away.Mails` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def address(self, account_id: AccountId, address_id: str) -> ReplyAddress | None:
        """One by its id."""
        query = select(reply_address).where(reply_address.c.account_id == account_id, reply_address.c.id == address_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _address(row)

    def addresses(self, account_id: AccountId, places: Collection[Place]) -> Mapping[Place, ReplyAddress]:
        """The newest of each place."""
        query = select(reply_address).where(
            reply_address.c.account_id == account_id,
            one_of(reply_address.c.user_id, {user_id for user_id, _ in places}),
            one_of(reply_address.c.conversation_id, {conversation_id for _, conversation_id in places}),
        )
        rows = self._connection.execute(query.order_by(reply_address.c.made_at)).mappings()
        found = {(one.user_id, one.conversation_id): one for one in map(_address, rows)}
        return {place: one for place, one in found.items() if place in places}

    def add_addresses(self, addresses: Sequence[ReplyAddress]) -> None:
        """Store new ones."""
        if addresses:
            self._connection.execute(insert(reply_address), [_address_row(one) for one in addresses])

    def keep_original(self, account_id: AccountId, conversation_id: ConversationId, seq: int, text: str) -> None:
        """Keep the whole text of a mail beside its message."""
        row = {"account_id": account_id, "conversation_id": conversation_id, "seq": seq, "content": text}
        replace_one(self._connection, original, row)

    def original(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> str | None:
        """The whole text of the mail that a message came by."""
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
        """Those kept aside, the newest first."""
        newest = (kept_mail.c.at.desc(), kept_mail.c.id.desc())
        query = select(kept_mail).where(kept_mail.c.account_id == account_id).order_by(*newest).limit(limit)
        rows = self._connection.execute(query).mappings()
        return [_kept(row) for row in rows]

    def drop(self, account_id: AccountId, mail_id: str) -> None:
        """Keep one no longer."""
        which = (kept_mail.c.account_id == account_id, kept_mail.c.id == mail_id)
        self._connection.execute(delete(kept_mail).where(*which))

    def bounces(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Bounce]:
        """Of these people."""
        query = select(bounce).where(bounce.c.account_id == account_id, one_of(bounce.c.user_id, user_ids))
        rows = self._connection.execute(query).mappings()
        return {one.user_id: one for one in map(_bounce, rows)}

    def bounced(self, one: Bounce) -> None:
        """Note that mail came back; the last one counts."""
        row = {
            "account_id": one.account_id,
            "user_id": one.user_id,
            "email": one.email,
            "at": to_micros(one.at),
            "reason": one.reason,
        }
        replace_one(self._connection, bounce, row)

    def works_again(self, account_id: AccountId, user_id: UserId) -> None:
        """Forget that mail came back."""
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
    place = row["user_id"], row["conversation_id"]
    return ReplyAddress(row["account_id"], row["id"], *place, from_micros(row["made_at"]))


def _kept(row: Mapping[Any, Any]) -> KeptMail:
    words = row["sender"], row["subject"], row["reason"]
    return KeptMail(row["account_id"], row["id"], from_micros(row["at"]), *words, row["content"])


def _bounce(row: Mapping[Any, Any]) -> Bounce:
    return Bounce(row["account_id"], row["user_id"], row["email"], from_micros(row["at"]), row["reason"])
