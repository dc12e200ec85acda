"""What an operator has set up to reach people who are away, put together. What is not used is not even loaded."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from hallway.domain.ids import ConversationId
from hallway.domain.notices import Channel
from hallway.integrations.sandbox import Overrun, Sandbox
from hallway.notifications import security_mails
from hallway.notifications.inbound import InboundMail, Take, TooHard
from hallway.settings import BadSettings, Settings
from hallway.transport.app_context import AvailableChannels
from hallway.transport.async_store import AsyncStore
from hallway.transport.rate_limit import RateLimiter
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.keys import own_key
from hallway.usecases.fields import is_public, validated
from hallway.usecases.notifications.compose import DeliveryStatus, Notification, NotificationChannel, Settle
from hallway.usecases.notifications.inbound import Envelope
from hallway.usecases.notifications.mail_replies import Incoming, Returned
from hallway.usecases.notifications.security_mail_jobs import Prepared

if TYPE_CHECKING:
    from hallway.notifications.channels.web_push import WebPushChannel

# ruff: noqa: PLC0415 - each of these libraries takes a while to load, and most processes need few of them


class MailSource(Protocol):
    """Where mails come in."""

    async def open(self) -> None:
        """Begin to take them."""
        ...

    async def close(self) -> None:
        """End; what is being taken is."""
        ...


class Pushes:
    """Deliver by web push; its libraries are loaded when the first browser signs up or is notified."""

    channel = Channel.PUSH

    def __init__(self, settings: Settings, store: AsyncStore) -> None:
        """Keep what will be needed."""
        self._settings = settings
        self._store = store

    @cached_property
    def _channel(self) -> "WebPushChannel":
        from hallway.notifications.channels.web_push import WebPushChannel

        return WebPushChannel(self._settings.push_services.split(), contact(self._settings), self._private_key)

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """As the one does that is loaded then."""
        await self._channel.deliver(notifications, settle)

    async def _private_key(self) -> str:
        from hallway.notifications.channels.web_push import new_key

        account = await self._store.read(lambda tx: tx.accounts.only())
        if account is None:
            message = "Nobody signs before there is an account."
            raise LookupError(message)
        known = await self._store.read(lambda tx: tx.settings.secret(account.id, keys.PUSH))
        return known or await self._store.write(lambda tx: own_key(tx, account.id, keys.PUSH, new_key))

    async def public_key(self) -> str:
        """What browsers sign up with."""
        from hallway.notifications.channels.web_push import public_key

        return public_key(await self._private_key())


def contact(settings: Settings) -> str | None:
    """Where a push service can write to us or look us up (RFC 8292 §2.1): a real address, or none. Apple refuses others."""
    sender = validated(settings.sender_address)
    if sender is not None and sender.ascii_email and is_public(sender.ascii_domain):
        return f"mailto:{sender.ascii_email}"
    site = urlsplit(settings.public_url)
    return settings.address if site.scheme == "https" and is_public(site.hostname or "") else None


def channels(settings: Settings, store: AsyncStore) -> Mapping[Channel, NotificationChannel]:
    """One for each channel that there is. Raises BadSettings."""
    found: list[NotificationChannel] = []
    if settings.push_services:
        found.append(Pushes(settings, store))
    if settings.smtp:
        from hallway.integrations.mail.addresses import Addresses
        from hallway.notifications.channels.email.smtp import EmailChannel, Relay

        addresses = Addresses(settings.mail_from, settings.mail_replies if settings.mail_in else "")
        found.append(EmailChannel(Relay(settings.smtp), addresses, settings.address, store.clock.now))
    if settings.messenger:
        from hallway.notifications.channels.apprise import AppriseChannel, is_address

        if not is_address(settings.messenger):
            message = "Settings: HALLWAY_MESSENGER isn't an address that Apprise supports."
            raise BadSettings(message)
        found.append(AppriseChannel(settings.messenger, settings.address))
    return {one.channel: one for one in found}


def available_channels(settings: Settings, there: Mapping[Channel, NotificationChannel]) -> AvailableChannels:
    """What the door says of them."""
    pushes = there.get(Channel.PUSH)
    key = pushes.public_key if isinstance(pushes, Pushes) else None
    return AvailableChannels(tuple(there), settings.push_services.split(), key)


def inbound_mail(settings: Settings, store: AsyncStore, pace: RateLimiter, sandbox: Sandbox) -> InboundMail | None:
    """Where answers by mail are worked on; None where they do not come in."""
    if not settings.mail_in:
        return None
    read = partial(_read_apart, sandbox, settings.mail_trusts)
    return InboundMail(store, pace, read, partial(_send_back, settings, store))


def mail_source(settings: Settings, accept: Take) -> MailSource:
    """Where answers by mail come in; each is accepted before whoever brings it hears so."""
    from hallway.integrations.mail.listening import Listener
    from hallway.integrations.mail.mailbox import Fetcher

    if settings.mail_in.startswith("imap"):
        return Fetcher(settings.mail_in, accept)
    return Listener(settings.mail_in, settings.mail_replies.rpartition("@")[2], accept)


async def _read_apart(sandbox: Sandbox, trusts: str, content: bytes, envelope: Envelope) -> Incoming:
    """Read a mail in a process with limits. Raises Invalid, TooHard, Busy."""
    function, given = "hallway.integrations.mail.reading:read_apart", (envelope.sender, envelope.recipients, trusts)
    try:
        return await sandbox.run(function, content, *given, answer=Incoming, requester="inbound mail")
    except Overrun as overrun:
        raise TooHard(overrun.reason) from overrun


def security_mail_sender(settings: Settings, store: AsyncStore) -> security_mails.Send | None:
    """What hands mails about somebody's own account to the mail server; None where there is none."""
    if not settings.smtp:
        return None

    async def send(mail: Prepared) -> tuple[DeliveryStatus, str]:
        from hallway.integrations.mail.addresses import Addresses
        from hallway.notifications.channels.email.security import compose_security
        from hallway.notifications.channels.email.smtp import Posting, Relay

        addresses = Addresses(settings.mail_from)
        content = partial(compose_security, mail, addresses, settings.address, store.clock.now())
        posting = Posting(addresses.sender_address, mail.to, content)
        (status,) = [one async for one in Relay(settings.smtp).hand_over([posting])]
        return status

    return send


async def _send_back(
    settings: Settings, store: AsyncStore, returned: Returned, mail: Incoming, conversation_id: ConversationId
) -> DeliveryStatus:
    """Send a return mail, with no envelope sender, so that nothing comes back for it (RFC 3834 §3.3)."""
    from hallway.integrations.mail.addresses import Addresses
    from hallway.notifications.channels.email.returning import compose_return
    from hallway.notifications.channels.email.smtp import Posting, Relay

    account = await store.read(lambda tx: tx.accounts.only())
    addresses = Addresses(settings.mail_from, settings.mail_replies)
    link = f"{settings.address}/messages/{conversation_id}"
    academy = account.name if account else "Hallway"
    now = store.clock.now()
    posting = Posting("", returned.user.email, lambda: compose_return(returned, mail, addresses, academy, link, now))
    (status,) = [status async for status, _ in Relay(settings.smtp).hand_over([posting])]
    return status
