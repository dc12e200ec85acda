"""Mails about somebody's own account, which nobody can switch off: queued in the transaction of what they are about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

WORK = Work("mail", lease=timedelta(minutes=2), retry=Retry(most_tries=12))
LINK, INVITATION, FORGOTTEN = "access-link", "access-invitation", "access-forgotten"
"""The texts of the mails that bring a sign-in link: staff sent it, staff invite somebody who never signed in, or somebody
asked for it who forgot their password.
"""
WITH_LINK = frozenset({LINK, INVITATION, FORGOTTEN})
NEW_DEVICE = "access-new-device"
"""That of the mail about a sign-in from a device that was not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityMail:
    """What a mail says: `text` names it in the catalogue, `values` stand in it. `to` is where it goes; None where the person
    is reached when it goes. `by_id` is whose name stands in it, None for the operator.
    """

    user_id: UserId
    text: str
    at: datetime
    by_id: UserId | None = None
    to: str | None = None
    values: Mapping[str, str] = field(default_factory=dict[str, str])


def queue(tx: Transaction, account_id: AccountId, mail: SecurityMail, *, clock: Clock) -> None:
    """Queue a mail. A second link of one kind for the same person replaces the first; all others go each."""
    address = "" if mail.to is None else sha256(mail.to.encode()).hexdigest()[:16]
    moment = "" if mail.text in WITH_LINK else mail.at.isoformat()
    subject = f"{mail.user_id}/{mail.text}/{address}/{moment}"
    queueing.enqueue(tx, account_id, WORK.kind, subject, written(mail), clock=clock)


def written(mail: SecurityMail) -> str:
    """Encode a mail as the payload of its job."""
    kept = {"user_id": mail.user_id, "text": mail.text, "at": mail.at.isoformat(), "by_id": mail.by_id, "to": mail.to}
    return json.dumps({**kept, "values": dict(mail.values)})


def read(payload: str) -> SecurityMail:
    """Decode the mail of a payload."""
    kept = json.loads(payload)
    at = datetime.fromisoformat(kept.pop("at"))
    return SecurityMail(at=at, **kept)
