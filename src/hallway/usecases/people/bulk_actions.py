"""Do one thing to many people: set their state, department or role, or mail each an invitation.

Each is judged by the rules by themself, when it is done. An action is kept together with a durable job, which first notes
its people and then carries it out, a few people in each transaction, which also notes how far it is. A process that ends in
between leaves an action that goes on where it was.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from hallway.domain import administration
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Person, Role, State, User, oversees
from hallway.domain.verdicts import EXPLANATIONS, Denial, Refused, require
from hallway.usecases.access import sign_in_links
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem, TooMany
from hallway.usecases.jobs import queueing
from hallway.usecases.people import users
from hallway.usecases.people.bulk_ports import (
    BulkAction,
    BulkPerson,
    Field,
    InDepartment,
    InRole,
    Invited,
    Outcome,
    Progress,
    Value,
)
from hallway.usecases.people.staff import enter, line_of, scope, target
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

JOB = "bulk"
"""The kind of the durable job; its subject is the action's id, its content the people's ids unless the action undoes one."""
MOST_PEOPLE = 50_000
MOST_UNFINISHED = 5
"""Actions of one person that are at work at the same time."""
KEPT = timedelta(days=1)
"""For how long an action is remembered, and can be undone."""
REASONS: Mapping[str, str] = {
    "changed_since": "Someone has changed this person since.",
    "no_department": "This department doesn't exist.",
    "not_active": "Activate this person first.",
    "not_found": "This user doesn't exist.",
    "not_stored": "This couldn't be stored. Try it on the person's page.",
    "too_many": "They were sent a link a moment ago.",
    "was_removed": "This person was removed.",
}
"""Why somebody is left out, beside the denials of the rules: codes with their words."""


class _LeftAlone(Exception):  # noqa: N818 - what becomes of one person, no answer of its own
    """Somebody to whom it is not done, for one of the REASONS that no rule gives."""

    def __init__(self, code: str) -> None:
        super().__init__(REASONS[code])
        self.code = code


def value_of(field: Field, text: str) -> Value:
    """Return the value to set a field to: a state, a role, or a department's id, empty for none. Raises Invalid."""
    match field:
        case Field.STATE:
            if text not in {State.ACTIVE, State.INACTIVE}:
                raise Invalid(Problem("value", "no_state", "Choose active or inactive."))
            return State(text)
        case Field.ROLE:
            if text not in set(Role):
                raise Invalid(Problem("value", "no_role", "This role doesn't exist."))
            return InRole(Role(text))
        case Field.DEPARTMENT:
            return InDepartment(DepartmentId(text) if text else None)
        case Field.INVITATION:
            return Invited()
        case _:
            assert_never(field)


def because(person: BulkPerson) -> str:
    """Explain in words why somebody was left out."""
    if person.reason in set(Denial):
        return EXPLANATIONS[Denial(person.reason)].because
    return REASONS.get(person.reason, person.reason)


def chosen_ids(tx: Transaction, actor: Actor, chosen: UserFilter) -> Sequence[UserId]:
    """Return all people whom the filter finds among those the actor administers, in a fixed order."""
    me = enter(tx, actor)
    return tx.people.ids(actor.account_id, replace(chosen, within=scope(me)), limit=MOST_PEOPLE + 1)


def begin(
    tx: Transaction, actor: Actor, *, value: Value, people: Sequence[UserId], clock: Clock, ids: Ids
) -> BulkAction:
    """Begin an action on these people, in the background. Raises Refused, Invalid, Conflict."""
    _require_possible(tx, actor, enter(tx, actor), value)
    action = BulkAction(
        account_id=actor.account_id,
        id=ids.new(),
        user_id=actor.user_id,
        value=value,
        total=len(people),
        noted_at=clock.now(),
    )
    return _begin(tx, action, json.dumps(people).encode(), clock=clock)


def begin_undo(tx: Transaction, actor: Actor, action_id: str, *, clock: Clock, ids: Ids) -> BulkAction:
    """Begin to give those whom an earlier action changed back what they had. Raises NotFound, Conflict."""
    done = mine(tx, actor, action_id)
    if not may_undo(done):
        raise Conflict("nothing_to_undo", "There is nothing to undo.")
    undoing = BulkAction(
        account_id=actor.account_id,
        id=ids.new(),
        user_id=actor.user_id,
        value=done.value,
        total=done.changed,
        noted_at=clock.now(),
        undoes=done.id,
    )
    return _begin(tx, undoing, None, clock=clock)


def may_undo(action: BulkAction) -> bool:
    """Return whether those whom it changed can be given back what they had. No mail comes back."""
    is_lasting = action.undoes is not None or action.field is Field.INVITATION
    return action.state is Progress.DONE and action.changed > 0 and not is_lasting


