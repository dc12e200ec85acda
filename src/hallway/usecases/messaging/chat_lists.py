"""How somebody's list of chats is narrowed and ordered."""

from dataclasses import dataclass

from hallway.domain.ids import CourseId


@dataclass(frozen=True, slots=True)
class ChatFilter:
    """`is_waiting`: only chats in which somebody waits for an answer (`domain.messages.awaits_answer`).

    `course_id`: only those that a question about this course opened. `oldest_first` turns the list around.
    """

    is_waiting: bool = False
    course_id: CourseId | None = None
    oldest_first: bool = False


EVERY_CHAT = ChatFilter()
