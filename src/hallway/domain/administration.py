"""Who may administer whom and what: the owner is protected, and nobody grants a right they do not have."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from hallway.domain.audit import Draft, Via
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Person, Role, oversees
from hallway.domain.verdicts import ALLOWED, Denial, Verdict

STAFF = frozenset({Role.OWNER, Role.ADMINISTRATOR, Role.DEPARTMENT_ADMINISTRATOR})
ACCOUNT_STAFF = frozenset({Role.OWNER, Role.ADMINISTRATOR})


def enter_portal(me: Person) -> Verdict:
    """Return whether `me` may enter the admin portal: owner, administrators and department administrators may."""
    return ALLOWED if me.is_active and me.role in STAFF else Verdict(Denial.NOT_STAFF)


def manage_account(me: Person) -> Verdict:
    """Return whether `me` may manage settings, courses, trainings and the top of the department tree: owner and administrators may."""
    return ALLOWED if me.is_active and me.role in ACCOUNT_STAFF else Verdict(Denial.NOT_STAFF)


def grantable_roles(me: Person) -> frozenset[Role]:
    """Return the roles that `me` may give: the owner every one but owner, an administrator the same, a department
    administrator authors and learners.
    """
    match me.role:
        case Role.OWNER | Role.ADMINISTRATOR:
            return frozenset(Role) - {Role.OWNER}
        case Role.DEPARTMENT_ADMINISTRATOR:
            return frozenset({Role.AUTHOR, Role.LEARNER})
        case Role.AUTHOR | Role.LEARNER:
            return frozenset()


def grant(me: Person, role: Role) -> Verdict:
    """Return whether `me` may give somebody `role`."""
    return ALLOWED if role in grantable_roles(me) else Verdict(Denial.RIGHT_NOT_YOURS)


def edit(me: Person, target: Person) -> Verdict:
    """Return whether `me` may change what `target` is called, where they belong and who supervises them."""
    if not enter_portal(me):
        return Verdict(Denial.NOT_STAFF)
    if not oversees(me, target):
        return Verdict(Denial.OUTSIDE_YOUR_DEPARTMENTS)
    if target.role is Role.OWNER:
        return ALLOWED if me.id == target.id else Verdict(Denial.OWNER_PROTECTED)
    if target.id != me.id and target.role not in grantable_roles(me):
        return Verdict(Denial.RIGHT_NOT_YOURS)
    return ALLOWED


def change_role(me: Person, target: Person, role: Role) -> Verdict:
    """Return whether `me` may make `target` a `role`. Nobody changes their own; the owner stays the owner."""
    if role is target.role:
        return edit(me, target)
    if target.role is Role.OWNER:
        return Verdict(Denial.OWNER_PROTECTED)
    if target.id == me.id:
        return Verdict(Denial.NOT_YOURSELF)
    allowed = edit(me, target)
    return grant(me, role) if allowed else allowed


def change_state(me: Person, target: Person) -> Verdict:
    """Return whether `me` may deactivate, activate or remove `target`: never the owner, never themself."""
    if target.role is Role.OWNER:
        return Verdict(Denial.OWNER_PROTECTED)
    if target.id == me.id:
        return Verdict(Denial.NOT_YOURSELF)
    return edit(me, target)


def assign_to_department(me: Person, lineage: AbstractSet[DepartmentId]) -> Verdict:
    """Return whether `me` may put somebody into the department with this `lineage` (it and those above); empty means none."""
    if me.role in ACCOUNT_STAFF:
        return ALLOWED
    if me.role is Role.DEPARTMENT_ADMINISTRATOR and not me.manages.isdisjoint(lineage):
        return ALLOWED
    return Verdict(Denial.OUTSIDE_YOUR_DEPARTMENTS)


def change_managed(me: Person) -> Verdict:
    """Return whether `me` may decide which departments somebody manages: owner and administrators may."""
    return ALLOWED if me.role in ACCOUNT_STAFF else Verdict(Denial.RIGHT_NOT_YOURS)


def manage_department(me: Person, parents: AbstractSet[DepartmentId]) -> Verdict:
    """Return whether `me` may rename, move or remove a department that lies below `parents`, or add one below them.

    A department administrator shapes the tree below what they manage, not the managed department itself.
    """
    return assign_to_department(me, parents)


def assign_expert(me: Person, expert: Person) -> Verdict:
    """Return whether `me` may make `expert` an expert of a course: owner and administrators may, of active people (rules §1)."""
    allowed = manage_account(me)
    if not allowed:
        return allowed
    return ALLOWED if expert.is_active else Verdict(Denial.EXPERT_NOT_ACTIVE)


def read_audit_log(me: Person) -> Verdict:
    """Return whether `me` may read the account's audit log: owner and administrators may; everybody reads what concerns themselves."""
    return manage_account(me)


def see_origin(me: UserId, done: Draft) -> bool:
    """Return whether `me` may see the origin of what was done that concerns them: of what they did themselves, and of
    what strangers did.
    """
    return done.user_id == me or done.via == Via.STRANGER


class LinkRoute(StrEnum):
    """How a one-time sign-in link that staff make reaches somebody."""

    SHOWN = "shown"
    MAILED = "mailed"
    CONFIRMED = "confirmed"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Reach:
    """What decides the route: whether they came in before, whether a mail reaches them, and whether the account lets a
    second administrator confirm.
    """

    has_signed_in: bool
    is_mailable: bool
    is_confirmable: bool


def link_route(reach: Reach) -> LinkRoute:
    """Return how a link reaches somebody. A person who never signed in has nothing that it would open; all others get
    theirs by mail, if it reaches them.
    """
    if not reach.has_signed_in:
        return LinkRoute.SHOWN
    if reach.is_mailable:
        return LinkRoute.MAILED
    return LinkRoute.CONFIRMED if reach.is_confirmable else LinkRoute.OPERATOR


def show_link(me: Person, target: Person, route: LinkRoute, *, is_confirmed: bool) -> Verdict:
    """Return whether `me` may be shown a link for `target`. With it they could come in as that person."""
    allowed = edit(me, target)
    if not allowed:
        return allowed
    match route:
        case LinkRoute.SHOWN:
            return ALLOWED
        case LinkRoute.MAILED:
            return Verdict(Denial.LINK_BY_MAIL)
        case LinkRoute.CONFIRMED:
            return ALLOWED if is_confirmed else Verdict(Denial.LINK_UNCONFIRMED)
        case LinkRoute.OPERATOR:
            return Verdict(Denial.LINK_BY_OPERATOR)


def mail_link(me: Person, target: Person, *, is_mailable: bool) -> Verdict:
    """Return whether `me` may have a link mailed to `target`."""
    allowed = edit(me, target)
    if not allowed:
        return allowed
    return ALLOWED if is_mailable else Verdict(Denial.NO_MAIL_REACHES)


def ask_for_link(me: Person, target: Person, route: LinkRoute) -> Verdict:
    """Return whether `me` may ask a second administrator to confirm that they see a link for `target`: never for themself."""
    if me.id == target.id:
        return Verdict(Denial.NOT_YOURSELF)
    return show_link(me, target, route, is_confirmed=True)


def confirm_link(me: Person, target: Person, asked_by: UserId) -> Verdict:
    """Return whether `me` may confirm that `asked_by` sees a link for `target`: an administrator who is neither of them may."""
    if me.id in {asked_by, target.id}:
        return Verdict(Denial.NOT_YOURSELF)
    allowed = manage_account(me)
    return edit(me, target) if allowed else allowed
