"""Several processes behind one port: their parent listens, starts them, and starts anew what ends.

A worker is what systemd would start: the same command, with the sockets handed over, that says when it is ready
(docs/decisions/0018). So a new version takes over one worker after the other while the parent stays. Loaded only where
there are several: what it asks of the system not every system has.
"""

import ctypes
import fcntl
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from hallway.cli.sockets import FIRST, NAME, listen
from hallway.settings import PREFIX, Settings
from hallway.transport import sd_notify

PATIENCE = 60.0
"""Seconds for a worker to be ready, or to end once it has drained."""
TICK = 0.05
"""Seconds between two looks at a worker that begins or ends."""
LONGEST_PAUSE = 30
"""Seconds between two starts of a worker that ends again and again."""
STEADY = 60.0
"""Seconds after which an end is the first one again."""
STOPS = frozenset({signal.SIGTERM, signal.SIGINT})
WATCHED = STOPS | {signal.SIGCHLD, signal.SIGHUP}
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

_log = structlog.get_logger("hallway.workers")


@dataclass(slots=True, kw_only=True)
class Worker:
    """One process, or the place of one that ended: the socket that it shares with nobody, and where it says how it is."""

    number: int
    own: socket.socket
    words: socket.socket
    pid: int = 0
    began_at: float = 0.0
    ends: int = 0
    due_at: float = 0.0

    def says_ready(self) -> bool:
        """Whether it does, within a moment."""
        try:
            return self.words.recv(1_024).decode() == sd_notify.READY
        except TimeoutError:
            return False

    def forget_words(self) -> None:
        """Forget what the process before said: it is not this one's."""
        with suppress(TimeoutError):
            while self.words.recv(1_024):
                pass

    def note_end(self) -> bool:
        """Whether it has ended; then it is due at once, or ever later when that happens again and again."""
        if not self.pid or not _has_ended(self.pid):
            return False
        now = time.monotonic()
        self.ends = 1 if now - self.began_at > STEADY else self.ends + 1
        self.due_at = now + min(LONGEST_PAUSE, 2.0**self.ends - 2)
        self.pid = 0
        return True


class Supervisor:
    """The workers of one parent, which share its `sockets`."""

    def __init__(self, settings: Settings, sockets: Sequence[socket.socket], words: Path, token: str) -> None:
        """A folder for their words, and the token for the first run. Raises BadSettings where a worker cannot listen."""
        host, port = sockets[0].getsockname()[:2]
        self._sockets = sockets
        self._slowest = PATIENCE + settings.drain_seconds
        self._environment = _environment(settings, token)
        numbers = range(1, settings.workers + 1)
        self._workers = [
            Worker(number=one, own=listen(host, port + one), words=_ear(words / str(one))) for one in numbers
        ]

    def serve(self) -> int:
        """Start all, and look after them until a signal ends it; the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for worker in self._workers:
            self._begin(worker)
        if not all(self._becomes_ready(worker) for worker in self._workers):
            self._stop()
            return 0 if _shall_stop() else 1
        sd_notify.notify(sd_notify.READY)
        _log.info("workers_ready", workers=len(self._workers), pid=os.getpid())
        self._look_after()
        sd_notify.notify(sd_notify.STOPPING)
        self._stop()
        return 0

    def _look_after(self) -> None:
        while (arrived := signal.sigtimedwait(WATCHED, self._pause())) is None or arrived.si_signo not in STOPS:
            for worker in self._workers:
                if worker.note_end():
                    _log.error("worker_ended", worker=worker.number, again_in=worker.due_at - time.monotonic())
            if arrived is not None and arrived.si_signo == signal.SIGHUP:
                self._renew()
            for worker in self._workers:
                if not worker.pid and worker.due_at <= time.monotonic():
                    self._begin(worker)

    def _pause(self) -> float:
        """Seconds until somebody is due."""
        due = (worker.due_at - time.monotonic() for worker in self._workers if not worker.pid)
        return max(0.0, min(due, default=LONGEST_PAUSE))

    def _renew(self) -> None:
        """Renew workers one after the other: the new worker is ready before the old one stops. A worker that cannot begin ends the renewal."""
        _log.info("workers_renewed", workers=len(self._workers))
        for worker in self._workers:
            old = worker.pid
            self._begin(worker)
            if not self._becomes_ready(worker):
                _log.error("worker_not_renewed", worker=worker.number, hint="The old workers keep running.")
                _end([worker.pid], self._slowest)
                worker.pid = old
                return
            _end([old], self._slowest)

    def _becomes_ready(self, worker: Worker) -> bool:
        """Wait until it is, or never will be."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not _shall_stop():
            if worker.says_ready():
                return True
            if worker.note_end():
                return False
        return False

    def _stop(self) -> None:
        _end([worker.pid for worker in self._workers], self._slowest)

    def _begin(self, worker: Worker) -> None:
        worker.began_at = time.monotonic()
        worker.forget_words()
        parent = os.getpid()
        worker.pid = os.fork()
        if worker.pid:
            _log.info("worker_started", worker=worker.number, pid=worker.pid)
            return
        try:
            self._become(worker, parent)
        finally:
            os._exit(127)

    def _become(self, worker: Worker, parent: int) -> None:
        """Take the sockets in the new process, and be the command."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            return
        given = [*self._sockets, worker.own]
        beyond = FIRST + len(given)
        copies = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, beyond) for one in given]
        for number, copy in enumerate(copies, start=FIRST):
            os.dup2(copy, number)
        handed_over = {
            "LISTEN_PID": str(os.getpid()),
            "LISTEN_FDS": str(len(given)),
            "LISTEN_FDNAMES": ":".join([f"{NAME}{worker.number}"] * len(given)),
            sd_notify.ADDRESS: str(worker.words.getsockname()),
        }
        command = [sys.executable, "-m", "hallway", "serve"]
        os.execve(command[0], command, {**self._environment, **handed_over})  # noqa: S606 - our own, without a shell


def serve_with_workers(settings: Settings, sockets: Sequence[socket.socket], token: str) -> int:
    """Serve until a signal ends it; the exit code. Raises BadSettings."""
    with tempfile.TemporaryDirectory(prefix="hallway-") as folder:
        return Supervisor(settings, sockets, Path(folder), token).serve()


def _environment(settings: Settings, token: str) -> Mapping[str, str]:
    """Return the environment of a worker: the settings in force, as far as options may have changed them, and that it is alone."""
    options = {"host": settings.host, "port": settings.port, "data": settings.data}
    given = {**options, "workers": 1, "set_up_token": token}
    return {**os.environ, **{f"{PREFIX}{name.upper()}": str(value) for name, value in given.items()}}


def _ear(path: Path) -> socket.socket:
    """Open the socket through which a worker says how it is."""
    words = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    words.bind(str(path))
    words.settimeout(TICK)
    return words


def _shall_stop() -> bool:
    return bool(signal.sigpending() & STOPS)


def _has_ended(pid: int) -> bool:
    return os.waitpid(pid, os.WNOHANG)[0] == pid


def _end(pids: Sequence[int], patience: float) -> None:
    """Ask them to stop, and wait until they have; who does not is killed."""
    left = {pid for pid in pids if pid}
    for pid in left:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while left and time.monotonic() < until:
        left = {pid for pid in left if not _has_ended(pid)}
        time.sleep(TICK if left else 0)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
