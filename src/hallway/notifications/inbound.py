"""Where mail comes in: each is accepted as a job and read apart. It ends as a message, as a return mail, as a mark of an address
that takes no mail, or is kept aside: none is dropped.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

import structlog

from hallway.domain.accounts import NO_LIMITS
from hallway.domain.files import clean_name
from hallway.domain.ids import AccountId, ConversationId, FileId
from hallway.domain.text import is_visible
from hallway.domain.verdicts import Refused
from hallway.integrations.mail.addresses import BOUNCE, sub_address
from hallway.transport.async_store import AsyncStore
from hallway.transport.rate_limit import MessageRates
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Busy, Conflict, Invalid, NotFound
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import inbound, mail_replies
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.notifications.inbound import AUTOMATIC, Envelope
from hallway.usecases.notifications.mail_replies import Addressee, Incoming, Returned
from hallway.usecases.transaction import StoreUnavailable

Take = Callable[[bytes, str | None, Sequence[str]], Coroutine[Any, Any, bool]]
"""Takes a mail with its envelope's sender and recipients; false when it should be brought once more."""
Read = Callable[[bytes, Envelope], Awaitable[Incoming]]
"""Reads a mail. Raises Invalid with the reason for what is no mail, and TooHard for what could not be read in time."""
Attach = Callable[[Actor, FileId, str, bytes], Awaitable[bool]]
"""Uploads a file of a mail, and says whether it can be sent. Raises Busy while it is being checked."""
Return = Callable[[Returned, Incoming, ConversationId], Awaitable[DeliveryStatus]]
"""Sends a return mail, about the conversation of that id."""
PATIENCE = 3
"""Seconds that who brings a mail waits for the work on it, after it was accepted."""
READINGS = 2
"""How often it is tried to read a mail; the machine may have been busy."""

_log = structlog.get_logger("hallway.mail")


class TooHard(Exception):  # noqa: N818 - says what the mail is
    """Reading a mail took more time or memory than it may, or ended the reader."""


class RelayWaits(Exception):  # noqa: N818 - says what the matter is
    """The relay did not take a return mail; the mail is worked on again later."""


