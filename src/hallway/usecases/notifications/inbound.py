"""Mail that comes in: accepted durably before whoever brings it hears so, and worked on from there.

The same mail for the same recipients is one job, however often it is brought. What it turns into is found again by the
mail's fingerprint, so that work which is done twice after a crash makes no second message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from hallway.domain.ids import AccountId
from hallway.domain.people import User
from hallway.domain.text import cleaned_line, identity_key
from hallway.usecases.errors import Busy
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.notifications import mail_replies
from hallway.usecases.notifications.mail_replies import Incoming
from hallway.usecases.notifications.records import KeptMail
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

WORK = Work("inbound_mail", timedelta(minutes=2), Retry(most_tries=12))
"""With their pauses, twelve tries take four hours: a relay that is down for longer is an operator's matter."""
MOST_WAITING = 1_000
"""Mails that wait at most; who brings one more is told to come again."""
LONGEST_ENVELOPE = 320
"""Characters of an address on the envelope (RFC 5321 §4.5.3.1)."""
MOST_KEPT, MOST_KEPT_BYTES, KEPT_FOR = 200, 50_000_000, timedelta(days=90)
"""Mails that are kept aside at most in an account, their bytes together, and for how long; the oldest goes."""
AUTOMATIC = "automatic"
"""The reason for which mails are kept aside that no person wrote; they make room for others first."""
LONGEST_SUBJECT = 500
RETURNS, RETURN_SPAN = 4, timedelta(hours=1)
"""Return mails that somebody gets at most in a span, and that one sender causes."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The sender and the recipients of a mail, as the mail server said; `sender` is None where it was fetched from a mailbox."""

    sender: str | None
    recipients: Sequence[str]


def account_for(tx: Transaction, tokens: Sequence[str]) -> AccountId | None:
    """Return the account that keeps a mail until it is read: that of the tokens on its envelope, else the installation's own.

    Where all accounts have addresses of their own, that is the oldest. None where there is no account.
    """
    named = (account_id for token in tokens for account_id in mail_replies.accounts_of(tx, token))
    default = tx.accounts.default() or tx.accounts.oldest()
    return next(named, None) or (default.id if default else None)


def accept(tx: Transaction, account_id: AccountId, content: bytes, envelope: Envelope, clock: Clock) -> str:
    """Keep a mail to be worked on, unless it waits already. Returns the subject of its job. Raises Busy when too many wait."""
    sender = None if envelope.sender is None else cleaned_line(envelope.sender)[:LONGEST_ENVELOPE]
    clean = Envelope(sender, [cleaned_line(one)[:LONGEST_ENVELOPE] for one in envelope.recipients])
    payload = msgspec.json.encode(clean).decode()
    subject = sha256(f"{payload}\n".encode() + content).hexdigest()
    if tx.jobs.several(account_id, WORK.kind, [subject]):
        return subject
    if any(one.waiting >= MOST_WAITING for one in tx.jobs.counts(account_id) if one.kind == WORK.kind):
        raise Busy
    queueing.enqueue(tx, account_id, WORK.kind, subject, payload, content=content, clock=clock)
    return subject


def accepted(tx: Transaction, job: Job) -> tuple[bytes, Envelope] | None:
    """Return the mail of a job; None when somebody discarded it meanwhile."""
    content = tx.jobs.content(job.account_id, job.kind, job.subject)
    return None if content is None else (content, msgspec.json.decode(job.payload, type=Envelope))


def keep_aside(
    tx: Transaction, account_id: AccountId, mail: Incoming, content: bytes, reason: str, *, clock: Clock, ids: Ids
) -> None:
    """Keep a mail that nothing can be done with, and let the oldest go."""
    kept = KeptMail(
        account_id=account_id,
        id=ids.new(),
        at=clock.now(),
        sender=cleaned_line(mail.sender)[:LONGEST_ENVELOPE],
        subject=cleaned_line(mail.subject)[:LONGEST_SUBJECT],
        reason=reason,
        content=content,
    )
    tx.mails.keep(kept)
    before = kept.at - KEPT_FOR
    tx.mails.forget_kept(account_id, most=MOST_KEPT, most_bytes=MOST_KEPT_BYTES, before=before, first=AUTOMATIC)


def may_return(tx: Transaction, user: User, sender: str, *, clock: Clock) -> bool:
    """Return whether a return mail may go now, to this person and because of this sender.

    Otherwise anybody who knows an address to answer to could have mails sent to its person, one for each forged answer.
    """
    now = clock.now()
    return all(at <= now + RETURN_SPAN for at in _even_at(tx, user, sender, now).values())


def count_return(tx: Transaction, user: User, sender: str, *, clock: Clock) -> None:
    """Count a return mail that has gone. Where a relay takes none, none is counted, and it is tried again."""
    now = clock.now()
    for key, at in _even_at(tx, user, sender, now).items():
        tx.mails.set_pace(user.account_id, key, at, forget_before=now)


def _even_at(tx: Transaction, user: User, sender: str, now: datetime) -> dict[str, datetime]:
    """Return when return mails would be evenly spread, were there one more (the generic cell rate algorithm)."""
    keys = [sha256(one.encode()).hexdigest() for one in (f"person {user.id}", f"sender {identity_key(sender)}")]
    found = tx.mails.paces(user.account_id, keys)
    return {key: max(found.get(key, now), now) + RETURN_SPAN / RETURNS for key in keys}
