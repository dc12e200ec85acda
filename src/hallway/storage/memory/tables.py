"""What the memory store holds: dictionaries of frozen values, keyed by the account first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from hallway.domain.accounts import Account
from hallway.domain.audit import Entry
from hallway.domain.conversations import Conversation
from hallway.domain.courses import Course, Training
from hallway.domain.drafts import Draft
from hallway.domain.files import File
from hallway.domain.ids import (
    AccountId,
    ConversationId,
    CourseId,
    DepartmentId,
    FileId,
    ScheduledId,
    SessionId,
    TrainingId,
    UserId,
)
from hallway.domain.messages import Message, Version
from hallway.domain.notifications import Policy
from hallway.domain.people import Department, User
from hallway.domain.scheduling import ScheduledMessage
from hallway.domain.text import name_key
from hallway.usecases.access.records import AccessNotice, Device, FormerEmail, LinkRequest, Session
from hallway.usecases.errors import Conflict
from hallway.usecases.imports.sheets import ImportJob, Slice
from hallway.usecases.jobs.ports import Job as BackgroundJob
from hallway.usecases.notifications.records import (
    Bounce,
    Browser,
    KeptMail,
    NotificationPreferences,
    NotificationState,
    ReplyAddress,
)
from hallway.usecases.people.bulk_ports import BulkAction, BulkPerson


@dataclass(frozen=True, slots=True)
class Mark:
    """That a member hid a message, or took it back, and their own revision when they did."""

    own_rev: int
    is_hidden: bool


@dataclass(slots=True, kw_only=True)
class Tables:
    """All tables. The values are never changed in place, so a copy of the dictionaries is a snapshot."""

    accounts: dict[AccountId, Account] = field(default_factory=dict[AccountId, Account])
    users: dict[tuple[AccountId, UserId], User] = field(default_factory=dict[tuple[AccountId, UserId], User])
    logins: dict[tuple[AccountId, str, str], UserId] = field(default_factory=dict[tuple[AccountId, str, str], UserId])
    passwords: dict[tuple[AccountId, UserId], str] = field(default_factory=dict[tuple[AccountId, UserId], str])
    photos: dict[tuple[AccountId, UserId], tuple[str, bytes]] = field(
        default_factory=dict[tuple[AccountId, UserId], tuple[str, bytes]]
    )
    managed: set[tuple[AccountId, UserId, DepartmentId]] = field(
        default_factory=set[tuple[AccountId, UserId, DepartmentId]]
    )
    departments: dict[tuple[AccountId, DepartmentId], Department] = field(
        default_factory=dict[tuple[AccountId, DepartmentId], Department]
    )
    courses: dict[tuple[AccountId, CourseId], Course] = field(default_factory=dict[tuple[AccountId, CourseId], Course])
    enrolments: set[tuple[AccountId, CourseId, UserId]] = field(default_factory=set[tuple[AccountId, CourseId, UserId]])
    experts: dict[tuple[AccountId, CourseId, UserId], datetime] = field(
        default_factory=dict[tuple[AccountId, CourseId, UserId], datetime]
    )
    trainings: dict[tuple[AccountId, TrainingId], Training] = field(
        default_factory=dict[tuple[AccountId, TrainingId], Training]
    )
    attendees: set[tuple[AccountId, TrainingId, UserId]] = field(
        default_factory=set[tuple[AccountId, TrainingId, UserId]]
    )
    conversations: dict[tuple[AccountId, ConversationId], Conversation] = field(
        default_factory=dict[tuple[AccountId, ConversationId], Conversation]
    )
    messages: dict[tuple[AccountId, ConversationId], Mapping[int, Message]] = field(
        default_factory=dict[tuple[AccountId, ConversationId], Mapping[int, Message]]
    )
    keys: dict[tuple[AccountId, UserId, str], Message] = field(
        default_factory=dict[tuple[AccountId, UserId, str], Message]
    )
    hidden: dict[tuple[AccountId, ConversationId, UserId], Mapping[int, Mark]] = field(
        default_factory=dict[tuple[AccountId, ConversationId, UserId], Mapping[int, Mark]]
    )
    versions: dict[tuple[AccountId, ConversationId, int], tuple[Version, ...]] = field(
        default_factory=dict[tuple[AccountId, ConversationId, int], tuple[Version, ...]]
    )
    reactions: dict[tuple[AccountId, ConversationId, int], Mapping[tuple[str, UserId], datetime]] = field(
        default_factory=dict[tuple[AccountId, ConversationId, int], Mapping[tuple[str, UserId], datetime]]
    )
    stars: dict[tuple[AccountId, UserId], Mapping[tuple[ConversationId, int], int]] = field(
        default_factory=dict[tuple[AccountId, UserId], Mapping[tuple[ConversationId, int], int]]
    )
    deleted_texts: dict[tuple[AccountId, ConversationId, int], str] = field(
        default_factory=dict[tuple[AccountId, ConversationId, int], str]
    )
    drafts: dict[tuple[AccountId, UserId, ConversationId], Draft] = field(
        default_factory=dict[tuple[AccountId, UserId, ConversationId], Draft]
    )
    draft_revisions: dict[tuple[AccountId, UserId], int] = field(default_factory=dict[tuple[AccountId, UserId], int])
    files: dict[tuple[AccountId, FileId], File] = field(default_factory=dict[tuple[AccountId, FileId], File])
    scheduled: dict[tuple[AccountId, ScheduledId], ScheduledMessage] = field(
        default_factory=dict[tuple[AccountId, ScheduledId], ScheduledMessage]
    )
    sessions: dict[tuple[AccountId, SessionId], Session] = field(
        default_factory=dict[tuple[AccountId, SessionId], Session]
    )

    devices: dict[tuple[AccountId, str], Device] = field(default_factory=dict[tuple[AccountId, str], Device])
    attempts: dict[tuple[AccountId, str], tuple[str, datetime]] = field(
        default_factory=dict[tuple[AccountId, str], tuple[str, datetime]]
    )
    import_jobs: dict[tuple[AccountId, str], ImportJob] = field(default_factory=dict[tuple[AccountId, str], ImportJob])
    import_slices: dict[tuple[AccountId, str, int], Slice] = field(
        default_factory=dict[tuple[AccountId, str, int], Slice]
    )
    bulk_actions: dict[tuple[AccountId, str], BulkAction] = field(
        default_factory=dict[tuple[AccountId, str], BulkAction]
    )
    bulk_people: dict[tuple[AccountId, str, int], BulkPerson] = field(
        default_factory=dict[tuple[AccountId, str, int], BulkPerson]
    )

    jobs: dict[tuple[AccountId, str, str], tuple[BackgroundJob, bytes | None]] = field(
        default_factory=dict[tuple[AccountId, str, str], tuple[BackgroundJob, bytes | None]]
    )

    notification_states: dict[tuple[AccountId, UserId, ConversationId, str], NotificationState] = field(
        default_factory=dict[tuple[AccountId, UserId, ConversationId, str], NotificationState]
    )
    policies: dict[AccountId, Policy] = field(default_factory=dict[AccountId, Policy])
    preferences: dict[tuple[AccountId, UserId], NotificationPreferences] = field(
        default_factory=dict[tuple[AccountId, UserId], NotificationPreferences]
    )
    muted: dict[tuple[AccountId, UserId, ConversationId], datetime] = field(
        default_factory=dict[tuple[AccountId, UserId, ConversationId], datetime]
    )
    secrets: dict[tuple[AccountId, str], str] = field(default_factory=dict[tuple[AccountId, str], str])
    browsers: dict[tuple[AccountId, str], Browser] = field(default_factory=dict[tuple[AccountId, str], Browser])
    reply_addresses: dict[tuple[AccountId, str], ReplyAddress] = field(
        default_factory=dict[tuple[AccountId, str], ReplyAddress]
    )
    originals: dict[tuple[AccountId, ConversationId, int], str] = field(
        default_factory=dict[tuple[AccountId, ConversationId, int], str]
    )
    kept_mails: dict[tuple[AccountId, str], KeptMail] = field(default_factory=dict[tuple[AccountId, str], KeptMail])
    return_paces: dict[tuple[AccountId, str], datetime] = field(default_factory=dict[tuple[AccountId, str], datetime])
    signed_in: dict[tuple[AccountId, UserId], datetime] = field(
        default_factory=dict[tuple[AccountId, UserId], datetime]
    )
    seen: dict[tuple[AccountId, UserId], datetime] = field(default_factory=dict[tuple[AccountId, UserId], datetime])
    access_notices: dict[tuple[AccountId, str], AccessNotice] = field(
        default_factory=dict[tuple[AccountId, str], AccessNotice]
    )
    link_requests: dict[tuple[AccountId, str], LinkRequest] = field(
        default_factory=dict[tuple[AccountId, str], LinkRequest]
    )
    former_emails: dict[tuple[AccountId, UserId], FormerEmail] = field(
        default_factory=dict[tuple[AccountId, UserId], FormerEmail]
    )
    bounces: dict[tuple[AccountId, UserId], Bounce] = field(default_factory=dict[tuple[AccountId, UserId], Bounce])

    audit: dict[AccountId, tuple[Entry, ...]] = field(default_factory=dict[AccountId, tuple[Entry, ...]])

    def see(self, account_id: AccountId, user_id: UserId, at: datetime) -> None:
        """Note when a user was seen; a later moment stays."""
        key = (account_id, user_id)
        if key in self.users:
            self.seen[key] = max(at, self.seen.get(key, at))

    def copy(self) -> "Tables":
        """Copy the content into dictionaries of its own."""
        return Tables(**{one.name: getattr(self, one.name).copy() for one in fields(self)})


def by_name(user: User) -> tuple[str, str]:
    """Return the key by which every list of people is sorted."""
    return name_key(user.name), user.id


def require(is_sound: bool) -> None:  # noqa: FBT001 - reads like an assertion
    """Raise Conflict, as a database does for a key that is taken or a reference to nothing."""
    if not is_sound:
        raise Conflict("clash", "This conflicts with another change. Reload and try again.")
