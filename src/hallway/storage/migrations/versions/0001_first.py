"""The first schema: accounts, people, courses, trainings, conversations, messages and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("messaging_on", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("delete_for_everyone", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "conversation",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("question_course_id", ID, nullable=True),
        sa.Column("question_expert_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_conversation_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_conversation")),
    )
    op.create_table(
        "course",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_course_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_course")),
    )
    op.create_table(
        "department",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("supervisor_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_department_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_department")),
    )
    op.create_table(
        "hidden",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("own_rev", sa.BigInteger(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_hidden_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "user_id", "seq", name=op.f("pk_hidden")),
    )
    op.create_index(
        op.f("ix_hidden_account_id_conversation_id_user_id_own_rev"),
        "hidden",
        ["account_id", "conversation_id", "user_id", "own_rev"],
        unique=False,
    )
    op.create_table(
        "message",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("sender_id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("course_id", ID, nullable=True),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_message_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "seq", name=op.f("pk_message")),
        sa.UniqueConstraint("account_id", "sender_id", "key", name=op.f("uq_message_account_id_sender_id_key")),
    )
    op.create_index(
        op.f("ix_message_account_id_conversation_id_rev"),
        "message",
        ["account_id", "conversation_id", "rev"],
        unique=False,
    )
    op.create_table(
        "user",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("folded_email", sa.Text(), nullable=True),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("folded_login", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("department_id", ID, nullable=True),
        sa.Column("supervisor_id", ID, nullable=True),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "department_id"],
            ["department.account_id", "department.id"],
            name=op.f("fk_user_account_id_department_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_user_account_id")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_user")),
        sa.UniqueConstraint("account_id", "folded_email", name=op.f("uq_user_account_id_folded_email")),
        sa.UniqueConstraint("account_id", "folded_login", name=op.f("uq_user_account_id_folded_login")),
    )
    op.create_index(op.f("ix_user_account_id_department_id"), "user", ["account_id", "department_id"], unique=False)
    op.create_index(
        op.f("ix_user_account_id_folded_name_id"), "user", ["account_id", "folded_name", "id"], unique=False
    )
    op.create_index(op.f("ix_user_account_id_role"), "user", ["account_id", "role"], unique=False)
    op.create_index(op.f("ix_user_account_id_supervisor_id"), "user", ["account_id", "supervisor_id"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "course_id"],
            ["course.account_id", "course.id"],
            name=op.f("fk_enrolment_account_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_enrolment_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "course_id", "user_id", name=op.f("pk_enrolment")),
    )
    op.create_index(
        op.f("ix_enrolment_account_id_user_id_course_id"),
        "enrolment",
        ["account_id", "user_id", "course_id"],
        unique=False,
    )
    op.create_table(
        "expert",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "course_id"],
            ["course.account_id", "course.id"],
            name=op.f("fk_expert_account_id_course_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_expert_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "course_id", "user_id", name=op.f("pk_expert")),
    )
    op.create_index(
        op.f("ix_expert_account_id_user_id_course_id"), "expert", ["account_id", "user_id", "course_id"], unique=False
    )
    op.create_table(
        "managed_department",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("department_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "department_id"],
            ["department.account_id", "department.id"],
            name=op.f("fk_managed_department_account_id_department_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_managed_department_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "department_id", name=op.f("pk_managed_department")),
    )
    op.create_index(
        op.f("ix_managed_department_account_id_department_id"),
        "managed_department",
        ["account_id", "department_id"],
        unique=False,
    )
    op.create_table(
        "member",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("own_rev", sa.BigInteger(), nullable=False),
        sa.Column("read_seq", sa.BigInteger(), nullable=False),
        sa.Column("cleared_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=True),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_member_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_member_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "user_id", name=op.f("pk_member")),
    )
    op.create_index("ix_member_place", "member", ["account_id", "user_id", "place"], unique=False)
    op.create_index(
        "ix_member_unread",
        "member",
        ["account_id", "user_id"],
        unique=False,
        sqlite_where=sa.text("unread > 0"),
        postgresql_where=sa.text("unread > 0"),
    )
    op.create_table(
        "password",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("hashed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_password_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_password")),
    )
    op.create_table(
        "photo",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("media_type", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_photo_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_photo")),
    )
    op.create_table(
        "session",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("hashed", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_session_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_account_id_user_id"), "session", ["account_id", "user_id"], unique=False)
    op.create_index(op.f("ix_session_hashed"), "session", ["hashed"], unique=False)
    op.create_table(
        "training",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organizer_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "organizer_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_training_account_id_organizer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_training")),
    )
    op.create_index(
        op.f("ix_training_account_id_organizer_id"), "training", ["account_id", "organizer_id"], unique=False
    )
    op.create_table(
        "attendee",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("training_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "training_id"],
            ["training.account_id", "training.id"],
            name=op.f("fk_attendee_account_id_training_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_attendee_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "training_id", "user_id", name=op.f("pk_attendee")),
    )
    op.create_index(
        op.f("ix_attendee_account_id_user_id_training_id"),
        "attendee",
        ["account_id", "user_id", "training_id"],
        unique=False,
    )