def _begin(tx: Transaction, action: BulkAction, content: bytes | None, *, clock: Clock) -> BulkAction:
    if not 0 < action.total <= MOST_PEOPLE:
        raise Invalid(Problem("user_ids", "how_many", f"Choose between 1 and {MOST_PEOPLE} people."))
    if len(tx.bulk.unfinished(action.account_id, action.user_id)) >= MOST_UNFINISHED:
        raise Conflict(
            "bulk_at_work", f"You already have {MOST_UNFINISHED} bulk actions running. Wait until one finishes."
        )
    tx.bulk.add(action)
    queueing.enqueue(tx, action.account_id, JOB, action.id, content=content, clock=clock)
    return action


def _require_possible(tx: Transaction, actor: Actor, me: Person, value: Value) -> None:
    """Refuse as a whole an action that could be done to nobody."""
    match value:
        case InRole(role):
            require(administration.grant(me, role))
        case InDepartment(department_id):
            require(administration.assign_to_department(me, line_of(tx, actor, department_id)))
        case State() | Invited():
            pass
        case _:
            assert_never(value)


def chosen_people(tx: Transaction, action: BulkAction) -> Sequence[UserId]:
    """Return the people whom the job of an action holds, in order."""
    content = tx.jobs.content(action.account_id, JOB, action.id)
    return [] if content is None else list(map(UserId, json.loads(content)))


def fresh(action: BulkAction, people: Sequence[UserId]) -> Sequence[BulkPerson]:
    """Return the next people to note of those that were chosen."""
    return [
        BulkPerson(position=position, user_id=one, wanted=action.value)
        for position, one in enumerate(people, action.done)
    ]


def undone(tx: Transaction, action: BulkAction, limit: int) -> Sequence[BulkPerson]:
    """Return the next people to note of those whom the earlier action changed, with what they had."""
    earlier = tx.bulk.find(action.account_id, action.undoes or "")
    if earlier is None:
        return []
    changed = tx.bulk.people(earlier, start=action.done, limit=limit, outcome=Outcome.CHANGED)
    return [
        BulkPerson(position=position, user_id=one.user_id, wanted=one.before, expected=one.wanted)
        for position, one in enumerate(changed, action.done)
        if one.before is not None
    ]


def note(tx: Transaction, action: BulkAction, people: Sequence[BulkPerson], *, clock: Clock) -> BulkAction:
    """Keep the next people. Returns the action as it is then; changes nothing when somebody else has gone on with it."""
    present = tx.bulk.find(action.account_id, action.id)
    if not _is_same(present, action):
        return present or replace(action, state=Progress.DONE)
    done = action.done + len(people)
    noted = replace(action, done=done, noted_at=clock.now())
    if done >= action.total:
        noted = replace(noted, state=Progress.WORKING, done=0)
    tx.bulk.add_people(action, people)
    tx.bulk.save(noted)
    return noted


def _is_same(present: BulkAction | None, action: BulkAction) -> bool:
    """Return whether it is as far as somebody knows it."""
    return present is not None and (present.state, present.done) == (action.state, action.done)


def stop(tx: Transaction, actor: Actor, action_id: str, *, clock: Clock) -> BulkAction:
    """Stop the actor's own action: nobody else is tried. Raises Refused, NotFound."""
    present = mine(tx, actor, action_id)
    if present.state is Progress.DONE:
        return present
    tried = present.done if present.state is Progress.WORKING else 0
    stopped = replace(present, state=Progress.DONE, done=tried, noted_at=clock.now())
    tx.bulk.save(stopped)
    return stopped


