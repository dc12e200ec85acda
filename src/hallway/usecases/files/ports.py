"""The ports to files: what is known of them, and the store of their content."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.files import File
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId


class Files(Protocol):
    """What is known of files, by account and id."""

    def add(self, file: File, /) -> None: ...
    def save(self, files: Sequence[File], /) -> None:
        """Change files that are there."""
        ...

    def several(self, account_id: AccountId, file_ids: Collection[FileId]) -> Mapping[FileId, File]:
        """Return files by their ids. A transaction that writes locks them, in the order of their ids."""
        ...

    def of_message(self, account_id: AccountId, conversation_id: ConversationId, seq: int) -> Sequence[File]:
        """Return the files of a message."""
        ...

    def used(self, account_id: AccountId) -> int:
        """Return how many bytes all files of an account have together, those included that are on their way."""
        ...

    def unsent(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the files of somebody that are in no message."""
        ...

    def expired(self, account_id: AccountId, now: datetime, limit: int) -> Sequence[File]:
        """Return files whose time is over: never sent, or removed with their message."""
        ...

    def remove(self, account_id: AccountId, file_ids: Collection[FileId]) -> None:
        """Forget files whose content has been removed."""
        ...


@dataclass(frozen=True, slots=True)
class Blob:
    """An object in the store of files: its whole name, its bytes, and when it was written."""

    name: str
    size: int
    written_at: datetime


class FilesUnavailable(Exception):  # noqa: N818 - says what is the matter
    """The store of files cannot be reached, or takes no more; nothing is lost, and it may be tried again."""


class Blobs(Protocol):
    """The store of files' content. Synchronous: called from threads. Every method raises FilesUnavailable."""

    def put(self, name: str, content: bytes) -> None:
        """Keep an object, durably."""
        ...

    def read(self, name: str, start: int, length: int) -> bytes:
        """Return a part of an object. Raises NotFound for one that is not there."""
        ...

    def remove(self, names: Sequence[str]) -> None:
        """Remove objects; those that are not there are no fault."""
        ...

    def list(self, prefix: str) -> Iterator[Blob]:
        """Yield the objects whose names begin with a folder's."""
        ...


def folder(account_id: AccountId, file_id: FileId | None = None) -> str:
    """Return the folder of an account's objects, or of one file's."""
    return account_id if file_id is None else f"{account_id}/{file_id}"
