"""Jobs that make cards of links: queued with the message that has the link, in its transaction (rules §20)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hallway.domain.accounts import Account
from hallway.domain.ids import ConversationId
from hallway.domain.messages import Message
from hallway.domain.previews import link_of
from hallway.usecases.jobs.ports import Job
from hallway.usecases.jobs.queueing import Retry, Work
from hallway.usecases.messaging.change_ports import Address
from hallway.usecases.transaction import Transaction

WORK = Work("preview", lease=timedelta(minutes=1), retry=Retry(most_tries=3))


def ask_for_previews(tx: Transaction, account: Account | None, messages: Iterable[Message], now: datetime) -> None:
    """Queue a job for each message with a link of which its account wants a card. For others, nothing is asked of the store."""
    hosts = () if account is None else account.preview_hosts
    jobs = [_job(one, now) for one in messages if link_of(one.body, hosts)] if hosts else []
    if jobs:
        tx.jobs.put(jobs)


def _job(message: Message, now: datetime) -> Job:
    subject = f"{message.conversation_id} {message.seq}"
    return Job(account_id=message.account_id, kind=WORK.kind, subject=subject, created_at=now, due_at=now)


def address_of(job: Job) -> Address:
    """Return the address of the message that a job is about."""
    conversation_id, _, seq = job.subject.partition(" ")
    return ConversationId(conversation_id), int(seq)


def with_its_preview(tx: Transaction, account: Account, before: Message, edited: Message, now: datetime) -> Message:
    """Return an edited message with the card that it had, if it has the same link; of another link a card is asked for."""
    link = link_of(edited.body, account.preview_hosts)
    if link == link_of(before.body, account.preview_hosts):
        return edited
    ask_for_previews(tx, account, [edited], now)
    return edited.with_preview(edited.rev, None)
