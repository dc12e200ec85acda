"""Delete chat: mine goes, the other's stays, and a later message brings the dialog back with that message only (§7)."""

import pytest

from hallway.domain.ids import UserId
from hallway.usecases.messaging import conversations
from tests.school import ADMIN, LENA, OWNER, School, actor, dialog, partners
from tests.usecases.deeds import badge, delete_chat, delete_mine, preview_text


@pytest.fixture
def talk(school: School) -> School:
    """Adam and Lena wrote one message each; then the owner wrote to Lena."""
    school.say(ADMIN, LENA, "One")
    school.say(LENA, ADMIN, "Two")
    school.say(OWNER, LENA, "Good morning")
    return school


def test_it_leaves_my_list_and_its_history_is_gone_for_me(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    assert talk.listed(LENA) == [OWNER]
    assert (talk.bodies(LENA, ADMIN), preview_text(talk, LENA, ADMIN)) == ([], None)


def test_the_other_person_keeps_theirs(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    assert talk.listed(ADMIN) == [LENA]
    assert talk.bodies(ADMIN, LENA) == ["One", "Two"]
    assert talk.unread(ADMIN, LENA) == 1


def test_its_unread_messages_leave_the_badge(talk: School) -> None:
    assert badge(talk, LENA) == 2
    talk.write(delete_chat(LENA, ADMIN))
    assert (badge(talk, LENA), talk.unread(LENA, ADMIN)) == (1, 0)


@pytest.mark.parametrize("writer", [ADMIN, LENA])
def test_a_later_message_brings_it_back_on_top_with_that_message_only(talk: School, writer: UserId) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(writer, ADMIN if writer == LENA else LENA, "Three")
    assert talk.listed(LENA) == [ADMIN, OWNER]
    assert talk.bodies(LENA, ADMIN) == ["Three"]
    assert talk.bodies(ADMIN, LENA) == ["One", "Two", "Three"]
    assert talk.unread(LENA, ADMIN) == (1 if writer == ADMIN else 0)


def test_older_pages_and_search_find_nothing_of_what_is_gone(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(ADMIN, LENA, "Three")
    chat = dialog(LENA, ADMIN)
    page = talk.read(lambda tx: conversations.history(tx, actor(LENA), conversation_id=chat, before=3))
    assert (list(page.messages), page.older) == ([], False)
    for text, found in (("One", []), ("Three", [ADMIN])):
        searched = talk.read(
            lambda tx, words=text: conversations.chats(tx, actor(LENA), before=None, limit=9, text=words)
        )
        assert partners(searched) == found


def test_a_learner_who_deleted_the_chat_may_still_reply(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    assert talk.standing(LENA, ADMIN).is_open
    assert talk.refusal(LENA, ADMIN) is None


def test_deleting_the_row_after_its_only_message_was_deleted_works_too(talk: School) -> None:
    talk.write(delete_mine(LENA, OWNER, 1))
    talk.write(delete_chat(LENA, OWNER))
    assert talk.listed(LENA) == [ADMIN]


def test_both_may_delete_it_and_find_only_what_came_after(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(ADMIN, LENA, "Three")
    talk.write(delete_chat(ADMIN, LENA))
    talk.say(LENA, ADMIN, "Four")
    assert talk.bodies(LENA, ADMIN) == ["Three", "Four"]
    assert talk.bodies(ADMIN, LENA) == ["Four"]


def test_deleting_it_again_takes_what_came_since(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(ADMIN, LENA, "Three")
    talk.write(delete_chat(LENA, ADMIN))
    assert (talk.bodies(LENA, ADMIN), talk.listed(LENA)) == ([], [OWNER])
    talk.say(ADMIN, LENA, "Four")
    assert talk.bodies(LENA, ADMIN) == ["Four"]
