"""Importing in the tests: a file as its lines of CSV, checked or applied as somebody."""

from collections.abc import Callable

from hallway.domain.ids import UserId
from hallway.integrations.sheets import read_sheet
from hallway.usecases.import_plans import plan
from hallway.usecases.imports import Plan, carry_out
from hallway.usecases.ports import Transaction
from hallway.usecases.sheets import Kind, Report
from tests.school import ADMIN, School, actor


def planned(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Callable[[Transaction], Plan]:
    """What a file would do; its first line names the columns."""
    sheet = read_sheet("\n".join(lines).encode())
    return lambda tx: plan(tx, actor(by), kind, sheet, ids=school.ids, progress=int)


def check_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """What the file would do."""
    return school.read(planned(school, kind, *lines, by=by)).report


def apply_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply it; the report tells whether it was."""
    work = planned(school, kind, *lines, by=by)
    return school.write(lambda tx: carry_out(tx, work(tx)))


def import_sheet(school: School, kind: Kind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply a file that must be good."""
    report = apply_sheet(school, kind, *lines, by=by)
    assert report.bad_lines == []
    return report
