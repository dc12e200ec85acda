"""The wire's types of My sessions."""

from datetime import datetime

from hallway.transport.wire import Frozen, Id


class OwnSession(Frozen, frozen=True):
    """A browser in which I am signed in. `browser` and `system` are names, empty where they are unknown; `network` is its
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
    """All of them: the one that asks first, then those that were seen last."""

    sessions: list[OwnSession]


class EndedSessions(Frozen, frozen=True):
    """How many sessions were ended."""

    ended: int
