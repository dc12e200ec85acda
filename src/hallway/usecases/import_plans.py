"""Each kind of imported file with its planner."""

from hallway.usecases.import_courses import plan_courses, plan_enrolments, plan_experts
from hallway.usecases.import_people import plan_departments, plan_users
from hallway.usecases.imports import Kind, Planner


def planner(kind: Kind) -> Planner:
    """The planner for a kind of file."""
    planners: dict[Kind, Planner] = {
        Kind.USERS: plan_users,
        Kind.DEPARTMENTS: plan_departments,
        Kind.COURSES: plan_courses,
        Kind.ENROLMENTS: plan_enrolments,
        Kind.EXPERTS: plan_experts,
    }
    return planners[kind]
