"""The group-commit writer, over the memory store with a gate before each commit."""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from hallway.domain.events import Event, FactsChanged
from hallway.storage import writer as writing
from hallway.storage.memory.store import MemoryStore
from hallway.storage.writer import Writer
from hallway.usecases.errors import Busy
from hallway.usecases.transaction import Outcome, StoreUnavailable, Transaction
from tests.contracts.world import HERE, person

PATIENCE = 10.0


class Gated(MemoryStore):
    """Counts the commits; none begins before the gate is opened."""

    def __init__(self) -> None:
        """Begin closed."""
        super().__init__()
        self.sizes: list[int] = []
        self.entered = threading.Event()
        self.gate = threading.Event()
        self.fault: Exception | None = None

    def write(self, works: Sequence[Callable[[Transaction], Any]]) -> Sequence[Outcome[Any]]:
        """Wait at the gate, then write."""
        self.sizes.append(len(works))
        self.entered.set()
        assert self.gate.wait(PATIENCE)
        if self.fault is not None:
            raise self.fault
        return super().write(works)


@pytest.fixture
def store() -> Gated:
    """A gated store."""
    return Gated()


@pytest.fixture
def told() -> list[Event]:
    """What was published."""
    return []


@pytest.fixture
def writer(store: Gated, told: list[Event]) -> Iterator[Writer]:
    """A writer over it."""
    opened = Writer(store, told.extend)
    yield opened
    store.gate.set()
    opened.close()


def _hold(store: Gated, writer: Writer) -> None:
    """Let the writer stand at the gate with one work, so that what follows queues."""
    writer.submit(lambda _: None)
    assert store.entered.wait(PATIENCE)


def _event(number: int) -> FactsChanged:
    return FactsChanged(HERE, frozenset({person(str(number))}))


def _announcing(number: int) -> Callable[[Transaction], int]:
    def work(tx: Transaction) -> int:
        tx.announce(_event(number))
        return number

    return work


def _double(tx: Transaction, commands: Sequence[int]) -> list[int | Exception]:
    if 13 in commands:
        message = "poisoned"
        raise RuntimeError(message)
    for command in commands:
        tx.announce(_event(command))
    return [ValueError(command) if command < 0 else command * 2 for command in commands]


def test_what_queued_during_a_commit_becomes_one_commit(store: Gated, writer: Writer, told: list[Event]) -> None:
    _hold(store, writer)
    futures = [writer.submit(_announcing(number)) for number in range(5)]
    assert told == []
    store.gate.set()
    assert [future.result(PATIENCE) for future in futures] == [0, 1, 2, 3, 4]
    assert store.sizes == [1, 5]
    assert told == [_event(number) for number in range(5)]


def test_grouped_commands_become_one_work_with_an_answer_each(store: Gated, writer: Writer) -> None:
    _hold(store, writer)
    futures = [writer.submit_grouped(_double, numbers) for numbers in ([1, -2], [3])]
    store.gate.set()
    two, refused = futures[0].result(PATIENCE)
    assert (two, type(refused)) == (2, ValueError)
    assert futures[1].result(PATIENCE) == [6]
    assert store.sizes == [1, 1]


def test_a_poisoned_command_fails_alone(store: Gated, writer: Writer, told: list[Event]) -> None:
    _hold(store, writer)
    futures = [writer.submit_grouped(_double, numbers) for numbers in ([1], [5, 13, 6], [3])]
    store.gate.set()
    assert [futures[0].result(PATIENCE), futures[2].result(PATIENCE)] == [[2], [6]]
    ten, failure, twelve = futures[1].result(PATIENCE)
    assert (ten, type(failure), twelve) == (10, RuntimeError, 12)
    assert sorted(told, key=repr) == sorted([_event(1), _event(5), _event(6), _event(3)], key=repr)


def test_askers_take_turns(store: Gated, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hallway.storage.writer.LARGEST_BATCH", 2)
    _hold(store, writer)
    order: list[str] = []

    def doing(name: str) -> Callable[[Transaction], None]:
        return lambda _: order.append(name)

    futures = [writer.submit(doing(f"much {number}"), requester="much") for number in range(4)]
    futures.append(writer.submit(doing("little"), requester="little"))
    store.gate.set()
    for future in futures:
        future.result(PATIENCE)
    assert order == ["much 0", "little", "much 1", "much 2", "much 3"]


def test_an_answer_too_few_is_no_answer(store: Gated, writer: Writer) -> None:
    store.gate.set()
    future = writer.submit_grouped(lambda _tx, _commands: [], [1])
    assert isinstance(future.exception(PATIENCE), ValueError)


def test_a_failing_work_announces_nothing(store: Gated, writer: Writer, told: list[Event]) -> None:
    def work(tx: Transaction) -> None:
        tx.announce(_event(1))
        raise KeyError

    store.gate.set()
    assert isinstance(writer.submit(work).exception(PATIENCE), KeyError)
    assert told == []


def test_a_full_queue_answers_at_once(store: Gated, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LONGEST_QUEUE", 2)
    _hold(store, writer)
    accepted = [writer.submit(_announcing(number)) for number in range(2)]
    with pytest.raises(Busy):
        writer.submit(_announcing(3))
    store.gate.set()
    assert [future.result(PATIENCE) for future in accepted] == [0, 1]


def test_a_batch_has_its_limit(store: Gated, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LARGEST_BATCH", 2)
    _hold(store, writer)
    futures = [writer.submit(_announcing(number)) for number in range(3)]
    store.gate.set()
    assert [future.result(PATIENCE) for future in futures] == [0, 1, 2]
    assert store.sizes == [1, 2, 1]


def test_closing_writes_what_was_accepted(store: Gated, writer: Writer) -> None:
    _hold(store, writer)
    futures = [writer.submit(_announcing(number)) for number in range(3)]
    store.gate.set()
    writer.close()
    assert [future.done() and future.result() for future in futures] == [0, 1, 2]
    with pytest.raises(Busy):
        writer.submit(_announcing(4))


@pytest.mark.parametrize("fault", [StoreUnavailable("gone"), RuntimeError("broken")])
def test_a_store_that_raises_fails_its_batch_and_heals(store: Gated, writer: Writer, fault: Exception) -> None:
    store.fault = fault
    store.gate.set()
    assert writer.submit(_announcing(1)).exception(PATIENCE) is fault
    store.fault = None
    assert writer.submit(_announcing(2)).result(PATIENCE) == 2


def test_a_failing_broker_takes_no_answer_away(store: Gated) -> None:
    def fail(_: Sequence[Event]) -> None:
        raise OSError

    store.gate.set()
    with capture_logs() as logged:
        writer = Writer(store, fail)
        assert writer.submit(_announcing(1)).result(PATIENCE) == 1
        assert writer.submit(_announcing(2)).result(PATIENCE) == 2
        writer.close()
    assert [(line["event"], line["log_level"]) for line in logged] == [("events_lost", "error")] * 2
