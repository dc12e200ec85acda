"""Sending: who may, once and only once, in order, and what a text may be (§3, §4, §6, §8)."""

from datetime import timedelta

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.ids import CourseId, SessionId, UserId
from hallway.domain.messages import MAX_BODY
from hallway.domain.people import State
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging.sending import Posted, Send
from tests.school import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    DEAN,
    ELSEWHERE,
    EXPERT,
    HOST,
    LENA,
    MIRA,
    NILS,
    NOBODY,
    NOON,
    OWNER,
    STRANGER,
    SUPERVISOR,
    TOMAS,
    School,
    actor,
    dialog,
    named,
)


def _to_chat(sender: UserId, chat: tuple[UserId, UserId], key: str = "a key") -> Send:
    """A message to a conversation by its id."""
    return Send(actor=actor(sender), body="Hello", key=key, to=dialog(*chat))


def _conflict(answer: object) -> str:
    assert isinstance(answer, Conflict)
    return answer.code


# Who may.


def test_a_learner_replies_but_does_not_start(school: School) -> None:
    assert school.refusal(LENA, ADMIN) is Denial.NO_RELATION
    school.say(ADMIN, LENA, "Welcome")
    school.say(LENA, ADMIN, "Thank you")
    assert school.bodies(ADMIN, LENA) == school.bodies(LENA, ADMIN) == ["Welcome", "Thank you"]


FIRST = [
    (Mode.STRICT, OWNER, MIRA, None),
    (Mode.STRICT, DEAN, LENA, None),
    (Mode.STRICT, DEAN, NILS, Denial.NO_RELATION),
    (Mode.STRICT, LENA, EXPERT, None),
    (Mode.STRICT, TOMAS, EXPERT, Denial.NO_RELATION),
    (Mode.STRICT, EXPERT, LENA, Denial.NO_RELATION),
    (Mode.STRICT, LENA, DEAN, Denial.NO_RELATION),
    (Mode.MANAGERS, LENA, DEAN, None),
    (Mode.MANAGERS, NILS, DEAN, Denial.NO_RELATION),
    (Mode.MANAGERS, NILS, OWNER, None),
    (Mode.MANAGERS, MIRA, HOST, Denial.NO_RELATION),
    (Mode.LIMITED, MIRA, HOST, None),
    (Mode.LIMITED, NILS, HOST, Denial.NO_RELATION),
    (Mode.LIMITED, HOST, MIRA, Denial.NO_RELATION),
    (Mode.LIMITED, SUPERVISOR, TOMAS, None),
    (Mode.LIMITED, SUPERVISOR, LENA, None),
    (Mode.LIMITED, SUPERVISOR, NILS, Denial.NO_RELATION),
    (Mode.LIMITED, TOMAS, SUPERVISOR, Denial.NO_RELATION),
    (Mode.OPEN, NILS, MIRA, None),
    (Mode.OPEN, NILS, NILS, Denial.YOURSELF),
]


@pytest.mark.parametrize(("mode", "sender", "to", "denial"), FIRST)
def test_the_first_message_needs_a_relation_of_the_mode(
    school: School, mode: Mode, sender: UserId, to: UserId, denial: Denial | None
) -> None:
    school.choose(mode)
    assert school.refusal(sender, to) is denial


def test_a_refused_message_leaves_nothing_behind(school: School) -> None:
    before = school.everything()
    school.told.clear()
    (answer,) = school.attempt(school.command(LENA, ADMIN))
    assert isinstance(answer, Refused)
    assert school.everything() == before
    assert school.told == []


@pytest.mark.parametrize("sender", [ADMIN, LENA])
def test_who_is_not_there_is_refused_like_one_who_may_not_be_asked(school: School, sender: UserId) -> None:
    assert {school.refusal(sender, nobody) for nobody in (NOBODY, STRANGER)} == {Denial.NO_RELATION}
    school.switch(is_on=False)
    assert school.refusal(sender, NOBODY) is school.refusal(sender, TOMAS) is Denial.MESSAGING_OFF


