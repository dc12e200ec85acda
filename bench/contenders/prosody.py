"""A peer: Prosody, Debian's, with its archive (mod_mam) in SQLite, as Prosody makes that: every commit is synced.

Only what a chat with a history needs is switched on. What an acknowledgement means is told in `bench.contenders.xmpp`.
"""

from collections.abc import Mapping
from pathlib import Path

from bench.contenders import xmpp
from bench.daemons import Daemon, Daemons
from bench.machine import free_port, install_debian

NAME = "Prosody, SQLite"
ARCHIVES = True
PROGRAM = "/usr/bin/prosody"
DEBIAN = {"prosody": PROGRAM, "lua-dbi-sqlite3": "/usr/lib/x86_64-linux-gnu/lua/5.4/dbd/sqlite3.so"}

connect, join, idle = xmpp.connect, xmpp.join, xmpp.idle


def install() -> None:
    """Debian's packages."""
    install_debian(DEBIAN)


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """The server; its database is a file."""
    port = free_port()
    with Daemons(folder, {"port": port}) as server:
        server.start(
            prosody(folder / "prosody", {"driver": "SQLite3", "database": "archive.sqlite"}, port, people, core)
        )
    return server


def prosody(folder: Path, database: Mapping[str, str | int], port: int, people: int, core: int) -> Daemon:
    """The server with its accounts; its archives go to the database that LuaDBI reaches so."""
    accounts = folder / "data" / xmpp.HOST / "accounts"
    accounts.mkdir(parents=True)
    for person in range(people):
        (accounts / f"{xmpp.name(person)}.dat").write_text(f'return {{ ["password"] = "{xmpp.PASSWORD}" }};', "utf-8")
    settings = folder / "prosody.cfg.lua"
    settings.write_text(_settings(folder.absolute() / "data", database, port), "utf-8")
    return Daemon([PROGRAM, "-F", "--config", str(settings.absolute())], folder, port, core, user="prosody")


def _settings(data: Path, database: Mapping[str, str | int], port: int) -> str:
    reached = "; ".join(f"{name} = {value!r}" for name, value in database.items())
    return f"""
data_path = "{data}"
log = {{ warn = "*console" }}
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
modules_enabled = {{ "saslauth"; "roster"; "mam"; "smacks"; "ping" }}
modules_disabled = {{ "s2s"; "s2s_auth_certs"; "tls"; "offline" }}
storage = {{ archive = "sql"; muc_log = "sql" }}
sql = {{ {reached} }}
default_archive_policy = true
archive_expires_after = "never"
max_archive_query_results = {xmpp.PAGE}

VirtualHost "{xmpp.HOST}"

Component "{xmpp.ROOMS}" "muc"
modules_enabled = {{ "muc_mam" }}
muc_room_locking = false
muc_room_default_persistent = true
muc_room_default_history_length = 0
muc_room_default_presence_broadcast = {{ moderator = true; participant = false; visitor = false }}
muc_log_expires_after = "never"
"""
