"""What two people who write to each other may know of one another (rules §10). Facts in, answer out."""

from dataclasses import dataclass
from enum import StrEnum

from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation
from hallway.domain.ids import CourseId
from hallway.domain.people import Person
from hallway.domain.permissions import read, start


class Part(StrEnum):
    """What the other person is in a course to me: who answers there, who asks, or an expert as I am one."""

    EXPERT = "expert"
    LEARNER = "learner"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class SharedCourse:
    """A course that connects two people."""

    course_id: CourseId
    part: Part


def know(account: Account, me: Person, other: Person, conversation: Conversation | None) -> bool:
    """Return whether `me` may know who the other person is: they have a chat with them or may start one. To others
    that person is not there (rules §3, §10).
    """
    return bool(start(account, me, other)) or (conversation is not None and read(conversation, me.id))


def shared_courses(me: Person, other: Person) -> frozenset[SharedCourse]:
    """Return the courses in which one of the two answers the other, or both answer. That two people learn in the same
    course is told to neither (rules §10).
    """
    found = dict.fromkeys(other.expert_of & me.expert_of, Part.COLLEAGUE)
    found |= dict.fromkeys(me.expert_of & other.enrolled_in, Part.LEARNER)
    found |= dict.fromkeys(other.expert_of & me.enrolled_in, Part.EXPERT)
    return frozenset(SharedCourse(course, part) for course, part in found.items())


def know_hours(account: Account, me: Person, other: Person) -> bool:
    """Return whether `me` may know when the other person answers and what their clock says: either may start a chat
    with the other (rules §4).
    """
    return bool(start(account, me, other) or start(account, other, me))
