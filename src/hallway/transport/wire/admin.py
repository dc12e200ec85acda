"""Bodies of the admin portal's API, version 1; see `wire` for the conventions. Only staff ever get these."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id, Mode, Role, Secret, Short, State
from hallway.transport.wire.files import FileKind

ImportKind = Literal["users", "departments", "courses", "enrolments", "experts"]
Encoding = Literal[
    "utf-8",
    "utf-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "koi8-r",
    "ibm850",
    "ibm852",
    "ibm866",
    "macintosh",
    "x-mac-cyrillic",
    "x-mac-ce",
    "iso-8859-5",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
]
"""Encodings of files, by their names on the web."""
Lesson = Annotated[str, Meta(min_length=1, max_length=200)]


UserOrder = Literal["name", "login", "email", "role", "department", "status", "seen", "created"]
Status = Literal["active", "invited", "link_expired", "not_invited", "deactivated", "removed"]


class AdminUser(Frozen, frozen=True, kw_only=True):
    """A user as staff see them. `mail_bounced` is why email to them bounced; `mails_ended` is true if they
    unsubscribed.

    `status` says more than `state`: whether an active user has signed in yet, and until when their one-time link is good
    (`link_expires_at`). `seen_at` is when a browser of theirs was last seen, null for never; 1970 for at some time before
    that was noted. `created_at` is null where nobody knows.
    """

    id: Id
    name: str
    email: str
    login: str
    title: str
    role: Role
    state: State
    department_id: Id | None
    department: str | None
    supervisor: PersonCard | None
    manages: list[Id]
    has_password: bool
    photo: str | None
    locale: str
    time_zone: str
    grantable_roles: list[Role]
    may_edit: bool
    may_change_state: bool
    mail_bounced: str | None
    mails_ended: bool
    status: Status
    seen_at: datetime | None
    link_expires_at: datetime | None
    created_at: datetime | None


class UserCounts(Frozen, frozen=True, kw_only=True):
    """How many users match the rest of the filter by status, and how many of them were never seen."""

    active: int
    invited: int
    link_expired: int
    not_invited: int
    deactivated: int
    never_seen: int


class AdminUsers(Frozen, frozen=True):
    """A page of users; `total` counts everyone the filter matches."""

    users: list[AdminUser]
    next: str | None
    total: int
    counts: UserCounts


class UserChoice(Frozen, frozen=True, kw_only=True):
    """A filter of the list of users, with the parts that its query has, and whether somebody has ever come in: signed in, or
    chosen a password.
    """

    q: Annotated[str, Meta(max_length=200)] = ""
    role: Role | None = None
    state: State | None = None
    status: Status | None = None
    department_id: Id | None = None
    not_seen_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    never_seen: bool = False
    has_come_in: bool | None = None


class NewUser(Frozen, frozen=True, kw_only=True):
    """A user to add. Without a password they choose one through a one-time link."""

    name: Short
    email: Short
    login: Short
    role: Role = "learner"
    title: Annotated[str, Meta(max_length=200)] = ""
    department_id: Id | None = None
    supervisor_id: Id | None = None
    manages: list[Id] = field(default_factory=list)
    password: Secret | None = None


class UserChange(Frozen, frozen=True, kw_only=True):
    """Changes to a user; absent fields stay as they are."""

    name: Short | UnsetType = UNSET
    email: Short | UnsetType = UNSET
    login: Short | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    title: Annotated[str, Meta(max_length=200)] | UnsetType = UNSET
    department_id: Id | UnsetType | None = UNSET
    supervisor_id: Id | UnsetType | None = UNSET
    manages: list[Id] | UnsetType = UNSET


class AdminDepartment(Frozen, frozen=True, kw_only=True):
    """A node of the tree. `members` counts the users of this department and of all below it."""

    id: Id
    name: str
    parent_id: Id | None
    supervisor: PersonCard | None
    members: int
    may_edit: bool
    may_add_below: bool


class AdminDepartments(Frozen, frozen=True):
    """The departments I administer and those above them, parents before children."""

    departments: list[AdminDepartment]
    may_add_top: bool


class NewDepartment(Frozen, frozen=True):
    """A department to add."""

    name: Short
    parent_id: Id | None = None
    supervisor_id: Id | None = None


class DepartmentChange(Frozen, frozen=True):
    """Changes to a department; absent fields stay as they are."""

    name: Short | UnsetType = UNSET
    parent_id: Id | UnsetType | None = UNSET
    supervisor_id: Id | UnsetType | None = UNSET


class AdminCourseSummary(Frozen, frozen=True):
    """A row of the portal's list of courses."""

    id: Id
    title: str
    enrolled: int
    experts: list[PersonCard]


class AdminCourses(Frozen, frozen=True):
    """Every course of the account."""

    courses: list[AdminCourseSummary]


class AdminCourse(Frozen, frozen=True, kw_only=True):
    """A course with its experts; learners are paged."""

    id: Id
    title: str
    description: str
    lessons: list[str]
    enrolled: int
    experts: list[PersonCard]


