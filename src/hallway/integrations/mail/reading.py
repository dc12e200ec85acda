"""A mail as it came in, read: whose answer it is, what it says, or that no person wrote it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message
from hashlib import sha256

from hallway.domain.files import MOST_FILES
from hallway.domain.text import cleaned, cleaned_line
from hallway.integrations.mail.addresses import BOUNCE, MARK, SUB_ADDRESS, sub_address, tokens_in_ids
from hallway.integrations.mail.automatic import is_automatic
from hallway.integrations.mail.bodies import attached_file, body_of, files_in
from hallway.integrations.mail.lines import LONGEST
from hallway.integrations.mail.parsing import LARGEST, UnreadableMail, header, headers, parse, subject
from hallway.integrations.mail.senders import one_sender
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.notifications.mail_replies import Incoming

_FAILED = "failed"
_FORGED = re.compile(r";\s{0,10}dmarc\s{0,10}=\s{0,10}fail\b", re.IGNORECASE)
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
"""To whom it says it goes, and went on its way."""
_MOST_TOKENS = 10
_LONGEST_SUBJECT, _LONGEST_ID, _LONGEST_REASON = 500, 500, 300


def read(content: bytes, envelope_sender: str | None, recipients: Sequence[str], *, trusts: str = "") -> Incoming:
    """Read a mail that came in. Raises UnreadableMail.

    The envelope's sender is None where there was no envelope; `trusts` is the name in which the operator's mail server
    says what it found of a mail's sender, empty where it does not.
    """
    try:
        mail = parse(content)
        return replace(_read(mail, content, envelope_sender, recipients), is_forged=_is_forged(mail, trusts))
    except UnreadableMail:
        raise
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as wrong:
        # What senders write into headers makes the parser of the standard library raise nearly anything.
        raise UnreadableMail(str(wrong) or type(wrong).__name__) from wrong


def read_apart(content: bytes, envelope_sender: str | None, recipients: Sequence[str], trusts: str) -> Incoming:
    """Read a mail in a process of its own. Raises Invalid, with the reason for which the mail is kept aside."""
    try:
        return read(content, envelope_sender, recipients, trusts=trusts)
    except UnreadableMail as wrong:
        raise Invalid(Problem("mail", wrong.code, str(wrong))) from wrong


def _read(mail: Message, content: bytes, envelope_sender: str | None, recipients: Sequence[str]) -> Incoming:
    subs = [*map(sub_address, recipients), *_addressed(mail)]
    bounced = next((one.removeprefix(BOUNCE) for one in subs if one.startswith(BOUNCE)), None)
    is_report = bounced is not None or mail.get_content_type() == "multipart/report"
    sender = "" if is_report else one_sender(headers(mail, "From"))
    message_id = cleaned_line(header(mail, "Message-ID"))[:_LONGEST_ID]
    fingerprint = _fingerprint(message_id, sender, content)
    about = Incoming(
        fingerprint=fingerprint,
        sender=sender,
        subject=cleaned_line(subject(mail))[:_LONGEST_SUBJECT],
        message_id=message_id,
    )
    return _report(mail, about, bounced) if is_report else _answer(mail, content, about, subs, envelope_sender)


def _answer(
    mail: Message, content: bytes, about: Incoming, subs: Sequence[str], envelope_sender: str | None
) -> Incoming:
    body, files = body_of(mail), files_in(mail)
    return replace(
        about,
        tokens=_tokens(mail, subs, body.original),
        text=cleaned(body.answer).strip(),
        original=cleaned(body.original[:LONGEST]),
        files=len(files) or int(len(content) >= LARGEST),  # of a larger one a mailbox gives the beginning
        attached=[attached_file(one) for one in files[:MOST_FILES]],
        is_automatic=envelope_sender in {"", "<>"} or is_automatic(mail, about.sender, about.subject),
    )


def _is_forged(mail: Message, trusts: str) -> bool:
    """Return whether the operator's mail server found the sender forged (RFC 8601).

    The topmost result is the last server's; those that others wrote in its name it took away (§5).
    """
    results = headers(mail, "Authentication-Results") if trusts else []
    ours = next((one for one in results if one.partition(";")[0].split()[:1] == [trusts]), "")
    return _FORGED.search(ours) is not None


def _addressed(mail: Message) -> list[str]:
    """Return the parts behind a plus in the addresses to which the mail says that it goes."""
    return [one.lower() for name in _ADDRESSED for value in headers(mail, name) for one in SUB_ADDRESS.findall(value)]


def _fingerprint(message_id: str, sender: str, content: bytes) -> str:
    """Hash the mail's id, which stays the same however often it is delivered; without an id, its text. The sender is hashed, too."""
    body = content.partition(b"\r\n\r\n")[2] or content.partition(b"\n\n")[2]
    return sha256(f"{message_id or body!r} {sender}".encode()).hexdigest()


def _tokens(mail: Message, subs: Sequence[str], text: str) -> list[str]:
    """Find tokens in the address, in the ids that the mail answers to, and in the quoted text."""
    answered = f"{header(mail, 'References')} {header(mail, 'In-Reply-To')}"
    found = [*filter(None, subs), *tokens_in_ids(answered), *(one.lower() for one in MARK.findall(text))]
    return list(dict.fromkeys(found))[:_MOST_TOKENS]


def _report(mail: Message, about: Incoming, bounced: str | None) -> Incoming:
    """Read a mail that came back. Only where it says that it was given up, the address takes no mail (RFC 3464)."""
    statuses = [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]
    fields = [block for part in statuses for block in part.walk() if block.get("Action") is not None]
    failed = [one for one in fields if header(one, "Action").lower() == _FAILED]
    reason = ""
    if failed:
        diagnosis = header(failed[0], "Diagnostic-Code").partition(";")[2] or header(failed[0], "Status")
        reason = cleaned_line(diagnosis)[:_LONGEST_REASON] or _FAILED
    return replace(about, is_automatic=True, bounced=bounced if failed else None, reason=reason)
