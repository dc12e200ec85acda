"""Hallway over a PostgreSQL of its own, on the same core, with every commit synced to the disk."""

from pathlib import Path

from bench import postgres
from bench.contenders.hallway import ARCHIVES, connect, idle, serve
from bench.daemons import Daemons
from bench.machine import install_debian

__all__ = ["ARCHIVES", "NAME", "connect", "idle", "install", "start"]

NAME = "Hallway, PostgreSQL"


def install() -> None:
    """PostgreSQL."""
    install_debian(postgres.DEBIAN)


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """The database first, then the server."""
    server = Daemons(folder, {})
    database = postgres.cluster(folder / "postgres", core)
    server.start(database)
    postgres.new_database(database.port, "hallway")
    return serve(server, postgres.url(database.port, "hallway"), people=people, core=core)
