"""A peer: ejabberd, Debian's, with its archive (mod_mam) in PostgreSQL.

Only what a chat with a history needs is switched on, nothing is logged, and the schedulers of Erlang do not spin while
they have nothing to do: they would take their processor from the database on the same core. What an acknowledgement
means is told in `bench.contenders.xmpp`.
"""

import json
from pathlib import Path
from typing import Any

from bench import postgres
from bench.contenders import xmpp
from bench.daemons import Daemon, Daemons
from bench.machine import free_port, install_debian

NAME = "ejabberd, PostgreSQL"
ARCHIVES = True
DEBIAN = {
    "ejabberd": "/usr/sbin/ejabberdctl",
    "erlang-p1-pgsql": "/usr/share/doc/erlang-p1-pgsql/copyright",
    **postgres.DEBIAN,
}
SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
DATABASE = "ejabberd"
QUIET_SCHEDULERS = ("+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none")

connect, join, idle = xmpp.connect, xmpp.join, xmpp.idle


def install() -> None:
    """Debian's packages."""
    install_debian(DEBIAN)


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Its database, with the accounts in it, and the server."""
    port = free_port()
    with Daemons(folder, {"port": port}) as servers:
        database = postgres.cluster(folder / "postgres", core)
        servers.start(database)
        _fill(database.port, people)
        servers.start(_ejabberd(folder / "ejabberd", port, database.port, core))
    return servers


def _fill(port: int, people: int) -> None:
    postgres.new_database(port, DATABASE)
    with postgres.connected(port, DATABASE) as connection:
        connection.execute(SCHEMA.read_bytes())
        accounts = [(xmpp.name(person), xmpp.PASSWORD) for person in range(people)]
        connection.cursor().executemany("INSERT INTO users (username, password) VALUES (%s, %s)", accounts)


def _ejabberd(folder: Path, port: int, database: int, core: int) -> Daemon:
    """A node without a name, which needs no port mapper and can be reached by none."""
    folder.mkdir()
    settings = folder / "ejabberd.yml"
    settings.write_text(json.dumps(_settings(port, database)), "utf-8")
    spool = f'"{folder.absolute()}/spool"'
    command = ["erl", "-noinput", "+K", "true", *QUIET_SCHEDULERS, "-mnesia", "dir", spool, "-s", "ejabberd"]
    environment = {
        "ERL_LIBS": "/usr/lib/x86_64-linux-gnu",
        "EJABBERD_CONFIG_PATH": str(settings.absolute()),
        "EJABBERD_LOG_PATH": str(folder.absolute() / "ejabberd.log"),
        "ERL_CRASH_DUMP_BYTES": "0",
        "HOME": str(folder.absolute()),
    }
    return Daemon(command, folder, port, core, user="ejabberd", environment=environment)


def _settings(port: int, database: int) -> dict[str, Any]:
    """Its YAML, which may be written as JSON."""
    return {
        "hosts": [xmpp.HOST],
        "loglevel": "error",
        "listen": [{"module": "ejabberd_c2s", "ip": "127.0.0.1", "port": port}],
        "auth_method": ["sql"],
        "auth_password_format": "plain",
        "default_db": "sql",
        "sql_type": "pgsql",
        "sql_server": "127.0.0.1",
        "sql_port": database,
        "sql_database": DATABASE,
        "sql_username": postgres.USER,
        "modules": {
            "mod_mam": {"default": "always"},
            "mod_stream_mgmt": {},
            "mod_muc": {"host": xmpp.ROOMS, "history_size": 0, "max_users": 100_000, "default_room_options": _ROOM},
        },
    }


_ROOM = {"mam": True, "persistent": True, "max_users": 100_000, "presence_broadcast": ["moderator"]}
