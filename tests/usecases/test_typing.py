"""Who learns that somebody types: the other one, where the account shows it and the next message may be written (§13)."""

from collections.abc import Callable

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.events import AccountChanged, Typing
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import State
from hallway.usecases.accounts import settings
from hallway.usecases.messaging.typing import typing
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, NILS, OWNER, SCHOOL, TOMAS, School, actor, dialog
from tests.usecases.facts import mode, state, switch, unassign

CHAT = dialog(LENA, EXPERT)


def _typing(school: School, who: UserId, chat: ConversationId = CHAT) -> Typing | None:
    return school.read(lambda tx: typing(tx, actor(who), conversation_id=chat))


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked Eva, and the account shows who types."""
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.write(lambda tx: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(typing_on=True)))
    return school


@pytest.mark.parametrize(("who", "other"), [(LENA, EXPERT), (EXPERT, LENA)])
def test_the_other_one_learns_of_it_and_nobody_else(talk: School, who: UserId, other: UserId) -> None:
    assert _typing(talk, who) == Typing(SCHOOL, frozenset({other}), CHAT, who)


def test_it_is_off_until_it_is_switched_on_and_that_is_no_fact(school: School) -> None:
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    assert _typing(school, LENA) is None
    for is_on in (True, False):
        changes = {"typing_on": is_on}
        events = school.events(
            lambda tx, changes=changes: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(**changes))
        )  # type: ignore[misc]
        assert events == [AccountChanged(SCHOOL, None)]
        assert (_typing(school, LENA) is not None) is is_on


@pytest.mark.parametrize("who", [NILS, TOMAS, OWNER])
def test_whoever_is_not_in_the_chat_types_for_nobody(talk: School, who: UserId) -> None:
    assert _typing(talk, who) is None


def test_before_the_first_message_there_is_nothing_to_see(talk: School) -> None:
    assert _typing(talk, NILS, dialog(NILS, EXPERT)) is None
    assert _typing(talk, NILS, ConversationId("nothing")) is None


CLOSED: dict[str, Callable[[School], object]] = {
    "messaging off": switch(is_on=False),
    "no longer an expert": unassign(EXPERT),
    "the other one is gone": state(EXPERT, State.INACTIVE),
    "deactivated": state(LENA, State.INACTIVE),
    "removed": state(LENA, State.REMOVED),
}


@pytest.mark.parametrize("happens", CLOSED.values(), ids=CLOSED)
def test_where_nobody_may_write_nobody_types(talk: School, happens: Callable[[School], object]) -> None:
    happens(talk)
    assert (_typing(talk, LENA), _typing(talk, EXPERT)) == (None, None)


def test_it_opens_again_with_the_chat(talk: School) -> None:
    unassign(EXPERT)(talk)
    mode(Mode.OPEN)(talk)
    assert _typing(talk, LENA) is not None
