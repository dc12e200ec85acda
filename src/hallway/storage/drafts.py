"""Drafts, in SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, select

from hallway.domain.drafts import Draft, Writing
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.storage.draft_tables import draft, draft_revision
from hallway.storage.statements import replace_one
from hallway.storage.timestamps import from_micros, to_micros

_TEXTS = msgspec.json.Decoder(tuple[str, ...])


class SqlDrafts:
    """`draft_ports.Drafts` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._locks = locks

    def revision(self, account_id: AccountId, user_id: UserId) -> int:
        """Return the person's number, locked in a transaction that writes; before their first draft there is none to lock, and of two
        who insert it the second is run again.
        """
        which = (draft_revision.c.account_id == account_id, draft_revision.c.user_id == user_id)
        query = select(draft_revision.c.revision).where(*which)
        if self._locks:
            query = query.with_for_update()
        return self._connection.execute(query).scalar() or 0

    def count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count a person's drafts."""
        query = select(func.count()).select_from(draft).where(*_of(account_id, user_id))
        return self._connection.execute(query).scalar_one()

    def find(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> Draft | None:
        """Return the draft in a chat."""
        query = select(draft).where(*_of(account_id, user_id), draft.c.conversation_id == conversation_id)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _draft(row)

    def page(
        self, account_id: AccountId, user_id: UserId, *, after: ConversationId | None, limit: int
    ) -> Sequence[Draft]:
        """Return a page by the key of the table."""
        query = select(draft).where(*_of(account_id, user_id)).order_by(draft.c.conversation_id).limit(limit)
        if after is not None:
            query = query.where(draft.c.conversation_id > after)
        return [_draft(row) for row in self._connection.execute(query).mappings()]

    def save(self, saved: Draft) -> None:
        """Write the draft and the person's number."""
        replace_one(self._connection, draft, _row(saved))
        self._count_up(saved.account_id, saved.user_id, saved.revision)

    def remove(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId, *, revision: int) -> None:
        """Delete the draft, and write the person's number."""
        which = (*_of(account_id, user_id), draft.c.conversation_id == conversation_id)
        self._connection.execute(delete(draft).where(*which))
        self._count_up(account_id, user_id, revision)

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete a person's drafts."""
        self._connection.execute(delete(draft).where(*_of(account_id, user_id)))

    def _count_up(self, account_id: AccountId, user_id: UserId, revision: int) -> None:
        row = {"account_id": account_id, "user_id": user_id, "revision": revision}
        replace_one(self._connection, draft_revision, row)


def _of(account_id: AccountId, user_id: UserId) -> tuple[ColumnElement[bool], ...]:
    return (draft.c.account_id == account_id, draft.c.user_id == user_id)


def _row(one: Draft) -> dict[str, Any]:
    writing = one.writing
    return {
        "account_id": one.account_id,
        "user_id": one.user_id,
        "conversation_id": one.conversation_id,
        "person_id": one.person_id,
        "body": writing.text,
        "others": msgspec.json.encode(writing.others).decode() if writing.others else None,
        "reply_to": writing.reply_to,
        "course_id": writing.course_id,
        "revision": one.revision,
        "updated_at": to_micros(one.updated_at),
    }


def _draft(row: Mapping[Any, Any]) -> Draft:
    writing = Writing(
        text=row["body"],
        others=_TEXTS.decode(row["others"]) if row["others"] else (),
        reply_to=row["reply_to"],
        course_id=row["course_id"],
    )
    return Draft(
        account_id=row["account_id"],
        user_id=row["user_id"],
        conversation_id=row["conversation_id"],
        person_id=row["person_id"],
        writing=writing,
        revision=row["revision"],
        updated_at=from_micros(row["updated_at"]),
    )
