"""Serving: the demo academy, or an installation for real people."""

import gc
import secrets
import signal
import sys
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext
from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

import typer

from hallway import app, logs
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.cli.options import Data, Host, Port, Workers
from hallway.cli.sockets import handed_over, is_handed_over, listen, worker_number
from hallway.demo.academy import ACCOUNT, PASSWORD, Academy
from hallway.demo.build import build
from hallway.settings import BadSettings, Settings, load
from hallway.storage.alone import ENDING, served_alone
from hallway.storage.backup.tables import database_file
from hallway.storage.store import SqlStore, open_store
from hallway.transport.server import Server, server_config

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None

HANDED_OVER, BY_ITSELF = 15.0, 5.0
"""Seconds for the server before to stop: longer where its socket was handed over, and so people wait rather than fail."""
SELDOM = (50_000, 20, 100)
"""How many new objects, and how many smaller rounds, let the garbage collector go round. Its usual haste cost a server
under load a third of its time: what has a use of a message's length is gone without it.
"""


def demo(
    *,
    port: Port = None,
    host: Host = None,
    data: Annotated[
        str, typer.Option(help="The folder for the demo; never one with real people's data.")
    ] = "hallway-demo",
    reset: Annotated[bool, typer.Option("--reset", help="Discard all changes to the demo and start over.")] = False,
) -> None:
    """Start a demo academy with people, courses and conversations."""
    settings = load(port=port, host=host, data=data, database="", demo=True)
    logs.configure(settings.log_format)
    _require_free_port(settings)
    with _alone(settings):
        _serve_academy(settings, shall_reset=reset)


def _serve_academy(settings: Settings, *, shall_reset: bool) -> None:
    store = _open_academy(settings)
    if shall_reset:
        store.close()
        for file in Path(settings.data).glob("hallway.db*"):
            if file.suffix != ENDING:
                file.unlink()
        store = _open_academy(settings)
    if store.read(lambda tx: tx.accounts.default()) is None:
        typer.echo("Building the demo academy…")
        passwords = Argon2Passwords(settings.password_memory_kib)
        build(store, clock=SystemClock(), ids=RandomIds(), passwords=passwords)
    _introduce(store, settings)
    _serve(settings, store, None)


def _open_academy(settings: Settings) -> SqlStore:
    """The demo's store. Raises BadSettings for that of real people: it would open to everybody at one click."""
    store = open_store(settings.database_url)
    account = store.read(lambda tx: tx.accounts.default())
    if account is not None and account.id != ACCOUNT:
        store.close()
        message = f"The folder {settings.data} holds a real installation. Choose another folder with --data."
        raise BadSettings(message)
    return store


def _require_free_port(settings: Settings) -> None:
    """Say it before anything else when somebody listens there already. Raises BadSettings."""
    listen(settings.host, settings.port).close()


def _introduce(store: SqlStore, settings: Settings) -> None:
    """Say where to sign in, as whom, and why."""
    account = store.read(lambda tx: tx.accounts.default())
    typer.echo(f"\n{account.name if account else 'Hallway'} is at {settings.address}\n")
    typer.echo("Sign in with one click, or with one of these:")
    content = Academy().content["people"]
    for login, hint in Academy().doors():
        name, role, *_ = content[login]
        typer.echo(f"  {login:8} {name}, {role.replace('_', ' ')}. {hint}")
    typer.echo(f"  Everyone's password is {PASSWORD}\n\nPress Ctrl+C to stop.\n")


def serve(*, port: Port = None, host: Host = None, data: Data = None, workers: Workers = None) -> None:
    """Run Hallway. A new installation prints the address of its setup page."""
    settings = load(port=port, host=host, data=data, workers=workers, demo=False)
    worker = worker_number()
    logs.configure(settings.log_format, **({} if worker is None else {"worker": worker}))
    token = settings.set_up_token or secrets.token_urlsafe(18)
    if settings.workers > 1:
        _serve_with_workers(settings, token)
    if not is_handed_over():
        _require_free_port(settings)
    with _alone(settings):
        store = open_store(settings.database_url)
        if worker is None:
            _greet(store, settings, token)
        _serve(settings, store, token)


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """Be the only server of a SQLite file; the one before, which may still answer the last requests, is waited for."""
    file = database_file(settings.database_url)
    if file is None:
        return nullcontext()
    patience = settings.drain_seconds + (HANDED_OVER if is_handed_over() else BY_ITSELF)

    def announce() -> None:
        typer.echo(f"Another Hallway serves {file}. Waiting up to {patience:.0f} seconds for it to stop…", err=True)

    return served_alone(file, patience=patience, waiting=announce)


def _serve_with_workers(settings: Settings, token: str) -> NoReturn:
    """Be their parent. Before they start, the database has the present schema."""
    _require_several(settings)
    from hallway.cli.workers import serve_with_workers  # noqa: PLC0415 - its own first page says why

    with ExitStack() as exits:
        listening = handed_over() if is_handed_over() else [listen(settings.host, settings.port)]
        sockets = [exits.enter_context(one) for one in listening]
        with closing(open_store(settings.database_url)) as store:
            _greet(store, settings, token)
        sys.exit(serve_with_workers(settings, sockets, token))


def _require_several(settings: Settings) -> None:
    """Raise BadSettings where only one process can serve."""
    if not hasattr(signal, "sigtimedwait"):
        message = "This system can't run several workers."
    elif not settings.database.startswith("postgres"):
        message = "Several workers need PostgreSQL; SQLite supports one process. Move with `hallway migrate-store`."
    elif settings.pub_sub == "in-process":
        message = "Several workers need a broker to exchange events. Remove HALLWAY_BROKER=in-process."
    else:
        return
    raise BadSettings(message)


def _greet(store: SqlStore, settings: Settings, token: str) -> None:
    """Say where it is, or where it is set up."""
    if store.read(lambda tx: tx.accounts.default()) is None:
        typer.echo(
            f"\nHallway isn't set up yet. Open this address to set it up:\n  {settings.address}/set-up?token={token}\n"
        )
    elif settings.log_format == "text":
        typer.echo(f"Hallway is at {settings.address}")


def _require_free_mail_port(settings: Settings) -> None:
    """Require the port for mails that another server brings to be free."""
    parts = urlsplit(settings.mail_in)
    if parts.scheme in {"lmtp", "smtp"}:
        listen(parts.hostname or "", parts.port or 0, instead="HALLWAY_MAIL_IN").close()


def _serve(settings: Settings, store: SqlStore, set_up_token: str | None) -> None:
    is_first = worker_number() in {None, 1}
    if is_first:
        _require_free_mail_port(settings)
    application = app.build(settings, store, set_up_token=set_up_token, is_first=is_first)
    config = server_config(application, settings.host, settings.port)
    server = Server(
        config,
        application.state.health,
        address=settings.address,
        drain_seconds=settings.drain_seconds,
        let_go=application.state.close_files,
    )
    _use_all_files()
    signal.signal(signal.SIGTERM, _stopped)
    gc.freeze()
    gc.set_threshold(*SELDOM)
    server.run(handed_over() if is_handed_over() else None)


def _stopped(*_: object) -> None:
    """A stop that was asked for is no failure; uvicorn raises the signal once more when it has finished."""
    sys.exit(0)


def _use_all_files() -> None:
    """Take as many open files as the system grants to who asks: each line is one, and most systems begin at 1,024."""
    if resource is not None:
        _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))
