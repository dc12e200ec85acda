"""The ways in which a use-case says no, beside a rule's Refused: each becomes one documented answer at every door."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class NotFound(Exception):  # noqa: N818 - an answer, not a fault
    """It is not there, or not yours: one answer for both (rules §10). `what` is a noun: conversation, user, and so on."""

    def __init__(self, what: str) -> None:
        """Name the kind of thing that was not found, never which one."""
        super().__init__(f"This {what} doesn't exist.")
        self.what = what


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field. `code` is stable; `message` is a sentence that says what to do, in English.

    `values` are what a sentence in another language needs to know.
    """

    field: str
    code: str
    message: str
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict[str, str | int])


class Invalid(Exception):  # noqa: N818 - an answer, not a fault
    """What was given cannot be accepted; one Problem for each field."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems in order."""
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


class Conflict(Exception):  # noqa: N818 - an answer, not a fault
    """It clashes with what is there already (a login in use, a key used for another message)."""

    def __init__(self, code: str, message: str) -> None:
        """Keep a stable `code` and a sentence, the `message`."""
        super().__init__(message)
        self.code = code


class SignInFailed(Exception):  # noqa: N818 - an answer, not a fault
    """Wrong login or password, or not active: one answer for all of them."""


class SignedOut(Exception):  # noqa: N818 - an answer, not a fault
    """The session that asks has ended while it asked."""


class TooMany(Exception):  # noqa: N818 - an answer, not a fault
    """Asked too often; `retry_after` seconds from now it may be tried again."""

    def __init__(self, retry_after: int) -> None:
        """Keep the number of seconds until it may be tried again."""
        super().__init__(f"Too many attempts. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


def granted(answer: T | TooMany) -> T:
    """Return what was asked for. Raises the refusal that was answered, once what had to last with it is durable."""
    if isinstance(answer, TooMany):
        raise answer
    return answer


class Busy(Exception):  # noqa: N818 - an answer, not a fault
    """More is asked than can be written at present; nothing was done, and it may be tried again."""
