"""The storms see what they are for: each way to break the product by hand is found within a few seeds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from hallway.domain import permissions
from hallway.domain.conversations import Conversation, Member
from hallway.domain.events import Event, MessagePosted, SessionEnded
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import User
from hallway.domain.verdicts import Verdict
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.people import MemoryPeople
from hallway.storage.memory.sessions import MemorySessions
from hallway.storage.memory.store import MemoryStore
from hallway.storage.writer import Writer
from hallway.transport.websocket.hub import Hub, Outbox
from hallway.usecases.access import sessions
from hallway.usecases.messaging import reading
from hallway.usecases.messaging.records import MissedChanges
from hallway.usecases.transaction import Outcome, Transaction
from tests.simulation.storms.faults import Faults, of
from tests.simulation.storms.runs import run
from tests.simulation.storms.shrinking import failure
from tests.simulation.storms.stores import in_memory

pytestmark = pytest.mark.slow

SEEDS = range(1, 300)
"""In which the fault must show; most show within ten."""

Patch = pytest.MonkeyPatch


def keys_are_forgotten(patch: Patch) -> None:
    """A retry is a new message."""
    patch.setattr(MemoryMessages, "by_keys", lambda *_: {})
    patch.setattr("hallway.storage.memory.messages.require", lambda _: None)


def a_retry_clashes(patch: Patch) -> None:
    """The database refuses the second attempt, and the sender believes that nothing is stored."""
    patch.setattr(MemoryMessages, "by_keys", lambda *_: {})


def a_read_mark_takes_no_revision(patch: Patch) -> None:
    """Who missed it never learns of it."""
    patch.setattr(reading, "replace", lambda one, **changes: replace(one, **_without(changes, "rev")))


def a_deleted_chat_takes_no_revision(patch: Patch) -> None:
    """The person's other device goes on showing it."""
    emptied = Member.emptied
    patch.setattr(Member, "emptied", lambda self, seq: replace(emptied(self, seq), own_rev=self.own_rev))


def a_number_is_left_out(patch: Patch) -> None:
    """After the third message comes the fifth."""
    post = Conversation.with_message
    skip = lambda self: replace(self, last_seq=self.last_seq + (self.last_seq == 3))  # noqa: E731
    patch.setattr(Conversation, "with_message", lambda self, *words: post(skip(self), *words))


def rules_are_not_asked(patch: Patch) -> None:
    """Whoever writes is heard."""
    patch.setattr(permissions, "write", lambda *_: Verdict())


def everybody_hears_everything(patch: Patch) -> None:
    """A message reaches people who are not in its chat."""
    patch.setattr("hallway.transport.websocket.hub.audience", lambda _: None)


def every_account_hears_everything(patch: Patch) -> None:
    """A message reaches the lines of all accounts."""

    def everybody(self: Hub, *_: object) -> list[Outbox]:
        return [one for account in self._outboxes.values() for outboxes in account.values() for one in outboxes]

    patch.setattr(Hub, "_listeners", everybody)


def a_session_is_good_in_every_account(patch: Patch) -> None:
    """Whoever is signed in may come in at the other account's address."""
    patch.setattr(sessions, "session_of", lambda tx, _, secret: tx.sessions.by_hash(None, sessions.hashed(secret)))


def people_of_other_accounts_are_found(patch: Patch) -> None:
    """A message to somebody of the other account is judged as one within the account."""

    def find(self: MemoryPeople, _: AccountId, user_id: UserId) -> User | None:
        return next((one for (_, id_), one in self._tables.users.items() if id_ == user_id), None)

    patch.setattr(MemoryPeople, "find", find)
    patch.setattr("hallway.storage.memory.conversations.require", lambda _: None)


def ended_sessions_go_on_listening(patch: Patch) -> None:
    """Signed out, and still told what happens."""
    hear = Hub.hear
    patch.setattr(
        Hub, "hear", lambda self, events: hear(self, [one for one in events if not isinstance(one, SessionEnded)])
    )


