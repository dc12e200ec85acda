"""A process notices what pub/sub loses: with one here that loses what the test says."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from hallway.broker import cluster
from hallway.broker.cluster import FORGOTTEN, SILENT, ClusterBroker
from hallway.broker.codecs import FullCodec
from hallway.broker.envelope import Envelope, encode
from hallway.broker.in_process import InProcessBroker
from hallway.domain.events import FactsChanged, Typing
from hallway.domain.ids import AccountId, ConversationId, UserId
from tests.broker.event_recorder import EventRecorder
from tests.contracts.world import HERE, LENA

ELSEWHERE = AccountId("elsewhere")


class Ether:
    """Carries between processes of one loop; what is said while it is silent is lost."""

    def __init__(self, largest: int = 1_000) -> None:
        """It carries everything."""
        self.largest = largest
        self.is_silent = self.is_busy = False
        self.sent: list[bytes] = []
        self._hearers: list[Callable[[bytes], Awaitable[None]]] = []

    async def open(self, hear: Callable[[bytes], Awaitable[None]]) -> None:
        """One more process."""
        self._hearers.append(hear)

    async def follow(self, account_id: AccountId) -> None:
        """Everybody hears everything."""

    def send(self, account_id: AccountId, payload: bytes) -> None:
        """Carry, unless it is silent."""
        del account_id
        self.sent.append(payload)
        if not self.is_silent:
            for hear in self._hearers:
                asyncio.ensure_future(hear(payload))  # noqa: RUF006 - it is done at once

    async def close(self) -> None:
        """Nothing is left to do."""


@pytest.fixture(autouse=True)
def no_beat_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests beat when they mean to."""
    monkeypatch.setattr(cluster, "BEAT", 3_600)


def changed(*users: str) -> FactsChanged:
    return FactsChanged(HERE, frozenset(map(UserId, users)))


async def process(ether: Ether, *accounts: AccountId) -> tuple[ClusterBroker, EventRecorder]:
    """One more process on the ether, which follows these accounts, or HERE."""
    broker, ears = ClusterBroker(InProcessBroker(), ether, FullCodec()), EventRecorder()
    broker.subscribe(ears.hear, ears.missed)
    await broker.open()
    for one in accounts or (HERE,):
        await broker.follow(one)
    return broker, ears


async def pair(ether: Ether) -> tuple[tuple[ClusterBroker, EventRecorder], tuple[ClusterBroker, EventRecorder]]:
    """Two processes that have heard of each other."""
    one, other = await process(ether), await process(ether)
    await settle()
    for _, ears in (one, other):
        ears.misses.clear()
    ether.sent.clear()
    return one, other


