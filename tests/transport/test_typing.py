"""Typing at the relay and on the socket: who hears of it, how often the rules are asked, and what it may never cost."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from hallway.domain.events import AccountChanged, Ephemeral, FactsChanged, ProfileChanged, Typing
from hallway.domain.ids import AccountId, ConversationId, SessionId, UserId
from hallway.domain.scopes import Scope
from hallway.transport.typing import CHATS, JUDGMENT, PAUSE, PEOPLE, QUESTION_PAUSE, Read, TypingRelay
from hallway.transport.websocket.hub import OUTBOX, Hub, Outbox
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import frames as wire_frames
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.transaction import StoreUnavailable
from tests.transport.cast import Cast

HERE = AccountId("here")
ME = Actor(account_id=HERE, user_id=UserId("me"), session_id=SessionId("session"))
CHAT, OTHER_CHAT = ConversationId("chat"), ConversationId("other chat")


@dataclass
class Relay:
    """A relay with a clock of its own, over rules that say what the test says."""

    allowed: bool = True
    failure: Exception | None = None
    moment: float = 0.0
    asked: int = 0
    passed: list[Ephemeral] = field(default_factory=list[Ephemeral])

    def __post_init__(self) -> None:
        """Nothing was heard yet."""
        self.relay = TypingRelay(self._read, self.passed.append, lambda: self.moment)

    @property
    def _read(self) -> Read:
        async def read(_: object) -> Typing | None:
            self.asked += 1
            if self.failure is not None:
                raise self.failure
            return Typing(HERE, frozenset({UserId("them")}), CHAT, ME.user_id) if self.allowed else None

        return read

    def types(self, chat: ConversationId = CHAT, after: float = 0.0, who: Actor = ME) -> int:
        """Let time go by and somebody type; how much was passed on by then."""
        self.moment += after
        asyncio.run(self.relay.typing(who, chat))
        return len(self.passed)


def test_it_is_passed_on_once_in_a_while_and_judged_more_seldom() -> None:
    one = Relay()
    assert [one.types(), one.types(), one.types(after=PAUSE - 0.1), one.types(after=0.1)] == [1, 1, 1, 2]
    assert one.asked == 1
    one.types(after=JUDGMENT)
    assert (len(one.passed), one.asked) == (3, 2)


def test_a_refusal_is_remembered_too() -> None:
    one = Relay(allowed=False)
    assert [one.types(after=PAUSE) for _ in range(3)] == [0, 0, 0]
    assert one.asked == 1


@pytest.mark.parametrize("change", [FactsChanged(HERE, frozenset({UserId("them")})), AccountChanged(HERE, None), None])
def test_after_a_change_it_is_judged_anew(change: FactsChanged | AccountChanged | None) -> None:
    one = Relay()
    one.types()
    one.allowed = False
    if change is None:
        one.relay.missed(HERE)
    else:
        one.relay.hear([change])
    assert one.types(after=PAUSE) == 1
    assert one.asked == 2


def test_what_is_only_shown_and_what_happens_elsewhere_changes_no_judgment() -> None:
    one = Relay()
    one.types()
    one.relay.hear([ProfileChanged(HERE, ME.user_id, frozenset()), FactsChanged(AccountId("elsewhere"), None)])
    assert one.types(after=PAUSE) == 2
    assert one.asked == 1


def test_who_names_one_chat_after_the_other_asks_the_store_no_more_often() -> None:
    one = Relay()
    for number in range(50):
        one.types(ConversationId(f"chat {number}"), after=QUESTION_PAUSE / 10)
    assert one.asked <= 1 + 50 / 10
    assert one.types(OTHER_CHAT, after=QUESTION_PAUSE) > 0


def test_a_chat_that_is_forgotten_is_still_passed_on_no_sooner() -> None:
    one = Relay()
    one.types()
    for number in range(CHATS + 1):
        one.types(ConversationId(f"chat {number}"), after=QUESTION_PAUSE)
    assert QUESTION_PAUSE * (CHATS + 1) >= PAUSE


def test_only_so_many_people_are_remembered() -> None:
    one = Relay()
    for number in range(PEOPLE + 2):
        one.types(who=replace(ME, user_id=UserId(str(number))))
    assert len(one.relay._typists) <= PEOPLE


@pytest.mark.parametrize("failure", [StoreUnavailable("away"), NotFound("account")])
def test_what_cannot_be_judged_now_is_dropped(failure: Exception) -> None:
    one = Relay(failure=failure)
    assert one.types() == 0
    one.failure = None
    assert one.types(after=QUESTION_PAUSE) == 1


def test_a_token_that_may_only_read_types_for_nobody() -> None:
    one = Relay()
    assert one.types(who=replace(ME, scopes=frozenset({Scope.READ}))) == 0
    assert one.asked == 0


# What it may never cost.


def _outbox(hub: Hub) -> Outbox:
    outbox = Outbox(replace(ME, user_id=UserId("them")), lambda: None)
    hub.join(outbox)
    return outbox


TYPING = Typing(HERE, frozenset({UserId("them")}), CHAT, ME.user_id)
FRAME = b'{"type":"typing","conversation_id":"chat","user_id":"me"}'


def test_it_reaches_an_idle_reader_once() -> None:
    hub = Hub()
    outbox = _outbox(hub)
    hub.hear([TYPING])
    hub.hear([TYPING])
    assert outbox.take() == FRAME
    hub.hear([TYPING])
    assert outbox.take() == FRAME


def test_a_reader_for_whom_something_waits_misses_it_and_nothing_else() -> None:
    hub = Hub()
    outbox = _outbox(hub)
    facts = FactsChanged(HERE, None)
    hub.hear([TYPING])
    for _ in range(OUTBOX):
        hub.hear([facts, TYPING])
    assert outbox.ending is None
    assert outbox.take() == b",".join([FRAME, *[b'{"type":"facts"}'] * OUTBOX])


# On the socket.


@pytest.fixture
def shown(cast: Cast) -> Iterator[Cast]:
    """The account shows who types."""
    cast.owner.ask("PATCH", "/admin/settings", wire_admin.SettingsChange(typing_on=True))
    yield cast
    cast.owner.ask("PATCH", "/admin/settings", wire_admin.SettingsChange(typing_on=False))


def test_the_other_one_sees_it_and_neither_a_stranger_nor_my_other_device_does(shown: Cast) -> None:
    chat = shown.talk(1)
    mine, theirs = shown.learner.client, shown.expert.client
    with (
        mine.connect() as line,
        mine.connect() as device,
        theirs.connect() as other,
        shown.outsider.client.connect() as stranger,
    ):
        assert mine.me().academy.typing_on
        stranger.typing(chat)
        line.typing(chat)
        line.typing(chat)
        line.ping()
        assert other.next_frame() == wire_frames.TypistFrame(chat, shown.learner.id)
        for one in (line, device, other, stranger):
            one.ping()
            assert not one._frames


def test_it_is_off_by_default_and_nothing_is_answered(cast: Cast) -> None:
    chat = cast.talk(1)
    with cast.learner.client.connect() as line, cast.expert.client.connect() as other:
        line.typing(chat)
        line.ping()
        other.ping()
        assert not line._frames
        assert not other._frames
