"""Keep what a long list of users needs: when people were last seen, departments in order, what is done to many at once."""

import sqlalchemy as sa
from alembic import op

from hallway.domain.text import name_key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")
ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create everything, a function for each subject."""
    _seen()
    _departments_in_order()
    _bulk_actions()


def _seen() -> None:
    """Take somebody as seen when they first came in, where no session tells."""
    op.add_column("user", sa.Column("seen_at", sa.BigInteger(), nullable=True))
    mine = 'session.account_id = "user".account_id AND session.user_id = "user".id'
    last = f"SELECT max(session.seen_at) FROM session WHERE {mine}"  # noqa: S608 - constants
    op.execute(f'UPDATE "user" SET seen_at = coalesce(({last}), signed_in_at)')  # noqa: S608 - as above


def _departments_in_order() -> None:
    """Keep their names as they are sorted by, the same on every database."""
    op.add_column("department", sa.Column("folded_name", ORDERED, nullable=True))
    department = sa.table(
        "department", sa.column("account_id", ID), sa.column("id", ID), sa.column("name"), sa.column("folded_name")
    )
    connection = op.get_bind()
    for account_id, department_id, name in connection.execute(
        sa.select(department.c.account_id, department.c.id, department.c.name)
    ).all():
        this = (department.c.account_id == account_id, department.c.id == department_id)
        connection.execute(sa.update(department).where(*this).values(folded_name=name_key(name)))


def _bulk_actions() -> None:
    op.create_table(
        "bulk_action",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("undoes", ID, nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_bulk_action_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_bulk_action")),
    )
    op.create_table(
        "bulk_person",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("action_id", ID, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "action_id"],
            ["bulk_action.account_id", "bulk_action.id"],
            name=op.f("fk_bulk_person_account_id_action_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "action_id", "place", name=op.f("pk_bulk_person")),
    )
