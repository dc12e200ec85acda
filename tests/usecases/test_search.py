"""Search in three groups: my chats, people whom I may write to, and messages that I see now (rules §3, §10, §11)."""

import pytest

from hallway.domain.ids import UserId
from hallway.domain.people import State
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations, search
from hallway.usecases.messaging.conversations import delete_chat
from hallway.usecases.messaging.messages import delete_for_everyone, delete_mine
from tests.school import ADMIN, EXPERT, LENA, NILS, OWNER, TOMAS, School, actor


def everything(school: School, who: UserId, text: str, limit: int = 10) -> search.Results:
    """What somebody finds."""
    return school.read(lambda tx: search.everything(tx, actor(who), text=text, limit=limit))


def said(school: School, who: UserId, text: str) -> list[str]:
    """The messages that somebody finds."""
    return [one.message.body for one in everything(school, who, text).messages.found]


def test_each_group_has_its_own(school: School) -> None:
    school.say(OWNER, LENA, "Ask Tomas about it")
    found = everything(school, OWNER, "tomas")
    assert found.chats.found == []
    assert [card.user.id for card, _ in found.people.found] == [TOMAS]
    (hit,) = found.messages.found
    assert (hit.row.title, hit.spans, hit.excerpt.text) == ("Lena Löwe", [(4, 9)], "Ask Tomas about it")


def test_a_person_stands_among_the_chats_once_there_is_one(school: School) -> None:
    conversation_id = school.say(OWNER, LENA, "Hello").message.conversation_id
    found = everything(school, OWNER, "löwe")
    assert [(line.row.title, at) for line, at in found.chats.found] == [("Lena Löwe", [(5, 9)])]
    assert found.people.found == []
    school.write(lambda tx: delete_chat(tx, actor(OWNER), conversation_id=conversation_id))
    found = everything(school, OWNER, "lowe")
    assert found.chats.found == []
    assert [card.user.id for card, _ in found.people.found] == [LENA]


def test_people_are_those_whom_one_may_write_to_first(school: School) -> None:
    assert [card.user.id for card, _ in everything(school, LENA, "e").people.found] == [EXPERT]
    assert everything(school, TOMAS, "e").people.found == []
    school.set_state(EXPERT, State.INACTIVE)
    assert everything(school, LENA, "e").people.found == []


def test_nobody_finds_what_others_wrote(school: School) -> None:
    school.say(OWNER, LENA, "needle")
    assert said(school, LENA, "needle") == ["needle"]
    assert said(school, ADMIN, "needle") == []


def test_what_one_deleted_is_found_by_the_other_alone(school: School) -> None:
    conversation_id = school.say(OWNER, LENA, "needle one").message.conversation_id
    school.say(OWNER, LENA, "needle two")
    school.write(lambda tx: delete_mine(tx, actor(LENA), conversation_id=conversation_id, seq=1))
    assert said(school, LENA, "needle") == ["needle two"]
    school.write(lambda tx: delete_chat(tx, actor(LENA), conversation_id=conversation_id))
    assert said(school, LENA, "needle") == []
    assert said(school, OWNER, "needle") == ["needle two", "needle one"]


def test_what_was_deleted_for_everyone_is_found_by_nobody(school: School) -> None:
    conversation_id = school.say(OWNER, LENA, "needle").message.conversation_id
    school.write(
        lambda tx: delete_for_everyone(
            tx, actor(OWNER), conversation_id=conversation_id, seq=1, clock=school.clock, ids=school.ids
        )
    )
    assert said(school, OWNER, "needle") == said(school, LENA, "needle") == []


@pytest.mark.parametrize("text", ["", "  ", "\u0301", "\u00ad"])
def test_nothing_to_look_for_finds_nothing(school: School, text: str) -> None:
    school.say(OWNER, LENA, "needle")
    found = everything(school, OWNER, text)
    assert (found.chats.found, found.people.found, found.messages.found) == ([], [], [])


def test_groups_that_stop_say_so_and_go_on(school: School) -> None:
    for number in range(3):
        school.say(OWNER, LENA, f"needle {number}")
    page = everything(school, OWNER, "needle", limit=2).messages
    assert page.next is not None
    rest = school.read(
        lambda tx: search.messages(tx, actor(OWNER), text="needle", within=None, behind=page.next, limit=2)
    )
    assert (len(page.found), len(rest.found), rest.next) == (2, 1, None)
    people = everything(school, OWNER, "a", limit=1).people
    assert people.next is not None
    more = school.read(lambda tx: search.people(tx, actor(OWNER), text="a", after=people.next, limit=100))
    assert not {card.user.id for card, _ in more.found} & {card.user.id for card, _ in people.found}


def test_one_chat_is_searched_by_its_members(school: School) -> None:
    conversation_id = school.say(OWNER, LENA, "needle").message.conversation_id
    school.say(OWNER, NILS, "needle")

    def within(who: UserId) -> int:
        found = school.read(
            lambda tx: search.messages(tx, actor(who), text="needle", within=conversation_id, behind=None, limit=9)
        )
        return len(found.found)

    assert within(OWNER) == within(LENA) == 1
    with pytest.raises(NotFound):
        within(NILS)


def test_history_opens_around_a_message_and_goes_on_in_both_directions(school: School) -> None:
    for number in range(1, 10):
        conversation_id = school.say(OWNER, LENA, str(number)).message.conversation_id
    here = conversation_id

    def seqs(found: conversations.History) -> tuple[list[int], bool, bool]:
        return [one.seq for one in found.messages], found.older, found.newer

    lena = actor(LENA)
    school.write(lambda tx: delete_mine(tx, lena, conversation_id=here, seq=4))
    around = school.read(lambda tx: conversations.around(tx, lena, conversation_id=here, seq=5, limit=4))
    assert seqs(around) == ([2, 3, 5, 6], True, True)
    newer = school.read(lambda tx: conversations.newer(tx, lena, conversation_id=here, after=6, limit=4))
    assert seqs(newer) == ([7, 8, 9], True, False)
    older = school.read(lambda tx: conversations.history(tx, lena, conversation_id=here, before=2, limit=4))
    assert seqs(older) == ([1], False, False)
    only = school.read(lambda tx: conversations.around(tx, lena, conversation_id=here, seq=1, limit=1))
    assert seqs(only) == ([1], False, True)
    with pytest.raises(NotFound):
        school.read(lambda tx: conversations.around(tx, actor(NILS), conversation_id=here, seq=1))
