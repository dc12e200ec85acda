"""Set one field of many people: their state, department or role. Each is judged by the rules by themself, when it is done.

An action is kept with its people first; a durable job then carries it out, a few people in each transaction, which also
notes how far it is. A process that ends in between leaves an action that goes on where it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from hallway.domain import administration
from hallway.domain.ids import DepartmentId, SessionId, UserId
from hallway.domain.people import Person, Role, State, User, oversees
from hallway.domain.verdicts import Refused, require
from hallway.usecases import queueing, users
from hallway.usecases.actors import Actor
from hallway.usecases.bulk_ports import BulkAction, BulkPerson, Field, Outcome, Progress
from hallway.usecases.errors import Conflict, Invalid, NotFound, Problem
from hallway.usecases.ports import Clock, Ids, Transaction
from hallway.usecases.staff import enter, line_of, scope, target
from hallway.usecases.user_lists import UserFilter

JOB = "bulk"
"""The kind of the durable job; its subject is the action's id."""
MOST_PEOPLE = 50_000
MOST_UNFINISHED = 5
"""Actions of one person that are at work at the same time."""
KEPT = timedelta(days=1)
"""For how long an action is remembered, and can be undone."""


class _LeftAlone(Exception):  # noqa: N818 - what becomes of one person, no answer of its own
    """Somebody to whom it is not done, for a reason that no rule gives."""


def chosen_ids(tx: Transaction, actor: Actor, chosen: UserFilter) -> Sequence[UserId]:
    """All whom the filter finds among those the actor administers, in a fixed order."""
    me = enter(tx, actor)
    return tx.people.ids(actor.account_id, replace(chosen, within=scope(me)), limit=MOST_PEOPLE + 1)


def begin(tx: Transaction, actor: Actor, *, field: Field, value: str, total: int, clock: Clock, ids: Ids) -> BulkAction:
    """Note an action; its people come next. Raises Refused, Invalid, Conflict."""
    me = enter(tx, actor)
    _check(tx, actor, me, field, value)
    return _begin(tx, BulkAction(actor.account_id, ids.new(), actor.user_id, field, value, total, clock.now()))


def begin_undo(tx: Transaction, actor: Actor, action_id: str, *, clock: Clock, ids: Ids) -> BulkAction:
    """Note an action that gives those whom an earlier one changed back what they had. Raises NotFound, Conflict."""
    done = mine(tx, actor, action_id)
    if done.state is not Progress.DONE or not done.changed:
        raise Conflict("nothing_to_undo", "There is nothing to undo.")
    return _begin(tx, replace(_anew(done, ids.new()), total=done.changed, undoes=done.id, told_at=clock.now()))


def _anew(done: BulkAction, action_id: str) -> BulkAction:
    return BulkAction(done.account_id, action_id, done.user_id, done.field, done.value, done.total, done.told_at)


def _begin(tx: Transaction, action: BulkAction) -> BulkAction:
    if not 0 < action.total <= MOST_PEOPLE:
        raise Invalid(Problem("user_ids", "how_many", f"Choose between 1 and {MOST_PEOPLE} people."))
    recent = (
        one for one in tx.bulk.unfinished(action.account_id, action.user_id) if action.told_at - one.told_at < KEPT
    )
    if sum(1 for _ in recent) >= MOST_UNFINISHED:
        raise Conflict(
            "bulk_at_work", f"You already have {MOST_UNFINISHED} bulk actions running. Wait until one finishes."
        )
    tx.bulk.add(action)
    return action


def _check(tx: Transaction, actor: Actor, me: Person, field: Field, value: str) -> None:
    """What could be done to nobody is refused as a whole."""
    match field:
        case Field.STATE:
            if value not in {State.ACTIVE, State.INACTIVE}:
                raise Invalid(Problem("value", "no_state", "Choose active or inactive."))
        case Field.ROLE:
            if value not in set(Role):
                raise Invalid(Problem("value", "no_role", "This role doesn't exist."))
            require(administration.grant(me, Role(value)))
        case Field.DEPARTMENT:
            require(administration.place_in(me, line_of(tx, actor, DepartmentId(value) if value else None)))


def keep(tx: Transaction, action: BulkAction, start: int, user_ids: Sequence[UserId]) -> None:
    """Note some of the people, from this place on."""
    people = [BulkPerson(place, one, action.value) for place, one in enumerate(user_ids, start)]
    tx.bulk.add_people(action.account_id, action.id, people)


def keep_undone(tx: Transaction, action: BulkAction, start: int, changed: Sequence[BulkPerson]) -> None:
    """Note some of those whom the earlier action changed, with what they had."""
    people = [
        BulkPerson(place, one.user_id, one.before or "", expected=one.wanted)
        for place, one in enumerate(changed, start)
    ]
    tx.bulk.add_people(action.account_id, action.id, people)


def queue(tx: Transaction, action: BulkAction, *, clock: Clock) -> BulkAction:
    """Have it carried out, now that all its people are noted."""
    working = replace(action, state=Progress.WORKING, told_at=clock.now())
    tx.bulk.save(working)
    queueing.enqueue(tx, action.account_id, JOB, action.id, clock=clock)
    return working


