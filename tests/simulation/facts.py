"""The facts of a random academy as the simulation knows them, and what the tables of the rules make of them.

Nothing is computed by the product here: the relations of §2 are looked up in these plain facts, the rest in
`tests.domain.rules_table`. So a store that loads a fact wrongly and a rule that reads it wrongly both show.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from hallway.domain.accounts import Mode
from hallway.domain.courses import Question
from hallway.domain.ids import CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import Role, State
from tests.domain.rules_table import Case, why_not_start, why_read_only
from tests.simulation.names import HERE, Cast

ROLES = (
    Role.OWNER,
    Role.ADMINISTRATOR,
    Role.DEPARTMENT_ADMINISTRATOR,
    Role.DEPARTMENT_ADMINISTRATOR,
    Role.AUTHOR,
    Role.AUTHOR,
)
"""The roles of the first people; all others are learners."""


@dataclass(slots=True)
class Facts:
    """All that decides who may write to whom."""

    cast: Cast = HERE
    mode: Mode = Mode.STRICT
    is_on: bool = True
    roles: dict[UserId, Role] = field(default_factory=dict[UserId, Role])
    states: dict[UserId, State] = field(default_factory=dict[UserId, State])
    places: dict[UserId, DepartmentId | None] = field(default_factory=dict[UserId, DepartmentId | None])
    supervisors: dict[UserId, UserId | None] = field(default_factory=dict[UserId, UserId | None])
    manages: dict[UserId, frozenset[DepartmentId]] = field(default_factory=dict[UserId, frozenset[DepartmentId]])
    above: dict[DepartmentId, DepartmentId | None] = field(default_factory=dict[DepartmentId, DepartmentId | None])
    heads: dict[DepartmentId, UserId | None] = field(default_factory=dict[DepartmentId, UserId | None])
    experts: set[tuple[CourseId, UserId]] = field(default_factory=set[tuple[CourseId, UserId]])
    enrolled: set[tuple[CourseId, UserId]] = field(default_factory=set[tuple[CourseId, UserId]])
    organizers: dict[TrainingId, UserId] = field(default_factory=dict[TrainingId, UserId])
    attendees: set[tuple[TrainingId, UserId]] = field(default_factory=set[tuple[TrainingId, UserId]])

    @classmethod
    def invented(cls, random: Random, cast: Cast) -> "Facts":
        """A random academy."""
        facts = cls(cast, random.choice(list(Mode)))
        for number, one in enumerate(cast.departments):
            facts.above[one] = random.choice([None, *cast.departments[:number]])
            facts.heads[one] = random.choice([None, None, *cast.people])
        for number, one in enumerate(cast.people):
            facts.roles[one] = ROLES[number] if number < len(ROLES) else Role.LEARNER
            facts.states[one] = State.ACTIVE
            facts.places[one] = random.choice([None, *cast.departments])
            facts.supervisors[one] = random.choice([None, None, None, *cast.people])
            is_dean = facts.roles[one] is Role.DEPARTMENT_ADMINISTRATOR
            facts.manages[one] = frozenset(random.sample(cast.departments, 2) if is_dean else ())
        facts.experts = {(one, random.choice(cast.people)) for one in cast.courses for _ in range(2)}
        facts.enrolled = {(random.choice(cast.courses), one) for one in cast.people}
        facts.organizers = {one: random.choice(cast.people) for one in cast.trainings}
        facts.attendees = {(random.choice(cast.trainings), one) for one in cast.people[::2]}
        return facts

    # What the tables make of them.

    def why_not_start(self, a: UserId, b: UserId) -> str | None:
        """Why a may not write to b first; None when a may."""
        return why_not_start(self._case(a, b, None))

    def why_read_only(self, a: UserId, b: UserId, question: Question | None) -> str | None:
        """Why the dialog is read-only for a; None while it is open."""
        return why_read_only(self._case(a, b, question))

    def startable(self, a: UserId) -> set[UserId]:
        """Everyone to whom a may write first."""
        return {b for b in self.cast.people if b != a and self.why_not_start(a, b) is None}

    def is_question(self, course: CourseId | None, asks: UserId, expert: UserId) -> bool:
        """Whether a message about the course from the one truly is a question to the other (§8)."""
        return (course, expert) in self.experts and (course, asks) in self.enrolled

    def questions(self) -> list[tuple[CourseId, UserId, UserId]]:
        """Every question that somebody may ask an expert: (course, who asks, expert)."""
        pairs = [
            (course, asks, expert) for course, asks in self.enrolled for one, expert in self.experts if one == course
        ]
        return sorted(one for one in pairs if one[1] != one[2])

    def _case(self, a: UserId, b: UserId, question: Question | None) -> Case:
        return Case(
            self.mode.value,
            "on" if self.is_on else "off",
            (self.roles[a].value, self.roles[b].value),
            (self.states[a].value, self.states[b].value),
            frozenset([*self._holding(a, b, "(a, b)"), *self._holding(b, a, "(b, a)")]),
            self._question(a, b, question),
        )

    def _holding(self, one: UserId, other: UserId, direction: str) -> Iterator[str]:
        line = self.line(self.places[other])
        if self.manages[one] & line:
            yield f"manages{direction}"
        if any((course, one) in self.experts and (course, other) in self.enrolled for course in self.cast.courses):
            yield f"teaches{direction}"
        if any(self.organizers[each] == one and (each, other) in self.attendees for each in self.cast.trainings):
            yield f"hosts{direction}"
        if one == self.supervisors[other] or any(self.heads[department] == one for department in line):
            yield f"supervises{direction}"

    def _question(self, a: UserId, b: UserId, question: Question | None) -> str:
        if question is None:
            return "none"
        (who,) = (name for name, one in (("a", a), ("b", b)) if one == question.expert_id)
        is_still = (question.course_id, question.expert_id) in self.experts
        return f"{who} is the expert" if is_still else f"{who} is no longer the expert"

    def line(self, department: DepartmentId | None) -> set[DepartmentId]:
        """A department and all above it."""
        found: set[DepartmentId] = set()
        while department is not None:
            found.add(department)
            department = self.above[department]
        return found

    def active(self) -> list[UserId]:
        """Everyone who is active."""
        return [one for one in self.cast.people if self.states[one] is State.ACTIVE]
