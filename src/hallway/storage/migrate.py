"""Bring a database to the present schema, with Alembic's revisions in `migrations/`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine

from hallway.storage.planner import instruct


class SchemaTooNew(Exception):  # noqa: N818 - says what is the matter, as the other answers do
    """The database was written by a newer Hallway; this one must not touch it."""


def upgrade(engine: Engine) -> None:
    """Run the revisions that the database does not have yet, in one transaction."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        with connection.begin():
            refuse_newer(connection)
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            instruct(connection)
    engine.dispose()  # connections opened from now on know what the planner was told


def configuration() -> Config:
    """Alembic's configuration: where the revisions are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def refuse_newer(connection: Connection) -> None:
    """Raise SchemaTooNew when the database's revision is not one of ours."""
    present = MigrationContext.configure(connection).get_current_revision()
    if present is None:
        return
    try:
        ScriptDirectory.from_config(configuration()).get_revision(present)
    except CommandError as unknown:
        message = f"The database has revision {present}, which this Hallway does not know. Install the newer Hallway."
        raise SchemaTooNew(message) from unknown
