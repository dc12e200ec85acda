"""Drafts: what a person began to write in a chat, on all their devices; of two that write at once no text is lost (rules §17)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from hallway.domain.ids import AccountId, ConversationId, CourseId, UserId
from hallway.domain.text import is_visible

MOST_DRAFTS = 500
"""Of one person."""
MOST_OTHERS = 3
"""Texts of other devices beside the draft's own; of more the oldest goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The content of a draft: its text, and the texts that other devices wrote at the same moment, oldest first.

    `reply_to` is the seq of the message that it answers, `course_id` the course that it asks about.
    """

    text: str
    others: tuple[str, ...] = ()
    reply_to: int | None = None
    course_id: CourseId | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything."""
        return not is_visible(self.text) and not self.others


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A person's draft in a chat; `revision` is the number of the change that made it, counted over all drafts of the person.

    `person_id` is to whom it is written where their dialog may have no message yet.
    """

    account_id: AccountId
    user_id: UserId
    conversation_id: ConversationId
    person_id: UserId | None
    writing: Writing
    revision: int
    updated_at: datetime


def revised(kept: Writing | None, written: Writing, *, is_current: bool) -> Writing | None:
    """Decide what becomes of a draft when a device writes; None when nothing is left of it.

    A device that knows the present revision (`is_current`) says what the draft is from now on. One that does not adds its text to what is
    there, and takes nothing away: another device wrote meanwhile, or the draft was sent.
    """
    if kept is not None and not is_current:
        return _joined(kept, written)
    others = _newest(written.others, besides=written.text) if kept is not None else ()
    settled = replace(written, others=others)
    return None if settled.is_empty else settled


def _joined(kept: Writing, written: Writing) -> Writing:
    """Put a device's text beside what others wrote. A text that another one begins with is part of that, and stays there alone."""
    texts = (kept.text, *kept.others)
    if not is_visible(written.text) or any(one.startswith(written.text) for one in texts):
        return kept
    if written.text.startswith(kept.text):
        return replace(written, others=_newest(kept.others, besides=written.text))
    others = [one for one in kept.others if not written.text.startswith(one)]
    return replace(kept, others=_newest([*others, written.text], besides=kept.text))


def _newest(texts: Iterable[str], *, besides: str) -> tuple[str, ...]:
    different = dict.fromkeys(one for one in texts if one != besides and is_visible(one))
    return tuple(different)[-MOST_OTHERS:]
