"""Make whoever sends notifications fail for ever, so that nobody else is told: one bad person harms no neighbour."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.in_process import InProcessBroker
from hallway.domain.ids import UserId
from hallway.domain.notifications import EMAIL, Policy
from hallway.notifications.channels import email
from hallway.notifications.worker import NotificationWorker
from hallway.storage.schema import preference
from hallway.storage.store import open_store
from hallway.storage.writer import Writer
from hallway.transport.async_store import AsyncStore
from hallway.usecases.jobs import queueing
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification, Settle
from hallway.usecases.notifications.jobs import NOTIFICATION
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.transaction import Transaction
from tests.contracts.world import ADMIN, EXPERT, HERE, LENA, TOMAS, furnish, talk

PATIENCE = 60
VICTIM = TOMAS
INNOCENT = [LENA, EXPERT]
pytestmark = pytest.mark.anyio


class FussyChannel:
    """Takes letters, and breaks on those for one person, as a library might over an address that it cannot read."""

    def __init__(self, cannot: UserId | None) -> None:
        """Whose letters break it."""
        self.cannot = cannot
        self.told: list[UserId] = []

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Tell one after the other."""
        for one in notifications:
            if one.to.id == self.cannot:
                message = "local part or domain\x00"
                raise ValueError(message)
            self.told.append(one.to.id)
            await settle(Delivery(one, DeliveryStatus.DELIVERED))


@pytest.fixture
def async_store(database: str) -> Iterator[AsyncStore]:
    """A store in which everybody has an unread message, and mails go at once."""
    store = open_store(database)
    store.write([furnish, lambda tx: tx.settings.set_policy(HERE, Policy(mail_after=0))])
    for who in (VICTIM, *INNOCENT):
        (outcome,) = store.write([_marked(talk(store, ADMIN, who, ["Hello"], place=len(who)).id, who)])
        assert outcome.failure is None
    clock, ids, passwords = SystemClock(), RandomIds(), Argon2Passwords(64)
    made = AsyncStore(store, Writer(store, InProcessBroker().publish), clock=clock, ids=ids, passwords=passwords)
    yield made
    made.close()


def _marked(conversation_id: object, who: UserId) -> Callable[[Transaction], None]:
    """As sending leaves it: to be decided."""

    def work(tx: Transaction) -> None:
        (found,) = tx.conversations.several(HERE, [conversation_id]).values()  # type: ignore[list-item]
        sides = {**found.members, who: replace(found.members[who], untold=True)}
        tx.conversations.save([replace(found, members=sides)])

    return work


@asynccontextmanager
async def notifying(async_store: AsyncStore, notification_channel: FussyChannel) -> AsyncGenerator[None]:
    worker = NotificationWorker(async_store, {EMAIL: email.DECLARATION}, {EMAIL: notification_channel})
    task = asyncio.create_task(worker.work())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - no event says so
            await asyncio.sleep(0.01)


async def _reasons(async_store: AsyncStore) -> dict[UserId, str | None]:
    """Why whose notification failed, set aside or to be tried again."""
    aside = await async_store.read(lambda tx: tx.jobs.set_aside(HERE, 9))
    waiting = await async_store.read(
        lambda tx: tx.jobs.due(HERE, NOTIFICATION, async_store.clock.now() + timedelta(days=1), 9)
    )
    return {UserId(one.subject.split("/")[0]): one.reason for one in [*aside, *waiting]}


@pytest.mark.slow("postgresql")
async def test_what_cannot_be_handed_over_harms_no_neighbour(async_store: AsyncStore) -> None:
    notification_channel = FussyChannel(cannot=VICTIM)
    async with notifying(async_store, notification_channel):
        await until(lambda: set(notification_channel.told) >= set(INNOCENT))
        async with asyncio.timeout(PATIENCE):
            while await _reasons(async_store) != {VICTIM: "ValueError: local part or domain "}:  # noqa: ASYNC110 - no event says so
                await asyncio.sleep(0.01)
    assert sorted(notification_channel.told) == sorted(INNOCENT)


@pytest.mark.slow
async def test_what_cannot_even_be_decided_is_set_aside_and_can_be_tried_again(async_store: AsyncStore) -> None:
    """What somebody chose is not what this Hallway understands, as when an older one runs over a newer one's database."""
    await async_store.write(lambda tx: tx.settings.save(HERE, VICTIM, NotificationPreferences()))
    _damage_preferences(async_store)
    notification_channel = FussyChannel(cannot=None)
    async with notifying(async_store, notification_channel):
        await until(lambda: set(notification_channel.told) >= set(INNOCENT))
        async with asyncio.timeout(PATIENCE):
            while list(await _reasons(async_store)) != [VICTIM]:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
    assert VICTIM not in notification_channel.told
    await async_store.write(lambda tx: tx.settings.save(HERE, VICTIM, NotificationPreferences()))
    (aside,) = await async_store.read(lambda tx: tx.jobs.set_aside(HERE, 9))
    await async_store.write(lambda tx: queueing.try_again(tx, HERE, aside.kind, aside.subject, clock=async_store.clock))
    async with notifying(async_store, notification_channel):
        await until(lambda: VICTIM in notification_channel.told)


def _damage_preferences(async_store: AsyncStore) -> None:
    with async_store._store._engine.connect() as connection:  # type: ignore[attr-defined]  # a SQL store has one
        connection.execution_options(is_writing=True)
        with connection.begin():
            connection.execute(preference.update().where(preference.c.user_id == VICTIM).values(content="[1]"))


async def test_everybody_is_told_where_nothing_is_wrong(async_store: AsyncStore) -> None:
    notification_channel = FussyChannel(cannot=None)
    async with notifying(async_store, notification_channel):
        await until(lambda: len(notification_channel.told) == 1 + len(INNOCENT))
        async with asyncio.timeout(PATIENCE):
            while await _reasons(async_store):  # noqa: ASYNC110 - the last one is settled after it was told
                await asyncio.sleep(0.01)
    assert sorted(notification_channel.told) == sorted([VICTIM, *INNOCENT])
