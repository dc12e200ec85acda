"""Programs that tests start: whatever becomes of the test, each of them is ended, and waited for."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

PATIENCE = 60
"""Seconds in which a program must answer, or end, even on a machine that does much else."""

Command = Sequence[str | Path]


class Removable(Protocol):
    """What leaves nothing behind once it is removed."""

    def remove(self) -> None:
        """End it."""
        ...


T = TypeVar("T", bound=Removable)


@contextmanager
def removing(server: T) -> Iterator[T]:
    """A server, until the block ends."""
    try:
        yield server
    finally:
        server.remove()


@contextmanager
def running(command: Command, **how: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """A program, until the block ends; `how` is as subprocess has it."""
    with subprocess.Popen(command, **how) as process:
        try:
            yield process
        finally:
            process.kill()


def started(
    command: Command, answers: Callable[[], bool], *, log: Path | None = None, **how: Any
) -> "subprocess.Popen[bytes]":
    """A program, once it answers. Raises RuntimeError with what its log says when it does not, and leaves none behind."""
    process = subprocess.Popen(command, **how)
    try:
        _wait(process, answers, log)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return process


def _wait(process: "subprocess.Popen[bytes]", answers: Callable[[], bool], log: Path | None) -> None:
    until = time.monotonic() + PATIENCE
    while not answers():
        if time.monotonic() > until or process.poll() is not None:
            said = log.read_text("utf-8") if log is not None and log.exists() else ""
            message = f"{process.args} did not start.\n{said}"
            raise RuntimeError(message)
        time.sleep(0.02)


def ended(process: "subprocess.Popen[bytes]") -> None:
    """Let a program end in good order; one that does not is killed."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