async def settle() -> None:
    """Let all that is under way arrive."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_what_is_told_is_heard_there_and_here_once() -> None:
    async def run() -> None:
        ether = Ether()
        (one, mine), (_, theirs) = await pair(ether)
        one.publish([changed("a"), changed("b")])
        await settle()
        assert mine.heard == theirs.heard == [changed("a"), changed("b")]
        assert theirs.misses == []

    asyncio.run(run())


def test_who_overhears_hears_the_others_alone() -> None:
    async def run() -> None:
        ether, curious = Ether(), EventRecorder()
        (one, _), (other, _) = await pair(ether)
        one.overhear(curious.hear)
        one.publish([changed("mine")])
        other.publish([changed("theirs")])
        await settle()
        assert curious.heard == [changed("theirs")]
        one.unsubscribe(curious.hear)
        other.publish([changed("later")])
        await settle()
        assert curious.heard == [changed("theirs")]

    asyncio.run(run())


TYPING = Typing(HERE, frozenset({LENA}), ConversationId("chat"), UserId("tomas"))


def test_what_is_passing_is_heard_there_and_here_and_has_no_number() -> None:
    async def run() -> None:
        ether = Ether()
        (one, mine), (_, theirs) = await pair(ether)
        one.publish_ephemeral(TYPING)
        await settle()
        assert mine.heard == theirs.heard == [TYPING]
        ether.is_silent = True
        one.publish_ephemeral(TYPING)
        await settle()
        ether.is_silent = False
        one.publish([changed("a")])
        await settle()
        assert theirs.heard == [TYPING, changed("a")]
        assert theirs.misses == []

    asyncio.run(run())


@pytest.mark.parametrize("is_busy", [True, False])
def test_what_is_passing_takes_the_place_of_nothing(*, is_busy: bool) -> None:
    async def run() -> None:
        ether = Ether()
        (one, mine), (_, theirs) = await pair(ether)
        ether.is_busy = is_busy
        ether.largest = 1_000 if is_busy else 50
        one.publish_ephemeral(TYPING)
        await settle()
        assert (mine.heard, theirs.heard, theirs.misses, ether.sent) == ([TYPING], [], [], [])

    asyncio.run(run())


@pytest.mark.parametrize(
    "event", [b'["Typing",{}]', b'["FactsChanged",{"account_id":"%s","users":null}]' % HERE.encode(), b"7"]
)
def test_what_comes_as_passing_and_is_not_is_nothing(event: bytes) -> None:
    async def run() -> None:
        ether = Ether()
        _, (_, theirs) = await pair(ether)
        ether.send(
            HERE,
            encode(Envelope(process="other", account_id=HERE, number=0, word="ephemeral", events=[msgspec.Raw(event)])),
        )
        await settle()
        assert (theirs.heard, theirs.misses) == ([], [])

    asyncio.run(run())


def test_in_one_process_there_is_nobody_to_overhear() -> None:
    async def run() -> None:
        broker, curious = InProcessBroker(), EventRecorder()
        broker.overhear(curious.hear)
        broker.publish([changed("mine")])
        await settle()
        assert curious.heard == []

    asyncio.run(run())


def test_a_number_left_out_is_noticed_with_the_next_parcel_even_an_empty_one() -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (_, theirs) = await pair(ether)
        ether.is_silent = True
        one.publish([changed("lost")])
        await settle()
        ether.is_silent = False
        assert theirs.misses == []
        one.beat()
        await settle()
        assert (theirs.heard, theirs.misses) == ([], [HERE])
        one.publish([changed("c")])
        await settle()
        assert (theirs.heard, theirs.misses) == ([changed("c")], [HERE])

    asyncio.run(run())


def test_who_falls_silent_may_have_left_something_untold_and_is_asked_after_ever_more_seldom() -> None:
    async def run() -> None:
        ether = Ether()
        _, (other, theirs) = await pair(ether)
        ether.is_silent = True
        noticed: list[int] = []
        for beat in range(1, 2 * FORGOTTEN):
            other.beat()
            noticed += [beat] * len(theirs.misses)
            theirs.misses.clear()
        assert noticed == [SILENT, 8, 16, 32, 64, 128]

    asyncio.run(run())


def test_who_says_goodbye_is_not_missed() -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (other, theirs) = await pair(ether)
        await one.close()
        await settle()
        for _ in range(FORGOTTEN):
            other.beat()
        assert theirs.misses == []

    asyncio.run(run())


def test_who_comes_later_asks_for_what_was_told_before_and_its_own_first_words_are_missed_by_nobody() -> None:
    async def run() -> None:
        ether = Ether()
        _, mine = await process(ether)
        _, theirs = await process(ether)
        await settle()
        assert (mine.misses, theirs.misses) == ([], [HERE])

    asyncio.run(run())


def test_while_nobody_else_is_there_nothing_is_sent_and_all_is_counted() -> None:
    async def run() -> None:
        ether = Ether()
        one, mine = await process(ether)
        ether.sent.clear()
        for _ in range(3):
            one.publish([changed("a")])
        await settle()
        assert (mine.heard, ether.sent) == ([changed("a")] * 3, [])
        _, theirs = await process(ether)
        one.beat()
        await settle()
        assert theirs.misses == [HERE]
        one.publish([changed("b")])
        await settle()
        assert theirs.heard == [changed("b")]

    asyncio.run(run())


def test_what_was_done_before_one_heard_of_the_others_is_missed_by_them() -> None:
    async def run() -> None:
        ether = Ether()
        _, theirs = await process(ether)
        ether.is_silent = True
        newcomer, _ = await process(ether)
        newcomer.publish([changed("a")])
        await settle()
        ether.is_silent = False
        newcomer.beat()
        await settle()
        assert (theirs.heard, theirs.misses) == ([], [HERE])

    asyncio.run(run())


def test_who_tells_of_an_account_is_heard_and_missed_like_who_follows_it() -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (other, theirs) = await process(ether, ELSEWHERE), await process(ether)
        one.publish([changed("a")])
        await settle()
        assert theirs.misses == [HERE]
        other.beat()
        await settle()
        one.publish([changed("b")])
        await settle()
        assert theirs.heard == [changed("b")]
        ether.is_silent = True
        for _ in range(SILENT):
            other.beat()
        assert theirs.misses == [HERE, HERE]

    asyncio.run(run())


def test_an_account_that_nobody_follows_is_not_heard() -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (_, theirs) = await process(ether), await process(ether, ELSEWHERE)
        for _ in range(2):
            one.publish([changed("a")])
            one.beat()
            await settle()
        assert (theirs.heard, theirs.misses) == ([], [])

    asyncio.run(run())


def test_what_does_not_fit_is_divided_and_what_fits_nowhere_is_asked_for() -> None:
    async def run() -> None:
        ether = Ether(largest=1_000)
        (one, _), (_, theirs) = await pair(ether)
        small = [changed(f"somebody with a long name {number}") for number in range(50)]
        one.publish([*small[:25], changed(*(f"somebody {number}" for number in range(200))), *small[25:]])
        await settle()
        assert theirs.heard == small
        assert theirs.misses == [HERE]
        assert len(ether.sent) > 5
        assert max(map(len, ether.sent)) <= ether.largest

    asyncio.run(run())


@pytest.mark.parametrize(
    "payload",
    [
        b"rubbish",
        b"[]",
        encode(
            Envelope(
                process="other", account_id=HERE, number=1, word="", events=[msgspec.Raw(b'["SomethingNewer",{}]')]
            )
        ),
        encode(
            Envelope(
                process="other",
                account_id=HERE,
                number=1,
                word="",
                events=[msgspec.Raw(b'["FactsChanged",{"account_id":7}]')],
            )
        ),
    ],
)
def test_what_cannot_be_read_harms_nobody(payload: bytes) -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (_, theirs) = await pair(ether)
        ether.send(HERE, payload)
        one.publish([changed("a")])
        await settle()
        assert theirs.heard == [changed("a")]
        assert theirs.misses == ([HERE] if b"other" in payload else [])

    asyncio.run(run())


def test_a_parcel_that_comes_twice_or_late_is_heard_once() -> None:
    async def run() -> None:
        ether = Ether()
        (one, _), (_, theirs) = await pair(ether)
        one.publish([changed(LENA)])
        await settle()
        one.publish([changed("b")])
        await settle()
        for payload in list(ether.sent):
            ether.send(HERE, payload)
        await settle()
        assert (theirs.heard, theirs.misses) == ([changed(LENA), changed("b")], [])

    asyncio.run(run())
