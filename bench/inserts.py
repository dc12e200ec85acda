"""Two measures of this disk and this SQLite: one commit, and bare batched inserts with the same sync."""

import sqlite3
import tempfile
import time
from pathlib import Path
from uuid import UUID

from bench.texts import text

BATCH = 800


def _opened(folder: str) -> sqlite3.Connection:
    connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=10000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(
        "CREATE TABLE message (account TEXT, chat TEXT, seq INTEGER, rev INTEGER, sender TEXT, key TEXT, body TEXT,"
        " sent_at INTEGER, PRIMARY KEY (account, chat, seq), UNIQUE (account, sender, key))"
    )
    return connection


def _rows(start: int, count: int) -> list[tuple[object, ...]]:
    return [
        (str(UUID(int=1)), str(UUID(int=one % 100)), one, one, str(UUID(int=one % 100)), f"key-{one}", text(one), one)
        for one in range(start, start + count)
    ]


def _written(connection: sqlite3.Connection, rows: list[tuple[object, ...]]) -> float:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    return time.perf_counter() - began


def commit() -> float:
    """Seconds for one row in a commit of its own: the median of 200."""
    with tempfile.TemporaryDirectory() as folder:
        connection = _opened(folder)
        took = sorted(_written(connection, _rows(number, 1)) for number in range(200))
        connection.close()
    return took[100]


def per_second() -> float:
    """Rows in a second, in commits of 800."""
    with tempfile.TemporaryDirectory() as folder:
        connection = _opened(folder)
        took = sum(_written(connection, _rows(number * BATCH, BATCH)) for number in range(25))
        connection.close()
    return 25 * BATCH / took
