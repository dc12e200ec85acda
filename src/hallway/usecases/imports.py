"""Importing a file: its lines are judged under the same rules as the portal's own changes, and stored in batches.

A file is judged as a whole before any of it is applied, and refused when a line is bad. A batch is judged anew in the
transaction that stores it: facts may have changed meanwhile, and then its line is reported and the others stand.
"""

from collections.abc import Sequence
from typing import Protocol

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.ports import Transaction
from hallway.usecases.sheets import LONGEST_VALUE, BadLine, Kind, Line, Report

LONGEST = 50_000
"""Lines in one file."""
MOST_TAKEN = 20
"""Logins and addresses of people whom one does not administer that one file may hit: each hit tells that they exist."""


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
        """Note what is wrong; of a long value its beginning says enough."""
        value = self.get(column) if column else ""
        shown = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
        self.problems.append(BadLine(self.line.number, column, shown, message))

    def check(self, *problems: Problem | None) -> None:
        """Blame the columns of what is wrong."""
        for problem in problems:
            if problem is not None:
                self.blame(problem.field, problem.message)


class Planner(Protocol):
    """Judges lines of one kind. One planner is used for a whole check, or for one batch that is applied."""

    taken: int
    """How many lines have hit a login or an address of somebody whom the actor does not administer."""

    def load(self, tx: Transaction, entries: Sequence[Entry]) -> None:
        """Load what these lines are about. Raises Refused when the actor may not import any more."""
        ...

    def plan(self, entry: Entry, report: Report) -> None:
        """Judge a line, and count what it would do; blame it where it is wrong."""
        ...

    def store(self, tx: Transaction) -> None:
        """Do what the good lines since `load` say, and tell of it."""
        ...


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


def columns(kind: Kind, written: Sequence[str]) -> tuple[str, ...]:
    """The columns by the names that we have for them. Raises Invalid when one is missing, unknown or double."""
    names = tuple(_column(kind, column) for column in written)
    needed, possible = COLUMNS[kind]
    for missing in sorted(needed - set(names)):
        raise _bad_file(
            "missing_column", f"The column “{missing}” is missing. The first row must contain the column names."
        )
    for name in names:
        if name and (name not in needed | possible or names.count(name) > 1):
            known = ", ".join(sorted(needed | possible))
            shown = name[:LONGEST_VALUE]
            raise _bad_file(
                "unknown_column", f"The column “{shown}” is unknown or appears twice. Known columns: {known}."
            )
    return names


def require_length(total: int) -> None:
    """Raise Invalid for a file without lines, or with too many."""
    if not total:
        raise _bad_file("empty", "There are no rows below the column names.")
    if total > LONGEST:
        raise _bad_file("too_long", f"You can import at most {LONGEST} rows at once. Split the file.")


def entries(names: Sequence[str], lines: Sequence[Line]) -> list[Entry]:
    """Lines by column."""
    return [Entry(line, names) for line in lines]


def _column(kind: Kind, written: str) -> str:
    name = " ".join(written.replace("_", " ").casefold().split())
    if kind is Kind.DEPARTMENTS and name in {"path", "name"}:
        return "department"
    return name if name in COLUMNS[kind][0] | COLUMNS[kind][1] else ALIASES.get(name, name)


def _bad_file(code: str, message: str) -> Invalid:
    return Invalid(Problem("file", code, message))


def judge(tx: Transaction, planner: Planner, chosen: Sequence[Entry], report: Report) -> None:
    """Judge lines without changing anything. Raises Refused; Invalid when too many people are hit."""
    planner.load(tx, chosen)
    for entry in chosen:
        planner.plan(entry, report)
        if planner.taken > MOST_TAKEN:
            raise _bad_file(
                "too_many_taken",
                f"More than {MOST_TAKEN} rows have a login or email of someone you don't administer."
                " Ask an account administrator to import this file.",
            )
        report.blame(entry.problems)


def carry_out(tx: Transaction, planner: Planner, chosen: Sequence[Entry], report: Report) -> None:
    """Judge lines anew, and store those that are good."""
    judge(tx, planner, chosen, report)
    planner.store(tx)
