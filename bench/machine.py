"""The machine that measures: cores, processor time, memory, and a new process on a core of its own."""

import contextlib
import os
import resource
import select
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
ESTABLISHED = "01"
"""As the kernel tells of a connection."""


def pinned(command: Sequence[str], core: int) -> list[str]:
    """The command, bound to one core; what it starts is bound as well."""
    return ["taskset", "--cpu-list", str(core), *command]


def seconds(pids: Iterable[int]) -> float:
    """Processor time of these processes and all that they ever started, in user and kernel mode."""
    return sum(_ticks(pid) for pid in _families(pids)) / TICKS


def _ticks(pid: int) -> int:
    """Its own, and that of its children that have ended."""
    fields = _told(pid, "stat").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15])


def memory(pids: Iterable[int]) -> int:
    """Bytes that these processes and those that they started hold for themselves (proportional set size)."""
    return sum(_proportional(pid) for pid in _families(pids))


def _proportional(pid: int) -> int:
    lines = _told(pid, "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _families(pids: Iterable[int]) -> set[int]:
    """A database starts and ends processes as it needs them, so they are looked up anew each time."""
    return {one for pid in pids for one in below(pid)}


def below(pid: int) -> list[int]:
    """A process and all that it started, directly or not."""
    found = [pid]
    for one in found:
        for thread in Path(f"/proc/{one}/task").glob("*"):
            found += [int(child) for child in _told(one, f"task/{thread.name}/children").split()]
    return found


def _told(pid: int, file: str) -> str:
    """What the kernel tells of a process; nothing when it ended in the meantime."""
    try:
        return Path(f"/proc/{pid}/{file}").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def end(pids: Iterable[int]) -> None:
    """Kill these processes in one go, and wait until none runs any more; those that ended before are fine."""
    with contextlib.ExitStack() as stack:
        handles = [_handle(pid, stack) for pid in pids]
        running = [handle for handle in handles if handle is not None]
        for handle in running:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
        for handle in running:
            select.select([handle], [], [])


def _handle(pid: int, stack: contextlib.ExitStack) -> int | None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return None
    stack.callback(os.close, handle)
    return handle


def connections(port: int) -> int:
    """How many connections a server on this port of the loopback has at the moment."""
    here = f"{port:04X}"
    rows = [row.split() for file in ("tcp", "tcp6") for row in _lines(Path("/proc/net") / file)]
    return sum(1 for row in rows if row[1].endswith(f":{here}") and row[3] == ESTABLISHED)


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines()[1:] if file.exists() else []


def syncs_per_second(folder: Path, seconds: float = 1.0) -> float:
    """How often the disk below a folder syncs a page that was appended to a file."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < seconds:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())
            count += 1
        return count / (time.perf_counter() - began)


def allow_many_files() -> None:
    """Let this process, and those that it starts, open as many files and connections as the machine allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def install_debian(programs: Mapping[str, str]) -> None:
    """Install Debian's packages (package: a file that it brings) that are missing; their services are not started."""
    missing = [package for package, file in programs.items() if not Path(file).exists()]
    if not missing:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        subprocess.run(
            [*as_root, "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *words],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
