"""Examining an installation, and saying what to do."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from hallway.cli import host
from hallway.cli.options import Data
from hallway.settings import BadSettings, Settings, load
from hallway.storage import audit_heads
from hallway.storage.backup.tables import NothingHere, database_at, database_file
from hallway.storage.blobs import open_blobs
from hallway.storage.engines import NoDatabaseUrl
from hallway.storage.examination import examine, has_present_schema
from hallway.storage.file_examination import examine_files
from hallway.storage.finding import Finding, Severity, problem
from hallway.storage.migrate import SchemaTooNew
from hallway.storage.repair import repair as repair_numbers
from hallway.usecases.transaction import StoreUnavailable


def doctor(
    *,
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="First recalculate badges and latest messages.")] = False,
) -> None:
    """Check an installation and say what to do. Exits with 1 if something must be done.

    Without --repair it changes nothing.
    """
    if repair:
        _repair(load(data=data), as_json=as_json)
    findings: list[Finding] = []
    for finding in _findings(data):
        findings.append(finding)
        if not as_json:
            show(finding)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(findings), indent=2).decode())
    if any(finding.verdict is Severity.PROBLEM for finding in findings):
        raise typer.Exit(1)


def show(finding: Finding) -> None:
    """Print one finding, and what mends it."""
    typer.echo(f"{finding.verdict:8} {finding.about:14} {finding.says}")
    for step in filter(None, (finding.remedy, *finding.then)):
        typer.echo(f"{'':8} {'':14} -> {step}")


def _repair(settings: Settings, *, as_json: bool) -> None:
    """Mend derived numbers; a database with another schema is left to the examination that follows."""
    with database_at(settings.database_url) as engine:
        if has_present_schema(engine):
            mended = repair_numbers(engine)
            typer.echo(f"Recalculated {mended} conversations.", err=as_json)


def _findings(data: str | None) -> Iterator[Finding]:
    try:
        settings = load(data=data)
        yield from host.settings_file(os.environ)
    except BadSettings as wrong:
        yield problem("settings", str(wrong), "correct it as described in docs/settings.md")
        return
    yield host.web_client()
    yield from host.address(settings)
    yield host.port(settings)
    yield from _database(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    url = settings.database_url
    try:
        with database_at(url) as engine:
            file = database_file(url)
            yield from host.folder(file) if file is not None else host.unused_file(settings.default_file)
            yield from examine(engine, Path(settings.data) / audit_heads.NAME)
            if has_present_schema(engine):
                yield from examine_files(engine, open_blobs(settings.files, settings.data))
    except (NothingHere, NoDatabaseUrl) as wrong:
        yield problem(
            "database", str(wrong), "set HALLWAY_DATA or HALLWAY_DATABASE, or run `hallway serve` to create a new one"
        )
    except SchemaTooNew as newer:
        yield problem("schema", str(newer), "install that version, or restore a backup from before")
    except (StoreUnavailable, PermissionError) as failure:
        yield problem("database", str(failure), "see “When something goes wrong” in docs/operators.md")
