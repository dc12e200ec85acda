"""Notify people who are away, for as long as the process serves: look, claim, deliver, settle."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from hallway.domain.events import ChatDeleted, ConversationRead, Event, MessageChanged, MessageHidden, MessagePosted
from hallway.domain.ids import AccountId, ConversationId
from hallway.domain.notifications import Channel
from hallway.transport.async_store import AsyncStore
from hallway.usecases.errors import Busy
from hallway.usecases.notifications import delivery
from hallway.usecases.notifications.channels import Channels, channel_of
from hallway.usecases.notifications.compose import (
    Delivery,
    DeliveryStatus,
    Notification,
    NotificationChannel,
    Written,
)
from hallway.usecases.notifications.delivery import Claim
from hallway.usecases.notifications.jobs import NOTIFICATION
from hallway.usecases.notifications.records import NotificationState
from hallway.usecases.transaction import StoreUnavailable, Transaction

GATHERING = 2.0
"""Seconds after something happened in which more may happen, before anybody looks: less than a push waits anyway."""
SHARE, LONGEST_GATHERING = 40, 5.0
"""How many times as long as the last look took one gathers, where that is longer: so looking takes little of a busy server."""
SHORTEST = 0.1
"""Seconds between two claims, though something is due: another process may be about to claim it."""
LONGEST = 30.0
"""Seconds after which one looks, and claims, though nothing happened: another process may have left something."""
CAUSES = (MessagePosted, ConversationRead, MessageChanged, MessageHidden, ChatDeleted)

_log = structlog.get_logger("hallway.notices")


class NotificationWorker:
    """Notifies people, in every process; the store decides which process notifies of what."""

    def __init__(
        self, store: AsyncStore, channels: Channels, notification_channels: Mapping[Channel, NotificationChannel]
    ) -> None:
        """Take the channels that are set up, and what they declared; without any there is nothing to do.

        `delivered` and `failed` count notifications, by channel and by delivery status.
        """
        self._store = store
        self._notification_channels = notification_channels
        self._channels = channels
        self._something = asyncio.Event()
        self._changed = set[AccountId]()
        self._swept_at = float("-inf")
        self._is_decided = asyncio.Event()
        self.delivered = Counter[str]()
        self.failed = Counter[tuple[str, str]]()

    def hear(self, events: Sequence[Event]) -> None:
        """Have the accounts of these events looked at: somebody may have to be notified, or a notification withdrawn."""
        changed = {event.account_id for event in events if isinstance(event, CAUSES)}
        if changed:
            self._changed |= changed
            self._something.set()

    async def work(self) -> None:
        """Work until cancelled; without channels, too, so that what could not be delivered when it came is not delivered later."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._again_and_again(self._look))
            tasks.create_task(self._again_and_again(self._notify_due))

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except (StoreUnavailable, Busy) as failure:
                _log.warning("notices_wait", reason=str(failure))
                await asyncio.sleep(LONGEST)
            except Exception as fault:  # noqa: BLE001 - logged loudly; what was claimed is due again when the claim runs out
                _log.error("fault", exc_info=fault)
                await asyncio.sleep(LONGEST)

    async def _look(self) -> None:
        """Decide what is undecided, then wait until something happened, and gather what follows it."""
        began = time.monotonic()
        accounts = await self._accounts_to_look_at(began)
        try:
            for account_id in accounts:
                await self._decide(account_id)
        except BaseException:
            self._changed.update(accounts)
            raise
        took = time.monotonic() - began
        self._is_decided.set()
        await _until(self._something, LONGEST)
        await asyncio.sleep(min(max(GATHERING, SHARE * took), LONGEST_GATHERING))
        self._something.clear()

    async def _accounts_to_look_at(self, now: float) -> Sequence[AccountId]:
        """Return the accounts with news; now and then all, since another process may have left something undecided."""
        changed, self._changed = self._changed, set[AccountId]()
        if now - self._swept_at < LONGEST:
            return sorted(changed)
        found = await self._store.read(_accounts_with_work)
        self._swept_at = now
        return sorted(changed.union(found))

    async def _decide(self, account_id: AccountId) -> None:
        store = self._store
        while await store.write(lambda tx: delivery.adopt(tx, account_id, clock=store.clock)):
            pass
        while await self._consider(account_id):
            pass

    async def _consider(self, account_id: AccountId) -> int:
        """Decide about many conversations at once; where a failing one spoils that for all, about each alone."""
        try:
            clock = self._store.clock
            return await self._store.write(lambda tx: delivery.consider(tx, account_id, self._channels, clock.now()))
        except (StoreUnavailable, Busy):
            raise
        except Exception:  # noqa: BLE001 - the one at fault says so below
            for one in await self._store.read(lambda tx: delivery.undecided(tx, account_id)):
                await self._consider_alone(account_id, one)
            return 0

    async def _consider_alone(self, account_id: AccountId, one: ConversationId) -> None:
        clock = self._store.clock
        try:
            await self._store.write(lambda tx: delivery.consider(tx, account_id, self._channels, clock.now(), [one]))
        except (StoreUnavailable, Busy):
            raise
        except Exception as fault:  # noqa: BLE001 - it becomes the reason for which this one is set aside
            _log.error("notice_failed", exc_info=fault)
            why = _reason(fault)
            await self._store.write(lambda tx: delivery.skip(tx, account_id, one, why, clock=clock))

    async def _notify_due(self) -> None:
        """Notify of all that is due, the accounts in turn, then wait until more is due or something else was decided."""
        self._is_decided.clear()
        now = self._store.clock.now()
        while accounts := await self._store.read(lambda tx: tx.jobs.due_accounts(NOTIFICATION, now)):
            if not sum([await self._notify(account_id) for account_id in accounts]):
                break
        due = await self._store.read(lambda tx: tx.jobs.next_due_anywhere(NOTIFICATION))
        until = LONGEST if due is None else (due - self._store.clock.now()) / timedelta(seconds=1)
        await _until(self._is_decided, min(max(SHORTEST, until), LONGEST))

    async def _notify(self, account_id: AccountId) -> int:
        """Claim what is due and deliver it. Return how many states were claimed."""
        store, channels = self._store, self._channels
        claim = await store.write(lambda tx: delivery.claim(tx, account_id, channels, clock=store.clock, ids=store.ids))
        if claim.states:
            for written in await self._write(account_id, claim):
                await self._settle(claim, (), written.rest)
                await asyncio.gather(*(self._deliver(claim, *each) for each in self._by_channel(written.notifications)))
        return len(claim.jobs)

    async def _write(self, account_id: AccountId, claim: Claim) -> Sequence[Written]:
        """Compose the notifications of a claim. Where one state spoils it for all, each is composed alone, and that one fails."""
        try:
            return [await self._notifications(account_id, claim.states)]
        except (StoreUnavailable, Busy):
            raise
        except Exception:  # noqa: BLE001 - the one at fault says so below
            return [one async for one in self._one_by_one(account_id, claim)]

    async def _one_by_one(self, account_id: AccountId, claim: Claim) -> AsyncIterator[Written]:
        for one in claim.states:
            try:
                yield await self._notifications(account_id, [one])
            except (StoreUnavailable, Busy):
                raise
            except Exception as fault:  # noqa: BLE001 - it becomes the reason for which this one is set aside
                await self._fail(claim, [one], fault)

    async def _notifications(self, account_id: AccountId, claimed: Sequence[NotificationState]) -> Written:
        store, channels = self._store, self._channels
        return await store.read(lambda tx: delivery.write(tx, account_id, claimed, channels, store.clock.now()))

    def _by_channel(self, notifications: Sequence[Notification]) -> Sequence[tuple[Channel, list[Notification]]]:
        found: dict[Channel, list[Notification]] = {}
        for one in notifications:
            found.setdefault(channel_of(one.states[0].target_id), []).append(one)
        return list(found.items())

    async def _deliver(self, claim: Claim, channel: Channel, notifications: Sequence[Notification]) -> None:
        """Deliver notifications. Where one makes its channel fail, those left unsettled go one by one."""
        settled: set[int] = set()

        async def settle(one: Delivery) -> None:
            settled.add(id(one.notification))
            self._count(channel, one)
            await self._settle(claim, [one], ())

        try:
            await self._notification_channels[channel].deliver(notifications, settle)
        except (StoreUnavailable, Busy):
            raise
        except Exception as fault:  # noqa: BLE001 - as in _one_by_one
            left = [one for one in notifications if id(one) not in settled]
            if len(left) > 1:
                for one in left:
                    await self._deliver(claim, channel, [one])
            else:
                await self._fail(claim, [notice for one in left for notice in one.states], fault)

    def _count(self, channel: Channel, one: Delivery) -> None:
        if one.status is DeliveryStatus.DELIVERED:
            self.delivered[channel] += 1
        else:
            self.failed[channel, one.status] += 1
            _log.warning("not_delivered", channel=channel, status=one.status, reason=one.reason)

    async def _settle(
        self, claim: Claim, deliveries: Sequence[Delivery], rest: Sequence[tuple[NotificationState, datetime | None]]
    ) -> None:
        if deliveries or rest:
            clock = self._store.clock
            await self._store.write(lambda tx: delivery.settle(tx, claim.jobs, deliveries, rest, clock=clock))

    async def _fail(self, claim: Claim, failed: Sequence[NotificationState], fault: Exception) -> None:
        _log.error("notice_failed", exc_info=fault)
        why = _reason(fault)
        await self._store.write(lambda tx: delivery.fail(tx, claim.jobs, failed, why, clock=self._store.clock))


def _accounts_with_work(tx: Transaction) -> Sequence[AccountId]:
    """Find accounts with undecided messages, and the default account, in which an older server may have left notifications."""
    default = tx.accounts.default()
    return [*tx.notification_states.undecided_accounts(), *([] if default is None else [default.id])]


def _reason(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but at most for `seconds`."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
