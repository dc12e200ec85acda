"""The sandbox's side that runs in the other process: read a request, call a function, write what it returned.

It is started with an empty environment and nothing but two pipes. Before it reads a request it gives up what it does
not need: memory, open files, files to write, other processes, and outliving the process that started it.
"""

import ctypes
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

import msgspec

from hallway.usecases.errors import Invalid, Problem

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

LENGTH = 8
"""Bytes in front of each frame that say how long it is."""
_OPEN_FILES = 64
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 1, 38


class Request(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Call `function`, as in `package.module:name`, with outside bytes and plain arguments, in so many seconds."""

    function: str
    content: bytes
    arguments: tuple[Any, ...]
    processor_seconds: int
    seconds: float


class Done(msgspec.Struct, frozen=True, tag=True):
    """What the function returned, encoded."""

    value: msgspec.Raw


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The function raised Invalid."""

    problems: list[Problem]


class OutOfMemory(msgspec.Struct, frozen=True, tag=True):
    """The function wanted more memory than there is."""


class Crashed(msgspec.Struct, frozen=True, tag=True):
    """The function raised something unforeseen: its type, never its text, which may quote what was read."""

    kind: str


Reply = Done | Refused | OutOfMemory | Crashed


def main(memory: int, parent: int) -> None:
    """Serve requests from standard input until it ends."""
    requests, replies = _take_pipes()
    _die_with(parent)
    _limit(memory)
    while content := _read(requests):
        request = msgspec.msgpack.decode(content, type=Request)
        reply = _answer(request)
        encoded = _encoded(reply)
        replies.write(len(encoded).to_bytes(LENGTH, "big") + encoded)
        replies.flush()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, out of the reach of what prints or reads by mistake."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, replies


def _die_with(parent: int) -> None:
    """End when the parent is killed, also in the middle of a call; elsewhere than on Linux the alarm ends it."""
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)
        system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if hasattr(os, "getppid") and os.getppid() != parent:
        sys.exit(1)  # it was killed before we asked to end with it


def _limit(memory: int) -> None:
    """Set hard limits, so that not even a parser that was taken over can lift them."""
    if resource is None:
        return
    signal.pthread_sigmask(signal.SIG_SETMASK, ())  # a parent that blocks the alarm would hand that down
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        _, hard = resource.getrlimit(kind)
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (lower, lower))
        except (ValueError, OSError):  # macOS refuses a limit of addresses; the seconds are limited all the same
            continue


def _answer(request: Request) -> Reply:
    _set_alarm(request)
    try:
        found = _function(request.function)(request.content, *request.arguments)
        return Done(msgspec.Raw(msgspec.msgpack.encode(found)))
    except Invalid as refused:
        return Refused(list(refused.problems))
    except MemoryError:
        return OutOfMemory()
    except Exception as failure:  # noqa: BLE001 - told to the one who asked, by its kind
        return Crashed(type(failure).__name__)
    finally:
        _set_alarm(None)


def _set_alarm(request: Request | None) -> None:
    """Let the kernel end this process when its time is over, whether or not the parent still watches."""
    if resource is None:
        return
    signal.setitimer(signal.ITIMER_REAL, request.seconds if request else 0)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + request.processor_seconds if request else hard, hard))


def _function(path: str) -> Callable[..., Any]:
    module, _, name = path.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _encoded(reply: Reply) -> bytes:
    return msgspec.msgpack.encode(reply)


def _read(pipe: BinaryIO) -> bytes:
    """Read the next frame; empty at the end."""
    length = pipe.read(LENGTH)
    return pipe.read(int.from_bytes(length, "big")) if len(length) == LENGTH else b""


def command(memory: int, parent: int, path: Sequence[str]) -> list[str]:
    """Return the command that starts such a process. It finds modules where the parent does, and ignores the environment."""
    begin = (
        "import sys; memory, parent, *sys.path = sys.argv[1:];"
        f" from {__name__} import main; main(int(memory), int(parent))"
    )
    return [sys.executable, "-I", "-B", "-X", "utf8", "-c", begin, str(memory), str(parent), *path]
