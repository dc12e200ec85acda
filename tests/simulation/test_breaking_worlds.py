"""The worlds see what they are for: each way to break the product by hand is found within a few seeds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from hallway.domain import permissions
from hallway.domain.conversations import Conversation
from hallway.domain.files import File
from hallway.domain.ids import ScheduledId, UserId
from hallway.domain.scheduling import ScheduledMessage
from hallway.domain.verdicts import Verdict
from hallway.storage.memory.scheduled import MemoryScheduledMessages
from hallway.storage.memory.store import MemoryStore
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import scheduled_sending, scheduling
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction
from tests.simulation.living import live
from tests.simulation.world import World

pytestmark = pytest.mark.slow

SEEDS = range(30)
"""In which the fault must show; most show in the first."""

Patch = pytest.MonkeyPatch


def a_hidden_message_s_file_is_still_given(patch: Patch) -> None:
    """Who deleted their copy of a message gets its file all the same."""
    get_file = permissions.get_file

    def careless(file: File, me: UserId, conversation: Conversation | None, *, is_hidden: bool) -> bool:
        del is_hidden
        return get_file(file, me, conversation, is_hidden=False)

    patch.setattr(permissions, "get_file", careless)


def a_deleted_message_s_files_stay(patch: Patch) -> None:
    """Delete for everyone takes the text alone."""
    patch.setattr("hallway.usecases.messaging.messages.release", _does_nothing)


def scheduled_messages_are_judged_when_they_are_written(patch: Patch) -> None:
    """What the rules say at their time is not asked any more."""
    attempt = scheduled_sending.attempt

    def unjudged(tx: Transaction, messages: Sequence[ScheduledMessage], *, clock: Clock) -> Sequence[Any]:
        with Patch.context() as inner:
            inner.setattr(permissions, "write", lambda *_: Verdict())
            return attempt(tx, messages, clock=clock)

    patch.setattr(scheduled_sending, "attempt", unjudged)


def scheduled_messages_are_sent_twice(patch: Patch) -> None:
    """What was sent waits still, and goes under another key."""
    command, keys = scheduling._command, count()
    patch.setattr(MemoryScheduledMessages, "remove", _does_nothing)
    patch.setattr(scheduling, "_command", lambda *words: replace(command(*words), key=f"again-{next(keys):05}"))


def scheduled_messages_are_anybody_s(patch: Patch) -> None:
    """Who knows the id of one may change it, cancel it and send it."""
    mine = scheduling._mine

    def anybody_s(tx: Transaction, actor: Actor, scheduled_id: ScheduledId) -> ScheduledMessage:
        found = tx.scheduled.find(actor.account_id, scheduled_id)
        return mine(tx, replace(actor, user_id=found.sender_id) if found else actor, scheduled_id)

    patch.setattr(scheduling, "_mine", anybody_s)


def _does_nothing(*_: object, **__: object) -> None:
    pass


BREAKS = [
    a_hidden_message_s_file_is_still_given,
    a_deleted_message_s_files_stay,
    scheduled_messages_are_judged_when_they_are_written,
    scheduled_messages_are_sent_twice,
    scheduled_messages_are_anybody_s,
]


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda one: one.__name__)
def test_a_broken_product_is_found(break_it: Callable[[Patch], None], monkeypatch: Patch) -> None:
    break_it(monkeypatch)
    assert any(_fails(seed) for seed in SEEDS)


def _fails(seed: int) -> bool:
    try:
        live(World.invented(MemoryStore(), seed), 120, check_every=4)
    except AssertionError:
        return True
    return False
