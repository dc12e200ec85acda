"""Who and what there is in every random academy; only how they are related differs."""

from collections.abc import Iterable
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


HERE, ELSEWHERE = AccountId(named("here")), AccountId(named("elsewhere"))
DEPARTMENTS = [DepartmentId(named(f"department {number}")) for number in range(6)]
COURSES = [CourseId(named(f"course {number}")) for number in range(3)]
TRAININGS = [TrainingId(named(f"training {number}")) for number in range(2)]
PEOPLE = [UserId(named(f"person {number}")) for number in range(13)]
OWNER = PEOPLE[0]
STRANGER, NOBODY = UserId(named("stranger")), UserId(named("nobody"))
"""Somebody of another account, and an id that is nobody's."""

TITLES = {one: f"Course {number}" for number, one in enumerate(COURSES)}
FIRST = ("Ana", "Bea", "Cem", "Dan")
NAMES = {one: f"{FIRST[number % 4]} Lee {number}" for number, one in enumerate(PEOPLE)}
"""First names repeat, so that looking for one finds several."""


def actor(user_id: UserId) -> Actor:
    """Somebody of the academy, or the stranger, signed in."""
    return Actor(account_id=ELSEWHERE if user_id == STRANGER else HERE, user_id=user_id)


def talk_id(one: UserId, other: UserId) -> ConversationId:
    """The dialog of two."""
    return dialog_id(HERE, one, other)


def short(thing: str) -> str:
    """What a thing is called in the diary of a failing seed."""
    return _SHORT.get(thing, thing)


def _numbered(noun: str, things: Iterable[str]) -> dict[str, str]:
    return {one: f"{noun} {number}" for number, one in enumerate(things)}


_SHORT = {
    **_numbered("person", PEOPLE),
    **_numbered("department", DEPARTMENTS),
    **_numbered("course", COURSES),
    **_numbered("training", TRAININGS),
    **{talk_id(PEOPLE[a], PEOPLE[b]): f"the chat of {a} and {b}" for a, b in combinations(range(len(PEOPLE)), 2)},
    STRANGER: "the stranger",
    NOBODY: "nobody",
    "": "no one",
}
