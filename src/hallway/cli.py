"""The command `hallway`: every word of it is explained by `hallway --help`."""

import gc
import secrets
import signal
import socket
import sys
from pathlib import Path
from typing import Annotated, TypeVar, cast

import msgspec
import typer
import uvicorn

from hallway import __version__, app, logs
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.demo.academy import ACCOUNT, PASSWORD, Academy
from hallway.demo.build import build
from hallway.domain.ids import SessionId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Refused
from hallway.integrations.sheets import read_sheet
from hallway.settings import BadSettings, Settings, load
from hallway.storage.migrate import SchemaTooNew
from hallway.storage.store import NoDatabaseUrl, SqlStore, open_store
from hallway.transport import documents
from hallway.usecases import entry, imports
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.import_plans import planner
from hallway.usecases.ports import Outcome, StoreUnavailable, Transaction, UserFilter

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

T = TypeVar("T")

cli = typer.Typer(
    name="hallway",
    help="Messaging for learning platforms.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
user = typer.Typer(help="Help one user from the command line.", no_args_is_help=True)
cli.add_typer(user, name="user")

SELDOM = (50_000, 20, 100)
"""How many new objects, and how many smaller rounds, let the garbage collector go round. Its usual haste cost a server
under load a third of its time: what has a use of a message's length is gone without it.
"""

Port = Annotated[int | None, typer.Option(help="The port to listen on; 8080 unless set.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on; 127.0.0.1 unless set.")]
Data = Annotated[str | None, typer.Option(help="The folder that keeps everything; hallway-data unless set.")]


@cli.command()
def demo(
    *,
    port: Port = None,
    host: Host = None,
    data: Annotated[str, typer.Option(help="The folder of the demo; never that of real people.")] = "hallway-demo",
    reset: Annotated[bool, typer.Option("--reset", help="Forget what was done in the demo and start anew.")] = False,
) -> None:
    """Start a demo academy with people, courses and conversations, to try everything in."""
    settings = load(port=port, host=host, data=data, database="", demo=True)
    _require_free_port(settings)
    store = _open_academy(settings)
    if reset:
        store.close()
        for file in Path(data).glob("hallway.db*"):
            file.unlink()
        store = _open_academy(settings)
    if store.read(lambda tx: tx.accounts.only()) is None:
        typer.echo("Building the demo academy…")
        passwords = Argon2Passwords(settings.password_memory_kib)
        build(store, clock=SystemClock(), ids=RandomIds(), passwords=passwords)
    _introduce(store, settings)
    store.close()
    _serve(settings, None)


def _open_academy(settings: Settings) -> SqlStore:
    """The demo's store. Raises BadSettings for that of real people: it would open to everybody at one click."""
    store = open_store(settings.database_url)
    account = store.read(lambda tx: tx.accounts.only())
    if account is not None and account.id != ACCOUNT:
        store.close()
        message = f"The folder {settings.data} holds a real installation. Give the demo another one with --data."
        raise BadSettings(message)
    return store


def _require_free_port(settings: Settings) -> None:
    """Say it before anything else when somebody listens there already. Raises BadSettings."""
    try:
        socket.create_server((settings.host, settings.port), reuse_port=False).close()
    except OSError as taken:
        message = f"Nothing can listen on {settings.host}, port {settings.port}: {taken.strerror}. Try another --port."
        raise BadSettings(message) from taken


def _introduce(store: SqlStore, settings: Settings) -> None:
    """Say where to sign in, as whom, and why."""
    account = store.read(lambda tx: tx.accounts.only())
    typer.echo(f"\n{account.name if account else 'Hallway'} is at {settings.address}\n")
    typer.echo("Sign in with one click, or with one of these:")
    content = Academy().content["people"]
    for login, hint in Academy().doors():
        name, role, *_ = content[login]
        typer.echo(f"  {login:8} {name}, {role.replace('_', ' ')}. {hint}")
    typer.echo(f"  Everybody's password is {PASSWORD}\n\nCtrl+C stops it.\n")


@cli.command()
def serve(*, port: Port = None, host: Host = None, data: Data = None) -> None:
    """Serve an installation. An empty one prints the address of its set-up page."""
    settings = load(port=port, host=host, data=data, demo=False)
    _require_free_port(settings)
    store = open_store(settings.database_url)
    token = secrets.token_urlsafe(18)
    if store.read(lambda tx: tx.accounts.only()) is None:
        typer.echo(
            f"\nHallway is not set up yet. Open this address, once:\n  {settings.address}/set-up?token={token}\n"
        )
    else:
        typer.echo(f"Hallway is at {settings.address}")
    store.close()
    _serve(settings, token)


def _serve(settings: Settings, set_up_token: str | None) -> None:
    logs.configure(settings.log_format)
    server = uvicorn.Server(app.server_config(app.open_house(settings, set_up_token=set_up_token), settings))
    _use_all_files()
    signal.signal(signal.SIGTERM, _stopped)
    gc.freeze()
    gc.set_threshold(*SELDOM)
    server.run()


def _stopped(*_: object) -> None:
    """A stop that was asked for is no failure; uvicorn raises the signal once more when it has finished."""
    sys.exit(0)


def _use_all_files() -> None:
    """Take as many open files as the system grants to who asks: each line is one, and most systems begin at 1,024."""
    if resource is not None:
        _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


@cli.command("import")
def import_file(
    kind: Annotated[imports.Kind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False)],
    *,
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; change nothing.")] = False,
) -> None:
    """Import users, departments, courses, enrolments or experts from a file: all of it or nothing."""
    store = open_store(load(data=data).database_url)
    ids = RandomIds()
    job = imports.Job(ids.new(), _owner(store), kind, file.name, read_sheet(file.read_bytes()))
    with typer.progressbar(length=len(job.sheet.lines), label=f"Checking {file.name}") as bar:
        plan = planner(kind)
        job.watch = lambda done: bar.update(done - bar.pos)
        job.report = store.read(lambda tx: imports.check(tx, job.actor, planner=plan, job=job, ids=ids))
    if not dry_run and not job.report.bad_lines:

        def work(tx: Transaction) -> imports.Report:
            return imports.apply(tx, job.actor, planner=plan, job=job, ids=ids)

        job.report = _value(store.write([work])[0])
    _tell(job, dry_run=dry_run)


