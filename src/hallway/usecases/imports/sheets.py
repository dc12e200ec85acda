"""Files that are imported, and what was found in them: plain data, which the store can keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from hallway.domain.ids import AccountId, UserId

LISTED = 500
"""Bad lines that a report names; all others are only counted."""
LONGEST_VALUE = 200
"""Characters of a bad value that a report repeats."""


class ImportKind(StrEnum):
    """What a file holds."""

    USERS = "users"
    DEPARTMENTS = "departments"
    COURSES = "courses"
    ENROLMENTS = "enrolments"
    EXPERTS = "experts"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet; `number` is how a spreadsheet counts it."""

    number: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as lines of texts below its column names.

    Of a file that is imported `written` has all columns as the file names them, each with what it is taken for: one of
    `columns`, or nothing where it is left out.
    """

    columns: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    written: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoding in which a file may be, and the first lines in question as it reads them."""

    encoding: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The findings of a look into a file; of a workbook there are no readings. `is_certain` says that the first of them holds.

    `written` and `lines` are the columns and the first lines, as the first reading has them; `missing` are columns that the
    kind needs and the file does not have, `doubled` those that more than one of the file's is taken for.
    """

    readings: tuple[Reading, ...]
    is_certain: bool
    written: tuple[tuple[str, str], ...]
    lines: tuple[SheetLine, ...]
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What somebody says of a file: its kind, its encoding where they chose one, and what columns are taken for, by the keys
    of their names (`import_columns.key`).
    """

    kind: ImportKind
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])


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


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that cannot be imported, the column that is to blame, and why: in a sentence, and as a code with its values."""

    line: int
    column: str | None
    value: str
    message: str
    code: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


@dataclass(slots=True, kw_only=True)
class Report:
    """What a file would do, or did. `unlisted` are the bad lines beyond those that are named; `failure` is the code of what
    ended it.
    """

    to_add: int = 0
    to_change: int = 0
    unchanged: int = 0
    bad_lines: list[BadLine] = field(default_factory=list[BadLine])
    unlisted: int = 0
    failure: str = ""

    @property
    def bad_count(self) -> int:
        """The number of bad lines; a line may be bad for several reasons."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """A file that somebody uploaded, on its way: `done` of its `total` lines.

    `head` is its beginning, to show. `noted_at` is when something was last noted about it.
    """

    account_id: AccountId
    id: str
    user_id: UserId
    kind: ImportKind
    filename: str
    head: Sheet
    total: int
    noted_at: datetime
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
