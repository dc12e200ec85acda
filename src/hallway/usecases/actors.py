"""Who asks: every use-case takes the Actor that the door has already made sure of."""

from dataclasses import dataclass

from hallway.domain.ids import AccountId, SessionId, UserId


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, through one of their sessions."""

    account_id: AccountId
    user_id: UserId
    session_id: SessionId
