"""What the store keeps of sessions, devices and changes to somebody's way in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in browser or an integrator's token; `hashed` is what the store keeps of its secret.

    `kind` is `browser`, `token` (personal access token, with a name) or `link` (one use: choose a password). A token has
    `scopes`, unless it is from before there were any, and a `parent_id` when another token made it. Of a browser the rest
    is known: its device, its own words for itself (`agent`), the `network` it was in and when it was last seen.
    """

    account_id: AccountId
    id: SessionId
    user_id: UserId
    kind: str
    hashed: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    csrf: str = ""
    parent_id: SessionId | None = None
    scopes: frozenset[Scope] | None = None
    device_id: str | None = None
    agent: str = ""
    network: str = ""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The moment at which a session was last seen, and in which network."""

    account_id: AccountId
    session_id: SessionId
    at: datetime
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """That one person has signed in with a browser; `hashed` is what the store keeps of the browser's secret."""

    account_id: AccountId
    id: str
    user_id: UserId
    hashed: str
    created_at: datetime
    seen_at: datetime


class Deed(StrEnum):
    """What was done to somebody's way in."""

    LINK_MADE = "link_made"
    LINK_SPENT = "link_spent"
    PASSWORD_SET = "password_set"  # noqa: S105 - no password
    EMAIL_CHANGED = "email_changed"
    LOGIN_CHANGED = "login_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessNotice:
    """A line that a person sees at their next sign-in, until they dismiss it. Without `by_id` the operator did it."""

    account_id: AccountId
    id: str
    user_id: UserId
    deed: Deed
    by_id: UserId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
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
