"""Compose notifications for people who are away, from what they have not read at that moment."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from hallway.domain import notifications
from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, Member, title
from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.domain.messages import Message
from hallway.domain.notifications import EMAIL, Channel, When
from hallway.domain.people import State, User
from hallway.domain.zones import zone_named
from hallway.usecases.access import former_emails
from hallway.usecases.access.signing import signed
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.mail_tags import tag_of
from hallway.usecases.messaging.records import PARTICIPANTS_SHOWN
from hallway.usecases.notifications.channels import Channels, Target, channel_of, target_id
from hallway.usecases.notifications.records import Browser, NotificationPreferences, NotificationState, ReplyAddress
from hallway.usecases.people.cards import titles
from hallway.usecases.transaction import Transaction

SHOWN = 20
"""Unread messages that a notification quotes at most, the newest ones; it says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One conversation in a notification: its messages, oldest first, and the `sender` of the newest. `reply_token` tells an
    answer by mail where to go.
    """

    conversation_id: ConversationId
    sender: User
    messages: Sequence[Message]
    unread: int
    course_title: str | None
    reply_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification for one person on one target. Without chats it withdraws what was shown of `states`.

    An `is_quiet` notification corrects what a screen shows and disturbs nobody; `title` is what its chat is called.
    `stop_token` lets who has it end the mails, without signing in; `bounce_token` says whose mail came back. `colour` is
    the account's for its mails: #rrggbb, or nothing.
    """

    account: Account
    to: User
    chats: Sequence[Chat]
    states: Sequence[NotificationState]
    hides_text: bool
    unread_chats: int
    stop_token: str
    bounce_token: str
    colour: str
    target: Target = field(default_factory=Target)
    is_quiet: bool = False
    title: str = ""

    @property
    def browser(self) -> Browser | None:
        """The browser that takes the notification, where it is a push."""
        return self.target.browser


class DeliveryStatus(StrEnum):
    """What became of a notification: delivered; to be tried again; refused until an operator mends something; nobody takes it there
    any more; the address takes no mail.
    """

    DELIVERED = "delivered"
    LATER = "later"
    REFUSED = "refused"
    GONE = "gone"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery status of a notification, and why it was not delivered, as the other side put it.

    `pause` is for how long the other side wants to be left alone, where it said so.
    """

    notification: Notification
    status: DeliveryStatus
    reason: str = ""
    pause: timedelta = timedelta()


Settle = Callable[[Delivery], Awaitable[None]]
"""Keeps the delivery status of a notification."""


class NotificationChannel(Protocol):
    """Deliver notifications through one channel, as an operator set it up."""

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Hand notifications over, each settled before the next one goes: what is on its way when the process is killed may go twice.

        Never raises for what the other side says or does not say.
        """
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """Notifications to deliver for the claimed states, and the states that need none, with when to look again."""

    notifications: Sequence[Notification]
    rest: Sequence[tuple[NotificationState, datetime | None]]


@dataclass(slots=True, kw_only=True)
class Facts:
    """The facts on which notifications depend, loaded in a fixed number of statements."""

    account: Account
    policy: notifications.Policy
    conversations: Mapping[ConversationId, Conversation]
    people: Mapping[UserId, User]
    preferences: Mapping[UserId, NotificationPreferences]
    muted: frozenset[tuple[UserId, ConversationId]]
    targets: Mapping[UserId, Mapping[str, Target]]
    readdressed: frozenset[UserId]
    channels: Channels
    _zones: dict[UserId, ZoneInfo] = field(default_factory=dict[UserId, ZoneInfo])

    def wishes(self, user_id: UserId) -> notifications.Wishes:
        """Return the person's wishes; wishes without any choice where they chose nothing."""
        found = self.preferences.get(user_id)
        return found.wishes if found else notifications.Wishes()

    def zone(self, user_id: UserId) -> ZoneInfo:
        """Return the person's time zone."""
        return self._zones.setdefault(user_id, zone_named(self.people[user_id].time_zone))

    def targets_of(self, user_id: UserId, conversation_id: ConversationId) -> Mapping[str, Target]:
        """Return where they can be notified of this conversation."""
        user = self.people.get(user_id)
        is_reached = user is not None and user.state is State.ACTIVE and self.account.messaging_on
        if user is None or not is_reached or (user_id, conversation_id) in self.muted:
            return {}
        return self.targets.get(user_id, {})

    def chosen(self, user_id: UserId, channel: Channel, message: Message) -> When:
        """Return when the person wants to be notified of this message through this channel."""
        wishes, default = self.wishes(user_id), self.channels[channel].default
        return notifications.when(self.policy, wishes, channel, notifications.kind_of(message), default=default)

    def due(self, user_id: UserId, channel: Channel, messages: Sequence[Message]) -> datetime | None:
        """Return when the person is to be notified of the first of these messages, oldest first; None for never.

        Of each kind the oldest is due first, whatever was chosen (`notifications.due` never goes back in time).
        """
        wishes, zone, after = self.wishes(user_id), self.zone(user_id), self.channels[channel].delay(self.policy)
        oldest = {notifications.kind_of(one): one for one in reversed(messages)}.values()
        moments = (
            notifications.due(self.chosen(user_id, channel, one), one.sent_at, wishes, zone, after=after)
            for one in oldest
        )
        return min((one for one in moments if one is not None), default=None)


