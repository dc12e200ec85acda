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
    """The admin portal is for owner, administrators and department administrators."""
    return ALLOWED if me.is_active and me.role in STAFF else Verdict(Denial.NOT_STAFF)


def manage_account(me: Person) -> Verdict:
    """Settings, courses, trainings and the top of the department tree are for owner and administrators."""
    return ALLOWED if me.is_active and me.role in ACCOUNT_STAFF else Verdict(Denial.NOT_STAFF)


def grantable_roles(me: Person) -> frozenset[Role]:
    """The roles that `me` may give: the owner every one but owner, an administrator the same, a department
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
    """May `me` give somebody `role`?"""
    return ALLOWED if role in grantable_roles(me) else Verdict(Denial.RIGHT_NOT_YOURS)


def edit(me: Person, target: Person) -> Verdict:
    """May `me` change what `target` is called, where they belong and who supervises them?"""
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
    """May `me` make `target` a `role`? Nobody changes their own; the owner stays the owner."""
    if role is target.role:
        return edit(me, target)
    if target.role is Role.OWNER:
        return Verdict(Denial.OWNER_PROTECTED)
    if target.id == me.id:
        return Verdict(Denial.NOT_YOURSELF)
    allowed = edit(me, target)
    return grant(me, role) if allowed else allowed


def change_state(me: Person, target: Person) -> Verdict:
    """May `me` deactivate, activate or remove `target`? Never the owner, never oneself."""
    if target.role is Role.OWNER:
        return Verdict(Denial.OWNER_PROTECTED)
    if target.id == me.id:
        return Verdict(Denial.NOT_YOURSELF)
    return edit(me, target)


def assign_to_department(me: Person, lineage: AbstractSet[DepartmentId]) -> Verdict:
    """May `me` put somebody into the department whose `lineage` (it and those above) this is; empty means none?"""
    if me.role in ACCOUNT_STAFF:
        return ALLOWED
    if me.role is Role.DEPARTMENT_ADMINISTRATOR and not me.manages.isdisjoint(lineage):
        return ALLOWED
    return Verdict(Denial.OUTSIDE_YOUR_DEPARTMENTS)


def change_managed(me: Person) -> Verdict:
    """Which departments somebody manages is for owner and administrators to decide."""
    return ALLOWED if me.role in ACCOUNT_STAFF else Verdict(Denial.RIGHT_NOT_YOURS)


def manage_department(me: Person, parents: AbstractSet[DepartmentId]) -> Verdict:
    """May `me` rename, move or remove a department that lies below `parents`, or add one below them?

    A department administrator shapes the tree below what they manage, not the managed department itself.
    """
    return assign_to_department(me, parents)


def assign_expert(me: Person, expert: Person) -> Verdict:
    """May `me` make `expert` an expert of a course? Owner and administrators, of active people (rules §1)."""
    allowed = manage_account(me)
    if not allowed:
        return allowed
    return ALLOWED if expert.is_active else Verdict(Denial.EXPERT_NOT_ACTIVE)


def read_audit_log(me: Person) -> Verdict:
    """The account's audit log is for owner and administrators; everybody reads what concerns themselves."""
    return manage_account(me)


def see_origin(me: UserId, done: Draft) -> bool:
    """May `me` see from where something was done that concerns them? What they did themselves, and what strangers did."""
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
    """Who never came in has nothing that a link would open. Everybody else gets theirs by mail, where one reaches them."""
    if not reach.has_signed_in:
        return LinkRoute.SHOWN
    if reach.is_mailable:
        return LinkRoute.MAILED
    return LinkRoute.CONFIRMED if reach.is_confirmable else LinkRoute.OPERATOR


def show_link(me: Person, target: Person, route: LinkRoute, *, is_confirmed: bool) -> Verdict:
    """May `me` be shown a link for `target`? With it they could come in as that person."""
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
    """May `me` have a link mailed to `target`?"""
    allowed = edit(me, target)
    if not allowed:
        return allowed
    return ALLOWED if is_mailable else Verdict(Denial.NO_MAIL_REACHES)


def ask_for_link(me: Person, target: Person, route: LinkRoute) -> Verdict:
    """May `me` ask a second administrator to confirm that they see a link for `target`? Never for oneself."""
    if me.id == target.id:
        return Verdict(Denial.NOT_YOURSELF)
    return show_link(me, target, route, is_confirmed=True)


def confirm_link(me: Person, target: Person, asked_by: UserId) -> Verdict:
    """May `me` confirm that `asked_by` sees a link for `target`? An administrator who is neither of them."""
    if me.id in {asked_by, target.id}:
        return Verdict(Denial.NOT_YOURSELF)
    allowed = manage_account(me)
    return edit(me, target) if allowed else allowed
