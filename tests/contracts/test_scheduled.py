"""What a store keeps of messages that wait for their time (rules §18)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hallway.domain.ids import CourseId, FileId, ScheduledId, UserId, dialog_id
from hallway.domain.scheduling import LocalTime, ScheduledMessage
from hallway.usecases.errors import Conflict
from hallway.usecases.transaction import Store
from tests.contracts.world import BIOLOGY, ELSEWHERE, EXPERT, HERE, LENA, NOON, TOMAS, change, furnished, named

CHAT = dialog_id(HERE, LENA, EXPERT)


def one(name: str, sender: UserId = LENA, hours: int = 1) -> ScheduledMessage:
    return ScheduledMessage(
        account_id=HERE,
        id=ScheduledId(named(name)),
        sender_id=sender,
        key=f"key-{name}",
        conversation_id=CHAT,
        person_id=None,
        body=f"It is {name}. 🕘",
        due_at=NOON + timedelta(hours=hours),
        created_at=NOON,
    )


FULL = replace(
    one("full"),
    person_id=EXPERT,
    local=LocalTime(datetime.fromisoformat("2026-12-24T09:00"), "Europe/Berlin"),
    course_id=BIOLOGY,
    reply_to=7,
    files=(FileId(named("b")), FileId(named("a"))),
    revision=3,
)


@pytest.fixture
def kept(store: Store) -> Store:
    furnished(store)
    return store


def add(store: Store, *messages: ScheduledMessage) -> None:
    for each in messages:
        change(store, lambda tx, new=each: tx.scheduled.add(new))


def test_a_scheduled_message_comes_back_whole(kept: Store) -> None:
    add(kept, FULL, one("plain", hours=2))
    assert kept.read(lambda tx: tx.scheduled.of(HERE, LENA)) == [FULL, one("plain", hours=2)]
    assert kept.read(lambda tx: tx.scheduled.find(HERE, FULL.id)) == FULL
    assert kept.read(lambda tx: tx.scheduled.of(HERE, TOMAS)) == []


def test_nothing_is_found_across_accounts(kept: Store) -> None:
    add(kept, FULL)
    assert kept.read(lambda tx: tx.scheduled.find(ELSEWHERE, FULL.id)) is None
    assert kept.read(lambda tx: tx.scheduled.of(ELSEWHERE, LENA)) == []
    assert kept.read(lambda tx: tx.scheduled.due(ELSEWHERE, FULL.due_at, 9)) == []


def test_a_key_of_a_sender_is_one_message(kept: Store) -> None:
    add(kept, one("first"), replace(one("other"), sender_id=TOMAS, key="key-first"))
    with pytest.raises(Conflict):
        add(kept, replace(one("second"), key="key-first"))


def test_text_time_revision_and_reason_change_and_nothing_else(kept: Store) -> None:
    add(kept, FULL, one("plain"))
    at = FULL.due_at + timedelta(days=1)
    changed = replace(FULL, body="Other", due_at=at, local=None, revision=4, reason="messaging_off")
    change(kept, lambda tx: tx.scheduled.save([changed, one("nowhere")]))
    assert kept.read(lambda tx: tx.scheduled.of(HERE, LENA)) == [one("plain"), changed]


def test_what_is_removed_is_gone(kept: Store) -> None:
    add(kept, FULL, one("plain"))
    change(kept, lambda tx: tx.scheduled.remove(HERE, [FULL.id]))
    assert kept.read(lambda tx: tx.scheduled.of(HERE, LENA)) == [one("plain")]


def test_what_is_due_is_found_in_its_order_without_what_was_refused(kept: Store) -> None:
    add(kept, one("third", hours=3), one("first", TOMAS), one("second", hours=2), one("later", hours=4))
    add(kept, replace(one("refused"), reason="no_relation"))
    now = NOON + timedelta(hours=3)

    def due(limit: int) -> list[str]:
        return [each.key for each in kept.read(lambda tx: tx.scheduled.due(HERE, now, limit))]

    assert due(9) == ["key-first", "key-second", "key-third"]
    assert due(2) == ["key-first", "key-second"]
    among = [one("third").id, one("later").id]
    assert [each.key for each in kept.read(lambda tx: tx.scheduled.due(HERE, now, 9, among))] == ["key-third"]


def test_it_is_known_in_which_accounts_something_is_due_and_when_the_next_is(kept: Store) -> None:
    assert kept.read(lambda tx: tx.scheduled.next_due_anywhere()) is None
    add(kept, one("second", hours=2), one("first"), replace(one("refused", hours=0), reason="no_relation"))
    assert kept.read(lambda tx: tx.scheduled.next_due_anywhere()) == NOON + timedelta(hours=1)
    assert kept.read(lambda tx: tx.scheduled.due_accounts(NOON)) == []
    assert kept.read(lambda tx: tx.scheduled.due_accounts(NOON + timedelta(hours=1))) == [HERE]


def test_those_timed_by_a_clock_are_gone_through_by_their_ids(kept: Store) -> None:
    by_clock = [replace(FULL, id=ScheduledId(named(each)), key=f"key-{each}") for each in "abc"]
    add(kept, *by_clock, one("by a moment"), replace(FULL, id=ScheduledId(named("no")), reason="no_relation"))
    ids = sorted(each.id for each in by_clock)
    first = kept.read(lambda tx: tx.scheduled.timed_by_clock(HERE, "", 2))
    rest = kept.read(lambda tx: tx.scheduled.timed_by_clock(HERE, first[-1].id, 2))
    assert ([each.id for each in first], [each.id for each in rest]) == (ids[:2], ids[2:])


def test_it_needs_a_sender_who_is_there(kept: Store) -> None:
    with pytest.raises(Conflict):
        add(kept, replace(FULL, sender_id=UserId(named("nobody"))))


def test_a_course_that_is_gone_keeps_nothing_from_waiting(kept: Store) -> None:
    gone = replace(FULL, course_id=CourseId(named("gone")))
    add(kept, gone)
    assert kept.read(lambda tx: tx.scheduled.find(HERE, FULL.id)) == gone
