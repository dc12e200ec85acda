"""What somebody wrote in an answer, without what they answered: mail programs quote in a hundred ways."""

import re

import quotequail  # pyright: ignore[reportMissingTypeStubs]
from inscriptis import get_text  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]
from inscriptis.css_profiles import CSS_PROFILES  # pyright: ignore[reportMissingTypeStubs]
from inscriptis.model.config import ParserConfig  # pyright: ignore[reportMissingTypeStubs]

_OUR_LINE = re.compile(r"^.*##-.{3,80}-##", re.MULTILINE)
"""The line above which an answer is to be written, in whatever language and behind whatever signs of a quote."""
_SIGNATURE = re.compile(r"^(-- ?|_{2,}|—)$")
_QUOTED = re.compile(r"^\s*>")
_INTRODUCTIONS = (
    r"^.{0,20}\d{1,4}.{3,120}[<＜(].+@.+[)>＞]\s*:?$",  # a date and an address in brackets, in any language
    r"^(on|am|le|el|il|em|op|den|dnia|в|el día)\b.{5,200}:$",
    r"^.{3,200}(写道|寫道|wrote|schrieb|escribió|écrit|scritto|escreveu|schreef|skrev|napisał|пишет|писал|написал).{0,20}[:：]$",
    r"^.{3,200}(كتب|كتبت).{0,80}:$",
    r"^-{2,} ?(original message|ursprüngliche nachricht|исходное сообщение|пересылаемое сообщение|原始邮件|message d'origine) ?-{2,}$",
    r"^(from|von|от|de|发件人|寄件者)\s?[:：].+@.+$",
)
_INTRODUCES = re.compile("|".join(_INTRODUCTIONS), re.IGNORECASE)
_FROM_A_PHONE = re.compile(
    r"^(sent from my .{2,40}|sent from .{2,40} for (ios|android)|get outlook for (ios|android).*|von meinem .{2,40} gesendet"
    r"|отправлено с .{2,60}|отправлено из .{2,60}|envoyé de mon .{2,40}|enviado desde mi .{2,40}|发自我的.{2,40}"
    r"|أُرسلت من .{2,40})$",
    re.IGNORECASE,
)


def answer_in_text(text: str) -> str:
    """The answer in a plain text: what stands above the quote; where nothing does, what stands below or between."""
    text = text.replace("\r\n", "\n").replace("\u00a0", " ")
    above = _above(text)
    return _tidy(above) or _tidy(_unquoted(text))


def answer_in_html(html: str) -> str:
    """The answer in HTML."""
    shown: str = quotequail.quote_html(html, quote_intro_line=True)[0][1]
    return answer_in_text(text_of(shown)) or answer_in_text(text_of(html))


def text_of(html: str) -> str:
    """HTML as plain text."""
    plain = ParserConfig(css=CSS_PROFILES["relaxed"])
    lines = get_text(html, plain).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()


def _above(text: str) -> str:
    """Up to our line, or what introduces a quote, whichever comes first."""
    ours = _OUR_LINE.search(text)
    text = text[: ours.start()] if ours else text
    shown: str = quotequail.quote(text, quote_intro_line=True)[0][1]
    lines = shown.split("\n")
    ends = next((number for number, line in enumerate(lines) if _ends_an_answer(lines, number, line)), len(lines))
    return "\n".join(lines[:ends])


def _ends_an_answer(lines: list[str], number: int, line: str) -> bool:
    """A quote begins here; what introduces it may be on two lines."""
    line = line.strip()
    both = f"{line} {lines[number + 1].strip()}" if number + 1 < len(lines) else line
    is_introduced = bool(_INTRODUCES.match(line)) or (len(line) > 0 and bool(_INTRODUCES.match(both)))
    return bool(_QUOTED.match(line)) or is_introduced


def _unquoted(text: str) -> str:
    """All lines that are no quote and introduce none, for who writes below what they answer, or between."""
    lines = text.split("\n")
    if not any(_QUOTED.match(line) for line in lines):
        return ""
    kept = [line for line in lines if not _QUOTED.match(line) and not _INTRODUCES.match(line.strip())]
    return "\n".join(kept)


def _tidy(text: str) -> str:
    """Without a signature, and without what a phone writes below."""
    lines = text.split("\n")
    ends = next((number for number, line in enumerate(lines) if _SIGNATURE.match(line) and number), len(lines))
    kept = lines[:ends]
    while kept and (not kept[-1].strip() or _FROM_A_PHONE.match(kept[-1].strip())):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in kept)).strip()
