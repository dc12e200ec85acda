"""A conversation of many, stored straight through the ports: every use-case of messaging works for it as for a dialog."""

from dataclasses import replace

import pytest

from hallway.domain.conversations import Conversation, ConversationKind, Member
from hallway.domain.events import ConversationRead, MessagePosted, Typing
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import State
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.messaging import conversations, messages, reading, search
from hallway.usecases.messaging.records import PARTICIPANTS_SHOWN
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.messaging.typing import typing
from tests.school import ADMIN, AUTHOR, DEAN, EXPERT, LENA, NILS, OWNER, SCHOOL, TOMAS, School, actor

GROUP = ConversationId("00000000-0000-7000-8000-0000000000ff")
MEMBERS = (OWNER, LENA, TOMAS)


def _begin(school: School, members: tuple[UserId, ...] = MEMBERS) -> None:
    sides = {one: Member(one) for one in members}
    group = Conversation(SCHOOL, GROUP, ConversationKind.GROUP, sides)
    school.write(lambda tx: tx.conversations.add([group]))


def _say(school: School, sender: UserId, body: str) -> Posted:
    (answer,) = school.attempt(Send(actor=actor(sender), body=body, key=school.ids.new(), to=GROUP))
    if isinstance(answer, Exception):
        raise answer
    return answer


def _opened(school: School, reader: UserId) -> conversations.Opened:
    return school.read(lambda tx: conversations.open_chat(tx, actor(reader), conversation_id=GROUP))


def test_all_of_them_read_and_answer_what_one_may_begin(school: School) -> None:
    _begin(school)
    with pytest.raises(Refused) as refused:
        _say(school, LENA, "May I begin?")
    assert refused.value.denial is Denial.NO_RELATION
    school.told.clear()
    _say(school, OWNER, "Hello, both")
    _say(school, LENA, "Hello")
    posted = [one for one in school.told if isinstance(one, MessagePosted)]
    assert [one.members for one in posted] == [frozenset(MEMBERS)] * 2
    opened = _opened(school, TOMAS)
    assert [(one.sender_id, one.body) for one in opened.history.messages] == [(OWNER, "Hello, both"), (LENA, "Hello")]
    assert (opened.standing.is_open, opened.office) == (True, None)
    row = opened.line.row
    assert [one.user.id for one in row.participants] == sorted([OWNER, LENA])
    assert (row.members_count, row.conversation.members[TOMAS].unread) == (3, 2)
    assert row.title == ", ".join(one.user.name for one in row.participants)


def test_it_stands_in_every_list_once_and_is_found_by_anybody_s_name(school: School) -> None:
    _begin(school)
    _say(school, OWNER, "Hello, both")
    for reader in MEMBERS:
        page = school.read(lambda tx, me=reader: conversations.chats(tx, actor(me), before=None, limit=9))
        assert [line.row.conversation.id for line in page.lines] == [GROUP]
    found = school.read(lambda tx: search.everything(tx, actor(LENA), text="tomas", limit=9))
    assert [line.row.conversation.id for line, _ in found.chats.found] == [GROUP]
    (hit,) = school.read(lambda tx: search.everything(tx, actor(LENA), text="both", limit=9)).messages.found
    assert (hit.message.body, hit.row.members_count) == ("Hello, both", 3)


def test_reading_and_typing_are_told_to_all_the_others(school: School) -> None:
    _begin(school)
    _say(school, OWNER, "Hello, both")
    events = school.events(lambda tx: reading.mark_read(tx, actor(LENA), conversation_id=GROUP, seq=1))
    (read,) = [one for one in events if isinstance(one, ConversationRead)]
    assert (read.members, read.user_id, read.read_seq) == (frozenset(MEMBERS), LENA, 1)
    account = school.read(lambda tx: tx.accounts.find(SCHOOL))
    assert account is not None
    school.write(lambda tx: tx.accounts.save(replace(account, typing_on=True)))
    told = school.read(lambda tx: typing(tx, actor(TOMAS), conversation_id=GROUP))
    assert told == Typing(SCHOOL, frozenset({OWNER, LENA}), GROUP, TOMAS)


def test_it_is_read_only_while_one_of_them_is_gone_and_each_is_told_why(school: School) -> None:
    _begin(school)
    _say(school, OWNER, "Hello, both")
    school.set_state(TOMAS, State.INACTIVE)
    assert _opened(school, LENA).standing.reason is Denial.OTHER_DEACTIVATED
    with pytest.raises(Refused):
        _say(school, LENA, "Still there?")


def test_deleting_it_empties_it_for_one_of_them(school: School) -> None:
    _begin(school)
    seq = _say(school, OWNER, "Hello, both").message.seq
    school.write(lambda tx: messages.delete_mine(tx, actor(LENA), conversation_id=GROUP, seq=seq))
    assert _opened(school, LENA).history.messages == []
    school.write(lambda tx: conversations.delete_chat(tx, actor(TOMAS), conversation_id=GROUP))
    assert _opened(school, TOMAS).line.row.conversation.members[TOMAS].place is None
    assert len(_opened(school, OWNER).history.messages) == 1


def test_a_catch_up_asks_the_rules_about_more_people_than_a_row_shows(school: School) -> None:
    people = (OWNER, ADMIN, DEAN, AUTHOR, EXPERT, LENA, TOMAS, NILS)
    assert len(people) > PARTICIPANTS_SHOWN + 1
    _begin(school, people)
    _say(school, OWNER, "Hello, all")
    hidden_from_rows = max(set(people) - {OWNER})
    before = school.read(lambda tx: conversations.missed(tx, actor(OWNER), conversation_id=GROUP, rev=0, own_rev=0))
    assert (before.standing.is_open, len(before.line.row.participants)) == (True, PARTICIPANTS_SHOWN)
    school.set_state(hidden_from_rows, State.REMOVED)
    after = school.read(lambda tx: conversations.missed(tx, actor(OWNER), conversation_id=GROUP, rev=0, own_rev=0))
    assert after.standing.reason is Denial.OTHER_REMOVED
