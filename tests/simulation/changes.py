"""Changes of facts, as the owner makes them in the admin portal; the plain facts change along."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from hallway.adapters import RandomIds, SystemClock
from hallway.domain.accounts import Mode
from hallway.domain.courses import Course
from hallway.domain.events import FactsChanged, SessionEnded
from hallway.domain.ids import ConversationId, DepartmentId, UserId
from hallway.domain.people import Role, State
from hallway.usecases.accounts import settings
from hallway.usecases.learning import teaching
from hallway.usecases.people import departments, users
from hallway.usecases.transaction import Transaction
from tests.simulation.names import TITLES, short
from tests.simulation.world import World

T = TypeVar("T")
MOVES = {State.ACTIVE: users.activate, State.INACTIVE: users.deactivate, State.REMOVED: users.remove}


def change_facts(world: World) -> None:
    """Change something; whoever may now write where they might not, or the other way round, hears of it (§4)."""
    before = _standings(world)
    change = world.random.choice(CHANGES) if world.facts.is_on or world.is_lucky(0.6) else _switch
    change(world)
    moved = {who for (who, chat), reason in _standings(world).items() if before[who, chat] != reason}
    told = [users_told for kind, users_told in world.heard() if kind is FactsChanged]
    assert moved <= {one for users_told in told for one in (world.cast.people if users_told is None else users_told)}
    assert all(event.account_id == world.boss.account_id for event in world.told)


def _standings(world: World) -> dict[tuple[UserId, ConversationId], str | None]:
    """Why each member of each dialog may not write there now."""
    return {
        (who, talk.id): world.facts.why_read_only(who, talk.partner_of(who), talk.question)
        for talk in world.talks.values()
        for who in talk.sides
    }


def _done(world: World, what: str, work: Callable[[Transaction], object]) -> None:
    world.note(f"facts: {what}")
    assert world.attempt(work) is None


def _one_of(world: World, values: list[T]) -> T:
    return world.random.choice(values)


def _switch(world: World) -> None:
    """Off now and then, and soon on again: nothing can be said meanwhile."""
    world.facts.is_on = not world.facts.is_on or not world.is_lucky(0.5)
    changes = {"messaging_on": world.facts.is_on}
    _done(
        world,
        f"messaging is {world.facts.is_on}",
        lambda tx: settings.change(tx, world.boss, changes=settings.AccountPatch(**changes)),
    )


def _mode(world: World) -> None:
    world.facts.mode = _one_of(world, list(Mode))
    changes = {"mode": world.facts.mode}
    _done(
        world,
        f"mode is {world.facts.mode}",
        lambda tx: settings.change(tx, world.boss, changes=settings.AccountPatch(**changes)),
    )


def _state(world: World) -> None:
    """More go back to work than leave, or nobody would be left."""
    who = _one_of(world, world.cast.people[1:])
    before = world.facts.states[who]
    after = _one_of(world, [*State]) if before is State.ACTIVE else State.ACTIVE
    _done(world, f"{short(who)} is {after}", lambda tx: MOVES[after](tx, world.boss, user_id=who))
    world.facts.states[who] = after
    ended = [users_told for kind, users_told in world.heard() if kind is SessionEnded]
    assert ended == ([frozenset({who})] if after not in {before, State.ACTIVE} else [])


def _expert(world: World) -> None:
    course, who = _one_of(world, world.cast.courses), _one_of(world, world.facts.active())
    if world.facts.experts and world.is_lucky(0.5):
        course, who = _one_of(world, sorted(world.facts.experts))
    is_new = (course, who) not in world.facts.experts
    change = partial(teaching.assign, clock=world.clock) if is_new else teaching.unassign
    what = f"{short(who)} {'is' if is_new else 'is no longer'} an expert of {short(course)}"
    _done(world, what, lambda tx: change(tx, world.boss, course_id=course, user_id=who))
    (world.facts.experts.add if is_new else world.facts.experts.discard)((course, who))


def _enrolment(world: World) -> None:
    course, who = _one_of(world, world.cast.courses), world.somebody()
    is_new = (course, who) not in world.facts.enrolled
    change = teaching.enrol if is_new else teaching.withdraw
    what = f"{short(who)} {'is' if is_new else 'is no longer'} enrolled in {short(course)}"
    _done(world, what, lambda tx: change(tx, world.boss, course_id=course, user_id=who))
    (world.facts.enrolled.add if is_new else world.facts.enrolled.discard)((course, who))


def _course(world: World) -> None:
    """A course goes, and with it who taught and who learned there; an empty one comes in its place, unheard."""
    course = _one_of(world, world.cast.courses)
    _done(world, f"{short(course)} is removed", lambda tx: teaching.remove_course(tx, world.boss, course_id=course))
    world.facts.experts = {one for one in world.facts.experts if one[0] != course}
    world.facts.enrolled = {one for one in world.facts.enrolled if one[0] != course}
    world.store.write(
        [lambda tx: tx.courses.add([Course(account_id=world.boss.account_id, id=course, title=TITLES[course])])]
    )


def _attendance(world: World) -> None:
    training, who = _one_of(world, world.cast.trainings), world.somebody()
    is_new = (training, who) not in world.facts.attendees
    change = teaching.attend if is_new else teaching.leave
    what = f"{short(who)} {'attends' if is_new else 'leaves'} {short(training)}"
    _done(world, what, lambda tx: change(tx, world.boss, training_id=training, user_id=who))
    (world.facts.attendees.add if is_new else world.facts.attendees.discard)((training, who))


def _organizer(world: World) -> None:
    training, who = _one_of(world, world.cast.trainings), _one_of(world, world.facts.active())
    changes = {"organizer_id": who}
    what = f"{short(who)} organizes {short(training)}"
    _done(
        world,
        what,
        lambda tx: teaching.change_training(
            tx, world.boss, training_id=training, changes=teaching.TrainingPatch(**changes)
        ),
    )
    world.facts.organizers[training] = who


def _title(world: World) -> None:
    """No fact: it is shown, and lets nobody write to anybody."""
    who = world.somebody()
    title = f"title {world.next()}"
    _change_user(world, f"{short(who)} is titled {title!r}", who, {"title": title})


def _place(world: World) -> None:
    who, place = world.somebody(), _one_of(world, [None, *world.cast.departments])
    _change_user(world, f"{short(who)} belongs to {short(place or '')}", who, {"department_id": place})
    world.facts.places[who] = place


def _supervisor(world: World) -> None:
    who, supervisor = world.somebody(), _one_of(world, [None, *world.facts.active()])
    _change_user(world, f"{short(supervisor or '')} supervises {short(who)}", who, {"supervisor_id": supervisor})
    world.facts.supervisors[who] = supervisor


def _role(world: World) -> None:
    """A new role; who stops being a department administrator manages nothing any more."""
    who, role = _one_of(world, world.cast.people[1:]), _one_of(world, [one for one in Role if one is not Role.OWNER])
    _change_user(world, f"{short(who)} is {role}", who, {"role": role})
    world.facts.roles[who] = role
    if role is not Role.DEPARTMENT_ADMINISTRATOR:
        world.facts.manages[who] = frozenset()


def _managed(world: World) -> None:
    deans = [one for one, role in world.facts.roles.items() if role is Role.DEPARTMENT_ADMINISTRATOR]
    if deans:
        who, size = _one_of(world, deans), world.random.randint(0, 3)
        chosen = frozenset(world.random.sample(world.cast.departments, size))
        _change_user(world, f"{short(who)} manages {[short(one) for one in sorted(chosen)]}", who, {}, chosen)
        world.facts.manages[who] = chosen


def _change_user(
    world: World,
    what: str,
    who: UserId,
    changes: dict[str, object],
    manages: frozenset[DepartmentId] | None = None,
) -> None:
    _done(
        world,
        what,
        lambda tx: users.change(
            tx,
            world.boss,
            user_id=who,
            changes=users.UserPatch(**changes),
            manages=manages,
            clock=SystemClock(),
            ids=RandomIds(),
        ),
    )


def _tree(world: World) -> None:
    """Move a department with all below it; never below itself."""
    one, above = _one_of(world, world.cast.departments), _one_of(world, [None, *world.cast.departments])
    is_circle = one in world.facts.line(above)
    world.note(f"facts: {short(one)} lies below {short(above or '')}")
    changes = {"parent_id": above}
    patch = departments.DepartmentPatch(**changes)
    work = partial(departments.change, actor=world.boss, department_id=one, changes=patch)
    assert world.attempt(work) == ("invalid" if is_circle else None)
    if not is_circle:
        world.facts.above[one] = above


def _head(world: World) -> None:
    one, head = _one_of(world, world.cast.departments), _one_of(world, [None, *world.facts.active()])
    changes = {"supervisor_id": head}
    what = f"{short(head or '')} supervises {short(one)}"
    _done(
        world,
        what,
        lambda tx: departments.change(
            tx, world.boss, department_id=one, changes=departments.DepartmentPatch(**changes)
        ),
    )
    world.facts.heads[one] = head


CHANGES = (
    *(_mode, _mode, _state, _state, _switch, _expert, _expert, _enrolment, _enrolment, _attendance, _organizer),
    *(_course, _title, _place, _supervisor, _role, _managed, _tree, _head),
)
"""Each as often as it stands here."""
