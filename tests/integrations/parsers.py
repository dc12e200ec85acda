"""Parsers for the tests of the sandbox: a good one, and what a hostile input might make of one."""

import os
import socket
import time
from ctypes import string_at
from dataclasses import dataclass
from pathlib import Path

from hallway.usecases.errors import Invalid, Problem


@dataclass(frozen=True, slots=True)
class Counted:
    """What the good one finds."""

    length: int
    words: tuple[str, ...]


def count(content: bytes, *words: str) -> Counted:
    """Be a good parser."""
    return Counted(len(content), words)


def refuse(_: bytes) -> None:
    """Refuse with words."""
    raise Invalid(Problem("file", "bad", "This is not good."))


def fail(_: bytes) -> None:
    """Raise what nobody foresaw."""
    raise ZeroDivisionError


def take_memory(_: bytes) -> int:
    """Ask for 100 GB at once."""
    return len(bytearray(100 * 1024**3))


def take_memory_slowly(_: bytes) -> int:
    """Ask for more and more."""
    taken: list[bytearray] = []
    while True:
        taken.append(bytearray(1024 * 1024))


def spin(_: bytes) -> None:
    """Never end, at work."""
    while True:
        pass


def sleep(_: bytes) -> None:
    """Never end, idle."""
    time.sleep(10_000)


def abort(_: bytes) -> None:
    """Die as a parser in Rust does that gets no memory."""
    os.abort()


def break_memory(_: bytes) -> bytes:
    """Read where nothing is."""
    return string_at(0)


def answer_much(_: bytes) -> bytes:
    """Answer with more than anybody may."""
    return bytes(100 * 1024 * 1024)


def answer_deeply(_: bytes) -> object:
    """Answer with what is nested very deeply."""
    nested: object = 1
    for _ in range(500):
        nested = [nested]
    return nested


def answer_nonsense(_: bytes) -> None:
    """Write into the parent's pipe what is no answer."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, (6).to_bytes(8, "big") + b"\xc1\xc1\xc1\xc1\xc1\xc1")
        except OSError:
            continue


def look_around(_: bytes) -> dict[str, list[str] | int]:
    """Say what an intruder would find: variables, open files and sockets, and whether it may write or start."""
    found: list[str] = []
    opened = Path("/proc/self/fd")
    for descriptor in opened.iterdir() if opened.exists() else ():
        try:
            found.append(str(descriptor.readlink()))
        except OSError:
            continue
    return {"variables": sorted(os.environ), "files": found, "process": os.getpid()}


def write(_: bytes, path: str) -> str:
    """Try to leave a file behind."""
    try:
        Path(path).write_text("I was here", "utf-8")
    except OSError as failure:
        return type(failure).__name__
    return ""


def process(_: bytes) -> int:
    """Say which process this is."""
    return os.getpid()


def connect(_: bytes) -> int:
    """Count what may be opened."""
    opened = []
    try:
        while True:
            opened.append(socket.socket())
    except OSError:
        return len(opened)
