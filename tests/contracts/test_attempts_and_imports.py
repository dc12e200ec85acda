"""notes: what one process writes down, and every other one reads."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from hallway.domain.ids import UserId
from hallway.usecases.errors import Conflict
from hallway.usecases.imports.sheets import BadLine, ImportJob, ImportKind, Report, Sheet, SheetLine, Slice
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ADMIN, ELSEWHERE, HERE, NOON, change, furnished, named

SECOND = timedelta(seconds=1)
SHEET = Sheet(("title", "lessons"), tuple(SheetLine(number, (f"Kurs {number} “Ö”", "\n")) for number in range(2, 12)))
JOB = ImportJob(
    account_id=HERE,
    id=named("job"),
    user_id=ADMIN,
    kind=ImportKind.COURSES,
    filename="Kurse.csv",
    head=replace(SHEET, lines=SHEET.lines[:2]),
    total=10,
    noted_at=NOON,
)


def _keep(tx: Transaction, job: ImportJob) -> None:
    """Keep a job with its lines in two slices."""
    tx.import_jobs.add(job)
    for first, lines in ((0, SHEET.lines[:4]), (4, SHEET.lines[4:])):
        tx.import_jobs.add_slice(HERE, job.id, Slice(first, msgspec.json.encode(lines)))


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
    change(store, lambda tx: _keep(tx, JOB))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == JOB
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, JOB.id, 0)) == SHEET.lines[:4]
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, JOB.id, 6)) == SHEET.lines[6:]
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, JOB.id, 10)) == ()
    assert store.read(lambda tx: tx.import_jobs.find(ELSEWHERE, JOB.id)) is None
    assert store.read(lambda tx: tx.import_jobs.lines_from(ELSEWHERE, JOB.id, 0)) == ()


@pytest.mark.parametrize(("state", "is_kept"), [("checked", True), ("refused", False), ("applied", False)])
def test_the_file_goes_when_nothing_more_becomes_of_it(store: Store, state: str, is_kept: bool) -> None:
    report = Report(
        to_add=1,
        to_change=2,
        unchanged=3,
        bad_lines=[
            BadLine(line=2, column="title", value="Ö", message="No."),
            BadLine(line=3, column=None, value="", message="Never."),
        ],
    )
    changed = replace(JOB, state=state, done=10, report=report, failure="why", noted_at=NOON + SECOND)
    change(store, lambda tx: _keep(tx, JOB))
    change(store, lambda tx: tx.import_jobs.save(changed))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == changed
    assert bool(store.read(lambda tx: tx.import_jobs.lines_from(HERE, JOB.id, 0))) is is_kept


def test_only_of_a_job_at_work_progress_is_told(store: Store) -> None:
    change(store, lambda tx: _keep(tx, JOB))
    change(store, lambda tx: tx.import_jobs.note_progress(HERE, JOB.id, 7, NOON + SECOND))
    told = replace(JOB, done=7, noted_at=NOON + SECOND)
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == told
    change(store, lambda tx: tx.import_jobs.save(replace(told, state="applied", done=10)))
    change(store, lambda tx: tx.import_jobs.note_progress(HERE, JOB.id, 8, NOON))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) == replace(told, state="applied", done=10)


def test_old_jobs_of_an_account_are_forgotten(store: Store) -> None:
    late = replace(JOB, id=named("late"), noted_at=NOON + SECOND)
    change(store, lambda tx: _keep(tx, JOB))
    change(store, lambda tx: _keep(tx, late))
    change(store, lambda tx: tx.import_jobs.forget(ELSEWHERE, NOON + SECOND))
    change(store, lambda tx: tx.import_jobs.forget(HERE, NOON + SECOND))
    assert store.read(lambda tx: tx.import_jobs.find(HERE, JOB.id)) is None
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, JOB.id, 0)) == ()
    assert store.read(lambda tx: tx.import_jobs.find(HERE, late.id)) == late


def test_the_files_of_a_person_that_are_at_work_are_found(store: Store) -> None:
    applied = replace(JOB, id=named("applied"), state="applied")
    change(store, lambda tx: _keep(tx, JOB))
    change(store, lambda tx: tx.import_jobs.add(applied))
    assert store.read(lambda tx: tx.import_jobs.at_work(HERE, ADMIN)) == [JOB]
    assert store.read(lambda tx: tx.import_jobs.at_work(ELSEWHERE, ADMIN)) == []
    assert store.read(lambda tx: tx.import_jobs.at_work(HERE, UserId(named("nobody")))) == []


def test_a_slice_belongs_to_a_job(store: Store) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.import_jobs.add_slice(HERE, JOB.id, Slice(0, b"[]")))


def test_a_job_belongs_to_somebody(store: Store) -> None:
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.import_jobs.add(replace(JOB, user_id=UserId(named("nobody")))))
