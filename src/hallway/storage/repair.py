"""Repairing derived numbers: the newest message of each line of a list, and what badges count."""

from itertools import groupby
from operator import itemgetter

from sqlalchemy import Engine

from hallway.storage.invariants import miscounted
from hallway.storage.store import SqlStore
from hallway.usecases.messaging.recounting import recount

AT_ONCE = 50
"""Conversations in one transaction: who writes meanwhile waits for no more than these."""


def repair(engine: Engine) -> int:
    """Count again where a number is wrong, and return in how many conversations; Hallway may run meanwhile.

    Raises StoreUnavailable.
    """
    with engine.connect() as connection:
        found = miscounted(connection)
    store = SqlStore(engine)
    for account_id, group in groupby(found, itemgetter(0)):
        wrong = [conversation_id for _, conversation_id in group]
        for start in range(0, len(wrong), AT_ONCE):
            some = wrong[start : start + AT_ONCE]
            (outcome,) = store.write([lambda tx, of=account_id, some=some: recount(tx, of, some)])
            if outcome.failure is not None:
                raise outcome.failure
    return len(found)
