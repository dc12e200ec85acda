"""Keep drafts, for all devices of their person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "draft",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("course_id", ID, nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        _within_user("draft"),
        sa.PrimaryKeyConstraint("account_id", "user_id", "conversation_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "draft_revision",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        _within_user("draft_revision"),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_draft_revision")),
    )


def _within_user(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_account_id_user_id")
    return sa.ForeignKeyConstraint(
        ["account_id", "user_id"], ["user.account_id", "user.id"], name=name, ondelete="CASCADE"
    )
