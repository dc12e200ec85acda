"""Moving an installation from SQLite to PostgreSQL, while people write to each other."""

import math
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from hallway.cli.doctor import show
from hallway.cli.options import Data
from hallway.cli.recording import record
from hallway.cli.secrets import target_address
from hallway.domain.audit import Action
from hallway.settings import MIGRATE_TO, BadSettings, load
from hallway.storage.backup.tables import database_at, database_file
from hallway.storage.finding import Finding
from hallway.storage.moving.copying import Watch
from hallway.storage.moving.move import moving, place_of, rows_in, was_finished
from hallway.storage.moving.undo import undo

TWO_MINUTES = 120


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
    goes_back: Annotated[
        bool, typer.Option("--undo", help="Go back to SQLite, if nothing has been written to PostgreSQL.")
    ] = False,
) -> None:
    """Move everything from SQLite to an empty PostgreSQL database. Hallway can keep running."""
    file = _source(load(data=data).database_url)
    address = target_address(typed, to_file)
    if database_file(address) is not None:
        message = "The target must be PostgreSQL. Give an address like postgresql://user@host/name."
        raise BadSettings(message)
    with database_at(f"sqlite:///{file}") as source, database_at(address) as target, _interruptible():
        if goes_back:
            _go_back(source, target, file)
        elif was_finished(source, target):
            _say_what_to_do(target, file)
        else:
            record(f"sqlite:///{file}", Action.ACCOUNT_MOVED)
            _move(source, target, file, is_agreed=yes)
            _say_what_to_do(target, file)


def _source(url: str) -> Path:
    file = database_file(url)
    if file is None:
        message = "The settings already point to PostgreSQL. Unset HALLWAY_DATABASE, as for the running Hallway."
        raise BadSettings(message)
    return file.absolute()


@contextmanager
def _interruptible() -> Generator[None]:
    try:
        yield
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("\nInterrupted. Run the same command again to continue.", err=True)
        raise typer.Exit(1) from None


def _move(source: Engine, target: Engine, file: Path, *, is_agreed: bool) -> None:
    with moving(source, target) as move:
        typer.echo(f"Moving {file} to {move.place}. Hallway keeps running.")
        with _progress(source, "Copying  ") as watch:
            move.copy(watch)
        with _progress(source, "Comparing") as watch:
            problems = move.compare(watch)
        _show(problems)
        typer.echo(
            f"All rows are copied. Nobody will be able to write for {_duration(move.catch_up())}, and then until\n"
            "you restart Hallway on PostgreSQL. People can still read; messages they write are sent after the restart."
        )
        if not is_agreed:
            typer.confirm("Move now?", abort=True)
            move.catch_up()
        typer.echo(f"Moved. Nobody could write for {move.finish():.1f} seconds so far.")


@contextmanager
def _progress(source: Engine, label: str) -> Generator[Watch]:
    """A bar as long as there are rows."""
    with typer.progressbar(length=rows_in(source), label=label) as bar:
        yield bar.update


def _show(problems: Sequence[Finding]) -> None:
    for problem in problems:
        show(problem)
    if problems:
        typer.echo("It is the same in SQLite, and the move doesn't change it. See hallway doctor.")


def _duration(seconds: float) -> str:
    """As long as it took when others wrote meanwhile, and a second more."""
    if seconds > TWO_MINUTES:
        return f"about {math.ceil(seconds / 60)} minutes"
    return f"about {math.ceil(seconds) + 1} seconds"


def _say_what_to_do(target: Engine, file: Path) -> None:
    typer.echo(
        f"Set HALLWAY_DATABASE to {place_of(target)}, with its password, and restart Hallway.\n"
        f"{file} is kept, but no longer accepts changes."
    )


def _go_back(source: Engine, target: Engine, file: Path) -> None:
    with _progress(source, "Comparing") as watch:
        undo(source, target, watch)
    typer.echo(
        f"Nothing was written to PostgreSQL. {file} accepts changes again; restart Hallway without HALLWAY_DATABASE."
    )
