"""On what was measured: the machine, its disk, and the versions of what took part."""

import os
import platform
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from bench.contenders.synapse import PACKAGES
from bench.machine import syncs_per_second
from bench.runs import LOAD_CORE, SERVER_CORE
from hallway import __version__

PARTS = ("picows", "uvicorn", "uvloop", "litestar", "msgspec", "sqlalchemy", "psycopg")
DEBIAN = ("postgresql-15", "redis-server", "ejabberd", "prosody")


def environment(disk: Path) -> dict[str, str]:
    """Plain words, in the order in which they are told."""
    return {
        "machine": f"{os.cpu_count()} cores of {_told('/proc/cpuinfo', 'model name')}, "
        f"{int(_told('/proc/meminfo', 'MemTotal').split()[0]) >> 20} GiB; {platform.system()} {platform.release()}",
        "cores": f"server and database on core {SERVER_CORE}, load on core {LOAD_CORE}",
        "disk": f"{disk}: {syncs_per_second(disk):,.0f} syncs of an appended page a second",
        "load of the machine before": f"{os.getloadavg()[0]:.2f}",
        "Hallway": f"{__version__}, Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{one} {version(one)}" for one in PARTS),
        "others": ", ".join([*_of_debian(), PACKAGES[0].replace("==", " ")]),
    }


def _told(file: str, name: str) -> str:
    """What the kernel says behind a name."""
    lines = (line.partition(":") for line in Path(file).read_text("utf-8").splitlines())
    return next((value.strip() for key, _, value in lines if key.strip() == name), "unknown")


def _of_debian() -> list[str]:
    """Those packages that are installed, with their versions."""
    command = ["/usr/bin/dpkg-query", "--show", "--showformat=${Package} ${Version}\n", *DEBIAN]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
