"""Long work in the background, done in slices so short that nobody else has to wait for them.

One slice is worked on at a time in this process, and after each it rests for longer than it worked: the writer, the
readers and the interpreter's lock are free for people meanwhile. How much makes a slice is measured.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

from hallway.usecases.transaction import Transaction

T = TypeVar("T")
Item = TypeVar("Item")

AIM = 0.003
"""Seconds of this process's own work that a slice should take. A database elsewhere works as long again, and what other
programs on the machine take is no reason to do less: it would be done in more slices, each with its commit.
"""
REST = 3.0
"""How many times as long as a slice took nothing is done after it."""
LONGEST_REST = 0.25
FEWEST_LINES, MOST_LINES = 4, 500
FIRST_LINES = 20


class Stride:
    """How many lines, or people, to take next, so that they take about AIM seconds: `fewest` at least."""

    def __init__(self, *, first: int = FIRST_LINES, fewest: int = FEWEST_LINES, most: int = MOST_LINES) -> None:
        """Begin with a careful `first` number."""
        self.lines = first
        self._fewest = fewest
        self._most = most

    def learn(self, lines: int, seconds: float) -> None:
        """Adapt to the seconds that these lines took; at most double the number for the next time."""
        fitting = int(lines * AIM / max(seconds, 1e-6))
        self.lines = max(self._fewest, min(fitting, self.lines * 2, self._most))

    def parts(self, lines: Sequence[Item]) -> Iterator[Sequence[Item]]:
        """Split lines into parts, each as long as the stride is when its turn comes."""
        done = 0
        while done < len(lines):
            part = lines[done : done + self.lines]
            done += len(part)
            yield part


class Slices:
    """Takes turns for all long work of this process."""

    def __init__(self) -> None:
        """Begin with a free turn."""
        self._turn = asyncio.Lock()

    async def take(
        self,
        stride: Stride,
        lines: int,
        hand_in: Callable[[Callable[[Transaction], tuple[T, float]]], Awaitable[tuple[T, float]]],
        work: Callable[[Transaction], T],
    ) -> T:
        """Run a slice in turn, learn how long it took, and rest."""
        async with self._turn:
            began = time.monotonic()
            found, seconds = await hand_in(lambda tx: _timed(tx, work))
            stride.learn(lines, seconds)
            await rest(time.monotonic() - began)
        return found


async def rest(seconds: float, *, times: float = REST) -> None:
    """Rest after a slice that took `seconds`, for `times` as long, within a limit."""
    await asyncio.sleep(min(times * seconds, LONGEST_REST))


def _timed(tx: Transaction, work: Callable[[Transaction], T]) -> tuple[T, float]:
    """Return the answer of `work`, and the processor seconds that its thread spent on it."""
    began = time.thread_time()
    return work(tx), time.thread_time() - began
