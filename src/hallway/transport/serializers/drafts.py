"""Drafts, in the words of the wire."""

from hallway.domain.drafts import Draft
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers.core import GONE
from hallway.transport.wire import cards as wire_cards
from hallway.transport.wire import drafts as wire_drafts
from hallway.usecases.messaging import drafting


def drafts(found: drafting.Drafts) -> wire_drafts.Drafts:
    """Serialize a page of drafts."""
    titles = found.titles
    shown = [_draft(one, titles.get(one.writing.course_id) if one.writing.course_id else None) for one in found.drafts]
    return wire_drafts.Drafts(shown, to_cursor(found.next), found.revision)


def chat_draft(found: drafting.ChatDraft) -> wire_drafts.ChatDraft:
    """Serialize what there is of a draft in a chat."""
    draft = None if found.draft is None else _draft(found.draft, found.course_title)
    return wire_drafts.ChatDraft(draft, found.revision)


def _draft(one: Draft, title: str | None) -> wire_drafts.Draft:
    writing = one.writing
    return wire_drafts.Draft(
        conversation_id=one.conversation_id,
        person_id=one.person_id,
        text=writing.text,
        others=list(writing.others),
        reply_to=writing.reply_to,
        course=None if writing.course_id is None else wire_cards.CourseRef(writing.course_id, title or GONE),
        revision=one.revision,
        updated_at=one.updated_at,
    )
