"""One's own order: chats are pinned, archived and muted for oneself alone, on all one's devices (rules §16)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hallway.domain.conversations import MOST_PINNED
from hallway.domain.events import ChatMoved
from hallway.domain.ids import UserId
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging import arranging, conversations
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, OWNER, TOMAS, School, actor, dialog, heard_by, partners
from tests.usecases.deeds import badge, delete_chat

Work = Callable[[Transaction], object]
HOUR = timedelta(hours=1)


@pytest.fixture
def lists(school: School) -> School:
    """The owner, then Adam wrote to Lena, and she asked Eva."""
    school.say(OWNER, LENA)
    school.say(ADMIN, LENA)
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    return school


def _pin(other: UserId, who: UserId = LENA, *, is_pinned: bool = True) -> Work:
    return lambda tx: arranging.pin(tx, actor(who), conversation_id=dialog(LENA, other), is_pinned=is_pinned)


def _archive(other: UserId, who: UserId = LENA, *, is_archived: bool = True) -> Work:
    return lambda tx: arranging.archive(tx, actor(who), conversation_id=dialog(LENA, other), is_archived=is_archived)


def _mute(school: School, other: UserId, until: datetime | None = None, *, is_muted: bool = True) -> Work:
    chat = dialog(LENA, other)
    return lambda tx: arranging.mute(
        tx, actor(LENA), conversation_id=chat, is_muted=is_muted, until=until, clock=school.clock
    )


def _archived(school: School) -> list[UserId]:
    chosen = ChatFilter(section=Section.ARCHIVE)
    return partners(school.read(lambda tx: conversations.chats(tx, actor(LENA), before=None, limit=9, chosen=chosen)))


def test_pinned_chats_stand_above_the_others_newest_first(lists: School) -> None:
    lists.write(_pin(OWNER))
    lists.write(_pin(ADMIN))
    assert lists.listed(LENA) == [ADMIN, OWNER, EXPERT]
    lists.say(OWNER, LENA)
    assert lists.listed(LENA) == [OWNER, ADMIN, EXPERT]
    lists.write(_pin(OWNER, is_pinned=False))
    assert lists.listed(LENA) == [ADMIN, OWNER, EXPERT]
    assert lists.listed(OWNER) == [LENA]


def test_the_pages_of_the_list_go_on_below_what_is_pinned(lists: School) -> None:
    lists.write(_pin(OWNER))
    first = lists.read(lambda tx: conversations.chats(tx, actor(LENA), before=None, limit=1))
    assert partners(first) == [OWNER, EXPERT]
    rest = lists.read(lambda tx: conversations.chats(tx, actor(LENA), before=first.next, limit=1))
    assert (partners(rest), rest.next) == ([ADMIN], None)


def test_no_more_are_pinned_than_a_list_shows_at_once(lists: School, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_PINNED == 20
    monkeypatch.setattr(arranging, "MOST_PINNED", 2)
    lists.write(_pin(OWNER))
    lists.write(_pin(ADMIN))
    lists.write(_pin(ADMIN))
    with pytest.raises(Conflict) as refusal:
        lists.write(_pin(EXPERT))
    assert refusal.value.code == "too_many_pinned"


def test_an_archived_chat_leaves_list_and_badge_and_comes_back_with_the_next_message(lists: School) -> None:
    lists.write(_archive(OWNER))
    assert (lists.listed(LENA), _archived(lists), badge(lists, LENA)) == ([EXPERT, ADMIN], [OWNER], 1)
    assert lists.bodies(LENA, OWNER) == ["Hello"]
    lists.say(OWNER, LENA)
    assert (lists.listed(LENA), _archived(lists), badge(lists, LENA)) == ([OWNER, EXPERT, ADMIN], [], 2)


def test_as_long_as_it_is_muted_it_stays_in_the_archive_whichever_comes_first(lists: School) -> None:
    lists.write(_mute(lists, OWNER, lists.clock.now() + HOUR))
    lists.write(_archive(OWNER))
    lists.write(_archive(ADMIN))
    lists.write(_mute(lists, ADMIN))
    for one in (OWNER, ADMIN):
        lists.say(one, LENA)
    assert (lists.listed(LENA), _archived(lists), badge(lists, LENA)) == ([EXPERT], [ADMIN, OWNER], 0)
    lists.clock.wait(HOUR)
    for one in (ADMIN, OWNER):
        lists.say(one, LENA)
    assert (lists.listed(LENA), _archived(lists)) == ([OWNER, EXPERT], [ADMIN])
    lists.write(_mute(lists, ADMIN, is_muted=False))
    lists.say(ADMIN, LENA)
    assert (lists.listed(LENA), _archived(lists)) == ([ADMIN, OWNER, EXPERT], [])


def test_taken_out_of_the_archive_it_stands_where_it_stood(lists: School) -> None:
    lists.write(_archive(ADMIN))
    lists.write(_archive(ADMIN, is_archived=False))
    assert (lists.listed(LENA), _archived(lists)) == ([EXPERT, ADMIN, OWNER], [])


def test_no_two_chats_stand_at_the_same_position(lists: School) -> None:
    lists.write(_archive(EXPERT))
    lists.say(OWNER, LENA)
    lists.write(_archive(OWNER))
    lists.write(_archive(OWNER, is_archived=False))
    lists.write(_archive(EXPERT, is_archived=False))
    assert lists.listed(LENA) == [OWNER, EXPERT, ADMIN]


def test_only_one_s_own_devices_hear_of_it(lists: School) -> None:
    for work, is_pinned, is_archived in (
        (_pin(ADMIN), True, False),
        (_archive(ADMIN), False, True),
        (_archive(ADMIN, is_archived=False), False, False),
    ):
        events = lists.events(work)
        assert [(type(one), one.is_pinned, one.is_archived) for one in events if isinstance(one, ChatMoved)] == [
            (ChatMoved, is_pinned, is_archived)
        ]
        assert heard_by(events, LENA) == events
        assert heard_by(events, ADMIN) == []
        assert lists.events(work) == []


def test_a_chat_that_was_deleted_is_in_no_order(lists: School) -> None:
    lists.write(_archive(OWNER))
    lists.write(delete_chat(LENA, OWNER))
    assert _archived(lists) == []
    for work in (_pin(OWNER), _archive(OWNER)):
        with pytest.raises(Conflict) as refusal:
            lists.write(work)
        assert refusal.value.code == "not_listed"


@pytest.mark.parametrize("who", [TOMAS, EXPERT])
def test_a_chat_of_others_is_not_there(lists: School, who: UserId) -> None:
    for work in (_pin(OWNER, who), _archive(OWNER, who)):
        with pytest.raises(NotFound):
            lists.write(work)


def test_a_mute_ends_by_itself_within_a_year(lists: School) -> None:
    for ahead in (timedelta(0), -HOUR, timedelta(days=367)):
        with pytest.raises(Invalid):
            lists.write(_mute(lists, OWNER, lists.clock.now() + ahead))
    lists.write(_mute(lists, OWNER, lists.clock.now() + HOUR))
    assert lists.opened(LENA, OWNER).line.row.muted_until == lists.clock.now() + HOUR
    lists.write(_mute(lists, OWNER, is_muted=False))
    assert lists.opened(LENA, OWNER).line.row.muted_until is None
