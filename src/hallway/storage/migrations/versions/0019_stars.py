"""Keep which messages people starred for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Add the table, with an index for each person's list, and for the stars that go with a message."""
    op.create_table(
        "star",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["account_id", f"{one}_id"],
                [f"{one}.account_id", f"{one}.id"],
                name=op.f(f"fk_star_account_id_{one}_id"),
                ondelete="CASCADE",
            )
            for one in ("user", "conversation")
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "conversation_id", "seq", name=op.f("pk_star")),
    )
    for columns in (["account_id", "user_id", "number"], ["account_id", "conversation_id", "seq"]):
        op.create_index(op.f(f"ix_star_{'_'.join(columns)}"), "star", columns)
