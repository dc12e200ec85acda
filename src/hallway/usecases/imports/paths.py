"""Departments by their paths, as files name them: Operations/Warehouse."""

from collections.abc import Iterable, Mapping, Sequence

from hallway.domain.ids import DepartmentId
from hallway.domain.people import Department, lineage
from hallway.domain.text import identity_key
from hallway.usecases.imports import problems as import_problems
from hallway.usecases.imports.batches import Entry

Tree = Mapping[DepartmentId, Department]


def paths(chosen: Iterable[Department], tree: Tree) -> dict[str, DepartmentId]:
    """Return departments by the identity key of their path."""
    return {key([up.name for up in reversed(list(lineage(tree, one.id)))]): one.id for one in chosen}


def parts(path: str) -> list[str]:
    """Return the names along a path."""
    return [part.strip() for part in path.split("/")]


def key(names: Sequence[str]) -> str:
    """Return the key by which paths are compared."""
    return "/".join(map(identity_key, names))


def line_of(tree: Tree, start: DepartmentId | None) -> frozenset[DepartmentId]:
    """Return a department and all above it."""
    return frozenset(one.id for one in lineage(tree, start))


def find(entry: Entry, column: str, path: str, known: Mapping[str, DepartmentId]) -> DepartmentId | None:
    """Find the department at a path; blame the column when it is not among those known. An empty path is none."""
    if not path.strip():
        return None
    found = known.get(key(parts(path)))
    if found is None:
        entry.blame(import_problems.no_department(column, path))
    return found
