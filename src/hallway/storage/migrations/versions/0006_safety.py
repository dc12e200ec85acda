"""Keep what makes Hallway safe: jobs that survive a crash, a log of who changed what, known devices, scopes of tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.Uuid(as_uuid=False).with_variant(sa.String(length=36), "sqlite")


def upgrade() -> None:
    """Create everything, a function for each subject."""
    _deleted_texts()
    _jobs()
    _audit()
    _import_slices()
    _return_pace()
    _access()
    _known_devices()


def _deleted_texts() -> None:
    """Keep what deleted messages said, as digests by which a retry is known."""
    op.create_table(
        "deleted_text",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "conversation_id"],
            ["conversation.account_id", "conversation.id"],
            name=op.f("fk_deleted_text_account_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "conversation_id", "seq", name=op.f("pk_deleted_text")),
    )


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


def _audit() -> None:
    """The audit log, which can only grow: both databases refuse to change it, or to take anything out of it."""
    op.create_table(
        "audit_entry",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=48), nullable=False),
        sa.Column("via", sa.String(length=16), nullable=False),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("target_kind", sa.String(length=24), nullable=False),
        sa.Column("target_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_audit_entry_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "seq", name=op.f("pk_audit_entry")),
    )
    for whose in ("person_id", "user_id"):
        name = op.f(f"ix_audit_entry_account_id_{whose}_seq")
        op.create_index(name, "audit_entry", ["account_id", whose, "seq"])
    for statement in _PROTECTION[op.get_bind().dialect.name]:
        op.execute(statement)


_REFUSAL = "The audit log can only grow."
_IS_KEPT = "EXISTS (SELECT 1 FROM account WHERE account.id = OLD.account_id)"
"""Only the removal of a whole account takes its log along."""

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_entry_protection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
        IF NOT {_IS_KEPT} THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION '{_REFUSAL}';
END $$
"""
_REFUSED_HERE = "EXECUTE FUNCTION audit_entry_protection()"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
_PROTECTION = {
    "sqlite": [
        f"CREATE TRIGGER audit_entry_change BEFORE UPDATE ON audit_entry {_ABORT}",
        f"CREATE TRIGGER audit_entry_removal BEFORE DELETE ON audit_entry WHEN {_IS_KEPT} {_ABORT}",
    ],
    "postgresql": [
        _FUNCTION,
        f"CREATE TRIGGER audit_entry_rows BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW {_REFUSED_HERE}",
        f"CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT {_REFUSED_HERE}",
    ],
}


def _import_slices() -> None:
    """Parts of an uploaded file, apart from what changes while it is imported."""
    op.create_table(
        "import_slice",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "import_id"],
            ["import_job.account_id", "import_job.id"],
            name=op.f("fk_import_slice_account_id_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "import_id", "first", name=op.f("pk_import_slice")),
    )


def _return_pace() -> None:
    """Count how often mails are answered by a return mail, by person and by sender."""
    op.create_table(
        "return_pace",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("even_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_return_pace_account_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_return_pace")),
    )


def _access() -> None:
    """Keep who ever signed in, and what others did to somebody's way in."""
    op.add_column("account", sa.Column("links_by_confirmation", sa.Boolean(), nullable=True))
    op.add_column("user", sa.Column("signed_in_at", sa.BigInteger(), nullable=True))
    _access_notices()
    _link_requests()
    op.create_table(
        "former_email",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        _of_user("former_email"),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_former_email")),
    )
    # Whoever has a password or a session came in before this was noted; when, nobody knows any more.
    mine = '{0}.account_id = "user".account_id AND {0}.user_id = "user".id'
    has_password = f"EXISTS (SELECT 1 FROM password WHERE {mine.format('password')})"  # noqa: S608 - constants
    was_in = f"EXISTS (SELECT 1 FROM session WHERE {mine.format('session')} AND kind <> 'link')"  # noqa: S608 - as above
    op.execute(f'UPDATE "user" SET signed_in_at = 0 WHERE {has_password} OR {was_in}')  # noqa: S608 - as above


def _access_notices() -> None:
    op.create_table(
        "access_notice",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _of_user("access_notice"),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_access_notice")),
    )
    op.create_index(op.f("ix_access_notice_account_id_user_id"), "access_notice", ["account_id", "user_id"])


def _link_requests() -> None:
    op.create_table(
        "link_request",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=True),
        _of_user("link_request"),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_link_request")),
    )
    op.create_index(op.f("ix_link_request_account_id_asked_at"), "link_request", ["account_id", "asked_at"])


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id", "user_id"],
        ["user.account_id", "user.id"],
        name=op.f(f"fk_{table}_account_id_user_id"),
        ondelete="CASCADE",
    )


def _known_devices() -> None:
    """Keep where sessions are, what tokens may do and whom they end with, and the devices in which somebody has signed in."""
    for column in (
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("scopes", sa.Text(), nullable=True),
        sa.Column("device_id", ID, nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("network", sa.String(length=64), nullable=True),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
    ):
        op.add_column("session", column)
    op.create_table(
        "device",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("hashed", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["user.account_id", "user.id"],
            name=op.f("fk_device_account_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_device")),
        sa.UniqueConstraint("account_id", "user_id", "hashed", name=op.f("uq_device_account_id_user_id_hashed")),
    )
    op.create_index(op.f("ix_device_account_id_hashed"), "device", ["account_id", "hashed"])
