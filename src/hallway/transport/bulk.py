"""Carries out bulk actions in the background, a few people in each transaction (see `slices`)."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import structlog

from hallway.transport.desk import Desk
from hallway.transport.jobs import Handler
from hallway.transport.slices import Slices, Stride
from hallway.usecases import bulk_actions
from hallway.usecases.bulk_ports import BulkAction, BulkPerson, Progress
from hallway.usecases.errors import Busy
from hallway.usecases.jobs import Job
from hallway.usecases.ports import StoreUnavailable
from hallway.usecases.queueing import Retry, Work

WORK = Work(bulk_actions.JOB, timedelta(minutes=1), Retry(first_pause=timedelta(seconds=5), most_tries=4))
AT_ONCE = 4
"""Actions that take turns, so that a short one does not wait for the end of a long one."""
READ = 200
"""People who are looked up at once."""

_log = structlog.get_logger("hallway.bulk")


class BulkWorker:
    """Carries out this process's share of the actions."""

    def __init__(self, desk: Desk, slices: Slices) -> None:
        """Nothing to do yet."""
        self._desk = desk
        self._slices = slices

    def handler(self) -> Handler:
        """How the worker carries them out."""
        return Handler(WORK, self.run, AT_ONCE)

    async def run(self, queued: Job) -> None:
        """Carry one out, from where it was left."""
        action = await self._desk.read(lambda tx: tx.bulk.find(queued.account_id, queued.subject))
        stride = Stride(first=4, fewest=1)
        while action is not None and action.state is Progress.WORKING:
            people = await self._people(action)
            if not people:
                _log.error("fault", action_id=action.id, reason="its people are gone")
                return
            for chosen in stride.parts(people):
                done = action.done
                action = await self._do(stride, action, chosen)
                if action.done != done + len(chosen):
                    break

    async def _people(self, action: BulkAction) -> Sequence[BulkPerson]:
        start, of = action.done, (action.account_id, action.id)
        return await self._desk.read(lambda tx: tx.bulk.people(*of, start=start, limit=READ))

    async def _do(self, stride: Stride, action: BulkAction, people: Sequence[BulkPerson]) -> BulkAction:
        """Do it to some people. One whom the store refuses, whatever the reason, is left out, and stops no other."""
        clock, ids = self._desk.clock, self._desk.ids
        work = partial(bulk_actions.carry_out, action=action, people=people, clock=clock, ids=ids)
        try:
            return await self._slices.take(stride, len(people), self._desk.write, work)
        except (StoreUnavailable, Busy):
            raise
        except Exception as fault:  # noqa: BLE001 - logged, and told to the one who asked
            if len(people) > 1:
                stride.lines = 1
                return action
            _log.error("fault", action_id=action.id, exc_info=fault)
            return await self._desk.write(partial(bulk_actions.skip, action=action, person=people[0], clock=clock))
