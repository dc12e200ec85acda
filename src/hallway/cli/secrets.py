"""Addresses that hold a password: from a variable, a file, standard input or a prompt, where nobody else reads them.

What stands in a command every user of the machine sees in the list of processes, and the shell keeps it in a file.
"""

import os
import stat
import sys
from pathlib import Path

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from hallway.settings import MIGRATE_TO, BadSettings
from hallway.storage.engines import NoDatabaseUrl

LONGEST = 10_000
"""Characters of an address."""
STANDARD_INPUT = "-"
_SECRETS = frozenset({"password", "sslpassword"})


def target_address(typed: str | None, file: Path | None) -> str:
    """The address of a database to move to, from the one place that has it. Raises BadSettings, NoDatabaseUrl."""
    variable = os.environ.get(MIGRATE_TO)
    if sum(one is not None for one in (typed, file, variable)) > 1:
        message = f"Give the address only once: as an argument, with --to-file, or in {MIGRATE_TO}."
        raise BadSettings(message)
    if file is not None:
        return _in_file(file)
    if typed == STANDARD_INPUT:
        return sys.stdin.read(LONGEST).strip()
    if typed is not None:
        _refuse_secret(typed)
        return typed
    return variable or _prompted()


def _in_file(file: Path) -> str:
    """The only line of a file that is not for everybody."""
    if file.stat().st_mode & stat.S_IROTH:
        message = f"{file} is readable by everyone: chmod o-rwx {file}"
        raise BadSettings(message)
    return file.read_text("utf-8").strip()


def _prompted() -> str:
    if not sys.stdin.isatty():
        message = f"Give the address of the PostgreSQL database: in {MIGRATE_TO}, with --to-file, or - to read it."
        raise BadSettings(message)
    return str(
        typer.prompt("Address of the PostgreSQL database, as postgresql://user:password@host/name", hide_input=True)
    )


def _refuse_secret(address: str) -> None:
    """Raise BadSettings for an address with a password; it is not repeated."""
    try:
        parsed = make_url(address)
    except ArgumentError:
        raise NoDatabaseUrl from None
    if parsed.password is not None or _SECRETS & {name.lower() for name in parsed.query}:
        message = (
            "The address contains a password, which everyone on this machine can read in the process list. Change that"
            f" password, and give the address in {MIGRATE_TO}, with --to-file FILE, or with - on standard input."
        )
        raise BadSettings(message)
