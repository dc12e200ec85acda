"""What one message, one look and one connection cost over PostgreSQL: `python -m bench.costs`, the ground of docs/scale.md.

Processor time is read from the kernel for the server's processes and for the database's apart, so it does not matter how
busy the machine is.
"""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench import postgres
from bench.contenders import hallway, hallway_postgres
from bench.daemons import Daemon
from bench.runs import Served, served

PAIRS, OUTSTANDING, SECONDS = 100, 16, 6
LOOKS = 300
DISK = Path("/var/tmp")  # noqa: S108 - a disk, where /tmp may be memory; each run has a folder of its own there
TICKS = os.sysconf("SC_CLK_TCK")
HEADERS = {"Authorization": f"Bearer {hallway.secret(0)}"}


def measure(disk: Path) -> Mapping[str, float]:
    """Seconds of processor, and bytes, for one of each."""
    with served("hallway_postgres", people=2 * PAIRS, disk=disk) as one:
        database, server = _daemons(one)
        groups = {"database": database.pids, "server": server.pids}
        with postgres.connected(database.port, hallway_postgres.DATABASE) as connection:

            def number(query: str) -> float:
                row = connection.execute(query.encode()).fetchone()
                return float(row[0]) if row else 0.0

            stored = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            before = number(stored), number("SELECT pg_current_wal_lsn() - '0/0'")
            found: list[Mapping[str, float]] = []
            load = {"pairs": PAIRS, "outstanding": OUTSTANDING, "seconds": SECONDS}
            sent = _spent(groups, lambda: found.append(one.watched("pairs", **load)))
            # The load also looks at what it sent, afterwards; what the messages alone took it counts itself.
            share = sent["database"] / sum(sent.values())
            message = found[0]["processor_seconds"]
            messages = number("SELECT count(*) FROM message")
            after = number(stored), number("SELECT pg_current_wal_lsn() - '0/0'")
            connection.execute(b"ANALYZE")
        port = server.port
        chats = json.loads(_get(port, "/api/v1/conversations"))["rows"]
        chat = chats[0]["conversation_id"]
        listed = _spent(groups, lambda: [_get(port, "/api/v1/conversations?limit=30") for _ in range(LOOKS)])
        opened = _spent(groups, lambda: [_get(port, f"/api/v1/conversations/{chat}") for _ in range(LOOKS)])
    return {
        "message, server": message * (1 - share),
        "message, database": message * share,
        "stored bytes": (after[0] - before[0]) / messages,
        "log bytes": (after[1] - before[1]) / messages,
        "list, server": listed["server"] / LOOKS,
        "list, database": listed["database"] / LOOKS,
        "open, server": opened["server"] / LOOKS,
        "open, database": opened["database"] / LOOKS,
    }


def _daemons(one: Served) -> tuple[Daemon, Daemon]:
    """The database, and the server over it."""
    servers: Any = one.server
    database, server = servers.running
    return database, server


def _spent(groups: Mapping[str, Callable[[], Sequence[int]]], work: Callable[[], object]) -> dict[str, float]:
    before = {name: sum(map(_processor, pids())) for name, pids in groups.items()}
    work()
    return {name: sum(map(_processor, pids())) - before[name] for name, pids in groups.items()}


def _processor(pid: int) -> float:
    """Seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _get(port: int, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port)
    try:
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        assert answer.status == HTTPStatus.OK, answer.status
        return answer.read()
    finally:
        connection.close()


if __name__ == "__main__":
    for name, value in measure(DISK).items():
        print(f"{name:20} {value:.3g}")
