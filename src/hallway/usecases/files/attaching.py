"""Files become part of a message, in the transaction that stores it (rules §14)."""

from collections.abc import Iterable, Sequence

from hallway.domain import permissions
from hallway.domain.accounts import Account
from hallway.domain.files import MOST_FILES, Attachment, File, FileState
from hallway.domain.ids import AccountId, FileId, UserId
from hallway.domain.messages import Message
from hallway.domain.verdicts import require
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.transaction import Transaction


class Attaching:
    """The files that a batch of messages brings. Without any, nothing is asked of the store."""

    def __init__(self, tx: Transaction, account_id: AccountId, file_ids: Iterable[FileId]) -> None:
        """Load the files at once."""
        wanted = set(file_ids)
        self._tx = tx
        self._files = dict(tx.files.several(account_id, wanted)) if wanted else {}
        self._attached: list[File] = []

    def judge(self, account: Account, me: UserId, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Return what a message of mine shows of these files. Raises Invalid, Refused."""
        return tuple([self._judged(account, me, one).attachment for one in _required(file_ids)])

    def _judged(self, account: Account, me: UserId, file_id: FileId) -> File:
        """Return my file if it may be sent: what is not there, not mine or sent already is one answer."""
        file = self._files.get(file_id)
        if file is None or file.uploader_id != me or file.is_attached or file.state is FileState.GONE:
            raise Invalid(Problem("files", "file_not_found", "This file isn't there any more. Attach it again."))
        if file.state in {FileState.UPLOADING, FileState.CHECKING}:
            raise Invalid(Problem("files", "file_not_ready", "This file isn't ready to be sent yet."))
        if file.state is not FileState.READY:
            raise Invalid(Problem("files", "file_refused", "This file can't be sent."))
        require(permissions.attach(account, file))
        return file

    def attach(self, message: Message) -> None:
        """Make the files of a message its own."""
        for one in message.files:
            self._files[one.id] = self._files[one.id].attached(message.conversation_id, message.seq)
            self._attached.append(self._files[one.id])

    def store(self) -> None:
        """Write all that was attached."""
        if self._attached:
            self._tx.files.save(self._attached)


def _required(file_ids: Sequence[FileId]) -> Sequence[FileId]:
    if len(file_ids) > MOST_FILES:
        raise Invalid(Problem("files", "too_many", f"A message can have at most {MOST_FILES} files."))
    if len(set(file_ids)) < len(file_ids):
        raise Invalid(Problem("files", "file_not_found", "This file isn't there any more. Attach it again."))
    return file_ids
