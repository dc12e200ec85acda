"""Sending and deleting messages (rules §4, §6, §7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hallway.domain import permissions, text
from hallway.domain.conversations import Conversation
from hallway.domain.events import MessageChanged, MessageHidden
from hallway.domain.ids import ConversationId, CourseId
from hallway.domain.messages import MAX_BODY, Message
from hallway.domain.verdicts import Refused, require
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.files.uploads import release
from hallway.usecases.messaging.participants import my_account, my_conversation, my_side
from hallway.usecases.messaging.recounting import recounted
from hallway.usecases.messaging.sending import Batch, Posted, Send
from hallway.usecases.messaging.sent_texts import keep_digest
from hallway.usecases.people.cards import titles
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


def send_all(tx: Transaction, commands: Sequence[Send], *, clock: Clock) -> list[Posted | Exception]:
    """Carry out many sends at once; each is answered with what was stored, or why it was refused.

    A refused one changes nothing and harms no neighbour. The facts of all are loaded in a fixed number of statements.
    """
    answers: dict[int, Posted | Exception] = {}
    for account_id in sorted({command.actor.account_id for command in commands}):
        mine = [number for number, command in enumerate(commands) if command.actor.account_id == account_id]
        batch = Batch(tx, account_id, [commands[number] for number in mine], clock.now())
        answers |= {number: _attempt(batch, commands[number]) for number in mine}
        batch.store()
    return [answers[number] for number in range(len(commands))]


def _attempt(batch: Batch, command: Send) -> Posted | Exception:
    try:
        if command.body or not command.files:
            check_body(command.body)
        return batch.post(command)
    except (Refused, Invalid, NotFound, Conflict) as refusal:
        return refusal


def check_body(body: str) -> None:
    """Raise Invalid unless the text can be a message."""
    if not text.is_visible(body) and not text.has_controls(body):
        raise Invalid(Problem("body", "empty", "Write something first."))
    if len(body) > MAX_BODY:
        raise Invalid(
            Problem("body", "too_long", f"A message can have at most {MAX_BODY} characters; this one has {len(body)}.")
        )
    if text.has_controls(body):
        raise Invalid(Problem("body", "unprintable", "The message contains characters that can't be displayed."))


def delete_mine(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Delete message: my own copy, at once (rules §7)."""
    _hide(tx, actor, conversation_id, seq, is_hidden=True)


def restore_mine(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Undo the deletion of the actor's own copy."""
    _hide(tx, actor, conversation_id, seq, is_hidden=False)


def _hide(tx: Transaction, actor: Actor, conversation_id: ConversationId, seq: int, *, is_hidden: bool) -> None:
    conversation = my_conversation(tx, actor, conversation_id)
    if not permissions.see(conversation, actor.user_id, seq):
        raise NotFound("message")
    hidden = tx.messages.hidden_among(actor.account_id, conversation_id, actor.user_id, [seq])
    if (seq in hidden) is is_hidden:
        return
    own_rev = my_side(conversation, actor).own_rev + 1
    tx.messages.hide(actor.account_id, conversation_id, actor.user_id, seq, is_hidden=is_hidden, own_rev=own_rev)
    side = replace(recounted(tx, conversation, my_side(conversation, actor)), own_rev=own_rev)
    tx.conversations.save([conversation.with_side(side)])
    tx.announce(
        MessageHidden(
            account_id=actor.account_id,
            user_id=actor.user_id,
            conversation_id=conversation_id,
            own_rev=own_rev,
            seq=seq,
            is_hidden=is_hidden,
        )
    )


def delete_for_everyone(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int, clock: Clock, ids: Ids
) -> Posted:
    """Delete for everyone: the text goes on both sides, a line stays in its place (rules §7)."""
    conversation = my_conversation(tx, actor, conversation_id)
    message = tx.messages.find(actor.account_id, conversation_id, seq)
    if message is None or not permissions.see(conversation, actor.user_id, seq):
        raise NotFound("message")
    title = titles(tx, actor.account_id, [message.course_id]).get(message.course_id or CourseId(""))
    if not message.is_deleted:
        require(permissions.delete_for_everyone(my_account(tx, actor), message, actor.user_id, clock.now()))
        keep_digest(tx, message, ids)
        release(tx, message, clock=clock)
        _forget(tx, message)
        message = _delete(tx, conversation, message, clock.now(), title)
    return Posted(message, title)


def _forget(tx: Transaction, message: Message) -> None:
    """Remove what a message said before, and who reacted to it or starred it: its text goes everywhere (rules §15)."""
    address = message.conversation_id, message.seq
    if message.edited_at is not None:
        tx.versions.remove(message.account_id, address)
    if message.reactions:
        tx.reactions.clear(message.account_id, address)
    tx.stars.forget_message(message.account_id, address)


def _delete(tx: Transaction, conversation: Conversation, message: Message, now: datetime, title: str | None) -> Message:
    conversation = replace(conversation, rev=conversation.rev + 1)
    message = message.deleted_for_everyone(conversation.rev, now)
    tx.messages.save(message)
    for side in conversation.members.values():
        conversation = conversation.with_side(recounted(tx, conversation, side))
    tx.conversations.save([conversation])
    tx.announce(MessageChanged(conversation.account_id, frozenset(conversation.members), message, title))
    return message
