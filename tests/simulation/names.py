"""Who and what there is in the random academies; only how they are related differs.

There are two, in one installation. Their people have the same names, logins and addresses, their courses the same titles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID, uuid5

from hallway.domain.ids import (
    AccountId,
    ConversationId,
    CourseId,
    DepartmentId,
    TrainingId,
    UserId,
    dialog_id,
)
from hallway.usecases.actors import Actor


def named(name: str) -> str:
    """The same id for the same name."""
    return str(uuid5(UUID(int=13), name))


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of one academy; `host` is where its people reach it, the first of whom is the owner."""

    account_id: AccountId
    host: str
    people: Sequence[UserId]
    departments: Sequence[DepartmentId]
    courses: Sequence[CourseId]
    trainings: Sequence[TrainingId]

    @property
    def owner(self) -> UserId:
        """Whom nobody may deactivate."""
        return self.people[0]


def _cast(account: str, host: str, prefix: str = "") -> Cast:
    return Cast(
        AccountId(named(account)),
        host,
        [UserId(named(f"{prefix}person {number}")) for number in range(13)],
        [DepartmentId(named(f"{prefix}department {number}")) for number in range(6)],
        [CourseId(named(f"{prefix}course {number}")) for number in range(3)],
        [TrainingId(named(f"{prefix}training {number}")) for number in range(2)],
    )


HERE, ELSEWHERE = _cast("here", "hallway.example"), _cast("elsewhere", "localhost", "other ")
CASTS = (HERE, ELSEWHERE)
NOBODY = UserId(named("nobody"))
"""An id that is nobody's."""

TITLES = {one: f"Course {number}" for cast in CASTS for number, one in enumerate(cast.courses)}
FIRST = ("Ana", "Bea", "Cem", "Dan")
NAMES = {one: f"{FIRST[number % 4]} Lee {number}" for cast in CASTS for number, one in enumerate(cast.people)}
"""First names repeat, so that looking for one finds several."""
_CASTS = {one: cast for cast in CASTS for one in cast.people}


def cast_of(user_id: UserId) -> Cast:
    """The academy of somebody; nobody would be here."""
    return _CASTS.get(user_id, HERE)


def other(cast: Cast) -> Cast:
    """The academy beside this one."""
    return ELSEWHERE if cast is HERE else HERE


def actor(user_id: UserId) -> Actor:
    """Somebody, signed in where they belong."""
    return Actor(account_id=cast_of(user_id).account_id, user_id=user_id)


def talk_id(one: UserId, other: UserId) -> ConversationId:
    """The dialog of two, where the first belongs."""
    return dialog_id(cast_of(one).account_id, one, other)


def short(thing: str) -> str:
    """What a thing is called in the diary of a failing seed."""
    return _SHORT.get(thing, thing)


def _numbered(noun: str, things: Iterable[str], where: str) -> dict[str, str]:
    return {one: f"{noun} {number}{where}" for number, one in enumerate(things)}


def _shorts(cast: Cast, where: str) -> dict[str, str]:
    people = cast.people
    return {
        **_numbered("person", people, where),
        **_numbered("department", cast.departments, where),
        **_numbered("course", cast.courses, where),
        **_numbered("training", cast.trainings, where),
        **{
            talk_id(people[a], people[b]): f"the chat of {a} and {b}{where}"
            for a, b in combinations(range(len(people)), 2)
        },
    }


_SHORT = {**_shorts(HERE, ""), **_shorts(ELSEWHERE, " elsewhere"), NOBODY: "nobody", "": "no one"}
