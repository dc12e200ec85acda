"""Each kind of imported file with its planner."""

from collections.abc import Callable, Mapping, Sequence

from hallway.usecases.actors import Actor
from hallway.usecases.import_courses import plan_courses, plan_enrolments, plan_experts
from hallway.usecases.import_people import plan_departments, plan_users
from hallway.usecases.imports import Entry, Plan, Progress, entries
from hallway.usecases.ports import Ids, Transaction
from hallway.usecases.sheets import Kind, Sheet

_PLANNERS: Mapping[Kind, Callable[[Transaction, Actor, Sequence[Entry], Ids, Progress], Plan]] = {
    Kind.USERS: plan_users,
    Kind.DEPARTMENTS: plan_departments,
    Kind.COURSES: plan_courses,
    Kind.ENROLMENTS: plan_enrolments,
    Kind.EXPERTS: plan_experts,
}


def plan(tx: Transaction, actor: Actor, kind: Kind, sheet: Sheet, *, ids: Ids, progress: Progress) -> Plan:
    """What a file would do; `progress` hears how many lines are done. Raises Invalid, Refused."""
    return _PLANNERS[kind](tx, actor, entries(kind, sheet), ids, progress)
