"""Plans that PostgreSQL keeps: made while a table is empty and nothing is known of it, used when it has grown."""

import pytest
from sqlalchemy import Connection, text

from hallway.storage.engines import open_engine
from hallway.storage.messages import SqlMessages
from hallway.storage.search_index.index import reindex
from hallway.storage.store import SqlStore, open_store
from tests.contracts.world import HERE, OWNER, TOMAS, furnished, message, talk
from tests.servers.copies import migrated
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow

MANY = 2_000
TOUCHED = text(
    "SELECT sum(idx_tup_read) + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables WHERE relname = 'message')"
    " FROM pg_stat_user_indexes WHERE relname = 'message'"
)
"""How many entries of indexes and rows were looked at to find messages, so far."""


def _touched(connection: Connection) -> int:
    connection.execute(text("SELECT pg_stat_force_next_flush()"))
    connection.commit()
    return int(connection.execute(TOUCHED).scalar_one())


def test_keys_are_looked_up_one_by_one_however_many_messages_came_since(postgres: Postgres) -> None:
    url = postgres.new_copy(migrated)
    store = furnished(open_store(url))
    assert isinstance(store, SqlStore)
    engine = open_engine(url)
    with engine.connect() as connection:
        messages = SqlMessages(connection, reindex)
        for _ in range(10):
            assert not messages.by_keys(HERE, [(OWNER, "none")])
            connection.commit()
        dialog = talk(store, OWNER, TOMAS, ["Hello"] * MANY).id
        keys = [(OWNER, message(dialog, seq, OWNER).key) for seq in (1, MANY)]
        before = _touched(connection)
        assert len(messages.by_keys(HERE, keys)) == 2
        connection.commit()
        assert _touched(connection) - before < 20
    engine.dispose()
    store.close()
