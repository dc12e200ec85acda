"""The tables. Every key starts with the account, so that no query crosses accounts and an account can be moved.

Ids are texts made by the application (native uuid on PostgreSQL); moments are microseconds since 1970 in UTC.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hallway.storage.account_tables import account
from hallway.storage.columns import id_type as _id
from hallway.storage.columns import metadata
from hallway.storage.columns import ordered_text as _ordered_text
from hallway.storage.columns import within as _within

department = Table(
    "department",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("name", Text, nullable=False),
    Column("parent_id", _id()),
    Column("supervisor_id", _id()),
    Column("folded_name", _ordered_text()),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)

user = Table(
    "user",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded_name", _ordered_text(), nullable=False),
    Column("email", Text, nullable=False),
    Column("folded_email", Text),
    Column("login", Text, nullable=False),
    Column("folded_login", Text),
    Column("role", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("department_id", _id()),
    Column("supervisor_id", _id()),
    Column("locale", String(16), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("photo", String(64)),
    Column("signed_in_at", BigInteger),
    Column("seen_at", BigInteger),
    Column("search_key", Text),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
    ForeignKeyConstraint(["account_id", "department_id"], ["department.account_id", "department.id"]),
    UniqueConstraint("account_id", "folded_login"),
    UniqueConstraint("account_id", "folded_email"),
    Index(None, "account_id", "folded_name", "id"),
    Index(None, "account_id", "department_id"),
    Index(None, "account_id", "role"),
    Index(None, "account_id", "supervisor_id"),
)


def _of_each_user(name: str, *columns: Column[Any]) -> Table:
    """Make a table of something that each person has once."""
    return Table(
        name,
        metadata,
        Column("account_id", _id(), nullable=False),
        Column("user_id", _id(), nullable=False),
        *columns,
        PrimaryKeyConstraint("account_id", "user_id"),
        _within("user", "user_id"),
    )


password = _of_each_user("password", Column("hashed", Text, nullable=False))

photo = _of_each_user(
    "photo", Column("media_type", String(32), nullable=False), Column("content", LargeBinary, nullable=False)
)

managed_department = Table(
    "managed_department",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("department_id", _id(), nullable=False),
    PrimaryKeyConstraint("account_id", "user_id", "department_id"),
    _within("user", "user_id"),
    _within("department", "department_id"),
    Index(None, "account_id", "department_id"),
)

course = Table(
    "course",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("lessons", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)


def _people_of(name: str, thing: str, *more: Column[Any]) -> Table:
    """Make a table of the people who take part in a course or a training, findable from both sides."""
    return Table(
        name,
        metadata,
        Column("account_id", _id(), nullable=False),
        Column(f"{thing}_id", _id(), nullable=False),
        Column("user_id", _id(), nullable=False),
        *more,
        PrimaryKeyConstraint("account_id", f"{thing}_id", "user_id"),
        _within(thing, f"{thing}_id"),
        _within("user", "user_id"),
        Index(None, "account_id", "user_id", f"{thing}_id"),
    )


enrolment = _people_of("enrolment", "course")
expert = _people_of("expert", "course", Column("assigned_at", BigInteger))  # NULL: before this was kept

training = Table(
    "training",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("title", Text, nullable=False),
    Column("organizer_id", _id(), nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    _within("user", "organizer_id"),
    Index(None, "account_id", "organizer_id"),
)

attendee = _people_of("attendee", "training")

conversation = Table(
    "conversation",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("question_course_id", _id()),
    Column("question_expert_id", _id()),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)

member = Table(
    "member",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("own_rev", BigInteger, nullable=False),
    Column("read_seq", BigInteger, nullable=False),
    Column("cleared_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger),
    Column("unread", Integer, nullable=False),
    Column("place", BigInteger),
    Column("untold", Boolean),
    Column("unread_from", BigInteger),
    Column("pinned", Boolean),
    Column("archived", BigInteger),
    Column("archived_until", BigInteger),
    PrimaryKeyConstraint("account_id", "conversation_id", "user_id"),
    _within("conversation", "conversation_id"),
    _within("user", "user_id"),
)
Index("ix_member_place", member.c.account_id, member.c.user_id, member.c.place)
Index(
    "ix_member_unread",
    member.c.account_id,
    member.c.user_id,
    member.c.unread,  # so that they are counted without looking at each row
    sqlite_where=member.c.unread > 0,
    postgresql_where=member.c.unread > 0,
)
Index(
    "ix_member_pinned",
    member.c.account_id,
    member.c.user_id,
    member.c.pinned,
    sqlite_where=member.c.pinned.is_not(None),
    postgresql_where=member.c.pinned.is_not(None),
)
Index(
    "ix_member_archived",
    member.c.account_id,
    member.c.user_id,
    member.c.archived,
    member.c.unread,  # so that those that no badge counts are counted without looking at each row
    sqlite_where=member.c.archived.is_not(None),
    postgresql_where=member.c.archived.is_not(None),
)
Index(
    "ix_member_untold",
    member.c.account_id,
    member.c.conversation_id,
    sqlite_where=member.c.untold,
    postgresql_where=member.c.untold,
)

message = Table(
    "message",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("sender_id", _id(), nullable=False),
    Column("key", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("course_id", _id()),
    Column("deleted_at", BigInteger),
    Column("search_key", Text),
    Column("reply_to", BigInteger),
    Column("edited_at", BigInteger),
    Column("reactions", Text),
    Column("files", Text),
    Column("preview", Text),
    PrimaryKeyConstraint("account_id", "conversation_id", "seq"),
    _within("conversation", "conversation_id"),
    # SQLite then keeps the messages of a conversation side by side.
    sqlite_with_rowid=False,
)
# The key comes before its sender: keys that sort by time, as our clients make them, are all written to the index's end.
Index("ix_message_key", message.c.account_id, message.c.key, message.c.sender_id, unique=True)
# What was posted since a revision lies at the end of a conversation: only what changed later needs an index to be found.
Index(
    "ix_message_changed",
    message.c.account_id,
    message.c.conversation_id,
    message.c.rev,
    sqlite_where=message.c.deleted_at.is_not(None),
    postgresql_where=message.c.deleted_at.is_not(None),
)

hidden = Table(
    "hidden",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("own_rev", BigInteger, nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    PrimaryKeyConstraint("account_id", "conversation_id", "user_id", "seq"),
    _within("conversation", "conversation_id"),
    Index(None, "account_id", "conversation_id", "user_id", "own_rev"),
)

import_job = Table(
    "import_job",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("filename", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("head", Text, nullable=False),
    Column("content", LargeBinary),
    Column("report", Text, nullable=False),
    Column("failure", Text),
    Column("told_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    _within("user", "user_id"),
)

import_slice = Table(
    "import_slice",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("import_id", _id(), nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("account_id", "import_id", "first"),
    _within("import_job", "import_id"),
)

job = Table(
    "job",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("payload", Text, nullable=False),
    Column("content", LargeBinary),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("tries", BigInteger, nullable=False),
    Column("claim", String(36)),
    Column("set_aside_at", BigInteger),
    Column("reason", Text),
    PrimaryKeyConstraint("account_id", "kind", "subject"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)
Index(
    "ix_job_due",
    job.c.account_id,
    job.c.kind,
    job.c.due_at,
    sqlite_where=job.c.due_at.is_not(None),
    postgresql_where=job.c.due_at.is_not(None),
)
Index(
    "ix_job_due_anywhere",
    job.c.kind,
    job.c.due_at,
    sqlite_where=job.c.due_at.is_not(None),
    postgresql_where=job.c.due_at.is_not(None),
)
Index(
    "ix_job_set_aside",
    job.c.account_id,
    job.c.set_aside_at,
    sqlite_where=job.c.set_aside_at.is_not(None),
    postgresql_where=job.c.set_aside_at.is_not(None),
)

notice = Table(
    "notice",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("outlet", String(48), nullable=False),
    Column("told_seq", BigInteger, nullable=False),
    Column("due_at", BigInteger),
    Column("tries", BigInteger, nullable=False),
    Column("claim", String(36)),
    Column("is_shown", Boolean, nullable=False),
    PrimaryKeyConstraint("account_id", "user_id", "conversation_id", "outlet"),
    _within("user", "user_id"),
    _within("conversation", "conversation_id"),
)
Index(
    "ix_notice_due",
    notice.c.account_id,
    notice.c.due_at,
    sqlite_where=notice.c.due_at.is_not(None),
    postgresql_where=notice.c.due_at.is_not(None),
)

preference = _of_each_user("preference", Column("content", Text, nullable=False))

mute = Table(
    "mute",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("until", BigInteger),
    PrimaryKeyConstraint("account_id", "user_id", "conversation_id"),
    _within("user", "user_id"),
    _within("conversation", "conversation_id"),
)

setting = Table(
    "setting",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("name", String(32), nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "name"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)

browser = Table(
    "browser",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("session_id", _id(), nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("p256dh", String(200), nullable=False),
    Column("auth", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    _within("session", "session_id"),
    UniqueConstraint("account_id", "endpoint"),
    Index(None, "account_id", "user_id"),
    Index(None, "account_id", "session_id"),
)

reply_address = Table(
    "reply_address",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", String(16), nullable=False),
    Column("user_id", _id(), nullable=False),
    Column("conversation_id", _id(), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    _within("user", "user_id"),
    _within("conversation", "conversation_id"),
    Index(None, "account_id", "user_id", "conversation_id"),
)


def _beside_messages(name: str, content: Column[str]) -> Table:
    """Make a table of something that a single message may have, in rows of its own."""
    return Table(
        name,
        metadata,
        Column("account_id", _id(), nullable=False),
        Column("conversation_id", _id(), nullable=False),
        Column("seq", BigInteger, nullable=False),
        content,
        PrimaryKeyConstraint("account_id", "conversation_id", "seq"),
        _within("conversation", "conversation_id"),
    )


original = _beside_messages("original", Column("content", Text, nullable=False))
deleted_text = _beside_messages("deleted_text", Column("digest", String(64), nullable=False))

kept_mail = Table(
    "kept_mail",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("id", _id(), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("sender", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)

return_pace = Table(
    "return_pace",
    metadata,
    *(Column("account_id", _id(), primary_key=True), Column("key", String(64), primary_key=True)),
    Column("even_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["account_id"], [account.c.id]),
)

bounce = _of_each_user(
    "bounce",
    Column("email", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("account_id", _id(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("action", String(48), nullable=False),
    Column("via", String(16), nullable=False),
    Column("user_id", _id()),
    Column("session_id", String(36)),
    Column("address", String(64), nullable=False),
    Column("target_kind", String(24), nullable=False),
    Column("target_id", String(64), nullable=False),
    Column("person_id", _id()),
    Column("facts", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("account_id", "seq"),
    # People have no part in this: what they did stays on record, whatever becomes of them.
    ForeignKeyConstraint(["account_id"], [account.c.id], ondelete="CASCADE"),
    Index(None, "account_id", "person_id", "seq"),
    Index(None, "account_id", "user_id", "seq"),
)
