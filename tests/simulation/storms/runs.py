"""Running a storm from its seed: the deeds, then the calm, then what must hold."""

import asyncio
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from hallway.transport.websocket import hub
from hallway.usecases.messaging import conversations
from hallway.usecases.transaction import Store
from tests.simulation.storms import deeds, rest
from tests.simulation.storms.devices import Device
from tests.simulation.storms.faults import Faults
from tests.simulation.storms.storm import NewClient, Storm
from tests.simulation.storms.virtual_time import VirtualLoop

UNDER_WAY = 5.0
"""Virtual seconds after which everything that was under way has arrived: requests are late by 4 at most."""
LONGEST_REST = 120
"""Virtual seconds in which everybody must have connected and caught up."""


def run(store: Store, seed: int, faults: Faults, new_client: NewClient = Device) -> Storm:
    """One storm from its beginning to its end. Raises what went wrong, with the diary."""
    loop = VirtualLoop(Random(f"threads {seed}"))
    with pytest.MonkeyPatch.context() as patch:
        try:
            _set_limits(patch, faults)
            return loop.run_until_complete(_live(partial(Storm, store, seed, faults, new_client), patch))
        finally:
            loop.run_until_complete(_wind_up())
            loop.close()


async def _live(new_storm: Callable[[], Storm], patch: pytest.MonkeyPatch) -> Storm:
    storm = new_storm()
    storm.note(str(storm))
    try:
        await _pass(storm, patch)
    except BaseException as failure:
        failure.add_note("\n".join(["What happened:", *storm.world.diary]))
        raise
    finally:
        storm.stop()
    return storm


def _set_limits(patch: pytest.MonkeyPatch, faults: Faults) -> None:
    """What is large in life is small in some storms, so that few messages reach it."""
    patch.setattr(hub, "OUTBOX", faults.outbox)
    patch.setattr(conversations, "CHANGES", faults.missed)
    patch.setattr(conversations, "PAGE", faults.page)


async def _pass(storm: Storm, patch: pytest.MonkeyPatch) -> None:
    for _ in range(storm.faults.deeds):
        await asyncio.sleep(storm.random.uniform(0, storm.faults.pause))
        for academy in storm.academies:
            deeds.do_something(academy)
            storm.look()
    storm.calm()
    _set_limits(patch, storm.network.faults)
    await _rest(storm)
    if storm.faults.misleads:
        storm.hang_up()
        await _rest(storm)
    for academy in storm.academies:
        rest.everything_is_right(academy, is_fresh=storm.faults.misleads)


async def _rest(storm: Storm) -> None:
    """Until everybody has been at rest for two looks: what one is told last may still be on its way to another."""
    await asyncio.sleep(UNDER_WAY)
    looks = 0
    for _ in range(LONGEST_REST):
        storm.look()
        looks = looks + 1 if all(map(rest.is_at_rest, storm.academies)) else 0
        if looks == 2:
            return
        await asyncio.sleep(1)


async def _wind_up() -> None:
    """Let everything that was cancelled end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
