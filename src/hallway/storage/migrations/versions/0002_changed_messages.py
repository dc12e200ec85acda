"""Index the revisions of those messages alone that changed after they were posted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SECONDS_PER_MILLION = {"sqlite": 2.0, "postgresql": 0.5}
"""For each million of messages, as measured on two cores of a shared machine."""


def upgrade() -> None:
    """A new message costs one index entry less; what was posted is found at the end of its conversation."""
    op.drop_index(op.f("ix_message_account_id_conversation_id_rev"), "message")
    changed = sa.text("deleted_at IS NOT NULL")
    columns = ["account_id", "conversation_id", "rev"]
    op.create_index("ix_message_changed", "message", columns, sqlite_where=changed, postgresql_where=changed)
