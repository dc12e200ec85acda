"""Scheduled messages, in the words of the wire, and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hallway.domain.scheduling import LocalTime
from hallway.domain.verdicts import EXPLANATIONS, Denial
from hallway.transport.serializers.core import GONE
from hallway.transport.serializers.files import attachment
from hallway.transport.wire import cards as wire_cards
from hallway.transport.wire import scheduled as wire_scheduled
from hallway.usecases.messaging.scheduling import ScheduledItem, When

_OTHER: Mapping[str, tuple[str, str]] = {
    "not_found": ("This chat isn't there any more.", "Write to someone else."),
    "file_not_found": ("A file isn't there any more.", "Cancel the message, and attach the file again."),
    "file_refused": ("A file can't be sent.", "Cancel the message, and attach another file."),
    "restored": (
        "The server was restored from a backup after this message was due. It may have been sent.",
        "Look into the chat, then send it or cancel it.",
    ),
}
"""What refuses a message at its time and is no rule: what it says, and what would change it."""
_DENIALS = {one.value: one for one in Denial}
_FAULT = ("Something went wrong on the server. The error was logged.", "Send it again.")


def scheduled(found: Sequence[ScheduledItem]) -> wire_scheduled.ScheduledMessages:
    """Serialize what somebody scheduled."""
    return wire_scheduled.ScheduledMessages([item(one) for one in found])


def item(one: ScheduledItem) -> wire_scheduled.Scheduled:
    """Serialize a scheduled message."""
    message = one.message
    course = None if message.course_id is None else wire_cards.CourseRef(message.course_id, one.course_title or GONE)
    return wire_scheduled.Scheduled(
        id=message.id,
        conversation_id=message.conversation_id,
        person_id=message.person_id,
        title=one.title,
        key=message.key,
        body=message.body,
        course=course,
        reply_to=message.reply_to,
        files=[attachment(each) for each in one.files],
        due_at=message.due_at,
        local=message.local and wire_scheduled.LocalTime(message.local.time, message.local.zone),
        state="waiting" if message.is_waiting else "refused",
        refusal=None if message.reason is None else _refusal(message.reason),
        revision=message.revision,
        created_at=message.created_at,
    )


def _refusal(code: str) -> wire_scheduled.Refusal:
    denial = _DENIALS.get(code)
    if denial is not None:
        explained = EXPLANATIONS[denial]
        return wire_scheduled.Refusal(code, explained.because, explained.remedy)
    return wire_scheduled.Refusal(code, *_OTHER.get(code, _FAULT))


def when(at: datetime | wire_scheduled.LocalTime) -> When:
    """Return the moment, or the clock's time, that somebody chose."""
    return LocalTime(at.time, at.zone) if isinstance(at, wire_scheduled.LocalTime) else at
