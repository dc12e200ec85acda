"""From a case of the tables to the product's own words: an account, two people and the question of their dialog."""

from functools import cache

from hallway.domain.accounts import Account, Mode
from hallway.domain.courses import Question
from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import Person, Role, State
from tests.domain.rules_table import Case

ACCOUNT = AccountId("account")
ASKED_ABOUT = CourseId("asked about")


@cache
def account(mode: str = "strict", switch: str = "on") -> Account:
    """An account with these settings."""
    return Account(id=ACCOUNT, name="Academy", messaging_on=switch == "on", mode=Mode(mode))


def people(case: Case) -> tuple[Person, Person]:
    """The two people of a case, a first. Each has facts beside those of the case that concern nobody else."""
    still = case.question.removesuffix(" is the expert")
    a = _person("a", "b", case.roles[0], case.states[0], case.facts, still)
    return a, _person("b", "a", case.roles[1], case.states[1], case.facts, still)


@cache
def _person(me: str, other: str, role: str, state: str, facts: frozenset[str], still_expert: str) -> Person:
    holds = {name for name in ("manages", "teaches", "hosts", "supervises") if f"{name}({me}, {other})" in facts}
    taught, hosted = f"teaches({other}, {me})" in facts, f"hosts({other}, {me})" in facts
    supervised = f"supervises({other}, {me})" in facts
    answers = {CourseId("asked about")} if still_expert == me else set[CourseId]()
    return Person(
        id=UserId(me),
        role=Role(role),
        state=State(state),
        lineage=frozenset({DepartmentId(f"department of {me}"), DepartmentId(f"above the department of {me}")}),
        manages=frozenset(
            {DepartmentId(f"elsewhere, {me}"), DepartmentId(f"above the department of {other}")}
            if "manages" in holds
            else {DepartmentId(f"elsewhere, {me}")}
        ),
        supervisors=frozenset({UserId("somebody"), UserId(other)} if supervised else {UserId("somebody")}),
        expert_of=frozenset(
            {CourseId(f"course of {me}") if "teaches" in holds else CourseId(f"spare of {me}")} | answers
        ),
        enrolled_in=frozenset({CourseId(f"course of {other}") if taught else CourseId(f"alone, {me}")}),
        organizes=frozenset({TrainingId(f"of {me}") if "hosts" in holds else TrainingId(f"spare of {me}")}),
        attends=frozenset({TrainingId(f"of {other}") if hosted else TrainingId(f"alone, {me}")}),
    )


def question(case: Case) -> Question | None:
    """The question that the dialog of a case carried."""
    if case.question == "none":
        return None
    return Question(ASKED_ABOUT, UserId(case.question[0]))
