"""Reacting to a message with an emoji (rules §15). It changes nobody's list, leaves nothing unread, and notifies nobody."""

from collections.abc import Sequence
from dataclasses import replace

from hallway.domain import permissions
from hallway.domain.conversations import Conversation
from hallway.domain.ids import ConversationId
from hallway.domain.messages import Message
from hallway.domain.reactions import emoji_of, is_complete_for, naming, with_reaction
from hallway.domain.verdicts import require
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.messaging.changing import keep_change, my_message, require_there, title_of
from hallway.usecases.messaging.participants import facts_about
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction


def react(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int, emoji: str, clock: Clock
) -> Posted:
    """React to a message that the actor sees. Where they have reacted with this emoji already, nothing happens."""
    tx.hold_facts(actor.account_id)
    conversation, message = my_message(tx, actor, conversation_id, seq)
    kind = _require_may_react(tx, actor, conversation, message, emoji)
    if tx.reactions.add(actor.account_id, (conversation_id, seq), actor.user_id, kind, clock.now()):
        message = _recount(tx, conversation, message, kind)
    return _answer(tx, actor, message)


def take_back(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int, emoji: str) -> Posted:
    """Take a reaction of the actor's back. Where there is none, nothing happens."""
    tx.hold_facts(actor.account_id)
    conversation, message = my_message(tx, actor, conversation_id, seq)
    kind = _require_may_react(tx, actor, conversation, message, emoji)
    if tx.reactions.remove(actor.account_id, (conversation_id, seq), actor.user_id, kind):
        message = _recount(tx, conversation, message, kind)
    return _answer(tx, actor, message)


def _require_may_react(tx: Transaction, actor: Actor, conversation: Conversation, message: Message, emoji: str) -> str:
    kind = emoji_of(emoji)
    if kind is None:
        raise Invalid(Problem("emoji", "not_an_emoji", "Choose a single emoji."))
    require_there(message)
    facts = facts_about(tx, actor, conversation.others(actor.user_id))
    require(permissions.react(facts.account, facts.people, conversation, message, kind))
    return kind


def _recount(tx: Transaction, conversation: Conversation, message: Message, emoji: str) -> Message:
    now = tx.reactions.summary(message.account_id, (message.conversation_id, message.seq), emoji)
    changed = message.reacted_to(conversation.rev + 1, with_reaction(message.reactions, now))
    keep_change(tx, conversation, changed, title_of(tx, changed))
    return changed


def _answer(tx: Transaction, actor: Actor, message: Message) -> Posted:
    (seen,) = with_mine(tx, actor, message.conversation_id, [message])
    return Posted(seen, title_of(tx, seen))


def with_mine(
    tx: Transaction, actor: Actor, conversation_id: ConversationId, messages: Sequence[Message]
) -> Sequence[Message]:
    """Return the messages of a conversation with the actor among those whom each reaction of theirs names.

    Only where so many reacted that not all are named, the store is asked.
    """
    me = actor.user_id
    partial = {one.seq for one in messages if not is_complete_for(one.reactions, me)}
    if not partial:
        return messages
    mine = tx.reactions.of(actor.account_id, conversation_id, me, partial)
    return [replace(one, reactions=naming(one.reactions, me, mine.get(one.seq, ()))) for one in messages]
