"""Importing a file: check it line by line, then apply all of it or nothing.

A plan is made from the lines under the same rules as the portal's own changes, and made anew in the transaction
that applies it. Progress is told as lines done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hallway.domain.ids import UserId
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.ports import Transaction
from hallway.usecases.sheets import BadLine, Kind, Line, Report, Sheet

LONGEST = 50_000
"""Lines in one file."""


Progress = Callable[[int], None]
Step = Callable[[Transaction], None]


@dataclass(slots=True)
class Plan:
    """The report of a file, the steps that would carry it out, and whom those concern."""

    report: Report = field(default_factory=Report)
    steps: list[Step] = field(default_factory=list)
    concerned: set[UserId] = field(default_factory=set)


class Entry:
    """A line by column name, collecting what is wrong with it."""

    def __init__(self, line: Line, columns: Sequence[str]) -> None:
        """The line's values below their columns; missing ones are empty."""
        self.line = line
        self._values = dict(zip(columns, line.values, strict=False))
        self.problems: list[BadLine] = []

    def get(self, column: str) -> str:
        """The text of a column, without space around it."""
        return self._values.get(column, "").strip()

    def has(self, column: str) -> bool:
        """Whether the file has that column at all."""
        return column in self._values

    def blame(self, column: str | None, message: str) -> None:
        """Note what is wrong."""
        self.problems.append(BadLine(self.line.number, column, self.get(column) if column else "", message))


ALIASES = {
    "full name": "name",
    "e-mail": "email",
    "mail": "email",
    "user name": "login",
    "username": "login",
    "job title": "title",
    "position": "title",
    "department path": "department",
    "manager": "supervisor",
    "manages departments": "manages",
    "status": "state",
    "course title": "course",
    "user": "login",
    "expert": "login",
}

COLUMNS: dict[Kind, tuple[frozenset[str], frozenset[str]]] = {
    Kind.USERS: (
        frozenset({"name", "email", "login"}),
        frozenset({"role", "title", "department", "supervisor", "manages", "state"}),
    ),
    Kind.DEPARTMENTS: (frozenset({"department"}), frozenset({"supervisor"})),
    Kind.COURSES: (frozenset({"title"}), frozenset({"description", "lessons"})),
    Kind.ENROLMENTS: (frozenset({"course", "login"}), frozenset()),
    Kind.EXPERTS: (frozenset({"course", "login"}), frozenset()),
}
"""For each kind the columns that it needs, and those that it may have."""


def entries(kind: Kind, sheet: Sheet) -> list[Entry]:
    """The lines by column. Raises Invalid when a column is missing, unknown or double, or nothing is there."""
    names = [_column(kind, column) for column in sheet.columns]
    needed, possible = COLUMNS[kind]
    for missing in sorted(needed - set(names)):
        raise _bad_file("missing_column", f"The column “{missing}” is missing. The first line must name the columns.")
    for name in names:
        if name and (name not in needed | possible or names.count(name) > 1):
            known = ", ".join(sorted(needed | possible))
            raise _bad_file("unknown_column", f"The column “{name}” is not known or there twice. Known are: {known}.")
    if not sheet.lines:
        raise _bad_file("empty", "There are no lines below the column names.")
    if len(sheet.lines) > LONGEST:
        raise _bad_file("too_long", f"At most {LONGEST} lines can be imported at once. Split the file.")
    return [Entry(line, names) for line in sheet.lines]


def _column(kind: Kind, written: str) -> str:
    name = " ".join(written.replace("_", " ").casefold().split())
    if kind is Kind.DEPARTMENTS and name in {"path", "name"}:
        return "department"
    return name if name in COLUMNS[kind][0] | COLUMNS[kind][1] else ALIASES.get(name, name)


def _bad_file(code: str, message: str) -> Invalid:
    return Invalid(Problem("file", code, message))


def each(plan: Plan, entries: Sequence[Entry], progress: Progress) -> Iterator[Entry]:
    """Every entry in turn; what is wrong with it goes into the report."""
    for done, entry in enumerate(entries, start=1):
        yield entry
        plan.report.bad_lines.extend(entry.problems)
        progress(done)


def carry_out(tx: Transaction, plan: Plan) -> Report:
    """Do all that the file says, or nothing when a line of it is bad: then the report names it."""
    if not plan.report.bad_lines:
        for step in plan.steps:
            step(tx)
    return plan.report
