"""The department tree in the admin portal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from msgspec import UNSET, UnsetType

from hallway.domain import administration
from hallway.domain.audit import Action, Target
from hallway.domain.events import AccountChanged
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Department, Person, lineage
from hallway.domain.text import identity_key
from hallway.domain.verdicts import require
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.patches import given
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.staff import announce_facts, check_supervisor, enter, supervisors
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction

FACTS = ("name", "parent_id", "supervisor_id")

Tree = Mapping[DepartmentId, Department]

MOST_LEVELS = 20
"""Departments from the top to the lowest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A department as the one who looks may treat it. `members` counts the users of it and of all below it."""

    department: Department
    supervisor: Card | None
    members: int
    may_edit: bool
    may_add_below: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentPatch:
    """Changes to a department."""

    name: str | UnsetType = UNSET
    parent_id: DepartmentId | UnsetType | None = UNSET
    supervisor_id: UserId | UnsetType | None = UNSET

    def of(self, department: Department) -> Department:
        """Return the department with these changes."""
        return replace(
            department,
            name=given(self.name, department.name),
            parent_id=given(self.parent_id, department.parent_id),
            supervisor_id=given(self.supervisor_id, department.supervisor_id),
        )


def tree(tx: Transaction, actor: Actor) -> list[Node]:
    """Return what the actor administers, with the departments above it; parents before children, each level by name."""
    me = enter(tx, actor)
    departments = tx.departments.all(actor.account_id)
    counts = _with_those_below(departments, tx.departments.member_counts(actor.account_id))
    named = _supervisors(tx, actor, departments)
    return [
        Node(
            department=one,
            supervisor=named.get(one.supervisor_id) if one.supervisor_id else None,
            members=counts[one.id],
            may_edit=_may_edit(me, departments, one),
            may_add_below=bool(administration.manage_department(me, _line(departments, one.id))),
        )
        for one in _ordered(departments, None)
        if is_shown(me, departments, one)
    ]


def _with_those_below(departments: Tree, counts: Mapping[DepartmentId, int]) -> Mapping[DepartmentId, int]:
    totals = dict.fromkeys(departments, 0)
    for department_id, count in counts.items():
        for one in lineage(departments, department_id):
            totals[one.id] += count
    return totals


def _supervisors(tx: Transaction, actor: Actor, departments: Tree) -> Mapping[UserId, Card]:
    found = tx.people.several(
        actor.account_id, {one.supervisor_id for one in departments.values() if one.supervisor_id}
    )
    return {card.user.id: card for card in cards(tx, actor.account_id, found.values())}


def may_add_top(tx: Transaction, actor: Actor) -> bool:
    """Return whether the actor may add a department at the top."""
    return bool(administration.manage_account(enter(tx, actor)))


def _ordered(departments: Tree, parent_id: DepartmentId | None) -> Iterator[Department]:
    for one in departments.values():
        if one.parent_id == parent_id:
            yield one
            yield from _ordered(departments, one.id)


def _line(departments: Tree, start: DepartmentId | None) -> frozenset[DepartmentId]:
    return frozenset(one.id for one in lineage(departments, start))


def _may_edit(me: Person, departments: Tree, one: Department) -> bool:
    return bool(administration.manage_department(me, _line(departments, one.parent_id)))


def is_shown(me: Person, departments: Tree, one: Department) -> bool:
    """Return whether a department is a managed one, below one or above one."""
    if administration.manage_account(me) or not me.manages.isdisjoint(_line(departments, one.id)):
        return True
    return any(one.id in _line(departments, managed) for managed in me.manages)


def add(
    tx: Transaction,
    actor: Actor,
    *,
    name: str,
    parent_id: DepartmentId | None,
    supervisor_id: UserId | None,
    ids: Ids,
) -> DepartmentId:
    """Add a department below another, or at the top."""
    me = enter(tx, actor)
    departments = tx.departments.all(actor.account_id)
    added = Department(
        account_id=actor.account_id,
        id=DepartmentId(ids.new()),
        name=name.strip(),
        parent_id=parent_id,
        supervisor_id=supervisor_id,
    )
    _check_department(departments, added)
    require(administration.manage_department(me, _line(departments, parent_id)))
    _check_name_is_free(departments, added)
    check_supervisor(tx, actor, me, supervisor_id)
    tx.departments.add([added])
    after = {"parent_id": parent_id, "supervisor_id": supervisor_id}
    trail.record(tx, actor, Action.DEPARTMENT_ADDED, _target(added), after=after)
    return added.id


def change(tx: Transaction, actor: Actor, *, department_id: DepartmentId, changes: DepartmentPatch) -> None:
    """Rename a department, move it, or give it another supervisor."""
    me = enter(tx, actor)
    departments = tx.departments.all(actor.account_id)
    before = _mine(me, departments, department_id)
    after = changes.of(before)
    _check_department(departments, after)
    require(administration.manage_department(me, _line(departments, before.parent_id)))
    require(administration.manage_department(me, _line(departments, after.parent_id)))
    _check_name_is_free(departments, after)
    if after.supervisor_id != before.supervisor_id:
        check_supervisor(tx, actor, me, after.supervisor_id)
    tx.departments.save(after)
    trail.record_change(tx, actor, Action.DEPARTMENT_CHANGED, _target(before), before, after, facts=FACTS)
    if after != before:
        _announce(tx, actor, before, after)


def _announce(tx: Transaction, actor: Actor, before: Department, after: Department) -> None:
    """Announce a change: a new place or supervisor changes facts; a new name is only shown."""
    members = tx.departments.members_below(actor.account_id, [after.id])
    if replace(after, name=before.name) != before:
        announce_facts(tx, actor, supervisors(before, after) | members)
    else:
        partners = tx.people.conversation_partners(actor.account_id, members)
        tx.announce(AccountChanged(actor.account_id, members | partners))


def remove(tx: Transaction, actor: Actor, *, department_id: DepartmentId) -> None:
    """Remove an empty department."""
    me = enter(tx, actor)
    departments = tx.departments.all(actor.account_id)
    one = _mine(me, departments, department_id)
    require(administration.manage_department(me, _line(departments, one.parent_id)))
    if any(other.parent_id == department_id for other in departments.values()):
        raise Conflict("not_empty", "Move or remove its sub-departments first.")
    if tx.departments.member_counts(actor.account_id).get(department_id):
        raise Conflict("not_empty", "Move its people to another department first.")
    tx.departments.remove(actor.account_id, department_id)
    trail.record(tx, actor, Action.DEPARTMENT_REMOVED, _target(one))


def _target(one: Department) -> Target:
    return Target("department", one.id, one.name)


def _mine(me: Person, departments: Tree, department_id: DepartmentId) -> Department:
    one = departments.get(department_id)
    if one is None or not is_shown(me, departments, one):
        raise NotFound("department")
    return one


def _check_department(departments: Tree, one: Department) -> None:
    """Check that the name can be shown, that the parent is there, and that the tree stays without a circle."""
    fields.require_valid(fields.name("name", one.name))
    if one.parent_id is not None and one.parent_id not in departments:
        raise Invalid(Problem("parent_id", "no_department", "This department doesn't exist."))
    if one.id in _line(departments, one.parent_id):
        raise Invalid(Problem("parent_id", "circle", "A department can't be moved below itself."))
    if len(_line(departments, one.parent_id)) + _height(departments, one.id) > MOST_LEVELS:
        raise Invalid(Problem("parent_id", "too_deep", f"Departments can be nested at most {MOST_LEVELS} levels deep."))


def _height(departments: Tree, department_id: DepartmentId) -> int:
    """Return how many levels a department has, itself included."""
    below = (one.id for one in departments.values() if one.parent_id == department_id)
    return 1 + max((_height(departments, one) for one in below), default=0)


def _check_name_is_free(departments: Tree, one: Department) -> None:
    """Check that no sibling has the name; only those who may see the siblings learn that one has it."""
    siblings: Sequence[Department] = [other for other in departments.values() if other.parent_id == one.parent_id]
    if any(other.id != one.id and identity_key(other.name) == identity_key(one.name) for other in siblings):
        raise Conflict("name_in_use", "A department with this name already exists here.")
