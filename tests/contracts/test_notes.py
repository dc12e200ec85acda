"""notes: what one process writes down, and every other one reads."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.ids import UserId
from hallway.usecases.errors import Conflict
from hallway.usecases.ports import Store
from hallway.usecases.sheets import BadLine, Job, Kind, Line, Report, Sheet
from tests.contracts.world import ADMIN, ELSEWHERE, HERE, NOON, change, furnished, named

SECOND = timedelta(seconds=1)
SHEET = Sheet(("title", "lessons"), tuple(Line(number, (f"Kurs {number} “Ö”", "\n")) for number in range(2, 12)))
JOB = Job(HERE, named("job"), ADMIN, Kind.COURSES, "Kurse.csv", replace(SHEET, lines=SHEET.lines[:2]), 10, NOON)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Those of the two accounts."""
    furnished(store)


def test_attempts_are_counted_by_account_and_key_from_a_moment_on(store: Store) -> None:
    for number, (account_id, key) in enumerate([(HERE, "a"), (HERE, "a"), (HERE, "b"), (ELSEWHERE, "a")]):
        change(
            store,
            lambda tx, at=NOON + number * SECOND, whose=account_id, its=key: tx.attempts.add(
                whose, named(str(at)), its, at
            ),
        )
    assert store.read(lambda tx: tx.attempts.after(HERE, "a", NOON - SECOND)) == [NOON, NOON + SECOND]
    assert store.read(lambda tx: tx.attempts.after(HERE, "a", NOON)) == [NOON + SECOND]
    change(store, lambda tx: tx.attempts.forget(HERE, NOON + SECOND))
    assert store.read(lambda tx: tx.attempts.after(HERE, "a", NOON - SECOND)) == [NOON + SECOND]
    assert store.read(lambda tx: tx.attempts.after(ELSEWHERE, "a", NOON)) == [NOON + 3 * SECOND]


def test_two_attempts_of_one_name_clash(store: Store) -> None:
    change(store, lambda tx: tx.attempts.add(HERE, named("one"), "a", NOON))
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.attempts.add(HERE, named("one"), "a", NOON))


def test_a_job_comes_back_as_it_was_kept(store: Store) -> None:
    change(store, lambda tx: tx.import_jobs.add(JOB, SHEET))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == JOB
    assert store.read(lambda tx: tx.import_jobs.sheet(HERE, JOB.id)) == SHEET
    assert store.read(lambda tx: tx.import_jobs.find(ELSEWHERE, JOB.id)) is None
    assert store.read(lambda tx: tx.import_jobs.sheet(HERE, named("another"))) is None


@pytest.mark.parametrize(("state", "is_kept"), [("checked", True), ("refused", False), ("applied", False)])
def test_the_file_goes_when_nothing_more_becomes_of_it(store: Store, state: str, is_kept: bool) -> None:
    report = Report(1, 2, 3, [BadLine(2, "title", "Ö", "No."), BadLine(3, None, "", "Never.")])
    changed = replace(JOB, state=state, done=10, report=report, failure="why", told_at=NOON + SECOND)
    change(store, lambda tx: tx.import_jobs.add(JOB, SHEET))
    change(store, lambda tx: tx.import_jobs.save(changed))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == changed
    assert (store.read(lambda tx: tx.import_jobs.sheet(HERE, JOB.id)) is not None) is is_kept


def test_only_of_a_job_at_work_progress_is_told(store: Store) -> None:
    change(store, lambda tx: tx.import_jobs.add(JOB, SHEET))
    change(store, lambda tx: tx.import_jobs.tell(HERE, JOB.id, 7, NOON + SECOND))
    told = replace(JOB, done=7, told_at=NOON + SECOND)
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == told
    change(store, lambda tx: tx.import_jobs.save(replace(told, state="applied", done=10)))
    change(store, lambda tx: tx.import_jobs.tell(HERE, JOB.id, 8, NOON))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == replace(told, state="applied", done=10)


def test_old_jobs_of_an_account_are_forgotten(store: Store) -> None:
    late = replace(JOB, id=named("late"), told_at=NOON + SECOND)
    change(store, lambda tx: tx.import_jobs.add(JOB, SHEET))
    change(store, lambda tx: tx.import_jobs.add(late, SHEET))
    change(store, lambda tx: tx.import_jobs.forget(ELSEWHERE, NOON + SECOND))
    change(store, lambda tx: tx.import_jobs.forget(HERE, NOON + SECOND))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) is None
    assert store.read(lambda tx: tx.import_jobs.sheet(HERE, JOB.id)) is None
    assert store.read(lambda tx: tx.import_jobs.find(HERE, late.id)) == late


def test_a_job_belongs_to_somebody(store: Store) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.import_jobs.add(replace(JOB, user_id=UserId(named("nobody"))), SHEET))
