"""Let messages be edited, replied to and reacted to. Nothing is made over the messages that are there: they have NULL."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Add the columns of a message, and the tables of what happens to it later."""
    op.add_column("message", sa.Column("reply_to", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("edited_at", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("reactions", sa.Text(), nullable=True))
    _beside_messages(
        "message_version",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        key=["number"],
    )
    _beside_messages(
        "reaction",
        sa.Column("emoji", sa.String(length=32), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("reacted_at", sa.BigInteger(), nullable=False),
        key=["emoji", "user_id"],
    )
    _beside_messages("message_change", sa.Column("rev", sa.BigInteger(), nullable=False), key=[])
    index = op.f("ix_message_change_account_id_conversation_id_rev")
    op.create_index(index, "message_change", ["account_id", "conversation_id", "rev"])


def _beside_messages(name: str, *columns: sa.Column[object], key: list[str]) -> None:
    op.create_table(
        name,
        sa.Column("account_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f(f"fk_{name}_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "seq", *key, name=op.f(f"pk_{name}")),
    )
