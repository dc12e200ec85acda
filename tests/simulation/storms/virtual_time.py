"""An event loop without real time: it leaps to whatever is due next, so that every run of a seed is the same run."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")

LONGEST_LOOK = 0.03
"""Seconds of virtual time that a reading thread may take until it looks at the store."""


class Stuck(AssertionError):  # noqa: N818 - says what is the matter
    """Nothing will ever happen any more, and somebody still waits."""


class VirtualLoop(asyncio.BaseEventLoop):
    """One thread, one clock that stands still while anything can be done; threads become steps of this loop."""

    def __init__(self, random: Random) -> None:
        """Begin at 0; `random` decides how long what is handed to a thread waits for its turn."""
        super().__init__()
        self._random = random
        self._moment = 0.0
        self._selector = self

    def time(self) -> float:
        """Virtual seconds since the beginning."""
        return self._moment

    def select(self, timeout: float | None) -> list[Any]:
        """What the loop calls to wait: leap instead."""
        if timeout is None:
            raise Stuck
        self._moment += timeout
        return []

    def _process_events(self, event_list: Sequence[Any]) -> None:
        """No file is ever watched here."""

    def _write_to_self(self) -> None:
        """There is no other thread that this loop would have to be woken from."""

    def run_in_executor(self, _: Any, func: Callable[..., T], *args: Any) -> "asyncio.Future[T]":  # type: ignore[override]
        """The work as a later step of this same loop."""
        future: asyncio.Future[T] = self.create_future()
        self.call_later(self._random.uniform(0, LONGEST_LOOK), _carry_out, future, func, args)
        return future


def _carry_out(future: "asyncio.Future[Any]", func: Callable[..., Any], args: Sequence[Any]) -> None:
    if future.done():
        return
    try:
        future.set_result(func(*args))
    except Exception as failure:  # noqa: BLE001 - whoever waits gets it
        future.set_exception(failure)
