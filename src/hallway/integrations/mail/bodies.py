"""What a mail has in its parts: the text that a person wrote, in whichever of them, and files.

Of alternatives one is taken, and another where the first has no answer; of all else everything, in its order: Apple Mail
puts a picture between two texts. A mail that is attached is a file, and its words are somebody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message
from typing import cast

from hallway.integrations.mail.html import text_of
from hallway.integrations.mail.lines import TextLine, flowed_lines, plain_lines
from hallway.integrations.mail.parsing import text
from hallway.integrations.mail.quotes import answer_in
from hallway.usecases.notifications.mail_replies import MailFile

_PLAIN, _HTML = "text/plain", "text/html"
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})


@dataclass(frozen=True, slots=True)
class Body:
    """The answer in a mail, and the whole text that it stands in."""

    answer: str
    original: str


def body_of(mail: Message) -> Body:
    """Return the body from the mail's plain text, or from its HTML where only that has an answer."""
    plain = _read(_texts(mail, _PLAIN))
    if plain.answer:
        return plain
    page = _read(_texts(mail, _HTML))
    return page if page.answer else plain


def files_in(part: Message, parent: str = "") -> list[Message]:
    """Return the parts that are files. `parent` is the subtype of the parts among which it stands, such as `mixed`."""
    if _has_parts(part):
        return [found for one in _parts(part) for found in files_in(one, part.get_content_subtype())]
    return [part] if _is_file(part, parent) else []


def attached_file(part: Message) -> MailFile:
    """Return the name and the content of a part that is a file; an attached mail is one with its own headers."""
    is_mail = part.get_content_maintype() == "message" and part.is_multipart()
    return MailFile(_name_of(part) or ("message.eml" if is_mail else ""), _content_of(part, is_mail=is_mail))


def _content_of(part: Message, *, is_mail: bool) -> bytes:
    """Return the bytes of a file; none where they are encoded in a way that nobody reads."""
    try:
        content = b"\r\n".join(one.as_bytes() for one in _parts(part)) if is_mail else part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - what senders write makes the library raise nearly anything
        return b""
    return content if isinstance(content, bytes) else b""


def _name_of(part: Message) -> str:
    """Return the name of a file, whose encoded words are decoded where they can be (many programs send those)."""
    name = ""
    try:
        name = str(part.get_filename(""))
        return str(make_header(decode_header(name)))
    except Exception:  # noqa: BLE001 - what senders write makes the library raise nearly anything
        return name


def _read(parts: Sequence[Message]) -> Body:
    """Read all parts together; text that stands in two of them is read once."""
    lines: list[TextLine] = []
    read: dict[str, str] = {}
    for part in parts:
        content = text_of(text(part)) if part.get_content_type() == _HTML else text(part)
        if read.setdefault(" ".join(content.split()), content) is content:
            lines += [*([TextLine("")] if lines else []), *_lines(part, content)]
    return Body(answer_in(lines), "\n\n".join(read.values()))


def _lines(part: Message, content: str) -> list[TextLine]:
    if part.get_content_type() == _PLAIN and _parameter(part, "format") == "flowed":
        return flowed_lines(content, deletes_space=_parameter(part, "delsp") == "yes")
    return plain_lines(content)


def _parameter(part: Message, name: str) -> str:
    return str(part.get_param(name, "")).lower()


def _texts(part: Message, wanted: str) -> list[Message]:
    """Return the text parts, in their order; of alternatives, the part of the wanted type, if it says anything."""
    if not _has_parts(part):
        return [part] if _is_text(part) else []
    found = [_texts(one, wanted) for one in _parts(part)]
    if part.get_content_subtype() == "alternative":
        said = [one for one in found if any(text(each).strip() for each in one)]
        found = sorted(said, key=lambda one: all(each.get_content_type() != wanted for each in one))[:1]
    return [each for one in found for each in one]


def _has_parts(part: Message) -> bool:
    """Return whether a part consists of parts; those of an attached mail are its own."""
    return part.get_content_maintype() == "multipart" and part.is_multipart()


def _parts(part: Message) -> list[Message]:
    return cast("list[Message]", part.get_payload())


def _is_text(part: Message) -> bool:
    """Return whether a part is text to be read in the mail: neither attached nor with the name of a file."""
    is_named = part.get_param("filename", header="Content-Disposition") or part.get_param("name")
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_type() in {_PLAIN, _HTML} and not (is_named or is_attached)


def _is_file(part: Message, parent: str) -> bool:
    """Return whether a part is an attached file.

    That is no signature of a signed mail, no alternative, and no picture that the text shows, as signatures do.
    """
    if parent == "signed" and part.get_content_type() in _SIGNATURES:
        return False
    kind = part.get_content_maintype()
    if part.get_content_disposition() == "attachment" or kind == "message":
        return True
    if kind == "text":
        return not _is_text(part) and parent != "alternative"
    return kind != "multipart" and part.get("Content-ID") is None
