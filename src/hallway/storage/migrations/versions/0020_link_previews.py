"""Keep of which hosts an account wants cards of links, and the card of a message. Nothing is made over what is there: it has NULL."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("account", sa.Column("preview_hosts", sa.Text(), nullable=True))
    op.add_column("message", sa.Column("preview", sa.Text(), nullable=True))
