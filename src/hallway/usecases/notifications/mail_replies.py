"""Answers that come in by mail: whose they are, to which conversation, and what becomes of each.

The right to write is asked where it is asked for every message, in the transaction that stores it. Here is decided what is
no answer at all, and what the person is told by return.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from hallway.domain import permissions, text
from hallway.domain.audit import Via
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId
from hallway.domain.messages import MAX_BODY, Message
from hallway.domain.notifications import EMAIL
from hallway.domain.people import State, User
from hallway.domain.verdicts import Denial
from hallway.usecases import fields
from hallway.usecases.access.signing import LENGTH, unsigned
from hallway.usecases.accounts import keys, mail_tags
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import reading
from hallway.usecases.messaging.participants import my_conversation
from hallway.usecases.messaging.sending import Send
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.records import NotificationPreferences, ReplyAddress
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

KEY_PREFIX = "mail:"
"""How the keys of messages begin that came by mail: no client can make such a key."""
LIFE = timedelta(days=180)
"""For how long an address can be answered to."""
UUID_DIGITS = 32
LONGEST_ORIGINAL = 100_000
"""Characters of a mail that are kept beside its message."""


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file in a mail, under the name that its sender gave it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A mail, as it was read. `tokens` are what may say where it goes, the likeliest first; `text` is without quotes.

    `files` counts the files in it, `attached` are the first of them. `fingerprint` is the same for the same mail. `bounced` says whose mail it brings back, with the `reason`;
    `is_automatic` that no person wrote it, `is_forged` that the operator's mail server found its sender to be another one.
    """

    fingerprint: str
    sender: str
    subject: str
    message_id: str
    tokens: Sequence[str] = ()
    text: str = ""
    original: str = ""
    files: int = 0
    attached: Sequence[MailFile] = ()
    is_automatic: bool = False
    is_forged: bool = False
    bounced: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """The person who answers, where, what they see it called, and the course that the conversation was about."""

    address: ReplyAddress
    user: User
    title: str
    course: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The answer that the person gets by return: the name of a text, and its values."""

    user: User
    text: str
    values: dict[str, object] = field(default_factory=dict[str, object])


def accounts_of(tx: Transaction, token: str) -> Sequence[AccountId]:
    """Return the accounts in which a token may have been made: those with its tag, and without one the installation's own."""
    tag, _ = mail_tags.split(token, LENGTH)
    if tag:
        return tx.accounts.by_mail_tag(tag) if mail_tags.is_tag(tag) else []
    default = tx.accounts.default()
    return [] if default is None else [default.id]


def unsigned_in(tx: Transaction, account_id: AccountId, purpose: str, token: str) -> str | None:
    """Return what a token stands for, in hexadecimal digits; None when it was not made in this account."""
    secret = tx.settings.secret(account_id, keys.MAIL)
    return unsigned(secret, purpose, mail_tags.split(token, LENGTH)[1]) if secret else None


def addressee(tx: Transaction, mail: Incoming) -> Addressee | None:
    """Return whose mail it is, by the first of its tokens that is one of ours; None when none is."""
    for token, account_id in [(each, one) for each in mail.tokens for one in accounts_of(tx, each)]:
        address_id = unsigned_in(tx, account_id, "reply", token)
        address = tx.mails.address(account_id, address_id) if address_id else None
        user = tx.people.find(account_id, address.user_id) if address else None
        if address is not None and user is not None and user.state is State.ACTIVE:
            found = tx.conversations.rows_of(account_id, address.user_id, [address.conversation_id])
            row = found.get(address.conversation_id)
            return Addressee(address, user, row.title if row else "", (row and row.course_title) or "")
    return None


def objection(found: Addressee, mail: Incoming, now: datetime) -> Returned | None:
    """Return why the mail is no answer that can be sent, whatever the rules say of it."""
    if not fields.is_same_address(mail.sender, found.user.email):
        return Returned(found.user, "returned-not-yours")
    if now - found.address.made_at > LIFE:
        return Returned(found.user, "returned-old")
    if not text.is_visible(mail.text) and not mail.files:
        return Returned(found.user, "returned-empty")
    if len(mail.text) > MAX_BODY:
        return Returned(found.user, "returned-too-long", {"count": len(mail.text)})
    return None


