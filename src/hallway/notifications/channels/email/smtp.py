"""Mails handed to a relay over SMTP. It signs them (DKIM) and brings them further; Hallway speaks to it alone."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from email.errors import MessageError
from urllib.parse import unquote, urlsplit

import structlog
from aiosmtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from hallway.integrations.mail.addresses import Addresses, in_ascii
from hallway.notifications.channels.email.compose import compose
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification, Settle

PATIENCE = 20
"""Seconds until a relay that does not answer is given up."""
PORTS = {"smtp": 25, "smtps": 465}
NO_ADDRESS = "This address can't receive email."
PERMANENT = 500
"""SMTP's codes from here on say that trying again does not help."""

_log = structlog.get_logger("hallway.mail")


@dataclass(frozen=True, slots=True)
class Posting:
    """A mail with its envelope. It is written only when its turn comes, so that others have theirs in between.

    `write` raises ValueError or MessageError where the recipient's address cannot stand in a mail.
    """

    sender: str
    recipient: str
    write: Callable[[], bytes]


class Relay:
    """A mail server that takes mails: smtp://user:password@host:port, smtps:// where it speaks TLS from the start.

    Over smtp:// TLS is begun wherever the server offers it.
    """

    def __init__(self, address: str) -> None:
        """Prepare to connect to a mail server."""
        self._address = urlsplit(address)

    async def hand_over(self, mails: Sequence[Posting]) -> AsyncGenerator[tuple[DeliveryStatus, str]]:
        """Send postings over one connection, and yield what became of each before the next one goes."""
        gone = 0
        try:
            async with self._client() as client:
                for one in mails:
                    status = await _hand_over(client, one)
                    gone += 1
                    yield status
        except (SMTPException, OSError) as failure:
            for _ in mails[gone:]:
                yield DeliveryStatus.LATER, str(failure) or type(failure).__name__

    def _client(self) -> SMTP:
        parts = self._address
        return SMTP(
            hostname=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            timeout=PATIENCE,
        )


async def _hand_over(client: SMTP, one: Posting) -> tuple[DeliveryStatus, str]:
    """Send a mail, and return its delivery status with the reason.

    Only a refusal of the recipient says anything about the recipient: all others are between us and the relay.
    """
    try:
        recipient, content = in_ascii(one.recipient), one.write()
    except (ValueError, MessageError):
        return DeliveryStatus.BOUNCED, NO_ADDRESS
    except Exception as fault:  # noqa: BLE001 - said loudly; a mail that cannot be written keeps no other from going
        _log.error("fault", exc_info=fault)
        return DeliveryStatus.LATER, f"The email couldn't be written: {type(fault).__name__}."
    try:
        await client.sendmail(one.sender, [recipient], content)
    except SMTPRecipientsRefused as refused:
        answer = refused.recipients[0]
        return (
            DeliveryStatus.BOUNCED if answer.code >= PERMANENT else DeliveryStatus.LATER
        ), f"{answer.code} {answer.message}"
    except SMTPResponseException as refused:
        return DeliveryStatus.LATER, f"{refused.code} {refused.message}"
    return DeliveryStatus.DELIVERED, ""


class EmailChannel:
    """Deliver by email (`compose.NotificationChannel`)."""

    def __init__(self, relay: Relay, addresses: Addresses, site: str, now: Callable[[], datetime]) -> None:
        """Send through the relay; `site` is the address of this installation, `now` tells the time."""
        self._relay = relay
        self._addresses = addresses
        self._site = site
        self._now = now

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Write each notification as a mail and send it. A mail that cannot be written keeps no other from being sent."""
        mails = [
            Posting(self._addresses.bounce(one.bounce_token), one.to.email, self._writer(one)) for one in notifications
        ]
        waiting = iter(notifications)
        async with aclosing(self._relay.hand_over(mails)) as statuses:
            async for status in statuses:
                await settle(Delivery(next(waiting), *status))

    def _writer(self, notification: Notification) -> Callable[[], bytes]:
        account = notification.account
        addresses = replace(self._addresses, sender=account.mail_sender or self._addresses.sender)
        return lambda: compose(notification, addresses, account.url(self._site), self._now())
