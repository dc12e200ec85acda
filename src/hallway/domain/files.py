"""Files of messages (rules §14): what one is, and how it goes from an upload to a part of a message."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from hallway.domain import text
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId

MOST_FILES = 10
"""Files of one message at most."""
MEGABYTE = 1_000_000
USUAL_LARGEST = 25 * MEGABYTE
"""Bytes of one file, where the account has not decided otherwise."""
LONGEST_NAME = 200
"""Characters that are kept of a name."""
NAMELESS = "file"


class FileKind(StrEnum):
    """What a file is, as its content tells."""

    PICTURE = "picture"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    OTHER = "other"


EVERY_KIND = frozenset(FileKind)


class FileState(StrEnum):
    """How far a file has come: only one that is ready can be sent. What is withheld or refused is given to nobody.

    A file that is gone waits for its content to be removed.
    """

    UPLOADING = "uploading"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"
    WITHHELD = "withheld"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as its message shows it, which never changes: so a message holds it, and needs nothing else to be shown.

    `placeholder` is a tiny picture as a data URL. `is_unscanned` says that the scanner for viruses was away.
    """

    id: FileId
    name: str
    media_type: str
    kind: FileKind
    size: int
    width: int | None = None
    height: int | None = None
    placeholder: str | None = None
    is_unscanned: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file's content, as an object of its own in the store of files."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An uploaded file, of `size` bytes as it was uploaded. Its content is its `parts`, one after the other; `renditions` are
    smaller pictures of it. A picture is drawn anew, and then has another number of bytes.

    `reason` says why it was refused or withheld. What is in no message ends at `expires_at`, which is None for one that is
    in a message: that with this conversation and seq.
    """

    account_id: AccountId
    id: FileId
    uploader_id: UserId
    name: str
    size: int
    created_at: datetime
    expires_at: datetime | None
    state: FileState = FileState.UPLOADING
    parts: tuple[Part, ...] = ()
    renditions: tuple[Part, ...] = ()
    media_type: str = ""
    kind: FileKind = FileKind.OTHER
    width: int | None = None
    height: int | None = None
    placeholder: str | None = None
    is_unscanned: bool = False
    reason: str | None = None
    conversation_id: ConversationId | None = None
    seq: int | None = None

    @property
    def received(self) -> int:
        """The number of bytes that were uploaded."""
        return self.content_size if self.state is FileState.UPLOADING else self.size

    @property
    def content_size(self) -> int:
        """The number of bytes that it has now."""
        return sum(one.size for one in self.parts)

    @property
    def is_attached(self) -> bool:
        """Whether it is part of a message."""
        return self.conversation_id is not None

    @property
    def attachment(self) -> Attachment:
        """The file as a message shows it."""
        return Attachment(
            id=self.id,
            name=self.name,
            media_type=self.media_type,
            kind=self.kind,
            size=self.content_size,
            width=self.width,
            height=self.height,
            placeholder=self.placeholder,
            is_unscanned=self.is_unscanned,
        )

    def grown(self, part: Part) -> "File":
        """Return it with the next piece; with the last one its content is checked."""
        parts = (*self.parts, part)
        is_whole = sum(one.size for one in parts) == self.size
        return replace(self, parts=parts, state=FileState.CHECKING if is_whole else self.state)

    def attached(self, conversation_id: ConversationId, seq: int) -> "File":
        """Return it as a part of a message."""
        return replace(self, conversation_id=conversation_id, seq=seq, expires_at=None)

    def gone(self, at: datetime) -> "File":
        """Return it as nobody gets it any more: its content is removed from then on."""
        return replace(self, state=FileState.GONE, conversation_id=None, seq=None, expires_at=at)


def clean_name(name: str) -> str:
    """Return a stranger's name for a file in one line, which leads to no folder and turns nothing around.

    One that is too long loses its middle, never its ending.
    """
    line = text.cleaned_line(name.replace("\\", "/")).rpartition("/")[2].strip(" .")
    if not text.is_visible(line):
        return NAMELESS
    if len(line) <= LONGEST_NAME:
        return line
    ending = line[-20:]
    return f"{line[: LONGEST_NAME - len(ending) - 1]}…{ending}"
