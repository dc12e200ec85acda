"""Keep what makes Hallway safe: jobs that survive a crash."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Create everything, a function for each subject."""
    _jobs()


def _jobs() -> None:
    """Work that is due at some moment, claimed by one process at a time."""
    op.create_table(
        "job",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(length=36), nullable=True),
        sa.Column("set_aside_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_job_account_id")),
        sa.PrimaryKeyConstraint("account_id", "kind", "subject", name=op.f("pk_job")),
    )
    op.create_index(
        "ix_job_due",
        "job",
        ["account_id", "kind", "due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_job_set_aside",
        "job",
        ["account_id", "set_aside_at"],
        sqlite_where=sa.text("set_aside_at IS NOT NULL"),
        postgresql_where=sa.text("set_aside_at IS NOT NULL"),
    )
    _queue_due_notices()


def _queue_due_notices() -> None:
    """Notices that wait become jobs. Those that a server of the version before has claimed are its own until it ends."""
    is_waiting = "due_at IS NOT NULL AND claim IS NULL"
    subject = "CAST(user_id AS TEXT) || '/' || CAST(conversation_id AS TEXT) || '/' || outlet"
    op.execute(
        "INSERT INTO job (account_id, kind, subject, payload, created_at, due_at, tries) "  # noqa: S608 - constants
        f"SELECT account_id, 'notification', {subject}, '', due_at, due_at, tries FROM notice WHERE {is_waiting}"
    )
    op.execute(f"UPDATE notice SET due_at = NULL, tries = 0 WHERE {is_waiting}")  # noqa: S608 - as above
