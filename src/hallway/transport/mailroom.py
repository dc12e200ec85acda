"""Where mail comes in: each is read, and becomes a message, a return mail, a mark, or is kept aside."""

from collections.abc import Awaitable, Callable, Sequence

import structlog

from hallway.domain.ids import AccountId, ConversationId
from hallway.domain.verdicts import Refused
from hallway.transport.desk import Desk
from hallway.transport.http.doors import Pace
from hallway.usecases import answers
from hallway.usecases.answers import Addressee, Incoming, Returned
from hallway.usecases.errors import Busy, Conflict, Invalid, NotFound, TooMany
from hallway.usecases.ports import StoreUnavailable
from hallway.usecases.sending import Posted

Read = Callable[[bytes, str | None, Sequence[str]], Incoming]
Return = Callable[[Returned, Incoming, ConversationId], Awaitable[bool]]
"""Sends a return mail, about the conversation of that id; false when the relay did not take it."""

_log = structlog.get_logger("hallway.mail")


class Mailroom:
    """Takes mails, one by one."""

    def __init__(self, desk: Desk, pace: Pace, read: Read, send_back: Return) -> None:
        """`pace` is that of everybody's messages; `read` raises ValueError for what is no mail."""
        self._desk = desk
        self._pace = pace
        self._read = read
        self._return = send_back

    async def take(self, content: bytes, envelope_sender: str | None, recipients: Sequence[str]) -> bool:
        """Do what is to be done with a mail. False when nothing was, and it is to be brought again."""
        try:
            account = await self._desk.read(lambda tx: tx.accounts.only())
            return account is not None and await self._take(account.id, content, envelope_sender, recipients)
        except (StoreUnavailable, Busy, TooMany) as failure:
            _log.warning("mail_waits", reason=str(failure))
            return False

    async def _take(
        self, account_id: AccountId, content: bytes, envelope_sender: str | None, recipients: Sequence[str]
    ) -> bool:
        try:
            mail = self._read(content, envelope_sender, recipients)
        except ValueError as wrong:
            mail = Incoming("", envelope_sender or "", str(wrong), "")
            return await self._keep(account_id, mail, content, "unreadable")
        desk = self._desk
        if mail.bounced is not None and await desk.write(
            lambda tx: answers.note_bounce(tx, account_id, mail, desk.clock)
        ):
            _log.info("mail_bounced", reason=mail.reason)
            return True
        if mail.is_automatic:
            _log.info("mail_ignored", subject_length=len(mail.subject))
            return True
        if mail.is_forged:
            return await self._keep(account_id, mail, content, "forged")
        found = await desk.read(lambda tx: answers.addressee(tx, account_id, mail))
        if found is None:
            return await self._keep(account_id, mail, content, "no_address")
        return await self._answer(account_id, found, mail, content)

    async def _answer(self, account_id: AccountId, found: Addressee, mail: Incoming, content: bytes) -> bool:
        objection = answers.objection(found, mail, self._desk.clock.now())
        if objection is not None:
            return await self._send_back(objection, mail, found)
        self._pace.require(found.user.id)
        try:
            posted = await self._desk.send(answers.command(found, mail))
        except Refused as refused:
            values: dict[str, object] = {
                "denial": refused.denial.value,
                "name": found.other_name,
                "course": found.course,
            }
            return await self._send_back(Returned(found.user, "returned-refused", values), mail, found)
        except (Invalid, NotFound, Conflict) as wrong:
            _log.warning("mail_not_sent", reason=str(wrong))
            return await self._keep(account_id, mail, content, "not_sent")
        return await self._note(found, mail, posted)

    async def _note(self, found: Addressee, mail: Incoming, posted: Posted) -> bool:
        is_new = await self._desk.write(lambda tx: answers.note_sent(tx, found, mail, posted.message))
        if mail.files and is_new:
            await self._send_back(Returned(found.user, "returned-files"), mail, found)
        return True

    async def _send_back(self, returned: Returned, mail: Incoming, found: Addressee) -> bool:
        return await self._return(returned, mail, found.address.conversation_id)

    async def _keep(self, account_id: AccountId, mail: Incoming, content: bytes, reason: str) -> bool:
        desk = self._desk
        await desk.write(
            lambda tx: answers.keep_aside(tx, account_id, mail, content, reason, clock=desk.clock, ids=desk.ids)
        )
        _log.warning("mail_kept_aside", reason=reason)
        return True