def mine(tx: Transaction, actor: Actor, action_id: str) -> BulkAction:
    """One's own action. Raises Refused, NotFound."""
    enter(tx, actor)
    found = tx.bulk.find(actor.account_id, action_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound("action")
    return found


def refused(tx: Transaction, action: BulkAction, limit: int) -> Sequence[tuple[BulkPerson, User]]:
    """The first of those to whom it was not done, with who they are. Whom the actor may not see is left out."""
    people = tx.bulk.people(action.account_id, action.id, start=0, limit=limit, outcome=Outcome.REFUSED)
    facts = tx.people.facts(action.account_id, {action.user_id, *(one.user_id for one in people)})
    me, known = facts[action.user_id], tx.people.several(action.account_id, {one.user_id for one in people})
    return [(one, known[one.user_id]) for one in people if _is_seen(me, facts, one.user_id)]


def _is_seen(me: Person, facts: Mapping[UserId, Person], user_id: UserId) -> bool:
    return user_id in facts and oversees(me, facts[user_id])


def carry_out(
    tx: Transaction, action: BulkAction, people: Sequence[BulkPerson], *, clock: Clock, ids: Ids
) -> BulkAction:
    """Do it to the next people. Answers the action as it is then; changes nothing when somebody else has gone on with it."""
    present = tx.bulk.find(action.account_id, action.id)
    if present is None or (present.state, present.done) != (Progress.WORKING, action.done):
        return present or replace(action, state=Progress.DONE)
    return _settle(tx, present, [_tried(tx, present, one, clock=clock, ids=ids) for one in people], clock=clock)


def skip(tx: Transaction, action: BulkAction, person: BulkPerson, *, clock: Clock) -> BulkAction:
    """Leave out somebody whom the store refuses, whatever the reason, and go on behind them."""
    present = tx.bulk.find(action.account_id, action.id)
    if present is None or (present.state, present.done) != (Progress.WORKING, action.done):
        return present or replace(action, state=Progress.DONE)
    told = replace(person, outcome=Outcome.REFUSED, reason="This couldn't be stored. Try it on the person's page.")
    return _settle(tx, present, [told], clock=clock)


def _settle(tx: Transaction, action: BulkAction, people: Sequence[BulkPerson], *, clock: Clock) -> BulkAction:
    outcomes = [one.outcome for one in people]
    done = action.done + len(people)
    advanced = replace(
        action,
        state=Progress.DONE if done >= action.total else Progress.WORKING,
        done=done,
        changed=action.changed + outcomes.count(Outcome.CHANGED),
        refused=action.refused + outcomes.count(Outcome.REFUSED),
        told_at=clock.now(),
    )
    tx.bulk.settle(action.account_id, action.id, people)
    tx.bulk.save(advanced)
    return advanced


def _tried(tx: Transaction, action: BulkAction, person: BulkPerson, *, clock: Clock, ids: Ids) -> BulkPerson:
    """What became of it for one person: a refusal writes nothing."""
    actor = Actor(action.account_id, action.user_id, SessionId(""))
    try:
        before = _present(tx, actor, action.field, person.user_id)
        if _has(before, person.wanted):
            return replace(person, outcome=Outcome.UNCHANGED, before=before)
        _require_unchanged(person, before)
        _set(tx, actor, action.field, person, clock=clock, ids=ids)
    except (Refused, NotFound, Conflict, Invalid, _LeftAlone) as refusal:
        return replace(person, outcome=Outcome.REFUSED, reason=str(refusal))
    return replace(person, outcome=Outcome.CHANGED, before=before)


def _require_unchanged(person: BulkPerson, present: str) -> None:
    if person.expected is not None and present != person.expected:
        raise _LeftAlone("Someone has changed this person since.")  # noqa: TRY003 - the sentence is all there is


def _present(tx: Transaction, actor: Actor, field: Field, user_id: UserId) -> str:
    user, facts = target(tx, actor, enter(tx, actor), user_id)
    if user.state is State.REMOVED:
        raise _LeftAlone("This person was removed.")  # noqa: TRY003 - as above
    match field:
        case Field.STATE:
            return user.state.value
        case Field.DEPARTMENT:
            return user.department_id or ""
        case Field.ROLE:
            return " ".join([user.role.value, *sorted(facts.manages)])


def _has(present: str, wanted: str) -> bool:
    """Whether somebody has the value already. A role stands before the departments that go with it, if any are wanted."""
    return present == wanted or present.split(" ", maxsplit=1)[0] == wanted


def _set(tx: Transaction, actor: Actor, field: Field, person: BulkPerson, *, clock: Clock, ids: Ids) -> None:
    match field:
        case Field.STATE:
            act = users.activate if person.wanted == State.ACTIVE else users.deactivate
            act(tx, actor, user_id=person.user_id)
        case Field.DEPARTMENT:
            changes = {"department_id": DepartmentId(person.wanted) if person.wanted else None}
            users.change(tx, actor, user_id=person.user_id, changes=changes, manages=None, clock=clock, ids=ids)
        case Field.ROLE:
            role, *managed = person.wanted.split(" ")
            manages = tx.departments.all(actor.account_id).keys() & set(map(DepartmentId, managed))
            users.change(
                tx,
                actor,
                user_id=person.user_id,
                changes={"role": Role(role)},
                manages=frozenset(manages),
                clock=clock,
                ids=ids,
            )