class InboundMail:
    """Accepts mails, and handles them one by one."""

    def __init__(
        self, store: AsyncStore, sends: MessageRates, *, read: Read, send_back: Return, attach: Attach
    ) -> None:
        """Take `sends`, which limits how often people may send. `wake` is called when a mail was accepted."""
        self.wake: Callable[[], None] = lambda: None
        self._store = store
        self._sends = sends
        self._read = read
        self._return = send_back
        self._attach = attach
        self._awaited: dict[str, asyncio.Event] = {}

    async def accept(self, content: bytes, envelope_sender: str | None, recipients: Sequence[str]) -> bool:
        """Store a mail durably, to be handled. Return False when that failed and it should be delivered again."""
        subject = await self._kept(content, Envelope(envelope_sender, recipients))
        if subject is not None:
            await self._until_worked_on(subject)
        return subject is not None

    async def _kept(self, content: bytes, envelope: Envelope) -> str | None:
        store = self._store
        try:
            tokens = [sub_address(one).removeprefix(BOUNCE) for one in envelope.recipients]
            account_id = await store.read(lambda tx: inbound.account_for(tx, tokens))
            if account_id is None:
                return None
            return await store.write(lambda tx: inbound.accept(tx, account_id, content, envelope, store.clock))
        except (StoreUnavailable, Busy) as failure:
            _log.warning("mail_waits", reason=str(failure))
            return None

    async def _until_worked_on(self, subject: str) -> None:
        """Wait a moment for the mail to be handled: so nobody brings mails faster than that, and none waits for a bad one."""
        worked_on = self._awaited.setdefault(subject, asyncio.Event())
        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await worked_on.wait()
        self._awaited.pop(subject, None)

    async def work_on(self, job: Job) -> None:
        """Handle a mail that was accepted."""
        try:
            await self._work_on(job)
        finally:
            if job.subject in self._awaited:
                self._awaited[job.subject].set()

    async def _work_on(self, job: Job) -> None:
        found = await self._store.read(lambda tx: inbound.accepted(tx, job))
        if found is None:
            return
        content, envelope = found
        try:
            mail = await self._read(content, envelope)
        except Invalid as wrong:
            await self._keep(job.account_id, _unread(envelope), content, wrong.problems[0].code)
        except TooHard:
            if job.tries < READINGS:
                raise
            await self._keep(job.account_id, _unread(envelope), content, "too_hard")
        else:
            await self._sort(job.account_id, mail, content)

    async def _sort(self, account_id: AccountId, mail: Incoming, content: bytes) -> None:
        store = self._store
        if mail.bounced is not None and await store.write(lambda tx: mail_replies.note_bounce(tx, mail, store.clock)):
            _log.info("mail_bounced", reason=mail.reason)
        elif mail.is_automatic:
            await self._keep(account_id, mail, content, AUTOMATIC)
        elif mail.is_forged:
            await self._keep(account_id, mail, content, "forged")
        elif (found := await store.read(lambda tx: mail_replies.addressee(tx, mail))) is None:
            await self._keep(account_id, mail, content, "no_address")
        else:
            await self._answer(found.address.account_id, found, mail, content)

    async def _answer(self, account_id: AccountId, found: Addressee, mail: Incoming, content: bytes) -> None:
        returned = mail_replies.objection(found, mail, self._store.clock.now())
        if returned is None:
            account = await self._store.read(lambda tx: tx.accounts.find(account_id))
            self._sends.of(account.limits if account else NO_LIMITS).require(found.user.id)
            try:
                returned = await self._post(found, mail)
            except (Invalid, NotFound) as wrong:
                _log.warning("mail_not_sent", reason=str(wrong))
                await self._keep(account_id, mail, content, "not_sent")
        if returned is not None and not await self._is_returned(returned, mail, found):
            await self._keep(account_id, mail, content, "not_told")

    async def _post(self, found: Addressee, mail: Incoming) -> Returned | None:
        """Post an answer, and return what to send back to its person: why it was refused, or what of it was not posted."""
        files, refused_names = await self._attached(found, mail)
        if not files and not is_visible(mail.text):
            return mail_replies.without_files(found, mail, refused_names)
        try:
            posted = await self._store.send(mail_replies.command(found, mail, files))
        except Refused as refused:
            return mail_replies.refusal(found, refused.denial)
        except Conflict:
            return Returned(found.user, "returned-changed")
        is_new = await self._store.write(lambda tx: mail_replies.note_sent(tx, found, mail, posted.message))
        is_whole = len(files) == mail.files
        return mail_replies.without_files(found, mail, refused_names) if is_new and not is_whole else None

    async def _attached(self, found: Addressee, mail: Incoming) -> tuple[list[FileId], list[str]]:
        """Upload the files of a mail, and return those that can be sent, and the names of the others. Raises Busy."""
        actor, files, refused = mail_replies.by_mail(found.address), list[FileId](), list[str]()
        for number, file in enumerate(mail.attached):
            file_id = mail_replies.file_id(mail, number)
            if await self._attach(actor, file_id, file.name, file.content):
                files.append(file_id)
            else:
                refused.append(clean_name(file.name))
        return files, refused

    async def _is_returned(self, returned: Returned, mail: Incoming, found: Addressee) -> bool:
        """Send a return mail, and return whether it was delivered. Raises RelayWaits.

        Nothing is sent when too many were, to this person or because of this sender.
        """
        store = self._store
        if not await store.write(lambda tx: inbound.may_return(tx, returned.user, mail.sender, clock=store.clock)):
            _log.warning("return_mail_withheld", text=returned.text)
            return False
        status = await self._return(returned, mail, found.address.conversation_id)
        if status is DeliveryStatus.LATER:
            raise RelayWaits
        await store.write(lambda tx: inbound.count_return(tx, returned.user, mail.sender, clock=store.clock))
        return status is DeliveryStatus.DELIVERED

    async def _keep(self, account_id: AccountId, mail: Incoming, content: bytes, reason: str) -> None:
        store = self._store
        await store.write(
            lambda tx: inbound.keep_aside(tx, account_id, mail, content, reason, clock=store.clock, ids=store.ids)
        )
        _log.warning("mail_kept_aside", reason=reason)


def _unread(envelope: Envelope) -> Incoming:
    """Return what is known of a mail that could not be read."""
    return Incoming(fingerprint="", sender=envelope.sender or "", subject="", message_id="")
