"""Hallway that does not index messages while it is measured: what the index costs is the difference. Run as a module it is the server."""

from functools import partial

from bench.contenders import hallway
from hallway.cli import main
from hallway.transport import search_index

NAME = "Hallway, SQLite, without indexing"
ARCHIVES = True
DAY = 86_400.0
"""Seconds until the first message would be indexed."""

install, connect, idle = hallway.install, hallway.connect, hallway.idle
start = partial(hallway.start, command=(__name__, "serve"))


if __name__ == "__main__":
    search_index.GATHER = DAY
    main()
