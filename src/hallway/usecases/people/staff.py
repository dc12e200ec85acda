"""What every use-case of the admin portal begins with: who asks, and whom they may see there."""

from collections.abc import Callable, Iterable

from hallway.domain import administration
from hallway.domain.events import FactsChanged
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Department, Person, User, lineage, oversees
from hallway.domain.verdicts import Verdict, require
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Invalid, NotFound, Problem
from hallway.usecases.transaction import Transaction


def enter(tx: Transaction, actor: Actor, rule: Callable[[Person], Verdict] = administration.enter_portal) -> Person:
    """Return the facts about the actor, when `rule` lets them in. Raises Refused otherwise."""
    me = tx.people.facts(actor.account_id, [actor.user_id])[actor.user_id]
    require(rule(me))
    return me


def guesses(me: Person) -> list[str]:
    """Return the key under which it is counted how often somebody hit a login or an address of people whom they do not
    administer; empty for those who administer everybody.
    """
    return [] if administration.manage_account(me) else [f"taken {me.id}"]


def scope(me: Person) -> frozenset[DepartmentId] | None:
    """Return the departments that the portal shows to `me`; None is all of them."""
    return None if administration.manage_account(me) else me.manages


def target(tx: Transaction, actor: Actor, me: Person, user_id: UserId) -> tuple[User, Person]:
    """Return a user whom `me` oversees. Raises NotFound for all others, there or not."""
    user = tx.people.find(actor.account_id, user_id)
    facts = tx.people.facts(actor.account_id, [user_id]).get(user_id)
    if user is None or facts is None or not oversees(me, facts):
        raise NotFound("user")
    return user, facts


def line_of(tx: Transaction, actor: Actor, department_id: DepartmentId | None) -> frozenset[DepartmentId]:
    """Return a department and all above it. Raises Invalid when it is not there."""
    tree = tx.departments.all(actor.account_id)
    if department_id is not None and department_id not in tree:
        raise Invalid(Problem("department_id", "no_department", "This department doesn't exist."))
    return frozenset(one.id for one in lineage(tree, department_id))


def check_supervisor(tx: Transaction, actor: Actor, me: Person, supervisor_id: UserId | None) -> None:
    """Check that a supervisor is an active user; a department administrator picks one they oversee, or themselves."""
    if supervisor_id is None:
        return
    facts = tx.people.facts(actor.account_id, [supervisor_id]).get(supervisor_id)
    if facts is None or not may_supervise(me, facts):
        raise Invalid(Problem("supervisor_id", "no_supervisor", "Choose an active person you administer."))


def may_supervise(me: Person, chosen: Person) -> bool:
    """Return whether `me` may make `chosen` a supervisor."""
    return chosen.is_active and (chosen.id == me.id or oversees(me, chosen))


def supervisors(*before_and_after: User | Department) -> frozenset[UserId]:
    """Return the people who supervise, or did: a change of it changes whom they may write to (rules §3)."""
    return frozenset(one.supervisor_id for one in before_and_after if one.supervisor_id is not None)


def announce_facts(tx: Transaction, actor: Actor, changed: Iterable[UserId], others: Iterable[UserId] = ()) -> None:
    """Announce that facts changed (rules §4) to those about whom, everyone who has a dialog with them, and `others`."""
    about = frozenset(changed)
    concerned = about | tx.people.conversation_partners(actor.account_id, about) | frozenset(others)
    tx.announce(FactsChanged(actor.account_id, concerned))
