"""Courses and trainings in the admin portal: what they are, who is enrolled, who is an expert, who attends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import UNSET, UnsetType

from hallway.domain import administration
from hallway.domain.audit import Action, Target
from hallway.domain.courses import Course, Training
from hallway.domain.ids import CourseId, TrainingId, UserId
from hallway.domain.people import Person
from hallway.domain.verdicts import require
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, NotFound, Problem
from hallway.usecases.patches import given
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.directory import People, key
from hallway.usecases.people.staff import announce_facts, enter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Taught:
    """A course with its experts and how many are enrolled."""

    course: Course
    experts: Sequence[Card]
    enrolled: int


@dataclass(frozen=True, slots=True)
class Held:
    """A training with its organizer and attendees."""

    training: Training
    organizer: Card
    attendees: Sequence[Card]


def _staff(tx: Transaction, actor: Actor) -> Person:
    return enter(tx, actor, administration.manage_account)


def courses(tx: Transaction, actor: Actor) -> list[Taught]:
    """Return all courses with their facts, by title."""
    _staff(tx, actor)
    return _taught(tx, actor, tx.courses.all(actor.account_id))


def course(tx: Transaction, actor: Actor, *, course_id: CourseId) -> Taught:
    """Return a course as the portal shows it."""
    _staff(tx, actor)
    return _taught(tx, actor, [_course(tx, actor, course_id)])[0]


def _taught(tx: Transaction, actor: Actor, shown: Sequence[Course]) -> list[Taught]:
    counts = tx.courses.enrolment_counts(actor.account_id)
    experts = tx.courses.experts(actor.account_id, [one.id for one in shown])
    return [Taught(one, cards(tx, actor.account_id, experts.get(one.id, ())), counts.get(one.id, 0)) for one in shown]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePatch:
    """Changes to a course."""

    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    lessons: Sequence[str] | UnsetType = UNSET

    def of(self, course: Course) -> Course:
        """Return the course with these changes."""
        return replace(
            course,
            title=given(self.title, course.title),
            description=given(self.description, course.description),
            lessons=tuple(given(self.lessons, course.lessons)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPatch:
    """Changes to a training."""

    title: str | UnsetType = UNSET
    organizer_id: UserId | UnsetType = UNSET

    def of(self, training: Training) -> Training:
        """Return the training with these changes."""
        title, organizer_id = given(self.title, training.title), given(self.organizer_id, training.organizer_id)
        return replace(training, title=title, organizer_id=organizer_id)


def _course(tx: Transaction, actor: Actor, course_id: CourseId) -> Course:
    found = tx.courses.find(actor.account_id, course_id)
    if found is None:
        raise NotFound("course")
    return found


def add_course(
    tx: Transaction, actor: Actor, *, title: str, description: str, lessons: Sequence[str], ids: Ids
) -> CourseId:
    """Add a course."""
    _staff(tx, actor)
    added = Course(
        account_id=actor.account_id,
        id=CourseId(ids.new()),
        title=title.strip(),
        description=description,
        lessons=tuple(lessons),
    )
    _check_course(added)
    tx.courses.add([added])
    trail.record(tx, actor, Action.COURSE_ADDED, _of_course(added))
    return added.id


def change_course(tx: Transaction, actor: Actor, *, course_id: CourseId, changes: CoursePatch) -> None:
    """Change what a course is called and holds."""
    _staff(tx, actor)
    before = _course(tx, actor, course_id)
    after = changes.of(before)
    _check_course(after)
    tx.courses.save(after)
    what, course, texts = Action.COURSE_CHANGED, _of_course(before), ["description", "lessons"]
    trail.record_change(tx, actor, what, course, before, after, facts=["title"], texts=texts)


def _check_course(one: Course) -> None:
    fields.require_valid(
        fields.name("title", one.title),
        fields.prose("description", one.description),
        fields.lessons("lessons", one.lessons),
    )


def remove_course(tx: Transaction, actor: Actor, *, course_id: CourseId) -> None:
    """Remove a course; the chats about it are kept."""
    _staff(tx, actor)
    removed = _course(tx, actor, course_id)
    experts, concerned = _experts(tx, actor, course_id), _people_of(tx, actor, course_id)
    tx.courses.remove(actor.account_id, course_id)
    trail.record(tx, actor, Action.COURSE_REMOVED, _of_course(removed))
    announce_facts(tx, actor, experts, concerned)


def _people_of(tx: Transaction, actor: Actor, course_id: CourseId) -> frozenset[UserId]:
    return tx.courses.enrolled_ids(actor.account_id, course_id) | _experts(tx, actor, course_id)


def _experts(tx: Transaction, actor: Actor, course_id: CourseId) -> frozenset[UserId]:
    return frozenset(one.id for one in tx.courses.experts(actor.account_id, [course_id]).get(course_id, ()))


def enrolled(
    tx: Transaction, actor: Actor, *, course_id: CourseId, after: tuple[str, str] | None, limit: int
) -> People:
    """Return a page of the people enrolled in a course."""
    _staff(tx, actor)
    _course(tx, actor, course_id)
    users = tx.courses.enrolled(actor.account_id, course_id, after=after, limit=limit + 1)
    shown = users[:limit]
    return People(cards(tx, actor.account_id, shown), key(shown[-1]) if len(users) > limit else None)


def enrol(tx: Transaction, actor: Actor, *, course_id: CourseId, user_id: UserId) -> None:
    """Enrol somebody."""
    _staff(tx, actor)
    course = _course(tx, actor, course_id)
    _person(tx, actor, user_id)
    tx.courses.enrol(actor.account_id, [(course_id, user_id)])
    trail.record(tx, actor, Action.ENROLLED, _of_course(course), person_id=user_id)
    announce_facts(tx, actor, [user_id])


def withdraw(tx: Transaction, actor: Actor, *, course_id: CourseId, user_id: UserId) -> None:
    """Withdraw an enrolment."""
    _staff(tx, actor)
    tx.courses.withdraw(actor.account_id, course_id, user_id)
    _record(tx, actor, Action.WITHDRAWN, tx.courses.find(actor.account_id, course_id), user_id)
    announce_facts(tx, actor, [user_id])


def assign(tx: Transaction, actor: Actor, *, course_id: CourseId, user_id: UserId, clock: Clock) -> None:
    """Make somebody an expert of a course: their read-only chats about it open again (rules §4)."""
    me = _staff(tx, actor)
    course = _course(tx, actor, course_id)
    require(administration.assign_expert(me, _person(tx, actor, user_id)))
    tx.courses.assign(actor.account_id, [(course_id, user_id)], at=clock.now())
    trail.record(tx, actor, Action.EXPERT_ASSIGNED, _of_course(course), person_id=user_id)
    announce_facts(tx, actor, [user_id], _people_of(tx, actor, course_id))


def unassign(tx: Transaction, actor: Actor, *, course_id: CourseId, user_id: UserId) -> None:
    """Unassign an expert: the chats are kept (rules §4)."""
    _staff(tx, actor)
    tx.courses.unassign(actor.account_id, course_id, user_id)
    _record(tx, actor, Action.EXPERT_UNASSIGNED, tx.courses.find(actor.account_id, course_id), user_id)
    announce_facts(tx, actor, [user_id], _people_of(tx, actor, course_id))


def _of_course(one: Course) -> Target:
    return Target("course", one.id, one.title)


def _of_training(one: Training) -> Target:
    return Target("training", one.id, one.title)


def _record(tx: Transaction, actor: Actor, action: Action, of: Course | Training | None, user_id: UserId) -> None:
    """Record that somebody takes part no longer; nothing, when there was nothing to leave."""
    if of is not None:
        target = _of_course(of) if isinstance(of, Course) else _of_training(of)
        trail.record(tx, actor, action, target, person_id=user_id)


def _person(tx: Transaction, actor: Actor, user_id: UserId) -> Person:
    found = tx.people.facts(actor.account_id, [user_id]).get(user_id)
    if found is None:
        raise NotFound("user")
    return found


def trainings(tx: Transaction, actor: Actor) -> list[Held]:
    """Return all trainings, by title."""
    _staff(tx, actor)
    return [_held(tx, actor, one) for one in tx.trainings.all(actor.account_id)]


def training(tx: Transaction, actor: Actor, *, training_id: TrainingId) -> Held:
    """Return a training as the portal shows it."""
    _staff(tx, actor)
    return _held(tx, actor, _training(tx, actor, training_id))


def _held(tx: Transaction, actor: Actor, one: Training) -> Held:
    organizer = tx.people.several(actor.account_id, [one.organizer_id])[one.organizer_id]
    (card,) = cards(tx, actor.account_id, [organizer])
    return Held(one, card, cards(tx, actor.account_id, tx.trainings.attendees(actor.account_id, one.id)))


def _training(tx: Transaction, actor: Actor, training_id: TrainingId) -> Training:
    found = tx.trainings.find(actor.account_id, training_id)
    if found is None:
        raise NotFound("training")
    return found


def add_training(tx: Transaction, actor: Actor, *, title: str, organizer_id: UserId, ids: Ids) -> TrainingId:
    """Add a training."""
    _staff(tx, actor)
    added = Training(actor.account_id, TrainingId(ids.new()), title.strip(), organizer_id)
    _check_training(tx, actor, added)
    tx.trainings.add(added)
    trail.record(tx, actor, Action.TRAINING_ADDED, _of_training(added), person_id=organizer_id)
    return added.id


def change_training(tx: Transaction, actor: Actor, *, training_id: TrainingId, changes: TrainingPatch) -> None:
    """Change a training's title or organizer."""
    _staff(tx, actor)
    before = _training(tx, actor, training_id)
    after = changes.of(before)
    _check_training(tx, actor, after)
    tx.trainings.save(after)
    what, facts = Action.TRAINING_CHANGED, ["title", "organizer_id"]
    trail.record_change(tx, actor, what, _of_training(before), before, after, facts=facts)
    if after.organizer_id != before.organizer_id:
        attendees = tx.trainings.attendees(actor.account_id, training_id)
        announce_facts(tx, actor, [before.organizer_id, after.organizer_id], (one.id for one in attendees))


