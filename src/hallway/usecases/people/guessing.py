"""Bound how often a department administrator may hit a login or an address of somebody else: each hit tells that it is there.

That much must be said to whoever adds a person, and no more; said seldom, it finds nobody by trying.
"""

from collections.abc import Callable
from typing import TypeVar

from hallway.usecases.access import attempts
from hallway.usecases.access.attempts import Budget
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict
from hallway.usecases.imports.batches import MOST_TAKEN
from hallway.usecases.people.staff import enter, guesses
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

T = TypeVar("T")

TAKEN = {"login_in_use", "email_in_use"}


def bounded(tx: Transaction, actor: Actor, work: Callable[[Transaction], T], *, clock: Clock, ids: Ids) -> T | Conflict:
    """Return what `work` answers. A hit is counted and answered, not raised, so that the count is kept. Raises TooMany."""
    mine = guesses(enter(tx, actor))
    attempts.require_left(tx, actor.account_id, [Budget(one, MOST_TAKEN) for one in mine], clock=clock)
    try:
        return work(tx)
    except Conflict as hit:
        if hit.code not in TAKEN:
            raise
        attempts.note(tx, actor.account_id, mine, clock=clock, ids=ids)
        return hit
