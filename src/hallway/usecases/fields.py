"""What a name, an e-mail address, a login, a password may look like; each answers None or the Problem."""

import re
from unicodedata import category
from zoneinfo import available_timezones

from hallway.usecases.errors import Invalid, Problem

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 200
LONGEST_EMAIL = 254

_EMAIL = re.compile(r"[^@\s]+@([^@\s.]+\.)*[^@\s.]+")
_LOGIN = re.compile(r"[\w.@+-]{2,64}")


def name(field: str, value: str) -> Problem | None:
    """1 to 200 characters that can be shown."""
    if not value.strip():
        return Problem(field, "empty", "Give a name.")
    if len(value) > LONGEST_NAME or any(category(letter) in {"Cc", "Cs"} for letter in value):
        return Problem(field, "not_a_name", f"Use at most {LONGEST_NAME} characters, on one line.")
    return None


def email(field: str, value: str) -> Problem | None:
    """One @ with something on both sides."""
    if len(value) > LONGEST_EMAIL or not _EMAIL.fullmatch(value):
        return Problem(field, "not_an_email", "This is not an e-mail address. It looks like name@example.org.")
    return None


def login(field: str, value: str) -> Problem | None:
    """2 to 64 letters, digits and . _ - @ +."""
    if not _LOGIN.fullmatch(value):
        return Problem(field, "not_a_login", "Use 2 to 64 letters, digits or any of . _ - @ + for a login.")
    return None


def password(field: str, value: str) -> Problem | None:
    """Long enough to be hard to guess."""
    if not SHORTEST_PASSWORD <= len(value) <= LONGEST_PASSWORD:
        return Problem(field, "weak_password", f"Use at least {SHORTEST_PASSWORD} characters for a password.")
    return None


def time_zone(field: str, value: str) -> Problem | None:
    """A name of the time zone database."""
    if value not in available_timezones():
        return Problem(field, "no_time_zone", "This is not a time zone. It looks like Europe/Oslo.")
    return None


def require_valid(*problems: Problem | None) -> None:
    """Raise Invalid with the problems there are."""
    found = [problem for problem in problems if problem is not None]
    if found:
        raise Invalid(*found)
