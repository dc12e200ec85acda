"""The same over PostgreSQL."""

from functools import partial

from bench.contenders import hallway_postgres, hallway_unindexed

NAME = "Hallway, PostgreSQL, without indexing"
ARCHIVES = True

install, connect, idle = hallway_postgres.install, hallway_postgres.connect, hallway_postgres.idle
start = partial(hallway_postgres.start, command=(hallway_unindexed.__name__, "serve"))