def test_members_write_to_their_chat_and_for_others_it_is_not_there(school: School) -> None:
    school.say(ADMIN, LENA)
    mine, theirs, nowhere = school.attempt(
        _to_chat(LENA, (ADMIN, LENA)), _to_chat(OWNER, (ADMIN, LENA)), _to_chat(OWNER, (ADMIN, NOBODY))
    )
    assert isinstance(mine, Posted)
    assert isinstance(theirs, NotFound)
    assert isinstance(nowhere, NotFound)
    assert str(theirs) == str(nowhere)


def test_nobody_writes_into_another_account(school: School) -> None:
    beyond = Actor(account_id=ELSEWHERE, user_id=STRANGER, session_id=SessionId(named("beyond")))
    answers = school.attempt(Send(actor=beyond, body="Hi", key="a", to_person=LENA), school.command(ADMIN, LENA))
    assert isinstance(answers[0], Refused)
    assert isinstance(answers[1], Posted)
    (answer,) = school.attempt(Send(actor=beyond, body="Hi", key="b", to=dialog(ADMIN, LENA)))
    assert isinstance(answer, NotFound)


# Once and only once.


def test_a_retry_gives_the_same_message_again(school: School) -> None:
    command = school.command(ADMIN, LENA, key="once")
    first, again = school.attempt(command), school.attempt(command)
    assert first == again
    assert school.bodies(LENA, ADMIN) == ["Hello"]
    assert school.unread(LENA, ADMIN) == 1


def test_a_retry_in_the_same_batch_too(school: School) -> None:
    command = school.command(ADMIN, LENA, key="once")
    first, again = school.attempt(command, command)
    assert first == again
    assert school.bodies(LENA, ADMIN) == ["Hello"]


def test_a_retry_announces_nothing(school: School) -> None:
    command = school.command(ADMIN, LENA, key="once")
    school.attempt(command)
    school.told.clear()
    school.attempt(command)
    assert school.told == []


def test_a_retry_is_answered_after_the_chat_was_closed_and_a_new_message_is_not(school: School) -> None:
    command = school.command(ADMIN, LENA, key="once")
    stored = school.attempt(command)
    school.set_state(LENA, State.INACTIVE)
    assert school.attempt(command) == stored
    assert school.refusal(ADMIN, LENA) is Denial.OTHER_DEACTIVATED


def test_the_same_text_under_another_key_is_another_message(school: School) -> None:
    school.attempt(school.command(ADMIN, LENA, key="one"), school.command(ADMIN, LENA, key="two"))
    assert school.bodies(LENA, ADMIN) == ["Hello", "Hello"]


def test_a_key_is_never_used_for_another_text_or_another_chat(school: School) -> None:
    school.attempt(school.command(ADMIN, LENA, "Hello", key="once"))
    (text,) = school.attempt(school.command(ADMIN, LENA, "Something else", key="once"))
    (chat,) = school.attempt(school.command(ADMIN, TOMAS, "Hello", key="once"))
    assert _conflict(text) == _conflict(chat) == "key_reused"
    assert school.listed(TOMAS) == []


def test_keys_are_each_sender_s_own(school: School) -> None:
    school.attempt(school.command(ADMIN, LENA, "From Adam", key="once"))
    school.attempt(school.command(LENA, ADMIN, "From Lena", key="once"))
    assert school.bodies(LENA, ADMIN) == ["From Adam", "From Lena"]


# In order, together.


def test_messages_are_numbered_without_gaps(school: School) -> None:
    school.say(ADMIN, LENA)
    school.attempt(school.command(LENA, ADMIN), school.command(LENA, NILS), school.command(ADMIN, LENA))
    school.say(LENA, ADMIN)
    assert [message.seq for message in school.opened(LENA, ADMIN).history.messages] == [1, 2, 3, 4]


def test_a_refused_one_harms_no_neighbour(school: School) -> None:
    answers = school.attempt(
        school.command(LENA, ADMIN, "Too early"),
        school.command(ADMIN, LENA, "Welcome"),
        school.command(LENA, ADMIN, ""),
        school.command(LENA, ADMIN, "Thank you"),
    )
    assert [type(answer) for answer in answers] == [Refused, Posted, Invalid, Posted]
    assert school.bodies(LENA, ADMIN) == ["Welcome", "Thank you"]


