"""The audit log: who changed what, from where. Ids and facts, never what people write, and never a secret.

Every entry carries a hash over the entry before it and its own content, so that none can be changed, taken out or put in
between without a trace. The hash of the newest entry, the head, is exported: it holds all entries before it.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, cast

from hallway.domain.ids import AccountId, SessionId, UserId

BEGINNING = "0" * 64
"""What the first entry of an account has for the hash before it."""
LONGEST_TEXT = 120
"""Letters of a text among the facts: the name of a course, of a file."""
LONGEST_LIST = 20
"""Ids of a list among the facts; of a longer one its length is kept, too."""
LONGEST_ADDRESS = 64


class Action(StrEnum):
    """All that is recorded. What stands before the dot is the group that the page filters by."""

    ACCOUNT_SET_UP = "account.set_up"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_SAVED = "account.saved"
    ACCOUNT_RESTORED = "account.restored"
    ACCOUNT_MOVED = "account.moved"
    NOTIFICATIONS_CHANGED = "account.notifications_changed"

    SIGNED_IN = "entry.signed_in"
    SIGN_IN_FAILED = "entry.failed"
    SIGNED_OUT = "entry.signed_out"
    SESSION_ENDED = "entry.session_ended"
    LINK_MADE = "entry.link_made"
    LINK_ASKED = "entry.link_asked"
    INVITED = "entry.invited"
    PASSWORD_FORGOTTEN = "entry.password_forgotten"  # noqa: S105 - an action, no password
    LINK_CONFIRMED = "entry.link_confirmed"
    LINK_DECLINED = "entry.link_declined"
    LINK_SPENT = "entry.link_spent"
    PASSWORD_CHANGED = "entry.password_changed"  # noqa: S105 - an action, no password
    TOKEN_MADE = "entry.token_made"  # noqa: S105 - as above
    TOKEN_REVOKED = "entry.token_revoked"  # noqa: S105 - as above

    USER_ADDED = "user.added"
    USER_CHANGED = "user.changed"
    ROLE_CHANGED = "user.role_changed"
    RIGHTS_CHANGED = "user.rights_changed"
    USER_DEACTIVATED = "user.deactivated"
    USER_ACTIVATED = "user.activated"
    USER_REMOVED = "user.removed"
    PHOTO_CHANGED = "user.photo_changed"

    DEPARTMENT_ADDED = "department.added"
    DEPARTMENT_CHANGED = "department.changed"
    DEPARTMENT_REMOVED = "department.removed"

    COURSE_ADDED = "course.added"
    COURSE_CHANGED = "course.changed"
    COURSE_REMOVED = "course.removed"
    ENROLLED = "course.enrolled"
    WITHDRAWN = "course.withdrawn"
    EXPERT_ASSIGNED = "course.expert_assigned"
    EXPERT_UNASSIGNED = "course.expert_unassigned"

    TRAINING_ADDED = "training.added"
    TRAINING_CHANGED = "training.changed"
    TRAINING_REMOVED = "training.removed"
    ATTENDED = "training.attended"
    LEFT = "training.left"

    IMPORT_UPLOADED = "import.uploaded"
    IMPORT_APPLIED = "import.applied"
    IMPORT_FAILED = "import.failed"
    AUDIT_EXPORTED = "export.audit"
    USERS_EXPORTED = "export.users"

    MAIL_VIEWED = "mail.viewed"
    MAIL_DROPPED = "mail.dropped"
    JOB_RETRIED = "job.retried"
    JOB_DISCARDED = "job.discarded"

    @property
    def group(self) -> str:
        """Return the group that the page filters by."""
        return self.value.partition(".")[0]

    @property
    def sentence(self) -> str:
        """Return the id of the sentence that says it, in every language."""
        return "audit-" + self.value.replace(".", "-").replace("_", "-")


GROUPS = tuple(dict.fromkeys(one.group for one in Action))


class Via(StrEnum):
    """Through what somebody acts."""

    WEB = "web"
    TOKEN = "token"  # noqa: S105 - a program with somebody's personal access token
    MAIL = "mail"
    COMMAND = "command"
    """The operator, on the server itself."""
    STRANGER = "stranger"
    """Nobody who is signed in."""
    SYSTEM = "system"
    """Hallway itself."""


@dataclass(frozen=True, slots=True)
class Target:
    """The thing that was acted on. `name` is for things that may be gone later; people are named by their ids alone."""

    kind: str
    id: str = ""
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An action to record, before the store numbers it. `person_id` is whom it concerns: it is part of their own history.

    `facts` are JSON text: what it was before and what it is after. `action` is an `Action` and `via` a `Via`, unless a newer
    Hallway wrote the entry, or somebody changed it: what cannot be understood is still shown and verified.
    """

    account_id: AccountId
    action: str
    via: str
    user_id: UserId | None
    session_id: SessionId | None
    address: str
    target: Target
    person_id: UserId | None
    facts: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an account's log; `seq` counts 1, 2, 3 … without a gap."""

    seq: int
    at: datetime
    draft: Draft
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of an account: whoever knows it can tell whether anything up to it was changed since."""

    account_id: AccountId
    seq: int
    hash: str


def chained(previous: str, seq: int, at: datetime, draft: Draft) -> Entry:
    """Return the entry that follows the one whose hash is `previous`."""
    return Entry(seq, at, draft, hash_of(previous, seq, at, draft))


def values(seq: int, at: datetime, draft: Draft) -> tuple[str | int | None, ...]:
    """Return what an entry says, in the order in which it is hashed."""
    return (
        draft.account_id,
        seq,
        at.isoformat(timespec="microseconds"),
        str(draft.action),
        str(draft.via),
        draft.user_id,
        draft.session_id,
        draft.address,
        draft.target.kind,
        draft.target.id,
        draft.person_id,
        draft.facts,
    )


def hash_of(previous: str, seq: int, at: datetime, draft: Draft) -> str:
    """Compute SHA-256 over the hash before it, and the entry as JSON: a list, in the order of `values`, without spaces."""
    content = [previous, *values(seq, at, draft)]
    return sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def written(name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Encode facts as they are kept, whatever they are made of: short, with at most a few of many."""
    parts = {"before": before, "after": after}
    kept: dict[str, Any] = {part: _shortened(facts) for part, facts in parts.items() if facts}
    if name:
        kept["name"] = cleaned(name, LONGEST_TEXT)
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _shortened(facts: Mapping[str, Any]) -> dict[str, Any]:
    short: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, frozenset | tuple | list):
            items = sorted(cleaned(str(one), LONGEST_TEXT) for one in cast("Collection[object]", value))
            short[name] = items[:LONGEST_LIST]
            if len(items) > LONGEST_LIST:
                short[f"{name}_total"] = len(items)
        elif isinstance(value, timedelta):
            short[name] = value // timedelta(seconds=1)
        elif value is None or isinstance(value, bool | int):
            short[name] = value
        else:
            short[name] = cleaned(str(value), LONGEST_TEXT)
    return short


