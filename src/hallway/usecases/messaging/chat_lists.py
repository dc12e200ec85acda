"""How somebody's list of chats is narrowed and ordered."""

from dataclasses import dataclass
from enum import Enum

from hallway.domain.ids import CourseId


class Section(Enum):
    """A part of somebody's chats: the list, in it what is pinned above the others and what is not, and the archive."""

    LIST = "list"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class ChatFilter:
    """`is_waiting`: only chats in which somebody waits for an answer (`domain.messages.awaits_answer`).

    `course_id`: only those that a question about this course opened. `oldest_first` turns the list around.
    """

    is_waiting: bool = False
    course_id: CourseId | None = None
    oldest_first: bool = False
    section: Section = Section.LIST


EVERY_CHAT = ChatFilter()
