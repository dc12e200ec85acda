"""The table of messages that wait for their time (rules §18)."""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from hallway.storage.columns import id_type, metadata, within

# A first message's conversation is not there yet: its id is known, and nothing refers to it.
scheduled_message = Table(
    "scheduled_message",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("sender_id", id_type(), nullable=False),
    Column("key", String(64), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("person_id", id_type()),
    Column("body", Text, nullable=False),
    Column("course_id", id_type()),
    Column("reply_to", BigInteger),
    Column("files", Text),
    Column("due_at", BigInteger, nullable=False),
    Column("local_time", String(32)),
    Column("zone", String(64)),
    Column("created_at", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("reason", String(64)),
    PrimaryKeyConstraint("account_id", "id"),
    UniqueConstraint("account_id", "sender_id", "key"),
    within("user", "sender_id"),
)
_WAITS = scheduled_message.c.reason.is_(None)
Index(
    "ix_scheduled_message_due",
    scheduled_message.c.account_id,
    scheduled_message.c.due_at,
    sqlite_where=_WAITS,
    postgresql_where=_WAITS,
)
# Over all accounts: who works in the background asks when the next one is due.
Index("ix_scheduled_message_next", scheduled_message.c.due_at, sqlite_where=_WAITS, postgresql_where=_WAITS)
