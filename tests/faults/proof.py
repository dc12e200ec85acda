"""A whole site loses each of its parts in turn, under load: `python -m tests.faults.proof --clients 200`.

After each loss everybody must be answered again; how long that took is told. In the end every message that was acknowledged is
there once, in order, and every open page has what the store has.
"""

import argparse
import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hallway.transport.wire.messages import Message
from tests.faults.company import Company
from tests.faults.listeners import Listener
from tests.faults.site import NODES, PROCESSES, Site, crowd_in, site
from tests.faults.talkers import PATIENCE

CUT = 6.0
"""Seconds for which a network is cut: more than others wait until they notice."""


@dataclass(frozen=True, slots=True)
class Loss:
    """How a part is lost, and how it comes back."""

    harm: Callable[[Site, Company], Awaitable[None]]
    heal: Callable[[Site], Awaitable[None]]


@dataclass(slots=True)
class Proof:
    """Seconds from each loss until everybody had been answered again, and what was acknowledged in all."""

    recoveries: dict[str, float] = field(default_factory=dict[str, float])
    messages: int = 0


def prove(people: int, losses: dict[str, Loss]) -> Proof:
    """Lose one part after the other. Raises AssertionError when anything is lost, doubled, or not on a page."""
    proof = Proof()
    with site(people) as place, crowd_in(place, people) as (company, listeners):
        asyncio.run(_lose_in_turn(place, company, listeners, losses, proof))
        proof.messages = company.acknowledged()
    return proof


async def _lose_in_turn(
    place: Site, company: Company, listeners: Sequence[Listener], losses: dict[str, Loss], proof: Proof
) -> None:
    async with _listening(listeners):
        async with company.talking():
            await company.answers_to_all()
            for name, loss in losses.items():
                began = time.monotonic()
                await loss.harm(place, company)
                await company.answers_to_all()
                proof.recoveries[name] = time.monotonic() - began
                await loss.heal(place)
                await company.answers_to_all()
        await _agreed(listeners, await asyncio.to_thread(company.require_all_kept))


@asynccontextmanager
async def _listening(listeners: Sequence[Listener]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.listen()) for one in listeners]
    try:
        yield
    finally:
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _agreed(listeners: Sequence[Listener], histories: Mapping[str, Sequence[Message]]) -> None:
    """Wait until every page has what the store has. Raises AssertionError when one never does."""
    stored = {chat: {message.seq: message for message in history} for chat, history in histories.items()}
    waiting = (one.agrees_with(stored[one.chat]) for one in listeners)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*waiting)
    for one in listeners:
        missing = [seq for seq, message in stored[one.chat].items() if one.copy.get(seq) != message]
        assert not missing, f"{one.chat}: {len(missing)} of {len(stored[one.chat])} messages differ, as {missing[:5]}"
        assert len(one.copy) == len(stored[one.chat]), f"{one.chat}: a page has more than the store"


def process(number: int) -> Loss:
    """A process is killed, and started again once the others have taken over."""

    async def kill(place: Site, _: Company) -> None:
        await asyncio.to_thread(place.processes[number].kill)

    async def start(place: Site) -> None:
        await asyncio.to_thread(place.processes[number].again)

    return Loss(kill, start)


def nodes(*numbers: int) -> Loss:
    """NATS nodes are killed together, and started again."""

    async def kill(place: Site, _: Company) -> None:
        for number in numbers:
            place.nats.kill(number)

    async def start(place: Site) -> None:
        for number in numbers:
            await asyncio.to_thread(place.nats.start, number)

    return Loss(kill, start)


async def cut_network(place: Site, _: Company) -> None:
    """One process reaches no database and no node: who talks to it waits until the network is back."""
    for one in place.wires:
        one.cut()
    await asyncio.sleep(CUT)  # no event: the network is down for a while
    for one in place.wires:
        one.mend()


async def restart_database(place: Site, company: Company) -> None:
    """PostgreSQL is stopped in the middle of everything, and started again."""
    company.storm()
    await asyncio.to_thread(place.primary.stop)
    await asyncio.to_thread(place.primary.start)
    company.calm()


async def lose_primary(place: Site, company: Company) -> None:
    """PostgreSQL is gone for good, and its standby takes over."""
    company.storm()
    await asyncio.to_thread(place.primary.stop)
    await asyncio.to_thread(place.standby.promote)
    company.calm()


async def leave_it(_: Site) -> None:
    """It is whole already."""


ALL: dict[str, Loss] = {
    **{f"process {number + 1} is killed": process(number) for number in range(PROCESSES)},
    **{f"NATS node {number + 1} is killed": nodes(number) for number in range(NODES)},
    "all NATS nodes are killed": nodes(*range(NODES)),
    "a process is cut off from everything for 6 seconds": Loss(cut_network, leave_it),
    "PostgreSQL is restarted": Loss(restart_database, leave_it),
    "the standby takes over from PostgreSQL": Loss(lose_primary, leave_it),
}
SHORT = {name: ALL[name] for name in list(ALL) if "1" in name or "all" in name or "PostgreSQL" in name}
"""One of each kind, without waiting for a network."""


def main() -> None:
    """Prove it, and print how long each recovery took."""
    parser = argparse.ArgumentParser(description="Lose each part of a whole site in turn, under load.")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    chosen = parser.parse_args()
    for _ in range(chosen.rounds):
        proof = prove(chosen.clients, ALL)
        for name, seconds in proof.recoveries.items():
            print(f"{name:55} everybody answered again after {seconds:5.2f} s")  # noqa: T201 - it speaks to the terminal
        print(f"{proof.messages} messages acknowledged: 0 lost, 0 doubled, all pages agree.")  # noqa: T201


if __name__ == "__main__":
    main()
