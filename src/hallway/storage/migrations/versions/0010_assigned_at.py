"""Keep since when somebody has been an expert of a course; of those who are, nobody knows it any more."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("expert", sa.Column("assigned_at", sa.BigInteger(), nullable=True))