def test_two_who_write_first_at_the_same_instant_meet_in_one_dialog(school: School) -> None:
    school.choose(Mode.OPEN)
    school.attempt(school.command(NILS, MIRA, "You there?"), school.command(MIRA, NILS, "You too?"))
    assert school.bodies(NILS, MIRA) == school.bodies(MIRA, NILS) == ["You there?", "You too?"]
    assert (school.unread(NILS, MIRA), school.unread(MIRA, NILS)) == (1, 1)


def test_a_message_puts_the_chat_on_top_of_both_lists(school: School) -> None:
    school.attempt(school.command(ADMIN, LENA), school.command(OWNER, LENA), school.command(ADMIN, TOMAS))
    assert (school.listed(LENA), school.listed(ADMIN)) == ([OWNER, ADMIN], [TOMAS, LENA])
    school.say(LENA, ADMIN)
    assert (school.listed(LENA), school.listed(ADMIN)) == ([ADMIN, OWNER], [LENA, TOMAS])


def test_a_message_is_unread_to_the_other_and_never_to_its_sender(school: School) -> None:
    school.say(ADMIN, LENA)
    school.say(ADMIN, LENA)
    assert (school.unread(LENA, ADMIN), school.unread(ADMIN, LENA)) == (2, 0)


def test_a_message_keeps_the_moment_in_which_it_was_stored(school: School) -> None:
    assert school.say(ADMIN, LENA).message.sent_at == NOON
    school.clock.wait(timedelta(minutes=5))
    assert school.say(ADMIN, LENA).message.sent_at == NOON + timedelta(minutes=5)


# What a text may be.

FACE = "\N{GRINNING FACE}"
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"


@pytest.mark.parametrize(
    "body", ["a", "  kept as written \n", "<b>&amp;</b>", "one\ntwo\tthree", FAMILY, "a" * MAX_BODY, FACE * MAX_BODY]
)
def test_a_text_is_kept_as_it_was_written(school: School, body: str) -> None:
    school.say(ADMIN, LENA, body)
    assert school.bodies(LENA, ADMIN) == [body]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\u200b", "empty"),
        ("\u3164", "empty"),
        ("\u2800\u00ad\ufe0f\n", "empty"),
        ("a" * (MAX_BODY + 1), "too_long"),
        (FACE * (MAX_BODY + 1), "too_long"),
        ("a\x00b", "unprintable"),
        ("a\x1b[31m", "unprintable"),
        ("\ud800", "unprintable"),
    ],
)
def test_what_cannot_be_a_message_is_refused(school: School, body: str, code: str) -> None:
    (answer,) = school.attempt(school.command(ADMIN, LENA, body))
    assert isinstance(answer, Invalid)
    assert [(problem.field, problem.code) for problem in answer.problems] == [("body", code)]
    assert school.listed(LENA) == []


# The course as context.


def test_a_question_to_an_expert_carries_its_course(school: School) -> None:
    asked = school.say(LENA, EXPERT, course_id=BIOLOGY)
    assert (asked.message.course_id, asked.course_title) == (BIOLOGY, "Biology")
    opened = school.opened(EXPERT, LENA)
    assert opened.history.messages[0].course_id == BIOLOGY
    assert opened.history.titles == {BIOLOGY: "Biology"}
    assert opened.line.row.course_title == "Biology"


@pytest.mark.parametrize(
    ("sender", "to", "course_id"), [(LENA, EXPERT, ALGEBRA), (ADMIN, LENA, BIOLOGY), (ADMIN, EXPERT, BIOLOGY)]
)
def test_a_course_that_is_none_of_the_two_is_dropped(
    school: School, sender: UserId, to: UserId, course_id: CourseId
) -> None:
    said = school.say(sender, to, course_id=course_id)
    assert (said.message.course_id, said.course_title) == (None, None)
    assert school.opened(to, sender).line.row.course_title is None


def test_the_expert_s_answer_is_no_question_and_the_context_stays(school: School) -> None:
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    assert school.say(EXPERT, LENA, course_id=BIOLOGY).message.course_id is None
    school.say(LENA, EXPERT, "Thank you")
    assert school.opened(LENA, EXPERT).line.row.course_title == "Biology"
