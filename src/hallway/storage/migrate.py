"""Bring a database to the present schema, with Alembic's revisions in `migrations/`."""

from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, text

from hallway.storage.planner import instruct

_log = structlog.get_logger("hallway.storage")


class SchemaTooNew(Exception):  # noqa: N818 - says what is the matter, as the other answers do
    """The database was written by a newer Hallway; this one must not touch it."""


NEWEST = "head"


def upgrade(engine: Engine) -> None:
    """Run the revisions that the database does not have yet, in one transaction."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        with connection.begin():
            refuse_newer(connection)
            present = revision_of(connection)
            if present not in {None, newest_revision()}:
                _log.info(
                    "migrating", present=present, to=newest_revision(), hint="With many messages this takes minutes."
                )
            migrate_to(connection, NEWEST)
    engine.dispose()  # connections opened from now on know what the planner was told


def migrate_to(connection: Connection, revision: str) -> None:
    """Run the revisions up to this one, in the transaction of the connection."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    instruct(connection)


def configuration() -> Config:
    """Alembic's configuration: where the revisions are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def revision_of(connection: Connection) -> str | None:
    """The database's revision; None when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision of the present schema."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def forget_revision(connection: Connection) -> None:
    """From now on the database counts as empty."""
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def refuse_newer(connection: Connection) -> None:
    """Raise SchemaTooNew when the database's revision is not one of ours."""
    present = revision_of(connection)
    if present is not None:
        refuse_unknown(present, "The database")


def refuse_unknown(revision: str, where: str) -> None:
    """Raise SchemaTooNew when a revision is not one of ours; `where` says what has it."""
    try:
        ScriptDirectory.from_config(configuration()).get_revision(revision)
    except CommandError as unknown:
        message = f"{where} has revision {revision}, which this Hallway does not know. Install the newer Hallway."
        raise SchemaTooNew(message) from unknown
