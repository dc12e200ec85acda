"""Keep the files of messages: what is known of each, what a message shows of its own, and what an account allows."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Add the table and the columns."""
    op.create_table(
        "file",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("uploader_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("renditions", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=True),
        sa.Column("height", sa.BigInteger(), nullable=True),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.Column("is_unscanned", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("conversation_id", ID, nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_file_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "uploader_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_file_account_id_uploader_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_file")),
    )
    op.create_index("ix_file_size", "file", ["account_id", "size"])
    is_in_message, ends = sa.text("conversation_id IS NOT NULL"), sa.text("expires_at IS NOT NULL")
    for name, columns, which in (
        ("ix_file_message", ["account_id", "conversation_id", "seq"], is_in_message),
        ("ix_file_expires", ["account_id", "expires_at"], ends),
        ("ix_file_unsent", ["account_id", "uploader_id"], ends),
    ):
        op.create_index(name, "file", columns, sqlite_where=which, postgresql_where=which)
    op.add_column("message", sa.Column("files", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("most_file_bytes", sa.BigInteger(), nullable=True))
    op.add_column("account", sa.Column("largest_file", sa.BigInteger(), nullable=True))
    op.add_column("account", sa.Column("file_kinds", sa.Text(), nullable=True))
