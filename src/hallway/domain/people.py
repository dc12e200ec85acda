"""People, the departments they belong to, and the four relations between two of them (rules §1, §2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId


class Role(StrEnum):
    """What a person is in the account (rules §1)."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    DEPARTMENT_ADMINISTRATOR = "department_administrator"
    AUTHOR = "author"
    LEARNER = "learner"


class State(StrEnum):
    """Whether a person may take part (rules §1); `inactive` is shown as deactivated."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person as an account keeps them. `photo` is the version of their picture, None while they have none."""

    account_id: AccountId
    id: UserId
    name: str
    email: str
    login: str
    role: Role = Role.LEARNER
    state: State = State.ACTIVE
    title: str = ""
    department_id: DepartmentId | None = None
    supervisor_id: UserId | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    photo: str | None = None


def has_other_facts(before: User, after: User) -> bool:
    """Return whether the rules of §2 may judge the two differently; what else a user has, no rule asks for."""
    return (before.role, before.state, before.department_id, before.supervisor_id) != (
        after.role,
        after.state,
        after.department_id,
        after.supervisor_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The facts about one user that the rules ask for, as they are at this moment.

    `lineage` is their department and every one above it; `manages` holds the departments they manage (without
    those below); `supervisors` are their own supervisor and those of every department in `lineage`.
    """

    id: UserId
    role: Role
    state: State = State.ACTIVE
    lineage: frozenset[DepartmentId] = frozenset()
    manages: frozenset[DepartmentId] = frozenset()
    supervisors: frozenset[UserId] = frozenset()
    expert_of: frozenset[CourseId] = frozenset()
    enrolled_in: frozenset[CourseId] = frozenset()
    organizes: frozenset[TrainingId] = frozenset()
    attends: frozenset[TrainingId] = frozenset()

    @property
    def is_active(self) -> bool:
        """Whether they may sign in and write."""
        return self.state is State.ACTIVE


@dataclass(frozen=True, slots=True)
class Participants:
    """The people of a conversation as one of them meets it: `me`, and all the others."""

    me: Person
    others: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A node of the account's tree (rules §1)."""

    account_id: AccountId
    id: DepartmentId
    name: str
    parent_id: DepartmentId | None = None
    supervisor_id: UserId | None = None


def lineage(departments: Mapping[DepartmentId, Department], start: DepartmentId | None) -> Iterator[Department]:
    """Yield `start` and every department above it, nearest first; nothing for None."""
    while start is not None:
        department = departments[start]
        yield department
        start = department.parent_id


# The relations of rules §2.


def oversees(a: Person, b: Person) -> bool:
    """Return whether `a` is owner or administrator, or manages a department that `b` belongs to (rules §2)."""
    match a.role:
        case Role.OWNER | Role.ADMINISTRATOR:
            return True
        case Role.DEPARTMENT_ADMINISTRATOR:
            return not a.manages.isdisjoint(b.lineage)
        case Role.AUTHOR | Role.LEARNER:
            return False


def teaches(a: Person, b: Person) -> bool:
    """Return whether `a` is an expert of a course in which `b` is enrolled (rules §2)."""
    return not a.expert_of.isdisjoint(b.enrolled_in)


def hosts(a: Person, b: Person) -> bool:
    """Return whether `a` organizes a training that `b` attends (rules §2)."""
    return not a.organizes.isdisjoint(b.attends)


def supervises(a: Person, b: Person) -> bool:
    """Return whether `a` is the supervisor of `b`, of the department of `b` or of one above it (rules §2)."""
    return a.id in b.supervisors
