"""Jobs that were set aside, for the administrators: list them, try one again, discard one."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from hallway.domain import administration
from hallway.domain.audit import Action, Target
from hallway.domain.ids import UserId
from hallway.domain.people import User
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications.jobs import NOTIFICATION
from hallway.usecases.people.staff import enter
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

LISTED = 200
"""Jobs that are listed at most, the newest first."""


class _Payload(msgspec.Struct):
    """The part of a job's payload that may be shown to people."""

    about: str = ""


_PAYLOADS = msgspec.json.Decoder(_Payload)


@dataclass(frozen=True, slots=True)
class Entry:
    """A job that was set aside; what it is about: a person where it is theirs, else in the words of its payload."""

    job: Job
    person: User | None
    about: str


def entries(tx: Transaction, actor: Actor) -> Sequence[Entry]:
    """Return the jobs that were set aside, the newest first."""
    enter(tx, actor, administration.manage_account)
    jobs = tx.jobs.set_aside(actor.account_id, LISTED)
    people = tx.people.several(actor.account_id, {whose for one in jobs if (whose := _person_of(one)) is not None})
    return [Entry(one, people.get(_person_of(one) or UserId("")), _about(one)) for one in jobs]


def _person_of(job: Job) -> UserId | None:
    return UserId(job.subject.partition("/")[0]) if job.kind == NOTIFICATION else None


def _about(job: Job) -> str:
    try:
        return _PAYLOADS.decode(job.payload).about
    except msgspec.DecodeError:
        return ""


def try_again(tx: Transaction, actor: Actor, *, kind: str, subject: str, clock: Clock) -> None:
    """Queue one again. Raises NotFound."""
    enter(tx, actor, administration.manage_account)
    queueing.try_again(tx, actor.account_id, kind, subject, clock=clock)
    trail.record(tx, actor, Action.JOB_RETRIED, Target("job", kind))


def discard(tx: Transaction, actor: Actor, *, kind: str, subject: str) -> None:
    """Delete one, and what it would have done. Raises NotFound."""
    enter(tx, actor, administration.manage_account)
    queueing.discard(tx, actor.account_id, kind, subject)
    trail.record(tx, actor, Action.JOB_DISCARDED, Target("job", kind))
