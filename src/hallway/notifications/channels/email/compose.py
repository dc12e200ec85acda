"""Write a notification as a mail: plain text and HTML, with the headers that thread, answer and stop it."""

from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr
from functools import cache
from secrets import token_hex

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from hallway.domain.messages import Message
from hallway.formatting.writing import html
from hallway.integrations.mail.addresses import Addresses, in_ascii
from hallway.locales import Locale, locale_of
from hallway.locales.headlines import attached, headline, said, subject
from hallway.usecases.notifications.compose import Chat, Notification

_WHOLE = compat32.clone(linesep="\r\n", max_line_length=None)
"""Links in headers stay whole: folded and encoded, no mail program found them. Unlike the newer policies of Python's
library it takes headers as they are, and does not read them again: half of the time of a mail was that.
"""
_SIDE = "##"
_LONGEST_SUBJECT = 150
_OURS = "#0a6650"
_GAMMA, _BRIGHT = 2.2, 0.179
"""From what a screen is told to how bright it is; and above which brightness black is easier to read than white (WCAG 2)."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A message as the templates show it: as text, and as HTML with the names of its files."""

    moment: str
    text: str
    html: str
    files: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A conversation as the templates show it."""

    title: str
    lines: Sequence[_Line]
    earlier: str
    link: str


def answer_line(say: Locale) -> str:
    """Return the line above which people write their answer."""
    return f"{_SIDE}- {say('answer-above')} -{_SIDE}"


def compose(notification: Notification, addresses: Addresses, site: str, now: datetime) -> bytes:
    """Compose the mail of a notification, ready to send; `site` is the installation's address, without a slash at its end.

    Raises ValueError where the person's address cannot stand in a mail.
    """
    say = locale_of(notification.to.locale)
    title = _on_one_line(subject(notification, say))[:_LONGEST_SUBJECT]
    to = in_ascii(notification.to.email)
    mail = MIMEMultipart(
        "alternative", boundary=f"=_{token_hex(12)}", policy=_WHOLE
    )  # no text has =_ once it is encoded
    mail["Subject"] = Header(title, header_name="Subject").encode(maxlinelen=0)
    mail["From"] = formataddr((_from(notification), addresses.sender_address))
    mail["To"] = formataddr((_on_one_line(notification.to.name), to))
    mail["Date"] = format_datetime(now)
    _answerable(mail, notification, addresses)
    _stoppable(mail, notification, addresses, site)
    is_answered = bool(_token(notification) and addresses.replies)
    values = {
        "say": say,
        "academy": notification.account.name,
        "parts": [_part(one, notification, say, site) for one in notification.chats],
        "subject": title,
        "answer_line": answer_line(say) if is_answered else "",
        "mark": f"hallway:{_token(notification)}" if is_answered else "",
        "colour": notification.colour or _OURS,
        "ink": ink_on(notification.colour or _OURS),
        "choose": f"{site}/me#notices",
        "stop": f"{site}/stop-mails?token={notification.stop_token}",
    }
    mail.attach(_text("plain", _template("notice.txt").render(values)))
    mail.attach(_text("html", _template("notice.html").render(values)))
    return mail.as_bytes()


def _text(kind: str, content: str) -> MIMENonMultipart:
    """Make a part that survives every relay: ASCII in short lines."""
    part = MIMENonMultipart("text", kind, charset="utf-8", policy=_WHOLE)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(content.encode(), istext=True).decode())
    return part


def ink_on(colour: str) -> str:
    """Return black or white, whichever is easier to read on a colour (#rrggbb)."""
    red, green, blue = ((int(colour[at : at + 2], 16) / 255) ** _GAMMA for at in (1, 3, 5))
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _BRIGHT else "#ffffff"


def _from(notification: Notification) -> str:
    """Return the person's name where the mail is theirs alone, else the academy's."""
    name = notification.account.name
    if len(notification.chats) == 1 and not notification.hides_text:
        name = f"{notification.chats[0].sender.name} ({name})"
    return _on_one_line(name)


def _token(notification: Notification) -> str:
    """Return the token of the only conversation that the mail is about; empty for several, which are answered in Hallway."""
    return notification.chats[0].reply_token if len(notification.chats) == 1 else ""


def _answerable(mail: MIMEMultipart, notification: Notification, addresses: Addresses) -> None:
    """Add the headers that thread the mails of a conversation, and lead an answer to it."""
    token, newest = _token(notification), notification.chats[0].messages[-1].seq
    if token:
        mail["Message-ID"] = addresses.message_id(token, newest)
        mail["References"] = mail["In-Reply-To"] = addresses.message_id(token)
    else:
        mail["Message-ID"] = addresses.message_id(notification.chats[0].reply_token or notification.stop_token, newest)
    if token and addresses.replies:
        mail["Reply-To"] = formataddr((_on_one_line(notification.account.name), addresses.reply(token)))


def _stoppable(mail: MIMEMultipart, notification: Notification, addresses: Addresses, site: str) -> None:
    """Add the headers that let a mail program unsubscribe with one click, and that mark the mail as automatic.

    They name the list (RFC 2919), its end (RFC 8058), and that no person wrote the mail (RFC 3834).
    """
    name = "".join(
        one for one in notification.account.name if one.isascii() and one.isprintable() and one not in '<>"\\'
    )
    mail["List-Id"] = f'"{name.strip() or "Hallway"}" <messages.{notification.account.id}.{addresses.domain}>'
    mail["List-Unsubscribe"] = f"<{site}/api/v1/stop-mails?token={notification.stop_token}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"


def _part(chat: Chat, notification: Notification, say: Locale, site: str) -> _Part:
    link = f"{site}/messages/{chat.conversation_id}"
    if notification.hides_text:
        return _Part("", [], "", link)
    lines = [_line(one, say, notification.to.time_zone) for one in chat.messages]
    earlier = chat.unread - len(chat.messages)
    return _Part(headline(chat, say), lines, say("earlier", count=earlier) if earlier > 0 else "", link)


def _line(message: Message, say: Locale, time_zone: str) -> _Line:
    return _Line(
        moment=say.moment(message.sent_at, time_zone),
        text=said(message, say, with_addresses=True),
        html=html(message.body) if message.body else "",
        files=attached(message, say),
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


@cache
def _template(name: str) -> Template:
    return Environment(
        loader=PackageLoader("hallway.notifications.channels.email", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template(name)
