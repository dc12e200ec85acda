"""The group-commit writer: whatever has queued while the last commit ran becomes one transaction.

One thread owns all writing. A work alone waits for nothing; under load the disk is synced once for many, and all who
ask take turns, so that one who asks for much delays nobody else (docs/decisions/0002).
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import structlog

from hallway.domain.events import Committed
from hallway.storage.statistics import WriterStatistics
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import Outcome, Store, StoreUnavailable, Transaction

_log = structlog.get_logger("hallway.writer")

Work = Callable[[Transaction], Any]
RunAll = Callable[[Transaction, Sequence[Any]], Sequence[Any]]

LARGEST_BATCH = 1_000
"""Commands in one transaction; more gain little and cost waiting."""
LONGEST_QUEUE = 10_000
"""Commands that wait at most; who comes then is asked to try again."""


@dataclass(frozen=True, slots=True, eq=False)
class _Queued:
    """A work, or commands for `run_all`, and where the answer goes."""

    future: "Future[Any]"
    work: Work | None = None
    run_all: RunAll | None = None
    commands: Sequence[Any] = ()

    @property
    def size(self) -> int:
        return len(self.commands) or 1


class Writer:
    """Writes for everybody, in one thread. Each requester's works are done in their order."""

    def __init__(self, store: Store, publish: Callable[[Sequence[Committed]], None]) -> None:
        """Start the thread. `publish` gets each batch's events after its commit, in order; it is called from the writer's thread."""
        self.statistics = WriterStatistics()
        self._store = store
        self._publish = publish
        self._turns: dict[Hashable, deque[_Queued]] = {}
        self._waiting = 0
        self._has_work = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="hallway-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """The number of commands that wait at this moment."""
        return self._waiting

    def submit(self, work: Work, *, requester: Hashable = None) -> "Future[Any]":
        """Queue a work; the future holds what it returned or raised, once that is durable. Raises Busy."""
        return self._enqueue(_Queued(Future(), work=work), requester)

    def submit_grouped(self, run_all: RunAll, commands: Sequence[Any], *, requester: Hashable = None) -> "Future[Any]":
        """Queue commands that `run_all` carries out together with all others of that kind in the batch. Raises Busy.

        The future holds a list with the answer to each command, in their order.
        """
        return self._enqueue(_Queued(Future(), run_all=run_all, commands=commands), requester)

    def close(self) -> None:
        """Write what was accepted, then stop."""
        with self._has_work:
            self._is_closing = True
            self._has_work.notify()
        self._thread.join()

    def _enqueue(self, queued: _Queued, requester: Hashable) -> "Future[Any]":
        with self._has_work:
            if self._is_closing or self._waiting + queued.size > LONGEST_QUEUE:
                self.statistics.busy += 1
                raise Busy
            self._turns.setdefault(requester, deque()).append(queued)
            self._waiting += queued.size
            self._has_work.notify()
        return queued.future

    def _run(self) -> None:
        while batch := self._next_batch():
            self._write(batch)

    def _next_batch(self) -> list[_Queued]:
        """Wait for work and take all of it, up to LARGEST_BATCH, in turns; empty when closing and nothing is left."""
        with self._has_work:
            self._has_work.wait_for(lambda: self._turns or self._is_closing)
            batch: list[_Queued] = []
            size = 0
            while self._turns and size < LARGEST_BATCH:
                batch.append(self._take_turn())
                size += batch[-1].size
            self._waiting -= size
            return batch

    def _take_turn(self) -> _Queued:
        """Take the first work of the requester whose turn it is, who goes to the end of the queue."""
        requester = next(iter(self._turns))
        works = self._turns.pop(requester)
        queued = works.popleft()
        if works:
            self._turns[requester] = works
        return queued

    def _write(self, batch: list[_Queued]) -> None:
        """Write a batch, without what its requester gave up before it began."""
        began = time.perf_counter()
        wanted = [queued for queued in batch if queued.future.set_running_or_notify_cancel()]
        self._write_groups(_grouped(wanted))
        self.statistics.count(sum(queued.size for queued in wanted), time.perf_counter() - began)

    def _write_groups(self, groups: list[list[_Queued]]) -> None:
        outcomes: Sequence[Outcome[Any]]
        try:
            outcomes = self._store.write([_as_work(group) for group in groups])
        except Exception as fault:  # noqa: BLE001 - answered to everyone who waits; the thread serves the next ones
            outcomes = [Outcome(None, (), fault) for _ in groups]
        self._publish_safely([event for outcome in outcomes for event in outcome.events])
        for group, outcome in zip(groups, outcomes, strict=True):
            self._answer(group, outcome)

    def _publish_safely(self, events: Sequence[Committed]) -> None:
        """Publish what is durable. Events may be lost, answers may not: a failing broker stops nobody."""
        try:
            if events:
                self._publish(events)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("events_lost", reason="The broker failed. Clients will catch up on what they missed.")

    def _answer(self, group: list[_Queued], outcome: Outcome[Any]) -> None:
        """Hand out the answers. Where a command spoiled its group, each is tried again by itself."""
        failure = outcome.failure
        if failure is None:
            _settle(group, outcome.value)
        elif isinstance(failure, StoreUnavailable):
            self.statistics.failures += sum(queued.size for queued in group)
            _fail(group, failure)
        elif len(group) == 1 and group[0].size == 1:
            _fail(group, failure)
        elif len(group) > 1:
            self._write_groups([[alone] for alone in group])
        else:
            group[0].future.set_result([self._one_by_one(group[0], command) for command in group[0].commands])

    def _one_by_one(self, queued: _Queued, command: Any) -> Any:
        """Carry out a command of a spoiled group in a transaction of its own, and return the answer."""
        alone: Future[Any] = Future()
        alone.set_running_or_notify_cancel()
        self._write_groups([[_Queued(alone, run_all=queued.run_all, commands=[command])]])
        return alone.exception() or alone.result()[0]


def _fail(group: list[_Queued], failure: Exception) -> None:
    for queued in group:
        queued.future.set_exception(failure)


def _settle(group: list[_Queued], value: Any) -> None:
    if group[0].run_all is None:
        group[0].future.set_result(value)
        return
    start = 0
    for queued in group:
        queued.future.set_result(value[start : start + queued.size])
        start += queued.size


def _grouped(batch: Sequence[_Queued]) -> list[list[_Queued]]:
    """Group what has the same `run_all`; everything else stays alone."""
    groups: dict[Hashable, list[_Queued]] = {}
    for queued in batch:
        groups.setdefault(queued.run_all or queued, []).append(queued)
    return list(groups.values())


def _as_work(group: list[_Queued]) -> Work:
    first = group[0]
    if first.work is not None:
        return first.work
    run_all = first.run_all
    assert run_all is not None
    commands = [command for queued in group for command in queued.commands]
    return lambda tx: _one_each(run_all(tx, commands), len(commands))


def _one_each(values: Sequence[Any], expected: int) -> Sequence[Any]:
    """Check the number of answers before the commit: an answer too few would leave somebody waiting for ever."""
    if len(values) != expected:
        message = f"{len(values)} answers were given to {expected} commands."
        raise ValueError(message)
    return values
