"""What an update of the schema will do is told before it is done, and looking changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import text

from hallway.storage.backup.tables import database_at
from hallway.storage.migrate import NEWEST, REVISIONS, SchemaTooNew, migrate_to, revision_of
from hallway.storage.schema_update import SchemaUpdate, foreseen
from tests.servers.postgres import Postgres

ACCOUNT = (
    "INSERT INTO account (id, name, messaging_on, mode, delete_for_everyone) VALUES (:account, 'A', :yes, 'strict', 0)"
)
CONVERSATION = (
    "INSERT INTO conversation (account_id, id, kind, last_seq, rev) "
    "VALUES (:account, :account, 'dialog', :messages, :messages)"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/hallway.db"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


def _look(url: str) -> SchemaUpdate:
    with database_at(url, may_be_new=True) as engine:
        return foreseen(engine)


def _bring_to(url: str, revision: str, messages: int) -> None:
    with database_at(url, may_be_new=True) as engine, engine.begin() as connection:
        migrate_to(connection, revision)
        given = {"account": "00000000-0000-0000-0000-000000000001", "messages": messages, "yes": True}
        connection.execute(text(ACCOUNT), given)
        connection.execute(text(CONVERSATION), given)


def test_an_empty_database_has_all_revisions_before_it(url: str) -> None:
    update = _look(url)
    assert (update.present, update.to, update.messages, update.seconds) == (None, NEWEST, 0, 0)
    assert [step.revision for step in update.steps] == list(REVISIONS)
    assert all(step.purpose.endswith((".", "!")) for step in update.steps)


@pytest.mark.slow("postgresql")
def test_only_what_is_missing_is_told_and_nothing_is_changed(url: str) -> None:
    _bring_to(url, "0007", 2_000_000)
    update = _look(url)
    assert (update.present, update.messages) == ("0007", 2_000_000)
    assert [step.revision for step in update.steps] == [one for one in REVISIONS if one > "0007"]
    with database_at(url) as engine, engine.connect() as connection:
        assert revision_of(connection) == "0007"


def test_the_revisions_that_look_at_every_message_take_longer_with_more(tmp_path: Path) -> None:
    few, many = f"sqlite:///{tmp_path}/few.db", f"sqlite:///{tmp_path}/many.db"
    _bring_to(few, "0002", 1_000_000)
    _bring_to(many, "0002", 10_000_000)
    assert _look(few).seconds > 1
    assert _look(many).seconds == pytest.approx(10 * _look(few).seconds)


@pytest.mark.slow("postgresql")
def test_a_newer_database_is_refused(url: str) -> None:
    _bring_to(url, NEWEST, 1)
    with database_at(url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        _look(url)
