"""Addresses of the web and of mail in a text, and where a link truly leads; as the web client finds them (`links.ts`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from unicodedata import bidirectional, category, normalize
from urllib.parse import quote

_L = (
    "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u03e1\u03f0-\u03ff"
    "\u0400-\u052f\u1e00-\u1fff"
)
"""Letters of scripts that are written with spaces: of others the sentence before would be a part of a mail address."""
_BEGINS = re.compile(r"(?<![A-Za-z0-9_])https?://|(?<![A-Za-z0-9_./:@-])www\.", re.IGNORECASE)
_MAIL = re.compile(
    rf"(?<![{_L}0-9_/@])[{_L}0-9][{_L}0-9_.+%-]{{0,63}}@(?:[{_L}0-9-]{{1,63}}\.){{1,8}}"
    rf"(?:[xX][nN]--[A-Za-z0-9-]{{1,59}}|[{_L}]{{2,63}})(?![{_L}0-9_@])"
)
_SIGNS = frozenset("!#%&()*,-./:;?@[\\]_{}\u200c\u200d")
_NEVER = frozenset("<>\"'`\uff5e")
_INSIDE_WORDS = frozenset("\u2010\u2011\u2013\u30fb\u00b7\u2019")
_AROUND = frozenset(".,;:!?*()[]{}\u200c\u200d")
"""What ends a sentence, or stands around a part of it."""
_OPENING = {")": "(", "]": "[", "}": "{"}
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_FORBIDDEN = re.compile(r"[\x00-\x20#/<>?@\[\\\]^|%:\x7f]")
_NAME = re.compile(r"(?<![\w-])[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,63}")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNQUOTED = "!#$&'()*+,/:;=?@-._~"
_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text, from `start` up to `end`, and the link that it is."""

    start: int
    end: int
    href: str


def addresses(text: str) -> Iterator[Address]:
    """Find the addresses of a text, from left to right."""
    at = 0
    web, mail = _BEGINS.search(text), _MAIL.search(text)
    while web or mail:
        if web and (not mail or web.start() <= mail.start()):
            end = _end_of_web(text, web)
            found = _web(text, web.start(), end) if end else None
            at = found.end if found else end or web.end()
        else:
            assert mail is not None
            found = Address(mail.start(), mail.end(), f"mailto:{quote(mail[0], _UNQUOTED)}")
            at = mail.end()
        if found:
            yield found
        web = _BEGINS.search(text, at) if web and web.start() < at else web
        mail = _MAIL.search(text, at) if mail and mail.start() < at else mail


def _end_of_web(text: str, begin: re.Match[str]) -> int:
    """Return where the signs end that an address is written with; 0 where it has none."""
    at = begin.end()
    if begin[0][0] in "wW":
        while at < len(text) and (_is_wordy(text[at]) or text[at] == "-"):
            at += 1
        is_name = at > begin.end() and text[at : at + 1] == "." and _is_wordy(text[at + 1 : at + 2])
        if not is_name:
            return 0
        at += 1
    start = at
    while at < len(text) and _is_part(text, at):
        at += 1
    return at if at > start else 0


def _is_part(text: str, at: int) -> bool:
    sign = text[at]
    if sign in _SIGNS:
        return not text.startswith("](", at)
    if sign in _INSIDE_WORDS:
        return _is_wordy(text[at + 1 : at + 2])
    return not (sign.isspace() or sign in _NEVER or category(sign)[0] in "PC")


def _is_wordy(sign: str) -> bool:
    return bool(sign) and category(sign)[0] in "LN"


def _web(text: str, start: int, end: int) -> Address | None:
    written = _trimmed(text[start:end])
    href = f"https://{written}" if written[:3].lower() == "www" else written
    return Address(start, start + len(written), href) if host_of(href) else None


def _trimmed(address: str) -> str:
    """Return an address without the marks of the sentence around it; a bracket that it opened itself stays."""
    left = {sign: address.count(sign) for sign in {*_AROUND, *_OPENING.values()}}
    end = len(address)
    while end:
        sign = address[end - 1]
        is_its_own = sign in _OPENING and left[_OPENING[sign]] >= left[sign]
        if is_its_own or sign not in _AROUND:
            break
        left[sign] -= 1
        end -= 1
    return address[:end]


def host_of(href: str) -> str:
    """Return the host of a web address as a browser resolves it (WHATWG URL, §3.5), in ASCII; empty for none."""
    begin = re.match(r"(?i)https?:[/\\]*", href)
    authority = re.split(r"[/?#\\]", href[begin.end() :], maxsplit=1)[0] if begin else ""
    authority = authority.rpartition("@")[2]
    name, colon, port = authority.rpartition(":") if re.search(r":[^\]]*$", authority) else (authority, "", "")
    if colon and port and not (port.isascii() and port.isdigit() and int(port) <= _HIGHEST_PORT):
        return ""
    if name.startswith("["):
        return name if _is_ip6(name) else ""
    return _in_ascii(name)


def _is_ip6(name: str) -> bool:
    try:
        IPv6Address(name[1:-1])
    except AddressValueError:
        return False
    return name.endswith("]")


def _in_ascii(name: str) -> str:
    plain = _DOTS.sub(".", normalize("NFKC", name.replace("\u00ad", "")).lower())
    labels = [one if one.isascii() else "xn--" + one.encode("punycode").decode() for one in plain.split(".")]
    host = ".".join(labels)
    if not host.strip(".") or _FORBIDDEN.search(host) or any(_is_mixed(one) for one in plain.split(".")):
        return ""
    last = labels[-1] or (labels[-2] if len(labels) > 1 else "")
    return host if not last.isdigit() or _is_ip4(host) else ""


def _is_mixed(label: str) -> bool:
    """Return whether letters of both directions stand in a label (RFC 5893 §2, rule 2)."""
    directions = {bidirectional(one) for one in label}
    return bool(directions & {"R", "AL"}) and "L" in directions


def _is_ip4(name: str) -> bool:
    try:
        IPv4Address(name)
    except AddressValueError:
        return False
    return True


def true_host(label: str, href: str) -> str:
    """Return where a link leads if its words look like another address, or might; empty where they don't."""
    is_mail = href[:7].lower() == "mailto:"
    host = href[7:].partition("?")[0] if is_mail else host_of(href)
    said = _DOTS.sub(".", normalize("NFKC", "".join(one for one in label if category(one)[0] != "C"))).lower()
    name = _NAME.search(said)
    if _DIRECTIONS.search(label):
        return host
    if is_mail:
        return host if "@" in said and host.lower() not in said else ""
    if not name or _bare(name[0]) == _bare(host):
        return ""
    return host


def _bare(host: str) -> str:
    return host.removeprefix("www.")
