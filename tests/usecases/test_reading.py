"""Reading: the mark goes forward only, and the badge with it (§6)."""

import pytest

from hallway.domain.events import ConversationRead
from tests.school import ADMIN, LENA, OWNER, School, heard_by
from tests.usecases.deeds import badge, delete_chat, delete_mine, mark_read


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote three messages to Lena."""
    for body in ("One", "Two", "Three"):
        school.say(ADMIN, LENA, body)
    return school


def _mark(school: School) -> int:
    """How far Lena read, as Adam sees it."""
    return school.opened(ADMIN, LENA).line.row.conversation.members[LENA].read_seq


def test_reading_to_the_end_leaves_nothing_unread(talk: School) -> None:
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (3, 1)
    talk.write(mark_read(LENA, ADMIN, 3))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (0, 0)


@pytest.mark.parametrize(("seq", "left"), [(1, 2), (2, 1), (3, 0)])
def test_reading_a_part_leaves_the_rest_unread(talk: School, seq: int, left: int) -> None:
    talk.write(mark_read(LENA, ADMIN, seq))
    assert (talk.unread(LENA, ADMIN), _mark(talk)) == (left, seq)
    assert badge(talk, LENA) == (1 if left else 0)


@pytest.mark.parametrize("seq", [2, 1, 0, -5])
def test_the_mark_never_goes_backward(talk: School, seq: int) -> None:
    talk.write(mark_read(LENA, ADMIN, 2))
    before = talk.everything()
    assert talk.events(mark_read(LENA, ADMIN, seq)) == []
    assert talk.everything() == before


def test_nobody_reads_what_is_not_yet_written(talk: School) -> None:
    talk.write(mark_read(LENA, ADMIN, 1_000))
    assert _mark(talk) == 3
    talk.say(ADMIN, LENA, "Four")
    assert talk.unread(LENA, ADMIN) == 1


def test_my_reading_is_not_the_other_s(talk: School) -> None:
    talk.say(LENA, ADMIN)
    talk.write(mark_read(LENA, ADMIN, 4))
    assert talk.unread(ADMIN, LENA) == 1


def test_the_badge_counts_chats_and_not_messages(talk: School) -> None:
    talk.say(OWNER, LENA)
    assert badge(talk, LENA) == 2
    talk.write(mark_read(LENA, ADMIN, 3))
    assert badge(talk, LENA) == 1


def test_answering_without_reading_leaves_what_was_unread(talk: School) -> None:
    talk.say(LENA, ADMIN, "Later")
    assert talk.unread(LENA, ADMIN) == 3


def test_both_hear_how_far_the_reader_is_and_no_one_else(talk: School) -> None:
    events = talk.events(mark_read(LENA, ADMIN, 2))
    (event,) = events
    assert isinstance(event, ConversationRead)
    assert (event.user_id, event.read_seq) == (LENA, 2)
    assert heard_by(events, ADMIN) == heard_by(events, LENA) == events
    assert heard_by(events, OWNER) == []


def test_reading_does_not_move_the_chat_in_the_list(talk: School) -> None:
    talk.say(OWNER, LENA)
    talk.write(mark_read(LENA, ADMIN, 3))
    assert talk.listed(LENA) == [OWNER, ADMIN]


def test_reading_past_a_deleted_message_counts_it_neither_way(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 2))
    talk.write(mark_read(LENA, ADMIN, 1))
    assert talk.unread(LENA, ADMIN) == 1


def test_after_delete_chat_only_the_new_message_is_unread(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    assert badge(talk, LENA) == 0
    talk.say(ADMIN, LENA, "Four")
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (1, 1)
    talk.write(mark_read(LENA, ADMIN, 4))
    assert (talk.unread(LENA, ADMIN), badge(talk, LENA)) == (0, 0)
