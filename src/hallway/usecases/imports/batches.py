"""Importing a file: its lines are judged under the same rules as the portal's own changes, and stored in batches.

A file is judged as a whole before any of it is applied, and refused when a line is bad. A batch is judged anew in the
transaction that stores it: facts may have changed meanwhile, and then its line is reported and the others stand.
"""

from collections.abc import Sequence
from typing import Protocol

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports.sheets import LONGEST_VALUE, BadLine, Report, SheetLine
from hallway.usecases.transaction import Transaction

LONGEST = 50_000
"""Lines in one file."""
MOST_TAKEN = 20
"""Logins and addresses of people whom one does not administer that one file may hit: each hit tells that they exist."""


class Entry:
    """A line by column name, collecting what is wrong with it."""

    def __init__(self, line: SheetLine, columns: Sequence[str]) -> None:
        """Keep the line's values below their columns; missing ones are empty."""
        self.line = line
        self._values = dict(zip(columns, line.values, strict=False))
        self.problems: list[BadLine] = []

    def get(self, column: str) -> str:
        """Return the text of a column, without space around it."""
        return self._values.get(column, "").strip()

    def has(self, column: str) -> bool:
        """Return whether the file has that column at all."""
        return column in self._values

    def blame(self, problem: Problem) -> None:
        """Note what is wrong with a column, or with the line; of a long value its beginning says enough."""
        value = self.get(problem.field) if problem.field else ""
        shown = value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE] + "…"
        self.problems.append(
            BadLine(
                line=self.line.number,
                column=problem.field or None,
                value=shown,
                message=problem.message,
                code=problem.code,
                values=problem.values,
            )
        )

    def check(self, *problems: Problem | None) -> None:
        """Blame the columns of what is wrong."""
        for problem in problems:
            if problem is not None:
                self.blame(problem)


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
        """Store what the good lines since `load` say, and announce it."""
        ...


def require_length(total: int) -> None:
    """Raise Invalid for a file without lines, or with too many."""
    if not total:
        raise _bad_file("empty", "There are no rows below the column names.")
    if total > LONGEST:
        raise _bad_file("too_long", f"You can import at most {LONGEST} rows at once. Split the file.", LONGEST)


def entries(names: Sequence[str], lines: Sequence[SheetLine]) -> list[Entry]:
    """Return lines as entries by column name."""
    return [Entry(line, names) for line in lines]


def _bad_file(code: str, message: str, most: int = 0) -> Invalid:
    return Invalid(Problem("file", code, message, {"most": most} if most else {}))


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
                MOST_TAKEN,
            )
        report.blame(entry.problems)


def carry_out(tx: Transaction, planner: Planner, chosen: Sequence[Entry], report: Report) -> None:
    """Judge lines again, and store those that are good."""
    judge(tx, planner, chosen, report)
    planner.store(tx)
