"""Keep from which message on somebody marked a chat unread."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody did yet."""
    op.add_column("member", sa.Column("unread_from", sa.BigInteger(), nullable=True))
