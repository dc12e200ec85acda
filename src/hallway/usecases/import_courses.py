"""What an imported file of courses, enrolments or experts does, under the rules of the admin portal."""

from collections.abc import Sequence
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.courses import Course
from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import State
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.imports import Entry, Plan, Progress, each
from hallway.usecases.ports import Ids, Transaction
from hallway.usecases.staff import enter, tell


def plan_courses(tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids, progress: Progress) -> Plan:
    """Courses by title; lessons are separated by a bar."""
    plan = Plan()
    enter(tx, actor, administration.manage_account)
    known = {one.title.casefold(): one for one in tx.courses.all(actor.account_id)}
    seen: dict[str, int] = {}
    added: list[Course] = []
    changed: list[Course] = []
    for entry in each(plan, entries, progress):
        title = entry.get("title")
        lessons = tuple(part.strip() for part in entry.get("lessons").split("|") if part.strip())
        for problem in (
            fields.name("title", title),
            fields.prose("description", entry.get("description")),
            *(fields.title("lessons", lesson) for lesson in lessons),
        ):
            if problem is not None:
                entry.blame(problem.field, problem.message)
        first = seen.setdefault(title.casefold(), entry.line.number)
        if first != entry.line.number:
            entry.blame("title", f"Line {first} has the same title.")
        if entry.problems:
            continue
        before = known.get(title.casefold())
        one = before or Course(actor.account_id, CourseId(ids.new()), title)
        after = replace(
            one,
            description=entry.get("description") if entry.has("description") else one.description,
            lessons=lessons if entry.has("lessons") else one.lessons,
        )
        if before is None:
            added.append(after)
        elif after != before:
            changed.append(after)
        else:
            plan.report.unchanged += 1
    plan.report.to_add, plan.report.to_change = len(added), len(changed)

    def store(tx: Transaction) -> None:
        tx.courses.add(added)
        for one in changed:
            tx.courses.save(one)

    plan.steps = [store]
    return plan


def plan_enrolments(tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids, progress: Progress) -> Plan:
    """Who is enrolled in which course, by title and login."""
    del ids
    plan = Plan()
    pairs = _pairs(tx, actor, entries, plan, progress, must_be_active=False)
    plan.steps = [
        lambda tx: tx.courses.enrol(actor.account_id, pairs),
        lambda tx: tell(tx, actor, plan.concerned),
    ]
    return plan


def plan_experts(tx: Transaction, actor: Actor, entries: Sequence[Entry], ids: Ids, progress: Progress) -> Plan:
    """Who is an expert of which course, by title and login."""
    del ids
    plan = Plan()
    pairs = _pairs(tx, actor, entries, plan, progress, must_be_active=True)

    def store(tx: Transaction) -> None:
        tx.courses.assign(actor.account_id, pairs)
        learners = (tx.courses.enrolled_ids(actor.account_id, course_id) for course_id, _ in pairs)
        tell(tx, actor, plan.concerned, {one for enrolled in learners for one in enrolled})

    plan.steps = [store]
    return plan


def _pairs(
    tx: Transaction, actor: Actor, entries: Sequence[Entry], plan: Plan, progress: Progress, *, must_be_active: bool
) -> list[tuple[CourseId, UserId]]:
    """The (course, user) of every good line that is not there yet."""
    enter(tx, actor, administration.manage_account)
    courses = {one.title.casefold(): one.id for one in tx.courses.all(actor.account_id)}
    people = tx.people.by_logins(actor.account_id, {entry.get("login") for entry in entries} - {""})
    facts = tx.people.facts(actor.account_id, {user.id for user in people.values()})
    found: dict[tuple[CourseId, UserId], None] = {}
    for entry in each(plan, entries, progress):
        course_id = courses.get(entry.get("course").casefold())
        user = people.get(entry.get("login").casefold())
        if course_id is None:
            entry.blame("course", "There is no course with this title.")
        if user is None:
            entry.blame("login", "There is no person with this login or e-mail.")
        elif must_be_active and user.state is not State.ACTIVE:
            entry.blame("login", "Only an active person can be an expert.")
        if course_id is None or user is None or entry.problems:
            continue
        present = facts[user.id].expert_of if must_be_active else facts[user.id].enrolled_in
        if course_id in present or (course_id, user.id) in found:
            plan.report.unchanged += 1
        else:
            plan.report.to_add += 1
            found[course_id, user.id] = None
            plan.concerned.add(user.id)
    return list(found)
