"""Names that older Hallways told apart and that are one today: a Mac's letters with accents of their own, for example.

Nothing is merged. They are told to whoever upgrades, and by the doctor.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from hallway.domain.text import identity_key
from hallway.storage.schema import course, department, user


@dataclass(frozen=True, slots=True)
class Shared:
    """Names of one kind in one place that have the same identity key."""

    what: str
    names: tuple[str, ...]


def shared(connection: Connection) -> Iterator[Shared]:
    """Yield all shared names: logins and e-mail addresses, departments in the same place, titles of courses."""
    people = (user.c.account_id, user.c.folded_login.is_not(None))
    yield from _shared("login", connection, select(people[0], user.c.login).where(people[1]))
    yield from _shared("e-mail", connection, select(people[0], user.c.email).where(people[1]))
    columns = (department.c.account_id, department.c.parent_id, department.c.name)
    yield from _shared("department", connection, select(*columns))
    yield from _shared("course", connection, select(course.c.account_id, course.c.title))


def _shared(what: str, connection: Connection, query: Select[*tuple[object, ...]]) -> Iterator[Shared]:
    """Find shared names among rows: the last column is the name; those before it say where names must differ."""
    found: defaultdict[Hashable, list[str]] = defaultdict(list)
    for *parent, name in connection.execute(query):
        found[*parent, identity_key(str(name))].append(str(name))
    return (Shared(what, tuple(sorted(names))) for names in found.values() if _were_apart(names))


def _were_apart(names: Iterable[str]) -> bool:
    return len({name.casefold() for name in names}) > 1
