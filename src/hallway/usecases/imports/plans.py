"""Each kind of imported file with its planner."""

from typing import assert_never

from hallway.usecases.access import access_notices
from hallway.usecases.actors import Actor
from hallway.usecases.imports.batches import Planner
from hallway.usecases.imports.courses import CoursePlanner, EnrolmentPlanner, ExpertPlanner
from hallway.usecases.imports.departments import DepartmentPlanner
from hallway.usecases.imports.sheets import ImportKind
from hallway.usecases.imports.users import UserPlanner
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction


def note_changed_sign_ins(tx: Transaction, actor: Actor, used: Planner, *, clock: Clock, ids: Ids) -> None:
    """Note, for the people concerned, each address and login that a stored plan has changed."""
    if isinstance(used, UserPlanner):
        access_notices.note_changes(tx, actor, used.changes, clock=clock, ids=ids)


def planner(kind: ImportKind, actor: Actor, *, clock: Clock, ids: Ids) -> Planner:
    """Return a new planner for files of this kind."""
    match kind:
        case ImportKind.USERS:
            return UserPlanner(actor, ids)
        case ImportKind.DEPARTMENTS:
            return DepartmentPlanner(actor, ids)
        case ImportKind.COURSES:
            return CoursePlanner(actor, ids)
        case ImportKind.ENROLMENTS:
            return EnrolmentPlanner(actor)
        case ImportKind.EXPERTS:
            return ExpertPlanner(actor, clock)
        case _:
            assert_never(kind)
