"""The demo academy, served for real on a free port of the loopback, from a database of its own."""

import shutil
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from hallway import app
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.demo.build import build
from hallway.settings import Settings
from hallway.storage.store import open_store
from hallway.transport.server import server_config
from hallway.usecases.runtime import Clock, Passwords
from tests.servers.ports import free_port

QUICK = 64
"""KiB for the hash of a password: tests sign in often, and guard nobody."""


def build_academy(database_url: str) -> None:
    """Build it into an empty database."""
    store = open_store(database_url)
    build(store, clock=SystemClock(), ids=RandomIds(), passwords=Argon2Passwords(QUICK))
    store.close()


class _Server(uvicorn.Server):
    """Tells when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers, until it is stopped; it can come back on the same port, with the same data."""

    settings: Settings
    server: _Server
    thread: threading.Thread

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.settings.address

    def stop(self) -> None:
        """Let it finish what it has, and end."""
        self.server.should_exit = True
        self.thread.join()

    def again(self) -> "Serving":
        """The same installation, started once more."""
        return serve(self.settings)


def serve_academy(
    built: Path, folder: Path, *, clock: Clock | None = None, passwords: Passwords | None = None, **settings: object
) -> Serving:
    """Serve a copy of the built academy from `folder`, by the system's clock and hasher or by others."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    return serve(_settings(folder, demo=True, **settings), clock=clock, passwords=passwords)


def serve_empty(folder: Path, **settings: object) -> Serving:
    """Serve an installation that was never set up; its token is `token-of-the-test`."""
    return serve(_settings(folder, **settings), set_up_token="token-of-the-test")


def _settings(folder: Path, **more: object) -> Settings:
    port = free_port()
    usual = {
        "data": str(folder),
        "port": port,
        "password_memory_kib": QUICK,
        "sign_in_attempts_per_minute": 10_000,
        "messages_per_minute": 10_000,
    }
    return Settings(**{**usual, **more})


def serve(
    settings: Settings,
    *,
    set_up_token: str | None = None,
    clock: Clock | None = None,
    passwords: Passwords | None = None,
) -> Serving:
    """Start serving, and wait until it answers."""
    store = open_store(settings.database_url)
    application = app.build(settings, store, set_up_token=set_up_token, clock=clock, passwords=passwords)
    config = server_config(application, settings.host, settings.port)
    config.timeout_graceful_shutdown = 2
    server = _Server(config)
    thread = threading.Thread(target=server.run, name="hallway-server", daemon=True)
    thread.start()
    if not server.is_up.wait(30):
        message = "The server did not start."
        raise RuntimeError(message)
    return Serving(settings, server, thread)
