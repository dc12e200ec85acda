"""Everything that is measured: Hallway, its peers and its bounds, each behind the same two Protocols."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

HALLWAY = ("hallway", "hallway_postgres")
UNINDEXED = ("hallway_unindexed", "hallway_postgres_unindexed")
BOUNDS = ("echo", "redis_streams")
PEERS = ("ejabberd", "prosody", "prosody_postgres", "synapse")
"""The modules, in the order in which they are measured and told."""

Details = dict[str, Any]
"""What the load's process must know of a started server to connect to it; plain JSON."""


class Reader(Protocol):
    """One signed-in connection of a person who only hears, in the load's process."""

    heard: Callable[[int], None]
    """Set by the load: called with the number of each message that arrived here from somebody else."""

    async def close(self) -> None:
        """Leave."""
        ...


class Line(Reader, Protocol):
    """One signed-in connection of a person, in the load's process. Nothing here waits but `found` and `close`.

    The load numbers its messages; the text starts with the number, so that every contender can tell it back.
    """

    stored: Callable[[int], None]
    """Set by the load: called with the number of each own message that the server acknowledged as kept."""

    def send(self, numbers: Sequence[int]) -> None:
        """Send these messages at once, in one write, to the partner or the room of this line."""
        ...

    async def found(self) -> list[int]:
        """The numbers of all messages that the history of this chat or room holds, in its order, read anew."""
        ...


class Server(Protocol):
    """A started server with its database, all pinned to the core it was told."""

    details: Details

    def pids(self) -> Sequence[int]:
        """Every process whose time and memory count: the server, and the database it keeps messages in.

        A database ends some and starts others all the time; `bench.machine` counts what these started as well.
        """
        ...

    def kill(self) -> None:
        """End the server at once, as a power cut would (kill -9); its database is killed with it."""
        ...

    def again(self) -> None:
        """Start it once more over the same files, on the same port, and wait until it answers."""
        ...

    def stop(self) -> None:
        """Stop it and its database; the folder may be deleted afterwards."""
        ...


class Contender(Protocol):
    """A module in this package with these names."""

    NAME: str
    """How tables call it."""
    ARCHIVES: bool
    """Whether it keeps messages durably and finds them again: only those are peers or bounds of a durable send."""

    def install(self) -> None:
        """Put everything that is missing on this machine (Debian's packages, a virtual environment from PyPI)."""
        ...

    def start(self, folder: Path, *, people: int, core: int) -> Server:
        """Start it in an empty folder, with `people` accounts (numbered from 0) that may all write to each other."""
        ...

    async def connect(self, details: Details, person: int, partner: int) -> Line:
        """The line of one person, whose messages go to one partner."""
        ...

    async def join(self, details: Details, person: int, members: int) -> Line:
        """The line of one person, whose messages go to a room with the people 0 to `members` - 1."""
        ...

    async def idle(self, details: Details, person: int) -> Reader:
        """A signed-in line that hears what its person may hear, and costs what an idle reader costs."""
        ...
