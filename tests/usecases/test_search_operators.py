"""What the operators of a query find: people and chats of mine by their names, a day where I am (rules §11)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.ids import UserId
from hallway.usecases.messaging import arranging, search
from hallway.usecases.messaging.conversations import delete_chat
from tests.school import EXPERT, LENA, NILS, OWNER, SCHOOL, TOMAS, School, actor, dialog


@pytest.fixture
def talkative(school: School) -> School:
    """The owner writes to three people, and one answers."""
    said = [
        (OWNER, LENA, "the exam is on Monday"),
        (LENA, OWNER, "which exam?"),
        (OWNER, TOMAS, "the exam of Lena"),
        (OWNER, NILS, "hello"),
    ]
    for sender, to, text in said:
        school.say(sender, to, text)
        school.clock.wait(timedelta(seconds=1))
    return school


def said(school: School, who: UserId, text: str) -> list[str]:
    """The messages that somebody finds."""
    found = school.read(lambda tx: search.everything(tx, actor(who), text=text, limit=10))
    return [one.message.body for one in found.messages.found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("exam from:lena", ["which exam?"]),
        ('exam from:"lena lowe"', ["which exam?"]),
        ("exam from:me", ["the exam of Lena", "the exam is on Monday"]),
        ("exam from:olga", ["the exam of Lena", "the exam is on Monday"]),
        ("from:lena", ["which exam?"]),
        ("exam in:lena", ["which exam?", "the exam is on Monday"]),
        ("in:lena from:me", ["the exam is on Monday"]),
        ("exam in:lena in:tomas from:me", ["the exam of Lena", "the exam is on Monday"]),
        ("exam from:nobody", []),
        ("exam in:eva", []),
        ("exam has:file", []),
        ("has:file", []),
        ("exam before:2026", []),
        ("hello before:2026-03-03", ["hello"]),
        ("hello before:2026-03-02", []),
    ],
)
def test_operators_narrow_it_down(talkative: School, typed: str, found: list[str]) -> None:
    assert said(talkative, OWNER, typed) == found


def test_with_an_operator_only_messages_are_searched(talkative: School) -> None:
    found = talkative.read(lambda tx: search.everything(tx, actor(OWNER), text="eva from:lena", limit=10))
    assert (found.chats.found, found.people.found) == ([], [])
    found = talkative.read(lambda tx: search.everything(tx, actor(OWNER), text='"lena" löwe', limit=10))
    assert [line.row.title for line, _ in found.chats.found] == ["Lena Löwe"]


def test_a_name_that_i_have_no_chat_with_finds_nothing_and_tells_nothing(talkative: School) -> None:
    assert said(talkative, LENA, "from:tomas") == said(talkative, LENA, "from:nobody") == []
    assert said(talkative, EXPERT, "in:lena") == []
    chat = talkative.say(OWNER, LENA, "bye").message.conversation_id
    talkative.write(lambda tx: delete_chat(tx, actor(OWNER), conversation_id=chat))
    assert said(talkative, OWNER, "in:lena") == said(talkative, OWNER, "exam from:lena") == []


def test_names_of_archived_chats_are_known(talkative: School) -> None:
    before = [said(talkative, OWNER, typed) for typed in ("exam in:lena", "from:lena")]
    chat = dialog(OWNER, LENA)
    talkative.write(lambda tx: arranging.archive(tx, actor(OWNER), conversation_id=chat, is_archived=True))
    assert [said(talkative, OWNER, typed) for typed in ("exam in:lena", "from:lena")] == before
    assert all(before)


def test_a_day_begins_where_i_am(school: School) -> None:
    school.clock.moment += timedelta(hours=12)  # midnight in UTC, the next day in Tokyo
    school.clock.moment -= timedelta(minutes=1)
    school.say(OWNER, LENA, "late")
    assert said(school, OWNER, "late before:2026-03-03") == ["late"]
    owner = school.read(lambda tx: tx.people.find(SCHOOL, OWNER))
    assert owner is not None
    school.write(lambda tx: tx.people.save([replace(owner, time_zone="Asia/Tokyo")]))
    assert said(school, OWNER, "late before:2026-03-03") == []
    assert said(school, OWNER, "late before:2026-03-04") == ["late"]
