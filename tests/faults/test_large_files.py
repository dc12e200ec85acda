"""A large file costs the server no memory that grows with it, and others go on meanwhile."""

import threading
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import cast

import pytest

from hallway.client import Client
from hallway.transport.wire import admin as wire_admin
from tests.servers.hallway import Hallway, demo_academy

pytestmark = pytest.mark.slow
MEGABYTE = 1_000_000
LARGE = 256 * MEGABYTE
MOST_GROWTH = 20 * MEGABYTE
"""Bytes of memory that the server may take for one."""


class Noise(RawIOBase):
    """A file of any size that is nowhere whole: each megabyte says where it lies."""

    def __init__(self, size: int) -> None:
        """Begin at the beginning."""
        self.size, self.at = size, 0

    def seek(self, at: int, _: int = 0) -> int:
        """Go on there."""
        self.at = at
        return at

    def read(self, size: int = -1) -> bytes:
        """The bytes from here on."""
        size = min(self.size - self.at if size < 0 else size, self.size - self.at)
        first, last = self.at // 1024, (self.at + size) // 1024 + 1
        content = b"".join(number.to_bytes(4, "big") * 256 for number in range(first, last))
        start = self.at - first * 1024
        self.at += size
        return content[start : start + size]


@pytest.fixture
def academy(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """One that takes large files."""
    serving = demo_academy(tmp_path, built=built_academy)
    with serving.client("ingrid") as owner:
        owner.ask("PATCH", "/admin/settings", wire_admin.SettingsChange(largest_file=2 * LARGE))
    yield serving
    serving.stop()


def _memory(academy: Hallway) -> int:
    """Bytes of the server's process that are nobody else's, at this moment."""
    lines = Path(f"/proc/{academy.pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) * 1024


class Watched:
    """The most memory that a server has taken meanwhile."""

    def __init__(self, academy: Hallway) -> None:
        """Look at it until `stop`."""
        self.most = self.before = _memory(academy)
        self._academy, self._is_over = academy, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        while not self._is_over.wait(0.01):
            self.most = max(self.most, _memory(self._academy))

    def stop(self) -> int:
        """How much more it was than before."""
        self._is_over.set()
        self._thread.join()
        return self.most - self.before


class Sink(RawIOBase):
    """Compares what is written with the noise that it should be."""

    def __init__(self) -> None:
        """Expect the beginning."""
        self.noise, self.number = Noise(LARGE), 0

    def write(self, content: object) -> int:
        """Compare."""
        some = bytes(cast("bytes", content))
        assert some == self.noise.read(len(some))
        self.number += len(some)
        return len(some)


def _upload(client: Client, size: int) -> str:
    file = client.upload("film.bin", Noise(size), size)  # type: ignore[arg-type]
    assert file.state == "ready"
    return file.id


def test_a_file_of_256_megabytes_comes_and_goes_in_little_memory(academy: Hallway) -> None:
    with academy.client("maya") as maya:
        _upload(maya, 5 * MEGABYTE)  # what is loaded once is loaded
        maya.download(_upload(maya, MEGABYTE), Sink())  # type: ignore[arg-type]
        up = Watched(academy)
        file_id = _upload(maya, LARGE)
        grown_up = up.stop()
        down, sink = Watched(academy), Sink()
        maya.download(file_id, sink)  # type: ignore[arg-type]
        grown_down = down.stop()
    assert sink.number == LARGE
    assert max(grown_up, grown_down) <= MOST_GROWTH, (grown_up, grown_down)
