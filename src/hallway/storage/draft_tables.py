"""The tables of drafts: one row a person and chat, and how often each person's drafts changed (rules §17)."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table, Text

from hallway.storage.columns import id_type, metadata, within

# A draft may be written to somebody with whom there is no conversation yet, so that it points to none.
draft = Table(
    "draft",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("person_id", id_type()),
    Column("body", Text, nullable=False),
    Column("others", Text),
    Column("reply_to", BigInteger),
    Column("course_id", id_type()),
    Column("revision", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "user_id", "conversation_id"),
    within("user", "user_id"),
)

draft_revision = Table(
    "draft_revision",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("revision", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "user_id"),
    within("user", "user_id"),
)
