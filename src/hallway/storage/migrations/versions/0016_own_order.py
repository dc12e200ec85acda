"""Keep which chats somebody pinned and archived, and when a mute ends."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and the indexes of the few rows that have something in them."""
    op.add_column("mute", sa.Column("until", sa.BigInteger(), nullable=True))
    op.add_column("member", sa.Column("pinned", sa.Boolean(), nullable=True))
    op.add_column("member", sa.Column("archived", sa.BigInteger(), nullable=True))
    op.add_column("member", sa.Column("archived_until", sa.BigInteger(), nullable=True))
    is_pinned, is_archived = sa.text("pinned IS NOT NULL"), sa.text("archived IS NOT NULL")
    for name, columns, which in (
        ("ix_member_pinned", ["account_id", "user_id", "pinned"], is_pinned),
        ("ix_member_archived", ["account_id", "user_id", "archived", "unread"], is_archived),
    ):
        op.create_index(name, "member", columns, sqlite_where=which, postgresql_where=which)
