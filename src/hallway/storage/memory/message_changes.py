"""What messages said before they were edited, and who reacted to them, in dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Version
from hallway.domain.reactions import PEOPLE_KEPT, Reaction
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.messaging.change_ports import Address


class MemoryVersions:
    """`change_ports.Versions` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, account_id: AccountId, address: Address, version: Version) -> None:
        """Keep what a message said."""
        require((account_id, address[0]) in self._tables.conversations)
        before = self._tables.versions.get((account_id, *address), ())
        require(all(one.number != version.number for one in before))
        self._tables.versions[account_id, *address] = (*before, version)

    def count(self, account_id: AccountId, address: Address) -> int:
        """Count the versions that are kept."""
        return len(self.of(account_id, address))

    def of(self, account_id: AccountId, address: Address) -> Sequence[Version]:
        """Return the versions by their numbers."""
        return sorted(self._tables.versions.get((account_id, *address), ()), key=lambda one: one.number)

    def first_texts(self, account_id: AccountId, addresses: Collection[Address]) -> Mapping[Address, str]:
        """Return the first versions by address."""
        kept = {address: self.of(account_id, address) for address in addresses}
        return {address: versions[0].body for address, versions in kept.items() if versions}

    def remove(self, account_id: AccountId, address: Address) -> None:
        """Forget the versions of a message."""
        self._tables.versions.pop((account_id, *address), None)


class MemoryReactions:
    """`change_ports.Reactions` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def _kept(self, account_id: AccountId, address: Address) -> Mapping[tuple[str, UserId], datetime]:
        return self._tables.reactions.get((account_id, *address), {})

    def add(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str, at: datetime) -> bool:
        """Keep a reaction, unless it is there."""
        require((account_id, address[0]) in self._tables.conversations)
        kept = self._kept(account_id, address)
        self._tables.reactions[account_id, *address] = {(emoji, user_id): at, **kept}
        return (emoji, user_id) not in kept

    def remove(self, account_id: AccountId, address: Address, user_id: UserId, emoji: str) -> bool:
        """Forget a reaction, if it is there."""
        kept = self._kept(account_id, address)
        self._tables.reactions[account_id, *address] = {key: at for key, at in kept.items() if key != (emoji, user_id)}
        return (emoji, user_id) in kept

    def summary(self, account_id: AccountId, address: Address, emoji: str) -> Reaction:
        """Count those who reacted, and name the newest."""
        same = [(at, one) for (kind, one), at in self._kept(account_id, address).items() if kind == emoji]
        newest = sorted(sorted(same, key=lambda each: each[1]), key=lambda each: each[0], reverse=True)
        return Reaction(emoji, len(same), tuple(one for _, one in newest[:PEOPLE_KEPT]))

    def of(
        self, account_id: AccountId, conversation_id: ConversationId, user_id: UserId, seqs: Collection[int]
    ) -> Mapping[int, Collection[str]]:
        """Return a user's reactions by seq."""
        kept = {seq: self._kept(account_id, (conversation_id, seq)) for seq in seqs}
        return {seq: [emoji for emoji, one in found if one == user_id] for seq, found in kept.items()}

    def clear(self, account_id: AccountId, address: Address) -> None:
        """Forget the reactions to a message."""
        self._tables.reactions.pop((account_id, *address), None)
