"""Keep messages that wait for their time."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Make the table, and the indexes of what waits."""
    op.create_table(
        "scheduled_message",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("sender_id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("course_id", ID, nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("local_time", sa.String(length=32), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "sender_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_scheduled_message_account_id_sender_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_scheduled_message")),
        sa.UniqueConstraint(
            "account_id", "sender_id", "key", name=op.f("uq_scheduled_message_account_id_sender_id_key")
        ),
    )
    waits = sa.text("reason IS NULL")
    for name, columns in (
        ("ix_scheduled_message_due", ["account_id", "due_at"]),
        ("ix_scheduled_message_next", ["due_at"]),
    ):
        op.create_index(name, "scheduled_message", columns, sqlite_where=waits, postgresql_where=waits)
