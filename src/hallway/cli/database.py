"""What keeps everything: its schema, its backup, and how it comes back."""

from pathlib import Path
from typing import Annotated

import typer

from hallway.cli.durations import duration
from hallway.cli.options import Data, Force
from hallway.cli.recording import record
from hallway.domain.audit import Action
from hallway.settings import load
from hallway.storage.backup.files import restore_objects
from hallway.storage.backup.form import Backup
from hallway.storage.backup.restoring import restore as restore_into
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import database_at, in_plain_words, is_there
from hallway.storage.blobs import folder_of_files, is_cloud, open_blobs
from hallway.storage.migrate import refuse_unknown
from hallway.storage.schema_update import SchemaUpdate, foreseen
from hallway.storage.store import open_store


def migrate(
    *,
    data: Data = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only say what would be done, and how long it would take.")
    ] = False,
) -> None:
    """Update the database schema; `serve` does this automatically."""
    url = load(data=data).database_url
    if plan or is_there(url):
        with database_at(url) as engine, in_plain_words(engine):
            update = foreseen(engine)
        if plan or (update.present and update.steps):
            typer.echo(_described(update))
    if not plan:
        open_store(url).close()
        typer.echo("The database schema is up to date.")


def _described(update: SchemaUpdate) -> str:
    """Say what an update will do, how long nobody can read or write meanwhile, and what to do when something goes wrong."""
    if update.present is None:
        return "The database is empty. Its tables will be made."
    if not update.steps:
        return f"The database schema is up to date, at {update.present}."
    return "\n".join(
        [
            f"Updating the database schema from {update.present} to {update.to}, with {update.messages:,} messages:",
            *(f"  {step.revision}  {step.purpose}" for step in update.steps),
            f"Nobody can read or write until it is done, which takes {duration(update.seconds)}.",
            "If it is interrupted, nothing has changed; start it again.",
            "The way back is a backup made before: run `hallway restore FILE --force` with the older version of Hallway.",
        ]
    )


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.", dir_okay=False)],
    *,
    data: Data = None,
    force: Force = False,
) -> None:
    """Back up everything to one file, including all messages. Hallway can keep running."""
    settings = load(data=data)
    with (
        database_at(settings.database_url) as engine,
        snapshot(engine, blobs=folder_of_files(settings)) as saving,
        typer.progressbar(length=saving.head.rows, label=f"Saving to {file.name}") as bar,
    ):
        saving.write(file, replaces=force, watch=bar.update)
    record(settings.database_url, Action.ACCOUNT_SAVED)
    size = file.stat().st_size
    typer.echo(
        f"{saving.head.rows} rows as of {saving.head.made_at:%Y-%m-%d %H:%M:%S} UTC are in {file}, {size} bytes."
    )
    if is_cloud(settings.files):
        typer.echo("The files of messages are in their object store, and not in this backup.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file written by `hallway backup`.", exists=True, dir_okay=False)],
    *,
    data: Data = None,
    force: Force = False,
) -> None:
    """Restore a backup into an empty data folder or database. Stop Hallway first."""
    settings = load(data=data)
    found = Backup(file)
    refuse_unknown(found.head.revision, f"The backup {file}")
    with typer.progressbar(length=found.head.rows, label=f"Checking {file.name}") as bar:
        found.verify(bar.update)
    with (
        database_at(settings.database_url, may_be_new=True) as engine,
        typer.progressbar(length=found.head.rows, label="Restoring") as bar,
    ):
        restore_into(engine, found, replaces=force, watch=bar.update)
        objects = restore_objects(found, open_blobs(settings.files, settings.data)) if found.head.objects else 0
    typer.echo(f"{found.head.rows} rows as of {found.head.made_at:%Y-%m-%d %H:%M:%S} UTC were restored.")
    if objects:
        typer.echo(f"{objects} objects of files were restored.")
    typer.echo("People need to sign in again. Access tokens are still valid.")
