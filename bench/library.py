"""W4's databases: one learner with many dialogs and messages, made by SQLite itself, and kept for later runs."""

import sqlite3
from pathlib import Path

from bench.contenders.hallway import ACCOUNT, found_academy
from bench.texts import FILLER
from hallway.storage.store import open_store

HERE = Path(__file__).parent / ".library"

_USER, _CHAT = (f"printf('00000000-0000-000{kind}-0000-%012x', n)" for kind in (2, 6))
_ME = "'00000000-0000-0002-0000-000000000000'"
_COUNT = "WITH RECURSIVE count(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM count WHERE n < {last}) "


def library(dialogs: int, messages: int) -> Path:
    """The folder of a database with about so many of them; one of ten dialogs holds something unread."""
    folder = HERE / f"{dialogs}-{messages}"
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("hallway.db*"):
            left.unlink()
        _make(folder / "hallway.db", dialogs, max(1, messages // dialogs))
        (folder / "made").touch()
    return folder


def _make(file: Path, dialogs: int, each: int) -> None:
    store = open_store(f"sqlite:///{file.absolute()}")
    (outcome,) = store.write([lambda tx: found_academy(tx, 2)])
    store.close()
    if outcome.failure:
        raise outcome.failure
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for statement in _statements(dialogs, each):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _statements(dialogs: int, each: int) -> list[str]:
    """People 1 to `dialogs` are experts of the learner's course, and each has a dialog with the learner."""
    new, all_of = (_COUNT.format(first=first, last=max(first, dialogs)) for first in (2, 1))
    unread = "CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END"
    course = "'00000000-0000-0003-0000-000000000000'"
    account = f"'{ACCOUNT}'"
    user = (
        f"{account}, {_USER}, 'Person ' || n, 'person ' || n, 'p' || n || '@bench.example', 'p' || n || '@bench.example',"
        " 'p' || n, 'p' || n, 'author', 'active', '', NULL, NULL, 'en', 'UTC', NULL"
    )
    member = f"INSERT INTO member SELECT {account}, {_CHAT}, "
    message = (
        f"{account}, {_CHAT}, seq, seq, CASE WHEN seq % 2 = 1 THEN {_ME} ELSE {_USER} END, 'key-' || n || '-' || seq,"
        f" seq || ' {FILLER}', 1790000000000000 + seq, NULL, NULL"
    )
    seqs = f"seqs(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM seqs WHERE seq < {each})"
    return [
        *([f"{new} INSERT INTO user SELECT {user} FROM count"] if dialogs > 1 else []),
        f"{all_of} INSERT OR IGNORE INTO expert SELECT {account}, {course}, {_USER} FROM count",
        f"{all_of} INSERT INTO conversation SELECT {account}, {_CHAT}, 'dialog', {each}, {each}, NULL, NULL FROM count",
        f"{all_of} {member} {_ME}, 0, 0, {each} - {unread}, 0, {each}, {unread}, n FROM count",
        f"{all_of} {member} {_USER}, 0, 0, {each}, 0, {each}, 0, 1 FROM count",
        f"{all_of}, {seqs} INSERT INTO message SELECT {message} FROM count CROSS JOIN seqs",
    ]
