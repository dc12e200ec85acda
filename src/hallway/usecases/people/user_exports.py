"""Export the list of users, as it is filtered: counted and recorded first, then read in blocks.

The columns that an import knows have the names that it knows them by, so that a file can be changed and imported again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hallway.domain.audit import Action
from hallway.domain.ids import made_at
from hallway.domain.people import lineage
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.people import users
from hallway.usecases.people.departments import Tree
from hallway.usecases.people.staff import enter, scope
from hallway.usecases.people.user_lists import Sorting, SortKey, UserFilter
from hallway.usecases.people.users import Entry
from hallway.usecases.transaction import Transaction

MOST = 100_000
BLOCK = 250
COLUMNS = (
    "name",
    "email",
    "login",
    "role",
    "title",
    "department",
    "supervisor",
    "manages",
    "state",
    "status",
    "last seen",
    "created",
)


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of the file; `next` is the key to go on behind, None at the end."""

    lines: Sequence[Sequence[str]]
    next: SortKey | None


def begin(tx: Transaction, actor: Actor, chosen: UserFilter, kind: str) -> None:
    """Record that the actor exports these users to a file of a kind. Raises Refused, Invalid when there are too many."""
    chosen = replace(chosen, within=scope(enter(tx, actor)))
    count = tx.people.count(actor.account_id, chosen)
    if count > MOST:
        raise Invalid(Problem("", "too_many", f"You can export at most {MOST} users at once. Filter the list."))
    facts = {"users": count, "format": kind, **_named(chosen)}
    trail.record(tx, actor, Action.USERS_EXPORTED, trail.account(actor.account_id), after=facts)


def _named(chosen: UserFilter) -> Mapping[str, Any]:
    """Return the criteria that were chosen; of a text only that there was one."""
    parts = {
        "role": chosen.role,
        "state": chosen.state,
        "status": chosen.status,
        "department_id": chosen.department_id,
        "has_text": bool(chosen.text) or None,
        "never_seen": chosen.is_unseen or None,
        "not_seen_since": chosen.not_seen_since,
    }
    return {name: value for name, value in parts.items() if value is not None}


def block(tx: Transaction, actor: Actor, chosen: UserFilter, sorting: Sorting, after: SortKey | None) -> Block:
    """Return the next lines."""
    me = enter(tx, actor)
    chosen = replace(chosen, within=scope(me))
    found, following = users.block(tx, actor, me, chosen=chosen, sorting=sorting, after=after, limit=BLOCK)
    tree = tx.departments.all(actor.account_id)
    return Block([_line(one, tree) for one in found], following)


def _line(entry: Entry, tree: Tree) -> Sequence[str]:
    user, seen, created = entry.card.user, entry.arrival.seen_at, made_at(entry.card.user.id)
    return (
        user.name,
        user.email,
        user.login,
        user.role.value,
        user.title,
        _path(tree, user.department_id),
        entry.supervisor.user.login if entry.supervisor else "",
        "; ".join(_path(tree, one) for one in entry.manages),
        user.state.value,
        entry.status.value,
        seen.isoformat(timespec="minutes") if seen else "",
        created.isoformat(timespec="minutes") if created else "",
    )


def _path(tree: Tree, department_id: Any) -> str:
    return "/".join(one.name for one in reversed(list(lineage(tree, department_id))))
