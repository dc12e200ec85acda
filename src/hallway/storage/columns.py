"""What the columns of all tables have in common: the type of ids, texts in order, references inside an account."""

from sqlalchemy import ForeignKeyConstraint, MetaData, String, Text, Uuid
from sqlalchemy.types import TypeEngine

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMES)


def id_type() -> TypeEngine[str]:
    """Return the type of an id: a text, which PostgreSQL keeps as a uuid."""
    return Uuid(as_uuid=False).with_variant(String(36), "sqlite")


def ordered_text() -> TypeEngine[str]:
    """Return the type of text that is a cursor: ordered by code point on both databases, as Python does, whatever the locale."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def within(table: str, *columns: str) -> ForeignKeyConstraint:
    """Make a reference inside the account; deleting what it points to deletes the rows that refer to it."""
    local = ("account_id", *columns)
    return ForeignKeyConstraint(local, [f"{table}.account_id", f"{table}.id"], ondelete="CASCADE")
