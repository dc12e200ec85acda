"""Keep an installation from growing for ever: remove what is needed no more, by age and by number. Never a message.

docs/operators.md has the same table, for operators.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from hallway.domain.ids import AccountId
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.queueing import Work
from hallway.usecases.jobs.upkeep_ports import Key, What
from hallway.usecases.notifications import inbound, mail_replies
from hallway.usecases.people import bulk_actions
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

WORK = Work("upkeep", lease=timedelta(minutes=2))
SUBJECT = "account"
SOON = timedelta(minutes=1)
"""After a run that had to leave something for the next one."""
EVERY = timedelta(hours=1)
QUIET = timedelta(hours=3)
"""After a run that found nothing to remove: most of many accounts have nothing for days."""
MOST_AT_A_RUN = 20_000
"""Rows of one kind: more wait for the next run."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The time for which rows of a kind are kept after their use has ended, and how many of them at most in an account.

    `at_once` rows are removed in one transaction: few of those that hold whole files, so that nobody's message waits.
    """

    what: What
    age: timedelta
    most: int | None = None
    at_once: int = 200


RULES = (
    Rule(What.SESSIONS, timedelta(days=7)),
    Rule(What.LINK_REQUESTS, timedelta(days=30), most=1_000),
    Rule(What.ATTEMPTS, timedelta(days=1), most=100_000),
    Rule(What.IMPORTS, timedelta(days=1), most=100, at_once=5),
    Rule(What.BULK_ACTIONS, bulk_actions.KEPT, most=100, at_once=1),
    Rule(What.KEPT_MAILS, inbound.KEPT_FOR, most=inbound.MOST_KEPT, at_once=5),
    Rule(What.REPLY_ADDRESSES, mail_replies.LIFE + timedelta(days=90)),
    Rule(What.BOUNCES, timedelta(days=30)),
    Rule(What.ORIGINALS, timedelta()),
    Rule(What.NOTICES, timedelta()),
    Rule(What.SET_ASIDE_JOBS, timedelta(days=90), most=10_000, at_once=20),
)
"""In this order: with a session goes its browser, and then what was kept about that."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The results of the last run, kept in its job: when, how many rows it removed, and how many there were in each table,
    of its account or of all.
    """

    at: datetime
    removed: Mapping[str, int] = field(default_factory=dict[str, int])
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    rows_are_of_all: bool = True


_RAN = msgspec.json.Decoder(Ran)


def schedule(tx: Transaction, account_id: AccountId, *, clock: Clock) -> None:
    """Queue the account's job unless it is there; an existing one stays as it is, also when it was set aside."""
    if not tx.jobs.several(account_id, WORK.kind, [SUBJECT]):
        queueing.enqueue(tx, account_id, WORK.kind, SUBJECT, clock=clock)


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of upkeep over all accounts: those without their job, the runs longest ago and last of all, and about how
    many rows each table has.

    In a suspended account it rests, so that its last run may be any time ago.
    """

    without_job: Sequence[AccountId] = ()
    oldest: Ran | None = None
    newest: Ran | None = None
    rows: Mapping[str, int] = field(default_factory=dict[str, int])


def overview(tx: Transaction) -> Overview:
    """Look at the job of each account."""
    present: set[AccountId] = set()
    suspended = tx.accounts.suspended()
    oldest, newest, rows = None, None, Counter[str]()
    for account_id, payload in tx.jobs.payloads(WORK.kind, SUBJECT):
        present.add(account_id)
        ran = last_run(payload)
        if ran is not None and not ran.rows_are_of_all:
            rows.update(ran.rows)
        if ran is not None and account_id not in suspended:
            oldest = ran if oldest is None else min(oldest, ran, key=_moment)
            newest = ran if newest is None else max(newest, ran, key=_moment)
    counted = newest.rows if newest is not None and newest.rows_are_of_all else rows
    return Overview([one for one in tx.accounts.ids() if one not in present], oldest, newest, counted)


def _moment(ran: Ran) -> datetime:
    return ran.at


def pause_after(removed: Collection[int]) -> timedelta:
    """Return how long the next run of an account waits, by how many rows of each kind this one removed."""
    if any(number >= MOST_AT_A_RUN for number in removed):
        return SOON
    return EVERY if any(removed) else QUIET


def overdue(tx: Transaction, account_id: AccountId, rule: Rule, now: datetime) -> tuple[list[Key], datetime | None]:
    """Return the next rows to remove by a rule: first those that are too old (then with the moment), then those too many."""
    before = now - rule.age
    old = tx.upkeep.overdue(account_id, rule.what, before, rule.at_once)
    if old or rule.most is None:
        return list(old), before
    return list(tx.upkeep.beyond(account_id, rule.what, rule.most, rule.at_once)), None


def encoded(ran: Ran) -> str:
    """Encode a run as a job's payload."""
    return msgspec.json.encode(ran).decode()


def last_run(payload: str) -> Ran | None:
    """Decode the last run from a job's payload; None before the first run."""
    return _RAN.decode(payload) if payload else None
