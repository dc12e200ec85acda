"""Deleting messages: mine with Undo, and everyone's for as long as the account allows (§7)."""

from datetime import timedelta

import pytest

from hallway.domain.ids import ConversationId, UserId
from hallway.domain.verdicts import Denial
from hallway.usecases.accounts import settings
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations, messages, reading
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, NILS, NOON, OWNER, School, actor
from tests.usecases.deeds import (
    Work,
    delete_chat,
    delete_for_everyone,
    delete_mine,
    mark_read,
    preview,
    preview_text,
    undo,
)

DAY = timedelta(hours=24)
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote 1 and 3, Lena wrote 2."""
    school.say(ADMIN, LENA, "One")
    school.say(LENA, ADMIN, "Two")
    school.say(ADMIN, LENA, "Three")
    return school


# Delete message.


@pytest.mark.parametrize(("seq", "left"), [(1, ["Two", "Three"]), (2, ["One", "Three"]), (3, ["One", "Two"])])
def test_deleting_a_message_takes_my_copy_and_leaves_the_other_s(talk: School, seq: int, left: list[str]) -> None:
    talk.write(delete_mine(LENA, ADMIN, seq))
    assert talk.bodies(LENA, ADMIN) == left
    assert talk.bodies(ADMIN, LENA) == ["One", "Two", "Three"]


def test_undo_brings_my_copy_back_to_its_place(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 2))
    talk.write(undo(LENA, ADMIN, 2))
    assert talk.bodies(LENA, ADMIN) == ["One", "Two", "Three"]


def test_both_may_delete_their_copy_of_the_same_message(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 1))
    talk.write(delete_mine(ADMIN, LENA, 1))
    talk.write(undo(ADMIN, LENA, 1))
    assert talk.bodies(LENA, ADMIN) == ["Two", "Three"]
    assert talk.bodies(ADMIN, LENA) == ["One", "Two", "Three"]


def test_deleting_twice_is_deleting_once(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 1))
    before = talk.everything()
    assert talk.events(delete_mine(LENA, ADMIN, 1)) == []
    assert talk.everything() == before


def test_undoing_what_was_not_deleted_changes_nothing(talk: School) -> None:
    before = talk.everything()
    assert talk.events(undo(LENA, ADMIN, 1)) == []
    assert talk.everything() == before


def test_the_row_shows_the_newest_message_that_is_left(talk: School) -> None:
    seen = [preview_text(talk, LENA, ADMIN)]
    for seq in (3, 2, 1):
        talk.write(delete_mine(LENA, ADMIN, seq))
        seen.append(preview_text(talk, LENA, ADMIN))
    assert seen == ["Three", "Two", "One", None]
    assert preview_text(talk, ADMIN, LENA) == "Three"


def test_undo_of_the_newest_brings_the_row_s_text_back(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 3))
    talk.write(undo(LENA, ADMIN, 3))
    assert preview_text(talk, LENA, ADMIN) == "Three"


def test_a_chat_whose_every_message_i_deleted_stays_in_my_list(talk: School) -> None:
    for seq in (1, 2, 3):
        talk.write(delete_mine(LENA, ADMIN, seq))
    assert talk.listed(LENA) == [ADMIN]


def test_an_unread_message_that_i_delete_counts_no_longer_until_undo(talk: School) -> None:
    counts = [talk.unread(LENA, ADMIN)]
    for work in (delete_mine(LENA, ADMIN, 3), delete_mine(LENA, ADMIN, 2), undo(LENA, ADMIN, 3)):
        talk.write(work)
        counts.append(talk.unread(LENA, ADMIN))
    assert counts == [2, 1, 1, 2]


def test_undo_of_a_message_that_was_read_makes_nothing_unread(talk: School) -> None:
    talk.write(mark_read(LENA, ADMIN, 3))
    talk.write(delete_mine(LENA, ADMIN, 3))
    talk.write(undo(LENA, ADMIN, 3))
    assert talk.unread(LENA, ADMIN) == 0


@pytest.mark.parametrize("seq", [0, -1, 4])
def test_what_is_not_there_cannot_be_deleted(talk: School, seq: int) -> None:
    for work in (
        delete_mine(LENA, ADMIN, seq),
        undo(LENA, ADMIN, seq),
        delete_for_everyone(LENA, ADMIN, seq, talk.clock),
    ):
        with pytest.raises(NotFound, match="message"):
            talk.write(work)


def test_after_delete_chat_an_older_deleted_message_does_not_come_back(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 3))
    talk.write(delete_chat(LENA, ADMIN))
    with pytest.raises(NotFound, match="message"):
        talk.write(undo(LENA, ADMIN, 3))
    talk.say(ADMIN, LENA, "Four")
    assert talk.bodies(LENA, ADMIN) == ["Four"]


def test_after_delete_chat_the_newer_ones_are_deleted_and_undone_as_ever(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(ADMIN, LENA, "Four")
    talk.write(delete_mine(LENA, ADMIN, 4))
    assert (talk.bodies(LENA, ADMIN), talk.unread(LENA, ADMIN)) == ([], 0)
    talk.write(undo(LENA, ADMIN, 4))
    assert (talk.bodies(LENA, ADMIN), talk.unread(LENA, ADMIN)) == (["Four"], 1)


# Delete for everyone.


def test_deleting_for_everyone_leaves_a_line_without_text_on_both_sides(talk: School) -> None:
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    for reader, other in ((LENA, ADMIN), (ADMIN, LENA)):
        first = talk.opened(reader, other).history.messages[0]
        assert (first.seq, first.sender_id, first.body, first.deleted_at) == (1, ADMIN, "", NOON)
        assert talk.bodies(reader, other) == ["", "Two", "Three"]


def test_the_text_is_nowhere_any_more(talk: School) -> None:
    talk.write(delete_for_everyone(ADMIN, LENA, 3, talk.clock))
    assert "Three" not in repr(talk.everything().messages)
    assert "Two" in repr(talk.everything().messages)


def test_the_row_shows_the_line_of_the_newest_when_it_is_deleted_for_everyone(talk: School) -> None:
    talk.write(delete_for_everyone(ADMIN, LENA, 3, talk.clock))
    for reader, other in ((LENA, ADMIN), (ADMIN, LENA)):
        shown = preview(talk, reader, other)
        assert shown is not None
        assert (shown.seq, shown.is_deleted) == (3, True)


def test_an_unread_message_that_is_deleted_for_everyone_counts_no_longer(talk: School) -> None:
    assert talk.unread(LENA, ADMIN) == 2
    talk.write(delete_for_everyone(ADMIN, LENA, 3, talk.clock))
    assert (talk.unread(LENA, ADMIN), talk.unread(ADMIN, LENA)) == (1, 1)


def test_only_the_sender_deletes_for_everyone(talk: School) -> None:
    assert talk.denial(delete_for_everyone(LENA, ADMIN, 1, talk.clock)) is Denial.NOT_YOUR_MESSAGE
    assert talk.denial(delete_for_everyone(ADMIN, LENA, 2, talk.clock)) is Denial.NOT_YOUR_MESSAGE
    talk.write(delete_for_everyone(LENA, ADMIN, 2, talk.clock))
    assert talk.bodies(ADMIN, LENA) == ["One", "", "Three"]


@pytest.mark.parametrize("limit", [None, timedelta(0), timedelta(minutes=1), timedelta(days=30)])
def test_it_is_offered_for_as_long_as_the_account_allows(talk: School, limit: timedelta | None) -> None:
    if limit is not None:
        talk.write(
            lambda tx: settings.change(tx, actor(OWNER), changes=settings.AccountPatch(delete_for_everyone=limit))
        )
    talk.clock.wait(DAY if limit is None else limit)
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    talk.clock.wait(MOMENT)
    assert talk.denial(delete_for_everyone(ADMIN, LENA, 3, talk.clock)) is Denial.TOO_LATE


def test_when_it_is_too_late_my_own_copy_can_still_go(talk: School) -> None:
    talk.clock.wait(DAY + MOMENT)
    talk.write(delete_mine(ADMIN, LENA, 1))
    assert talk.bodies(ADMIN, LENA) == ["Two", "Three"]


def test_deleting_for_everyone_twice_is_once_even_when_the_time_is_over(talk: School) -> None:
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    talk.clock.wait(DAY + MOMENT)
    before = talk.everything()
    assert talk.events(delete_for_everyone(ADMIN, LENA, 1, talk.clock)) == []
    assert talk.everything() == before


def test_a_copy_that_i_deleted_stays_away_when_it_is_deleted_for_everyone(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 1))
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert (talk.bodies(LENA, ADMIN), talk.unread(LENA, ADMIN)) == (["Two", "Three"], 1)
    assert talk.bodies(ADMIN, LENA) == ["", "Two", "Three"]


def test_what_i_emptied_with_the_chat_is_no_longer_mine_to_delete_for_everyone(talk: School) -> None:
    talk.write(delete_chat(ADMIN, LENA))
    with pytest.raises(NotFound, match="message"):
        talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert talk.bodies(LENA, ADMIN) == ["One", "Two", "Three"]


def test_a_late_retry_of_a_message_deleted_for_everyone_does_not_bring_it_back(school: School) -> None:
    command = school.command(ADMIN, LENA, "Regretted", key="once")
    school.attempt(command)
    school.write(delete_for_everyone(ADMIN, LENA, 1, school.clock))
    school.attempt(command)
    assert school.bodies(LENA, ADMIN) == [""]


def test_a_question_deleted_for_everyone_keeps_its_course(school: School) -> None:
    school.say(LENA, EXPERT, "Why?", course_id=BIOLOGY)
    school.write(delete_for_everyone(LENA, EXPERT, 1, school.clock))
    assert school.opened(EXPERT, LENA).history.titles == {BIOLOGY: "Biology"}


# Others.


@pytest.mark.parametrize("outsider", [OWNER, NILS])
def test_outsiders_delete_nothing_whatever_their_role(talk: School, outsider: UserId) -> None:
    chat = talk.opened(LENA, ADMIN).line.row.conversation.id
    before = talk.everything()
    for work in _all_deletions_of(talk, outsider, chat):
        with pytest.raises(NotFound, match="conversation"):
            talk.write(work)
    assert talk.everything() == before


def _all_deletions_of(talk: School, who: UserId, chat: ConversationId) -> list[Work]:
    me = actor(who)
    return [
        lambda tx: messages.delete_mine(tx, me, conversation_id=chat, seq=1),
        lambda tx: messages.restore_mine(tx, me, conversation_id=chat, seq=1),
        lambda tx: messages.delete_for_everyone(tx, me, conversation_id=chat, seq=1, clock=talk.clock, ids=talk.ids),
        lambda tx: conversations.delete_chat(tx, me, conversation_id=chat),
        lambda tx: reading.mark_read(tx, me, conversation_id=chat, seq=1),
    ]
