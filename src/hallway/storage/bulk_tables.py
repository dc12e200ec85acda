"""The tables of bulk actions: what is done to many people, and what became of it for each of them."""

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String, Table, Text

from hallway.storage.columns import id_type, metadata, within

bulk_action = Table(
    "bulk_action",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("id", id_type(), nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("field", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("undoes", id_type()),
    Column("told_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("account_id", "id"),
    within("user", "user_id"),
)

bulk_person = Table(
    "bulk_person",
    metadata,
    Column("account_id", id_type(), nullable=False),
    Column("action_id", id_type(), nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("user_id", id_type(), nullable=False),
    Column("wanted", Text, nullable=False),
    Column("expected", Text),
    Column("before", Text),
    Column("outcome", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "action_id", "place"),
    within("bulk_action", "action_id"),
)
