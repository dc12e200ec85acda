"""One client's copy of a chat: loaded once, then changed by what it missed and by nothing else."""

from dataclasses import dataclass

from hallway.domain.conversations import Standing
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.conversations import Missed, Opened
from hallway.usecases.transaction import Transaction
from tests.simulation.names import actor

PAGE = 6


@dataclass(slots=True)
class Replica:
    """What a client shows of one chat; `read` is how far each of the two has read, `unread` the number on the row."""

    whose: UserId
    chat: ConversationId
    messages: dict[int, Message]
    read: dict[UserId, int]
    unread_from: int | None
    rev: int
    own_rev: int
    unread: int
    standing: Standing

    @classmethod
    def loaded(cls, tx: Transaction, whose: UserId, chat: ConversationId) -> "Replica":
        """The chat opened anew, with every page of its history."""
        opened = conversations.open_chat(tx, actor(whose), conversation_id=chat)
        messages = {one.seq: one for one in opened.history.messages}
        is_older = opened.history.older
        while is_older:
            page = conversations.history(tx, actor(whose), conversation_id=chat, before=min(messages), limit=PAGE)
            messages |= {one.seq: one for one in page.messages}
            is_older = page.older
        return cls._of(whose, chat, messages, opened)

    @classmethod
    def _of(
        cls, whose: UserId, chat: ConversationId, messages: dict[int, Message], found: Opened | Missed
    ) -> "Replica":
        dialog = found.line.row.conversation
        return cls(
            whose,
            chat,
            messages,
            {side.user_id: side.read_seq for side in dialog.members.values()},
            dialog.members[whose].unread_from,
            dialog.rev,
            dialog.members[whose].own_rev,
            dialog.members[whose].unread,
            found.standing,
        )

    def caught_up(self, tx: Transaction) -> "Replica":
        """The copy after the client asked what it missed since the revisions that it has."""
        missed = conversations.missed(
            tx, actor(self.whose), conversation_id=self.chat, rev=self.rev, own_rev=self.own_rev
        )
        assert not missed.is_truncated
        messages = self.messages | {one.seq: one for one in missed.changes.messages}
        gone = {seq for seq, is_hidden in missed.changes.hidden.items() if is_hidden}
        kept = {seq: one for seq, one in messages.items() if seq not in gone and seq > missed.cleared_seq}
        return self._of(self.whose, self.chat, kept, missed)

    def counted_unread(self) -> int:
        """The unread messages among those of this copy."""
        return sum(
            1
            for one in self.messages.values()
            if one.sender_id != self.whose and self._is_unread(one.seq) and not one.is_deleted
        )

    def _is_unread(self, seq: int) -> bool:
        return seq > self.read[self.whose] or (self.unread_from is not None and seq >= self.unread_from)
