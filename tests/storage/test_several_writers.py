"""Several processes over one PostgreSQL: here stores of their own in threads, whose transactions really run together."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import time as clock_time
from random import Random

import psycopg
import pytest

from hallway.adapters import RandomIds
from hallway.domain.accounts import Account
from hallway.domain.courses import Course
from hallway.domain.events import FactsChanged
from hallway.domain.ids import SessionId, UserId, dialog_id
from hallway.domain.messages import Message
from hallway.domain.office import Office
from hallway.domain.people import Role
from hallway.domain.verdicts import Denial, Refused
from hallway.storage.engines import open_engine
from hallway.storage.examination import examine
from hallway.storage.finding import Severity
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts import limits, provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.actors import Actor
from hallway.usecases.learning import teaching
from hallway.usecases.messaging import arranging, reading
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.notifications import bounces, preferences
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.people import users
from hallway.usecases.transaction import Transaction
from tests.contracts.world import BIOLOGY, EXPERT, HERE, NOON, change, person, user
from tests.servers.copies import migrated
from tests.servers.postgres import Postgres

LEARNERS = [person(f"learner {number}") for number in range(12)]
PATIENCE = 60


class Noon:
    """It is always noon."""

    def now(self):  # noqa: ANN201 - as the port says
        """The moment."""
        return NOON


@pytest.fixture
def url(postgres: Postgres) -> str:
    """A database with nobody in it."""
    return postgres.new_copy(migrated)


@pytest.fixture
def stores(url: str) -> Iterator[list[SqlStore]]:
    """Three of them, over an academy in which everybody learns from one expert."""
    opened = [open_store(url) for _ in range(3)]

    def found(tx: Transaction) -> None:
        tx.accounts.save(Account(id=HERE, name="Here"))
        tx.people.add([user("Eva Expert", Role.AUTHOR), *(user(f"learner {number}") for number in range(12))])
        tx.courses.add([Course(account_id=HERE, id=BIOLOGY, title="Biology")])
        tx.courses.assign(HERE, [(BIOLOGY, EXPERT)], at=NOON)
        tx.courses.enrol(HERE, [(BIOLOGY, one) for one in LEARNERS])

    change(opened[0], found)
    yield opened
    for one in opened:
        one.close()
    engine = open_engine(url)
    findings = [one for one in examine(engine) if one.verdict is Severity.PROBLEM]
    engine.dispose()
    assert findings == []


def send(sender: UserId, to: UserId, key: str, body: str = "Hello") -> Send:
    """One message."""
    return Send(
        actor=Actor(account_id=HERE, user_id=sender, session_id=SessionId("session")), body=body, key=key, to_person=to
    )


def sent(store: SqlStore, commands: Sequence[Send]) -> Sequence[Posted | Exception]:
    """What became of a batch."""
    answers = change(store, lambda tx: send_all(tx, commands, clock=Noon()))
    assert len(answers) == len(commands)
    return answers


def together(works: Sequence[Callable[[], object]]) -> list[object]:
    """Run all at the same time."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> object:
        barrier.wait(PATIENCE)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


@pytest.mark.slow
def test_batches_over_the_same_chats_in_any_order_neither_wait_for_ever_nor_lose_a_number(
    stores: list[SqlStore],
) -> None:
    def talk(number: int) -> None:
        random = Random(number)
        for turn in range(15):
            chosen = random.sample(LEARNERS, 8)
            commands = [send(one, EXPERT, f"{number}-{turn}-{one}") for one in chosen]
            assert all(isinstance(answer, Posted) for answer in sent(stores[number], commands))

    together([lambda number=number: talk(number) for number in range(3)])
    total = sum(len(messages_of(stores[0], one)) for one in LEARNERS)
    assert total == 3 * 15 * 8
    for one in LEARNERS:
        seqs = [message.seq for message in messages_of(stores[0], one)]
        assert seqs == list(range(1, len(seqs) + 1))


def messages_of(store: SqlStore, learner: UserId) -> Sequence[Message]:
    """All of a dialog with the expert."""
    chat = dialog_id(HERE, learner, EXPERT)
    return store.read(lambda tx: tx.messages.page(HERE, chat, EXPERT, after=0, before=None, limit=1_000))


