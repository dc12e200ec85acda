"""Importing in the tests: a file as its lines of CSV, checked or applied as somebody."""

from hallway.domain.ids import UserId
from hallway.integrations.sheets import read_sheet
from hallway.usecases import imports
from hallway.usecases.import_plans import planner
from hallway.usecases.imports import Job, Kind, Report
from tests.school import ADMIN, School, actor


def job(kind: Kind, *lines: str, by: UserId = ADMIN) -> Job:
    """An uploaded file; its first line names the columns."""
    return Job("job", actor(by), kind, "file.csv", read_sheet("\n".join(lines).encode()))


def check_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """What the file would do."""
    uploaded = job(kind, *lines, by=by)
    return school.read(
        lambda tx: imports.check(tx, uploaded.actor, planner=planner(kind), job=uploaded, ids=school.ids)
    )


def apply_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply it; the report tells whether it was."""
    uploaded = job(kind, *lines, by=by)
    return school.write(
        lambda tx: imports.apply(tx, uploaded.actor, planner=planner(kind), job=uploaded, ids=school.ids)
    )


def import_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply a file that must be good."""
    report = apply_sheet(school, kind, *lines, by=by)
    assert report.bad_lines == []
    return report
