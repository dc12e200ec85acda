"""What every broker does: inside one process, and between processes over PostgreSQL and over NATS."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.broker import codecs
from hallway.broker.cluster import SILENT, ClusterBroker
from hallway.broker.codecs import FullCodec, ReferenceCodec
from hallway.broker.in_process import InProcessBroker
from hallway.broker.nats import Nats as NatsPubSub
from hallway.broker.postgres import Postgres as PostgresPubSub
from hallway.domain.courses import Question
from hallway.domain.events import (
    AccountChanged,
    ChatDeleted,
    ChatMoved,
    ConversationRead,
    DraftChanged,
    Event,
    FactsChanged,
    MemberSettingsChanged,
    MessageChanged,
    MessageHidden,
    MessagePosted,
    ProfileChanged,
    ScheduledChanged,
    SessionEnded,
    Typing,
    UnreadMarked,
)
from hallway.domain.ids import SessionId
from hallway.domain.reactions import Reaction
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.broker import Broker
from hallway.usecases.transaction import StoreUnavailable, Transaction
from tests.broker.event_recorder import EventRecorder
from tests.contracts.world import (
    BIOLOGY,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    TOMAS,
    change,
    dialog,
    furnished,
    message,
)
from tests.servers.copies import migrated
from tests.servers.nats import Nats
from tests.servers.postgres import Postgres
from tests.servers.programs import removing

Pair = tuple[Broker, Broker]
Between2 = Callable[[], AbstractAsyncContextManager[Pair]]
TALK = dialog(TOMAS, EXPERT, 3, question=Question(BIOLOGY, EXPERT))
ASKED = replace(message(TALK.id, 1, TOMAS, "What is a cell? ё 👍 \u2028"), course_id=BIOLOGY)
DELETED = message(TALK.id, 3, TOMAS).deleted_for_everyone(4, NOON + timedelta(hours=1))
EDITED = message(TALK.id, 2, TOMAS).edited(5, "Edited 👍", NOON + timedelta(hours=1))
EDITED = replace(EDITED, reply_to=1, reactions=(Reaction("❤️", 1, (EXPERT,)),))
MEMBERS = frozenset({TOMAS, EXPERT})
ALL_KINDS: list[Event] = [
    MessagePosted(HERE, MEMBERS, ASKED, "Biology"),
    ConversationRead(account_id=HERE, members=MEMBERS, conversation_id=TALK.id, rev=5, user_id=EXPERT, read_seq=1),
    MessagePosted(HERE, MEMBERS, EDITED),
    MessageChanged(HERE, frozenset({TOMAS}), EDITED),
    MessageChanged(HERE, MEMBERS, DELETED),
    MessageHidden(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, own_rev=1, seq=2, is_hidden=True),
    UnreadMarked(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, own_rev=2, unread_from=1),
    UnreadMarked(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, own_rev=3, unread_from=None),
    ChatDeleted(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, own_rev=2, cleared_seq=3),
    MemberSettingsChanged(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, is_muted=True),
    MemberSettingsChanged(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, is_muted=True, muted_until=NOON),
    ChatMoved(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, own_rev=4, is_pinned=True, is_archived=False),
    DraftChanged(account_id=HERE, user_id=TOMAS, conversation_id=TALK.id, revision=2**40),
    ScheduledChanged(HERE, TOMAS, TALK.id),
    ProfileChanged(HERE, EXPERT, frozenset({TOMAS, EXPERT})),
    ProfileChanged(HERE, EXPERT, frozenset({EXPERT})),
    AccountChanged(HERE, frozenset({LENA, TOMAS})),
    AccountChanged(HERE, None),
    FactsChanged(HERE, frozenset({LENA, TOMAS})),
    FactsChanged(HERE, None),
    SessionEnded(HERE, LENA, SessionId("one")),
    SessionEnded(HERE, LENA, None),
]


PASSING = Typing(HERE, frozenset({EXPERT}), TALK.id, TOMAS)


@pytest.fixture
def store(postgres: Postgres) -> Iterator[SqlStore]:
    """A store that has the messages of all events."""
    opened = open_store(postgres.new_copy(migrated))

    def work(tx: Transaction) -> None:
        tx.conversations.add([TALK])
        tx.messages.add([ASKED, EDITED, DELETED])

    change(furnished(opened), work)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def nats() -> Iterator[Nats]:
    """A cluster of three nodes."""
    cluster = Nats(3)
    yield cluster
    cluster.remove()


@pytest.fixture(params=["in process", "postgresql", "nats"])
def pair(request: pytest.FixtureRequest) -> Between2:
    """The brokers of two processes, both of which follow HERE. In one process they are the same."""
    if request.param == "in process":
        return _alone
    if request.param == "nats":
        cluster: Nats = request.getfixturevalue("nats")
        return lambda: _of_two(lambda node: ClusterBroker(InProcessBroker(), _pub_sub(cluster, node), FullCodec()))
    store: SqlStore = request.getfixturevalue("store")
    return lambda: _of_two(lambda _: over_postgres(store))


def _pub_sub(cluster: Nats, node: int) -> NatsPubSub:
    """The two processes begin at different nodes."""
    addresses = cluster.addresses.split(",")
    return NatsPubSub([*addresses[node:], *addresses[:node]])


def over_postgres(store: SqlStore) -> ClusterBroker:
    """A process with a store."""

    def read(work: Callable[[Transaction], object]) -> object:
        return asyncio.to_thread(store.read, work)

    address = store._engine.url.render_as_string(hide_password=False)
    return ClusterBroker(InProcessBroker(), PostgresPubSub(address), ReferenceCodec(read))  # type: ignore[arg-type]


@asynccontextmanager
async def _alone() -> AsyncGenerator[Pair]:
    broker = InProcessBroker()
    yield broker, broker


@asynccontextmanager
async def _of_two(one: Callable[[int], ClusterBroker]) -> AsyncGenerator[Pair]:
    here, there = one(0), one(1)
    for broker in (here, there):
        await broker.open()
        await broker.follow(HERE)
    try:
        await _heard(here, there)
        await _heard(there, here)
        yield here, there
    finally:
        for broker in (here, there):
            await broker.close()


async def _heard(by: Broker, there: Broker) -> None:
    """Publish until it is heard there: while nothing is carried, what is published is lost."""
    ears = EventRecorder()
    there.subscribe(ears.hear, ears.missed)
    async with asyncio.timeout(30):
        while not ears.heard:
            by.publish([FactsChanged(HERE, None)])
            await asyncio.sleep(0.1)
    there.unsubscribe(ears.hear)
    await _settled(by, there)


async def _settled(by: Broker, there: Broker) -> None:
    """Wait until the last of those is heard."""
    ears = EventRecorder()
    there.subscribe(ears.hear, ears.missed)
    last = FactsChanged(HERE, frozenset({EXPERT}))
    by.publish([last])
    await ears.until(lambda: last in ears.heard)
    there.unsubscribe(ears.hear)


def test_what_is_passing_is_heard_there_and_nothing_is_missed_by_it(pair: Between2) -> None:
    async def run() -> None:
        async with pair() as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            async with asyncio.timeout(30):
                while PASSING not in ears.heard:  # it may be lost
                    here.publish_ephemeral(PASSING)
                    await asyncio.sleep(0.1)
            here.publish(ALL_KINDS)
            await ears.until(lambda: ALL_KINDS[-1] in ears.heard)
            assert [one for one in ears.heard if one != PASSING] == ALL_KINDS
            assert ears.misses == []

    asyncio.run(run())


def test_all_that_is_published_here_is_heard_there_in_order(pair: Between2) -> None:
    async def run() -> None:
        async with pair() as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            here.publish(ALL_KINDS)
            here.publish(ALL_KINDS[:2])
            await ears.until(lambda: len(ears.heard) == len(ALL_KINDS) + 2)
            assert ears.heard == [*ALL_KINDS, *ALL_KINDS[:2]]
            assert ears.misses == []

    asyncio.run(run())


def test_it_is_heard_here_once(pair: Between2) -> None:
    async def run() -> None:
        async with pair() as (here, there):
            mine, theirs = EventRecorder(), EventRecorder()
            here.subscribe(mine.hear, mine.missed)
            there.subscribe(theirs.hear, theirs.missed)
            here.publish(ALL_KINDS)
            there.publish([FactsChanged(HERE, None)])
            await mine.until(lambda: len(mine.heard) == len(ALL_KINDS) + 1)
            await theirs.until(lambda: len(theirs.heard) == len(ALL_KINDS) + 1)
            assert mine.heard.count(ALL_KINDS[0]) == theirs.heard.count(ALL_KINDS[0]) == 1

    asyncio.run(run())


def test_who_unsubscribed_hears_no_more(pair: Between2) -> None:
    async def run() -> None:
        async with pair() as (here, there):
            gone, there_still = EventRecorder(), EventRecorder()
            there.subscribe(gone.hear, gone.missed)
            there.subscribe(there_still.hear, there_still.missed)
            there.unsubscribe(gone.hear)
            here.publish([FactsChanged(HERE, None)])
            await there_still.until(lambda: there_still.heard)
            assert gone.heard == []

    asyncio.run(run())


def test_thousands_at_once_arrive_in_order(pair: Between2) -> None:
    many = [
        ConversationRead(
            account_id=HERE, members=MEMBERS, conversation_id=TALK.id, rev=rev, user_id=EXPERT, read_seq=rev
        )
        for rev in range(5_000)
    ]

    async def run() -> None:
        async with pair() as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            for start in range(0, len(many), 500):
                here.publish(many[start : start + 500])
            await ears.until(lambda: len(ears.heard) == len(many))
            assert ears.heard == many

    asyncio.run(run())


def test_a_message_that_went_meanwhile_is_not_told_and_one_that_was_deleted_is_told_as_that(store: SqlStore) -> None:
    async def run() -> None:
        async with _of_two(lambda _: over_postgres(store)) as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            gone = message(TALK.id, 99, TOMAS)
            before = replace(DELETED, body="Never mind", rev=3, deleted_at=None)
            here.publish([MessagePosted(HERE, MEMBERS, gone), MessagePosted(HERE, MEMBERS, before)])
            await ears.until(lambda: ears.heard)
            assert ears.heard == [MessageChanged(HERE, MEMBERS, DELETED)]

    asyncio.run(run())


def test_who_is_in_a_large_conversation_is_read_from_the_store(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codecs, "MANY", 1)
    assert str(TOMAS).encode() not in ReferenceCodec(lambda _: None).write(MessagePosted(HERE, MEMBERS, ASKED))  # type: ignore[arg-type]

    async def run() -> None:
        async with _of_two(lambda _: over_postgres(store)) as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            here.publish([MessagePosted(HERE, MEMBERS, ASKED, "Biology")])
            await ears.until(lambda: ears.heard)
            assert ears.heard == [MessagePosted(HERE, MEMBERS, ASKED, "Biology")]

    asyncio.run(run())


def test_who_sees_a_changed_message_of_a_large_conversation_is_read_from_the_store(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codecs, "MANY", 1)
    change(store, lambda tx: tx.messages.hide(HERE, TALK.id, EXPERT, 2, is_hidden=True, own_rev=1))

    async def run() -> None:
        async with _of_two(lambda _: over_postgres(store)) as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            here.publish([MessageChanged(HERE, MEMBERS, EDITED), MessageChanged(HERE, MEMBERS, DELETED)])
            await ears.until(lambda: len(ears.heard) == 2)
            assert ears.heard == [
                MessageChanged(HERE, frozenset({TOMAS}), EDITED),
                MessageChanged(HERE, MEMBERS, DELETED),
            ]

    asyncio.run(run())


def test_a_store_that_does_not_answer_is_a_miss(postgres: Postgres) -> None:
    closed = furnished(open_store(postgres.new_copy(migrated)))

    def unread(_: Callable[[Transaction], object]) -> object:
        raise StoreUnavailable

    async def run() -> None:
        async with _of_two(lambda _: over_postgres(closed)) as (here, there):
            assert isinstance(there, ClusterBroker)
            there._form = ReferenceCodec(unread)  # type: ignore[arg-type]
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            here.publish([MessagePosted(HERE, MEMBERS, ASKED)])
            await ears.until(lambda: ears.misses)
            assert ears.heard == []

    asyncio.run(run())
    closed.close()


@pytest.mark.slow
def test_a_postgresql_that_comes_back_is_listened_to_again_and_the_gap_is_noticed() -> None:
    async def run(server: Postgres, store: SqlStore) -> None:
        async with _of_two(lambda _: over_postgres(store)) as (here, there):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            await asyncio.to_thread(server.stop)
            here.publish([FactsChanged(HERE, frozenset())])
            await asyncio.to_thread(server.start)
            await _heard(here, there)
            assert ears.misses

    with removing(Postgres()) as server, closing(furnished(open_store(server.new_database()))) as store:
        asyncio.run(run(server, store))


@pytest.mark.slow
def test_every_node_of_nats_may_go_and_come_back_and_the_gap_is_noticed() -> None:
    async def run(cluster: Nats) -> None:
        async with _of_two(lambda node: ClusterBroker(InProcessBroker(), _pub_sub(cluster, node), FullCodec())) as (
            here,
            there,
        ):
            ears = EventRecorder()
            there.subscribe(ears.hear, ears.missed)
            for node in range(3):
                cluster.kill(node)
            here.publish([FactsChanged(HERE, frozenset())])
            for node in range(3):
                await asyncio.to_thread(cluster.start, node)
            await _heard(here, there)
            assert ears.misses

    with removing(Nats(3)) as cluster:
        asyncio.run(run(cluster))


@pytest.mark.slow
def test_a_node_that_answers_later_is_found() -> None:
    async def run(cluster: Nats) -> None:
        cluster.kill(0)
        opened = [ClusterBroker(InProcessBroker(), _pub_sub(cluster, 0), FullCodec()) for _ in range(2)]
        for broker in opened:
            await broker.open()
            await broker.follow(HERE)
        await asyncio.to_thread(cluster.start, 0)
        await _heard(*opened)
        for broker in opened:
            await broker.close()

    with removing(Nats()) as cluster:
        asyncio.run(run(cluster))


@pytest.mark.slow
def test_a_process_starts_and_ends_though_no_node_answers() -> None:
    async def run() -> None:
        broker = ClusterBroker(InProcessBroker(), NatsPubSub(["nats://127.0.0.1:1"]), FullCodec())
        ears = EventRecorder()
        broker.subscribe(ears.hear, ears.missed)
        await broker.open()
        await broker.follow(HERE)
        await broker.follow(ELSEWHERE)
        broker.publish([FactsChanged(HERE, None)])
        await ears.until(lambda: ears.heard)
        for _ in range(SILENT):
            broker.beat()
        await broker.close()

    asyncio.run(run())


@pytest.mark.parametrize("turns", range(1, 8))
def test_a_process_may_end_at_any_turn_of_a_try_to_connect(turns: int) -> None:
    async def hear(_: bytes) -> None:
        pytest.fail("nobody is there to be heard")

    async def run() -> None:
        pub_sub = NatsPubSub(["nats://127.0.0.1:1"])
        opening = asyncio.create_task(pub_sub.open(hear))
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(30):
            await pub_sub.close()
        opening.cancel()

    asyncio.run(run())
