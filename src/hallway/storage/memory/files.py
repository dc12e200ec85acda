"""What is known of files, in dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from hallway.domain.files import File, FileState
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId
from hallway.storage.memory.tables import Tables, require


class MemoryFiles:
    """`ports.Files` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, new: File) -> None:
        """Store a file."""
        require((new.account_id, new.uploader_id) in self._tables.users)
        require((new.account_id, new.id) not in self._tables.files)
        self._tables.files[new.account_id, new.id] = new

    def save(self, files: Sequence[File]) -> None:
        """Replace files that are there."""
        for one in files:
            if (one.account_id, one.id) in self._tables.files:
                self._tables.files[one.account_id, one.id] = one

    def several(self, account_id: AccountId, file_ids: Collection[FileId]) -> Mapping[FileId, File]:
        """Return files by their ids."""
        found = {one: self._tables.files.get((account_id, one)) for one in file_ids}
        return {key: one for key, one in found.items() if one is not None}

    def of_message(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Sequence[File]:
        """Return the files of a message by going through all."""
        at = (conversation_id, seq)
        found = [one for one in self._of(account_id) if (one.conversation_id, one.seq) == at]
        return sorted(found, key=lambda one: one.id)

    def used(self, account_id: AccountId) -> int:
        """Add all sizes up."""
        return sum(one.size for one in self._of(account_id))

    def unsent(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the files of a person that end."""
        mine = (one for one in self._of(account_id) if one.uploader_id == user_id and one.expires_at is not None)
        return sum(1 for one in mine if one.state is not FileState.GONE)

    def expired(self, account_id: AccountId, now: datetime, limit: int) -> Sequence[File]:
        """Return the files that ended first."""
        ended = [(one.expires_at, one) for one in self._of(account_id) if one.expires_at is not None]
        due = sorted((each for each in ended if each[0] <= now), key=lambda each: each[0])
        return [one for _, one in due][:limit]

    def remove(self, account_id: AccountId, file_ids: Collection[FileId]) -> None:
        """Delete files that are gone."""
        for one in file_ids:
            found = self._tables.files.get((account_id, one))
            if found is not None and found.state is FileState.GONE:
                del self._tables.files[account_id, one]

    def _of(self, account_id: AccountId) -> Iterator[File]:
        return (one for one in self._tables.files.values() if one.account_id == account_id)
