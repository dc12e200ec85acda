"""How far the indexes of all accounts are."""

from sqlalchemy import Connection, func, select

from hallway.storage.schema import conversation
from hallway.storage.search_index.index import SqlSearchIndex
from hallway.storage.search_index.tables import account_index, conversation_index
from hallway.usecases.messaging.matching import ANALYSER


def indexed_of_all(connection: Connection) -> tuple[int, int, int]:
    """Return how many messages are indexed, how many there are, and how many accounts have no complete index."""
    is_present = account_index.c.number == conversation_index.c.of_number
    of_account = conversation_index.c.account_id == account_index.c.account_id
    joined = conversation_index.join(account_index, of_account & is_present)
    indexed = select(func.coalesce(func.sum(conversation_index.c.indexed_seq), 0)).select_from(joined)
    messages = select(func.coalesce(func.sum(conversation.c.last_seq), 0))
    incomplete = SqlSearchIndex(connection).incomplete(ANALYSER)
    numbers = (int(connection.execute(one).scalar_one()) for one in (indexed, messages))
    return next(numbers), next(numbers), len(incomplete)
