"""Messages to be sent later (rules §18)."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, field

from hallway.transport.wire.cards import CourseRef
from hallway.transport.wire.fields import Body, FileIds, Frozen, Id, Key, Rev, Seq
from hallway.transport.wire.files import Attachment

Moment = Annotated[datetime, Meta(tz=True)]
ClockTime = Annotated[datetime, Meta(tz=False)]
Zone = Annotated[str, Meta(min_length=1, max_length=64)]


class LocalTime(Frozen, frozen=True):
    """What a clock in a zone will show, such as 2026-12-24T09:00:00 in Europe/Berlin. Of two such moments it means the first; where the clocks leave it
    out, the moment at which they go on.
    """

    time: ClockTime
    zone: Zone


class Schedule(Frozen, frozen=True, kw_only=True):
    """A message to be sent later: what a send has, and when. `at` is a moment or a clock's time, between a minute and a year from now.

    It is sent under `key`; the same key again gives the same scheduled message, never a second one.
    """

    body: Body
    key: Key
    at: Moment | LocalTime
    course_id: Id | None = None
    reply_to: Seq | None = None
    files: FileIds = field(default_factory=list[Id])


class ChangeScheduled(Frozen, frozen=True, kw_only=True):
    """Another text, another time, or both, for the scheduled message as it was at `revision`. With a new time, one that was refused waits again."""

    revision: Rev
    body: Body | None = None
    at: Moment | LocalTime | None = None


class Refusal(Frozen, frozen=True):
    """Why a message was not sent at its time: a code, the sentence in English, and what would change it."""

    code: str
    detail: str
    remedy: str


class Scheduled(Frozen, frozen=True, kw_only=True):
    """A scheduled message. It waits until `due_at`, or was refused then, with the reason.

    `title` is what its chat is called. That need not be there yet: then it goes to `person_id`. `local` is the clock's time that was chosen, null where a
    moment was.
    """

    id: Id
    conversation_id: Id
    person_id: Id | None
    title: str
    key: str
    body: str
    course: CourseRef | None
    reply_to: int | None
    files: list[Attachment]
    due_at: datetime
    local: LocalTime | None
    state: Literal["waiting", "refused"]
    refusal: Refusal | None
    revision: int
    created_at: datetime


class ScheduledMessages(Frozen, frozen=True):
    """What I scheduled, the first due first."""

    scheduled: list[Scheduled]
