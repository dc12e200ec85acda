"""The audit log on the command line: whether it is whole, and all of it as text."""

import csv
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from hallway.cli.options import Data
from hallway.domain.audit import Entry, first_break, values
from hallway.domain.ids import AccountId
from hallway.settings import load
from hallway.storage import audit_heads
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.transaction import Transaction

commands = typer.Typer(help="The audit log: who changed what.", no_args_is_help=True)


@commands.callback()
def _audit() -> None:
    """The audit log: who changed what."""


class Form(StrEnum):
    """How entries are written down."""

    CSV = "csv"
    JSON = "jsonl"


@commands.command("verify")
def verify(
    *,
    data: Data = None,
    heads: Annotated[
        Path | None,
        typer.Option(help="Exported heads; by default audit-heads.log in the data folder.", exists=True),
    ] = None,
) -> None:
    """Check that no entry was changed. Exits with 1 and names the first one that was."""
    settings = load(data=data)
    file = heads or Path(settings.data) / audit_heads.NAME
    store = open_store(settings.database_url)
    is_whole = [_verify(store, account_id, file) for account_id in _accounts(store)]
    store.close()
    if not all(is_whole):
        raise typer.Exit(1)


def _verify(store: SqlStore, account_id: AccountId, file: Path) -> bool:
    known = audit_heads.exported(file, account_id)
    found = store.read(lambda tx: first_break(tx.audit.whole(account_id), known))
    if found is not None:
        typer.echo(f"{found.reason} All entries before it are intact.", err=True)
        return False
    head = store.read(lambda tx: tx.audit.head(account_id))
    if head is None:
        typer.echo("No entries yet.")
        return True
    typer.echo(f"All {head.seq} entries are intact. The last hash is {head.hash}.")
    typer.echo(f"They match {len(known)} heads in {file}." if known else f"{file} has no heads yet.")
    return True


@commands.command("export")
def export(
    *,
    data: Data = None,
    form: Annotated[
        Form, typer.Option("--format", help="CSV for spreadsheets, or one JSON object per line.")
    ] = Form.CSV,
) -> None:
    """Print all entries with their hashes, oldest first."""
    store = open_store(load(data=data).database_url)

    def work(tx: Transaction) -> None:
        for account_id in tx.accounts.ids():
            _print(form, tx.audit.whole(account_id))

    store.read(work)
    store.close()


def _accounts(store: SqlStore) -> list[AccountId]:
    return list(store.read(lambda tx: tx.accounts.ids()))


def _print(form: Form, entries: Iterator[Entry]) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS)
    if form is Form.CSV:
        writer.writeheader()
    for entry in entries:
        row = dict(zip(COLUMNS, _row(entry), strict=True))
        if form is Form.CSV:
            writer.writerow(row)
        else:
            sys.stdout.write(msgspec.json.encode(row).decode() + "\n")


COLUMNS = (
    "account_id",
    "seq",
    "at",
    "action",
    "via",
    "user_id",
    "session_id",
    "address",
    "target_kind",
    "target_id",
    "person_id",
    "facts",
    "hash",
)
"""What is printed of an entry; in this order, without the hash and behind the hash before it, it is what is hashed."""


def _row(entry: Entry) -> tuple[object, ...]:
    return (*values(entry.seq, entry.at, entry.draft), entry.hash)
