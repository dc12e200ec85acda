"""Dialogs as the simulation remembers them: what was said, and what each of the two did with it."""

from dataclasses import dataclass, field
from datetime import datetime

from hallway.domain.courses import Question
from hallway.domain.files import FileState
from hallway.domain.ids import ConversationId, CourseId, FileId, ScheduledId, UserId
from hallway.usecases.messaging.sending import Send


@dataclass(slots=True)
class Said:
    """One message as it is said now, with the files that it was sent with; `before` are its texts before it was edited, `reactions`
    who reacted with each emoji, the newest first; `is_deleted` for everyone.
    """

    seq: int
    sender: UserId
    key: str
    body: str
    at: datetime
    course_id: CourseId | None
    is_deleted: bool = False
    reply_to: int | None = None
    before: list[str] = field(default_factory=list[str])
    reactions: dict[str, list[UserId]] = field(default_factory=dict[str, list[UserId]])
    files: list["Uploaded"] = field(default_factory=list["Uploaded"])

    @property
    def first(self) -> str:
        """What was sent."""
        return [*self.before, self.body][0]

    @property
    def shown(self) -> str:
        """What is to be read of it now."""
        return "" if self.is_deleted else self.body

    @property
    def words(self) -> set[str]:
        """Every word by which it is found."""
        return set(" ".join([self.body, *(one.name.replace(".", " ") for one in self.files)]).lower().split())


@dataclass(slots=True)
class Uploaded:
    """A file as far as it has come, and the message that has it; where it has none, it ends at `ends_at`."""

    id: FileId
    uploader: UserId
    name: str
    state: FileState
    ends_at: datetime
    at: "tuple[Talk, Said] | None" = None

    def is_of(self, reader: UserId) -> bool:
        """Whether the reader gets it: before it is sent its uploader alone, then those who see its message."""
        if self.state is not FileState.READY:
            return False
        if self.at is None:
            return reader == self.uploader
        talk, one = self.at
        return reader in talk.sides and talk.sees(reader, one.seq)

    def end(self) -> None:
        """Nobody gets it any more."""
        self.state, self.at = FileState.GONE, None


@dataclass(slots=True)
class Side:
    """What one of the two did: how far they read and emptied it, from where on they marked unread what they had read,
    what they hid and starred, when it last came to the top; whether it is pinned there or in the archive, and until when it is muted.
    """

    read: int = 0
    marked: int | None = None
    cleared: int = 0
    hidden: set[int] = field(default_factory=set[int])
    stars: set[int] = field(default_factory=set[int])
    top: int | None = None
    is_pinned: bool = False
    is_archived: bool = False
    muted_until: datetime | None = None

    def rise(self, top: int, now: datetime) -> None:
        """A message came: out of the archive, unless it is muted at that moment."""
        is_muted = self.muted_until is not None and now < self.muted_until
        self.top, self.is_archived = top, self.is_archived and is_muted

    def empty(self, last_seq: int) -> None:
        """The chat is deleted for this person: it is in no order any more; a mute outlives that."""
        self.cleared, self.top, self.marked = last_seq, None, None
        self.is_pinned = self.is_archived = False


@dataclass(slots=True)
class Talk:
    """The dialog of two people."""

    id: ConversationId
    sides: dict[UserId, Side]
    said: list[Said] = field(default_factory=list[Said])
    question: Question | None = None

    @property
    def last_seq(self) -> int:
        """How many messages there are."""
        return len(self.said)

    def partner_of(self, one: UserId) -> UserId:
        """The other one of the two."""
        (partner,) = self.sides.keys() - {one}
        return partner

    def reaches(self, reader: UserId, seq: int) -> bool:
        """Whether the message is one that the reader still has, hidden or not."""
        return self.sides[reader].cleared < seq <= self.last_seq

    def seen_by(self, reader: UserId) -> list[Said]:
        """What the reader sees, oldest first."""
        side = self.sides[reader]
        return [one for one in self.said if one.seq > side.cleared and one.seq not in side.hidden]

    def starred_by(self, reader: UserId) -> list[int]:
        """The seqs that the reader starred, of what they see and what still says something."""
        stars = self.sides[reader].stars
        return [one.seq for one in self.seen_by(reader) if one.seq in stars and not one.is_deleted]

    def sees(self, reader: UserId, seq: int) -> bool:
        """Whether the reader sees the message."""
        return self.reaches(reader, seq) and seq not in self.sides[reader].hidden

    def readers(self, seq: int) -> frozenset[UserId]:
        """Those of the two who see the message."""
        return frozenset(one for one in self.sides if self.sees(one, seq))

    def unread_by(self, reader: UserId) -> int:
        """The number on the reader's row."""
        side = self.sides[reader]
        return sum(1 for seq in self.others_seen_by(reader) if seq > side.read or seq >= (side.marked or seq + 1))

    def others_seen_by(self, reader: UserId) -> list[int]:
        """The seqs of the other's messages that the reader sees and that still say something."""
        return [one.seq for one in self.seen_by(reader) if one.sender != reader and not one.is_deleted]


@dataclass(slots=True)
class Planned:
    """A scheduled message; `reason` is why it was refused at its time."""

    id: ScheduledId
    command: Send
    due_at: datetime
    created_at: datetime
    revision: int = 1
    reason: str | None = None

    @property
    def sender(self) -> UserId:
        """Whose it is."""
        return self.command.actor.user_id

    @property
    def shown(self) -> tuple[object, ...]:
        """What its sender sees of it."""
        return self.id, self.command.body, self.due_at, self.revision, self.reason, tuple(self.command.files)
