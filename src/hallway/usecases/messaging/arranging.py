"""Arranging one's own list: a chat is pinned above the others, archived, or muted; nobody else learns of it (rules §16)."""

from datetime import datetime, timedelta

from hallway.domain.conversations import FOREVER, MOST_PINNED, Conversation, Member
from hallway.domain.events import ChatMoved, MemberSettingsChanged
from hallway.domain.ids import ConversationId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound, Problem
from hallway.usecases.fields import require_valid
from hallway.usecases.messaging.conversations import pinned_rows
from hallway.usecases.messaging.participants import my_conversation, my_side
from hallway.usecases.messaging.records import ChatRow
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

LONGEST_MUTE = timedelta(days=366)
"""Of those that end by themselves."""


def pin(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, is_pinned: bool) -> None:
    """Pin a chat above the others in the actor's list, or unpin it.

    Raises NotFound, and Conflict for a chat that is in neither list nor archive, and for one more than may be pinned.
    """
    conversation = my_conversation(tx, actor, conversation_id)
    before = _listed(conversation, actor)
    if is_pinned and not before.pinned and len(pinned_rows(tx, actor)) >= MOST_PINNED:
        raise Conflict("too_many_pinned", f"You can pin up to {MOST_PINNED} chats. Unpin another chat first.")
    _keep(tx, conversation, before, before.with_pin(is_pinned=is_pinned))


def archive(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, is_archived: bool) -> None:
    """Put a chat into the actor's archive, or take it out; the next message does that too, unless the chat is muted.

    Raises NotFound, and Conflict for a chat that is in neither list nor archive.
    """
    conversation = my_conversation(tx, actor, conversation_id)
    before = _listed(conversation, actor)
    until = _my_row(tx, actor, conversation_id).muted_until
    _keep(tx, conversation, before, before.in_archive(until) if is_archived else before.unarchived())


def mute(
    tx: Transaction,
    actor: Actor,
    *,
    conversation_id: ConversationId,
    is_muted: bool,
    until: datetime | None = None,
    clock: Clock,
) -> None:
    """Mute a chat, for ever or until then, or unmute it; all devices of the actor show it.

    Raises NotFound, and Invalid for an end that is not within the next year. A chat in the list is not locked, unlike by a send; one in the archive
    is told how long messages leave it there.
    """
    row = _my_row(tx, actor, conversation_id)
    end = (until or FOREVER) if is_muted else None
    _require_ahead(until, clock)
    tx.settings.mute(actor.account_id, (actor.user_id, conversation_id), until=end)
    if my_side(row.conversation, actor).is_archived:
        conversation = my_conversation(tx, actor, conversation_id)
        tx.conversations.save([conversation.with_side(my_side(conversation, actor).kept_until(end))])
    shown = until if is_muted else None
    tx.announce(
        MemberSettingsChanged(
            account_id=actor.account_id,
            user_id=actor.user_id,
            conversation_id=conversation_id,
            is_muted=is_muted,
            muted_until=shown,
        )
    )


def _require_ahead(until: datetime | None, clock: Clock) -> None:
    now = clock.now()
    is_ahead = until is None or now < until <= now + LONGEST_MUTE
    require_valid(None if is_ahead else Problem("until", "not_ahead", "Choose a time within the next year."))


def _my_row(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> ChatRow:
    found = tx.conversations.rows_of(actor.account_id, actor.user_id, [conversation_id])
    if not found:
        raise NotFound("conversation")
    return found[conversation_id]


def _listed(conversation: Conversation, actor: Actor) -> Member:
    side = my_side(conversation, actor)
    if side.position is None:
        raise Conflict("not_listed", "This chat isn't in your list.")
    return side


def _keep(tx: Transaction, conversation: Conversation, before: Member, side: Member) -> None:
    if side == before:
        return
    tx.conversations.save([conversation.with_side(side)])
    tx.announce(
        ChatMoved(
            account_id=conversation.account_id,
            user_id=side.user_id,
            conversation_id=conversation.id,
            own_rev=side.own_rev,
            is_pinned=bool(side.pinned),
            is_archived=side.is_archived,
        )
    )
