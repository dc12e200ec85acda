"""What a name, an e-mail address, a login, a password may look like; each answers None or the Problem."""

import re
from collections.abc import Sequence
from functools import cache
from unicodedata import normalize
from zoneinfo import available_timezones

import email_validator

from hallway.domain import text
from hallway.usecases.errors import Invalid, Problem

_NOT_PUBLIC = tuple(email_validator.SPECIAL_USE_DOMAIN_NAMES)
"""Domains, and what lies below them, that nobody outside of a closed network can write to: `.local`, `.test` …"""
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # its documented way to let in .local, which closed networks have

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_PROSE = 4000
MOST_LESSONS = 200

_LOGIN = re.compile(r"[\w.@+-]{2,64}")


def name(field: str, value: str) -> Problem | None:
    """Check a name of a person, an academy, a course, a department, a token: 1 to 200 characters that can be shown, on one line."""
    if not text.is_visible(value):
        return Problem(field, "empty", "Enter a name.")
    return title(field, value)


def title(field: str, value: str) -> Problem | None:
    """Check what somebody does: a name, or nothing."""
    if len(value) > LONGEST_NAME or not text.is_one_line(value):
        return Problem(field, "not_a_name", f"Use at most {LONGEST_NAME} characters, on one line.")
    if text.has_controls(value) or text.turns_around(value) or _is_unseen(value):
        return Problem(field, "unprintable", "This contains characters that can't be displayed. Type it again.")
    return None


def _is_unseen(value: str) -> bool:
    return bool(value) and not text.is_visible(value)


def prose(field: str, value: str) -> Problem | None:
    """Check what a course is about: a text of several lines, or nothing."""
    if len(value) > LONGEST_PROSE:
        return Problem(field, "too_long", f"Use at most {LONGEST_PROSE} characters.")
    if text.has_controls(value) or (value.strip() and _is_unseen(value)):
        return Problem(field, "unprintable", "This contains characters that can't be displayed. Type it again.")
    return None


def lessons(field: str, titles: Sequence[str]) -> Problem | None:
    """Check the titles of lessons, up to 200."""
    if len(titles) > MOST_LESSONS:
        return Problem(field, "too_long", f"Use at most {MOST_LESSONS} lessons.")
    return next(filter(None, (title(field, one) for one in titles)), None)


def email(field: str, value: str) -> Problem | None:
    """Check an address that mail can be sent to, by its form alone: RFC 5321, RFC 6531 and IDNA. No server is asked about it.

    IDNA drops letters that nobody sees; kept with them, the same address would be two.
    """
    if text.has_invisible(value) or validated(value) is None:
        return Problem(field, "not_an_email", "Enter an email address, such as name@example.org.")
    return None


def validated(address: str) -> email_validator.ValidatedEmail | None:
    """Return an e-mail address in its parts, with its form in ASCII where it has one; None when it is none."""
    if len(address) > LONGEST_EMAIL:
        return None
    try:
        return email_validator.validate_email(
            address, check_deliverability=False, globally_deliverable=False, strict=True
        )
    except email_validator.EmailNotValidError:
        return None


def is_public(domain: str) -> bool:
    """Return whether a domain may be found from everywhere, by its name; no number is one."""
    labels = domain.casefold().rstrip(".").split(".")
    return (
        len(labels) > 1
        and not labels[-1].isdigit()
        and not any(labels[-len(one) :] == one for one in (each.split(".") for each in _NOT_PUBLIC))
    )


def is_same_address(one: str, other: str) -> bool:
    """Return whether two addresses are the same, whatever their case, and however their domains are written."""
    return _comparable(one) == _comparable(other)


def _comparable(address: str) -> str:
    found = validated(address)
    return text.identity_key(f"{found.local_part}@{found.ascii_domain}" if found else address)


def login(field: str, value: str) -> Problem | None:
    """Check a login: 2 to 64 letters, digits and . _ - @ +."""
    if text.has_invisible(value) or not _LOGIN.fullmatch(normalize("NFC", value[:LONGEST_NAME])):
        return Problem(field, "not_a_login", "Use 2 to 64 letters, digits, or any of . _ - @ +")
    return None


def password(field: str, value: str) -> Problem | None:
    """Check that a password is long enough to be hard to guess."""
    if not SHORTEST_PASSWORD <= len(value) <= LONGEST_PASSWORD:
        return Problem(field, "weak_password", f"Use at least {SHORTEST_PASSWORD} characters.")
    return None


def time_zone(field: str, value: str) -> Problem | None:
    """Check that this is a name of the time zone database."""
    if value not in _time_zones():
        return Problem(field, "no_time_zone", "Enter a time zone, such as Europe/Oslo.")
    return None


@cache
def _time_zones() -> frozenset[str]:
    """Return the names of all time zones, looked up once: it reads a folder with hundreds of files."""
    return frozenset(available_timezones())


def require_valid(*problems: Problem | None) -> None:
    """Raise Invalid with the problems there are."""
    found = [problem for problem in problems if problem is not None]
    if found:
        raise Invalid(*found)
