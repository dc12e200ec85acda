"""Reacting: one of each emoji a person, heard by those who see the message, and by nobody outside of it (§15)."""

from datetime import timedelta

import pytest

from hallway.domain.events import MessageChanged
from hallway.domain.reactions import MOST_KINDS, Reaction
from hallway.domain.verdicts import Denial
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging import conversations
from hallway.usecases.notifications import delivery
from tests.school import ADMIN, LENA, NILS, OWNER, SCHOOL, School, actor, dialog, heard_by
from tests.usecases.deeds import (
    badge,
    delete_chat,
    delete_for_everyone,
    delete_mine,
    mark_read,
    react,
    take_back,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def talk(school: School) -> School:
    """Adam wrote 1 and 3, Lena wrote 2, the owner wrote to Lena since; Lena has read all of it."""
    school.say(ADMIN, LENA, "One")
    school.say(LENA, ADMIN, "Two")
    school.say(ADMIN, LENA, "Three")
    school.say(OWNER, LENA, "Elsewhere")
    school.write(mark_read(LENA, ADMIN, 3))
    school.write(mark_read(LENA, OWNER, 1))
    return school


def _reactions(school: School, seq: int) -> list[tuple[str, int, tuple[str, ...]]]:
    found = {one.seq: one for one in school.opened(LENA, ADMIN).history.messages}[seq].reactions
    return [(one.emoji, one.count, one.people) for one in found]


def test_each_gives_an_emoji_once_and_takes_it_back(talk: School) -> None:
    talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.clock.wait(SECOND)
    talk.write(react(ADMIN, LENA, 1, "👍", talk.clock))
    talk.write(react(LENA, ADMIN, 1, "❤", talk.clock))
    assert _reactions(talk, 1) == [("👍", 2, (ADMIN, LENA)), ("❤️", 1, (LENA,))]
    before = talk.everything()
    assert talk.events(react(LENA, ADMIN, 1, "❤️", talk.clock)) == []
    assert talk.events(take_back(ADMIN, LENA, 1, "❤️")) == []
    assert talk.everything() == before
    talk.write(take_back(LENA, ADMIN, 1, "👍"))
    talk.write(take_back(LENA, ADMIN, 1, "❤️"))
    assert _reactions(talk, 1) == [("👍", 1, (ADMIN,))]


def test_a_reaction_makes_no_chat_unread_and_moves_none(talk: School) -> None:
    talk.write(mark_read(ADMIN, LENA, 2))
    before = talk.listed(LENA), badge(talk, LENA), badge(talk, ADMIN)
    talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.write(react(ADMIN, LENA, 2, "👍", talk.clock))
    assert (talk.listed(LENA), badge(talk, LENA), badge(talk, ADMIN)) == before


def test_a_flood_of_reactions_notifies_nobody(talk: School) -> None:
    """What others sent a mail for: a reaction leaves nothing to be told of outside of Hallway."""
    talk.write(mark_read(ADMIN, LENA, 2))
    while talk.write(lambda tx: delivery.adopt(tx, SCHOOL, clock=talk.clock)):
        pass
    before = talk.everything()
    for number in range(MOST_KINDS):
        talk.write(react(ADMIN, LENA, 2, chr(0x1F600 + number), talk.clock))
        talk.write(take_back(ADMIN, LENA, 2, chr(0x1F600 + number)))
    after = talk.everything()
    sides = [{who: side.untold for who, side in one.members.items()} for one in after.conversations.values()]
    assert sides == [{who: side.untold for who, side in one.members.items()} for one in before.conversations.values()]
    assert (after.notification_states, after.jobs) == (before.notification_states, before.jobs)


def test_the_writer_hears_of_it_where_they_are(talk: School) -> None:
    events = talk.events(react(ADMIN, LENA, 2, "👍", talk.clock))
    (heard,) = heard_by(events, LENA)
    assert isinstance(heard, MessageChanged)
    assert heard.message.reactions == (Reaction("👍", 1, (ADMIN,)),)
    assert heard_by(events, NILS) == []


@pytest.mark.parametrize("emoji", ["", "a", "👍👍", "<script>", "x" * 5_000, "\x00"])
def test_what_is_no_emoji_is_refused(talk: School, emoji: str) -> None:
    before = talk.everything()
    for work in (react(LENA, ADMIN, 1, emoji, talk.clock), take_back(LENA, ADMIN, 1, emoji)):
        with pytest.raises(Invalid) as refused:
            talk.write(work)
        assert refused.value.problems[0].code == "not_an_emoji"
    assert talk.everything() == before


def test_a_message_has_twenty_kinds_at_most(talk: School) -> None:
    for number in range(MOST_KINDS):
        talk.write(react(LENA, ADMIN, 1, chr(0x1F600 + number), talk.clock))
    assert talk.denial(react(ADMIN, LENA, 1, "👍", talk.clock)) is Denial.REACTIONS_FULL
    talk.write(react(ADMIN, LENA, 1, chr(0x1F600), talk.clock))


def test_a_reaction_needs_an_open_standing(talk: School) -> None:
    talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.switch(is_on=False)
    assert talk.denial(react(LENA, ADMIN, 1, "❤️", talk.clock)) is Denial.MESSAGING_OFF
    assert talk.denial(take_back(LENA, ADMIN, 1, "👍")) is Denial.MESSAGING_OFF


def test_what_one_does_not_see_one_does_not_react_to(talk: School) -> None:
    for seq in (0, 4):
        with pytest.raises(NotFound, match="message"):
            talk.write(react(LENA, ADMIN, seq, "👍", talk.clock))
    with pytest.raises(NotFound, match="conversation"):
        talk.write(react(NILS, ADMIN, 1, "👍", talk.clock))
    talk.write(delete_mine(LENA, ADMIN, 1))
    with pytest.raises(NotFound, match="message"):
        talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.write(delete_chat(LENA, ADMIN))
    with pytest.raises(NotFound, match="message"):
        talk.write(react(LENA, ADMIN, 3, "👍", talk.clock))


def test_a_reaction_is_not_heard_by_who_deleted_their_copy(talk: School) -> None:
    talk.write(delete_mine(LENA, ADMIN, 1))
    assert heard_by(talk.events(react(ADMIN, LENA, 1, "👍", talk.clock)), LENA) == []


def test_delete_for_everyone_takes_the_reactions_and_lets_none_follow(talk: School) -> None:
    talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    talk.write(delete_for_everyone(ADMIN, LENA, 1, talk.clock))
    assert _reactions(talk, 1) == []
    with pytest.raises(Conflict) as refused:
        talk.write(react(LENA, ADMIN, 1, "👍", talk.clock))
    assert refused.value.code == "message_deleted"


def test_a_client_that_was_away_catches_up_on_a_reaction(talk: School) -> None:
    known = talk.opened(LENA, ADMIN).line.row.conversation
    talk.write(react(ADMIN, LENA, 1, "👍", talk.clock))
    own_rev = known.members[LENA].own_rev
    missed = talk.read(
        lambda tx: conversations.missed(tx, actor(LENA), conversation_id=known.id, rev=known.rev, own_rev=own_rev)
    )
    assert [(one.seq, len(one.reactions)) for one in missed.changes.messages] == [(1, 1)]
    assert dialog(LENA, ADMIN) == known.id
