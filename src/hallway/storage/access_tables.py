"""The tables of what others did to somebody's way in; `schema` has all others."""

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, String, Table, Text

from hallway.storage.columns import id_type, metadata, within

access_notice = Table(
    "access_notice",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("deed", String(32), nullable=False),
    Column("by_id", id_type()),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "user_id"),
    Index(None, "account_id", "user_id"),
)

link_request = Table(
    "link_request",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("asked_by", id_type(), nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("confirmed_by", id_type()),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "user_id"),
    Index(None, "account_id", "asked_at"),
)

former_email = Table(
    "former_email",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("email", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "user_id"),
    within("user", "user_id"),
)
