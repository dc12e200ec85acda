"""Marking unread: mine alone, on all of my devices; what the other person sees as read stays (§12)."""

import pytest

from hallway.domain.events import ConversationRead, MessagePosted, UnreadMarked
from hallway.domain.people import State
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.messaging import reading
from tests.school import ADMIN, LENA, OWNER, School, actor, dialog, heard_by
from tests.usecases.deeds import (
    badge,
    delete_chat,
    delete_for_everyone,
    delete_mine,
    mark_read,
    mark_unread,
    undo,
)


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote 1, 2 and 3, Lena read them and answered with 4; then he wrote 5, which she read as well."""
    for body in ("One", "Two", "Three"):
        school.say(ADMIN, LENA, body)
    school.say(LENA, ADMIN, "Thank you")
    school.say(ADMIN, LENA, "Five")
    school.write(mark_read(LENA, ADMIN, 5))
    return school


def _mark(school: School) -> int:
    """How far Lena read, as Adam sees it."""
    return school.opened(ADMIN, LENA).line.row.conversation.members[LENA].read_seq


def _unread_from(school: School) -> int | None:
    return school.opened(LENA, ADMIN).line.row.conversation.members[LENA].unread_from


@pytest.mark.parametrize(("seq", "unread_from", "count"), [(1, 1, 4), (3, 3, 2), (4, 4, 1), (5, 5, 1), (None, 5, 1)])
def test_the_other_s_messages_from_there_on_are_unread(
    talk: School, seq: int | None, unread_from: int, count: int
) -> None:
    talk.write(mark_unread(LENA, ADMIN, seq))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (count, 1)
    assert _unread_from(talk) == unread_from


def test_from_my_own_last_message_it_is_the_other_s_newest(talk: School) -> None:
    talk.say(LENA, ADMIN, "Six")
    talk.write(mark_unread(LENA, ADMIN, 6))
    assert (_unread_from(talk), talk.unread(LENA, ADMIN)) == (5, 1)


def test_what_the_other_sees_as_read_stays_and_nobody_else_hears_of_it(talk: School) -> None:
    before = talk.opened(ADMIN, LENA)
    events = talk.events(mark_unread(LENA, ADMIN, 1))
    assert [type(one) for one in events] == [UnreadMarked]
    assert heard_by(events, LENA) == events
    assert heard_by(events, ADMIN) == heard_by(events, OWNER) == []
    after = talk.opened(ADMIN, LENA)
    assert _mark(talk) == 5
    assert after.line.row.conversation.rev == before.line.row.conversation.rev
    assert after.line.row.conversation.members[ADMIN] == before.line.row.conversation.members[ADMIN]


def test_reading_it_again_is_nobody_else_s_news(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    events = talk.events(mark_read(LENA, ADMIN, 5))
    assert [type(one) for one in events] == [UnreadMarked]
    assert heard_by(events, ADMIN) == []
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA), _unread_from(talk)) == (0, 0, None)


def test_reading_what_is_new_behind_a_mark_tells_each_what_concerns_them(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.say(ADMIN, LENA, "Six")
    assert talk.unread(LENA, ADMIN) == 5
    events = talk.events(mark_read(LENA, ADMIN, 6))
    assert [type(one) for one in heard_by(events, LENA)] == [ConversationRead, UnreadMarked]
    assert [type(one) for one in heard_by(events, ADMIN)] == [ConversationRead]
    assert (talk.unread(LENA, ADMIN), _unread_from(talk), _mark(talk)) == (0, None, 6)


def test_reading_a_part_again_leaves_the_rest_unread(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.write(mark_read(LENA, ADMIN, 2))
    assert (talk.unread(LENA, ADMIN), _unread_from(talk), _mark(talk)) == (2, 3, 5)


def test_a_read_from_before_the_mark_changes_nothing(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 3))
    before = talk.everything()
    assert talk.events(mark_read(LENA, ADMIN, 2)) == []
    assert talk.everything() == before


def test_marking_again_changes_nothing_and_another_mark_replaces_the_first(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 3))
    before = talk.everything()
    assert talk.events(mark_unread(LENA, ADMIN, 3)) == []
    assert talk.everything() == before
    talk.write(mark_unread(LENA, ADMIN, 5))
    assert (talk.unread(LENA, ADMIN), _unread_from(talk)) == (1, 5)


def test_what_was_never_read_stays_unread_without_a_mark(talk: School) -> None:
    talk.say(ADMIN, LENA, "Six")
    assert talk.events(mark_unread(LENA, ADMIN, 6)) == []
    assert (talk.unread(LENA, ADMIN), _unread_from(talk)) == (1, None)


def test_answering_ends_the_mark(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.say(LENA, ADMIN, "Here you are")
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA), _unread_from(talk)) == (0, 0, None)


def test_answering_tells_ones_own_devices_that_the_mark_ended(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.told.clear()
    talk.say(LENA, ADMIN, "Here you are")
    events = talk.told
    assert [type(one) for one in heard_by(events, LENA)] == [UnreadMarked, MessagePosted]
    assert [type(one) for one in heard_by(events, ADMIN)] == [MessagePosted]


def test_answering_leaves_what_was_never_read(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.say(ADMIN, LENA, "Six")
    talk.say(LENA, ADMIN, "Later")
    assert (talk.unread(LENA, ADMIN), _mark(talk)) == (1, 5)


def test_the_other_s_answer_leaves_the_mark(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 5))
    talk.say(ADMIN, LENA, "Six")
    assert (talk.unread(LENA, ADMIN), _unread_from(talk)) == (2, 5)


def test_a_deleted_message_is_not_counted_and_comes_back_with_undo(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 5))
    talk.write(delete_mine(LENA, ADMIN, 5))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (0, 0)
    talk.write(undo(LENA, ADMIN, 5))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (1, 1)
    talk.write(delete_for_everyone(ADMIN, LENA, 5, talk.clock))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (0, 0)


def test_delete_chat_takes_the_mark_with_it(talk: School) -> None:
    talk.write(mark_unread(LENA, ADMIN, 1))
    talk.write(delete_chat(LENA, ADMIN))
    assert (badge(talk, LENA), _unread_from(talk)) == (0, None)
    talk.say(ADMIN, LENA, "Six")
    assert talk.unread(LENA, ADMIN) == 1


def test_a_message_that_i_do_not_see_is_not_there_to_mark(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 2))
    before = talk.everything()
    for seq in (2, 6, 1_000):
        with pytest.raises(NotFound, match="message"):
            talk.write(mark_unread(LENA, ADMIN, seq))
    assert talk.everything() == before
    talk.write(delete_chat(LENA, ADMIN))
    with pytest.raises(NotFound, match="message"):
        talk.write(mark_unread(LENA, ADMIN, 1))


def test_where_the_other_wrote_nothing_there_is_nothing_to_mark(talk: School) -> None:
    talk.say(ADMIN, LENA, "Six")
    for seq in (1, 2, 3, 5, 6):
        talk.write(delete_mine(LENA, ADMIN, seq))
    for seq in (4, None):
        with pytest.raises(Conflict) as refusal:
            talk.write(mark_unread(LENA, ADMIN, seq))
        assert refusal.value.code == "nothing_to_mark"


def test_a_stranger_finds_no_chat(talk: School) -> None:
    before = talk.everything()
    with pytest.raises(NotFound, match="conversation"):
        talk.write(lambda tx: reading.mark_unread(tx, actor(OWNER), conversation_id=dialog(LENA, ADMIN)))
    assert talk.everything() == before


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_it_needs_no_open_standing(talk: School, state: State) -> None:
    talk.set_state(ADMIN, state)
    talk.write(mark_unread(LENA, ADMIN))
    assert talk.unread(LENA, ADMIN) == 1