def mine(tx: Transaction, actor: Actor, action_id: str) -> BulkAction:
    """Return the actor's own action. Raises Refused, NotFound."""
    enter(tx, actor)
    found = tx.bulk.find(actor.account_id, action_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound("action")
    return found


def refused(tx: Transaction, action: BulkAction, limit: int) -> Sequence[tuple[BulkPerson, User]]:
    """Return the first people to whom it was not done, with their users. People whom the actor may not see are left out."""
    people = tx.bulk.people(action, start=0, limit=limit, outcome=Outcome.REFUSED)
    facts = tx.people.facts(action.account_id, {action.user_id, *(one.user_id for one in people)})
    me, known = facts[action.user_id], tx.people.several(action.account_id, {one.user_id for one in people})
    return [(one, known[one.user_id]) for one in people if _is_seen(me, facts, one.user_id)]


def _is_seen(me: Person, facts: Mapping[UserId, Person], user_id: UserId) -> bool:
    return user_id in facts and oversees(me, facts[user_id])


def carry_out(
    tx: Transaction, action: BulkAction, people: Sequence[BulkPerson], *, has_mail: bool, clock: Clock, ids: Ids
) -> BulkAction:
    """Carry the action out on the next people. Returns it as it is then; changes nothing when somebody else has gone on with it."""
    present = tx.bulk.find(action.account_id, action.id)
    if not _is_same(present, action):
        return present or replace(action, state=Progress.DONE)
    tried = [_tried(tx, action, one, has_mail=has_mail, clock=clock, ids=ids) for one in people]
    return _settle(tx, action, tried, clock=clock)


def skip(tx: Transaction, action: BulkAction, person: BulkPerson, *, clock: Clock) -> BulkAction:
    """Leave out somebody whom the store refuses, whatever the reason, and go on behind them."""
    present = tx.bulk.find(action.account_id, action.id)
    if not _is_same(present, action):
        return present or replace(action, state=Progress.DONE)
    return _settle(tx, action, [replace(person, outcome=Outcome.REFUSED, reason="not_stored")], clock=clock)


def _settle(tx: Transaction, action: BulkAction, people: Sequence[BulkPerson], *, clock: Clock) -> BulkAction:
    outcomes = [one.outcome for one in people]
    done = action.done + len(people)
    advanced = replace(
        action,
        state=Progress.DONE if done >= action.total else Progress.WORKING,
        done=done,
        changed=action.changed + outcomes.count(Outcome.CHANGED),
        refused=action.refused + outcomes.count(Outcome.REFUSED),
        noted_at=clock.now(),
    )
    tx.bulk.settle(action, people)
    tx.bulk.save(advanced)
    return advanced


def _tried(
    tx: Transaction, action: BulkAction, person: BulkPerson, *, has_mail: bool, clock: Clock, ids: Ids
) -> BulkPerson:
    """Try the action on one person, and return the outcome: a refusal writes nothing."""
    actor = Actor(account_id=action.account_id, user_id=action.user_id)
    try:
        before = _present(tx, actor, action.field, person.user_id)
        if _has(before, person.wanted):
            return replace(person, outcome=Outcome.UNCHANGED, before=before)
        _require_unchanged(person, before)
        _do(tx, actor, person, has_mail=has_mail, clock=clock, ids=ids)
    except (Refused, NotFound, Conflict, Invalid, TooMany, _LeftAlone) as refusal:
        return replace(person, outcome=Outcome.REFUSED, reason=_code(refusal))
    return replace(person, outcome=Outcome.CHANGED, before=before)


def _code(refusal: Refused | NotFound | Conflict | Invalid | TooMany | _LeftAlone) -> str:
    match refusal:
        case Refused():
            return refusal.denial.value
        case NotFound():
            return "not_found"
        case TooMany():
            return "too_many"
        case Invalid():
            return refusal.problems[0].code
        case Conflict() | _LeftAlone():
            return refusal.code
        case _:
            assert_never(refusal)


def _require_unchanged(person: BulkPerson, present: Value | None) -> None:
    if person.expected is not None and present != person.expected:
        raise _LeftAlone("changed_since")


def _present(tx: Transaction, actor: Actor, field: Field, user_id: UserId) -> Value | None:
    """Return what the person has now. None for an invitation, which is mailed to people who had one before, too."""
    user, facts = target(tx, actor, enter(tx, actor), user_id)
    if user.state is State.REMOVED:
        raise _LeftAlone("was_removed")
    match field:
        case Field.STATE:
            return user.state
        case Field.DEPARTMENT:
            return InDepartment(user.department_id)
        case Field.ROLE:
            return InRole(user.role, facts.manages)
        case Field.INVITATION:
            return None
        case _:
            assert_never(field)


def _has(present: Value | None, wanted: Value) -> bool:
    """Return whether somebody has the value already. A person with the role keeps what they manage, where nothing is said about that."""
    if isinstance(present, InRole) and isinstance(wanted, InRole) and not wanted.manages:
        return present.role is wanted.role
    return present == wanted


def _do(tx: Transaction, actor: Actor, person: BulkPerson, *, has_mail: bool, clock: Clock, ids: Ids) -> None:
    user_id = person.user_id
    match person.wanted:
        case State.ACTIVE:
            users.activate(tx, actor, user_id=user_id)
        case State():
            users.deactivate(tx, actor, user_id=user_id)
        case InDepartment(department_id):
            changes = users.UserPatch(department_id=department_id)
            users.change(tx, actor, user_id=user_id, changes=changes, manages=None, clock=clock, ids=ids)
        case InRole(role, manages):
            present = manages & tx.departments.all(actor.account_id).keys()
            users.change(
                tx, actor, user_id=user_id, changes=users.UserPatch(role=role), manages=present, clock=clock, ids=ids
            )
        case Invited():
            sign_in_links.mail(tx, actor, user_id=user_id, has_mail=has_mail, clock=clock, ids=ids)
        case _:
            assert_never(person.wanted)
