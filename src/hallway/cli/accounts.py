"""Accounts: many in one installation, each with its people, addresses and limits."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

import typer
from msgspec import UNSET, UnsetType

from hallway.adapters import RandomIds
from hallway.cli.choosing import chosen_account
from hallway.cli.options import Data, Force, value
from hallway.cli.recording import record
from hallway.domain.accounts import Account
from hallway.domain.audit import Action
from hallway.domain.files import MEGABYTE
from hallway.settings import Settings, load
from hallway.storage.backup.accounts import addresses_in, removable, remove, restore_account
from hallway.storage.backup.files import restore_objects
from hallway.storage.backup.form import Backup
from hallway.storage.backup.saving import snapshot
from hallway.storage.backup.tables import database_at
from hallway.storage.blobs import folder_of_files, open_blobs
from hallway.storage.migrate import refuse_unknown
from hallway.storage.store import open_store
from hallway.usecases.accounts import founding, limits, provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.errors import Conflict
from hallway.usecases.files.ports import folder
from hallway.usecases.transaction import Transaction

T = TypeVar("T")
commands = typer.Typer(help="Accounts: many organisations in one installation.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Its name, host or id.")]
Addresses = Annotated[
    list[str] | None, typer.Option("--address", help="Where its people reach it; the first one is used in links.")
]
MailSender = Annotated[str | None, typer.Option(help="The address that its mails come from.")]
People = Annotated[int | None, typer.Option(help="How many people it may have; 0 for any number.")]
Rate = Annotated[
    int | None, typer.Option(help="How many messages a person may send in a minute; 0 for the usual number.")
]
FileMegabytes = Annotated[
    int | None, typer.Option(help="How many MB its files may have together; 0 for the usual number.")
]


@commands.callback()
def _accounts() -> None:
    """Accounts: many organisations in one installation."""


@commands.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What it is called.")], *, address: Addresses = None, data: Data = None
) -> None:
    """Add an account, and print the link by which its owner sets it up."""
    settings = load(data=data)
    _require_not_ours(settings, address or [])
    account, token = _write(settings, lambda tx: provisioning.add(tx, name, address or [], ids=RandomIds()))
    _print_set_up(account, token)


@commands.command("set-up-link")
def set_up_link(account: Named, *, data: Data = None) -> None:
    """Print a new set-up link for an account that has no owner yet; the one before stops working."""

    def work(tx: Transaction) -> tuple[Account, str]:
        found = chosen_account(tx, account)
        return found, founding.await_owner(tx, found.id, ids=RandomIds())

    _print_set_up(*_write(load(data=data), work))


@commands.command("list")
def show_all(*, data: Data = None) -> None:
    """List all accounts."""
    settings = load(data=data)
    for one in _read(settings, lambda tx: tx.accounts.all()):
        state = "suspended" if one.is_suspended else "active"
        typer.echo("\t".join([one.id, one.name, state, *(one.addresses or [settings.address])]))


@commands.command("show")
def show(account: Named, *, data: Data = None) -> None:
    """Show an account."""
    settings = load(data=data)
    one = _read(settings, lambda tx: chosen_account(tx, account))
    people = _read(settings, lambda tx: tx.people.count(one.id, limits.WHO_COUNTS))
    awaits = _read(settings, lambda tx: founding.awaits_owner(tx, one.id))
    granted = one.limits
    used = _read(settings, lambda tx: tx.files.used(one.id)) // MEGABYTE
    room = granted.file_bytes // MEGABYTE if granted.file_bytes else settings.file_quota_mb
    for label, text in (
        ("name", one.name),
        ("id", one.id),
        ("state", "suspended" if one.is_suspended else "awaits its owner" if awaits else "active"),
        ("addresses", ", ".join(one.addresses) or f"{settings.address} (the installation's)"),
        ("mails come from", one.mail_sender or settings.mail_from or "nowhere: no mail is set up"),
        ("people", f"{people} of {granted.people}" if granted.people else str(people)),
        ("messages a minute", str(granted.messages_per_minute or settings.messages_per_minute)),
        ("files", f"{used} of {room} MB" if room else f"{used} MB"),
    ):
        typer.echo(f"{label + ':':20}{text}")


@commands.command("change")
def change(
    account: Named,
    *,
    address: Addresses = None,
    mail_sender: MailSender = None,
    people: People = None,
    messages_per_minute: Rate = None,
    file_megabytes: FileMegabytes = None,
    data: Data = None,
) -> None:
    """Change where an account is reached, who its mails come from, and what it may use; what isn't named stays."""
    _require_not_ours(load(data=data), address or [])
    changes = OperatorPatch(
        addresses=address or UNSET,
        mail_sender=UNSET if mail_sender is None else mail_sender,
        people=_limit(people),
        messages_per_minute=_limit(messages_per_minute),
        file_bytes=_limit(None if file_megabytes is None else file_megabytes * MEGABYTE),
    )
    typer.echo(f"{_changed(account, changes, data).name} was changed.")


