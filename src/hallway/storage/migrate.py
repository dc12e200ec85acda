"""Bring a database to the present schema, with Alembic's revisions in `migrations/`.

A database that has it already is recognised without Alembic, which takes a tenth of a second to load: each start asks.
"""

from pathlib import Path

import structlog
from sqlalchemy import Connection, Engine, inspect, text

from hallway.storage.planner import instruct

REVISIONS = tuple(sorted(path.stem.partition("_")[0] for path in (Path(__file__).parent / "migrations").rglob("0*.py")))
"""All there are, oldest first: each file's name begins with its own."""
NEWEST = REVISIONS[-1]
"""The revision of the present schema."""
_VERSION = "alembic_version"

_log = structlog.get_logger("hallway.storage")


class SchemaTooNew(Exception):  # noqa: N818 - says what is the matter, as the other answers do
    """The database was written by a newer Hallway; this one must not touch it."""


def upgrade(engine: Engine) -> None:
    """Run the revisions that the database does not have yet, in one transaction. Raises SchemaTooNew."""
    with engine.connect() as connection:
        connection.execution_options(is_writing=True)
        with connection.begin():
            _wait_for_others(connection)
            refuse_newer(connection)
            present = revision_of(connection)
            if present == NEWEST:
                instruct(connection)
                return
            if present is not None:
                _log.info("migrating", present=present, to=NEWEST, hint="With many messages, this can take minutes.")
            migrate_to(connection, NEWEST)
    engine.dispose()  # connections opened from now on know what the planner was told


def _wait_for_others(connection: Connection) -> None:
    """Wait for others that start at the same moment: the first upgrades, and the others find it done. SQLite has a single writer."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('hallway upgrade'))"))


def migrate_to(connection: Connection, revision: str) -> None:
    """Run the revisions up to `revision`, in the transaction of the connection."""
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    instruct(connection)


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, or None when it is empty."""
    if not inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()  # noqa: S608 - a constant


def forget_revision(connection: Connection) -> None:
    """Drop the revision, so that the database counts as empty from now on."""
    connection.execute(text(f"DROP TABLE IF EXISTS {_VERSION}"))


def refuse_newer(connection: Connection) -> None:
    """Raise SchemaTooNew when this Hallway does not know the database's revision."""
    present = revision_of(connection)
    if present is not None:
        refuse_unknown(present, "The database")


def refuse_unknown(revision: str, where: str) -> None:
    """Raise SchemaTooNew when this Hallway does not know a revision; `where` says what has it."""
    if revision not in REVISIONS:
        message = f"{where} has revision {revision}, which this Hallway does not know. Install the newer Hallway."
        raise SchemaTooNew(message)
