"""upkeep_ports: what is needed no more is found and goes, the rest stays, in each store alike."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from hallway.domain.ids import ConversationId, SessionId, dialog_id
from hallway.domain.people import State
from hallway.usecases.access.records import LinkRequest
from hallway.usecases.imports.sheets import ImportJob as Import
from hallway.usecases.imports.sheets import ImportKind, Sheet, SheetLine, Slice
from hallway.usecases.jobs import queueing, upkeep
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.upkeep_ports import Key, What
from hallway.usecases.notifications.records import Bounce, Browser, KeptMail, NotificationState, ReplyAddress
from hallway.usecases.people.bulk_ports import BulkAction
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import (
    ADMIN,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    TOMAS,
    USERS,
    change,
    furnished,
    named,
    session,
    talk,
)
from tests.school import CountedIds, StoppedClock

DAY = timedelta(days=1)
LATER = NOON + DAY
SHEET = Sheet(("title",), (SheetLine(2, ("Fire drill",)),))
CHAT = dialog_id(HERE, TOMAS, EXPERT)
MAIL = KeptMail(account_id=HERE, id=named("old"), at=NOON, sender="a", subject="b", reason="forged", content=b"c")


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Two accounts, and a talk of four messages."""
    furnished(store)
    talk(store, TOMAS, EXPERT, ["One", "Two", "Three", "Four"])


def _import(name: str, told_days: int) -> Import:
    return Import(
        account_id=HERE,
        id=named(name),
        user_id=ADMIN,
        kind=ImportKind.COURSES,
        filename="a.csv",
        head=SHEET,
        total=1,
        noted_at=NOON + told_days * DAY,
    )


def _keep(tx: Transaction, job: Import) -> None:
    tx.import_jobs.add(job)
    tx.import_jobs.add_slice(HERE, job.id, Slice(0, msgspec.json.encode(SHEET.lines)))


def _browser(name: str) -> Browser:
    return Browser(
        account_id=HERE,
        id=named(name),
        user_id=EXPERT,
        session_id=SessionId(named(name)),
        endpoint=f"https://push.example/{name}",
        p256dh="p",
        auth="a",
        name="",
        created_at=NOON,
    )


def _old_and_new(tx: Transaction) -> None:
    """Of each kind one row that has outlived its use, and one that has not."""
    tx.sessions.add(replace(session("old", LENA), expires_at=NOON))
    tx.sessions.add(replace(session("new", LENA), expires_at=LATER))
    tx.sessions.add(replace(session("endless", LENA, "token"), expires_at=None))
    tx.sessions.add(replace(session("signed in", EXPERT), expires_at=LATER))
    tx.browsers.add(replace(_browser("here"), session_id=SessionId(named("signed in"))))
    for target_id in (f"push/{named('here')}", f"push/{named('gone')}", "email"):
        tx.notification_states.save(
            [
                NotificationState(
                    account_id=HERE, user_id=EXPERT, conversation_id=CHAT, target_id=target_id, notified_seq=1
                )
            ]
        )
    for name, at in (("old", NOON), ("new", LATER)):
        tx.attempts.add(HERE, named(name), "key", at)
        tx.access.save_request(
            LinkRequest(account_id=HERE, id=named(name), user_id=LENA, asked_by=ADMIN, asked_at=at, confirmed_by=None)
        )
        tx.mails.keep(replace(MAIL, id=named(name), at=at))
        tx.mails.add_addresses(
            [ReplyAddress(account_id=HERE, id=name.ljust(16), user_id=EXPERT, conversation_id=CHAT, made_at=at)]
        )
        tx.jobs.put(
            [
                Job(
                    account_id=HERE,
                    kind="mail",
                    subject=name,
                    created_at=NOON,
                    due_at=None,
                    set_aside_at=at,
                    reason="why",
                )
            ]
        )
    tx.jobs.put([Job(account_id=HERE, kind="mail", subject="waits", created_at=NOON, due_at=NOON)])
    _keep(tx, _import("old", 0))
    _keep(tx, _import("new", 1))
    for name, at in (("old", NOON), ("new", LATER)):
        tx.bulk.add(
            BulkAction(account_id=HERE, id=named(name), user_id=ADMIN, value=State.INACTIVE, total=1, noted_at=at)
        )
    emails = {one.id: one.email for one in USERS}
    tx.mails.bounced(Bounce(account_id=HERE, user_id=LENA, email="before@example.org", at=NOON, reason=""))
    tx.mails.bounced(Bounce(account_id=HERE, user_id=TOMAS, email=emails[TOMAS], at=NOON, reason=""))
    tx.mails.bounced(Bounce(account_id=HERE, user_id=EXPERT, email="lately@example.org", at=LATER, reason=""))
    for seq in (1, 2):
        tx.mails.keep_original(HERE, CHAT, seq, "The whole text")
    deleted = tx.messages.find(HERE, CHAT, 1)
    assert deleted is not None
    tx.messages.save(deleted.deleted_for_everyone(5, NOON))


