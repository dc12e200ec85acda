"""Taking an account out of the index, a few messages at a time, before its messages go: their terms are derived from them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select, text

from hallway.domain.conversations import ConversationKind
from hallway.domain.ids import AccountId, UserId
from hallway.storage.messages import to_message
from hallway.storage.schema import conversation, message
from hallway.storage.search_index.index import index_of, members_of
from hallway.storage.search_index.sqlite import SqliteIndex
from hallway.storage.search_index.tables import conversation_index, sqlite_document
from hallway.usecases.messaging.matching import terms_of, text_of
from hallway.usecases.messaging.search_ports import Document

AT_ONCE = 500
"""Messages in one transaction."""


def remove_from_index(connection: Connection, account_id: AccountId) -> None:
    """Remove an account's index, in transactions of its own; begun again, it goes on where it stopped."""
    with connection.begin():
        index = index_of(connection, account_id)
    if index is not None and isinstance(index.documents, SqliteIndex):
        for _ in _removed(connection, account_id, index.documents):
            pass
    tables = ("search_document",) if connection.dialect.name == "postgresql" else ()
    with connection.begin():
        for name in (*tables, "search_conversation", "search_account"):
            connection.execute(text(f"DELETE FROM {name} WHERE account_id = :account"), {"account": account_id})  # noqa: S608 - ours


def _removed(connection: Connection, account_id: AccountId, documents: SqliteIndex) -> Iterator[int]:
    while True:
        with connection.begin():
            found = _some(connection, account_id, documents)
            documents.remove(found)
        if not found:
            return
        yield len(found)


def _some(connection: Connection, account_id: AccountId, documents: SqliteIndex) -> dict[int, Document]:
    """Read some of the account's documents, with the terms that their messages give."""
    is_its = and_(
        message.c.account_id == account_id,
        message.c.conversation_id == conversation_index.c.conversation_id,
        message.c.seq == sqlite_document.c.seq,
    )
    of = conversation_index.c.number == sqlite_document.c.conversation
    is_chat = and_(conversation.c.account_id == account_id, conversation.c.id == message.c.conversation_id)
    joined = sqlite_document.join(conversation_index, of).join(message, is_its).join(conversation, is_chat)
    query = select(*message.c, conversation.c.kind, sqlite_document.c.id.label("document_id")).select_from(joined)
    rows = connection.execute(query.where(documents.is_its_document).limit(AT_ONCE)).mappings().all()
    users = members_of(connection, account_id, {row["conversation_id"] for row in rows})
    return {row["document_id"]: _document(row, users[row["conversation_id"]]) for row in rows}


def _document(row: Mapping[Any, Any], users: Sequence[UserId]) -> Document:
    said = to_message(row)
    return Document(said, users, row["kind"] == ConversationKind.GROUP.value, frozenset(terms_of(text_of(said))))
