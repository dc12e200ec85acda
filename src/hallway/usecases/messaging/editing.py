"""Editing a message, and what it said before (rules §15)."""

from collections.abc import Sequence

from hallway.domain import permissions
from hallway.domain.ids import ConversationId
from hallway.domain.messages import Version
from hallway.domain.verdicts import require
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.changing import keep_change, my_message, require_there, title_of
from hallway.usecases.messaging.messages import check_body
from hallway.usecases.messaging.participants import facts_about
from hallway.usecases.messaging.preview_jobs import with_its_preview
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction


def edit(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int, body: str, clock: Clock
) -> Posted:
    """Give the actor's message another text. With the text that it has nothing happens, so that a retry is no second edit."""
    tx.hold_facts(actor.account_id)
    conversation, message = my_message(tx, actor, conversation_id, seq)
    require_there(message)
    if body or not message.files:
        check_body(body)
    title = title_of(tx, message)
    if message.sender_id == actor.user_id and message.body == body:
        return Posted(message, title)
    now, address = clock.now(), (conversation_id, seq)
    facts = facts_about(tx, actor, conversation.others(actor.user_id))
    before = tx.versions.count(actor.account_id, address)
    require(permissions.edit(facts.account, facts.people, conversation, message, before, now))
    tx.versions.add(actor.account_id, address, Version(before + 1, message.body, message.edited_at or message.sent_at))
    edited = message.edited(conversation.rev + 1, body, now)
    message = with_its_preview(tx, facts.account, message, edited, now)
    keep_change(tx, conversation, message, title)
    return Posted(message, title)


def versions(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> Sequence[Version]:
    """Return what a message that the actor sees said before, the first version first."""
    my_message(tx, actor, conversation_id, seq)
    return tx.versions.of(actor.account_id, (conversation_id, seq))
