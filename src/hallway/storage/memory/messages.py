"""Messages and each member's hidden ones, in dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hallway.domain.conversations import Member
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.memory.tables import Mark, Tables, require
from hallway.usecases.messaging.records import MissedChanges, Since


class MemoryMessages:
    """`ports.Messages` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, messages: Sequence[Message]) -> None:
        """Store new messages."""
        for one in messages:
            require((one.account_id, one.conversation_id) in self._tables.conversations)
            require((one.account_id, one.sender_id, one.key) not in self._tables.keys)
            require(self.find(one.account_id, one.conversation_id, one.seq) is None)
            self._put(one)

    def save(self, changed: Message) -> None:
        """Change a message."""
        if self.find(changed.account_id, changed.conversation_id, changed.seq) is not None:
            self._put(changed)

    def _put(self, one: Message) -> None:
        key = (one.account_id, one.conversation_id)
        self._tables.messages[key] = {**self._tables.messages.get(key, {}), one.seq: one}
        self._tables.keys[one.account_id, one.sender_id, one.key] = one

    def by_keys(
        self, account_id: AccountId, keys: Collection[tuple[UserId, str]]
    ) -> Mapping[tuple[UserId, str], Message]:
        """Return messages by sender and key."""
        found = {key: self._tables.keys.get((account_id, *key)) for key in keys}
        return {key: one for key, one in found.items() if one is not None}

    def find(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Message | None:
        """Return the message at this address, or None."""
        return self._tables.messages.get((account_id, conversation_id), {}).get(seq)

    def several(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], Message]:
        """Return messages by their addresses."""
        found = {address: self.find(account_id, *address) for address in addresses}
        return {address: one for address, one in found.items() if one is not None}

    def page(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        after: int,
        before: int | None,
        limit: int,
        from_start: bool = False,
    ) -> Sequence[Message]:
        """Return the newest messages of a range, or the first ones, oldest first."""
        seen = self.seen(account_id, conversation_id, user_id, after=after)
        chosen = sorted((one for one in seen if before is None or one.seq < before), key=lambda one: one.seq)
        return chosen[:limit] if from_start else chosen[max(0, len(chosen) - limit) :]

    def seen(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, *, after: int
    ) -> Iterator[Message]:
        """Yield the messages behind `after` that the user has not hidden."""
        marks = self._marks(account_id, conversation_id, user_id)
        hidden = {seq for seq, mark in marks.items() if mark.is_hidden}
        messages = self._tables.messages.get((account_id, conversation_id), {}).values()
        return (one for one in messages if one.seq > after and one.seq not in hidden)

    def _marks(self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId) -> Mapping[int, Mark]:
        return self._tables.hidden.get((account_id, conversation_id, user_id), {})

    def changes(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        *,
        since: Since,
        after: int,
        limit: int,
    ) -> MissedChanges:
        """Return what changed after the given revisions, in the order of rev, by going through all of the chat."""
        marks = self._marks(account_id, conversation_id, user_id)
        newer = sorted((mark.own_rev, seq) for seq, mark in marks.items() if mark.own_rev > since.own_rev)[:limit]
        changed = {seq: marks[seq].is_hidden for _, seq in newer}
        seen = self.seen(account_id, conversation_id, user_id, after=after)
        news = [one for one in seen if one.rev > since.rev or one.seq in changed]
        return MissedChanges(sorted(news, key=lambda one: one.rev)[:limit], changed)

    def hidden_among(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> frozenset[int]:
        """Return those of `seqs` that the user hid."""
        marks = self._marks(account_id, conversation_id, user_id)
        return frozenset(seq for seq in seqs if seq in marks and marks[seq].is_hidden)

    def hidden_by(
        self, account_id: AccountId, conversation_id: ConversationId, seq: int, user_ids: Collection[UserId]
    ) -> frozenset[UserId]:
        """Return those of the users who hid a message."""
        return frozenset(one for one in user_ids if self.hidden_among(account_id, conversation_id, one, [seq]))

    def hide(
        self,
        account_id: AccountId,
        conversation_id: ConversationId,
        user_id: UserId,
        seq: int,
        *,
        is_hidden: bool,
        own_rev: int,
    ) -> None:
        """Keep that the user hid a message, or took that back."""
        require((account_id, conversation_id) in self._tables.conversations)
        marks = self._marks(account_id, conversation_id, user_id)
        self._tables.hidden[account_id, conversation_id, user_id] = {**marks, seq: Mark(own_rev, is_hidden)}

    def visible(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> tuple[int | None, int]:
        """Return the newest message that the member still sees, and how many are unread."""
        seen = list(self.seen(account_id, conversation_id, member.user_id, after=member.cleared_seq))
        others = (one for one in seen if _counts(one, member))
        return max((one.seq for one in seen), default=None), sum(1 for one in others if one.seq > member.seen_seq)

    def newest_of_others(self, account_id: AccountId, conversation_id: ConversationId, member: Member) -> int | None:
        """Return the newest of the others' messages that the member still sees."""
        seen = self.seen(account_id, conversation_id, member.user_id, after=member.cleared_seq)
        return max((one.seq for one in seen if _counts(one, member)), default=None)

    def keep_digest(self, account_id: AccountId, address: tuple[ConversationId, int], digest: str) -> None:
        """Keep the digest of a deleted message."""
        require((account_id, address[0]) in self._tables.conversations)
        self._tables.deleted_texts[account_id, *address] = digest

    def digests(
        self, account_id: AccountId, addresses: Collection[tuple[ConversationId, int]]
    ) -> Mapping[tuple[ConversationId, int], str]:
        """Return the digests that there are, by address."""
        kept = self._tables.deleted_texts
        return {one: kept[account_id, *one] for one in addresses if (account_id, *one) in kept}


def _counts(one: Message, member: Member) -> bool:
    """Return whether a message can be unread for this member: somebody else's, and still there."""
    return one.sender_id != member.user_id and not one.is_deleted
