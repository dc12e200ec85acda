"""What somebody wrote in an answer, without what they answered: mail programs quote in a hundred ways.

The texts are strangers'. Every pattern here takes time that grows with a line at most as the line does: its repetitions are
bounded, or nothing that follows them makes it try again. A library for quotes was given up because its patterns do not.
"""

import re

from hallway.integrations.mail.html import DIVIDER, text_of

LONGEST = 200_000
"""Characters of a text in which an answer is looked for."""
_LONGEST_INTRODUCTION = 500
_OUR_LINE = re.compile(r"##-.{3,80}?-##")
"""The line above which an answer is to be written, in whatever language and behind whatever signs of a quote."""
_SIGNATURE = re.compile(r"^(?:-- ?|_{2,80}|—)$")
_FORWARDED = (
    r"(?:original message|begin forwarded message|forwarded message|ursprüngliche nachricht"
    r"|anfang der weitergeleiteten e-mail|исходное сообщение|пересылаемое сообщение|原始邮件|message d'origine"
    r"|début du message réexpédié|message transféré|inicio del mensaje reenviado|mensaje reenviado|mensaje original"
    r"|vidarebefordrat meddelande|begin doorgestuurd bericht|doorgestuurd bericht|oorspronkelijk bericht|origineel bericht)"
)
_INTRODUCTIONS = (
    r"(?:on|am|le|el|il|em|op|den|dnia|в|el día)\b.{5,200}:$",
    r".{3,200}(?:写道|寫道|wrote|schrieb|escribió|écrit|scritto|escreveu|schreef|skrev|napisał|пишет|писал|написал).{0,20}[:：]$",
    r".{3,200}(?:كتب|كتبت).{0,80}:$",
    rf"-{{2,40}} ?{_FORWARDED} ?-{{2,40}}$",
    rf"{_FORWARDED}:$",
    rf"{DIVIDER}$",
    r"(?:from|von|от|de|发件人|寄件者)\s?[:：][^@]{1,300}@.",
)
_INTRODUCES = re.compile(f"^(?:{'|'.join(_INTRODUCTIONS)})", re.IGNORECASE)
_NUMBER = re.compile(r"^.{0,20}?\d")
_OPENED, _CLOSED = "<＜(", ")>＞"
_FROM_A_PHONE = re.compile(
    r"^(?:sent from my .{2,40}|sent from .{2,40} for (?:ios|android)|get outlook for (?:ios|android).{0,200}"
    r"|von meinem .{2,40} gesendet|отправлено с .{2,60}|отправлено из .{2,60}|envoyé de mon .{2,40}"
    r"|enviado desde mi .{2,40}|发自我的.{2,40}|أُرسلت من .{2,40})$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\n{3,}")


def answer_in_text(text: str) -> str:
    """The answer in a plain text: what stands above the quote; where nothing does, what stands below or between."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\u00a0", " ")
    return _tidy(_above(text)) or _tidy(_unquoted(text))


def answer_in_html(html: str) -> str:
    """The answer in HTML."""
    return answer_in_text(text_of(html))


def _above(text: str) -> str:
    """Up to our line, or what introduces a quote, whichever comes first."""
    ours = _OUR_LINE.search(text)
    text = text[: text.rfind("\n", 0, ours.start()) + 1] if ours else text
    lines = text.split("\n")
    ends = next((number for number, line in enumerate(lines) if _ends_an_answer(lines, number, line)), len(lines))
    return "\n".join(lines[:ends])


def _ends_an_answer(lines: list[str], number: int, line: str) -> bool:
    """A quote begins here; what introduces it may be on two lines."""
    line = line.strip()
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    joint = "" if line.endswith(tuple(_OPENED)) else " "
    is_introduced = _introduces(line) or (len(line) > 0 and _introduces(f"{line}{joint}{following}"))
    return _is_quoted(line) or is_introduced


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _introduces(line: str) -> bool:
    """Whether a line says that a quote follows."""
    return len(line) <= _LONGEST_INTRODUCTION and (_INTRODUCES.match(line) is not None or _is_dated(line))


def _is_dated(line: str) -> bool:
    """A number, as in a date, and at the end an address in brackets: so quotes begin in any language."""
    number = _NUMBER.match(line)
    line = line.rstrip(": ")
    opened = max(line.rfind(one, 0, line.rfind("@")) for one in _OPENED) if line.endswith(tuple(_CLOSED)) else -1
    return number is not None and opened >= number.end() + 3


def _unquoted(text: str) -> str:
    """All lines that are no quote and introduce none, for who writes below what they answer, or between."""
    lines = text.split("\n")
    if not any(_is_quoted(line) for line in lines):
        return ""
    return "\n".join(line for line in lines if not _is_quoted(line) and not _introduces(line.strip()))


def _tidy(text: str) -> str:
    """Without a signature, and without what a phone writes below."""
    lines = text.split("\n")
    ends = next((number for number, line in enumerate(lines) if number and _SIGNATURE.match(line)), len(lines))
    kept = lines[:ends]
    while kept and (not kept[-1].strip() or _is_from_a_phone(kept[-1].strip())):
        kept.pop()
    return _GAP.sub("\n\n", "\n".join(line.rstrip() for line in kept)).strip()


def _is_from_a_phone(line: str) -> bool:
    return len(line) <= _LONGEST_INTRODUCTION and _FROM_A_PHONE.match(line) is not None
