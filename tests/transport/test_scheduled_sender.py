"""The worker that sends what is due: one message that fails is given back, and holds up no other."""

import asyncio
from collections.abc import Collection

import pytest

from hallway.adapters import Argon2Passwords, RandomIds
from hallway.broker.in_process import InProcessBroker
from hallway.domain.ids import AccountId, ScheduledId
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.transport.scheduled import ScheduledSender
from hallway.usecases.messaging import scheduled_sending
from hallway.usecases.messaging.scheduled_sending import FAULT, PORTION, Portion
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction
from tests.school import EXPERT, LENA, SCHOOL, dialog, new_school
from tests.usecases.test_scheduling import HOUR, later, waiting

POISON = "Poison"


@pytest.mark.anyio
async def test_one_that_fails_is_given_back_and_its_neighbours_go(monkeypatch: pytest.MonkeyPatch) -> None:
    send_due = scheduled_sending.send_due

    def spoilt(
        tx: Transaction, account_id: AccountId, among: Collection[ScheduledId] | None = None, *, clock: Clock
    ) -> Portion:
        due = tx.scheduled.due(account_id, clock.now(), PORTION, among)
        assert POISON not in [one.body for one in due]
        return send_due(tx, account_id, among, clock=clock)

    monkeypatch.setattr(scheduled_sending, "send_due", spoilt)
    school, broker = new_school(), InProcessBroker()
    for body in ("Before", POISON, "Behind"):
        later(school, body=body)
    school.clock.wait(HOUR)
    writer = Writer(school.store, broker.publish)
    store = AsyncStore(school.store, writer, clock=school.clock, ids=RandomIds(), passwords=Argon2Passwords(64))
    changed = asyncio.Event()
    broker.subscribe(lambda _: changed.set(), lambda _: None)
    working = asyncio.create_task(ScheduledSender(store).work())
    async with asyncio.timeout(20):
        while any(one.message.is_waiting for one in waiting(school)):
            await changed.wait()
            changed.clear()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    store.close()
    assert [(one.message.body, one.message.reason) for one in waiting(school)] == [(POISON, FAULT)]
    page = school.read(lambda tx: tx.messages.page(SCHOOL, dialog(LENA, EXPERT), EXPERT, after=0, before=None, limit=9))
    assert {one.body for one in page} == {"Before", "Behind"}
