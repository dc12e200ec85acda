"""Editing: as long as it is offered, seen by those who see the message, with what it said before (§15)."""

from datetime import timedelta

import pytest

from hallway.domain.ids import ConversationId
from hallway.domain.messages import MAX_BODY, MOST_EDITS, Version
from hallway.domain.verdicts import Denial
from hallway.usecases.accounts import settings
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging import conversations, editing, search
from hallway.usecases.notifications.compose import unread
from tests.school import ADMIN, EXPERT, LENA, NILS, NOON, OWNER, SCHOOL, School, actor, dialog, heard_by
from tests.usecases.deeds import (
    badge,
    delete_chat,
    delete_for_everyone,
    delete_mine,
    edit,
    mark_read,
    preview_text,
    react,
    undo,
)

DAY, MINUTE = timedelta(hours=24), timedelta(minutes=1)


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote 1 and 3, Lena wrote 2; both chats with others lie below and above."""
    school.say(ADMIN, LENA, "One")
    school.say(LENA, ADMIN, "Two")
    school.say(ADMIN, LENA, "Three")
    school.say(OWNER, LENA, "Elsewhere")
    return school


def _versions(school: School, seq: int) -> list[Version]:
    chat = dialog(LENA, ADMIN)
    return list(school.read(lambda tx: editing.versions(tx, actor(LENA), conversation_id=chat, seq=seq)))


def test_an_edit_gives_both_the_new_text_and_keeps_what_it_said(talk: School) -> None:
    talk.clock.wait(MINUTE)
    talk.write(edit(ADMIN, LENA, 1, "Won", talk.clock))
    talk.clock.wait(MINUTE)
    talk.write(edit(ADMIN, LENA, 1, "One!", talk.clock))
    assert talk.bodies(LENA, ADMIN) == talk.bodies(ADMIN, LENA) == ["One!", "Two", "Three"]
    first = talk.opened(LENA, ADMIN).history.messages[0]
    assert (first.edited_at, first.sent_at) == (NOON + 2 * MINUTE, NOON)
    assert _versions(talk, 1) == [Version(1, "One", NOON), Version(2, "Won", NOON + MINUTE)]
    assert _versions(talk, 2) == []


def test_an_edit_moves_no_chat_and_leaves_nothing_unread(talk: School) -> None:
    talk.write(mark_read(LENA, ADMIN, 3))
    listed, unread_before = talk.listed(LENA), badge(talk, LENA)
    talk.write(edit(ADMIN, LENA, 3, "Four", talk.clock))
    assert (talk.listed(LENA), badge(talk, LENA), talk.unread(LENA, ADMIN)) == (listed, unread_before, 0)
    assert preview_text(talk, LENA, ADMIN) == "Four"


def test_the_same_text_again_changes_nothing(talk: School) -> None:
    talk.write(edit(ADMIN, LENA, 1, "Won", talk.clock))
    before = talk.everything()
    assert talk.events(edit(ADMIN, LENA, 1, "Won", talk.clock)) == []
    assert talk.everything() == before


def test_an_edit_is_refused_after_the_window_and_of_another_s_message(talk: School) -> None:
    assert talk.denial(edit(LENA, ADMIN, 1, "Mine", talk.clock)) is Denial.NOT_YOUR_MESSAGE
    talk.clock.wait(DAY)
    talk.write(edit(ADMIN, LENA, 1, "In time", talk.clock))
    talk.clock.wait(timedelta(microseconds=1))
    assert talk.denial(edit(ADMIN, LENA, 1, "Too late", talk.clock)) is Denial.TOO_LATE


def test_an_edit_is_judged_as_a_send_is(talk: School) -> None:
    talk.switch(is_on=False)
    assert talk.denial(edit(ADMIN, LENA, 1, "Won", talk.clock)) is Denial.MESSAGING_OFF
    talk.switch(is_on=True)
    talk.write(edit(ADMIN, LENA, 1, "Won", talk.clock))


def test_a_message_is_edited_fifty_times(talk: School) -> None:
    for number in range(MOST_EDITS):
        talk.write(edit(ADMIN, LENA, 1, f"Try {number}", talk.clock))
    assert talk.denial(edit(ADMIN, LENA, 1, "Once more", talk.clock)) is Denial.EDITS_FULL


@pytest.mark.parametrize("body", ["", " \n", "\x00", "x" * (MAX_BODY + 1)])
def test_a_text_that_may_not_be_sent_may_not_be_edited_in(talk: School, body: str) -> None:
    before = talk.everything()
    with pytest.raises(Invalid):
        talk.write(edit(ADMIN, LENA, 1, body, talk.clock))
    assert talk.everything() == before


def test_what_one_does_not_see_one_does_not_edit(talk: School) -> None:
    for seq in (0, 4, 99):
        with pytest.raises(NotFound, match="message"):
            talk.write(edit(ADMIN, LENA, seq, "Where?", talk.clock))
    with pytest.raises(NotFound, match="conversation"):
        talk.write(edit(NILS, ADMIN, 1, "Whose?", talk.clock))
    talk.write(delete_mine(ADMIN, LENA, 1))
    with pytest.raises(NotFound, match="message"):
        talk.write(edit(ADMIN, LENA, 1, "Back?", talk.clock))
    talk.write(delete_chat(ADMIN, LENA))
    with pytest.raises(NotFound, match="message"):
        talk.write(edit(ADMIN, LENA, 3, "Back?", talk.clock))


def test_what_was_deleted_for_everyone_is_not_edited_and_leaves_no_earlier_text(talk: School) -> None:
    talk.write(edit(ADMIN, LENA, 1, "A secret", talk.clock))
    talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert _versions(talk, 1) == []
    tables = repr(talk.everything())
    assert "A secret" not in tables
    assert "'One'" not in tables
    with pytest.raises(Conflict) as refused:
        talk.write(edit(ADMIN, LENA, 1, "Again", talk.clock))
    assert refused.value.code == "message_deleted"


# Nobody is sent a text that they do not see.


def test_an_edit_is_not_heard_by_who_deleted_their_copy_and_shown_with_undo(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 1))
    events = talk.events(edit(ADMIN, LENA, 1, "Changed", talk.clock))
    assert heard_by(events, LENA) == []
    assert len(heard_by(events, ADMIN)) == 1
    talk.write(undo(LENA, ADMIN, 1))
    assert talk.bodies(LENA, ADMIN)[0] == "Changed"


def test_an_edit_is_not_heard_by_who_deleted_the_chat(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    assert heard_by(talk.events(edit(ADMIN, LENA, 3, "Changed", talk.clock)), LENA) == []
    with pytest.raises(NotFound):
        _versions(talk, 3)


def test_outsiders_learn_nothing_of_what_it_said(talk: School) -> None:
    talk.write(edit(ADMIN, LENA, 1, "Changed", talk.clock))
    with pytest.raises(NotFound):
        talk.read(lambda tx: editing.versions(tx, actor(NILS), conversation_id=dialog(LENA, ADMIN), seq=1))
    with pytest.raises(NotFound):
        talk.read(lambda tx: editing.versions(tx, actor(EXPERT), conversation_id=ConversationId("nowhere"), seq=1))


# What follows an edit.


def test_a_client_that_was_away_catches_up_on_an_edit(talk: School) -> None:
    known = talk.opened(LENA, ADMIN).line.row.conversation
    talk.write(edit(ADMIN, LENA, 1, "Changed", talk.clock))
    own_rev = known.members[LENA].own_rev
    missed = talk.read(
        lambda tx: conversations.missed(tx, actor(LENA), conversation_id=known.id, rev=known.rev, own_rev=own_rev)
    )
    assert [(one.seq, one.body) for one in missed.changes.messages] == [(1, "Changed")]


def test_search_finds_the_new_text_and_not_the_old(talk: School) -> None:
    talk.write(edit(ADMIN, LENA, 1, "Łódź", talk.clock))

    def found(text: str) -> list[int]:
        page = talk.read(lambda tx: search.messages(tx, actor(LENA), text=text, within=None, behind=None, limit=9))
        return [one.message.seq for one in page.found]

    assert found("lodz") == [1]
    assert found("One") == []


def test_a_notification_that_is_not_written_yet_says_the_new_text(talk: School) -> None:
    talk.write(edit(ADMIN, LENA, 3, "Changed", talk.clock))
    chat = dialog(LENA, ADMIN)
    found = talk.read(lambda tx: tx.conversations.several(SCHOOL, [chat])[chat])
    side = found.members[LENA]
    assert [one.body for one in talk.read(lambda tx: unread(tx, found, side))] == ["One", "Changed"]


def test_a_retry_of_the_send_is_answered_with_the_message_as_it_is_now(talk: School) -> None:
    command = talk.command(ADMIN, LENA, "Once", key="a key of mine")
    talk.attempt(command)
    talk.write(edit(ADMIN, LENA, 4, "Edited", talk.clock))
    (again,) = talk.attempt(command)
    assert not isinstance(again, Exception)
    assert (again.message.seq, again.message.body) == (4, "Edited")
    (other,) = talk.attempt(talk.command(ADMIN, LENA, "Edited", key="a key of mine"))
    assert isinstance(other, Conflict)
    talk.write(delete_for_everyone(ADMIN, LENA, 4, talk.clock))
    (late,) = talk.attempt(command)
    assert not isinstance(late, Exception)
    assert late.message.is_deleted


def test_editing_ends_with_the_account_s_window(talk: School) -> None:
    short = settings.AccountPatch(delete_for_everyone=timedelta(0))
    talk.write(lambda tx: settings.change(tx, actor(ADMIN), changes=short))
    talk.write(edit(ADMIN, LENA, 1, "At once", talk.clock))
    talk.clock.wait(timedelta(microseconds=1))
    assert talk.denial(edit(ADMIN, LENA, 1, "Later", talk.clock)) is Denial.TOO_LATE
