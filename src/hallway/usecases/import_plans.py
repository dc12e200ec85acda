"""Each kind of imported file with its planner."""

from collections.abc import Callable, Mapping

from hallway.usecases.actors import Actor
from hallway.usecases.import_courses import CoursePlanner, EnrolmentPlanner, ExpertPlanner
from hallway.usecases.import_departments import DepartmentPlanner
from hallway.usecases.import_users import UserPlanner
from hallway.usecases.imports import Planner
from hallway.usecases.ports import Ids
from hallway.usecases.sheets import Kind

_PLANNERS: Mapping[Kind, Callable[[Actor, Ids], Planner]] = {
    Kind.USERS: UserPlanner,
    Kind.DEPARTMENTS: DepartmentPlanner,
    Kind.COURSES: CoursePlanner,
    Kind.ENROLMENTS: EnrolmentPlanner,
    Kind.EXPERTS: ExpertPlanner,
}


def planner(kind: Kind, actor: Actor, ids: Ids) -> Planner:
    """A new planner for files of this kind."""
    return _PLANNERS[kind](actor, ids)