@pytest.mark.slow
def test_a_chat_that_begins_at_two_processes_at_the_same_moment_is_one(stores: list[SqlStore]) -> None:
    for learner in LEARNERS:
        answers = together(
            [
                lambda one=learner: sent(stores[0], [send(one, EXPERT, f"to {one}")]),
                lambda one=learner: sent(stores[1], [send(one, EXPERT, f"also to {one}")]),
            ]
        )
        assert [type(answer) for (answer,) in answers] == [Posted, Posted]  # type: ignore[misc]
        assert [message.seq for message in messages_of(stores[2], learner)] == [1, 2]


def test_the_same_key_at_two_processes_is_one_message(stores: list[SqlStore]) -> None:
    for turn in range(10):
        command = send(LEARNERS[0], EXPERT, f"key {turn}")
        answers = together([lambda store=store, one=command: sent(store, [one]) for store in stores])
        seqs = {answer.message.seq for (answer,) in answers}  # type: ignore[misc]
        assert seqs == {turn + 1}


def test_chats_that_move_up_at_the_same_moment_take_different_places_above_all_others(stores: list[SqlStore]) -> None:
    sent(stores[0], [send(one, EXPERT, f"first {one}") for one in LEARNERS])
    for turn in range(10):
        chosen = Random(turn).sample(LEARNERS, 3)
        together(
            [
                lambda store=store, one=one, turn=turn: sent(store, [send(one, EXPERT, f"{turn} {one}")])
                for store, one in zip(stores, chosen, strict=True)
            ]
        )
        rows = stores[0].read(lambda tx: tx.conversations.rows(HERE, EXPERT, before=None, limit=50))
        assert {one.user.id for row in rows[:3] for one in row.participants} == set(chosen)
        places = [row.conversation.members[EXPERT].place or 0 for row in rows]
        assert places == sorted(set(places), reverse=True)


@pytest.mark.slow
def test_who_takes_a_right_away_waits_for_what_was_judged_by_it_and_whoever_comes_later_is_refused(
    stores: list[SqlStore],
) -> None:
    is_judging, may_finish, is_gone = threading.Event(), threading.Event(), threading.Event()

    def judged(tx: Transaction) -> object:
        answers = send_all(tx, [send(LEARNERS[0], EXPERT, "before")], clock=Noon())
        is_judging.set()
        assert may_finish.wait(PATIENCE)
        return answers[0]

    def withdrawn() -> None:
        assert is_judging.wait(PATIENCE)

        def work(tx: Transaction) -> None:
            tx.courses.withdraw(HERE, BIOLOGY, LEARNERS[0])
            tx.courses.withdraw(HERE, BIOLOGY, LEARNERS[1])
            tx.announce(FactsChanged(HERE, None))

        change(stores[1], work)
        is_gone.set()

    def patient() -> bool:
        assert is_judging.wait(PATIENCE)
        was_early = is_gone.wait(0.3)
        may_finish.set()
        return was_early

    answer, _, was_early = together([lambda: change(stores[0], judged), withdrawn, patient])
    assert isinstance(answer, Posted)
    assert was_early is False
    (later,) = sent(stores[2], [send(LEARNERS[1], EXPERT, "after")])
    assert isinstance(later, Refused)
    assert later.denial is Denial.NO_RELATION


# Who waits for whom: what lets nobody write where they might not, or the other way round, neither waits for sends nor
# delays them.

ADA = person("Ada Admin")
CHATS = [dialog_id(HERE, one, EXPERT) for one in LEARNERS]
Work = Callable[[Transaction], object]
HOURS = Office(frozenset({0}), clock_time(9), clock_time(17), 4)


def muted(tx: Transaction) -> None:
    """The expert mutes the very chat that is written to."""
    arranging.mute(tx, _as(EXPERT), conversation_id=CHATS[0], is_muted=True, clock=Noon())


def reachable(tx: Transaction) -> None:
    """The expert tells when they answer."""
    preferences.choose(tx, _as(EXPERT), NotificationPreferences(office=HOURS), channels=())


def bounced(tx: Transaction) -> None:
    """Mail to the learner who writes came back."""
    bounces.note(tx, user("learner 0"), "full", NOON)


