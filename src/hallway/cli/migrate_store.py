"""Moving an installation to another database: from SQLite to PostgreSQL, and back."""

import math
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from hallway.cli.durations import duration
from hallway.cli.options import Data
from hallway.cli.secrets import target_address
from hallway.domain.audit import Action
from hallway.settings import MIGRATE_TO, load
from hallway.storage.accounts import SqlAccounts
from hallway.storage.alone import served_alone
from hallway.storage.backup.loading import Watch
from hallway.storage.backup.restoring import emptied, record
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import database_at, database_file
from hallway.storage.backup.transfer import Transfer, estimated_seconds, held
from hallway.storage.migrate import NEWEST, migrate_to


def migrate_store(
    typed: Annotated[
        str | None,
        typer.Argument(
            metavar="[ADDRESS]",
            help="The target without its password: postgresql://user@host/name, or - to read it from standard input."
            f" Otherwise it is taken from {MIGRATE_TO}, or you are asked for it.",
        ),
    ] = None,
    *,
    to_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A file with the address, including its password.")
    ] = None,
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before writing is paused.")] = False,
) -> None:
    """Copy everything to an empty PostgreSQL database, or back to an empty SQLite file. People can read meanwhile."""
    address = load(data=data).database_url
    with (
        _interruptible(),
        database_at(address) as source,
        database_at(target_address(typed, to_file), may_be_new=True) as target,
    ):
        _announce(source, target)
        if not yes:
            typer.confirm("Copy now?", abort=True)
        _copy(source, target, database_file(address))
        _say_what_to_do(source, target)


@contextmanager
def _interruptible() -> Generator[None]:
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("\nInterrupted. Nothing was changed.", err=True)
        raise typer.Exit(1) from None


def _announce(source: Engine, target: Engine) -> None:
    """Say what will be copied, and for how long nobody can write meanwhile."""
    with snapshot(source) as saving:
        seconds = estimated_seconds(saving, target)
    typer.echo(
        f"Copying {saving.head.rows} rows from {_without_password(source)} to {_without_password(target)}.\n"
        f"Nobody will be able to write for {duration(seconds)}, and then until Hallway starts on the new database.\n"
        "People can still read; messages they write are sent after that."
    )


def _copy(source: Engine, target: Engine, file: Path | None) -> None:
    """Copy and check everything. It counts once no server is left that could write to the `file` it came from."""
    with ExitStack() as until_committed, held(source) as saving, emptied(target, replaces=False) as connection:
        transfer = Transfer(saving, connection)
        with _progress(saving.head.rows, "Copying ") as watch:
            transfer.copy(watch)
        with _progress(saving.head.rows, "Checking") as watch:
            transfer.check(watch)
        migrate_to(connection, NEWEST)
        record(connection, Action.ACCOUNT_MOVED, SqlAccounts(connection).ids())
        if file is not None:
            until_committed.enter_context(served_alone(file, patience=math.inf, waiting=_ask_to_stop))


@contextmanager
def _progress(rows: int, label: str) -> Generator[Watch]:
    with typer.progressbar(length=rows, label=label) as bar:
        yield bar.update


def _ask_to_stop() -> None:
    typer.echo("Everything is copied and checked. Stop Hallway now, so that nothing is written to the old database.")


def _say_what_to_do(source: Engine, target: Engine) -> None:
    typer.echo(
        f"Done. Set HALLWAY_DATABASE to {_without_password(target)}{_with_password(target)} and start Hallway.\n"
        f"To go back before anyone has written there, start Hallway on {_without_password(source)}, which is unchanged.\n"
        "Later, migrate back to an empty database with this command. See docs/operators.md."
    )


def _with_password(engine: Engine) -> str:
    return ", with its password," if engine.dialect.name == "postgresql" else ""


def _without_password(engine: Engine) -> str:
    """The address of a database, without a password."""
    return engine.url.set(drivername=engine.dialect.name, password=None, query={}).render_as_string()
