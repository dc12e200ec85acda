"""Runs a command with what a systemd unit forbids it: `python -m tests.deploy.confined UNIT COMMAND…`.

systemd itself needs to be the first process of a machine. What it does with the kernel's filter of system calls a process
can do to itself, from the lines of the same unit: the filter, and the lines about memory, address families, namespaces,
capabilities and new privileges. What it does with mounts (`ProtectSystem` and its like) is not done here.
"""

import ctypes
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ALLOW, FORBID = 0x7FFF0000, 0x00050000
"""libseccomp's actions; the error that is answered stands in the lower bits of the second one."""
EPERM, EAFNOSUPPORT, ENOSYS = 1, 97, 38
EQUAL, MASKED = 4, 7
"""libseccomp's comparisons: with a value, and with a value in some bits."""
WRITE, EXECUTE = 2, 4
NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
DROP_CAPABILITY, NO_NEW_PRIVILEGES = 24, 38
LAST_FAMILY = 46


class Comparison(ctypes.Structure):
    """What an argument of a system call is compared with."""

    _fields_ = (
        ("place", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class Filter:
    """A filter of system calls of the kernel, made with libseccomp."""

    def __init__(self, otherwise: int) -> None:
        """What happens to a call that no rule names."""
        self._library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self._library.seccomp_init.restype = ctypes.c_void_p
        self._context = ctypes.c_void_p(self._library.seccomp_init(ctypes.c_uint32(otherwise)))

    def add(self, action: int, call: str, *compared: Comparison) -> None:
        """One more rule. A call that this platform does not have needs none."""
        number = self._library.seccomp_syscall_resolve_name(call.encode())
        if number < 0:
            return
        array = (Comparison * len(compared))(*compared)
        failure = self._library.seccomp_rule_add_array(
            self._context, ctypes.c_uint32(action), number, ctypes.c_uint(len(compared)), array
        )
        assert failure == 0, f"{call}: {failure}"

    def load(self) -> None:
        """From now on it holds, for this process and those that it starts."""
        failure = self._library.seccomp_load(self._context)
        assert failure == 0, failure


def lines(unit: Path, name: str) -> list[str]:
    """The values of a setting, in their order."""
    return [value for word, _, value in (line.partition("=") for line in unit.read_text().splitlines()) if word == name]


def allowed_calls(unit: Path) -> set[str]:
    """The system calls that the unit's filter lets through."""
    allowed: set[str] = set()
    for line in lines(unit, "SystemCallFilter"):
        found = set(calls(line.removeprefix("~").split()))
        allowed = allowed - found if line.startswith("~") else allowed | found
    return allowed


def calls(names: Iterable[str]) -> Iterator[str]:
    """System calls, and those in the sets that systemd names with an @."""
    for name in names:
        if not name.startswith("@"):
            yield name
            continue
        said = subprocess.run(
            ["systemd-analyze", "syscall-filter", "--no-pager", name], capture_output=True, text=True, check=True
        )
        below = [line.strip() for line in said.stdout.splitlines()[1:]]
        yield from calls(one for one in below if one and not one.startswith("#"))


def confine(unit: Path) -> None:
    """Forbid this process what the unit forbids, for good."""
    allowed = allowed_calls(unit)
    privileges = ctypes.CDLL(None)
    if lines(unit, "CapabilityBoundingSet") == [""] and os.geteuid() == 0:
        for capability in range(int(Path("/proc/sys/kernel/cap_last_cap").read_text()) + 1):
            privileges.prctl(DROP_CAPABILITY, capability, 0, 0, 0)
    if lines(unit, "LimitCORE") == ["0"]:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    assert privileges.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    special = Filter(ALLOW)
    for call, error, compared in forbidden(unit):
        special.add(FORBID | error, call, *compared)
    special.load()
    listed = Filter(FORBID | EPERM)
    for call in allowed:
        listed.add(ALLOW, call)
    listed.load()


def forbidden(unit: Path) -> Iterator[tuple[str, int, Sequence[Comparison]]]:
    """The calls that are forbidden with certain arguments alone."""
    if lines(unit, "MemoryDenyWriteExecute") == ["yes"]:
        both = WRITE | EXECUTE
        yield "mmap", EPERM, [Comparison(2, MASKED, both, both)]
        yield "mprotect", EPERM, [Comparison(2, MASKED, EXECUTE, EXECUTE)]
        yield "pkey_mprotect", EPERM, [Comparison(2, MASKED, EXECUTE, EXECUTE)]
    if lines(unit, "RestrictNamespaces") == ["yes"]:
        yield "unshare", EPERM, []
        yield "setns", EPERM, []
        yield "clone3", ENOSYS, []
        for kind in NAMESPACES:
            yield "clone", EPERM, [Comparison(0, MASKED, kind, kind)]
    (families,) = lines(unit, "RestrictAddressFamilies") or [""]
    known = {int(getattr(socket, name)) for name in families.split()}
    for family in set(range(1, LAST_FAMILY)) - known if known else ():
        yield "socket", EAFNOSUPPORT, [Comparison(0, EQUAL, family, 0)]


if __name__ == "__main__":
    confine(Path(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 - the command that was asked for
