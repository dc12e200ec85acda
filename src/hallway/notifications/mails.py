"""Mails beside notifications, as an operator set them up: those that come in, and those about somebody's own account."""

from functools import partial
from typing import Protocol

from hallway.domain.ids import ConversationId
from hallway.integrations.sandbox import Overrun, Sandbox
from hallway.notifications import security_mails
from hallway.notifications.inbound import Attach, InboundMail, Take, TooHard
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.transport.rate_limit import MessageRates
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.notifications.inbound import Envelope
from hallway.usecases.notifications.mail_replies import Incoming, Returned
from hallway.usecases.notifications.security_mail_jobs import Prepared

# ruff: noqa: PLC0415 - each of these libraries takes a while to load, and most processes need few of them


class MailSource(Protocol):
    """A source of incoming mails."""

    async def open(self) -> None:
        """Begin to take mails."""
        ...

    async def close(self) -> None:
        """Stop taking mails; those that are coming in are still taken."""
        ...


def inbound_mail(
    settings: Settings, store: AsyncStore, sends: MessageRates, sandbox: Sandbox, attach: Attach
) -> InboundMail | None:
    """Set up the handling of answers by mail; None where they do not come in."""
    if not settings.mail_in:
        return None
    read = partial(_read_apart, sandbox, settings.mail_trusts)
    send_back = partial(_send_back, settings, store)
    return InboundMail(store, sends, read=read, send_back=send_back, attach=attach)


def mail_source(settings: Settings, accept: Take) -> MailSource:
    """Return the source of answers by mail; each mail is accepted before its delivery is confirmed."""
    from hallway.integrations.mail.listening import Listener
    from hallway.integrations.mail.mailbox import Fetcher

    if settings.mail_in.startswith("imap"):
        return Fetcher(settings.mail_in, accept)
    return Listener(settings.mail_in, settings.mail_replies.rpartition("@")[2], accept)


async def _read_apart(sandbox: Sandbox, trusts: str, content: bytes, envelope: Envelope) -> Incoming:
    """Read a mail in a sandbox process. Raises Invalid, TooHard, Busy."""
    function, given = "hallway.integrations.mail.reading:read_apart", (envelope.sender, envelope.recipients, trusts)
    try:
        return await sandbox.run(function, content, *given, answer=Incoming, requester="inbound mail")
    except Overrun as overrun:
        raise TooHard(overrun.reason) from overrun


def security_mail_sender(settings: Settings, store: AsyncStore) -> security_mails.Send | None:
    """Return a function that sends security mails through the mail server; None where there is none."""
    if not settings.smtp:
        return None

    async def send(mail: Prepared) -> tuple[DeliveryStatus, str]:
        from hallway.integrations.mail.addresses import Addresses
        from hallway.notifications.channels.email.security import compose_security
        from hallway.notifications.channels.email.smtp import Posting, Relay

        addresses, site = Addresses(mail.account.mail_sender or settings.mail_from), mail.account.url(settings.address)
        content = partial(compose_security, mail, addresses, site, store.clock.now())
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

    account = await store.read(lambda tx: tx.accounts.find(returned.user.account_id))
    if account is None:
        return DeliveryStatus.GONE
    addresses = Addresses(account.mail_sender or settings.mail_from, settings.mail_replies)
    link, academy = f"{account.url(settings.address)}/messages/{conversation_id}", account.name
    now = store.clock.now()
    posting = Posting("", returned.user.email, lambda: compose_return(returned, mail, addresses, academy, link, now))
    (status,) = [status async for status, _ in Relay(settings.smtp).hand_over([posting])]
    return status
