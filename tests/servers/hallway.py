"""The real server in a process of its own: the command an operator runs, on a free port of the loopback."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from hallway.client import Client
from hallway.demo.academy import PASSWORD

QUICK = {
    "HALLWAY_PASSWORD_MEMORY_KIB": "64",
    "HALLWAY_SIGN_IN_ATTEMPTS_PER_MINUTE": "100000",
    "HALLWAY_MESSAGES_PER_MINUTE": "100000",
}
"""Tests sign in and write often, and guard nobody."""
PATIENCE = 60
"""Seconds in which a server must answer, even on a machine that does much else."""


@dataclass(slots=True)
class Hallway:
    """A server that answers; `output` is the file with all that it printed."""

    process: "subprocess.Popen[bytes]"
    address: str
    output: Path

    @property
    def database_url(self) -> str:
        """Where it keeps everything."""
        return f"sqlite:///{self.output.parent / 'data' / 'hallway.db'}"

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
        """Ask it to end, and wait until it did; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def demo_academy(folder: Path, *, built: Path | None = None, **settings: str) -> Hallway:
    """The demo academy in `folder`, from a copy of `built`; `settings` are as in HALLWAY_…, in small letters."""
    if built is not None:
        shutil.copytree(built, folder / "data")
    return _start(["demo", "--data", str(folder / "data")], folder, settings)


def installation(folder: Path, **settings: str) -> Hallway:
    """An installation over what its folder or its database holds; over nothing it is not set up yet."""
    return _start(["serve", "--data", str(folder / "data")], folder, settings)


def _start(words: list[str], folder: Path, settings: dict[str, str]) -> Hallway:
    folder.mkdir(parents=True, exist_ok=True)
    port, output = _free_port(), folder / f"output-{secrets.token_hex(4)}.txt"
    own = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    chosen = {f"HALLWAY_{name.upper()}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "hallway", *words, "--port", str(port)]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**own, "PYTHONUNBUFFERED": "1", **QUICK, **chosen},
        )
    started = Hallway(process, f"http://127.0.0.1:{port}", output)
    _wait(started)
    return started


def _wait(started: Hallway) -> None:
    """Ask until it is ready; a server that ended, or is never ready, fails with what it printed."""
    until = time.monotonic() + PATIENCE
    while started.process.poll() is None and time.monotonic() < until:
        if _is_ready(started):
            return
    started.process.kill()
    started.process.wait()
    message = f"The server is not ready:\n{started.output.read_text('utf-8')}"
    raise RuntimeError(message)


def _is_ready(started: Hallway) -> bool:
    """Whether it is; a port that is closed yet is given a moment."""
    try:
        return httpx.get(f"{started.address}/readyz").is_success
    except httpx.TransportError:
        time.sleep(0.02)
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