OVERDUE: dict[What, Sequence[Key]] = {
    What.SESSIONS: [(named("old"),)],
    What.LINK_REQUESTS: [(named("old"),)],
    What.ATTEMPTS: [(named("old"),)],
    What.IMPORTS: [(named("old"),)],
    What.BULK_ACTIONS: [(named("old"),)],
    What.KEPT_MAILS: [(named("old"),)],
    What.REPLY_ADDRESSES: [("old".ljust(16),)],
    What.BOUNCES: [(LENA,)],
    What.ORIGINALS: [(CHAT, 1)],
    What.NOTICES: [(EXPERT, CHAT, f"push/{named('gone')}")],
    What.SET_ASIDE_JOBS: [("mail", "old")],
}
BEFORE = NOON + timedelta(seconds=1)


@pytest.mark.parametrize("what", What)
def test_what_outlived_its_use_goes_and_nothing_else(store: Store, what: What) -> None:
    change(store, _old_and_new)
    find: Callable[[Transaction], Sequence[Key]] = lambda tx: tx.upkeep.overdue(HERE, what, BEFORE, 10)  # noqa: E731
    found = store.read(find)
    assert found == OVERDUE[what]
    assert store.read(lambda tx: tx.upkeep.overdue(ELSEWHERE, what, BEFORE, 10)) == []
    assert change(store, lambda tx: tx.upkeep.remove(ELSEWHERE, what, found, BEFORE)) == 0
    assert change(store, lambda tx: tx.upkeep.remove(HERE, what, [], BEFORE)) == 0
    assert change(store, lambda tx: tx.upkeep.remove(HERE, what, found, BEFORE)) == 1
    assert store.read(find) == []
    others = {other: store.read(lambda tx, other=other: tx.upkeep.overdue(HERE, other, BEFORE, 10)) for other in What}
    assert others == {**OVERDUE, what: []}


def test_what_is_overdue_no_more_by_then_stays(store: Store) -> None:
    """Between finding and removing somebody may have gone on with it."""
    change(store, lambda tx: _keep(tx, _import("old", 0)))
    found = store.read(lambda tx: tx.upkeep.overdue(HERE, What.IMPORTS, BEFORE, 10))
    change(store, lambda tx: tx.import_jobs.save(_import("old", 1)))
    assert change(store, lambda tx: tx.upkeep.remove(HERE, What.IMPORTS, found, BEFORE)) == 0
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, named("old"), 0)) == SHEET.lines


def test_with_an_import_goes_its_file(store: Store) -> None:
    change(store, lambda tx: _keep(tx, _import("old", 0)))
    change(store, lambda tx: tx.upkeep.remove(HERE, What.IMPORTS, [(named("old"),)], BEFORE))
    assert store.read(lambda tx: tx.import_jobs.lines_from(HERE, named("old"), 0)) == ()


