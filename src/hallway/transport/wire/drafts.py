"""Drafts: what I began to write, on whatever device."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from hallway.transport.wire.cards import CourseRef
from hallway.transport.wire.fields import Body, Frozen, Id, Rev, Seq

OtherTexts = Annotated[list[Body], Meta(max_length=3)]


class Draft(Frozen, frozen=True, kw_only=True):
    """My draft in a chat. `others` are texts that other devices of mine wrote at the same moment, oldest first. `person_id` is to whom
    it is written where our chat may have no message yet. `revision` counts the changes of all my drafts.
    """

    conversation_id: Id
    person_id: Id | None
    text: str
    others: list[str]
    reply_to: int | None
    course: CourseRef | None
    revision: int
    updated_at: datetime


class Drafts(Frozen, frozen=True):
    """A page of my drafts, as of the newest `revision` of them; `next` is the cursor of the next page, null at the end."""

    drafts: list[Draft]
    next: str | None
    revision: int


class ChatDraft(Frozen, frozen=True):
    """My draft in a chat as it is now, null where there is none, and the newest revision of my drafts."""

    draft: Draft | None
    revision: int


class SaveDraft(Frozen, frozen=True, kw_only=True):
    """What a device wrote, knowing my draft as of revision `base`, 0 for none.

    With the present revision this is what the draft is from now on; without any text it is discarded. With an older one `text` is added to
    what is there, and `others` count for nothing.
    """

    base: Rev
    text: Body
    others: OtherTexts = field(default_factory=list[Body])
    reply_to: Seq | None = None
    course_id: Id | None = None
