"""Reading: opening a chat reads it, and what was read can be marked unread, on all of one's devices (rules §6, §12)."""

from dataclasses import replace

from hallway.domain.conversations import Conversation, Member
from hallway.domain.events import ConversationRead, UnreadMarked
from hallway.domain.ids import ConversationId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict
from hallway.usecases.messaging.participants import my_conversation, my_side, require_seen
from hallway.usecases.messaging.recounting import recounted
from hallway.usecases.transaction import Transaction


def mark_read(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Keep that the actor has read up to `seq`; never backward, never past the last message."""
    conversation = my_conversation(tx, actor, conversation_id)
    before = my_side(conversation, actor)
    side = before.having_read(min(seq, conversation.last_seq))
    if side.read_seq > before.read_seq:
        conversation = replace(conversation, rev=conversation.rev + 1)
        side = replace(side, rev=conversation.rev)
    _keep(tx, conversation, before, side)


def mark_unread(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int | None = None) -> None:
    """Mark unread what the actor had read from message `seq` on, without it the other person's newest one (rules §12).

    Raises NotFound for a message that the actor does not see, Conflict where the other person wrote none that they see.
    """
    conversation = my_conversation(tx, actor, conversation_id)
    side = my_side(conversation, actor)
    if seq is not None:
        require_seen(tx, conversation, side.user_id, seq)
    newest = tx.messages.newest_of_others(actor.account_id, conversation_id, side)
    if newest is None:
        raise Conflict("nothing_to_mark", "There is no message from the other person to mark as unread.")
    _keep(tx, conversation, side, side.marked_unread(newest if seq is None else min(seq, newest)))


def _keep(tx: Transaction, conversation: Conversation, before: Member, side: Member) -> None:
    """Store what changed. All members hear how far somebody read, nobody else what they marked unread for themselves."""
    if side == before:
        return
    side = recounted(tx, conversation, side)
    tx.conversations.save([conversation.with_side(side)])
    account_id, user_id = conversation.account_id, side.user_id
    if side.read_seq > before.read_seq:
        members, rev = frozenset(conversation.members), conversation.rev
        tx.announce(
            ConversationRead(
                account_id=account_id,
                members=members,
                conversation_id=conversation.id,
                rev=rev,
                user_id=user_id,
                read_seq=side.read_seq,
            )
        )
    if side.own_rev > before.own_rev:
        tx.announce(
            UnreadMarked(
                account_id=account_id,
                user_id=user_id,
                conversation_id=conversation.id,
                own_rev=side.own_rev,
                unread_from=side.unread_from,
            )
        )
