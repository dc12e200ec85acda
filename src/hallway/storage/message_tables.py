"""The tables of what happens to messages later: they are edited, reacted to and starred, and readers find what changed (rules §15, §16)."""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, String, Table, Text

from hallway.storage.columns import id_type, metadata, within

message_version = Table(
    "message_version",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("written_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "conversation_id", "seq", "number"),
    within("conversation", "conversation_id"),
)

reaction = Table(
    "reaction",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("emoji", String(32), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("reacted_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "conversation_id", "seq", "emoji", "user_id"),
    within("conversation", "conversation_id"),
)

# A conversation's messages are ten million rows: an index over all of them would cost every message that is sent, and would
# be made again for years. Only what changed after it was posted has a row here.
message_change = Table(
    "message_change",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "conversation_id", "seq"),
    within("conversation", "conversation_id"),
    Index(None, "account_id", "conversation_id", "rev"),
)

star = Table(
    "star",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("conversation_id", id_type(), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "user_id", "conversation_id", "seq"),
    within("user", "user_id"),
    within("conversation", "conversation_id"),
    Index(None, "account_id", "user_id", "number"),
    Index(None, "account_id", "conversation_id", "seq"),  # whose star goes with a message
)
