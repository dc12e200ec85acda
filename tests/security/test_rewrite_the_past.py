"""Rewrite the past: change, remove, reorder or invent entries of the audit log, with all that SQL can do.

The database refuses to. Whoever may drop what refuses is found out by the chain; whoever makes the whole chain anew, by
the heads that were exported meanwhile.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from hallway.cli import cli
from hallway.domain.audit import Action, Break, Entry, Exported, Target, chained, first_break
from hallway.storage import audit_heads
from hallway.storage.engines import open_engine
from hallway.storage.examination import examine
from hallway.storage.finding import Severity
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.audit import trail
from hallway.usecases.transaction import Transaction
from tests.contracts.world import HERE, LENA, change, furnished
from tests.storage.furnished import BY_ADMIN

ENTRIES = 6
UNLOCKED = {
    "sqlite": ["DROP TRIGGER audit_entry_change", "DROP TRIGGER audit_entry_removal"],
    "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER USER"],
}
"""What somebody does who owns the database."""


@pytest.fixture
def url(database: str) -> str:
    """A database whose log has six entries."""
    store = open_store(database)
    furnished(store)
    _record(store, ENTRIES)
    store.close()
    return database


def _record(store: SqlStore, number: int) -> None:
    for one in range(number):
        target = Target("department", str(one))
        change(store, lambda tx, target=target: trail.record(tx, BY_ADMIN, Action.DEPARTMENT_ADDED, target))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """What an attacker has."""
    opened = open_engine(url)
    yield opened
    opened.dispose()


def _do(engine: Engine, *statements: str) -> None:
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def _unlocked(engine: Engine, *statements: str) -> None:
    _do(engine, *UNLOCKED[engine.dialect.name], *statements)


def _found(url: str, *known: Exported) -> Break | None:
    store = open_store(url)
    try:
        return store.read(lambda tx: first_break(tx.audit.whole(HERE), known))
    finally:
        store.close()


def _head(url: str) -> Exported:
    store = open_store(url)
    head = store.read(lambda tx: tx.audit.head(HERE))
    store.close()
    assert head is not None
    return Exported(head, datetime.now(UTC))


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET address = '203.0.113.9' WHERE seq = 3",
        "DELETE FROM audit_entry WHERE seq = 3",
        "DELETE FROM audit_entry",
        "DELETE FROM account",
    ],
)
def test_the_database_itself_refuses(url: str, engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError):
        _do(engine, statement)
    assert _found(url, _head(url)) is None


def test_postgresql_does_not_empty_it_either(url: str, engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with pytest.raises(DBAPIError, match="can only grow"):
            _do(engine, "TRUNCATE audit_entry")
    assert _found(url) is None


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize(
    ("statements", "seq"),
    [
        (["UPDATE audit_entry SET address = '203.0.113.9' WHERE seq = 3"], 3),
        (["UPDATE audit_entry SET facts = '{\"after\":{}}' WHERE seq = 4"], 4),
        (["UPDATE audit_entry SET at = at + 1 WHERE seq = 1"], 1),
        (["UPDATE audit_entry SET user_id = NULL WHERE seq = 6"], 6),
        (["UPDATE audit_entry SET action = 'of.nothing' WHERE seq = 2"], 2),
        (["DELETE FROM audit_entry WHERE seq = 3"], 3),
        (["DELETE FROM audit_entry WHERE seq <= 2"], 1),
        (
            [
                "DELETE FROM audit_entry WHERE seq = 3",
                "UPDATE audit_entry SET seq = 3 WHERE seq = 4",
                "UPDATE audit_entry SET seq = 4 WHERE seq = 5",
                "UPDATE audit_entry SET seq = 5 WHERE seq = 6",
            ],
            3,
        ),
        (
            [
                "UPDATE audit_entry SET seq = 99 WHERE seq = 2",
                "UPDATE audit_entry SET seq = 2 WHERE seq = 3",
                "UPDATE audit_entry SET seq = 3 WHERE seq = 99",
            ],
            2,
        ),
    ],
)
def test_the_chain_says_where_it_was_changed(url: str, engine: Engine, statements: list[str], seq: int) -> None:
    _unlocked(engine, *statements)
    found = _found(url)
    assert found is not None
    assert found.seq == seq


def test_the_end_cut_off_is_found_by_an_exported_head(url: str, engine: Engine) -> None:
    head = _head(url)
    _unlocked(engine, "DELETE FROM audit_entry WHERE seq > 4")
    assert _found(url) is None
    found = _found(url, head)
    assert found is not None
    assert (found.seq, "there were 6" in found.reason) == (5, True)


def test_a_chain_that_was_made_anew_is_found_by_an_exported_head(url: str, engine: Engine) -> None:
    head = _head(url)
    store = open_store(url)
    entries = store.read(lambda tx: list(tx.audit.whole(HERE)))
    previous, forged = "0" * 64, list[Entry]()
    for one in entries:
        draft = replace(one.draft, address="203.0.113.9") if one.seq == 2 else one.draft
        again = chained(previous, one.seq, one.at, draft)
        previous = again.hash
        forged.append(again)
    _unlocked(
        engine,
        *(
            f"UPDATE audit_entry SET address = '{one.draft.address}', hash = '{one.hash}' WHERE seq = {one.seq}"  # noqa: S608
            for one in forged
        ),
    )
    assert _found(url) is None
    found = _found(url, head)
    store.close()
    assert found is not None
    assert found.seq == ENTRIES


def test_what_goes_on_behind_an_exported_head_is_right(url: str) -> None:
    head = _head(url)
    store = open_store(url)
    _record(store, 3)
    store.close()
    assert _found(url, head, _head(url)) is None


def test_a_restored_account_is_not_called_broken_and_what_it_lost_is_not_expected(url: str, engine: Engine) -> None:
    head = _head(url)
    _unlocked(engine, "DELETE FROM audit_entry WHERE seq > 4")
    store = open_store(url)
    change(store, lambda tx: trail.record(tx, BY_ADMIN, Action.ACCOUNT_RESTORED, trail.account(HERE)))
    store.close()
    assert _found(url, head) is None
    later = replace(head, at=datetime.now(UTC) + timedelta(seconds=1))
    found = _found(url, later)
    assert found is not None
    assert found.seq == 6


@pytest.mark.slow("postgresql")
def test_the_doctor_and_the_command_say_the_same(url: str, engine: Engine, tmp_path: Path) -> None:
    heads = tmp_path / "elsewhere" / audit_heads.NAME
    audit_heads.append(heads, [_head(url).head], datetime.now(UTC))
    with heads.open("ab") as file:
        file.write(b"nonsense\n2026-01-01T00:00:00 here x y\n\xff\xfe\n")
    assert heads.stat().st_mode & 0o777 == 0o600
    command = ["audit", "verify", "--data", str(tmp_path), "--heads", str(heads)]
    environment = {"HALLWAY_DATABASE": url}
    right = CliRunner().invoke(cli, command, env=environment)
    assert (right.exit_code, f"All {ENTRIES} entries are intact" in right.output) == (0, True)
    assert {one.verdict for one in examine(engine, heads) if one.about == "audit log"} == {Severity.OK}
    _unlocked(engine, "DELETE FROM audit_entry WHERE seq > 4")
    wrong = CliRunner().invoke(cli, command, env=environment)
    assert (wrong.exit_code, "Entry 5 is missing" in wrong.output) == (1, True)
    assert Severity.PROBLEM in {one.verdict for one in examine(engine, heads) if one.about == "audit log"}


def test_an_entry_is_part_of_its_action_or_nothing_of_both_happens(url: str) -> None:
    store = open_store(url)

    def work(tx: Transaction) -> None:
        trail.record(tx, BY_ADMIN, Action.USER_REMOVED, trail.user(LENA))
        tx.people.set_managed(HERE, LENA, [LENA])  # type: ignore[list-item]  # there is no such department

    (outcome,) = store.write([work])
    assert outcome.failure is not None
    assert store.read(lambda tx: tx.audit.size().entries) == ENTRIES
    store.close()
