"""A mail server that takes what Hallway sends, and says no when a test wants it to."""

import asyncio
import threading
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import free_port

PATIENCE = 90
"""Seconds until what does not come will not."""


class Relay:
    """Listens on a port of the loopback; `taken` are the envelopes and mails that it took."""

    def __init__(self) -> None:
        """Listen."""
        self.taken: list[tuple[Envelope, EmailMessage]] = []
        self.refusals: dict[str, str] = {}
        self.sends: Callable[[], None] = lambda: None
        self._something = threading.Condition()
        self.port = free_port()
        self._controller: Controller | None = None
        self.start()

    @property
    def address(self) -> str:
        """As the setting takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, or again."""
        self._controller = Controller(self, "127.0.0.1", self.port)
        self._controller.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuse those that the test wants refused."""
        del server, session, options
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take it."""
        del server, session
        mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(envelope.original_content or b"")
        await asyncio.sleep(0)
        with self._something:
            self.taken.append((envelope, mail))
            self._something.notify_all()
        return "250 OK"

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What somebody got."""
        return [mail for envelope, mail in self.taken if address in envelope.rcpt_tos]

    def wait_for(self, address: str, count: int = 1) -> list[EmailMessage]:
        """What somebody got, once it is so many."""
        with self._something:
            came = self._something.wait_for(lambda: len(self.mails_to(address)) >= count, PATIENCE)
        assert came, f"{address} got {len(self.mails_to(address))} mails"
        return self.mails_to(address)

    def wait_for_text(self, address: str, text: str) -> EmailMessage:
        """The mail with a text, once it is there."""
        with self._something:
            assert self._something.wait_for(lambda: text in "".join(map(text_of, self.mails_to(address))), PATIENCE)
        return next(one for one in self.mails_to(address) if text in text_of(one))


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """A mail's plain text, or its HTML."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
