"""The tables of coming in: sessions, known devices, attempts, and what others did to somebody's way in."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hallway.storage.columns import id_type, metadata, within

session = Table(
    "session",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("hashed", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("parent_id", id_type()),
    Column("scopes", Text),
    Column("device_id", id_type()),
    Column("agent", Text),
    Column("network", String(64)),
    Column("seen_at", BigInteger),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "user_id"),
    Index(None, "hashed"),
    Index(None, "account_id", "user_id"),
)

device = Table(
    "device",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("hashed", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "user_id"),
    UniqueConstraint("account_id", "user_id", "hashed"),
    Index(None, "account_id", "hashed"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("key", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
    Index(None, "account_id", "key", "at"),
)

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
