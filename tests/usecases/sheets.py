"""Importing in the tests: a file as its lines of CSV, checked or applied as somebody."""

from collections.abc import Callable

from hallway.domain.ids import UserId
from hallway.integrations.sheets import read_sheet
from hallway.usecases.imports import batches
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports.plans import planner
from hallway.usecases.imports.sheets import ImportKind, Report
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, School, actor


def judged(school: School, kind: ImportKind, *lines: str, by: UserId = ADMIN) -> Callable[[Transaction], Report]:
    """What a file would do; its first line names the columns."""
    return _imported(batches.judge, school, kind, lines, by)


def _imported(
    work: Callable[..., None], school: School, kind: ImportKind, lines: tuple[str, ...], by: UserId
) -> Callable[[Transaction], Report]:
    sheet = read_sheet("\n".join(lines).encode())

    def imported(tx: Transaction) -> Report:
        report = Report()
        chosen = batches.entries(import_columns.columns(kind, sheet.columns), sheet.lines)
        work(tx, planner(kind, actor(by), clock=school.clock, ids=school.ids), chosen, report)
        return report

    return imported


def check_sheet(school: School, kind: ImportKind, *lines: str, by: UserId = ADMIN) -> Report:
    """What the file would do."""
    return school.read(judged(school, kind, *lines, by=by))


def apply_sheet(school: School, kind: ImportKind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply its good lines; the report names the others."""
    return school.write(_imported(batches.carry_out, school, kind, lines, by))


def import_sheet(school: School, kind: ImportKind, *lines: str, by: UserId = ADMIN) -> Report:
    """Apply a file that must be good."""
    report = apply_sheet(school, kind, *lines, by=by)
    assert report.bad_lines == []
    return report