class NewCourse(Frozen, frozen=True):
    """A course to add."""

    title: Short
    description: Annotated[str, Meta(max_length=4000)] = ""
    lessons: Annotated[list[Lesson], Meta(max_length=200)] = field(default_factory=list)


class CourseChange(Frozen, frozen=True):
    """Changes to a course; absent fields stay as they are."""

    title: Short | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=4000)] | UnsetType = UNSET
    lessons: Annotated[list[Lesson], Meta(max_length=200)] | UnsetType = UNSET


class Enrolled(Frozen, frozen=True):
    """A page of enrolled learners, or of a training's attendees."""

    people: list[PersonCard]
    next: str | None


class AdminTraining(Frozen, frozen=True):
    """A training with organizer and attendees."""

    id: Id
    title: str
    organizer: PersonCard
    attendees: list[PersonCard]


class AdminTrainings(Frozen, frozen=True):
    """Every training of the account."""

    trainings: list[AdminTraining]


class NewTraining(Frozen, frozen=True):
    """A training to add."""

    title: Short
    organizer_id: Id


class TrainingChange(Frozen, frozen=True):
    """Changes to a training; absent fields stay as they are."""

    title: Short | UnsetType = UNSET
    organizer_id: Id | UnsetType = UNSET


PreviewHost = Annotated[str, Meta(max_length=300)]
LargestFile = Annotated[int, Meta(ge=0, le=10_000_000_000)]


class Settings(Frozen, frozen=True, kw_only=True):
    """The account's settings (rules §3, §5, §7, §13, §14, §20). `links_by_confirmation`: where no mail reaches somebody, staff may see
    their sign-in link once a second administrator has confirmed it. `typing_on`: people see that the other one types.
    `largest_file` is in bytes, 0 where nobody may send files. All files have `file_bytes_used` bytes together, of
    `file_bytes_quota` that the operator grants; null where there is no limit. Of links to `preview_hosts` (`example.org`, or
    `*.example.org` for all below it) cards are made; not where the operator switched that off: then `has_previews` is false.
    """

    academy: Short
    messaging_on: bool
    mode: Mode
    delete_for_everyone_seconds: Annotated[int, Meta(ge=0, le=31_536_000)]
    links_by_confirmation: bool
    typing_on: bool
    largest_file: LargestFile
    file_kinds: list[FileKind]
    preview_hosts: list[str]
    has_previews: bool
    file_bytes_used: int
    file_bytes_quota: int | None


class SettingsChange(Frozen, frozen=True, kw_only=True):
    """Changes to the settings; absent fields stay as they are."""

    academy: Short | UnsetType = UNSET
    messaging_on: bool | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    delete_for_everyone_seconds: Annotated[int, Meta(ge=0, le=31_536_000)] | UnsetType = UNSET
    links_by_confirmation: bool | UnsetType = UNSET
    typing_on: bool | UnsetType = UNSET
    largest_file: LargestFile | UnsetType = UNSET
    file_kinds: list[FileKind] | UnsetType = UNSET
    preview_hosts: Annotated[list[PreviewHost], Meta(max_length=200)] | UnsetType = UNSET


class BadLine(Frozen, frozen=True, kw_only=True):
    """A row that can't be imported: its number as a spreadsheet shows it, the column, and why.

    `code` is stable, `message` its sentence in English; `values` are what a sentence in another language needs to know.
    """

    line: int
    column: str | None
    value: str
    message: str
    code: str
    values: dict[str, str | int]


class WrittenColumn(Frozen, frozen=True):
    """A column of a file, and the known column it is imported as; null if it is left out."""

    name: str
    taken_for: str | None


class Reading(Frozen, frozen=True):
    """An encoding in which a file may be, and its first lines in question as they would be then."""

    encoding: Encoding
    lines: list[str]


class ImportLook(Frozen, frozen=True, kw_only=True):
    """A file before it is uploaded: its possible encodings and its columns.

    Unless `is_certain`, the file is refused until an `encoding` is chosen. `columns` and `sample` are as the first of the
    readings has them; a workbook has no readings. `known` are the columns that this kind of file may have, those that it
    needs first; `missing` ones and `doubled` ones refuse the file.
    """

    readings: list[Reading]
    is_certain: bool
    columns: list[WrittenColumn]
    sample: list[list[str]]
    known: list[str]
    needed: list[str]
    missing: list[str]
    doubled: list[str]


class ImportJob(Frozen, frozen=True, kw_only=True):
    """An uploaded file: checking → checked (or refused, with bad lines) → applying → applied, or failed.

    Nothing is changed before `applying`. Then line after line is; `bad_lines` of an applied file are those that became wrong
    since the check, and were left out. `done` of `total` lines is the progress; of a failed file, how many were applied.
    """

    id: Id
    kind: ImportKind
    filename: str
    state: Literal["checking", "checked", "refused", "applying", "applied", "failed"]
    total: int
    done: int
    to_add: int
    to_change: int
    unchanged: int
    columns: list[str]
    written: list[WrittenColumn]
    sample: list[list[str]]
    bad_lines: list[BadLine]
    bad_total: int
    failure: str | None
    failure_code: str | None
