"""Replying: a message quotes another one by its number, and each reader sees of that what they see of it anyway (§15)."""

import pytest

from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.messaging import conversations
from tests.school import ADMIN, LENA, NILS, OWNER, School, actor, dialog
from tests.usecases.deeds import delete_chat, delete_for_everyone, delete_mine, edit, undo


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote 1, Lena 2, and sixty more from Adam lie between these and what comes."""
    school.say(ADMIN, LENA, "One")
    school.say(LENA, ADMIN, "Two")
    for number in range(60):
        school.say(ADMIN, LENA, f"More {number}")
    return school


def _quoted(school: School, reader: object, other: object) -> list[tuple[int, str]]:
    history = school.opened(reader, other).history  # type: ignore[arg-type]  # users of the cast
    return [(one.seq, one.body) for one in history.quoted]


def test_a_reply_names_what_it_quotes_and_both_read_it(talk: School) -> None:
    posted = talk.say(LENA, ADMIN, "Yes", reply_to=1)
    assert posted.message.reply_to == 1
    assert _quoted(talk, ADMIN, LENA) == _quoted(talk, LENA, ADMIN) == [(1, "One")]


def test_what_stands_on_the_page_is_not_given_twice(talk: School) -> None:
    talk.say(LENA, ADMIN, "To the last one", reply_to=62)
    assert _quoted(talk, ADMIN, LENA) == []


def test_a_reply_to_a_reply_quotes_that_reply_alone(talk: School) -> None:
    first = talk.say(LENA, ADMIN, "Yes", reply_to=1).message
    for number in range(60):
        talk.say(ADMIN, LENA, f"Still more {number}")
    talk.say(ADMIN, LENA, "Good", reply_to=first.seq)
    assert _quoted(talk, LENA, ADMIN) == [(first.seq, "Yes")]


def test_a_quote_follows_an_edit_and_goes_with_delete_for_everyone(talk: School) -> None:
    talk.say(LENA, ADMIN, "Yes", reply_to=1)
    talk.write(edit(ADMIN, LENA, 1, "Won", talk.clock))
    assert _quoted(talk, LENA, ADMIN) == [(1, "Won")]
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert _quoted(talk, LENA, ADMIN) == [(1, "")]


def test_a_quote_of_my_deleted_copy_is_gone_for_me_alone_until_undo(talk: School) -> None:
    talk.say(LENA, ADMIN, "Yes", reply_to=1)
    talk.write(delete_mine(LENA, ADMIN, 1))
    assert _quoted(talk, LENA, ADMIN) == []
    assert _quoted(talk, ADMIN, LENA) == [(1, "One")]
    talk.write(undo(LENA, ADMIN, 1))
    assert _quoted(talk, LENA, ADMIN) == [(1, "One")]


def test_a_quote_from_before_i_deleted_the_chat_is_gone_for_me(talk: School) -> None:
    talk.write(delete_chat(LENA, ADMIN))
    talk.say(ADMIN, LENA, "As I said", reply_to=1)
    history = talk.opened(LENA, ADMIN).history
    assert [(one.body, one.reply_to) for one in history.messages] == [("As I said", 1)]
    assert history.quoted == []
    known = talk.opened(LENA, ADMIN).line.row.conversation
    missed = talk.read(
        lambda tx: conversations.missed(tx, actor(LENA), conversation_id=known.id, rev=known.rev - 1, own_rev=9)
    )
    assert [one.reply_to for one in missed.changes.messages] == [1]
    assert missed.quoted == []


def test_every_way_to_read_brings_the_quotes(talk: School) -> None:
    seq = talk.say(LENA, ADMIN, "Yes", reply_to=1).message.seq
    chat = dialog(LENA, ADMIN)
    pages = [
        talk.read(lambda tx: conversations.newer(tx, actor(ADMIN), conversation_id=chat, after=seq - 1)),
        talk.read(lambda tx: conversations.around(tx, actor(ADMIN), conversation_id=chat, seq=seq)),
        talk.read(lambda tx: conversations.history(tx, actor(ADMIN), conversation_id=chat, before=seq + 1)),
        talk.read(lambda tx: conversations.missed(tx, actor(ADMIN), conversation_id=chat, rev=seq - 1, own_rev=0)),
    ]
    assert [[one.seq for one in page.quoted] for page in pages] == [[1]] * 4
    found = talk.read(lambda tx: conversations.message(tx, actor(ADMIN), conversation_id=chat, seq=1))
    assert found.message.body == "One"


def test_what_one_does_not_see_one_does_not_quote(talk: School) -> None:
    (beyond,) = talk.attempt(talk.command(LENA, ADMIN, "Of the future", reply_to=63))
    assert isinstance(beyond, NotFound)
    talk.write(delete_mine(LENA, ADMIN, 1))
    (hidden,) = talk.attempt(talk.command(LENA, ADMIN, "Of what I deleted", reply_to=1))
    assert isinstance(hidden, NotFound)
    talk.write(delete_chat(LENA, ADMIN))
    (cleared,) = talk.attempt(talk.command(LENA, ADMIN, "Of what I emptied", reply_to=2))
    assert isinstance(cleared, NotFound)
    (first,) = talk.attempt(talk.command(OWNER, NILS, "Of nothing", reply_to=1))
    assert isinstance(first, NotFound)


def test_what_was_deleted_for_everyone_may_still_be_answered(talk: School) -> None:
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert talk.say(LENA, ADMIN, "What was that?", reply_to=1).message.reply_to == 1


def test_a_key_used_for_another_quote_is_a_conflict(talk: School) -> None:
    one, other = (talk.command(LENA, ADMIN, "Yes", key="a key", reply_to=seq) for seq in (1, 2))
    first, again, wrong = talk.attempt(one, one, other)
    assert first == again
    assert isinstance(wrong, Conflict)


def test_a_single_message_is_read_by_who_sees_it(talk: School) -> None:
    chat = dialog(LENA, ADMIN)
    talk.write(delete_mine(LENA, ADMIN, 1))
    for reader, seq in ((LENA, 1), (LENA, 63), (NILS, 2)):
        with pytest.raises(NotFound):
            talk.read(
                lambda tx, reader=reader, seq=seq: conversations.message(
                    tx, actor(reader), conversation_id=chat, seq=seq
                )
            )
