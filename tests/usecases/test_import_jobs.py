"""An uploaded file's way: whoever takes the next step finds it in the store, and only one can apply it."""

from datetime import timedelta

import pytest

from hallway.domain.ids import UserId
from hallway.domain.verdicts import Denial
from hallway.usecases import import_jobs
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.sheets import Job, Kind, Line, Sheet
from tests.school import ADMIN, DEAN, LENA, SCHOOL, School, actor

COURSES = Sheet(("title",), tuple(Line(number, (f"Course {number}",)) for number in range(2, 12)))
TWICE = Sheet(("title",), (Line(2, ("",)),))


def _begin(school: School, sheet: Sheet = COURSES, by: UserId = ADMIN) -> Job:
    return school.write(
        lambda tx: import_jobs.begin(
            tx, actor(by), kind=Kind.COURSES, filename="c.csv", sheet=sheet, clock=school.clock, ids=school.ids
        )
    )


def _check(school: School, job: Job) -> Job:
    report = school.read(lambda tx: import_jobs.check(tx, actor(ADMIN), job, ids=school.ids, progress=int))
    school.write(lambda tx: import_jobs.note_check(tx, job, report, clock=school.clock))
    return _mine(school, job)


def _claim(school: School, job: Job) -> Job:
    return school.write(lambda tx: import_jobs.claim(tx, actor(ADMIN), job.id, clock=school.clock))


def _apply(school: School, job: Job) -> None:
    school.write(lambda tx: import_jobs.apply(tx, actor(ADMIN), job, clock=school.clock, ids=school.ids, progress=int))


def _mine(school: School, job: Job, whose: UserId = ADMIN) -> Job:
    return school.read(lambda tx: import_jobs.mine(tx, actor(whose), job.id, clock=school.clock))


def _titles(school: School) -> set[str]:
    return {course.title for course in school.read(lambda tx: tx.courses.all(SCHOOL))}


def test_a_file_is_checked_claimed_and_applied(school: School) -> None:
    job = _begin(school)
    assert (job.state, job.total, len(job.head.lines)) == ("checking", 10, 5)
    checked = _check(school, job)
    assert (checked.state, checked.done, checked.report.to_add) == ("checked", 10, 10)
    assert "Course 2" not in _titles(school)
    claimed = _claim(school, job)
    assert (claimed.state, claimed.done, _mine(school, job)) == ("applying", 0, claimed)
    _apply(school, claimed)
    assert (_mine(school, job).state, _mine(school, job).done) == ("applied", 10)
    assert {line.values[0] for line in COURSES.lines} <= _titles(school)


def test_only_a_checked_file_can_be_applied_and_only_once(school: School) -> None:
    job = _begin(school)
    with pytest.raises(Conflict):
        _claim(school, job)
    _check(school, job)
    _claim(school, job)
    with pytest.raises(Conflict):
        _claim(school, job)


def test_a_bad_file_is_refused_and_is_not_applied(school: School) -> None:
    job = _begin(school, TWICE)
    assert _check(school, job).state == "refused"
    with pytest.raises(Conflict):
        _claim(school, job)


def test_what_is_applied_and_that_it_was_are_one(school: School) -> None:
    job = _begin(school)
    _check(school, job)
    claimed = _claim(school, job)

    def torn(_: int) -> None:
        message = "the lights are out"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError):
        school.write(
            lambda tx: import_jobs.apply(tx, actor(ADMIN), claimed, clock=school.clock, ids=school.ids, progress=torn)
        )
    assert _mine(school, job).state == "applying"
    assert "Course 2" not in _titles(school)


def test_a_file_on_which_nobody_works_any_more_has_failed(school: School) -> None:
    job = _begin(school)
    school.clock.wait(timedelta(seconds=20))
    school.write(lambda tx: import_jobs.tell(tx, job=job, done=4, now=school.clock.now()))
    school.clock.wait(timedelta(seconds=20))
    assert (_mine(school, job).state, _mine(school, job).done) == ("checking", 4)
    school.clock.wait(timedelta(seconds=11))
    assert (_mine(school, job).state, _mine(school, job).failure) == ("failed", import_jobs.STOPPED)


def test_a_checked_file_waits_for_a_day(school: School) -> None:
    job = _begin(school)
    _check(school, job)
    school.clock.wait(timedelta(hours=23))
    _begin(school)
    assert _mine(school, job).state == "checked"
    school.clock.wait(timedelta(hours=2))
    _begin(school)
    with pytest.raises(NotFound):
        _mine(school, job)


def test_a_failure_is_kept_for_who_watches(school: School) -> None:
    job = _begin(school)
    school.write(lambda tx: import_jobs.fail(tx, job, "The disk is full.", clock=school.clock))
    assert (_mine(school, job).state, _mine(school, job).failure) == ("failed", "The disk is full.")


def test_a_file_that_was_applied_though_the_answer_was_lost_has_not_failed(school: School) -> None:
    job = _begin(school)
    _check(school, job)
    claimed = _claim(school, job)
    _apply(school, claimed)
    school.write(lambda tx: import_jobs.fail(tx, claimed, "The database does not answer.", clock=school.clock))
    assert (_mine(school, job).state, _mine(school, job).failure) == ("applied", None)


def test_a_file_is_seen_by_the_one_who_uploaded_it_alone(school: School) -> None:
    job = _begin(school)
    with pytest.raises(NotFound):
        _mine(school, job, DEAN)


def test_files_are_uploaded_by_staff_and_have_known_columns(school: School) -> None:
    assert (
        school.denial(
            lambda tx: import_jobs.begin(
                tx, actor(LENA), kind=Kind.COURSES, filename="", sheet=COURSES, clock=school.clock, ids=school.ids
            )
        )
        is Denial.NOT_STAFF
    )
    with pytest.raises(Invalid):
        _begin(school, Sheet(("nonsense",), COURSES.lines))
