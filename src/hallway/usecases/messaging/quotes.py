"""The messages that replies quote, as their reader sees them at this moment (rules §15).

A reply keeps only the number of what it quotes. So a quote never shows what its reader may not see, or does not see any more.
"""

from collections.abc import Iterable, Sequence

from hallway.domain import permissions
from hallway.domain.conversations import Conversation
from hallway.domain.messages import Message
from hallway.usecases.actors import Actor
from hallway.usecases.transaction import Transaction


def quoted(tx: Transaction, actor: Actor, conversation: Conversation, messages: Sequence[Message]) -> Sequence[Message]:
    """Return those messages that these quote, that are not among them, and that the actor sees, in order.

    Without any such quote, nothing is asked of the store.
    """
    wanted = sorted(seq for seq in _missing(messages) if permissions.see(conversation, actor.user_id, seq))
    if not wanted:
        return []
    hidden = tx.messages.hidden_among(actor.account_id, conversation.id, actor.user_id, wanted)
    addresses = [(conversation.id, seq) for seq in wanted if seq not in hidden]
    found = tx.messages.several(actor.account_id, addresses)
    return [found[address] for address in addresses if address in found]


def _missing(messages: Iterable[Message]) -> set[int]:
    here = {one.seq for one in messages}
    return {one.reply_to for one in messages if one.reply_to is not None} - here
