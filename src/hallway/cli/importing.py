"""Users, departments, courses and who belongs to them, from a file."""

from pathlib import Path
from typing import Annotated

import typer

from hallway.adapters import RandomIds
from hallway.cli.options import Data, value
from hallway.domain.ids import SessionId
from hallway.domain.people import Role
from hallway.integrations.sheets import read_sheet
from hallway.settings import BadSettings, load
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.actors import Actor
from hallway.usecases.import_plans import plan
from hallway.usecases.imports import Plan, carry_out
from hallway.usecases.ports import Transaction, UserFilter
from hallway.usecases.sheets import Kind, Report


def import_file(
    kind: Annotated[Kind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False)],
    *,
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; change nothing.")] = False,
) -> None:
    """Import users, departments, courses, enrolments or experts from a file: all of it or nothing."""
    store = open_store(load(data=data).database_url)
    owner, sheet = _owner(store), read_sheet(file.read_bytes())
    with typer.progressbar(length=len(sheet.lines), label=f"Checking {file.name}") as bar:

        def planned(tx: Transaction) -> Plan:
            return plan(tx, owner, kind, sheet, ids=RandomIds(), progress=lambda done: bar.update(done - bar.pos))

        report = store.read(planned).report
    if not dry_run and not report.bad_lines:
        report = value(store.write([lambda tx: carry_out(tx, planned(tx))])[0])
    _tell(report, dry_run=dry_run)


def _tell(report: Report, *, dry_run: bool) -> None:
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


def _owner(store: SqlStore) -> Actor:
    """The account's owner, on whose behalf the command line imports."""
    account = store.read(lambda tx: tx.accounts.only())
    if account is None:
        message = "Hallway is not set up yet. Start it with `hallway serve` first."
        raise BadSettings(message)
    chosen = UserFilter(role=Role.OWNER)
    (owner,) = store.read(lambda tx: tx.people.page(account.id, chosen, after=None, limit=1))
    return Actor(account.id, owner.id, SessionId(""))