def load(
    tx: Transaction,
    account: Account,
    conversations: Mapping[ConversationId, Conversation],
    user_ids: frozenset[UserId],
    channels: Channels,
    now: datetime,
) -> Facts:
    """Load the facts about these people's sides of the conversations. Nobody is notified from a suspended account."""
    if account.is_suspended:
        channels = {}
    everyone = user_ids.union(*(one.members for one in conversations.values()))
    member_keys = [
        (user_id, one.id) for one in conversations.values() for user_id in one.members if user_id in user_ids
    ]
    people = tx.people.several(account.id, everyone)
    users = [people[one] for one in user_ids if one in people]
    return Facts(
        account=account,
        policy=tx.settings.policy(account.id),
        conversations=conversations,
        people=people,
        preferences=tx.settings.of(account.id, user_ids),
        muted=tx.settings.muted(account.id, member_keys, now),
        targets=_targets(tx, users, channels, now),
        readdressed=_readdressed(tx, users, now) if EMAIL in channels else frozenset(),
        channels=channels,
    )


def _targets(
    tx: Transaction, users: Sequence[User], channels: Channels, now: datetime
) -> Mapping[UserId, Mapping[str, Target]]:
    """Return where each person can be notified, by target id, in the order of the channels."""
    found: dict[UserId, dict[str, Target]] = {}
    for name, channel in channels.items():
        for user_id, targets in channel.targets(tx, users, now).items():
            found.setdefault(user_id, {}).update({target_id(name, one): one for one in targets})
    return found


def _readdressed(tx: Transaction, users: Sequence[User], now: datetime) -> frozenset[UserId]:
    """Return the people whose address others changed lately: whoever did it could read along, and answer in their name."""
    confirmed = former_emails.confirmed(tx, users, now)
    return frozenset(one.id for one in users if confirmed[one.id] != one.email)


def unread(tx: Transaction, conversation: Conversation, side: Member, notified_seq: int = 0) -> Sequence[Message]:
    """Return the others' messages that were neither read nor notified nor deleted, oldest first; of very many the newest."""
    after = max(side.read_seq, side.cleared_seq, notified_seq)
    page = tx.messages.page(
        conversation.account_id, conversation.id, side.user_id, after=after, before=None, limit=2 * SHOWN
    )
    return [one for one in page if one.sender_id != side.user_id and not one.is_deleted]


def compose(
    tx: Transaction, account: Account, claimed: Sequence[NotificationState], channels: Channels, now: datetime
) -> Written:
    """Compose what is due now; what was read meanwhile or has to wait needs none."""
    conversations = tx.conversations.several(account.id, {one.conversation_id for one in claimed})
    facts = load(tx, account, conversations, frozenset(one.user_id for one in claimed), channels, now)
    member_keys = {(one.user_id, one.conversation_id) for one in claimed if one.target_id == EMAIL}
    return _Composer(tx, facts, now, tx.mails.addresses(account.id, member_keys)).compose(claimed)


