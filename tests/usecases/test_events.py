"""What is heard of a chat: the screen before + the events heard = the screen after a reload (§6, §7, §10).

Whoever hears nothing has nothing new to see, and outsiders never hear anything.
"""

from collections.abc import Callable
from copy import deepcopy

import pytest

from hallway.domain.audiences import audience
from hallway.domain.ids import UserId
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import conversations, messages
from hallway.usecases.transaction import Transaction
from tests.school import BIOLOGY, EVERYONE, EXPERT, LENA, School, actor, heard_by
from tests.usecases.deeds import (
    Work,
    delete_chat,
    delete_for_everyone,
    delete_mine,
    edit,
    mark_read,
    react,
    star,
    take_back,
    undo,
    unstar,
)
from tests.usecases.screens import Screen

OUTSIDERS = [one.id for one in EVERYONE if one.id not in {LENA, EXPERT}]


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked 1 about Biology and wrote 2; Eva answered with 3 and 4, and Lena deleted her copy of 4."""
    school.say(LENA, EXPERT, "What is a cell?", course_id=BIOLOGY)
    school.say(LENA, EXPERT, "And what is not?")
    school.say(EXPERT, LENA, "Everything")
    school.say(EXPERT, LENA, "Nothing")
    school.write(delete_mine(LENA, EXPERT, 4))
    return school


def _says(school: School, sender: UserId, other: UserId, *, is_question: bool = False) -> Work:
    command = school.command(sender, other, "One more thing", course_id=BIOLOGY if is_question else None)
    return lambda tx: messages.send_all(tx, [command], clock=school.clock)


def _in_turn(*works: Work) -> Work:
    def carry_out(tx: Transaction) -> None:
        for work in works:
            work(tx)

    return carry_out


BOTH, LENA_ALONE, EXPERT_ALONE = {LENA, EXPERT}, {LENA}, {EXPERT}
Deed = Callable[[School], Work]
DEEDS: dict[str, tuple[Deed, set[UserId]]] = {
    "a question": (lambda school: _says(school, LENA, EXPERT, is_question=True), BOTH),
    "an answer": (lambda school: _says(school, EXPERT, LENA), BOTH),
    "read by the learner": (lambda _: mark_read(LENA, EXPERT, 4), BOTH),
    "read by the expert": (lambda _: mark_read(EXPERT, LENA, 1), BOTH),
    "a question edited": (lambda school: edit(LENA, EXPERT, 1, "What is a cell wall?", school.clock), BOTH),
    "an answer edited that one of them deleted": (
        lambda school: edit(EXPERT, LENA, 4, "Nearly nothing", school.clock),
        EXPERT_ALONE,
    ),
    "a reaction": (lambda school: react(LENA, EXPERT, 3, "👍", school.clock), BOTH),
    "a reaction to what one of them deleted": (
        lambda school: react(EXPERT, LENA, 4, "👍", school.clock),
        EXPERT_ALONE,
    ),
    "a reaction taken back and another given": (
        lambda school: _in_turn(
            react(EXPERT, LENA, 1, "👍", school.clock),
            take_back(EXPERT, LENA, 1, "👍"),
            react(EXPERT, LENA, 1, "❤️", school.clock),
        ),
        BOTH,
    ),
    "a star": (lambda _: star(LENA, EXPERT, 3), LENA_ALONE),
    "a star taken back": (
        lambda _: _in_turn(star(EXPERT, LENA, 1), star(EXPERT, LENA, 4), unstar(EXPERT, LENA, 1)),
        EXPERT_ALONE,
    ),
    "a starred message deleted for everyone": (
        lambda school: _in_turn(star(EXPERT, LENA, 2), delete_for_everyone(LENA, EXPERT, 2, school.clock)),
        BOTH,
    ),
    "my copy of a starred message deleted": (
        lambda _: _in_turn(star(LENA, EXPERT, 3), delete_mine(LENA, EXPERT, 3)),
        LENA_ALONE,
    ),
    "my copy deleted": (lambda _: delete_mine(LENA, EXPERT, 3), LENA_ALONE),
    "my copy of my own deleted": (lambda _: delete_mine(EXPERT, LENA, 4), EXPERT_ALONE),
    "undone": (lambda _: undo(LENA, EXPERT, 4), LENA_ALONE),
    "a question deleted for everyone": (lambda school: delete_for_everyone(LENA, EXPERT, 1, school.clock), BOTH),
    "an answer deleted for everyone": (lambda school: delete_for_everyone(EXPERT, LENA, 3, school.clock), BOTH),
    "the chat deleted": (lambda _: delete_chat(EXPERT, LENA), EXPERT_ALONE),
    "read, the chat deleted and written to": (
        lambda school: _in_turn(mark_read(LENA, EXPERT, 4), delete_chat(LENA, EXPERT), _says(school, EXPERT, LENA)),
        BOTH,
    ),
    "read and answered": (
        lambda school: _in_turn(mark_read(EXPERT, LENA, 2), _says(school, EXPERT, LENA)),
        BOTH,
    ),
}
EACH = pytest.mark.parametrize(("deed", "hearers"), DEEDS.values(), ids=DEEDS)


@EACH
def test_a_screen_and_what_it_hears_are_what_a_reload_shows(talk: School, deed: Deed, hearers: set[UserId]) -> None:
    screens = {one: Screen.load(talk, one, other) for one, other in ((LENA, EXPERT), (EXPERT, LENA))}
    _complete_with_what_was_hidden(talk, screens[LENA])
    before = deepcopy(screens)
    events = talk.events(deed(talk))
    for one in hearers:
        screens[one].hear(events)
        assert screens[one] != before[one], "The events changed nothing, so nothing was proved."
        screens[one].require_same_as_reloaded(talk, EXPERT if one == LENA else LENA)


def _complete_with_what_was_hidden(school: School, screen: Screen) -> None:
    """A client that offers Undo still has what its person just deleted."""
    full = Screen.load(school, EXPERT, LENA)
    screen.hidden = full.messages.keys() - screen.messages.keys()
    screen.messages = dict(full.messages)


@EACH
def test_who_hears_nothing_has_no_new_messages_to_see(talk: School, deed: Deed, hearers: set[UserId]) -> None:
    def seen() -> dict[UserId, tuple[list[str], int]]:
        pairs = ((LENA, EXPERT), (EXPERT, LENA))
        return {one: (talk.bodies(one, other), talk.unread(one, other)) for one, other in pairs}

    before = seen()
    events = talk.events(deed(talk))
    assert {one for one in (LENA, EXPERT) if heard_by(events, one)} == hearers
    assert all(seen()[one] == before[one] for one in BOTH - hearers)


@EACH
def test_outsiders_hear_nothing_whatever_their_role(talk: School, deed: Deed, hearers: set[UserId]) -> None:
    events = talk.events(deed(talk))
    assert [heard_by(events, one) for one in OUTSIDERS] == [[]] * len(OUTSIDERS)
    assert all(audience(event) is not None for event in events)
    assert set().union(*(audience(event) or () for event in events)) == hearers


def test_a_refused_message_is_heard_by_nobody(talk: School) -> None:
    talk.unassign(EXPERT)
    assert talk.events(_says(talk, LENA, EXPERT)) == []


@EACH
def test_what_failed_after_all_is_heard_by_nobody(talk: School, deed: Deed, hearers: set[UserId]) -> None:
    def fails(tx: Transaction) -> None:
        deed(talk)(tx)
        raise NotFound("anything")

    assert hearers
    before = talk.everything()
    talk.told.clear()
    with pytest.raises(NotFound):
        talk.write(fails)
    assert talk.told == []
    assert talk.everything() == before


def test_a_client_that_lost_every_event_catches_up_with_the_revisions_it_has(talk: School) -> None:
    opened = talk.opened(LENA, EXPERT).line.row.conversation
    for deed, _ in DEEDS.values():
        talk.write(deed(talk))
    chat, me = opened.id, actor(LENA)
    rev, own_rev = opened.rev, opened.members[LENA].own_rev
    missed = talk.read(lambda tx: conversations.missed(tx, me, conversation_id=chat, rev=rev, own_rev=own_rev))
    assert [one.body for one in missed.changes.messages] == talk.bodies(LENA, EXPERT)
    assert missed.cleared_seq > 0
