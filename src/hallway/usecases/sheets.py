"""Files that are imported, and what was found in them: plain data, which the store can keep."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from hallway.domain.ids import AccountId, UserId

LISTED = 500
"""Bad lines that a report names; all others are only counted."""
LONGEST_VALUE = 200
"""Characters of a bad value that a report repeats."""


class Kind(StrEnum):
    """What a file holds."""

    USERS = "users"
    DEPARTMENTS = "departments"
    COURSES = "courses"
    ENROLMENTS = "enrolments"
    EXPERTS = "experts"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet; `number` is how a spreadsheet counts it."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as lines of texts below its column names."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """Some lines of a file, as the store keeps them: packed, beginning with the file's line number `first`, from 0."""

    first: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as its reader hands it over: its beginning, to show, how many lines it has, and all of them in slices."""

    head: Sheet
    total: int
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be imported, the column that is to blame, and why in a sentence."""

    line: int
    column: str | None
    value: str
    message: str


@dataclass(slots=True)
class Report:
    """What a file would do, or did. `unlisted` are the bad lines beyond those that are named."""

    to_add: int = 0
    to_change: int = 0
    unchanged: int = 0
    bad_lines: list[BadLine] = field(default_factory=list[BadLine])
    unlisted: int = 0

    @property
    def bad_count(self) -> int:
        """How many lines are bad; one line may be so for several reasons."""
        return len({bad.line for bad in self.bad_lines}) + self.unlisted

    def blame(self, problems: Sequence[BadLine]) -> None:
        """Note what is wrong with one line."""
        if not problems:
            return
        if len(self.bad_lines) < LISTED:
            self.bad_lines.extend(problems)
        else:
            self.unlisted += 1

    def include(self, other: "Report") -> None:
        """Add what other lines did."""
        self.to_add += other.to_add
        self.to_change += other.to_change
        self.unchanged += other.unchanged
        self.unlisted += other.unlisted
        self.bad_lines.extend(other.bad_lines)


JobState = Literal["checking", "checked", "refused", "applying", "applied", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A file that somebody uploaded, on its way: `done` of its `total` lines.

    `head` is its beginning, to show. `told_at` is when something was last noted about it.
    """

    account_id: AccountId
    id: str
    user_id: UserId
    kind: Kind
    filename: str
    head: Sheet
    total: int
    told_at: datetime
    state: JobState = "checking"
    done: int = 0
    report: Report = field(default_factory=Report)
    failure: str | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether a process works on it, or will."""
        return self.state in {"checking", "applying"}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in {"refused", "applied", "failed"}
