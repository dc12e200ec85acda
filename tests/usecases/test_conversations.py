"""The list of chats, opening one, with its older pages, and what a client missed (§6, §8, §10)."""

from itertools import pairwise

import pytest

from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.domain.people import State
from hallway.domain.verdicts import Denial
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.conversations import CHANGES, PAGE, Chats, History, Missed, Opened
from tests.school import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    DEAN,
    EVERYONE,
    EXPERT,
    LENA,
    MIRA,
    NILS,
    NOBODY,
    OWNER,
    STRANGER,
    TOMAS,
    School,
    actor,
    dialog,
    partners,
)
from tests.usecases.deeds import Work, delete_chat, delete_for_everyone, delete_mine, mark_read, undo

# The list.


def _chats(school: School, before: int | None, limit: int) -> Chats:
    return school.read(lambda tx: conversations.chats(tx, actor(OWNER), before=before, limit=limit))


def _pages(school: School, limit: int) -> list[list[UserId]]:
    """The owner's list, page by page."""
    pages: list[list[UserId]] = []
    before = None
    while not pages or before is not None:
        found = _chats(school, before, limit)
        pages.append(partners(found))
        before = found.next
    return pages


@pytest.mark.parametrize("limit", [1, 3, 4, 9, 10, 11])
def test_the_list_has_every_chat_once_from_the_newest_down(school: School, limit: int) -> None:
    others = [one.id for one in EVERYONE if one.id != OWNER]
    for other in others:
        school.say(OWNER, other)
    pages = _pages(school, limit)
    assert [one for page in pages for one in page] == others[::-1]
    assert all(len(page) == limit for page in pages[:-1])
    assert pages[-1]


def test_a_chat_that_moves_up_between_two_pages_hides_no_other(school: School) -> None:
    for other in (LENA, TOMAS, NILS, MIRA):
        school.say(OWNER, other)
    first = _chats(school, None, 2)
    school.say(OWNER, LENA)
    rest = _chats(school, first.next, 2)
    assert partners(rest) == [TOMAS]


def _found(school: School, *, text: str = "", unread_only: bool = False) -> list[UserId]:
    found = school.read(
        lambda tx: conversations.chats(tx, actor(OWNER), before=None, limit=9, text=text, unread_only=unread_only)
    )
    return partners(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", [TOMAS, LENA]), ("tomas", [TOMAS]), ("LOWE", [LENA]), ("exam", [LENA]), ("secret", []), ("zzz", [])],
)
def test_the_list_is_searched_by_name_and_by_what_i_still_see(school: School, text: str, found: list[UserId]) -> None:
    school.say(OWNER, LENA, "The Exam is on Monday")
    school.say(OWNER, TOMAS, "A secret")
    school.write(delete_mine(OWNER, TOMAS, 1))
    assert _found(school, text=text) == found


def test_the_unread_ones_alone(school: School) -> None:
    for other in (LENA, TOMAS):
        school.say(OWNER, other)
    school.say(LENA, OWNER)
    assert _found(school, unread_only=True) == [LENA]
    school.write(mark_read(OWNER, LENA, 2))
    assert _found(school, unread_only=True) == []


def test_a_line_names_the_other_person_and_their_department(school: School) -> None:
    school.say(ADMIN, LENA)
    chat = dialog(ADMIN, LENA)
    (shown,) = school.read(lambda tx: conversations.list_item(tx, actor(ADMIN), conversation_id=chat)).row.participants
    assert (shown.user.name, shown.department) == ("Lena Löwe", "Optics")


def test_a_removed_person_s_chat_stays_in_the_list(school: School) -> None:
    school.say(ADMIN, LENA)
    school.set_state(LENA, State.REMOVED)
    assert school.listed(ADMIN) == [LENA]


# Opening.


def _with(school: School, reader: UserId, person_id: UserId, course_id: CourseId | None = None) -> Opened:
    return school.read(lambda tx: conversations.open_with(tx, actor(reader), person_id=person_id, course_id=course_id))


def test_a_chat_that_i_may_start_opens_empty_and_nothing_is_stored(school: School) -> None:
    before = school.everything()
    opened = _with(school, LENA, EXPERT, BIOLOGY)
    assert (opened.standing.is_open, list(opened.history.messages), opened.about) == (True, [], BIOLOGY)
    assert opened.history.titles == {BIOLOGY: "Biology"}
    assert school.everything() == before


@pytest.mark.parametrize("person", [ADMIN, LENA, NILS, NOBODY, STRANGER])
def test_a_chat_that_i_may_not_start_is_not_there_whoever_it_is(school: School, person: UserId) -> None:
    with pytest.raises(NotFound) as refused:
        _with(school, LENA, person)
    assert str(refused.value) == "This person doesn't exist."


def test_a_chat_that_i_may_not_start_opens_once_the_other_wrote(school: School) -> None:
    school.say(ADMIN, LENA, "Welcome")
    opened = _with(school, LENA, ADMIN)
    assert [one.body for one in opened.history.messages] == ["Welcome"]
    assert opened.standing.is_open


@pytest.mark.parametrize(
    ("reader", "course_id", "about"),
    [(LENA, BIOLOGY, BIOLOGY), (LENA, ALGEBRA, None), (LENA, None, None), (ADMIN, BIOLOGY, None)],
)
def test_a_chat_is_about_a_course_when_it_would_truly_be_a_question(
    school: School, reader: UserId, course_id: CourseId | None, about: CourseId | None
) -> None:
    assert _with(school, reader, EXPERT, course_id).about == about


