"""Each kind of imported file with its planner."""

from collections.abc import Callable, Mapping

from hallway.usecases.access import access_notices
from hallway.usecases.actors import Actor
from hallway.usecases.import_courses import CoursePlanner, EnrolmentPlanner, ExpertPlanner
from hallway.usecases.import_departments import DepartmentPlanner
from hallway.usecases.import_users import UserPlanner
from hallway.usecases.imports import Planner
from hallway.usecases.ports import Clock, Ids, Transaction
from hallway.usecases.sheets import Kind

_PLANNERS: Mapping[Kind, Callable[[Actor, Ids], Planner]] = {
    Kind.USERS: UserPlanner,
    Kind.DEPARTMENTS: DepartmentPlanner,
    Kind.COURSES: CoursePlanner,
    Kind.ENROLMENTS: EnrolmentPlanner,
    Kind.EXPERTS: ExpertPlanner,
}


def tell_changed(tx: Transaction, actor: Actor, used: Planner, *, clock: Clock, ids: Ids) -> None:
    """Tell the people whose address or login a stored plan has changed."""
    if isinstance(used, UserPlanner):
        access_notices.note_changes(tx, actor, used.changes, clock=clock, ids=ids)


def planner(kind: Kind, actor: Actor, ids: Ids) -> Planner:
    """A new planner for files of this kind."""
    return _PLANNERS[kind](actor, ids)
