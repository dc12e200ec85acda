"""Keep whether an account shows who types; where nobody chose, it does not."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("account", sa.Column("typing_on", sa.Boolean(), nullable=True))
