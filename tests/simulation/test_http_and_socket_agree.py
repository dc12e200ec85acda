"""Random worlds behind the running server: HTTP and the socket answer each person exactly as the tables say."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from hallway.client import Refusal
from hallway.domain.accounts import Mode
from hallway.domain.ids import UserId
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.messaging.sending import Send
from tests.simulation import views, visitors
from tests.simulation.checks import by_name
from tests.simulation.names import NOBODY, actor, short, talk_id
from tests.simulation.prying import outsiders
from tests.simulation.sends import remember, why_not
from tests.simulation.talks import Talk
from tests.simulation.visitors import Town, Visitor, served
from tests.simulation.world import World

SEED = 101
"""What its two accounts did before the server took over is in the diary."""


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two accounts that lived for a while, and are served now."""
    with served(tmp_path_factory.mktemp("town"), SEED, 25) as found:
        yield found


@pytest.fixture(params=[0, 1], ids=["here", "elsewhere"])
def town(request: pytest.FixtureRequest, towns: Town) -> Town:
    """Each of the two in turn, as the world that a test is about."""
    return Town(towns.world.all[request.param], towns.visitors)


@pytest.fixture(autouse=True)
def _diary(town: Town) -> Iterator[None]:
    """Printed with a failure: what led there."""
    yield
    print("\n".join(town.world.diary))  # noqa: T201 - shown for a failing test only


def members(town: Town) -> list[Visitor]:
    """The visitors who belong to the academy."""
    return [one for one in town.visitors.values() if one.who in town.world.cast.people]


def decide(town: Town, *, mode: Mode, is_on: bool = True) -> None:
    """The owner changes the settings, over HTTP; it reaches every open screen of the academy, and no other.

    Of what stays as it is, nobody hears.
    """
    frames = [] if (mode, is_on) == (town.world.facts.mode, town.world.facts.is_on) else [wire_frames.FactsFrame()]
    for visitor in town.visitors.values():
        visitor.frames()
    change = wire_admin.SettingsChange(mode=mode.value, messaging_on=is_on)
    town.visitors[town.world.cast.owner].client.ask("PATCH", "/admin/settings", change)
    town.world.facts.mode, town.world.facts.is_on = mode, is_on
    for visitor in town.visitors.values():
        assert visitor.frames() == (frames if visitor.who in town.world.cast.people else [])


@pytest.mark.slow
def test_people_search_shows_exactly_whom_each_may_write_to(town: Town) -> None:
    for mode in Mode:
        decide(town, mode=mode)
        for visitor in members(town):
            assert found_people(visitor) == by_name(town.world.facts.startable(visitor.who))
    decide(town, mode=Mode.OPEN, is_on=False)
    assert [one for visitor in members(town) for one in found_people(visitor)] == []
    decide(town, mode=town.world.random.choice(list(Mode)))


def found_people(visitor: Visitor) -> list[str]:
    """Every page of people search."""
    page = visitor.client.people(limit=7)
    found = [one.id for one in page.people]
    while page.next is not None:
        page = visitor.client.people(cursor=page.next, limit=7)
        found += [one.id for one in page.people]
    return found


def test_lists_are_those_of_the_memory(town: Town) -> None:
    talks = town.world.talks.values()
    for visitor in members(town):
        first = visitor.client.chats(limit=3)
        rest = visitor.client.chats(cursor=first.next).rows if first.next else []
        assert [visitors.row(one) for one in [*first.rows, *rest]] == views.rows(talks, visitor.who)
        unread = views.rows(talks, visitor.who, unread_only=True)
        assert [visitors.row(one) for one in visitor.client.chats(unread_only=True).rows] == unread
        assert (first.unread_chats, visitor.client.me().unread_chats) == (len(unread), len(unread))


def test_chats_show_what_each_of_the_two_still_has(town: Town) -> None:
    for talk in town.world.talks.values():
        for who in talk.sides.keys() & town.visitors.keys():
            _check_chat(town, town.visitors[who], talk)


def _check_chat(town: Town, visitor: Visitor, talk: Talk) -> None:
    """The same over HTTP at once, in pages, and on the socket as all that happened since the beginning."""
    opened, seen = visitor.client.open_chat(talk.id), views.history(talk, visitor.who)
    page = visitor.client.history(talk.id, before=talk.last_seq, limit=2)
    changes = visitor.line.sync(talk.id, rev=0, own_rev=0)
    assert changes == visitor.client.changes(talk.id, rev=0, own_rev=0)
    assert opened.row == changes.row
    assert visitors.row(opened.row) == views.row(talk, visitor.who)
    reason = town.world.facts.why_read_only(visitor.who, talk.partner_of(visitor.who), talk.question)
    assert (opened.standing.reason, changes.standing.reason) == (reason, reason)
    assert [visitors.words(one) for one in opened.history.messages] == seen
    assert sorted(visitors.words(one) for one in changes.messages) == seen
    assert [visitors.words(one) for one in page.messages] == [one for one in seen if one.seq < talk.last_seq][-2:]


def test_outsiders_find_nothing_at_any_door(town: Town) -> None:
    for talk in town.world.some(list(town.world.talks.values()), 5):
        apart = [one for one in outsiders(talk) if one in town.visitors]
        for who in [*town.world.some(apart, 1), town.world.stranger]:
            for name, route in _routes(town.visitors[who], talk.id, talk.last_seq).items():
                assert (name, _no(route)) == (name, (404, "not_found"))


