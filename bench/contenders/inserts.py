"""A bound: bare SQLite, synced like Hallway's (WAL, synchronous=FULL), which keeps the same rows and does nothing else.

There is no server and nobody who asks: `measure` inserts from one thread, in batches. Run as a module it prints what
it measured.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.contenders.hallway import ACCOUNT, user_id
from bench.texts import text
from bench.workloads.window import waits
from hallway.domain.ids import dialog_id

NAME = "bare SQLite inserts (bound)"
PAIRS = 100
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=10000")
TABLE = """
CREATE TABLE message (
  account_id TEXT NOT NULL, conversation_id TEXT NOT NULL, seq INTEGER NOT NULL, rev INTEGER NOT NULL,
  sender_id TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, sent_at INTEGER NOT NULL,
  course_id TEXT, deleted_at INTEGER,
  PRIMARY KEY (account_id, conversation_id, seq))
"""
INSERT = "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

Row = tuple[object, ...]


def install() -> None:
    """Nothing is missing."""


def measure(folder: Path, *, batch: int, seconds: float) -> dict[str, float]:
    """Rows per second, and how long a commit of one batch takes."""
    took: list[float] = []
    with closing(_opened(folder / "bare.db")) as connection:
        began = time.perf_counter()
        for rows in _batches(batch):
            if time.perf_counter() - began >= seconds:
                break
            took.append(_committed(connection, rows))
    return {"per_second": batch * len(took) / sum(took), **waits("commit", took)}


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE)
    return connection


def _batches(size: int) -> Iterator[list[Row]]:
    """Messages of all pairs in turn."""
    chats = [(dialog_id(ACCOUNT, user_id(2 * pair), user_id(2 * pair + 1)), user_id(2 * pair)) for pair in range(PAIRS)]
    start = 0
    while True:
        yield [_row(number, *chats[number % PAIRS]) for number in range(start, start + size)]
        start += size


def _row(number: int, chat: str, sender: str) -> Row:
    seq = number // PAIRS + 1
    return (ACCOUNT, chat, seq, seq, sender, f"key-{number}", text(number), number, None, None)


def _committed(connection: sqlite3.Connection, rows: list[Row]) -> float:
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, rows)
    connection.execute("COMMIT")
    return time.perf_counter() - began


if __name__ == "__main__":
    where, size, time_for_it = sys.argv[1:]
    print(json.dumps(measure(Path(where), batch=int(size), seconds=float(time_for_it))))
