"""A PostgreSQL for one contender: a fresh cluster with Debian's settings, which sync every commit to the disk."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg

from bench.daemons import Daemon, run_as
from bench.machine import free_port

DEBIAN = {"postgresql": "/usr/lib/postgresql/15/bin/postgres"}
"""For `machine.install_debian`."""
BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "bench"
"""Owns every database, and needs no password."""


def cluster(folder: Path, core: int, *, connections: int = 100) -> Daemon:
    """A new one, made but not started; Debian's user `postgres` must be able to reach the folder."""
    _init(folder / "data")
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder.absolute(),
        "max_connections": connections,
        "fsync": "on",
        "synchronous_commit": "on",
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = [str(BINARIES / "postgres"), "-D", str(folder.absolute() / "data"), *words]
    return Daemon(command, folder, port, core, user="postgres", is_ready=_answers, farewell=signal.SIGINT)


def _init(data: Path) -> None:
    words = [
        str(BINARIES / "initdb"),
        "-D",
        str(data.absolute()),
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
    ]
    data.parent.mkdir()
    command = [*run_as("postgres", data.parent), *words]
    environment = {**os.environ, "LC_ALL": "C"}
    subprocess.run(command, check=True, cwd=data.parent, stdout=subprocess.DEVNULL, env=environment)


def _answers(port: int) -> bool:
    try:
        with connected(port):
            return True
    except psycopg.OperationalError:
        return False


def connected(port: int, database: str = "postgres") -> psycopg.Connection:
    """A connection in which each statement stands for itself."""
    return psycopg.connect(url(port, database), autocommit=True)


def url(port: int, database: str) -> str:
    """What libpq's clients connect with."""
    return f"postgresql://{USER}@127.0.0.1:{port}/{database}"


def new_database(port: int, name: str) -> None:
    """An empty database, sorted as code points are."""
    with connected(port) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
