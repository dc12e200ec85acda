"""Mail that a mail server brings: over LMTP or SMTP, on an address that only it can reach."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from hallway.integrations.mail.parsing import LARGEST

MOST_RECIPIENTS = 20
GRACE = 10
"""Seconds that an end waits for mails that are coming in."""

Take = Callable[[bytes, str | None, Sequence[str]], Coroutine[Any, Any, bool]]
"""Takes a mail with its envelope, durably; false when it should be brought once more."""


class _Handler:
    """The handler that aiosmtpd calls."""

    def __init__(self, take: Take, domain: str) -> None:
        self._take = take
        self._domain = domain.lower()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept a recipient in our own domain alone: we relay nothing."""
        del server, session, options
        if address.rpartition("@")[2].lower() != self._domain:
            return "550 5.7.1 We do not relay."
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients."
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a mail, or have the other side try again when it was not taken."""
        del server, session
        content = envelope.original_content or b""
        is_taken = await self._take(content, envelope.mail_from or "", envelope.rcpt_tos)
        return "250 2.0.0 OK" if is_taken else "451 4.3.0 Try again later."


class Listener:
    """Listens at lmtp://host:port or smtp://host:port."""

    def __init__(self, address: str, domain: str, take: Take) -> None:
        """Prepare to listen; `domain` is that of the addresses at which answers come in."""
        self._address = urlsplit(address)
        self._handler = _Handler(take, domain)
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen. Raises OSError."""
        protocol = LMTP if self._address.scheme == "lmtp" else SMTP
        self._server = await asyncio.get_running_loop().create_server(
            lambda: protocol(self._handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, ident="Hallway"),
            self._address.hostname,
            self._address.port or 0,
        )

    async def close(self) -> None:
        """Accept no new mails; those that are coming in are still taken."""
        if self._server is not None:
            self._server.close()