def _check_training(tx: Transaction, actor: Actor, one: Training) -> None:
    fields.require_valid(fields.name("title", one.title))
    organizer = tx.people.facts(actor.account_id, [one.organizer_id]).get(one.organizer_id)
    if organizer is None or not organizer.is_active:
        raise Invalid(Problem("organizer_id", "no_organizer", "Choose an active person as the organizer."))


def remove_training(tx: Transaction, actor: Actor, *, training_id: TrainingId) -> None:
    """Remove a training."""
    _staff(tx, actor)
    held = _held(tx, actor, _training(tx, actor, training_id))
    tx.trainings.remove(actor.account_id, training_id)
    trail.record(tx, actor, Action.TRAINING_REMOVED, _of_training(held.training))
    announce_facts(tx, actor, [held.training.organizer_id], (card.user.id for card in held.attendees))


def attend(tx: Transaction, actor: Actor, *, training_id: TrainingId, user_id: UserId) -> None:
    """Add somebody to those who attend a training."""
    _staff(tx, actor)
    training = _training(tx, actor, training_id)
    _person(tx, actor, user_id)
    tx.trainings.attend(actor.account_id, [(training_id, user_id)])
    trail.record(tx, actor, Action.ATTENDED, _of_training(training), person_id=user_id)
    announce_facts(tx, actor, [user_id])


def leave(tx: Transaction, actor: Actor, *, training_id: TrainingId, user_id: UserId) -> None:
    """Remove somebody from those who attend a training."""
    _staff(tx, actor)
    tx.trainings.leave(actor.account_id, training_id, user_id)
    _record(tx, actor, Action.LEFT, tx.trainings.find(actor.account_id, training_id), user_id)
    announce_facts(tx, actor, [user_id])
