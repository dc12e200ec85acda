"""Let an installation serve many accounts: their addresses, their limits, and jobs found without asking each account."""

from base64 import b32encode
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Add the columns and the table, and give every account its mail tag."""
    op.add_column("account", sa.Column("mail_tag", sa.String(length=4), nullable=True))
    op.add_column("account", sa.Column("mail_sender", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("most_people", sa.BigInteger(), nullable=True))
    op.add_column("account", sa.Column("messages_per_minute", sa.BigInteger(), nullable=True))
    op.add_column("account", sa.Column("is_suspended", sa.Boolean(), nullable=True))
    op.create_index("ix_account_mail_tag", "account", ["mail_tag"])
    account = sa.table("account", sa.column("is_suspended", sa.Boolean()))
    is_suspended = account.c.is_suspended == sa.true()
    op.create_index("ix_account_suspended", "account", ["id"], sqlite_where=is_suspended, postgresql_where=is_suspended)
    op.create_table(
        "account_address",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_address_account_id")),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_account_address")),
    )
    op.create_index("ix_account_address_account_id", "account_address", ["account_id"])
    is_due = sa.text("due_at IS NOT NULL")
    op.create_index("ix_job_due_anywhere", "job", ["kind", "due_at"], sqlite_where=is_due, postgresql_where=is_due)
    _tag_accounts()


def _tag_accounts() -> None:
    account = sa.table("account", sa.column("id", ID), sa.column("mail_tag", sa.String()))
    connection = op.get_bind()
    for (account_id,) in connection.execute(sa.select(account.c.id)).all():
        tag = b32encode(sha256(account_id.encode()).digest()[:5]).decode().lower()[:4]
        connection.execute(sa.update(account).where(account.c.id == account_id).values(mail_tag=tag))
