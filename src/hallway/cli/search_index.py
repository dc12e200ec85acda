"""The index of messages on the command line: how far it is, and building it anew."""

from contextlib import closing

import typer

from hallway.adapters import SystemClock
from hallway.cli.options import Data, value
from hallway.settings import load
from hallway.storage.backup.tables import database_at, in_plain_words
from hallway.storage.search_index.status import indexed_of_all
from hallway.storage.store import open_store
from hallway.usecases.messaging.indexing import rebuild as rebuild_index

commands = typer.Typer(help="The search index: how far it is, and building it anew.", no_args_is_help=True)


@commands.callback()
def _search_index() -> None:
    """The search index: how far it is, and building it anew."""


@commands.command("status")
def status(*, data: Data = None) -> None:
    """Show how many messages are in the search index."""
    with database_at(load(data=data).database_url) as engine, in_plain_words(engine), engine.connect() as connection:
        indexed, messages, incomplete = indexed_of_all(connection)
    typer.echo(f"{indexed:,} of {messages:,} messages are in the search index.")
    typer.echo(f"It isn't complete for {incomplete} accounts." if incomplete else "It is complete for every account.")


@commands.command("rebuild")
def rebuild(*, data: Data = None) -> None:
    """Empty the search index and build it anew, which a running Hallway does in the background.

    Until then, search finds words only as they're typed.
    """
    with closing(open_store(load(data=data).database_url)) as store:
        value(store.write([lambda tx: rebuild_index(tx, clock=SystemClock())])[0])
    typer.echo("The search index is empty. Hallway builds it while it is running: hallway search-index status")
