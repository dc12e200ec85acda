"""Starring messages, to find them again; nobody else learns of it (rules §16)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hallway.domain.conversations import MOST_STARRED, Conversation
from hallway.domain.events import MessageStarred
from hallway.domain.excerpts import excerpt
from hallway.domain.ids import ConversationId, CourseId
from hallway.domain.messages import Message
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict
from hallway.usecases.messaging.changing import my_message, require_there
from hallway.usecases.messaging.participants import my_conversation, my_side
from hallway.usecases.messaging.reacting import with_mine
from hallway.usecases.messaging.records import ChatRow
from hallway.usecases.messaging.star_ports import Starred, StarSpot
from hallway.usecases.people.cards import titles
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class StarredMessage:
    """A starred message with the row of its chat, the title of its course, and its text on one line."""

    message: Message
    row: ChatRow
    course_title: str | None
    excerpt: str


@dataclass(frozen=True, slots=True)
class StarredMessages:
    """A page of starred messages, the newest star first; `next` is the spot to go on behind, None at the end."""

    found: Sequence[StarredMessage]
    next: StarSpot | None


def star(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Star a message that the actor sees. With a star already, nothing happens.

    Raises NotFound, and Conflict for one that was deleted for everyone, and for one more than may be starred.
    """
    conversation, message = my_message(tx, actor, conversation_id, seq)
    require_there(message)
    if not tx.stars.add(actor.account_id, actor.user_id, (conversation_id, seq)):
        return
    if tx.stars.count(actor.account_id, actor.user_id) > MOST_STARRED:
        raise Conflict("too_many_starred", f"You can star up to {MOST_STARRED:,} messages. Remove another star first.")
    _keep(tx, actor, conversation, seq, is_starred=True)


def unstar(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Take the actor's star of a message back. Without one, nothing happens. Raises NotFound."""
    conversation, _ = my_message(tx, actor, conversation_id, seq)
    if tx.stars.remove(actor.account_id, actor.user_id, (conversation_id, seq)):
        _keep(tx, actor, conversation, seq, is_starred=False)


def _keep(tx: Transaction, actor: Actor, conversation: Conversation, seq: int, *, is_starred: bool) -> None:
    before = my_side(conversation, actor)
    side = replace(before, own_rev=before.own_rev + 1)
    tx.conversations.save([conversation.with_side(side)])
    tx.announce(
        MessageStarred(
            account_id=actor.account_id,
            user_id=actor.user_id,
            conversation_id=conversation.id,
            own_rev=side.own_rev,
            seq=seq,
            is_starred=is_starred,
        )
    )


def starred(
    tx: Transaction, actor: Actor, *, within: ConversationId | None, behind: StarSpot | None, limit: int
) -> StarredMessages:
    """Return a page of the messages that the actor starred and sees now. Raises NotFound for a chat that is not the actor's."""
    if within is not None:
        my_conversation(tx, actor, within)
    found = tx.stars.page(actor.account_id, actor.user_id, within=within, behind=behind, limit=limit + 1)
    shown = found[:limit]
    return StarredMessages(_with_chats(tx, actor, shown), shown[-1].spot if len(found) > limit else None)


def _with_chats(tx: Transaction, actor: Actor, found: Sequence[Starred]) -> list[StarredMessage]:
    rows = tx.conversations.rows_of(actor.account_id, actor.user_id, {one.message.conversation_id for one in found})
    named = titles(tx, actor.account_id, (one.message.course_id for one in found))
    return [
        StarredMessage(
            message=_as_mine(tx, actor, one.message),
            row=rows[one.message.conversation_id],
            course_title=named.get(one.message.course_id or CourseId("")),
            excerpt=excerpt(one.message.body, ()).text,
        )
        for one in found
    ]


def _as_mine(tx: Transaction, actor: Actor, message: Message) -> Message:
    """Name the actor among those whom each reaction of theirs names."""
    return with_mine(tx, actor, message.conversation_id, [message])[0]
