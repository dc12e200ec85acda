"""A peer: Synapse, the homeserver of Matrix, one process with its database in PostgreSQL.

Only what a chat with a history needs is switched on: no presence, no directory, no federation, no limits. A message is
acknowledged by the answer to its PUT, which Synapse gives after the event was committed; the partner hears it in a
/sync that waits. A room for each pair is made by the first of its lines, which takes a moment, as does each join. An
idle person is in no room.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg

from bench import postgres
from bench.contenders import matrix
from bench.daemons import PATIENCE, Daemon, Daemons
from bench.machine import free_port, install_debian

NAME = "Synapse, PostgreSQL"
ARCHIVES = True
PACKAGES = ("matrix-synapse==1.163.2", "psycopg2-binary==2.9.13")
HOME = Path(__file__).parents[1] / ".peers" / "synapse"
"""Its virtual environment, because it wants other versions than Hallway."""
PYTHON = HOME / "bin" / "python"
DATABASE = "synapse"
WITHOUT_LIMITS = {"per_second": 1_000_000, "burst_count": 1_000_000}
LOGS = {
    "version": 1,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "root": {"level": "ERROR", "handlers": ["output"]},
}

connect, join, idle = matrix.connect, matrix.join, matrix.idle


def install() -> None:
    """PostgreSQL from Debian, Synapse from PyPI."""
    install_debian(postgres.DEBIAN)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([str(PYTHON), "-m", "pip", "install", *quiet, *PACKAGES], check=True)


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Its database, the server, which makes its tables and tidies them at once, and the accounts in them."""
    port = free_port()
    with Daemons(folder, {"port": port}) as servers:
        database = postgres.cluster(folder / "postgres", core)
        servers.start(database)
        postgres.new_database(database.port, DATABASE)
        servers.start(_synapse(folder / "synapse", port, database.port, core))
        with postgres.connected(database.port, DATABASE) as connection:
            _fill(connection, people)
            _wait_until_tidy(connection)
    return servers


def _fill(connection: psycopg.Connection, people: int) -> None:
    """Accounts that are signed in already."""
    names = [(matrix.user(person), matrix.token(person), person + 1) for person in range(people)]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO users (name, creation_ts) VALUES (%s, 0)", [(name,) for name, _, _ in names])
        cursor.executemany(
            "INSERT INTO devices (user_id, device_id) VALUES (%s, 'BENCH')", [(name,) for name, _, _ in names]
        )
        cursor.executemany(
            "INSERT INTO access_tokens (user_id, token, id, device_id) VALUES (%s, %s, %s, 'BENCH')", names
        )


def _wait_until_tidy(connection: psycopg.Connection) -> None:
    """A new server is busy with updates of its empty tables for a while; one that is in use has done them."""
    until = time.monotonic() + PATIENCE
    while connection.execute("SELECT FROM background_updates LIMIT 1").fetchone() is not None:
        if time.monotonic() > until:
            message = "Synapse does not get its tables tidy."
            raise RuntimeError(message)
        time.sleep(0.1)


def _synapse(folder: Path, port: int, database: int, core: int) -> Daemon:
    folder.mkdir()
    settings = folder / "homeserver.yaml"
    settings.write_text(json.dumps(_settings(folder.absolute(), port, database)), "utf-8")
    (folder / "logs.yaml").write_text(json.dumps(LOGS), "utf-8")
    command = [str(PYTHON), "-m", "synapse.app.homeserver", "--config-path", str(settings.absolute())]
    return Daemon(command, folder, port, core)


def _settings(folder: Path, port: int, database: int) -> dict[str, Any]:
    """Its YAML, which may be written as JSON."""
    reached = {"user": postgres.USER, "dbname": DATABASE, "host": "127.0.0.1", "port": database}
    limits = ("message", "joins_per_room", "room_creation")
    return {
        "server_name": matrix.HOST,
        "pid_file": str(folder / "pid"),
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "log_config": str(folder / "logs.yaml"),
        "no_redirect_stdio": True,
        "background_updates": {"sleep_enabled": False},
        "macaroon_secret_key": "of the benchmark",
        "report_stats": False,
        "trusted_key_servers": [],
        "listeners": [
            {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "resources": [{"names": ["client"]}]}
        ],
        "database": {"name": "psycopg2", "args": {**reached, "cp_min": 5, "cp_max": 10}},
        "presence": {"enabled": False},
        "user_directory": {"enabled": False},
        "filter_timeline_limit": matrix.PAGE,
        "rc_joins": {"local": WITHOUT_LIMITS, "remote": WITHOUT_LIMITS},
        **{f"rc_{name}": WITHOUT_LIMITS for name in limits},
    }
