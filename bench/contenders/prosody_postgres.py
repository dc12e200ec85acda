"""A peer: Prosody once more, with its archive in PostgreSQL."""

from pathlib import Path

from bench import postgres
from bench.contenders import xmpp
from bench.contenders.prosody import DEBIAN, prosody
from bench.daemons import Daemons
from bench.machine import free_port, install_debian

NAME = "Prosody, PostgreSQL"
ARCHIVES = True
DRIVER = {"lua-dbi-postgresql": "/usr/lib/x86_64-linux-gnu/lua/5.4/dbd/postgresql.so"}
DATABASE = "prosody"

connect, join, idle = xmpp.connect, xmpp.join, xmpp.idle


def install() -> None:
    """Debian's packages."""
    install_debian({**DEBIAN, **DRIVER, **postgres.DEBIAN})


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Its database, and the server."""
    port = free_port()
    with Daemons(folder, {"port": port}) as servers:
        cluster = postgres.cluster(folder / "postgres", core)
        servers.start(cluster)
        postgres.new_database(cluster.port, DATABASE)
        reached = {
            "driver": "PostgreSQL",
            "host": "127.0.0.1",
            "port": cluster.port,
            "database": DATABASE,
            "username": postgres.USER,
            "password": "",
        }
        servers.start(prosody(folder / "prosody", reached, port, people, core))
    return servers
