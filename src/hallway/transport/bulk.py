"""Carries out bulk actions in the background, a few people in each transaction (see `slices`)."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog

from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import Handler
from hallway.transport.slices import Slices, Stride
from hallway.usecases.errors import Busy
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.notifications import security_mails
from hallway.usecases.people import bulk_actions
from hallway.usecases.people.bulk_ports import BulkAction, BulkPerson, Field, Progress
from hallway.usecases.transaction import StoreUnavailable

WORK = Work(bulk_actions.JOB, timedelta(minutes=1), Retry(first_pause=timedelta(seconds=5), most_tries=4))
AT_ONCE = 4
"""Actions that take turns, so that a short one does not wait for the end of a long one."""
READ = 200
"""People who are looked up at once."""

Following = Callable[[BulkAction], Awaitable[Sequence[BulkPerson]]]
Take = Callable[[Stride, BulkAction, Sequence[BulkPerson]], Awaitable[BulkAction]]

_log = structlog.get_logger("hallway.bulk")


class BulkWorker:
    """Carries out this process's share of the bulk actions."""

    def __init__(self, store: AsyncStore, slices: Slices, *, has_mail: bool, wake: Callable[[str], None]) -> None:
        """Take whether mail is set up, and `wake`, which makes the worker look at once for queued jobs of a kind."""
        self._store = store
        self._slices = slices
        self._has_mail = has_mail
        self._wake = wake

    def handler(self) -> Handler:
        """Return the handler that carries out bulk actions."""
        return Handler(WORK, self.run, AT_ONCE)

    async def run(self, queued: Job) -> None:
        """Carry out a bulk action from where it was left."""
        action = await self._store.read(lambda tx: tx.bulk.find(queued.account_id, queued.subject))
        if action is not None and action.state is Progress.PREPARING:
            action = await self._note(action)
        if action is not None and action.state is Progress.WORKING:
            await self._carry_out(action)

    async def _note(self, action: BulkAction) -> BulkAction:
        """Store the people of an action, each with what is done to them."""
        chosen = await self._store.read(partial(bulk_actions.chosen_people, action=action))

        async def following(present: BulkAction) -> Sequence[BulkPerson]:
            if present.undoes is None:
                return bulk_actions.fresh(present, chosen[present.done : present.done + READ])
            return await self._store.read(partial(bulk_actions.undone, action=present, limit=READ))

        async def note(stride: Stride, present: BulkAction, people: Sequence[BulkPerson]) -> BulkAction:
            work = partial(bulk_actions.note, action=present, people=people, clock=self._store.clock)
            return await self._slices.take(stride, len(people), self._store.write, work)

        return await self._go_through(action, Stride(), following, note)

    async def _carry_out(self, action: BulkAction) -> None:
        """Apply an action to the people stored for it."""

        async def following(present: BulkAction) -> Sequence[BulkPerson]:
            return await self._store.read(lambda tx: tx.bulk.people(present, start=present.done, limit=READ))

        await self._go_through(action, Stride(first=4, fewest=1), following, self._do)

    async def _go_through(self, action: BulkAction, stride: Stride, following: Following, take: Take) -> BulkAction:
        """Take the people who follow, in parts, until the action reaches its next state or somebody else carried it on."""
        before = action.state
        while action.state is before:
            people = await following(action)
            if not people:
                _log.error("fault", action_id=action.id, reason="its people are gone")
                break
            for part in stride.parts(people):
                done = action.done
                action = await take(stride, action, part)
                if action.done != done + len(part):
                    break
        return action

    async def _do(self, stride: Stride, action: BulkAction, people: Sequence[BulkPerson]) -> BulkAction:
        """Apply the action to some people. A person whom the store refuses, whatever the reason, is skipped, and stops no other."""
        store = self._store
        work = partial(
            bulk_actions.carry_out,
            action=action,
            people=people,
            has_mail=self._has_mail,
            clock=store.clock,
            ids=store.ids,
        )
        try:
            advanced = await self._slices.take(stride, len(people), store.write, work)
        except (StoreUnavailable, Busy):
            raise
        except Exception as fault:  # noqa: BLE001 - logged, and told to the one who asked
            if len(people) > 1:
                stride.lines = 1
                return action
            _log.error("fault", action_id=action.id, exc_info=fault)
            return await store.write(partial(bulk_actions.skip, action=action, person=people[0], clock=store.clock))
        if action.field is Field.INVITATION:
            self._wake(security_mails.WORK.kind)
        return advanced
