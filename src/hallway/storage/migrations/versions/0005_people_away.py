"""Keep what people who are away are told, how they want it, and what they answer by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, ID, nullable=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("account_id", *columns, name=op.f(f"pk_{table}"))


def _within(table: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id", f"{other}_id"],
        [f"{other}.account_id", f"{other}.id"],
        name=op.f(f"fk_{table}_account_id_{other}_id"),
        ondelete="CASCADE",
    )


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id"))


def upgrade() -> None:
    """Mark members of whom somebody is to be told, and create the tables."""
    op.add_column("member", sa.Column("untold", sa.Boolean(), nullable=True))
    op.create_index(
        "ix_member_untold",
        "member",
        ["account_id", "conversation_id"],
        sqlite_where=sa.text("untold"),
        postgresql_where=sa.text("untold"),
    )
    op.create_table(
        "notice",
        _id("account_id"),
        _id("user_id"),
        _id("conversation_id"),
        sa.Column("outlet", sa.String(length=48), nullable=False),
        sa.Column("told_seq", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(length=36), nullable=True),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        _within("notice", "user"),
        _within("notice", "conversation"),
        _key("notice", "user_id", "conversation_id", "outlet"),
    )
    op.create_index(
        "ix_notice_due",
        "notice",
        ["account_id", "due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    _create_choices()
    _create_browsers()
    _create_mails()


def _create_choices() -> None:
    op.create_table(
        "preference",
        _id("account_id"),
        _id("user_id"),
        sa.Column("content", sa.Text(), nullable=False),
        _within("preference", "user"),
        _key("preference", "user_id"),
    )
    op.create_table(
        "mute",
        _id("account_id"),
        _id("user_id"),
        _id("conversation_id"),
        _within("mute", "user"),
        _within("mute", "conversation"),
        _key("mute", "user_id", "conversation_id"),
    )
    op.create_table(
        "setting",
        _id("account_id"),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _of_account("setting"),
        _key("setting", "name"),
    )


def _create_browsers() -> None:
    op.create_table(
        "browser",
        _id("account_id"),
        _id("id"),
        _id("user_id"),
        _id("session_id"),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(length=200), nullable=False),
        sa.Column("auth", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _within("browser", "session"),
        sa.UniqueConstraint("account_id", "endpoint", name=op.f("uq_browser_account_id_endpoint")),
        _key("browser", "id"),
    )
    op.create_index(op.f("ix_browser_account_id_user_id"), "browser", ["account_id", "user_id"])
    op.create_index(op.f("ix_browser_account_id_session_id"), "browser", ["account_id", "session_id"])


def _create_mails() -> None:
    op.create_table(
        "reply_address",
        _id("account_id"),
        sa.Column("id", sa.String(length=16), nullable=False),
        _id("user_id"),
        _id("conversation_id"),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        _within("reply_address", "user"),
        _within("reply_address", "conversation"),
        _key("reply_address", "id"),
    )
    op.create_index(
        op.f("ix_reply_address_account_id_user_id_conversation_id"),
        "reply_address",
        ["account_id", "user_id", "conversation_id"],
    )
    op.create_table(
        "original",
        _id("account_id"),
        _id("conversation_id"),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _within("original", "conversation"),
        _key("original", "conversation_id", "seq"),
    )
    op.create_table(
        "kept_mail",
        _id("account_id"),
        _id("id"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_account("kept_mail"),
        _key("kept_mail", "id"),
    )
    op.create_table(
        "bounce",
        _id("account_id"),
        _id("user_id"),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _within("bounce", "user"),
        _key("bounce", "user_id"),
    )
