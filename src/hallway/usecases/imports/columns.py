"""The columns of a file to import: which ones each kind knows, and what those of a file are taken for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.imports.sheets import LONGEST_VALUE, ImportKind

LEFT_OUT = ""
"""What a column is taken for that is not imported."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a kind of file needs, and those that it may have, as a template lists them."""

    needed: tuple[str, ...]
    possible: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that the kind needs, then those that it may have."""
        return self.needed + self.possible


COLUMNS: Mapping[ImportKind, Columns] = {
    ImportKind.USERS: Columns(
        ("name", "email", "login"), ("role", "title", "department", "supervisor", "manages", "state")
    ),
    ImportKind.DEPARTMENTS: Columns(("department",), ("supervisor",)),
    ImportKind.COURSES: Columns(("title",), ("description", "lessons")),
    ImportKind.ENROLMENTS: Columns(("course", "login")),
    ImportKind.EXPERTS: Columns(("course", "login")),
}
ALIASES: Mapping[str, str] = {
    "full name": "name",
    "e-mail": "email",
    "mail": "email",
    "user name": "login",
    "username": "login",
    "job title": "title",
    "position": "title",
    "department path": "department",
    "manager": "supervisor",
    "manages departments": "manages",
    "status": "state",
    "course title": "course",
    "user": "login",
    "expert": "login",
}


def key(written: str) -> str:
    """Return the key by which names of columns are compared."""
    return " ".join(written.replace("_", " ").casefold().split())


def taken_for(kind: ImportKind, written: Sequence[str], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return what each column of a file is: one of ours, or LEFT_OUT. `chosen` goes by the keys of names, and before our own list."""
    return tuple(_taken_for(kind, key(one), chosen) for one in written)


def _taken_for(kind: ImportKind, name: str, chosen: Mapping[str, str]) -> str:
    known = COLUMNS[kind].known
    if name in chosen:
        return chosen[name] if chosen[name] in known else LEFT_OUT
    if kind is ImportKind.DEPARTMENTS and name in {"path", "name"}:
        return "department"
    found = name if name in known else ALIASES.get(name, LEFT_OUT)
    return found if found in known else LEFT_OUT


def missing(kind: ImportKind, taken: Sequence[str]) -> Sequence[str]:
    """Return the columns that the kind needs, and the file does not have."""
    return [one for one in COLUMNS[kind].needed if one not in taken]


def doubled(taken: Sequence[str]) -> Sequence[str]:
    """Return the columns that more than one of the file's is taken for."""
    return sorted({one for one in taken if one != LEFT_OUT and taken.count(one) > 1})


def require_columns(kind: ImportKind, taken: Sequence[str]) -> None:
    """Raise Invalid when one is missing, or there twice."""
    for one in missing(kind, taken):
        said = f"The column “{one}” is missing. The first row must contain the column names."
        raise _bad("missing_column", said, one)
    for one in doubled(taken):
        raise _bad("double_column", f"More than one column is “{one}”. Leave out all but one.", one)


def columns(kind: ImportKind, written: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns of a file are. Raises Invalid when one is missing, or there twice."""
    taken = taken_for(kind, written, {})
    require_columns(kind, taken)
    return taken


def _bad(code: str, message: str, column: str) -> Invalid:
    return Invalid(Problem("file", code, message, {"column": column[:LONGEST_VALUE]}))
