"""What is stored is found whole, and each way to break it is found and named, on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from hallway.domain.ids import SessionId, dialog_id
from hallway.storage.backup.tables import database_at
from hallway.storage.examination import examine
from hallway.storage.finding import Finding, Severity
from hallway.storage.migrate import SchemaTooNew
from hallway.storage.repair import repair
from hallway.storage.store import open_store
from hallway.usecases.actors import Actor
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging.conversations import delete_chat
from hallway.usecases.messaging.messages import delete_mine, restore_mine
from hallway.usecases.messaging.reading import mark_read
from hallway.usecases.transaction import Transaction
from tests.contracts.world import EXPERT, HERE, LENA, NOON, TOMAS, change, furnished, talk
from tests.servers.postgres import Postgres

WORDS = {"eva": EXPERT, "lena": LENA, "tomas": TOMAS, "chat": dialog_id(HERE, TOMAS, EXPERT), "future": 4 * 10**15}
"""What the statements below may name."""
BROKEN = {
    "a message in the middle is gone": ("DELETE FROM message WHERE seq = 2", {"numbering", "unread"}),
    "the last message is gone": ("DELETE FROM message WHERE seq = 3", {"numbering", "newest", "unread"}),
    "all messages are gone": ("DELETE FROM message", {"numbering", "newest", "unread"}),
    "the numbers begin at 101": ("UPDATE message SET seq = seq + 100", {"numbering", "newest"}),
    "the count is wrong": ("UPDATE conversation SET last_seq = 4", {"numbering"}),
    "a member is gone": ("DELETE FROM member WHERE user_id = :eva", {"kinds"}),
    "the writer is no member": ("UPDATE member SET user_id = :lena WHERE user_id = :tomas", {"senders"}),
    "a line shows an older message": ("UPDATE member SET last_seq = 2 WHERE user_id = :eva", {"newest"}),
    "a line shows none": ("UPDATE member SET last_seq = NULL WHERE user_id = :eva", {"newest"}),
    "a badge counts too few": ("UPDATE member SET unread = 2 WHERE user_id = :eva", {"unread"}),
    "a badge counts one's own": ("UPDATE member SET unread = 3 WHERE user_id = :tomas", {"unread"}),
    "an earlier text is of a message that was not edited": (
        "INSERT INTO message_version SELECT account_id, conversation_id, 1, 1, 'Before', 0 FROM member WHERE user_id = :tomas",
        {"versions"},
    ),
    "a reaction is of a message that does not count it": (
        "INSERT INTO reaction SELECT account_id, conversation_id, 1, '👍', user_id, 0 FROM member WHERE user_id = :tomas",
        {"reactions"},
    ),
    "a star is of a message that is not there": (
        "INSERT INTO star SELECT account_id, user_id, conversation_id, 9, 1 FROM member WHERE user_id = :tomas",
        {"stars"},
    ),
    "a place is taken twice": ("UPDATE member SET place = 2 WHERE user_id = :eva", {"places"}),
}


@pytest.fixture
def url(database: str) -> str:
    """A database with two conversations with the same expert."""
    store = furnished(open_store(database))
    talk(store, TOMAS, EXPERT, ["One", "Two", "Three"], place=1)
    talk(store, LENA, EXPERT, ["Hello"], place=2)
    store.close()
    return database


def _change(url: str, *statements: str) -> None:
    with database_at(url) as engine, engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement), WORDS)
        connection.commit()


def _findings(url: str) -> list[Finding]:
    with database_at(url) as engine:
        return list(examine(engine))


def _found(url: str, verdict: Severity = Severity.PROBLEM) -> set[str]:
    return {one.about for one in _findings(url) if one.verdict is verdict}


@pytest.mark.slow("postgresql")
def test_a_good_database_has_no_problem(url: str) -> None:
    assert {one.verdict for one in _findings(url)} == {Severity.OK}


@pytest.mark.slow
@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_named_with_a_remedy(url: str, case: str) -> None:
    """Lena's conversation with the same expert stays as it is, so that what is found is found in one of two."""
    statement, broken = BROKEN[case]
    if "WHERE" in statement:
        statement += " AND conversation_id = :chat"
    _change(url, statement)
    assert _found(url) - {"references"} == broken
    assert all(one.remedy for one in _findings(url) if one.verdict is Severity.PROBLEM)


