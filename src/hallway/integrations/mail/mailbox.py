"""Mail that is fetched from a mailbox over IMAP. What was taken is marked as answered and seen, and stays there."""

import asyncio
import socket
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted

from hallway.integrations.mail.listening import Take
from hallway.integrations.mail.parsing import LARGEST

PATIENCE = 30
"""Seconds until a server that does not answer is given up, and until it is tried again."""
LISTENING = 10
"""Seconds in which the server tells of what comes; then it is asked, for those that do not tell."""
AT_ONCE = 50
"""Mails that are fetched in one go."""
FETCHINGS = 3
"""How often a mail may end the connection; then it stays where it is, and those behind it are fetched."""

_log = structlog.get_logger("hallway.mail")


class Fetcher:
    """Fetches from imap://user:password@host:port/folder, imaps:// where it speaks TLS, in a thread of its own."""

    def __init__(self, address: str, take: Take) -> None:
        """Prepare to fetch from an address, without connecting yet."""
        self._address = urlsplit(address)
        self._take = take
        self._is_over = threading.Event()
        self._thread: asyncio.Future[None] | None = None
        self._fetched = Counter[str]()

    async def open(self) -> None:
        """Begin to fetch; where the server does not answer, keep trying."""
        loop = asyncio.get_running_loop()
        self._thread = loop.run_in_executor(None, self._fetch_for_ever, loop)

    async def close(self) -> None:
        """Stop fetching; a mail that is being taken is still taken."""
        self._is_over.set()
        if self._thread is not None:
            await asyncio.wait([self._thread], timeout=PATIENCE)

    def _fetch_for_ever(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._is_over.is_set():
            try:
                with self._mailbox() as mailbox:
                    self._fetch(mailbox, loop)
            except Exception as failure:  # noqa: BLE001 - imaplib raises its own kinds of plain Exception
                _log.warning("mailbox_failed", reason=str(failure) or type(failure).__name__)
                self._is_over.wait(PATIENCE)

    def _mailbox(self) -> BaseMailBox:
        parts = self._address
        host = parts.hostname or ""
        if parts.scheme == "imaps":
            opened: BaseMailBox = MailBox(host, parts.port or 993, timeout=PATIENCE)
        else:
            opened = MailBoxUnencrypted(host, parts.port or 143, timeout=PATIENCE)
        folder = unquote(parts.path.strip("/")) or "INBOX"
        return opened.login(unquote(parts.username or ""), unquote(parts.password or ""), folder)

    def _fetch(self, mailbox: BaseMailBox, loop: asyncio.AbstractEventLoop) -> None:
        """Fetch all mails that are there, then those that come."""
        while not self._is_over.is_set():
            while self._fetch_some(mailbox, loop) == AT_ONCE:
                pass
            with suppress(socket.timeout):
                self._wait(mailbox)

    def _wait(self, mailbox: BaseMailBox) -> None:
        """Wait until the server reports something; in short turns, so that a stop need not wait."""
        with mailbox.idle as idle:
            for _ in range(LISTENING):
                if self._is_over.is_set() or idle.poll(timeout=1):
                    return

    def _fetch_some(self, mailbox: BaseMailBox, loop: asyncio.AbstractEventLoop) -> int:
        """Fetch some mails, and return how many were taken. Each is marked once it is taken; an unmarked one comes again."""
        new: Sequence[str] = mailbox.uids(AND(answered=False, seen=False))
        taken = 0
        for uid in [one for one in new if self._fetched[one] < FETCHINGS][:AT_ONCE]:
            self._begin(uid)
            content = next((raw for raw in self._raw(mailbox, uid)), b"")
            future = asyncio.run_coroutine_threadsafe(self._take(content, None, ()), loop)
            if self._is_over.is_set() or not future.result():
                self._fetched.pop(uid)
                break
            mailbox.flag([uid], ["\\Seen", "\\Answered"], value=True)  # pyright: ignore[reportUnknownMemberType]
            self._fetched.pop(uid)
            taken += 1
        return taken

    def _begin(self, uid: str) -> None:
        """Count a try before anything is known of the mail: one that cannot be fetched ends the connection."""
        self._fetched[uid] += 1
        if self._fetched[uid] == FETCHINGS:
            _log.warning("mail_not_fetched", uid=uid, hint="If it fails again, it stays in the mailbox.")

    def _raw(self, mailbox: BaseMailBox, uid: str) -> Sequence[bytes]:
        """Return the mail as it is stored; of one that is too large, the beginning, where its text is."""
        found: list[Any] = mailbox.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST}>)")[1]
        return [part[1] for part in found if isinstance(part, tuple)]  # pyright: ignore[reportUnknownVariableType]
