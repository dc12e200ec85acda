"""Hallway over a PostgreSQL of its own, on the same core, with every commit synced to the disk."""

from collections.abc import Sequence
from pathlib import Path

from bench import postgres
from bench.contenders import hallway
from bench.daemons import Daemons
from bench.machine import install_debian

NAME = "Hallway, PostgreSQL"
ARCHIVES = True
DATABASE = "hallway"

connect, idle = hallway.connect, hallway.idle


def install() -> None:
    """Debian's package."""
    install_debian(postgres.DEBIAN)


def start(folder: Path, *, people: int, core: int, command: Sequence[str] = hallway.SERVE) -> Daemons:
    """The database first, then the academy in it, then the server."""
    with Daemons(folder, {}) as servers:
        cluster = postgres.cluster(folder / "postgres", core)
        servers.start(cluster)
        postgres.new_database(cluster.port, DATABASE)
        database = postgres.url(cluster.port, DATABASE)
        hallway.found(database, lambda tx: hallway.found_academy(tx, people))
        hallway.serve(servers, database, core, command=command)
    return servers