@pytest.mark.slow("postgresql")
def test_what_was_hidden_deleted_and_cleared_is_no_problem(url: str) -> None:
    store = open_store(url)

    def work(tx: Transaction) -> None:
        actor = Actor(account_id=HERE, user_id=EXPERT, session_id=SessionId("-"))
        chat = dialog_id(HERE, TOMAS, EXPERT)
        delete_mine(tx, actor, conversation_id=chat, seq=3)
        delete_mine(tx, actor, conversation_id=chat, seq=1)
        restore_mine(tx, actor, conversation_id=chat, seq=1)
        mark_read(tx, actor, conversation_id=chat, seq=1)
        delete_chat(tx, Actor(account_id=HERE, user_id=TOMAS, session_id=SessionId("-")), conversation_id=chat)

    change(store, work)
    store.close()
    assert _found(url) == set()


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_an_unread_copy_that_its_reader_deleted_is_no_problem(url: str, seq: int) -> None:
    """The writer still sees it: what one of them hid is not hidden from both."""
    store = open_store(url)
    eva, chat = Actor(account_id=HERE, user_id=EXPERT, session_id=SessionId("-")), dialog_id(HERE, TOMAS, EXPERT)
    change(store, lambda tx: delete_mine(tx, eva, conversation_id=chat, seq=seq))
    store.close()
    assert _found(url) == set()
    _change(url, "UPDATE member SET unread = 3 WHERE user_id = :eva AND conversation_id = :chat")
    assert _found(url) == {"unread"}


@pytest.mark.slow("postgresql")
def test_no_remedy_begins_with_what_destroys(url: str) -> None:
    """First one looks, then reports, then keeps what there is; a backup comes last, beside what is there."""
    _change(url, "DELETE FROM message WHERE seq = 3", "UPDATE member SET place = 2")
    problems = [one for one in _findings(url) if one.verdict is Severity.PROBLEM]
    assert problems
    for one in problems:
        steps = [one.remedy, *one.then]
        assert not any("--force" in step for step in steps)
        assert not any("restore" in step or "--repair" in step for step in steps[:3])


@pytest.mark.slow("postgresql")
def test_derived_numbers_are_counted_again(url: str) -> None:
    """As the product counts; a server may go on meanwhile. What is no number stays as it is."""
    _change(url, "UPDATE member SET unread = 7, last_seq = NULL, place = 2")
    assert _found(url) == {"newest", "unread", "places"}
    with database_at(url) as engine:
        assert repair(engine) == 2
        assert repair(engine) == 0
    assert _found(url) == {"places"}


def test_an_older_schema_is_to_be_migrated_and_a_newer_one_is_left_alone(url: str) -> None:
    _change(url, "UPDATE alembic_version SET version_num = '0001'")
    assert [(one.about, one.remedy) for one in _findings(url)][-1] == ("schema", "hallway migrate")
    _change(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaTooNew):
        _findings(url)


def test_an_empty_database_is_to_be_migrated(tmp_path: Path) -> None:
    with database_at(f"sqlite:///{tmp_path}/hallway.db", may_be_new=True) as engine:
        found = list(examine(engine))
    assert (found[-1].verdict, found[-1].says) == (Severity.PROBLEM, "the database is empty")


@pytest.mark.slow("postgresql")
def test_a_message_from_the_future_is_a_note(url: str) -> None:
    _change(url, "UPDATE message SET sent_at = :future WHERE seq = 3")
    assert (_found(url), _found(url, Severity.NOTE)) == (set(), {"clock"})


@pytest.mark.slow
def test_a_row_that_points_to_nothing_is_found(tmp_path: Path) -> None:
    """PostgreSQL would not let it happen."""
    url = f"sqlite:///{tmp_path}/hallway.db"
    store = furnished(open_store(url))
    store.close()
    with database_at(url) as engine, engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.execute(text("DELETE FROM course"))
        connection.commit()
    assert _found(url) == {"references"}


@pytest.mark.slow
def test_a_server_that_does_not_wait_for_its_disk_is_a_problem(postgres: Postgres) -> None:
    url = postgres.new_database()
    open_store(url).close()
    name = url.rpartition("/")[2]
    _change(url, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    assert _found(url) == {"synchronous_commit"}


@pytest.mark.slow("postgresql")
def test_jobs_that_were_given_up_and_jobs_that_nobody_does_are_notes(url: str) -> None:
    store = open_store(url)
    change(
        store,
        lambda tx: tx.jobs.put(
            [Job(account_id=HERE, kind="odd", subject="a", created_at=NOON, set_aside_at=NOON, reason="why")]
        ),
    )
    assert (_found(url), _found(url, Severity.NOTE)) == (set(), {"set aside"})
    change(store, lambda tx: tx.jobs.put([Job(account_id=HERE, kind="odd", subject="a", created_at=NOON, due_at=NOON)]))
    assert (_found(url), _found(url, Severity.NOTE)) == (set(), {"jobs"})
    change(
        store,
        lambda tx: tx.jobs.put(
            [Job(account_id=HERE, kind="odd", subject="a", created_at=NOON, due_at=datetime.now(UTC))]
        ),
    )
    store.close()
    assert _found(url, Severity.NOTE) == set()
