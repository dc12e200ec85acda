"""The port to what is kept about ways into somebody's account that somebody else opened: notices, requests, addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from hallway.domain.ids import AccountId, UserId


class Deed(StrEnum):
    """What was done to somebody's way in."""

    LINK_MADE = "link_made"
    LINK_SPENT = "link_spent"
    PASSWORD_SET = "password_set"  # noqa: S105 - no password
    EMAIL_CHANGED = "email_changed"
    LOGIN_CHANGED = "login_changed"


@dataclass(frozen=True, slots=True)
class AccessNotice:
    """A line that a person sees at their next sign-in, until they dismiss it. Without `by_id` the operator did it."""

    account_id: AccountId
    id: str
    user_id: UserId
    deed: Deed
    by_id: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A member of staff asks another administrator to confirm that they may be shown a sign-in link for somebody."""

    account_id: AccountId
    id: str
    user_id: UserId
    asked_by: UserId
    asked_at: datetime
    confirmed_by: UserId | None = None


@dataclass(frozen=True, slots=True)
class FormerEmail:
    """The address that was somebody's before others changed it. Links go there for a while."""

    account_id: AccountId
    user_id: UserId
    email: str
    changed_at: datetime


class AccessRecords(Protocol):
    """Notices, requests and former addresses."""

    def add_notice(self, notice: AccessNotice, /) -> None:
        """Store one."""
        ...

    def notices(self, account_id: AccountId, user_id: UserId) -> Sequence[AccessNotice]:
        """Those of a person that are not dismissed, the newest first."""
        ...

    def dismiss(self, account_id: AccountId, user_id: UserId, notice_ids: Collection[str]) -> None:
        """Delete some of a person's."""
        ...

    def save_request(self, request: LinkRequest, /) -> None:
        """Add it, or change it."""
        ...

    def requests(self, account_id: AccountId, after: datetime) -> Sequence[LinkRequest]:
        """Those asked after a moment, the oldest first. A transaction that writes locks them."""
        ...

    def remove_request(self, account_id: AccountId, request_id: str) -> None:
        """Delete one."""
        ...

    def keep_former_email(self, former: FormerEmail, /) -> None:
        """In the place of the one before."""
        ...

    def former_emails(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, FormerEmail]:
        """Of these people, where others changed it at some time."""
        ...
