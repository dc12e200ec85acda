"""Notify people who are away: decide when, claim what is due, and keep its delivery status.

All of it is state in the store. Whoever finds a message that nobody decided about decides when each target is due,
and queues a job; whoever finds that moment come claims it, composes the notification from what is unread then, and settles the
claim with its delivery status. A process that ends in between leaves a claim that runs out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hallway.domain.conversations import Conversation
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.domain.notifications import EMAIL
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.keys import own_key
from hallway.usecases.jobs import queueing
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.channels import Channels, channel_of
from hallway.usecases.notifications.compose import (
    Delivery,
    DeliveryStatus,
    Facts,
    Notification,
    Written,
    compose,
    load,
    unread,
)
from hallway.usecases.notifications.jobs import FAULTY, NOTIFICATION, WORK, job_for
from hallway.usecases.notifications.records import MemberKey, NotificationState, ReplyAddress
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

CONSIDERED = 200
"""Conversations that are looked at in one transaction."""
CLAIMED = 50
"""Notices that are claimed in one go: so many wait for the end of their lease when a process is killed."""
UNDECIDED = "undecided"
"""Instead of a target, where deciding which to notify failed."""
ADDRESS_LIFE = timedelta(days=30)
"""For how long new mails carry the same address to answer to."""


def undecided(tx: Transaction, account_id: AccountId) -> Sequence[ConversationId]:
    """Return conversations with messages that nobody has decided about yet, as many as one transaction looks at."""
    return tx.notification_states.undecided(account_id, CONSIDERED)


def consider(
    tx: Transaction,
    account_id: AccountId,
    channels: Channels,
    now: datetime,
    only: Sequence[ConversationId] | None = None,
) -> int:
    """Decide, for messages that nobody has decided about yet, when to notify on which target.

    Returns 0 when that was all there was at that moment: what comes meanwhile has time until the next round.
    """
    account = tx.accounts.find(account_id)
    if account is None or account.is_suspended:
        return 0
    conversations = tx.conversations.several(account_id, undecided(tx, account_id) if only is None else only)
    member_keys = [
        (side.user_id, one.id) for one in conversations.values() for side in one.members.values() if side.untold
    ]
    facts = load(tx, account, conversations, frozenset(user_id for user_id, _ in member_keys), channels, now)
    blank = [
        NotificationState(account_id=account_id, user_id=user_id, conversation_id=conversation_id, target_id=target_id)
        for user_id, conversation_id in member_keys
        for target_id in facts.targets_of(user_id, conversation_id)
    ]
    jobs = tx.jobs.several(account_id, NOTIFICATION, [one.subject for one in blank])
    at_work = {(one.user_id, one.conversation_id) for one in blank if _is_claimed(jobs.get(one.subject))}
    free = [key for key in member_keys if key not in at_work]
    known = {one.subject: one for one in tx.notification_states.at(account_id, free)}
    _decide(
        tx, facts, [known.get(one.subject, one) for one in blank if (one.user_id, one.conversation_id) in free], jobs
    )
    _mark(tx, conversations, free, untold=None)
    return len(free) if len(conversations) == CONSIDERED else 0


def _mark(
    tx: Transaction,
    conversations: Mapping[ConversationId, Conversation],
    member_keys: Sequence[MemberKey],
    *,
    untold: bool | None,
) -> None:
    """Note for these sides whether somebody has yet to decide about notifying them."""
    changed = dict(conversations)
    for user_id, conversation_id in member_keys:
        side = replace(changed[conversation_id].members[user_id], untold=untold)
        changed[conversation_id] = changed[conversation_id].with_side(side)
    tx.conversations.save(
        [changed[one] for one in dict.fromkeys(conversation_id for _, conversation_id in member_keys)]
    )


def skip(tx: Transaction, account_id: AccountId, conversation_id: ConversationId, reason: str, *, clock: Clock) -> None:
    """Set a conversation aside for which deciding fails, so that the others get their turn."""
    conversations = tx.conversations.several(account_id, [conversation_id])
    member_keys = [
        (side.user_id, one.id) for one in conversations.values() for side in one.members.values() if side.untold
    ]
    _mark(tx, conversations, member_keys, untold=None)
    states = [
        NotificationState(account_id=account_id, user_id=user_id, conversation_id=conversation_id, target_id=UNDECIDED)
        for user_id, conversation_id in member_keys
    ]
    blank = [job_for(one, clock.now()) for one in states]
    tx.jobs.put(blank)
    queueing.set_aside(tx, blank, reason, clock=clock)


def _is_claimed(job: Job | None) -> bool:
    return job is not None and job.claim is not None


def _decide(tx: Transaction, facts: Facts, states: Sequence[NotificationState], jobs: Mapping[str, Job]) -> None:
    """Decide when each of these is looked at, and queue its job unless one is due before then."""
    unread_at: dict[MemberKey, Sequence[Message]] = {}
    due: list[tuple[NotificationState, Job]] = []
    for one in states:
        key = one.user_id, one.conversation_id
        conversation = facts.conversations[one.conversation_id]
        if key not in unread_at:
            unread_at[key] = unread(tx, conversation, conversation.members[one.user_id])
        new = [message for message in unread_at[key] if message.seq > one.notified_seq]
        moment = facts.due(one.user_id, channel_of(one.target_id), new)
        if moment is not None and not _waits(jobs.get(one.subject), moment):
            due.append((one, job_for(one, moment)))
    tx.notification_states.save([state for state, _ in due if state.notified_seq == 0])
    tx.jobs.put([job for _, job in due])


def _waits(job: Job | None, moment: datetime) -> bool:
    """Return whether a job is due before that anyway, or being tried again, whose pauses are not cut short."""
    return job is not None and job.due_at is not None and (job.tries > 0 or job.due_at <= moment)


def adopt(tx: Transaction, account_id: AccountId, *, clock: Clock) -> int:
    """Queue what a server from before there were jobs left due, while both ran or when it ended."""
    now = clock.now()
    left = tx.notification_states.left_by_older(account_id, now - WORK.lease, CONSIDERED)
    tx.jobs.put([job_for(one, now) for one in left])
    return len(left)


@dataclass(frozen=True, slots=True)
class Claim:
    """The result of a claim: the states to look at, and their jobs by subject."""

    states: Sequence[NotificationState]
    jobs: Mapping[str, Job]


def claim(tx: Transaction, account_id: AccountId, channels: Channels, *, clock: Clock, ids: Ids) -> Claim:
    """Claim what is due: nobody else gets it before the lease is over. A job whose notification state is gone is removed."""
    jobs = {one.subject: one for one in queueing.claim(tx, account_id, WORK, limit=CLAIMED, clock=clock, ids=ids)}
    _decide_anew(tx, account_id, [_member_key(one) for one in jobs if one.endswith(f"/{UNDECIDED}")])
    member_keys = {_member_key(subject) for subject in jobs}
    found = [one for one in tx.notification_states.at(account_id, member_keys) if one.subject in jobs]
    queueing.finish(tx, [jobs[one] for one in jobs.keys() - {one.subject for one in found}])
    if EMAIL in channels:
        _give_addresses(tx, account_id, found, clock.now(), ids)
    return Claim(found, jobs)


def _decide_anew(tx: Transaction, account_id: AccountId, member_keys: Sequence[MemberKey]) -> None:
    """Mark sides as undecided again for which deciding had failed, as somebody wanted it tried again."""
    conversations = tx.conversations.several(account_id, {conversation_id for _, conversation_id in member_keys})
    there = [(user_id, one) for user_id, one in member_keys if one in conversations]
    _mark(tx, conversations, there, untold=True)


def _member_key(subject: str) -> MemberKey:
    user_id, conversation_id, _ = subject.split("/", 2)
    return UserId(user_id), ConversationId(conversation_id)


def _give_addresses(
    tx: Transaction, account_id: AccountId, claimed: Sequence[NotificationState], now: datetime, ids: Ids
) -> None:
    """Give each mail that may be answered an address to answer to."""
    member_keys: set[MemberKey] = {(one.user_id, one.conversation_id) for one in claimed if one.target_id == EMAIL}
    if member_keys:
        own_key(tx, account_id, keys.MAIL, ids.secret)
    known = tx.mails.addresses(account_id, member_keys)
    young = {key for key, one in known.items() if now - one.made_at < ADDRESS_LIFE}
    tx.mails.add_addresses(
        [
            ReplyAddress(
                account_id=account_id,
                id=ids.new().replace("-", "")[-16:],
                user_id=user_id,
                conversation_id=conversation_id,
                made_at=now,
            )
            for user_id, conversation_id in sorted(member_keys - young)
        ]
    )


def write(
    tx: Transaction,
    account_id: AccountId,
    claimed: Sequence[NotificationState],
    channels: Channels,
    now: datetime,
) -> Written:
    """Compose the notifications of a claim, from what the store says now."""
    account = tx.accounts.find(account_id)
    return (
        Written((), [(one, None) for one in claimed])
        if account is None
        else compose(tx, account, claimed, channels, now)
    )


def settle(
    tx: Transaction,
    jobs: Mapping[str, Job],
    deliveries: Sequence[Delivery],
    rest: Sequence[tuple[NotificationState, datetime | None]],
    *,
    clock: Clock,
) -> None:
    """Keep the delivery status of notifications, and the states that needed none, unless their claim ran out meanwhile."""
    concerned = [*(one for each in deliveries for one in each.notification.states), *(one for one, _ in rest)]
    held = {one.subject: one for one in queueing.held(tx, [jobs[one.subject] for one in concerned])}
    for each in deliveries:
        _settle(tx, [one for one in each.notification.states if one.subject in held], each, held, clock)
        _learn(tx, each, clock.now())
    for one, due_at in rest:
        if one.subject in held:
            _wait(tx, held[one.subject], due_at)


def _settle(
    tx: Transaction, states: Sequence[NotificationState], delivery: Delivery, jobs: Mapping[str, Job], clock: Clock
) -> None:
    """Keep the new states of a delivered notification."""
    mine = [jobs[one.subject] for one in states]
    match delivery.status:
        case DeliveryStatus.DELIVERED:
            tx.notification_states.save([_notified(one, delivery.notification) for one in states])
            _remove(tx, mine)
        case DeliveryStatus.LATER:
            queueing.postpone(tx, mine, delivery.reason, retry=WORK.retry, at_least=delivery.pause, clock=clock)
        case DeliveryStatus.REFUSED:
            queueing.set_aside(tx, mine, delivery.reason, clock=clock)
        case DeliveryStatus.GONE | DeliveryStatus.BOUNCED:
            tx.notification_states.save([replace(one, is_shown=False) for one in states])
            _remove(tx, mine)


def _remove(tx: Transaction, held: Sequence[Job]) -> None:
    """Remove jobs that are known to be held: each settling is a commit, so none is looked up twice."""
    if held:
        tx.jobs.remove(held[0].account_id, NOTIFICATION, [one.subject for one in held])


def _notified(one: NotificationState, notification: Notification) -> NotificationState:
    seqs = {chat.conversation_id: chat.messages[-1].seq for chat in notification.chats}
    is_shown = notification.browser is not None and one.conversation_id in seqs
    return replace(one, notified_seq=seqs.get(one.conversation_id, one.notified_seq), is_shown=is_shown)


def _wait(tx: Transaction, job: Job, due_at: datetime | None) -> None:
    """Put a job off until that moment, or remove it when there is none: nothing is notified now."""
    if due_at is None:
        _remove(tx, [job])
    else:
        queueing.go_on(tx, job, job.payload, due_at)


def fail(
    tx: Transaction, jobs: Mapping[str, Job], states: Sequence[NotificationState], reason: str, *, clock: Clock
) -> None:
    """Try notifications again that could not be composed or handed over, or set them aside, so that they harm no others."""
    queueing.postpone(tx, [jobs[one.subject] for one in states], reason, retry=FAULTY, clock=clock)


def _learn(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Remove a browser that takes no more pushes; mark an address that takes no mail."""
    notification = delivery.notification
    if delivery.status is DeliveryStatus.GONE and notification.browser is not None:
        tx.browsers.remove(notification.account.id, notification.browser.id)
        tx.notification_states.forget(notification.account.id, notification.to.id, notification.browser.target_id)
    if delivery.status is DeliveryStatus.BOUNCED:
        bounces.note(tx, notification.to, delivery.reason, now)
