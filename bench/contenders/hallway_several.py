"""Several processes of Hallway over one PostgreSQL, which hear of each other's news through it, or through NATS."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import postgres
from bench.contenders import hallway, hallway_room
from bench.daemons import Daemon, Daemons
from bench.machine import free_port, install_debian
from hallway.usecases.transaction import Transaction

NAME = "Hallway, several processes"
ARCHIVES = True
DATABASE = "hallway"
NATS = "nats"
"""The broker that is started as well; any other is part of Hallway or of PostgreSQL."""

connect, join, idle = hallway.connect, hallway_room.join, hallway.idle


def install() -> None:
    """Debian's packages."""
    install_debian({**postgres.DEBIAN, "nats-server": "/usr/sbin/nats-server"})


def start(
    folder: Path, *, cores: Sequence[int], broker: str, people: int = 0, members: int = 0
) -> tuple[Daemons, list[Daemon]]:
    """A process on each of `cores`, all else on the first, over people in pairs or in one room; the processes alone again."""
    core = cores[0]
    with Daemons(folder, {}) as servers:
        cluster = postgres.cluster(folder / "postgres", core)
        servers.start(cluster)
        postgres.new_database(cluster.port, DATABASE)
        database = postgres.url(cluster.port, DATABASE)
        hallway.found(database, _founding(people, members))
        address = _nats(servers, core) if broker == NATS else broker
        command = (hallway_room.__name__, "serve") if members else ("hallway", "serve")
        before = len(servers.running)
        for one in cores:
            hallway.serve(servers, database, one, command=command, settings={"HALLWAY_BROKER": address})
    return servers, servers.running[before:]


def _founding(people: int, members: int) -> Callable[[Transaction], None]:
    if members:
        return lambda tx: hallway_room.found_room(tx, members)
    return lambda tx: hallway.found_academy(tx, people)


def _nats(servers: Daemons, core: int) -> str:
    """A node of its own; its address."""
    port = free_port()
    program = shutil.which("nats-server") or "/usr/sbin/nats-server"
    servers.start(Daemon([program, "-a", "127.0.0.1", "-p", str(port)], servers.folder / "nats", port, core))
    return f"nats://127.0.0.1:{port}"