@commands.command("rename")
def rename(
    account: Named, name: Annotated[str, typer.Argument(help="What it is to be called.")], *, data: Data = None
) -> None:
    """Rename an account."""
    typer.echo(f"It is called {_changed(account, OperatorPatch(name=name), data).name} now.")


@commands.command("suspend")
def suspend(account: Named, *, data: Data = None) -> None:
    """Let nobody into an account until it is resumed. Nothing is deleted."""
    typer.echo(f"{_changed(account, OperatorPatch(is_suspended=True), data).name} is suspended.")


@commands.command("resume")
def resume(account: Named, *, data: Data = None) -> None:
    """Let people into a suspended account again."""
    typer.echo(f"{_changed(account, OperatorPatch(is_suspended=False), data).name} is open again.")


@commands.command("export")
def export(
    account: Named,
    file: Annotated[Path, typer.Argument(help="The file to write.", dir_okay=False)],
    *,
    data: Data = None,
    force: Force = False,
) -> None:
    """Write all that an account has to one file. Hallway can keep running."""
    settings = load(data=data)
    one = _read(settings, lambda tx: chosen_account(tx, account))
    with (
        database_at(settings.database_url) as engine,
        snapshot(engine, one.id, folder_of_files(settings)) as saving,
        typer.progressbar(length=saving.head.rows, label=f"Saving to {file.name}") as bar,
    ):
        saving.write(file, replaces=force, watch=bar.update)
    record(settings.database_url, Action.ACCOUNT_SAVED, one.id)
    typer.echo(f"{saving.head.rows} rows of {one.name} are in {file}, {file.stat().st_size} bytes.")


@commands.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by `hallway account export`.", exists=True)],
    *,
    data: Data = None,
) -> None:
    """Put an exported account into this installation. With SQLite, stop Hallway first."""
    settings = load(data=data)
    open_store(settings.database_url).close()
    found = Backup(file)
    refuse_unknown(found.head.revision, f"The file {file}")
    with typer.progressbar(length=found.head.rows, label=f"Checking {file.name}") as bar:
        found.verify(bar.update)
    _require_not_ours(settings, addresses_in(found))
    with (
        database_at(settings.database_url) as engine,
        typer.progressbar(length=found.head.rows, label="Restoring") as bar,
    ):
        account_id = restore_account(engine, found, bar.update)
        restore_objects(found, open_blobs(settings.files, settings.data))
    restored = _read(settings, lambda tx: chosen_account(tx, account_id))
    typer.echo(f"{found.head.rows} rows of {restored.name} were restored.")
    typer.echo("Its people need to sign in again. Access tokens are still valid.")
    if restored.is_suspended:
        typer.echo(f"It is suspended. Let people in with: hallway account resume {restored.id}")


@commands.command("remove")
def remove_account(
    account: Named,
    *,
    exported: Annotated[
        Path, typer.Option(help="The file of its export, made after it was suspended.", exists=True, dir_okay=False)
    ],
    data: Data = None,
) -> None:
    """Remove a suspended account with everything in it, once all of it is in an export. This can't be undone."""
    settings = load(data=data)
    one = _read(settings, lambda tx: chosen_account(tx, account))
    if not one.is_suspended:
        raise Conflict("clash", f"Suspend it first: hallway account suspend {one.id}")
    file = Backup(exported)
    with database_at(settings.database_url) as engine:
        with typer.progressbar(length=file.head.rows, label=f"Checking {exported.name}") as bar:
            removal = removable(engine, one.id, file, bar.update)
        with typer.progressbar(length=removal.rows, label="Removing") as bar:
            remove(engine, removal, bar.update)
    open_blobs(settings.files, settings.data).remove_all(folder(one.id))
    typer.echo(f"{one.name} was removed. {exported} can be restored with hallway account restore.")


def _read(settings: Settings, work: Callable[[Transaction], T]) -> T:
    with closing(open_store(settings.database_url)) as store:
        return store.read(work)


def _write(settings: Settings, work: Callable[[Transaction], T]) -> T:
    with closing(open_store(settings.database_url)) as store:
        return value(store.write([work])[0])


def _changed(named: str, changes: OperatorPatch, data: str | None) -> Account:
    def work(tx: Transaction) -> Account:
        return provisioning.change(tx, chosen_account(tx, named).id, changes)

    return _write(load(data=data), work)


def _require_not_ours(settings: Settings, written: Sequence[str]) -> None:
    """Raise Conflict for an address of the installation, which leads to the account that has none of its own."""
    ours = {urlsplit(one).hostname for one in (settings.address, *settings.other_urls.split())}
    for one in written:
        if urlsplit(one).hostname in ours:
            raise Conflict(
                "clash",
                f"{one} is the installation's own address, which leads to the account without one. Give this account another.",
            )


def _limit(number: int | None) -> int | UnsetType | None:
    """Return the limit that was typed: nothing leaves it as it is, and 0 takes it away."""
    return UNSET if number is None else number or None


def _print_set_up(account: Account, token: str) -> None:
    typer.echo(f"{account.name} is set up at this address, once:\n  {account.addresses[0]}/set-up?token={token}")