def who_is_deactivated_may_come_in(patch: Patch) -> None:
    """Their sessions are kept, and as good as before."""
    patch.setattr(MemorySessions, "remove_all", lambda *_: None)
    patch.setattr(sessions, "who_is", lambda tx, secret, **_: tx.sessions.by_hash(None, sessions.hashed(secret)))


def catching_up_leaves_out_the_newest(patch: Patch) -> None:
    """What was said last while somebody was away stays unknown to them."""
    changes = MemoryMessages.changes

    def fewer(self: MemoryMessages, *words: Any, **more: Any) -> MissedChanges:
        found = changes(self, *words, **more)
        return MissedChanges(found.messages[:-1], found.hidden)

    patch.setattr(MemoryMessages, "changes", fewer)


def catching_up_leaves_out_what_is_hidden(patch: Patch) -> None:
    """What was hidden on one device stays on the other."""
    changes = MemoryMessages.changes
    patch.setattr(MemoryMessages, "changes", lambda *words, **more: MissedChanges(changes(*words, **more).messages, {}))


def a_commit_is_lost(patch: Patch) -> None:
    """Every ninth transaction is answered, and not there."""
    write, commits = MemoryStore.write, iter(range(10_000))

    def forgetful(self: MemoryStore, works: Sequence[Callable[[Transaction], Any]]) -> Sequence[Outcome[Any]]:
        before = self._tables
        outcomes = write(self, works)
        if next(commits) % 9 == 8:
            self._tables = before
        return outcomes

    patch.setattr(MemoryStore, "write", forgetful)


def a_poisoned_neighbour_spoils_the_batch(patch: Patch) -> None:
    """All that was written together is refused."""

    def refuse(_: Writer, group: Sequence[Any], outcome: Outcome[Any]) -> None:
        for one in group:
            (one.future.set_exception if outcome.failure else one.future.set_result)(outcome.failure or outcome.value)

    patch.setattr(Writer, "_answer", refuse)


def events_are_told_before_the_commit_fails(patch: Patch) -> None:
    """A message that was undone is heard of."""
    write = MemoryStore.write

    def early(self: MemoryStore, works: Sequence[Callable[[Transaction], Any]]) -> Sequence[Outcome[Any]]:
        before = self._tables
        outcomes = write(self, works)
        is_undone = any(_is_third(event) for outcome in outcomes for event in outcome.events)
        self._tables = before if is_undone else self._tables
        return outcomes

    patch.setattr(MemoryStore, "write", early)


def _is_third(event: Event) -> bool:
    return isinstance(event, MessagePosted) and event.message.seq == 3


def _without(changes: dict[str, Any], name: str) -> dict[str, Any]:
    return {one: value for one, value in changes.items() if one != name}


BREAKS = [
    keys_are_forgotten,
    a_retry_clashes,
    a_read_mark_takes_no_revision,
    a_deleted_chat_takes_no_revision,
    a_number_is_left_out,
    rules_are_not_asked,
    everybody_hears_everything,
    every_account_hears_everything,
    a_session_is_good_in_every_account,
    people_of_other_accounts_are_found,
    ended_sessions_go_on_listening,
    who_is_deactivated_may_come_in,
    catching_up_leaves_out_the_newest,
    catching_up_leaves_out_what_is_hidden,
    a_commit_is_lost,
    a_poisoned_neighbour_spoils_the_batch,
    events_are_told_before_the_commit_fails,
]


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda one: one.__name__)
def test_a_broken_product_is_found(break_it: Callable[[Patch], None], monkeypatch: Patch) -> None:
    break_it(monkeypatch)
    failures = (failure(_pass_through, seed, of(seed)) for seed in SEEDS)
    assert isinstance(next(filter(None, failures), None), AssertionError)


def _pass_through(seed: int, faults: Faults) -> None:
    run(in_memory(), seed, faults)