def renamed(tx: Transaction) -> None:
    """The expert has another name."""
    users.change(
        tx, _as(ADA), user_id=EXPERT, changes=users.UserPatch(name="Eva"), manages=None, clock=Noon(), ids=RandomIds()
    )


def marked(tx: Transaction) -> None:
    """The expert marks another chat as unread."""
    reading.mark_unread(tx, _as(EXPERT), conversation_id=CHATS[1])


def withdrawn(tx: Transaction) -> None:
    """A learner may write to the expert no more."""
    teaching.withdraw(tx, _as(ADA), course_id=BIOLOGY, user_id=LEARNERS[2])


SHOWN = pytest.mark.parametrize("shown", [muted, reachable, bounced, renamed, marked])


def _as(who: UserId) -> Actor:
    return Actor(account_id=HERE, user_id=who, session_id=SessionId("session"))


def written(tx: Transaction) -> object:
    """A learner writes to the expert."""
    return send_all(tx, [send(LEARNERS[0], EXPERT, "held", "While it is held")], clock=Noon())[0]


@contextmanager
def held(store: SqlStore, work: Callable[[Transaction], object]) -> Generator[None]:
    """A transaction that has done its work, and is committed at the end."""
    is_done, may_commit = threading.Event(), threading.Event()

    def slowly(tx: Transaction) -> object:
        answer = work(tx)
        is_done.set()
        assert may_commit.wait(PATIENCE)
        return answer

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(change, store, slowly)
        try:
            assert is_done.wait(PATIENCE)
            yield
        finally:
            may_commit.set()
        assert not isinstance(holding.result(PATIENCE), Exception)


def _wait_until_somebody_waits(url: str) -> None:
    """Until a transaction waits for the lock of another one."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() == (0,):
            assert time.monotonic() < deadline, "Nobody waits."


@pytest.fixture
def busy(stores: list[SqlStore]) -> list[SqlStore]:
    """Two learners wrote to the expert, and there is an administrator."""
    change(stores[0], lambda tx: tx.people.add([user("Ada Admin", Role.ADMINISTRATOR)]))
    sent(stores[0], [send(one, EXPERT, f"first {one}") for one in LEARNERS[:2]])
    change(stores[0], lambda tx: reading.mark_read(tx, _as(EXPERT), conversation_id=CHATS[1], seq=1))
    return stores


@pytest.mark.slow
@SHOWN
def test_what_is_only_shown_does_not_wait_for_a_send(busy: list[SqlStore], shown: Work) -> None:
    with ThreadPoolExecutor(1) as pool, held(busy[0], written):
        pool.submit(change, busy[1], shown).result(PATIENCE)


@pytest.mark.slow
@SHOWN
def test_a_send_does_not_wait_for_what_is_only_shown(busy: list[SqlStore], shown: Work) -> None:
    with ThreadPoolExecutor(1) as pool, held(busy[0], shown):
        assert isinstance(pool.submit(change, busy[1], written).result(PATIENCE), Posted)


@pytest.mark.slow
def test_a_send_does_not_wait_for_who_asks_how_many_people_there_may_be(busy: list[SqlStore]) -> None:
    change(busy[0], lambda tx: provisioning.change(tx, HERE, OperatorPatch(people=99)))
    with ThreadPoolExecutor(1) as pool, held(busy[0], lambda tx: limits.require_room(tx, HERE)):
        assert isinstance(pool.submit(change, busy[1], written).result(PATIENCE), Posted)


def test_a_change_of_facts_waits_for_a_send(busy: list[SqlStore], url: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with held(busy[0], written):
            changing = pool.submit(change, busy[1], withdrawn)
            _wait_until_somebody_waits(url)
            assert not changing.done()
        changing.result(PATIENCE)


@pytest.mark.slow
def test_a_send_waits_for_a_change_of_facts_and_is_judged_by_it(busy: list[SqlStore], url: str) -> None:
    late = send(LEARNERS[2], EXPERT, "too late")
    with ThreadPoolExecutor(1) as pool:
        with held(busy[0], withdrawn):
            sending = pool.submit(sent, busy[1], [late])
            _wait_until_somebody_waits(url)
            assert not sending.done()
        (answer,) = sending.result(PATIENCE)
    assert isinstance(answer, Refused)
    assert answer.denial is Denial.NO_RELATION