def _routes(visitor: Visitor, chat: str, seq: int) -> dict[str, Callable[[], object]]:
    client, line = visitor.client, visitor.line
    return {
        "open": lambda: client.open_chat(chat),
        "history": lambda: client.history(chat),
        "changes": lambda: client.changes(chat, rev=0, own_rev=0),
        "send": lambda: client.send(chat, "Let me in"),
        "mark read": lambda: client.mark_read(chat, seq),
        "mark unread": lambda: client.mark_unread(chat),
        "delete": lambda: client.delete_message(chat, seq),
        "restore": lambda: client.restore_message(chat, seq),
        "delete for everyone": lambda: client.delete_for_everyone(chat, seq),
        "delete chat": lambda: client.delete_chat(chat),
        "sync": lambda: line.sync(chat, rev=0, own_rev=0),
        "live send": lambda: line.send(chat, "Let me in"),
        "live read": lambda: line.read(chat, seq),
        "live mark unread": lambda: line.mark_unread(chat),
    }


def _no(route: Callable[[], object]) -> tuple[int, str] | None:
    """Status and code of a no; None when there was none."""
    try:
        route()
    except Refusal as refusal:
        return refusal.problem.status, refusal.problem.code
    return None


def test_a_chat_opens_with_those_whom_one_may_write_to_or_has_written_with(town: Town) -> None:
    for visitor in members(town):
        startable = town.world.facts.startable(visitor.who)
        for person in town.world.some([*town.world.cast.people, town.world.stranger, NOBODY], 6):
            talk = town.world.talks.get(talk_id(visitor.who, person))
            code = _no(lambda visitor=visitor, person=person: visitor.client.open_with(person))  # type: ignore[misc]
            assert code == (None if talk or person in startable else (404, "not_found"))


def test_sends_are_answered_as_the_tables_say_and_heard_by_the_two_alone(town: Town) -> None:
    keys = count()
    for mode in (Mode.STRICT, town.world.random.choice([Mode.MANAGERS, Mode.LIMITED])):
        decide(town, mode=mode)
        known = {one.who: _revisions(town, one) for one in members(town)}
        marked = {one.who: _marked(town, one) for one in town.visitors.values()}
        said = [one for visitor in members(town) for one in _write_to_some(town, visitor, mode, keys)]
        for visitor in town.visitors.values():
            heard = [one for _, hearers, one in said if visitor.who in hearers]
            frames = visitor.frames()
            ended = [one for one in frames if isinstance(one, wire_frames.UnreadMarkFrame)]
            assert [one for one in frames if one not in ended] == [wire_frames.MessageFrame(one) for one in heard]
            assert {one.conversation_id for one in ended} == marked[visitor.who] - _marked(town, visitor)
            mine = [one for sides, _, one in said if visitor.who in sides]
            _check_missed(visitor, known.get(visitor.who, {}), mine)


def _revisions(town: Town, visitor: Visitor) -> dict[str, tuple[int, int]]:
    """What the visitor knows of each of their chats now."""
    mine = [talk.id for talk in town.world.talks.values() if visitor.who in talk.sides]
    rows = [visitor.client.changes(one, rev=0, own_rev=0).row for one in mine]
    return {one.conversation_id: (one.rev, one.own_rev) for one in rows}


def _marked(town: Town, visitor: Visitor) -> set[str]:
    """The chats that the visitor has marked unread; an answer ends that, and is told to them alone."""
    talks = town.world.talks.values()
    return {talk.id for talk in talks if visitor.who in talk.sides and talk.sides[visitor.who].marked is not None}


def _check_missed(visitor: Visitor, known: dict[str, tuple[int, int]], said: list[wire_messages.Message]) -> None:
    """On the socket: exactly what was said since in each chat."""
    for chat, (rev, own_rev) in known.items():
        changes = visitor.line.sync(chat, rev=rev, own_rev=own_rev)
        assert changes.messages == [one for one in said if one.conversation_id == chat]


def _write_to_some(
    town: Town, visitor: Visitor, mode: Mode, keys: "count[int]"
) -> Iterator[tuple[set[UserId], set[UserId], wire_messages.Message]]:
    """A message to several people, tried on one door, or on both; those that were stored, each with its two people, and
    those of them who hear of it: on the line that sent a message its answer stands in the place of that.
    """
    experts = [expert for _, asks, expert in town.world.facts.questions() if asks == visitor.who]
    for person in [*town.world.some([*town.world.cast.people, NOBODY], 3), *town.world.some(experts, 1)]:
        tries = town.world.random.choice([[True], [False], [True, False]])
        command = _command(town.world, visitor.who, person, f"{mode}-{next(keys):05}")
        expected = why_not(town.world, command)
        answers = [visitor.send(command, is_live=is_live) for is_live in tries]
        town.world.note(f"{short(visitor.who)} writes to {short(person)}: {answers[0]}")
        assert answers[0] == answers[-1]
        if isinstance(answers[0], str):
            assert answers[0] == expected
        else:
            talk, one = remember(town.world, command)
            assert (expected, visitors.words(answers[0])) == (None, views.said(one))
            sides = set(talk.sides)
            yield sides, sides - {visitor.who} if tries[0] else sides, answers[0]


def _command(world: World, who: UserId, person: UserId, key: str) -> Send:
    """By the chat where there is one, now and then, else by the person; about a course whenever that is a question."""
    talk = world.talks.get(talk_id(who, person))
    course = next(
        (one for one in world.cast.courses if world.facts.is_question(one, who, person)),
        world.random.choice(world.cast.courses),
    )
    if talk is not None and world.is_lucky(0.3):
        return Send(actor=actor(who), body="Hello", key=key, to=talk.id)
    return Send(actor=actor(who), body="Hello", key=key, to_person=person, course_id=course)