class _Composer:
    """Compose notifications for claimed states."""

    def __init__(
        self,
        tx: Transaction,
        facts: Facts,
        now: datetime,
        addresses: Mapping[tuple[UserId, ConversationId], ReplyAddress],
    ) -> None:
        self._tx = tx
        self._facts = facts
        self._now = now
        self._addresses = addresses
        self._secret = tx.settings.secret(facts.account.id, keys.MAIL) or ""
        self._rest: list[tuple[NotificationState, datetime | None]] = []
        self._notifications: list[Notification] = []
        self._gathered: dict[tuple[UserId, str], list[tuple[NotificationState, Chat]]] = {}

    def compose(self, claimed: Sequence[NotificationState]) -> Written:
        for one in claimed:
            self._look_at(one)
        for chats in self._gathered.values():
            self._write(chats)
        return Written(self._notifications, self._rest)

    def _look_at(self, one: NotificationState) -> None:
        conversation = self._facts.conversations.get(one.conversation_id)
        if conversation is None or one.target_id not in self._facts.targets_of(one.user_id, one.conversation_id):
            self._rest.append((one, None))
            return
        new = unread(self._tx, conversation, conversation.members[one.user_id], one.notified_seq)
        channel = channel_of(one.target_id)
        due = self._facts.due(one.user_id, channel, new)
        if due is None:
            self._take_back(one, conversation)
            return
        due = max(
            due,
            notifications.after_quiet(self._now, self._facts.wishes(one.user_id), self._facts.zone(one.user_id)) or due,
        )
        if due > self._now:
            self._rest.append((one, due))
            return
        wanted = [one_new for one_new in new if self._facts.chosen(one.user_id, channel, one_new) is not When.NEVER]
        self._add(one, self._chat(one, conversation, wanted), channel, wanted)

    def _take_back(self, one: NotificationState, conversation: Conversation) -> None:
        """Correct what a screen shows when there is nothing new: what is read or deleted by now gives way to what is left."""
        left = unread(self._tx, conversation, conversation.members[one.user_id])
        if not one.is_shown or one.notified_seq in {each.seq for each in left}:
            self._rest.append((one, None))
            return
        notification = self._notification([(one, self._chat(one, conversation, left) if left else None)])
        shown = conversation.others(one.user_id)[:PARTICIPANTS_SHOWN]
        called = title([self._facts.people[other].name for other in shown])
        self._notifications.append(replace(notification, is_quiet=True, title=called))

    def _add(self, one: NotificationState, chat: Chat, channel: Channel, wanted: Sequence[Message]) -> None:
        """Write it on its own where it is urgent; else add it to the person's digest."""
        is_urgent = any(self._facts.chosen(one.user_id, channel, each) is When.NOW for each in wanted)
        due = (one, chat)
        if is_urgent or not self._facts.channels[channel].gathers:
            self._write([due])
        else:
            self._gathered.setdefault((one.user_id, one.target_id), []).append(due)

    def _write(self, chats: Sequence[tuple[NotificationState, Chat]]) -> None:
        self._notifications.append(self._notification(chats))

    def _notification(self, chats: Sequence[tuple[NotificationState, Chat | None]]) -> Notification:
        first = chats[0][0]
        return Notification(
            account=self._facts.account,
            to=self._facts.people[first.user_id],
            chats=[chat for _, chat in chats if chat is not None],
            states=[state for state, _ in chats],
            hides_text=self._hides_text(first),
            unread_chats=self._tx.conversations.unread_count(first.account_id, first.user_id),
            stop_token=self._signed("stop", first.user_id.replace("-", "")),
            bounce_token=self._signed("bounce", first.user_id.replace("-", "")),
            colour=self._facts.policy.mail_colour,
            target=self._facts.targets[first.user_id][first.target_id],
        )

    def _chat(self, one: NotificationState, conversation: Conversation, new: Sequence[Message]) -> Chat:
        course_id = next((each.course_id for each in reversed(new) if each.course_id), None)
        named = titles(self._tx, one.account_id, [course_id])
        return Chat(
            conversation_id=conversation.id,
            sender=self._facts.people[new[-1].sender_id],
            messages=new[-SHOWN:],
            unread=conversation.members[one.user_id].unread,
            course_title=named.get(course_id or CourseId("")),
            reply_token=self._reply_token(one),
        )

    def _hides_text(self, one: NotificationState) -> bool:
        chosen = notifications.hides_text(self._facts.policy, self._facts.wishes(one.user_id))
        return chosen or (one.target_id == EMAIL and one.user_id in self._facts.readdressed)

    def _reply_token(self, one: NotificationState) -> str:
        address = self._addresses.get((one.user_id, one.conversation_id))
        may_answer = address is not None and one.user_id not in self._facts.readdressed
        return self._signed("reply", address.id) if address and may_answer else ""

    def _signed(self, purpose: str, content: str) -> str:
        """Sign a token, with the tag of an account that has addresses of its own."""
        tag = tag_of(self._facts.account.id) if self._facts.account.addresses else ""
        return tag + signed(self._secret, purpose, content) if self._secret else ""
