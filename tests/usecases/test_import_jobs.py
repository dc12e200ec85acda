"""An uploaded file's way: a durable job checks it, and applies it in batches that can be left and gone on with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from hallway.domain.ids import UserId
from hallway.domain.people import Role
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.imports import batches
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports import jobs as import_jobs
from hallway.usecases.imports.plans import planner
from hallway.usecases.imports.sheets import ImportJob, ImportKind, Report, Sheet, SheetLine, Slice, Upload
from hallway.usecases.jobs import queueing
from tests.school import ADMIN, ALGEBRA, BIOLOGY, DEAN, LENA, OWNER, SCHOOL, School, actor

COURSES = Sheet(("title",), tuple(SheetLine(number, (f"Course {number}",)) for number in range(2, 12)))
FULL = Problem("file", "full", "The disk is full.")
TWICE = Sheet(("title",), (SheetLine(2, ("",)),))
ENROLMENTS = Sheet(("course", "login"), (SheetLine(2, ("Biology", "mira")), SheetLine(3, ("Algebra", "mira"))))
WORK = queueing.Work(import_jobs.JOB)


def _upload(sheet: Sheet) -> Upload:
    half = len(sheet.lines) // 2
    parts = ((0, sheet.lines[:half]), (half, sheet.lines[half:]))
    slices = tuple(Slice(first, msgspec.json.encode(lines)) for first, lines in parts if lines)
    return Upload(replace(sheet, lines=sheet.lines[:5]), len(sheet.lines), slices)


def _begin(
    school: School, sheet: Sheet = COURSES, by: UserId = ADMIN, kind: ImportKind = ImportKind.COURSES
) -> ImportJob:
    """Upload a file, as far as the process does not die in between."""
    upload = _upload(sheet)
    job = school.write(
        lambda tx: import_jobs.begin(
            tx, actor(by), kind=kind, filename="c\x00.csv", upload=upload, clock=school.clock, ids=school.ids
        )
    )
    for one in upload.slices:
        school.write(lambda tx, part=one: import_jobs.keep(tx, job=job, part=part))
    return job


def _uploaded(
    school: School, sheet: Sheet = COURSES, by: UserId = ADMIN, kind: ImportKind = ImportKind.COURSES
) -> ImportJob:
    job = _begin(school, sheet, by, kind)
    school.write(lambda tx: import_jobs.begin_check(tx, job, clock=school.clock))
    return job


def _check(school: School, job: ImportJob) -> ImportJob:
    """Do what the durable job does."""
    judging, report = planner(job.kind, import_jobs.actor_of(job), clock=school.clock, ids=school.ids), Report()
    chosen = batches.entries(import_columns.columns(job.kind, job.head.columns), _lines(school, job))
    school.read(lambda tx: batches.judge(tx, judging, chosen, report))
    school.write(
        lambda tx: import_jobs.note_check(tx, job, report, taken=judging.taken, clock=school.clock, ids=school.ids)
    )
    _finish(school)
    return _mine(school, job)


def _lines(school: School, job: ImportJob) -> list[SheetLine]:
    parts = [
        school.read(lambda tx, at=start: tx.import_jobs.lines_from(SCHOOL, job.id, at)) for start in (0, job.total // 2)
    ]
    return [*parts[0], *parts[1]] if job.total > 1 else list(parts[0])


def _finish(school: School) -> None:
    """The durable job is done."""
    claimed = school.write(lambda tx: queueing.claim(tx, SCHOOL, WORK, limit=9, clock=school.clock, ids=school.ids))
    school.write(lambda tx: queueing.finish(tx, claimed))


def _checked(school: School, sheet: Sheet = COURSES, kind: ImportKind = ImportKind.COURSES) -> ImportJob:
    return _check(school, _uploaded(school, sheet, kind=kind))


def _begin_apply(school: School, job: ImportJob) -> ImportJob:
    return school.write(lambda tx: import_jobs.begin_apply(tx, actor(ADMIN), job.id, clock=school.clock))


def _apply(school: School, job: ImportJob, lines: Sequence[SheetLine]) -> ImportJob:
    return school.write(lambda tx: import_jobs.apply(tx, job=job, lines=lines, clock=school.clock, ids=school.ids))


def _mine(school: School, job: ImportJob, whose: UserId = ADMIN) -> ImportJob:
    return school.read(lambda tx: import_jobs.mine(tx, actor(whose), job.id, clock=school.clock))


def _titles(school: School) -> list[str]:
    return sorted(course.title for course in school.read(lambda tx: tx.courses.all(SCHOOL)))


def test_a_file_is_kept_checked_and_applied_in_batches(school: School) -> None:
    job = _uploaded(school)
    assert (job.state, job.total, len(job.head.lines), job.filename) == ("checking", 10, 5, "c.csv")
    checked = _check(school, job)
    assert (checked.state, checked.done, checked.report.to_add) == ("checked", 10, 10)
    assert "Course 2" not in _titles(school)
    applying = _begin_apply(school, job)
    assert (applying.state, applying.done, _mine(school, job)) == ("applying", 0, applying)
    applying = _apply(school, applying, COURSES.lines[:4])
    assert (applying.state, applying.done, applying.report.to_add) == ("applying", 4, 4)
    assert "Course 5" in _titles(school)
    assert "Course 6" not in _titles(school)
    assert _apply(school, applying, COURSES.lines[4:]).state == "applied"
    assert (_mine(school, job).done, _mine(school, job).report.to_add) == (10, 10)
    assert {line.values[0] for line in COURSES.lines} <= set(_titles(school))


def test_a_batch_that_two_processes_apply_is_applied_once(school: School) -> None:
    applying = _begin_apply(school, _checked(school))
    first = _apply(school, applying, COURSES.lines[:4])
    again = _apply(school, applying, COURSES.lines[:4])
    assert (first, again) == (again, first)
    assert len(_titles(school)) == len(set(_titles(school)))
    assert _apply(school, again, COURSES.lines[4:]).report.to_add == 10


def test_a_process_that_dies_in_a_batch_leaves_a_file_that_goes_on(school: School) -> None:
    applying = _apply(school, _begin_apply(school, _checked(school)), COURSES.lines[:4])

    def torn(tx: object) -> None:
        import_jobs.apply(tx, job=applying, lines=COURSES.lines[4:], clock=school.clock, ids=school.ids)  # type: ignore[arg-type]
        message = "the lights are out"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        school.write(torn)
    left = _mine(school, applying)
    assert (left.state, left.done) == ("applying", 4)
    assert "Course 6" not in _titles(school)
    assert _apply(school, left, COURSES.lines[4:]).state == "applied"


def test_a_line_that_became_wrong_is_reported_and_the_others_stand(school: School) -> None:
    applying = _begin_apply(school, _checked(school, ENROLMENTS, ImportKind.ENROLMENTS))
    school.write(lambda tx: tx.courses.remove(SCHOOL, ALGEBRA))
    applied = _apply(school, applying, ENROLMENTS.lines)
    assert (applied.state, applied.done) == ("applied", 2)
    assert [(bad.line, bad.column) for bad in applied.report.bad_lines] == [(3, "course")]
    assert applied.report.unchanged + applied.report.to_add == 1
    assert BIOLOGY in {one.id for one in school.read(lambda tx: tx.courses.all(SCHOOL))}


def test_a_line_that_no_store_takes_is_skipped_and_told(school: School) -> None:
    applying = _begin_apply(school, _checked(school))
    skipped = school.write(lambda tx: import_jobs.skip(tx, job=applying, line=COURSES.lines[0], clock=school.clock))
    assert (skipped.done, [bad.line for bad in skipped.report.bad_lines]) == (1, [2])
    assert _apply(school, skipped, COURSES.lines[1:]).report.to_add == 9


def test_one_who_may_import_no_more_applies_no_more(school: School) -> None:
    applying = _apply(school, _begin_apply(school, _checked(school)), COURSES.lines[:4])
    school.write(lambda tx: tx.people.save([replace(school.user(ADMIN), role=Role.LEARNER)]))
    with pytest.raises(Refused):
        _apply(school, applying, COURSES.lines[4:])
    school.write(lambda tx: import_jobs.fail(tx, applying, FULL, clock=school.clock))
    failed = _mine(school, applying)
    assert (failed.state, failed.done, failed.failure) == ("failed", 4, FULL.message)


def test_only_a_checked_file_can_be_applied_and_only_once(school: School) -> None:
    job = _uploaded(school)
    with pytest.raises(Conflict):
        _begin_apply(school, job)
    _check(school, job)
    _begin_apply(school, job)
    with pytest.raises(Conflict):
        _begin_apply(school, job)


def test_a_bad_file_is_refused_and_is_not_applied(school: School) -> None:
    job = _checked(school, TWICE)
    assert job.state == "refused"
    with pytest.raises(Conflict):
        _begin_apply(school, job)


def test_a_file_whose_upload_was_cut_has_failed(school: School) -> None:
    job = _begin(school)
    school.clock.wait(timedelta(seconds=20))
    assert _mine(school, job).state == "checking"
    school.clock.wait(timedelta(seconds=11))
    assert (_mine(school, job).state, _mine(school, job).failure) == ("failed", import_jobs.STOPPED.message)


def test_a_file_waits_for_its_turn_as_long_as_it_is_queued(school: School) -> None:
    job = _uploaded(school)
    school.clock.wait(timedelta(hours=3))
    assert _mine(school, job).state == "checking"


def test_a_file_whose_job_was_set_aside_has_failed(school: School) -> None:
    job = _uploaded(school)
    claimed = school.write(lambda tx: queueing.claim(tx, SCHOOL, WORK, limit=1, clock=school.clock, ids=school.ids))
    school.write(lambda tx: queueing.set_aside(tx, claimed, "It cannot be read.", clock=school.clock))
    assert _mine(school, job).state == "failed"


def test_a_file_that_an_older_version_checked_fails_in_words_and_does_not_hang(school: School) -> None:
    job = ImportJob(
        account_id=SCHOOL,
        id=school.ids.new(),
        user_id=ADMIN,
        kind=ImportKind.COURSES,
        filename="old.csv",
        head=COURSES,
        total=10,
        noted_at=school.clock.now(),
        state="checked",
    )
    school.write(lambda tx: tx.import_jobs.add(job))
    assert (_begin_apply(school, job).state, _mine(school, job).failure) == ("failed", import_jobs.STOPPED.message)


@pytest.mark.parametrize("state", ["checking", "applying"])
def test_a_file_on_which_an_older_version_worked_when_it_ended_has_failed(school: School, state: str) -> None:
    at_work = ImportJob(
        account_id=SCHOOL,
        id=school.ids.new(),
        user_id=ADMIN,
        kind=ImportKind.COURSES,
        filename="old.csv",
        head=COURSES,
        total=10,
        noted_at=school.clock.now(),
    )
    school.write(lambda tx: tx.import_jobs.add(replace(at_work, state=state)))
    school.clock.wait(timedelta(seconds=31))
    assert (_mine(school, at_work).state, _mine(school, at_work).failure) == ("failed", import_jobs.STOPPED.message)


def test_one_person_has_few_files_at_work_and_others_have_theirs(school: School) -> None:
    jobs = [_uploaded(school) for _ in range(import_jobs.MOST_AT_WORK)]
    with pytest.raises(Conflict) as refused:
        _uploaded(school)
    assert refused.value.code == "imports_at_work"
    _uploaded(school, by=OWNER)
    _check(school, jobs[0])
    _uploaded(school)


def test_files_whose_uploads_were_cut_keep_nobody_from_trying_again(school: School) -> None:
    for _ in range(import_jobs.MOST_AT_WORK):
        _begin(school)
    school.clock.wait(timedelta(seconds=31))
    _uploaded(school)


def test_a_checked_file_waits_for_a_day(school: School) -> None:
    job = _checked(school)
    school.clock.wait(timedelta(hours=23))
    _begin(school)
    assert _mine(school, job).state == "checked"
    school.clock.wait(timedelta(hours=2))
    _begin(school)
    with pytest.raises(NotFound):
        _mine(school, job)


def test_a_failure_is_kept_for_who_watches(school: School) -> None:
    job = _begin(school)
    school.write(lambda tx: import_jobs.fail(tx, job, FULL, clock=school.clock))
    failed = _mine(school, job)
    assert (failed.state, failed.failure, failed.report.failure) == ("failed", FULL.message, FULL.code)


def test_a_file_that_was_applied_though_the_answer_was_lost_has_not_failed(school: School) -> None:
    applying = _begin_apply(school, _checked(school))
    _apply(school, applying, COURSES.lines)
    school.write(lambda tx: import_jobs.fail(tx, applying, "The database does not answer.", clock=school.clock))
    assert (_mine(school, applying).state, _mine(school, applying).failure) == ("applied", None)


def test_a_file_is_seen_by_the_one_who_uploaded_it_alone(school: School) -> None:
    job = _begin(school)
    with pytest.raises(NotFound):
        _mine(school, job, DEAN)


def test_files_are_uploaded_by_staff_and_have_known_columns(school: School) -> None:
    def begin(tx: object, by: UserId, sheet: Sheet) -> ImportJob:
        return import_jobs.begin(
            tx,  # type: ignore[arg-type]
            actor(by),
            kind=ImportKind.COURSES,
            filename="",
            upload=_upload(sheet),
            clock=school.clock,
            ids=school.ids,
        )

    assert school.denial(lambda tx: begin(tx, LENA, COURSES)) is Denial.NOT_STAFF
    with pytest.raises(Invalid):
        _begin(school, Sheet(("nonsense",), COURSES.lines))
