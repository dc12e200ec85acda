"""What the audit log keeps of a change to a user, whether it was made in the portal's form or by a file."""

from hallway.domain.audit import Action
from hallway.domain.people import State, User
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.transaction import Transaction

FACTS = ("department_id", "supervisor_id")
TEXTS = ("name", "email", "login", "title")
"""Fields of which it is kept that they changed, not what they say."""
_STATES = {
    State.ACTIVE: Action.USER_ACTIVATED,
    State.INACTIVE: Action.USER_DEACTIVATED,
    State.REMOVED: Action.USER_REMOVED,
}


def record_added(tx: Transaction, actor: Actor, user: User) -> None:
    """Record a new user."""
    after = {"role": user.role, "department_id": user.department_id, "supervisor_id": user.supervisor_id}
    trail.record(tx, actor, Action.USER_ADDED, trail.user(user.id), after=after)


def record_changed(tx: Transaction, actor: Actor, before: User, after: User) -> None:
    """Record a changed role, a changed state and changed details, each by itself."""
    target = trail.user(after.id)
    trail.record_change(tx, actor, Action.ROLE_CHANGED, target, before, after, facts=["role"])
    trail.record_change(tx, actor, Action.USER_CHANGED, target, before, after, facts=FACTS, texts=TEXTS)
    if after.state is not before.state:
        trail.record(tx, actor, _STATES[after.state], target)
