"""W4's databases: one expert with many dialogs, each full of messages, written by SQL alone.

Through the use-cases ten million messages would take an hour; so they take minutes. Numbers, marks and places are what
the use-cases would have left: the newest message of each dialog came from the learner, in every tenth it is unread.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bench.contenders import hallway
from bench.contenders.hallway import ACCOUNT, secret, user_id
from bench.texts import FILLER
from hallway.domain.accounts import Account
from hallway.domain.courses import Course
from hallway.domain.ids import CourseId, SessionId, dialog_id
from hallway.domain.people import Role, State, User
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import TOKEN, hashed
from hallway.usecases.transaction import Transaction

EXPERT = 1
"""As whom one reads."""
COURSE = CourseId("00000000-0000-0003-0000-000000000000")
BYTES = 700
"""That a message takes on the disk at most, with its entries in the indexes."""
FAST = ("journal_mode=DELETE", "journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000", "temp_store=MEMORY")
"""While it is made; who serves it sets what an installation needs."""


def learner(dialog: int) -> int:
    """The number of the person on the other side of a dialog."""
    return 2 * dialog


def archive(folder: Path, *, dialogs: int, messages: int) -> Path:
    """The database with so many of both; it is made when it is not there, and kept."""
    path = folder / f"{dialogs}-dialogs-{messages}-messages.db"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        _require_space(folder, messages * BYTES)
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _make(unfinished, dialogs, messages // dialogs)
        unfinished.rename(path)
    return path


def _require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        message = f"{folder} has {free >> 30} GiB free; the archive needs up to {(size >> 30) + 1}."
        raise RuntimeError(message)


def _make(path: Path, dialogs: int, each: int) -> None:
    hallway.found(f"sqlite:///{path.absolute()}", _found)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("user_id", 1, user_id, deterministic=True)
        connection.create_function("dialog_id", 1, _dialog_id, deterministic=True)
        for pragma in FAST:
            connection.execute(f"PRAGMA {pragma}")
        given = {"account": ACCOUNT, "expert": user_id(EXPERT), "course": COURSE, "filler": FILLER}
        for statement in STATEMENTS:
            connection.execute(statement, {**given, "dialogs": dialogs, "each": each})
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _found(tx: Transaction) -> None:
    """The account, the expert of its one course, and their session."""
    expert = user_id(EXPERT)
    now = datetime.now(UTC)
    tx.accounts.save(Account(id=ACCOUNT, name="Bench"))
    tx.people.add(
        [
            User(
                account_id=ACCOUNT,
                id=expert,
                name="Expert",
                email="expert@bench.example",
                login="expert",
                role=Role.AUTHOR,
                state=State.ACTIVE,
            )
        ]
    )
    tx.courses.add([Course(account_id=ACCOUNT, id=COURSE, title="Course")])
    tx.courses.assign(ACCOUNT, [(COURSE, expert)], at=now)
    session = SessionId("00000000-0000-0004-0000-000000000000")
    tx.sessions.add(
        Session(
            account_id=ACCOUNT,
            id=session,
            user_id=expert,
            kind=TOKEN,
            hashed=hashed(secret(EXPERT)),
            name="bench",
            created_at=now,
            expires_at=None,
        )
    )


def _dialog_id(person: int) -> str:
    return dialog_id(ACCOUNT, user_id(EXPERT), user_id(person))


STATEMENTS = (
    # In the order of their ids, so that the largest table grows at its end.
    """
    CREATE TEMP TABLE dialog AS
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :dialogs - 1)
    SELECT n, user_id(2 * n) AS learner, dialog_id(2 * n) AS id FROM numbers ORDER BY 3
    """,
    """
    CREATE TEMP TABLE seqs AS
    WITH RECURSIVE numbers (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM numbers WHERE seq < :each)
    SELECT seq FROM numbers
    """,
    """
    INSERT INTO user (account_id, id, name, folded_name, email, folded_email, login, folded_login, role, state, title,
      locale, time_zone)
    SELECT :account, learner, 'Learner ' || n, 'learner ' || n, 'l' || n || '@bench.example',
      'l' || n || '@bench.example', 'l' || n, 'l' || n, 'learner', 'active', '', '', '' FROM dialog
    """,
    "INSERT INTO enrolment (account_id, course_id, user_id) SELECT :account, :course, learner FROM dialog",
    """
    INSERT INTO conversation (account_id, id, kind, last_seq, rev) SELECT :account, id, 'dialog', :each, :each FROM dialog
    """,
    """
    INSERT INTO member (account_id, conversation_id, user_id, rev, own_rev, read_seq, cleared_seq, last_seq, unread, place)
    SELECT :account, id, learner, 0, 0, :each, 0, :each, 0, 1 FROM dialog
    UNION ALL
    SELECT :account, id, :expert, 0, 0, :each - (n % 10 = 0), 0, :each, n % 10 = 0, n + 1 FROM dialog
    """,
    """
    INSERT INTO message (account_id, conversation_id, seq, rev, sender_id, key, body, sent_at)
    SELECT :account, id, seq, seq, CASE (:each - seq) % 2 WHEN 0 THEN learner ELSE :expert END,
      printf('%08d-%08d', dialog.rowid, seq), seq || ' ' || :filler, 1767225600000000 + (seq * :dialogs + n) * 1000000
    FROM dialog CROSS JOIN seqs
    """,
)
