"""What the two of a chat do with it, each as one work that a test carries out when it likes."""

from collections.abc import Callable

from hallway.domain.ids import UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging import conversations, editing, messages, reacting, reading, starring
from hallway.usecases.transaction import Transaction
from tests.school import CountedIds, School, StoppedClock, actor, dialog

Work = Callable[[Transaction], object]


def delete_mine(who: UserId, other: UserId, seq: int) -> Work:
    """Delete message."""
    return lambda tx: messages.delete_mine(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def undo(who: UserId, other: UserId, seq: int) -> Work:
    """Undo of Delete message."""
    return lambda tx: messages.restore_mine(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def delete_for_everyone(who: UserId, other: UserId, seq: int, clock: StoppedClock) -> Work:
    """Delete for everyone."""
    chat = dialog(who, other)
    return lambda tx: messages.delete_for_everyone(
        tx, actor(who), conversation_id=chat, seq=seq, clock=clock, ids=CountedIds()
    )


def edit(who: UserId, other: UserId, seq: int, body: str, clock: StoppedClock) -> Work:
    """Edit a message."""
    chat = dialog(who, other)
    return lambda tx: editing.edit(tx, actor(who), conversation_id=chat, seq=seq, body=body, clock=clock)


def react(who: UserId, other: UserId, seq: int, emoji: str, clock: StoppedClock) -> Work:
    """React to a message."""
    chat = dialog(who, other)
    return lambda tx: reacting.react(tx, actor(who), conversation_id=chat, seq=seq, emoji=emoji, clock=clock)


def take_back(who: UserId, other: UserId, seq: int, emoji: str) -> Work:
    """Take a reaction back."""
    return lambda tx: reacting.take_back(tx, actor(who), conversation_id=dialog(who, other), seq=seq, emoji=emoji)


def star(who: UserId, other: UserId, seq: int) -> Work:
    """Star a message."""
    return lambda tx: starring.star(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def unstar(who: UserId, other: UserId, seq: int) -> Work:
    """Take the star back."""
    return lambda tx: starring.unstar(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def delete_chat(who: UserId, other: UserId) -> Work:
    """Delete chat."""
    return lambda tx: conversations.delete_chat(tx, actor(who), conversation_id=dialog(who, other))


def mark_read(who: UserId, other: UserId, seq: int) -> Work:
    """Read up to a message."""
    return lambda tx: reading.mark_read(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def mark_unread(who: UserId, other: UserId, seq: int | None = None) -> Work:
    """Mark unread from a message on."""
    return lambda tx: reading.mark_unread(tx, actor(who), conversation_id=dialog(who, other), seq=seq)


def preview(school: School, who: UserId, other: UserId) -> Message | None:
    """The message that the chat's row shows."""
    return school.opened(who, other).line.row.last_message


def preview_text(school: School, who: UserId, other: UserId) -> str | None:
    """Its text."""
    shown = preview(school, who, other)
    return None if shown is None else shown.body


def badge(school: School, who: UserId) -> int:
    """The number of unread chats beside Messages."""
    return school.read(lambda tx: conversations.chats(tx, actor(who), before=None, limit=1)).unread_chats
