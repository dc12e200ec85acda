"""The real server in a process of its own: the command an operator runs, on a free port of the loopback.

Each is forked from a process in which such an application was made already (`warm.py`), so that it starts a second sooner.
"""

import multiprocessing
import os
import resource
import runpy
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from hallway.client import Client
from hallway.demo.academy import PASSWORD
from tests.servers.ports import free_port

QUICK = {
    "HALLWAY_PASSWORD_MEMORY_KIB": "64",
    "HALLWAY_SIGN_IN_ATTEMPTS_PER_MINUTE": "100000",
    "HALLWAY_MESSAGES_PER_MINUTE": "100000",
}
"""Tests sign in and write often, and guard nobody."""
PATIENCE = 60
"""Seconds in which a server must answer, or end, even on a machine that does much else."""
USUAL_FILES = 1024
"""Open files and connections that a process may have on most systems, unless it asks for more."""

_FORGE = multiprocessing.get_context("forkserver")
_FORGE.set_forkserver_preload(["tests.servers.warm"])


@dataclass(frozen=True, slots=True)
class Command:
    """What an operator types, where, and with which settings."""

    words: Sequence[str]
    folder: Path
    port: int
    settings: Mapping[str, str]

    def run(self, output: Path) -> None:
        """Be this command, in a process of its own that prints to `output`."""
        os.chdir(self.folder)
        with output.open("wb") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        for name in [name for name in os.environ if name.startswith("HALLWAY_")]:
            del os.environ[name]
        os.environ.update(QUICK, **{f"HALLWAY_{name.upper()}": value for name, value in self.settings.items()})
        _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(USUAL_FILES, allowed), allowed))
        sys.argv = ["hallway", *self.words, "--port", str(self.port)]
        runpy.run_module("hallway", run_name="__main__")


@dataclass(slots=True)
class Hallway:
    """A server that answers; `output` is the file with all that it printed."""

    command: Command
    process: ForkServerProcess
    output: Path

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.command.port}"

    @property
    def database(self) -> Path:
        """The file that keeps everything."""
        return self.command.folder / "data" / "hallway.db"

    @property
    def database_url(self) -> str:
        """Where it keeps everything."""
        return self.command.settings.get("database") or f"sqlite:///{self.database}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.process.pid is not None
        return self.process.pid

    def client(self, login: str | None = None, *, token: str | None = None) -> Client:
        """A client, signed in as somebody of the demo academy when a login is given."""
        client = Client(self.address, token=token)
        if login is not None:
            client.sign_in(login, PASSWORD)
        return client

    def set_up_token(self) -> str:
        """What an empty installation printed, for the one who set it up."""
        (link,) = [word for word in self.output.read_text("utf-8").split() if "/set-up?token=" in word]
        return parse_qs(urlsplit(link).query)["token"][0]

    def stop(self) -> int:
        """Ask it to end, unless it has, and wait until it did; its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """End it at once, in the middle of whatever it does."""
        return self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> int:
        if self.process.is_alive():
            os.kill(self.pid, by)
        self.process.join(PATIENCE)
        assert self.process.exitcode is not None
        return self.process.exitcode

    def again(self) -> None:
        """The same command once more, after it ended: same port, same data."""
        self.process, self.output = _begin(self.command)
        _wait(self)


def demo_academy(folder: Path, *, built: Path | None = None, **settings: str) -> Hallway:
    """The demo academy in `folder`, from a copy of `built`; `settings` are as in HALLWAY_…, in small letters."""
    if built is not None:
        shutil.copytree(built, folder / "data", dirs_exist_ok=True)
    return _started(Command(["demo", "--data", str(folder / "data")], folder, free_port(2), settings))


def installation(folder: Path, **settings: str) -> Hallway:
    """An installation over what its folder or its database holds; over nothing it is not set up yet."""
    return _started(Command(["serve", "--data", str(folder / "data")], folder, free_port(2), settings))


def _started(command: Command) -> Hallway:
    command.folder.mkdir(parents=True, exist_ok=True)
    started = Hallway(command, *_begin(command))
    _wait(started)
    return started


def _begin(command: Command) -> tuple[ForkServerProcess, Path]:
    output = command.folder / f"output-{secrets.token_hex(4)}.txt"
    process = _FORGE.Process(target=command.run, args=[output], daemon=True)
    process.start()
    return process, output


def _wait(started: Hallway) -> None:
    """Ask until it is ready; a server that ended, or is never ready, fails with what it printed."""
    until = time.monotonic() + PATIENCE
    while started.process.is_alive() and time.monotonic() < until:
        if _is_ready(started.command.port):
            return
    started.process.kill()
    started.process.join()
    message = f"The server is not ready:\n{started.output.read_text('utf-8')}"
    raise RuntimeError(message)


def _is_ready(port: int) -> bool:
    """Whether it is; a port that is closed yet is given a moment."""
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        time.sleep(0.02)
        return False
    finally:
        connection.close()
