"""Reading: opening a chat reads it, on all of the reader's devices (rules §6)."""

from dataclasses import replace

from hallway.domain.events import ConversationRead
from hallway.domain.ids import ConversationId
from hallway.usecases.actors import Actor
from hallway.usecases.dialogs import my_conversation, my_side
from hallway.usecases.messages import recounted, with_side
from hallway.usecases.ports import Transaction


def mark_read(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> None:
    """Keep that the actor has read up to `seq`; never backward, never past the last message."""
    conversation = my_conversation(tx, actor, conversation_id)
    side = my_side(conversation, actor)
    read_seq = min(seq, conversation.last_seq)
    if read_seq <= side.read_seq:
        return
    rev = conversation.rev + 1
    side = recounted(tx, conversation, replace(side, read_seq=read_seq, rev=rev))
    tx.conversations.save([with_side(replace(conversation, rev=rev), side)])
    members = frozenset(conversation.members)
    tx.announce(ConversationRead(actor.account_id, members, conversation_id, rev, actor.user_id, read_seq))