def cleaned(text: str, longest: int) -> str:
    """Limit a text to a number of letters, without control characters and halves of letters, which no database takes."""
    plain = "".join(one if one.isprintable() else " " for one in text[: longest + 1])
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def differing(before: object, after: object, names: Iterable[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values before and after of those fields that changed."""
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    return ({one: getattr(before, one) for one in changed}, {one: getattr(after, one) for one in changed})


@dataclass(frozen=True, slots=True)
class Exported:
    """A head, as it was written down somewhere else at some time."""

    head: Head
    at: datetime


@dataclass(frozen=True, slots=True)
class Break:
    """The place where a log is not what it was, and why."""

    seq: int
    reason: str


def first_break(entries: Iterable[Entry], exported: Sequence[Exported] = ()) -> Break | None:
    """Find the first entry of an account that is not what was recorded. `exported` are heads that were kept elsewhere.

    An account that was restored from a backup goes on behind what the backup had, and says so in its log: what had been
    exported before that from behind it is not expected any more.
    """
    heads = {one.head.seq: one for one in exported}
    previous, last = BEGINNING, 0
    for entry in entries:
        if entry.seq != last + 1:
            return Break(last + 1, f"Entry {last + 1} is missing.")
        if entry.hash != hash_of(previous, entry.seq, entry.at, entry.draft):
            return Break(entry.seq, f"Entry {entry.seq} was changed after it was recorded, or the one before it was.")
        if entry.draft.action == Action.ACCOUNT_RESTORED:
            heads = {seq: one for seq, one in heads.items() if seq < entry.seq or one.at >= entry.at}
        if entry.seq in heads and heads[entry.seq].head.hash != entry.hash:
            return Break(entry.seq, f"Entry {entry.seq} was changed after its hash was exported.")
        previous, last = entry.hash, entry.seq
    beyond = max(heads, default=0)
    if beyond > last:
        return Break(last + 1, f"Entry {last + 1} is missing: there were {beyond} when the head was exported.")
    return None
