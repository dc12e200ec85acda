"""Sees to it that people who are away are told, for as long as the process serves: looks, claims, delivers, settles."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta

import structlog

from hallway.domain.events import ChatDeleted, ConversationRead, Event, MessageDeleted, MessageHidden, MessagePosted
from hallway.domain.ids import AccountId
from hallway.domain.notices import Channel
from hallway.transport.desk import Desk
from hallway.usecases import notices
from hallway.usecases.away import Notice
from hallway.usecases.errors import Busy
from hallway.usecases.letters import Courier, Delivery, Fate, Letter, channel_of
from hallway.usecases.ports import StoreUnavailable

GATHERING = 2.0
"""Seconds after something happened in which more may happen, before anybody looks: less than a push waits anyway."""
SHORTEST = 0.1
"""Seconds between two looks, though something is due: another process may be about to claim it."""
LONGEST = 30.0
"""Seconds after which one looks though nothing happened: another process may have left something."""
CAUSES = (MessagePosted, ConversationRead, MessageDeleted, MessageHidden, ChatDeleted)

_log = structlog.get_logger("hallway.notices")


class Postman:
    """One for each process; what is told by which of them is decided by the store."""

    def __init__(self, desk: Desk, couriers: Mapping[Channel, Courier]) -> None:
        """Without couriers there is nothing to do. `told` and `not_told` count letters, by channel and by fate."""
        self._desk = desk
        self._couriers = couriers
        self._channels = frozenset(couriers)
        self._something = asyncio.Event()
        self.told = Counter[str]()
        self.not_told = Counter[tuple[str, str]]()

    def hear(self, events: Sequence[Event]) -> None:
        """Something may be to tell, or to take back."""
        if any(isinstance(event, CAUSES) for event in events):
            self._something.set()

    async def work(self) -> None:
        """For ever. Without couriers, too: what nobody could be told when it came is not told when somebody can."""
        while True:
            try:
                await self._wait(await self.round())
            except (StoreUnavailable, Busy) as failure:
                _log.warning("notices_wait", reason=str(failure))
                await asyncio.sleep(LONGEST)
            except Exception as fault:  # noqa: BLE001 - told of loudly; what was claimed is told when the claim runs out
                _log.error("fault", exc_info=fault)
                await asyncio.sleep(LONGEST)

    async def _wait(self, seconds: float) -> None:
        """Until something is due, or something happened and more of it had time to."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, SHORTEST)):
                await self._something.wait()
                await asyncio.sleep(GATHERING)
        self._something.clear()

    async def round(self) -> float:
        """Tell all that is due. Answers after how many seconds the next thing will be."""
        account = await self._desk.read(lambda tx: tx.accounts.only())
        if account is None:
            return LONGEST
        account_id = account.id
        while await self._desk.write(lambda tx: notices.consider(tx, account_id, self._channels)):
            pass
        while await self._tell(account_id):
            pass
        due = await self._desk.read(lambda tx: tx.notices.next_due(account_id))
        until = LONGEST if due is None else (due - self._desk.clock.now()) / timedelta(seconds=1)
        return min(max(0.0, until), LONGEST)

    async def _tell(self, account_id: AccountId) -> int:
        """One claim's worth. Answers how many were claimed."""
        desk, channels = self._desk, self._channels
        claimed = await desk.write(lambda tx: notices.claim(tx, account_id, channels, clock=desk.clock, ids=desk.ids))
        if claimed:
            found = await desk.read(lambda tx: notices.write(tx, account_id, claimed, channels, desk.clock.now()))
            await self._settle(account_id, (), found.rest)
            await asyncio.gather(*(self._deliver(account_id, *each) for each in self._by_courier(found.letters)))
        return len(claimed)

    def _by_courier(self, letters: Sequence[Letter]) -> Sequence[tuple[Courier, list[Letter]]]:
        found: dict[Courier, list[Letter]] = {}
        for one in letters:
            found.setdefault(self._couriers[channel_of(one.notices[0].outlet)], []).append(one)
        return list(found.items())

    async def _deliver(self, account_id: AccountId, courier: Courier, letters: Sequence[Letter]) -> None:
        async def settle(one: Delivery) -> None:
            self._count(courier.channel, one)
            await self._settle(account_id, [one], ())

        await courier.deliver(letters, settle)

    def _count(self, channel: Channel, one: Delivery) -> None:
        if one.fate is Fate.TOLD:
            self.told[channel] += 1
        else:
            self.not_told[channel, one.fate] += 1
            _log.warning("not_told", channel=channel, fate=one.fate, reason=one.reason)

    async def _settle(self, account_id: AccountId, deliveries: Sequence[Delivery], rest: Sequence[Notice]) -> None:
        if deliveries or rest:
            clock = self._desk.clock
            await self._desk.write(lambda tx: notices.settle(tx, account_id, deliveries, rest, clock=clock))