def refusal(found: Addressee, denial: Denial) -> Returned:
    """Return what the person is told when a rule refuses their answer."""
    return Returned(
        found.user, "returned-refused", {"denial": denial.value, "name": found.title, "course": found.course}
    )


def file_id(mail: Incoming, number: int) -> FileId:
    """Return the id of a mail's file, which is always the same, as its message is."""
    return FileId(str(uuid5(UUID(int=0), f"mail:{mail.fingerprint}:{number}")))


def without_files(found: Addressee, mail: Incoming, refused: Sequence[str]) -> Returned:
    """Return what the person is told of files that could not be sent, with their text or without any."""
    name = "returned-files" if text.is_visible(mail.text) or len(refused) < mail.files else "returned-only-files"
    return Returned(
        found.user, name, {"count": mail.files if not refused else len(refused), "names": ", ".join(refused) or "none"}
    )


def command(found: Addressee, mail: Incoming, files: Sequence[FileId] = ()) -> Send:
    """Return the message as a send, for the same door as every other; the same mail is always the same message."""
    address = found.address
    key = KEY_PREFIX + mail.fingerprint[: 64 - len(KEY_PREFIX)]
    return Send(actor=by_mail(address), body=mail.text, key=key, to=address.conversation_id, files=files)


def by_mail(address: ReplyAddress) -> Actor:
    """Return the person whose reply address it is, acting without a session."""
    return Actor(account_id=address.account_id, user_id=address.user_id, via=Via.MAIL)


def note_sent(tx: Transaction, found: Addressee, mail: Incoming, message: Message) -> bool:
    """Keep the whole text beside the message, and that the person who answered the mail has read what was in it.

    Returns whether it is the first time that this mail came.
    """
    address = found.address
    is_new = tx.mails.original(message.account_id, message.conversation_id, message.seq) is None
    tx.mails.keep_original(message.account_id, message.conversation_id, message.seq, mail.original[:LONGEST_ORIGINAL])
    member_key = address.user_id, address.conversation_id
    notified = [
        one.notified_seq
        for one in tx.notification_states.at(address.account_id, [member_key])
        if one.target_id == EMAIL
    ]
    if notified and notified[0]:
        reading.mark_read(tx, by_mail(address), conversation_id=address.conversation_id, seq=notified[0])
    return is_new


def note_bounce(tx: Transaction, mail: Incoming, clock: Clock) -> bool:
    """Mark the address of the person whose mail came back. Returns whether there is one.

    It is believed by its signed return path alone; before there is a key nothing went out that could come back.
    """
    for account_id in accounts_of(tx, mail.bounced) if mail.bounced else ():
        user = _user(tx, account_id, "bounce", mail.bounced or "")
        if user is not None:
            bounces.note(tx, user, mail.reason, clock.now())
            return True
    return False


def whose_mails(tx: Transaction, account_id: AccountId, token: str) -> User:
    """Return the person whose mails a token may end, which was in one of them. Raises NotFound."""
    user = _user(tx, account_id, "stop", token)
    if user is None:
        raise NotFound("link")
    return user


def end_mails(tx: Transaction, user: User, *, are_ended: bool) -> None:
    """End somebody's mails, or let them come again as they were chosen."""
    present = tx.settings.of(user.account_id, [user.id]).get(user.id, NotificationPreferences())
    wishes = replace(present.wishes, mails_ended=are_ended)
    tx.settings.save(user.account_id, user.id, replace(present, wishes=wishes))


def original(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> str:
    """Return the whole text of the mail that a message came by, for people who see the message. Raises NotFound."""
    conversation = my_conversation(tx, actor, conversation_id)
    message = tx.messages.find(actor.account_id, conversation_id, seq)
    hidden = tx.messages.hidden_among(actor.account_id, conversation_id, actor.user_id, [seq])
    is_seen = permissions.see(conversation, actor.user_id, seq) and not hidden
    if message is None or message.is_deleted or not is_seen:
        raise NotFound("message")
    found = tx.mails.original(actor.account_id, conversation_id, seq)
    if found is None:
        raise NotFound("mail")
    return found


def _user(tx: Transaction, account_id: AccountId, purpose: str, token: str) -> User | None:
    digits = unsigned_in(tx, account_id, purpose, token)
    return tx.people.find(account_id, UserId(str(UUID(digits)))) if digits and len(digits) == UUID_DIGITS else None