def _tell(job: imports.Job, *, dry_run: bool) -> None:
    report = job.report
    for bad in report.bad_lines[:200]:
        where = f", {bad.column} “{bad.value}”" if bad.column else ""
        typer.echo(f"Line {bad.line}{where}: {bad.message}", err=True)
    if report.bad_lines:
        count = "1 line is bad" if report.bad_count == 1 else f"{report.bad_count} lines are bad"
        typer.echo(f"{count}. Nothing was changed.", err=True)
        raise typer.Exit(1)
    verb = "would be " if dry_run else ""
    typer.echo(
        f"{report.to_add} {verb}added, {report.to_change} {verb}changed, {report.unchanged} already as in the file."
    )


@user.command("sign-in-link")
def sign_in_link(
    login: Annotated[str, typer.Argument(help="The user's login or e-mail address.")], *, data: Data = None
) -> None:
    """Print a one-time link through which a user chooses a new password."""
    settings = load(data=data)
    store = open_store(settings.database_url)

    def work(tx: Transaction) -> entry.Issued:
        account = tx.accounts.only()
        found = tx.people.by_login(account.id, login) if account else None
        if found is None:
            raise NotFound("user")
        if found.state is not State.ACTIVE:
            raise Conflict("not_active", "Activate the person first.")
        return entry.issue_link(tx, found.account_id, found.id, clock=SystemClock(), ids=RandomIds())

    issued = _value(store.write([work])[0])
    typer.echo(f"{settings.address}/link/{issued.secret}")


@cli.command()
def migrate(*, data: Data = None) -> None:
    """Bring the database to the present schema; `serve` does so by itself."""
    open_store(load(data=data).database_url).close()
    typer.echo("The database has the present schema.")


@cli.command()
def settings(*, data: Data = None) -> None:
    """Print the settings in force, without secrets."""
    found = load(data=data)
    for name in Settings.__struct_fields__:
        value = getattr(found, name)
        shown = "(set)" if name == "database" and value else value
        typer.echo(f"{name} = {msgspec.json.encode(shown).decode()}")


@cli.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    typer.echo(documents.printed(app.sketch()))


@cli.callback(invoke_without_command=True)
def version(
    *, show: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False
) -> None:
    """Messaging for learning platforms."""
    if show:
        typer.echo(f"hallway {__version__}")
        raise typer.Exit


def _owner(store: SqlStore) -> Actor:
    """The account's owner, on whose behalf the command line imports."""
    account = store.read(lambda tx: tx.accounts.only())
    if account is None:
        message = "Hallway is not set up yet. Start it with `hallway serve` first."
        raise BadSettings(message)
    chosen = UserFilter(role=Role.OWNER)
    (owner,) = store.read(lambda tx: tx.people.page(account.id, chosen, after=None, limit=1))
    return Actor(account.id, owner.id, SessionId(""))


def _value(outcome: Outcome[T]) -> T:
    if outcome.failure is not None:
        raise outcome.failure
    return cast("T", outcome.value)


EXPECTED = (BadSettings, NoDatabaseUrl, StoreUnavailable, SchemaTooNew, Invalid, NotFound, Conflict, Refused, OSError)


def main() -> None:
    """Run the command; what goes wrong is one line."""
    try:
        cli()
    except EXPECTED as failure:
        typer.echo(f"hallway: {failure}", err=True)
        sys.exit(1)
