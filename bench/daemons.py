"""The processes that a contender consists of: started on one core, ended together, never left behind."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from bench.contenders import Details
from bench.machine import below, end, pinned

PATIENCE = 120
"""Seconds within which a started server must answer, or a stopped one have ended."""


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _as_installed() -> dict[str, str]:
    """Our environment, in which Python keeps what it compiled: an installation compiles once, not at each start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Daemon:
    """One server, in the foreground, on a core; it is killed should the thread that started it end."""

    command: Sequence[str]
    folder: Path
    """Its working directory, which becomes its user's; it also keeps what the server prints."""
    port: int
    core: int
    user: str | None = None
    """As whom it runs when we are root; otherwise it runs as we do."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    is_ready: Callable[[int], bool] = listens
    """Asked with the port until it says so."""
    farewell: signal.Signals = signal.SIGTERM
    """Ends it in good order."""
    _process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [*run_as(self.user, self.folder), *pinned(self.command, self.core)],
                cwd=self.folder,
                env={**_as_installed(), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        until = time.monotonic() + PATIENCE
        while not self.is_ready(self.port):
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                message = f"{self.command[0]} did not start:\n{self._output.read_text('utf-8')[-3000:]}"
                raise RuntimeError(message)
            time.sleep(0.01)

    @property
    def _output(self) -> Path:
        return self.folder / "output.txt"

    def pids(self) -> Sequence[int]:
        """The server's process and those that it started."""
        return below(self._process.pid)

    def kill(self) -> None:
        """End it at once."""
        end(self.pids())
        self._process.wait()

    def stop(self) -> None:
        """Let it end in good order."""
        self._process.send_signal(self.farewell)
        self._process.wait(PATIENCE)


@dataclass
class Daemons:
    """`contenders.Server` made of daemons. As a context it lives on, unless an error leaves the context."""

    folder: Path
    """The contender's own; each daemon has a folder in it."""
    details: Details
    running: list[Daemon] = field(default_factory=list[Daemon])

    def __post_init__(self) -> None:
        """Let the daemons' users pass."""
        self.folder.chmod(0o755)

    def start(self, daemon: Daemon) -> None:
        """Start one more; the next ones may need it."""
        daemon.start()
        self.running.append(daemon)

    def pids(self) -> Sequence[int]:
        """The processes of all."""
        return [pid for daemon in self.running for pid in daemon.pids()]

    def kill(self) -> None:
        """End all of them in the same moment."""
        end(self.pids())
        for daemon in self.running:
            daemon.kill()

    def again(self) -> None:
        """Start all, in the same order."""
        for daemon in self.running:
            daemon.start()

    def stop(self) -> None:
        """End all in good order, the last first."""
        for daemon in reversed(self.running):
            daemon.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:
            self.kill()


def run_as(user: str | None, folder: Path) -> list[str]:
    """The words before a command that is killed with us, and runs as `user`, who gets the folder, when we are root.

    Nothing above the folder is touched: whoever made it sees to it that the user may pass.
    """
    words = ["setpriv", "--pdeathsig", "KILL"]
    if user is None or os.geteuid() != 0:
        return words
    _give(folder, user)
    person = pwd.getpwnam(user)
    return [*words, f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--init-groups"]


def _give(folder: Path, user: str) -> None:
    for path in [folder, *folder.rglob("*")]:
        shutil.chown(path, user, user)
