"""Who asks: every use-case takes the Actor that the door has already made sure of."""

from dataclasses import dataclass, field

from hallway.domain.audit import Via
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.scopes import Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, through one of their sessions.

    `scopes` limit what a token may do; None limits nothing. `via` and `address` are for the audit log alone.
    """

    account_id: AccountId
    user_id: UserId
    session_id: SessionId
    via: Via = field(default=Via.WEB, compare=False)
    address: str = field(default="", compare=False)
    scopes: frozenset[Scope] | None = None
