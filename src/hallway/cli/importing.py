"""Users, departments, courses and who belongs to them, from a file."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from hallway.adapters import RandomIds, SystemClock
from hallway.cli.choosing import Chosen, chosen_account
from hallway.cli.options import Data, value
from hallway.domain.audit import Action, Target, Via
from hallway.domain.people import Role
from hallway.integrations.encodings import KNOWN
from hallway.integrations.sheets import LARGEST_FILE
from hallway.integrations.uploads import read_alone
from hallway.settings import BadSettings, load
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports import batches
from hallway.usecases.imports import columns as import_columns
from hallway.usecases.imports.batches import Entry, Planner
from hallway.usecases.imports.plans import note_changed_sign_ins, planner
from hallway.usecases.imports.sheets import ImportKind, Report, Sheet, SheetLine
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Transaction

CHECKED, APPLIED = 500, 50
"""Lines that are checked, and that are stored, at once."""


def import_file(
    kind: Annotated[ImportKind, typer.Argument(help="What you are importing.")],
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False)],
    *,
    data: Data = None,
    account: Chosen = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file without importing anything.")] = False,
    encoding: Annotated[
        str | None, typer.Option(help="The file's encoding if it is uncertain, such as windows-1251.")
    ] = None,
) -> None:
    """Import users, departments, courses, enrolments or experts from a file. Nothing is imported if a row has errors.

    Unknown columns are left out.
    """
    store = open_store(load(data=data).database_url)
    owner, sheet = _owner(store, account), _read(file, encoding)
    names = import_columns.columns(kind, sheet.columns)
    _report_left_out(sheet.columns, names)
    batches.require_length(len(sheet.lines))
    judging, report = planner(kind, owner, clock=SystemClock(), ids=RandomIds()), Report()

    def check(tx: Transaction, lines: Sequence[SheetLine]) -> Report:
        return _judged(batches.judge, tx, judging, names, lines)

    def apply(tx: Transaction, lines: Sequence[SheetLine]) -> Report:
        used = planner(kind, owner, clock=SystemClock(), ids=RandomIds())
        judged = _judged(batches.carry_out, tx, used, names, lines)
        note_changed_sign_ins(tx, owner, used, clock=SystemClock(), ids=RandomIds())
        return judged

    for lines in _parts(sheet.lines, CHECKED, f"Checking {file.name}"):
        report.include(store.read(partial(check, lines=lines)))
    _require_good(report)
    if not dry_run:
        report = Report()
        for lines in _parts(sheet.lines, APPLIED, f"Importing {file.name}"):
            report.include(value(store.write([partial(apply, lines=lines)])[0]))
        facts = {"kind": kind, "lines": len(sheet.lines), "added": report.to_add, "changed": report.to_change}
        target = Target("import", "", file.name)
        value(store.write([lambda tx: trail.record(tx, owner, Action.IMPORT_APPLIED, target, after=facts)])[0])
    _print_report(report, dry_run=dry_run)


def _judged(
    judge: Callable[[Transaction, Planner, Sequence[Entry], Report], None],
    tx: Transaction,
    by: Planner,
    names: Sequence[str],
    lines: Sequence[SheetLine],
) -> Report:
    """The report of some lines, made anew each time: a transaction that clashed is run again."""
    report = Report()
    judge(tx, by, batches.entries(names, lines), report)
    return report


def _report_left_out(written: Sequence[str], names: Sequence[str]) -> None:
    left_out = [column for column, name in zip(written, names, strict=True) if name == import_columns.LEFT_OUT]
    if left_out:
        typer.echo(f"Left out: {', '.join(left_out)}", err=True)


def _read(file: Path, encoding: str | None) -> Sheet:
    """The file's lines. Raises Invalid, before a byte is read when it is too large or its encoding is none that is known."""
    if encoding is not None and encoding not in KNOWN:
        raise Invalid(Problem("encoding", "no_encoding", f"Use one of: {', '.join(KNOWN)}."))
    if file.stat().st_size > LARGEST_FILE:
        raise Invalid(Problem("file", "too_large", f"The file can have at most {LARGEST_FILE >> 20} MB."))
    return read_alone(file.read_bytes(), encoding)


def _parts(lines: Sequence[SheetLine], most: int, label: str) -> Iterator[Sequence[SheetLine]]:
    """So few lines at a time that a running server waits for none of it, behind a bar that shows how far it is."""
    with typer.progressbar(length=len(lines), label=label) as bar:
        for start in range(0, len(lines), most):
            part = lines[start : start + most]
            yield part
            bar.update(len(part))


def _require_good(report: Report) -> None:
    """End with what is wrong, before anything is changed."""
    if report.bad_lines:
        _blame(report)
        typer.echo(f"{_count(report)}. Nothing was imported.", err=True)
        raise typer.Exit(1)


def _print_report(report: Report, *, dry_run: bool) -> None:
    """Print what was done; what was right when it was checked may have become wrong since."""
    verb = "would be " if dry_run else ""
    typer.echo(f"{report.to_add} {verb}added, {report.to_change} {verb}changed, {report.unchanged} unchanged.")
    if report.bad_lines:
        _blame(report)
        typer.echo(f"{_count(report)}, because of changes since the check. They were skipped.", err=True)
        raise typer.Exit(1)


def _blame(report: Report) -> None:
    for bad in report.bad_lines[:200]:
        where = f", {bad.column} “{bad.value}”" if bad.column else ""
        typer.echo(f"Row {bad.line}{where}: {bad.message}", err=True)


def _count(report: Report) -> str:
    return "1 row has errors" if report.bad_count == 1 else f"{report.bad_count} rows have errors"


def _owner(store: SqlStore, named: str | None) -> Actor:
    """The account's owner, on whose behalf the command line imports. Raises BadSettings where there is none yet."""
    account = store.read(lambda tx: chosen_account(tx, named))
    chosen = UserFilter(role=Role.OWNER)
    owner = next(iter(store.read(lambda tx: tx.people.page(account.id, chosen, after=None, limit=1))), None)
    if owner is None:
        message = f"{account.name} has no owner yet. Set it up first."
        raise BadSettings(message)
    return Actor(account_id=account.id, user_id=owner.id, via=Via.COMMAND)
