"""The group-commit writer: whatever has queued while the last commit ran becomes one transaction.

One thread owns all writing. A work alone waits for nothing; under load the disk is synced once for many.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import structlog

from hallway.domain.events import Event
from hallway.usecases.errors import Busy
from hallway.usecases.ports import Outcome, Store, StoreUnavailable, Transaction

_log = structlog.get_logger("hallway.writer")

Work = Callable[[Transaction], Any]
RunAll = Callable[[Transaction, Sequence[Any]], Sequence[Any]]

LARGEST_BATCH = 200
"""Works in one transaction; more gain little and cost waiting."""
LONGEST_QUEUE = 10_000
"""Works that wait at most; who comes then is asked to try again."""


@dataclass(frozen=True, slots=True)
class _Queued:
    """A work, or a command for `run_all`, and where its answer goes."""

    future: "Future[Any]"
    work: Work | None = None
    run_all: RunAll | None = None
    command: Any = None


class Writer:
    """Writes for everybody, in one thread, in the order of asking."""

    def __init__(self, store: Store, publish: Callable[[Sequence[Event]], None]) -> None:
        """`publish` gets each batch's events after its commit, in order; it is called from the writer's thread."""
        self._store = store
        self._publish = publish
        self._queue: deque[_Queued] = deque()
        self._has_work = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="hallway-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> "Future[Any]":
        """Queue one work; the future holds what it returned or raised, once that is durable. Raises Busy."""
        return self._enqueue(_Queued(Future(), work=work))

    def submit_grouped(self, run_all: RunAll, command: Any) -> "Future[Any]":
        """Queue a command that `run_all` carries out together with its neighbours of the same kind. Raises Busy."""
        return self._enqueue(_Queued(Future(), run_all=run_all, command=command))

    def close(self) -> None:
        """Write what was accepted, then stop."""
        with self._has_work:
            self._is_closing = True
            self._has_work.notify()
        self._thread.join()

    def _enqueue(self, queued: _Queued) -> "Future[Any]":
        with self._has_work:
            if self._is_closing or len(self._queue) >= LONGEST_QUEUE:
                raise Busy
            self._queue.append(queued)
            self._has_work.notify()
        return queued.future

    def _run(self) -> None:
        while batch := self._next_batch():
            self._write(batch)

    def _next_batch(self) -> list[_Queued]:
        """All that waits, up to LARGEST_BATCH; empty when closing and nothing is left."""
        with self._has_work:
            self._has_work.wait_for(lambda: self._queue or self._is_closing)
            return [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST_BATCH))]

    def _write(self, batch: list[_Queued]) -> None:
        """What its asker gave up before it began is not done at all."""
        groups = _grouped([queued for queued in batch if queued.future.set_running_or_notify_cancel()])
        self._write_groups(groups)

    def _write_groups(self, groups: list[list[_Queued]]) -> None:
        outcomes: Sequence[Outcome[Any]]
        try:
            outcomes = self._store.write([_as_work(group) for group in groups])
        except Exception as fault:  # noqa: BLE001 - told to everyone who waits; the thread serves the next ones
            outcomes = [Outcome(None, (), fault) for _ in groups]
        self._tell([event for outcome in outcomes for event in outcome.events])
        for group, outcome in zip(groups, outcomes, strict=True):
            self._answer(group, outcome)

    def _tell(self, events: Sequence[Event]) -> None:
        """Publish what is durable. Events may be lost, answers may not: a failing broker stops nobody."""
        try:
            if events:
                self._publish(events)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("events_lost", reason="The broker failed; clients will ask for what they missed.")

    def _answer(self, group: list[_Queued], outcome: Outcome[Any]) -> None:
        """Hand out the answers. What one command spoiled for its group is tried again one by one."""
        failure = outcome.failure
        if failure is None:
            values: Any = outcome.value if group[0].run_all else [outcome.value]
            for queued, value in zip(group, values, strict=True):
                _settle(queued.future, value)
        elif len(group) == 1 or isinstance(failure, StoreUnavailable):
            for queued in group:
                queued.future.set_exception(failure)
        else:
            self._write_groups([[alone] for alone in group])


def _settle(future: "Future[Any]", value: Any) -> None:
    if isinstance(value, Exception):
        future.set_exception(value)
    else:
        future.set_result(value)


def _grouped(batch: Sequence[_Queued]) -> list[list[_Queued]]:
    """Neighbours with the same `run_all` together, everything else alone, in the order of asking."""
    groups: list[list[_Queued]] = []
    for queued in batch:
        if groups and queued.run_all is not None and groups[-1][0].run_all == queued.run_all:
            groups[-1].append(queued)
        else:
            groups.append([queued])
    return groups


def _as_work(group: list[_Queued]) -> Work:
    first = group[0]
    if first.work is not None:
        return first.work
    run_all = first.run_all
    assert run_all is not None
    return lambda tx: _one_each(run_all(tx, [queued.command for queued in group]), len(group))


def _one_each(values: Sequence[Any], expected: int) -> Sequence[Any]:
    """Checked before the commit: an answer too few would leave somebody waiting for ever."""
    if len(values) != expected:
        message = f"{len(values)} answers were given to {expected} commands."
        raise ValueError(message)
    return values
