"""What an imported file of courses, enrolments or experts does, under the rules of the admin portal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.audit import Action, Target
from hallway.domain.courses import Course
from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import Person, State, User
from hallway.domain.text import identity_key
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.imports import problems as import_problems
from hallway.usecases.imports.batches import Entry
from hallway.usecases.imports.sheets import Report
from hallway.usecases.people.staff import announce_facts, enter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


class CoursePlanner:
    """Plans courses by title; lessons are separated by a bar."""

    _known: Mapping[str, Course]

    def __init__(self, actor: Actor, ids: Ids) -> None:
        """Begin with nothing loaded."""
        self._actor = actor
        self._ids = ids
        self._seen: dict[str, int] = {}
        self.taken = 0

    def load(self, tx: Transaction, entries: Sequence[Entry]) -> None:
        """Load the courses that these lines name."""
        enter(tx, self._actor, administration.manage_account)
        self._known = tx.courses.by_titles(self._actor.account_id, {entry.get("title") for entry in entries})
        self._added: list[Course] = []
        self._changed: list[Course] = []

    def plan(self, entry: Entry, report: Report) -> None:
        """Judge a line."""
        title = entry.get("title")
        lessons = tuple(part.strip() for part in entry.get("lessons").split("|") if part.strip())
        entry.check(
            fields.name("title", title),
            fields.prose("description", entry.get("description")),
            fields.lessons("lessons", lessons),
        )
        first = self._seen.setdefault(identity_key(title), entry.line.number)
        if first != entry.line.number:
            entry.blame(import_problems.twice("title", first))
        if entry.problems:
            return
        before = self._known.get(identity_key(title))
        one = before or Course(account_id=self._actor.account_id, id=CourseId(self._ids.new()), title=title)
        after = replace(
            one,
            description=entry.get("description") if entry.has("description") else one.description,
            lessons=lessons if entry.has("lessons") else one.lessons,
        )
        if before is None:
            report.to_add += 1
            self._added.append(after)
        elif after != before:
            report.to_change += 1
            self._changed.append(after)
        else:
            report.unchanged += 1

    def store(self, tx: Transaction) -> None:
        """Add and change courses."""
        tx.courses.add(self._added)
        for one in self._changed:
            tx.courses.save(one)


class EnrolmentPlanner:
    """Plans enrolments in courses, by title and login."""

    _must_be_active = False
    _courses: Mapping[str, Course]
    _people: Mapping[str, User]
    _facts: Mapping[UserId, Person]

    def __init__(self, actor: Actor) -> None:
        """Begin with nothing loaded."""
        self._actor = actor
        self._seen: set[tuple[CourseId, UserId]] = set()
        self.taken = 0

    def load(self, tx: Transaction, entries: Sequence[Entry]) -> None:
        """Load the courses and people that these lines name."""
        account_id = self._actor.account_id
        enter(tx, self._actor, administration.manage_account)
        self._courses = tx.courses.by_titles(account_id, {entry.get("course") for entry in entries})
        self._people = tx.people.by_logins(account_id, {entry.get("login") for entry in entries} - {""})
        self._facts = tx.people.facts(account_id, {user.id for user in self._people.values()})
        self._pairs: list[tuple[CourseId, UserId]] = []

    def plan(self, entry: Entry, report: Report) -> None:
        """Judge a line; the same pair again changes nothing."""
        course = self._courses.get(identity_key(entry.get("course")))
        user = self._people.get(identity_key(entry.get("login")))
        if course is None:
            entry.blame(import_problems.no_course())
        if user is None:
            entry.blame(import_problems.no_person())
        elif self._must_be_active and user.state is not State.ACTIVE:
            entry.blame(import_problems.not_active())
        if course is None or user is None or entry.problems:
            return
        if course.id in self._present(self._facts[user.id]) or (course.id, user.id) in self._seen:
            report.unchanged += 1
            return
        report.to_add += 1
        self._seen.add((course.id, user.id))
        self._pairs.append((course.id, user.id))

    def store(self, tx: Transaction) -> None:
        """Enrol people."""
        if self._pairs:
            tx.courses.enrol(self._actor.account_id, self._pairs)
            announce_facts(tx, self._actor, {user_id for _, user_id in self._pairs})

    def _present(self, facts: Person) -> frozenset[CourseId]:
        return facts.enrolled_in


class ExpertPlanner(EnrolmentPlanner):
    """Plans the experts of courses."""

    _must_be_active = True

    def __init__(self, actor: Actor, clock: Clock) -> None:
        """Begin with nothing loaded; the clock says when somebody becomes an expert."""
        super().__init__(actor)
        self._clock = clock

    def store(self, tx: Transaction) -> None:
        """Make people experts, and announce it to the learners of their courses."""
        account_id = self._actor.account_id
        if self._pairs:
            tx.courses.assign(account_id, self._pairs, at=self._clock.now())
            for course_id, user_id in self._pairs:
                course = Target("course", course_id)
                trail.record(tx, self._actor, Action.EXPERT_ASSIGNED, course, person_id=user_id)
            learners = (tx.courses.enrolled_ids(account_id, one) for one in {course_id for course_id, _ in self._pairs})
            announce_facts(
                tx, self._actor, {one for _, one in self._pairs}, {one for those in learners for one in those}
            )

    def _present(self, facts: Person) -> frozenset[CourseId]:
        return facts.expert_of
