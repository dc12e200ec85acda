"""Keep the messages of a conversation side by side, their keys in the order of time, and count unread chats at once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SECONDS_PER_MILLION = {"sqlite": 20.0, "postgresql": 4.0}
"""For each million of messages, as measured on two cores of a shared machine."""

KEY = ("ix_message_key", "message", ["account_id", "key", "sender_id"])
UNREAD = ("ix_member_unread", "member", ["account_id", "user_id", "unread"])
CHANGED = ("ix_message_changed", "message", ["account_id", "conversation_id", "rev"])


def upgrade() -> None:
    """A message touches fewer pages: its row goes behind the one before it, its key behind all keys."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite()
    else:
        op.drop_constraint(op.f("uq_message_account_id_sender_id_key"), "message")
    op.create_index(*KEY, unique=True)
    is_unread = sa.text("unread > 0")
    op.drop_index("ix_member_unread", "member")
    op.create_index(*UNREAD, sqlite_where=is_unread, postgresql_where=is_unread)


def _rewrite() -> None:
    """SQLite keeps a table in the order of its key only when it was made so."""
    new = op.create_table(
        "message_side_by_side",
        *(sa.Column(name, sa.String(36), nullable=False) for name in ("account_id", "conversation_id")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("seq", "rev")),
        sa.Column("sender_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("course_id", sa.String(36), nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "seq", name=op.f("pk_message")),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_message_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    columns = ", ".join(f'"{column.name}"' for column in new.columns)
    order = "account_id, conversation_id, seq"
    op.execute(f"INSERT INTO {new.name} ({columns}) SELECT {columns} FROM message ORDER BY {order}")  # noqa: S608 - ours
    op.drop_table("message")
    op.rename_table(new.name, "message")
    op.create_index(*CHANGED, sqlite_where=sa.text("deleted_at IS NOT NULL"))