def test_with_a_session_goes_its_browser_and_with_that_what_was_kept_of_it(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.sessions.add(replace(session("old", EXPERT), expires_at=NOON))
        tx.browsers.add(_browser("old"))
        tx.notification_states.save(
            [
                NotificationState(
                    account_id=HERE,
                    user_id=EXPERT,
                    conversation_id=CHAT,
                    target_id=f"push/{named('old')}",
                    notified_seq=1,
                )
            ]
        )

    change(store, work)
    assert store.read(lambda tx: tx.upkeep.overdue(HERE, What.NOTICES, BEFORE, 10)) == []
    change(store, lambda tx: tx.upkeep.remove(HERE, What.SESSIONS, [(named("old"),)], BEFORE))
    assert store.read(lambda tx: tx.browsers.of(HERE, [EXPERT], NOON - DAY)) == {}
    assert store.read(lambda tx: tx.upkeep.overdue(HERE, What.NOTICES, BEFORE, 10)) != []


@pytest.mark.parametrize(
    "what", [What.LINK_REQUESTS, What.ATTEMPTS, What.IMPORTS, What.KEPT_MAILS, What.SET_ASIDE_JOBS]
)
def test_the_oldest_go_where_there_are_too_many(store: Store, what: What) -> None:
    change(store, _old_and_new)
    assert store.read(lambda tx: tx.upkeep.beyond(HERE, what, 2, 10)) == []
    assert store.read(lambda tx: tx.upkeep.beyond(HERE, what, 1, 10)) == OVERDUE[what]
    assert len(store.read(lambda tx: tx.upkeep.beyond(HERE, what, 0, 10))) == 2
    assert len(store.read(lambda tx: tx.upkeep.beyond(HERE, what, 0, 1))) == 1
    assert change(store, lambda tx: tx.upkeep.remove(HERE, what, OVERDUE[what], None)) == 1


@pytest.mark.parametrize("what", [What.SESSIONS, What.REPLY_ADDRESSES, What.BOUNCES, What.ORIGINALS, What.NOTICES])
def test_what_has_no_number_is_never_too_many(store: Store, what: What) -> None:
    change(store, _old_and_new)
    assert store.read(lambda tx: tx.upkeep.beyond(HERE, what, 0, 10)) == []


def test_pictures_of_another_version_are_found(store: Store) -> None:
    for user_id, version in ((EXPERT, "1-abc"), (LENA, "abc"), (ADMIN, "10-abc")):
        change(
            store, lambda tx, whose=user_id, of=version: tx.people.set_photo(HERE, whose, of, ("image/png", b"picture"))
        )
    assert set(store.read(lambda tx: tx.upkeep.pictures(HERE, "1-", 9))) == {LENA, ADMIN}
    assert len(store.read(lambda tx: tx.upkeep.pictures(HERE, "1-", 1))) == 1
    assert store.read(lambda tx: tx.upkeep.pictures(ELSEWHERE, "1-", 9)) == []


def test_rows_are_known_about(store: Store) -> None:
    assert store.read(lambda tx: tx.upkeep.rows(HERE)).numbers["message"] >= 0


def test_each_account_has_one_job_which_keeps_what_the_last_run_did(store: Store) -> None:
    clock, ids = StoppedClock(NOON), CountedIds()
    for _ in range(2):
        change(store, lambda tx: upkeep.schedule(tx, HERE, clock=clock))
    (job,) = change(store, lambda tx: queueing.claim(tx, HERE, upkeep.WORK, limit=9, clock=clock, ids=ids))
    ran = upkeep.Ran(NOON, {"sessions": 3}, {"message": 4})
    change(store, lambda tx: queueing.go_on(tx, job, upkeep.encoded(ran), LATER))
    change(store, lambda tx: upkeep.schedule(tx, HERE, clock=clock))
    kept = store.read(lambda tx: tx.jobs.several(HERE, upkeep.WORK.kind, [upkeep.SUBJECT]))[upkeep.SUBJECT]
    assert (kept.due_at, upkeep.last_run(kept.payload)) == (LATER, ran)
    assert ConversationId(CHAT) in store.read(lambda tx: tx.conversations.several(HERE, [CHAT]))


def test_the_overview_knows_who_has_no_job_and_the_runs_longest_ago_and_last(store: Store) -> None:
    clock, ids = StoppedClock(NOON), CountedIds()
    for account_id in (HERE, ELSEWHERE):
        assert account_id in store.read(upkeep.overview).without_job
        change(store, lambda tx, of=account_id: upkeep.schedule(tx, of, clock=clock))
    assert store.read(upkeep.overview) == upkeep.Overview([])
    longest_ago, last = upkeep.Ran(NOON), upkeep.Ran(LATER)
    for account_id, ran in ((HERE, last), (ELSEWHERE, longest_ago)):
        (job,) = change(
            store, lambda tx, of=account_id: queueing.claim(tx, of, upkeep.WORK, limit=9, clock=clock, ids=ids)
        )
        change(store, lambda tx, one=job, of=ran: queueing.go_on(tx, one, upkeep.encoded(of), LATER))
    assert store.read(upkeep.overview) == upkeep.Overview([], longest_ago, last)


@pytest.mark.parametrize(("are_of_all", "messages"), [(False, 7), (True, 4)])
def test_rows_that_each_account_counted_are_added_and_those_of_all_are_not(
    store: Store, *, are_of_all: bool, messages: int
) -> None:
    clock, ids = StoppedClock(NOON), CountedIds()
    for account_id, at, number in ((HERE, NOON, 3), (ELSEWHERE, LATER, 4)):
        change(store, lambda tx, of=account_id: upkeep.schedule(tx, of, clock=clock))
        (job,) = change(
            store, lambda tx, of=account_id: queueing.claim(tx, of, upkeep.WORK, limit=9, clock=clock, ids=ids)
        )
        ran = upkeep.encoded(upkeep.Ran(at, {}, {"message": number}, are_of_all))
        change(store, lambda tx, one=job, of=ran: queueing.go_on(tx, one, of, LATER))
    assert store.read(upkeep.overview).rows == {"message": messages}


def test_a_run_that_found_nothing_rests_for_longer() -> None:
    assert upkeep.pause_after([0, 0]) == upkeep.QUIET > upkeep.pause_after([0, 1]) == upkeep.EVERY
    assert upkeep.pause_after([1, upkeep.MOST_AT_A_RUN]) == upkeep.SOON
