"""The current actor: every use-case takes one, whom the transport has already authenticated."""

from dataclasses import dataclass, field

from hallway.domain.audit import Via
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.scopes import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person who acts: through one of their sessions, or without any by mail, by a command or in a background job.

    `scopes` limit what a token may do; None limits nothing. `via` and `address` are for the audit log alone.
    """

    account_id: AccountId
    user_id: UserId
    session_id: SessionId | None = None
    via: Via = field(default=Via.WEB, compare=False)
    address: str = field(default="", compare=False)
    scopes: frozenset[Scope] | None = None
