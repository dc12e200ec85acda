"""What is kept about ways into somebody's account that somebody else opened, in SQL."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from hallway.domain.ids import AccountId, UserId
from hallway.storage.access_tables import access_notice, former_email, link_request
from hallway.storage.lists import one_of
from hallway.storage.statements import replace_one
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.access.records import AccessNotice, Deed, FormerEmail, LinkRequest


class SqlAccessRecords:
    """`access_records.AccessRecords` over a connection."""

    def __init__(self, connection: Connection, *, locks: bool) -> None:
        """Keep the connection of the transaction; `locks` is whether it writes."""
        self._connection = connection
        self._locks = locks

    def add_notice(self, notice: AccessNotice) -> None:
        """Store a notice."""
        row = {
            "account_id": notice.account_id,
            "id": notice.id,
            "user_id": notice.user_id,
            "deed": notice.deed.value,
            "by_id": notice.by_id,
            "at": to_micros(notice.at),
        }
        self._connection.execute(insert(access_notice).values(row))

    def notices(self, account_id: AccountId, user_id: UserId) -> Sequence[AccessNotice]:
        """Return a person's notices, the newest first."""
        mine = (access_notice.c.account_id == account_id, access_notice.c.user_id == user_id)
        query = select(access_notice).where(*mine).order_by(access_notice.c.at.desc(), access_notice.c.id.desc())
        return [_notice(row) for row in self._connection.execute(query).mappings()]

    def dismiss(self, account_id: AccountId, user_id: UserId, notice_ids: Collection[str]) -> None:
        """Delete some of a person's notices."""
        mine = (access_notice.c.account_id == account_id, access_notice.c.user_id == user_id)
        self._connection.execute(delete(access_notice).where(*mine, one_of(access_notice.c.id, notice_ids)))

    def save_request(self, request: LinkRequest) -> None:
        """Insert the request, or replace it."""
        row = {
            "account_id": request.account_id,
            "id": request.id,
            "user_id": request.user_id,
            "asked_by": request.asked_by,
            "asked_at": to_micros(request.asked_at),
            "confirmed_by": request.confirmed_by,
        }
        replace_one(self._connection, link_request, row)

    def requests(self, account_id: AccountId, after: datetime) -> Sequence[LinkRequest]:
        """Return the requests made after a moment, the oldest first; lock them in a transaction that writes."""
        query = select(link_request).where(
            link_request.c.account_id == account_id, link_request.c.asked_at > to_micros(after)
        )
        query = query.order_by(link_request.c.asked_at, link_request.c.id)
        rows = self._connection.execute(query.with_for_update() if self._locks else query).mappings()
        return [_request(row) for row in rows]

    def remove_request(self, account_id: AccountId, request_id: str) -> None:
        """Delete a request."""
        which = (link_request.c.account_id == account_id, link_request.c.id == request_id)
        self._connection.execute(delete(link_request).where(*which))

    def keep_former_email(self, former: FormerEmail) -> None:
        """Keep a person's former email in place of the previous."""
        row = {
            "account_id": former.account_id,
            "user_id": former.user_id,
            "email": former.email,
            "changed_at": to_micros(former.changed_at),
        }
        replace_one(self._connection, former_email, row)

    def former_emails(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, FormerEmail]:
        """Return the former emails of these people."""
        mine = (former_email.c.account_id == account_id, one_of(former_email.c.user_id, user_ids))
        rows = self._connection.execute(select(former_email).where(*mine)).mappings()
        return {one.user_id: one for one in map(_former, rows)}


def _notice(row: Mapping[Any, Any]) -> AccessNotice:
    return AccessNotice(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        deed=Deed(row["deed"]),
        by_id=row["by_id"],
        at=from_micros(row["at"]),
    )


def _request(row: Mapping[Any, Any]) -> LinkRequest:
    return LinkRequest(
        account_id=row["account_id"],
        id=row["id"],
        user_id=row["user_id"],
        asked_by=row["asked_by"],
        asked_at=from_micros(row["asked_at"]),
        confirmed_by=row["confirmed_by"],
    )


def _former(row: Mapping[Any, Any]) -> FormerEmail:
    return FormerEmail(row["account_id"], row["user_id"], row["email"], from_micros(row["changed_at"]))
