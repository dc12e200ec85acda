"""The command `hallway`: every word of it is explained by `hallway --help`."""

import sys

import typer

from hallway.cli import about, accounts, audit, database, doctor, importing, migrate_store, search_index, serving, user
from hallway.domain.verdicts import Refused
from hallway.settings import BadSettings
from hallway.storage.alone import ServedAlready
from hallway.storage.backup.accounts import NotThisAccount
from hallway.storage.backup.form import DamagedBackup, NewerBackup, NoBackup
from hallway.storage.backup.restoring import InUse, NotEmpty
from hallway.storage.backup.tables import NothingHere
from hallway.storage.backup.transfer import Unequal
from hallway.storage.engines import NoDatabaseUrl
from hallway.storage.migrate import SchemaTooNew
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.transaction import StoreUnavailable

EXPECTED = (
    BadSettings,
    Conflict,
    DamagedBackup,
    InUse,
    Invalid,
    NewerBackup,
    NoBackup,
    NoDatabaseUrl,
    NotEmpty,
    NotFound,
    NotThisAccount,
    NothingHere,
    OSError,
    Refused,
    SchemaTooNew,
    ServedAlready,
    StoreUnavailable,
    Unequal,
)
"""What can go wrong without a fault of ours."""

cli = typer.Typer(
    name="hallway",
    help="Messaging for learning platforms.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.callback(invoke_without_command=True)(about.version)
cli.command()(serving.demo)
cli.command()(serving.serve)
cli.command("import")(importing.import_file)
cli.add_typer(user.commands, name="user")
cli.add_typer(accounts.commands, name="account")
cli.add_typer(audit.commands, name="audit")
cli.add_typer(search_index.commands, name="search-index")
cli.command()(database.migrate)
cli.command()(migrate_store.migrate_store)
cli.command()(database.backup)
cli.command()(database.restore)
cli.command()(doctor.doctor)
cli.command()(about.settings)
cli.command()(about.openapi)


def main() -> None:
    """Run the command; what goes wrong is told in a sentence, without a traceback."""
    try:
        cli()
    except EXPECTED as failure:
        typer.echo(f"hallway: {failure}", err=True)
        sys.exit(1)