def test_with_messaging_off_no_new_chat_opens_and_the_old_ones_say_why(school: School) -> None:
    school.say(ADMIN, LENA)
    school.switch(is_on=False)
    assert _with(school, LENA, ADMIN).standing.reason is Denial.MESSAGING_OFF
    with pytest.raises(NotFound):
        _with(school, LENA, EXPERT)


@pytest.mark.parametrize("outsider", [OWNER, DEAN, NILS])
def test_outsiders_read_nothing_whatever_their_role(school: School, outsider: UserId) -> None:
    school.say(ADMIN, LENA)
    chat, nowhere = dialog(ADMIN, LENA), dialog(ADMIN, NOBODY)
    answers = [_refused_reading(school, outsider, one) for one in (chat, nowhere)]
    assert answers[0] == answers[1] == ["This conversation doesn't exist."] * 4


def _refused_reading(school: School, reader: UserId, chat: ConversationId) -> list[str]:
    me = actor(reader)
    works: list[Work] = [
        lambda tx: conversations.list_item(tx, me, conversation_id=chat),
        lambda tx: conversations.open_chat(tx, me, conversation_id=chat),
        lambda tx: conversations.history(tx, me, conversation_id=chat, before=None),
        lambda tx: conversations.missed(tx, me, conversation_id=chat, rev=0, own_rev=0),
    ]
    answers: list[str] = []
    for work in works:
        with pytest.raises(NotFound) as refused:
            school.read(work)
        answers.append(str(refused.value))
    return answers


# Older pages.


def _long_talk(school: School, length: int) -> None:
    school.attempt(*(school.command(ADMIN, LENA, str(number)) for number in range(1, length + 1)))


@pytest.mark.parametrize(("length", "older"), [(PAGE - 1, False), (PAGE, False), (PAGE + 1, True)])
def test_an_opened_chat_shows_its_newest_page(school: School, length: int, older: bool) -> None:
    _long_talk(school, length)
    history = school.opened(LENA, ADMIN).history
    assert [one.seq for one in history.messages] == list(range(max(1, length - PAGE + 1), length + 1))
    assert history.older is older


def _older(school: School, before: int | None) -> History:
    chat = dialog(LENA, ADMIN)
    return school.read(lambda tx: conversations.history(tx, actor(LENA), conversation_id=chat, before=before, limit=10))


def test_the_older_pages_have_every_message_once(school: School) -> None:
    _long_talk(school, 25)
    school.write(delete_mine(LENA, ADMIN, 15))
    seen: list[int] = []
    older, sizes = True, []
    while older:
        page = _older(school, seen[0] if seen else None)
        seen, older = [one.seq for one in page.messages] + seen, page.older
        sizes.append(len(page.messages))
    assert seen == [seq for seq in range(1, 26) if seq != 15]
    assert sizes == [10, 10, 4]


# What was missed.


def _missed(school: School, rev: int, own_rev: int) -> Missed:
    chat = dialog(LENA, ADMIN)
    return school.read(lambda tx: conversations.missed(tx, actor(LENA), conversation_id=chat, rev=rev, own_rev=own_rev))


def test_who_missed_nothing_is_told_nothing(school: School) -> None:
    school.say(ADMIN, LENA)
    missed = _missed(school, 1, 0)
    assert (missed.changes.messages, missed.changes.hidden, missed.is_truncated) == ([], {}, False)


def test_what_was_missed_comes_in_the_order_in_which_it_happened(school: School) -> None:
    _long_talk(school, 3)
    school.say(LENA, ADMIN, "Answer")
    school.write(delete_for_everyone(ADMIN, LENA, 2, school.clock))
    messages = _missed(school, 3, 0).changes.messages
    assert [(one.seq, one.is_deleted) for one in messages] == [(4, False), (2, True)]
    assert all(one.rev < following.rev for one, following in pairwise(messages))


def test_what_i_deleted_and_took_back_elsewhere_is_told(school: School) -> None:
    _long_talk(school, 3)
    for work in (delete_mine(LENA, ADMIN, 1), delete_mine(LENA, ADMIN, 2), undo(LENA, ADMIN, 1)):
        school.write(work)
    missed = _missed(school, 3, 0)
    assert missed.changes.hidden == {1: False, 2: True}
    assert [one.seq for one in missed.changes.messages] == [1]
    assert _missed(school, 3, 3).changes.hidden == {}


def test_that_i_deleted_the_chat_elsewhere_is_told(school: School) -> None:
    _long_talk(school, 2)
    school.write(delete_chat(LENA, ADMIN))
    school.say(ADMIN, LENA)
    missed = _missed(school, 0, 0)
    assert (missed.cleared_seq, [one.seq for one in missed.changes.messages]) == (2, [3])


def test_how_far_the_other_read_and_the_standing_come_with_it(school: School) -> None:
    school.say(LENA, EXPERT)
    school.say(ADMIN, LENA)
    school.say(LENA, ADMIN)
    school.write(mark_read(ADMIN, LENA, 2))
    school.set_state(ADMIN, State.INACTIVE)
    missed = _missed(school, 2, 0)
    assert missed.line.row.conversation.members[ADMIN].read_seq == 2
    assert missed.standing.reason is Denial.OTHER_DEACTIVATED


@pytest.mark.parametrize(("length", "too_much"), [(CHANGES, False), (CHANGES + 1, True)])
def test_whoever_missed_too_much_is_told_so(school: School, length: int, too_much: bool) -> None:
    _long_talk(school, length)
    assert _missed(school, 0, 0).is_truncated is too_much
