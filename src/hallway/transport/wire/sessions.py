"""The wire's types of My sessions."""

from datetime import datetime

from hallway.transport.wire.fields import Frozen, Id


class OwnSession(Frozen, frozen=True, kw_only=True):
    """A browser I am signed in with. `browser` and `system` are names, empty where they are unknown; `network` is its
    address without the last part. `mine` is the session that asks.
    """

    id: Id
    browser: str
    system: str
    network: str
    created_at: datetime
    seen_at: datetime
    mine: bool


class OwnSessions(Frozen, frozen=True):
    """My sessions: the one making the request first, then the most recently seen."""

    sessions: list[OwnSession]


class EndedSessions(Frozen, frozen=True):
    """How many sessions ended."""

    ended: int
