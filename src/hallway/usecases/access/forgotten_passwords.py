"""Mail a sign-in link to somebody who forgot their password, and tell nobody whether there is such a person.

Whoever asks is answered before anybody is looked up: what was typed is queued, and a job finds out whose it is. So the
answer takes as long, and is the same, for people who exist and for those who do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import msgspec

from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId
from hallway.domain.people import State, User
from hallway.domain.text import identity_key
from hallway.usecases.access import attempts, former_emails
from hallway.usecases.access.attempts import Budget
from hallway.usecases.access.logins import EVERYBODY, SITE
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.audit import trail
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import TooMany
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import FORGOTTEN, SecurityMail
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

WORK = Work("forgotten_password", retry=Retry(most_tries=5))
A_MINUTE = 3
"""Requests for one login or address, whether it is somebody's or not."""
PAUSE, DAY, MOST_A_DAY = timedelta(minutes=1), timedelta(days=1), 3
"""Between two mails to one person, and how many they get in a day at most, whoever asks."""
LOOKED_BACK = 200
"""How many of the day's entries about the person are looked at; where there are more, they get no mail."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The login that somebody typed who cannot sign in to an account; `per_minute` is how often one network may ask."""

    account_id: AccountId
    login: str
    visitor: Visitor
    per_minute: int


@dataclass(frozen=True, slots=True)
class _Payload:
    """The part of the request that the job keeps."""

    login: str
    address: str


_PAYLOAD = msgspec.json.Decoder(_Payload)


def ask(tx: Transaction, forgotten: Forgotten, *, clock: Clock, ids: Ids) -> TooMany | None:
    """Queue the request, whoever it is about. TooMany when this is refused, which is answered so that the count lasts."""
    refusal = attempts.reserve(tx, forgotten.account_id, _budgets(forgotten), clock=clock, ids=ids)
    if isinstance(refusal, TooMany):
        return refusal
    login = identity_key(forgotten.login.strip())
    payload = msgspec.json.encode(_Payload(login, forgotten.visitor.address)).decode()
    subject = sha256(login.encode()).hexdigest()
    queueing.enqueue(tx, forgotten.account_id, WORK.kind, subject, payload, clock=clock)
    return None


def _budgets(forgotten: Forgotten) -> Sequence[Budget]:
    """Return the budgets of a request. None of them depends on whether the login is somebody's, so none gives that away."""
    often, visitor = forgotten.per_minute, forgotten.visitor
    sites = [Budget(f"forgotten network {one}", often * SITE) for one in visitor.networks[1:]]
    networks = [Budget(f"forgotten network {one}", often) for one in visitor.networks[:1]]
    login = Budget(f"forgotten login {identity_key(forgotten.login.strip())}", A_MINUTE)
    return [login, *networks, *sites, Budget("forgotten all", often * EVERYBODY)]


def answer(tx: Transaction, job: Job, *, clock: Clock) -> bool:
    """Queue the mail, to the address that is surely the person's. Returns whether there is a mail to send.

    Nobody gets more than a few: a stranger who asks in their name fills no mailbox.
    """
    asked = _PAYLOAD.decode(job.payload)
    user = tx.people.by_login(job.account_id, asked.login)
    if user is None or user.state is not State.ACTIVE:
        return False
    now = clock.now()
    to = former_emails.confirmed(tx, [user], now)[user.id]
    if not to or _has_bounced(tx, user, to) or _is_enough(tx, user, clock):
        return False
    security_mails.queue(
        tx, user.account_id, SecurityMail(user_id=user.id, text=FORGOTTEN, at=now, by_id=user.id, to=to), clock=clock
    )
    by = Origin(account_id=user.account_id, via=Via.STRANGER, address=asked.address)
    trail.record(tx, by, Action.PASSWORD_FORGOTTEN, trail.user(user.id))
    return True


def _has_bounced(tx: Transaction, user: User, to: str) -> bool:
    returned = tx.mails.bounces(user.account_id, [user.id]).get(user.id)
    return returned is not None and returned.email == to


def _is_enough(tx: Transaction, user: User, clock: Clock) -> bool:
    """Return whether the person was mailed often enough lately, by the audit log, which nobody can empty."""
    now = clock.now()
    chosen = Chosen(group=Action.PASSWORD_FORGOTTEN.group, about=user.id, since=now - DAY)
    entries = tx.audit.page(user.account_id, chosen, before=None, limit=LOOKED_BACK)
    mailed = [one.at for one in entries if one.draft.action == Action.PASSWORD_FORGOTTEN]
    is_just_now = bool(mailed) and now - mailed[0] < PAUSE
    return is_just_now or len(mailed) >= MOST_A_DAY or len(entries) >= LOOKED_BACK
