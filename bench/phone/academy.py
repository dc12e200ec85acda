"""The academy that the phone looks at: that of the demo, served for real, with one chat of many messages."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.machine import free_port
from hallway.client import Client
from hallway.demo.academy import PASSWORD

READER, WRITER = "maya", "daniel"
MESSAGES = 10_000
LANES = 16
"""Connections that write at the same time, so that they share commits."""
PATIENCE = 60
SENTENCES = (
    "The exit on the left stays open during the drill.",
    "Thank you!",
    "Please bring the signed sheet on Monday, and ask the others of your shift whether they have theirs. It saves a walk.",
    "Yes.",
    "Is the second staircase part of the course, or only the one beside the lift?",
)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a running installation whose reader and writer share a chat of `MESSAGES`, all read.

    It is filled as a demo, and then served like everybody's, whose sign-in page offers no invented people.
    """
    with _running(folder, "demo") as address:
        _talk(address)
    with _running(folder, "serve") as address:
        yield address


@contextmanager
def _running(folder: Path, command: str) -> Iterator[str]:
    port = free_port()
    limits = {"HALLWAY_MESSAGES_PER_MINUTE": "1000000", "HALLWAY_SIGN_IN_ATTEMPTS_PER_MINUTE": "1000000"}
    words = [sys.executable, "-m", "hallway", command, "--data", str(folder / "data"), "--port", str(port)]
    with (folder / "output.txt").open("ab") as output:
        process = subprocess.Popen(words, stdout=output, stderr=output, env={**os.environ, **limits})
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.02)
    message = "The academy did not start."
    raise RuntimeError(message)


def _talk(address: str) -> None:
    """Both write, until there are enough; then the reader has read all."""
    with _client(address, READER) as reader, _client(address, WRITER) as writer:
        people = {READER: writer.me().person.id, WRITER: reader.me().person.id}
        chat = reader.open_with(people[READER]).row
        count = MESSAGES - chat.last_seq
        shares = [len(range(lane, count, LANES)) for lane in range(LANES)]
        with ThreadPoolExecutor(LANES) as pool:
            list(pool.map(lambda lane: _write(address, lane, shares[lane], people), range(LANES)))
        reader.mark_read(chat.conversation_id, MESSAGES)


def _write(address: str, lane: int, count: int, people: dict[str, str]) -> None:
    login = READER if lane % 2 else WRITER
    with _client(address, login) as client:
        for number in range(count):
            client.send_to_person(people[login], SENTENCES[(lane + number) % len(SENTENCES)])


def _client(address: str, login: str) -> Client:
    client = Client(address)
    client.sign_in(login, PASSWORD)
    return client
