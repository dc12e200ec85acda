"""Changing a message that is there: found as its reader sees it, and kept as a change that all others see who see it."""

from dataclasses import replace

from hallway.domain import permissions
from hallway.domain.conversations import Conversation
from hallway.domain.events import MessageChanged
from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.domain.messages import Message
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.messaging.participants import my_conversation, require_seen
from hallway.usecases.people.cards import titles
from hallway.usecases.transaction import Transaction


def my_message(
    tx: Transaction, actor: Actor, conversation_id: ConversationId, seq: int
) -> tuple[Conversation, Message]:
    """Find a message that the actor sees, and its conversation. Raises NotFound for every other (rules §10)."""
    conversation = my_conversation(tx, actor, conversation_id)
    require_seen(tx, conversation, actor.user_id, seq)
    message = tx.messages.find(actor.account_id, conversation_id, seq)
    if message is None:
        raise NotFound("message")
    return conversation, message


def require_there(message: Message) -> None:
    """Raise Conflict where a message was deleted for everyone: there is nothing left to change."""
    if message.is_deleted:
        raise Conflict("message_deleted", "This message was deleted for everyone.")


def title_of(tx: Transaction, message: Message) -> str | None:
    """Return the title of the course that a message asks about."""
    return titles(tx, message.account_id, [message.course_id]).get(message.course_id or CourseId(""))


def keep_change(tx: Transaction, conversation: Conversation, message: Message, title: str | None) -> None:
    """Store a message as it is now, as the newest change of its conversation, and announce it to those who see it.

    Its place in anybody's list, and what they have not read, stay as they are.
    """
    tx.messages.save(message)
    tx.conversations.save([replace(conversation, rev=message.rev)])
    readers = seen_by(tx, conversation, message.seq)
    tx.announce(MessageChanged(conversation.account_id, readers, message, title))


def seen_by(tx: Transaction, conversation: Conversation, seq: int) -> frozenset[UserId]:
    """Return the members who see a message."""
    hid = tx.messages.hidden_by(conversation.account_id, conversation.id, seq, conversation.members)
    return frozenset(one for one in conversation.members if one not in hid and permissions.see(conversation, one, seq))
