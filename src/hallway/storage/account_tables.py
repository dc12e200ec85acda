"""The tables of accounts, on every server of a spread installation: they are small, and all others point to them."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKeyConstraint, Index, String, Table, Text, select, true

from hallway.storage.columns import id_type, metadata
from hallway.usecases.accounts.mail_tags import LENGTH

account = Table(
    "account",
    metadata,
    Column("id", id_type(), primary_key=True),
    Column("name", Text, nullable=False),
    Column("messaging_on", Boolean, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("delete_for_everyone", BigInteger, nullable=False),
    Column("links_by_confirmation", Boolean),
    Column("typing_on", Boolean),
    Column("mail_tag", String(LENGTH)),
    Column("mail_sender", Text),
    Column("most_people", BigInteger),
    Column("messages_per_minute", BigInteger),
    Column("is_suspended", Boolean),
    Column("most_file_bytes", BigInteger),
    Column("largest_file", BigInteger),
    Column("file_kinds", Text),
    Column("preview_hosts", Text),
)
Index("ix_account_mail_tag", account.c.mail_tag)
_IS_SUSPENDED = account.c.is_suspended == true()
Index("ix_account_suspended", account.c.id, sqlite_where=_IS_SUSPENDED, postgresql_where=_IS_SUSPENDED)
SUSPENDED = select(account.c.id).where(_IS_SUSPENDED)

account_address = Table(
    "account_address",
    metadata,
    Column("host", String(253), primary_key=True),
    Column("account_id", id_type(), nullable=False),
    Column("url", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    ForeignKeyConstraint(["account_id"], ["account.id"]),
)
Index("ix_account_address_account_id", account_address.c.account_id)
