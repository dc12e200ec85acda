"""The systemd units leave a process that was taken over with little, and Hallway runs with what they leave."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from hallway.client import Client
from hallway.demo.academy import PASSWORD
from tests.servers.hallway import PATIENCE, QUICK
from tests.servers.ports import free_port
from tests.servers.programs import ended, started

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
MOST_EXPOSED = 3.0
"""Of 10, as systemd counts it."""

PARSING = """
import asyncio
from hallway.integrations.sandbox import Sandbox
from hallway.usecases.imports.sheets import Sheet
sandbox = Sandbox(1)
found = asyncio.run(sandbox.run("hallway.integrations.sheets:read_sheet", b"name,login\\nAda,ada\\n", answer=Sheet, requester=1))
print(found.lines[0].values)
sandbox.close()
"""
ATTEMPTS = {
    "a namespace of its own": "import ctypes; assert ctypes.CDLL(None, use_errno=True).unshare(0x10000000) == 0",
    "memory that can be written and run": "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)",
    "a socket that listens to the network": "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "another user's rights": "import os; os.setuid(os.getuid() + 1)",
    "a mount": "import ctypes; assert ctypes.CDLL(None).mount(b'none', b'/mnt', b'tmpfs', 0, None) == 0",
    "other processes' memory": "import ctypes, os; assert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0",
}


def confined(unit: str, *words: str) -> list[str]:
    """A command of this Python's with what a unit forbids."""
    return [sys.executable, "-m", "tests.deploy.confined", str(UNITS / unit), sys.executable, *words]


def ran(*command: str) -> subprocess.CompletedProcess[str]:
    """How it ended, and what it printed."""
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=PATIENCE)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_exposes_little(unit: Path) -> None:
    found = ran("systemd-analyze", "security", "--offline=true", "--no-pager", str(unit))
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", found.stdout)
    assert float(exposure) <= MOST_EXPOSED


def test_the_guide_says_how_little() -> None:
    found = ran("systemd-analyze", "security", "--offline=true", "--no-pager", str(UNITS / "hallway.service"))
    (exposure,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", found.stdout)
    assert f"rates this {exposure}," in (ROOT / "docs" / "operators.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_was_taken_over_does_not_get(attempt: str) -> None:
    assert ran(*confined("hallway.service", "-c", ATTEMPTS[attempt])).returncode == 1
    assert ran(*confined("hallway.service", "-c", "import mmap; mmap.mmap(-1, 4096)")).returncode == 0


@contextmanager
def serving(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The demo academy, confined as the service is, until the block ends."""
    words = ["-m", "hallway", "demo", "--data", str(folder), "--port", str(port)]
    command = confined("hallway.service", *words)
    process = started(command, lambda: is_ready(port), cwd=ROOT, env={**os.environ, **QUICK})
    try:
        yield process
    finally:
        ended(process)


def is_ready(port: int) -> bool:
    """Whether it answers."""
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        time.sleep(0.05)
        return False
    finally:
        connection.close()


@pytest.mark.slow
def test_hallway_runs_with_what_the_service_leaves_it(tmp_path: Path) -> None:
    """It serves, hashes passwords, keeps messages, parses in a process of its own, and ends well; so does the backup."""
    port = free_port()
    with serving(tmp_path / "data", port) as process, Client(f"http://127.0.0.1:{port}") as client:
        client.sign_in("samuel", PASSWORD)
        (maya,) = client.people("maya").people
        client.send_to_person(maya.id, "The filter lets this through.")
    assert process.wait(PATIENCE) == 0
    parsed = ran(*confined("hallway.service", "-c", PARSING))
    assert parsed.stdout == "('Ada', 'ada')\n", parsed.stderr
    words = ["-m", "hallway", "backup", "--data", str(tmp_path / "data"), str(tmp_path / "backup.hallway")]
    saved = ran(*confined("hallway-backup.service", *words))
    assert saved.returncode == 0, saved.stderr
