"""The table of files: what is known of each; their content lies in the store of files."""

from sqlalchemy import BigInteger, Boolean, Column, Index, PrimaryKeyConstraint, String, Table, Text

from hallway.storage.columns import id_type, metadata, within

file = Table(
    "file",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("uploader_id", id_type(), nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("state", String(16), nullable=False),
    Column("parts", Text, nullable=False),
    Column("renditions", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("width", BigInteger),
    Column("height", BigInteger),
    Column("placeholder", Text),
    Column("is_unscanned", Boolean, nullable=False),
    Column("reason", String(32)),
    Column("conversation_id", id_type()),
    Column("seq", BigInteger),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "uploader_id"),
    within("conversation", "conversation_id"),
)
Index("ix_file_size", file.c.account_id, file.c.size)  # so that they are added up without looking at each row
_IS_IN_MESSAGE = file.c.conversation_id.is_not(None)
Index(
    "ix_file_message",
    file.c.account_id,
    file.c.conversation_id,
    file.c.seq,
    sqlite_where=_IS_IN_MESSAGE,
    postgresql_where=_IS_IN_MESSAGE,
)
_ENDS = file.c.expires_at.is_not(None)
Index("ix_file_expires", file.c.account_id, file.c.expires_at, sqlite_where=_ENDS, postgresql_where=_ENDS)
Index("ix_file_unsent", file.c.account_id, file.c.uploader_id, sqlite_where=_ENDS, postgresql_where=_ENDS)
