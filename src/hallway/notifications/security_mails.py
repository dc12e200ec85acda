"""Carries out the jobs that mail people about their own account, and those that find out whose a forgotten password is."""

from collections.abc import Awaitable, Callable
from functools import partial

from hallway.transport.async_store import AsyncStore
from hallway.transport.jobs import Handler, Poisoned
from hallway.usecases.access import forgotten_passwords
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import bounces, security_mail_jobs, security_mails
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.notifications.security_mail_jobs import Prepared

Send = Callable[[Prepared], Awaitable[tuple[DeliveryStatus, str]]]
"""Hands one mail over; what became of it, and why."""


class NotSent(Exception):  # noqa: N818 - it is the job's reason
    """The mail server did not accept a mail now."""


def handler(store: AsyncStore, send: Send | None) -> Handler:
    """Return the handler of security mails; without a way to send, nobody is mailed, and the jobs count as done."""
    return Handler(security_mails.WORK, partial(_run, store, send), at_once=2)


def forgotten_handler(store: AsyncStore, wake: Callable[[str], None]) -> Handler:
    """Return the handler of forgotten passwords; `wake` lets the mail that it queues be sent at once."""
    return Handler(forgotten_passwords.WORK, partial(_find, store, wake))


async def _find(store: AsyncStore, wake: Callable[[str], None], job: Job) -> None:
    if await store.write(lambda tx: forgotten_passwords.answer(tx, job, clock=store.clock)):
        wake(security_mails.WORK.kind)


async def _run(store: AsyncStore, send: Send | None, job: Job) -> None:
    if send is None:
        return
    mail = await store.write(lambda tx: security_mail_jobs.prepare(tx, job, clock=store.clock, ids=store.ids))
    if mail is None:
        return
    status, reason = await send(mail)
    match status:
        case DeliveryStatus.DELIVERED:
            return
        case DeliveryStatus.BOUNCED | DeliveryStatus.GONE:
            if mail.to == mail.user.email:
                await store.write(lambda tx: bounces.note(tx, mail.user, reason, store.clock.now()))
            raise Poisoned(reason)
        case DeliveryStatus.REFUSED:
            raise Poisoned(reason)
        case DeliveryStatus.LATER:
            raise NotSent(reason)
