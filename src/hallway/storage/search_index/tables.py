"""The tables of the index. They stand beside the schema: nothing in them is of the installation's own, and each kind of database has others.

`search_account` says how far an account's index is. Its `number` begins the account's terms and, on SQLite, the ids of its
documents; another number is another index. `search_conversation` says up to which message a conversation is in the index with
that number. `search_document` has the messages that are in it.

On SQLite `search_terms` is a contentless FTS5 table. The id of a document begins with the account's number and the hour in
which its message was sent, so that the newest come first in the order of ids, whenever they were indexed.
"""

from sqlalchemy import BigInteger, Boolean, Column, Connection, MetaData, Table, Text, inspect
from sqlalchemy.dialects.postgresql import TSVECTOR

from hallway.storage.columns import id_type

NAMES = ("search_terms", "search_document", "search_conversation", "search_account")

_derived = MetaData()

account_index = Table(
    "search_account",
    _derived,
    Column("account_id", id_type(), primary_key=True),
    Column("number", BigInteger),
    Column("analyser", BigInteger),
    Column("is_complete", Boolean),
    Column("behind", id_type()),
    Column("indexed", BigInteger),
    Column("room", BigInteger),
)
conversation_index = Table(
    "search_conversation",
    _derived,
    Column("account_id", id_type()),
    Column("conversation_id", id_type(), primary_key=True),
    Column("indexed_seq", BigInteger),
    Column("of_number", BigInteger),
    Column("number", BigInteger),  # on SQLite alone
)

sqlite_terms = Table("search_terms", _derived, Column("rowid", BigInteger), Column("search_terms", Text))
sqlite_document = Table(
    "search_document",
    _derived,
    Column("id", BigInteger, primary_key=True),
    Column("conversation", BigInteger),
    Column("seq", BigInteger),
)

postgres_document = Table(
    "search_document",
    MetaData(),
    Column("account_id", id_type(), primary_key=True),
    Column("sent_at", BigInteger, primary_key=True),
    Column("conversation_id", id_type(), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("terms", TSVECTOR),
)


def drop_index(connection: Connection) -> None:
    """Drop all tables of the index, where there are any."""
    present = set(inspect(connection).get_table_names())
    for name in NAMES:
        if name in present:
            connection.exec_driver_sql(f"DROP TABLE {name}")
