"""The bodies of jobs that were set aside. See `wire` for what holds for all."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from hallway.transport.wire.fields import Frozen

Kind = Annotated[str, Meta(min_length=1, max_length=32)]
Subject = Annotated[str, Meta(min_length=1, max_length=160)]


class SetAsideJob(Frozen, frozen=True, kw_only=True):
    """A background task that failed too often or can never succeed, and why.

    `kind` and `subject` name it. `about` says what it is about: a person's name, a file, a mail's sender and subject.
    """

    kind: Kind
    subject: Subject
    about: str
    reason: str
    at: datetime
    tries: int


class SetAsideJobs(Frozen, frozen=True):
    """The latest ones."""

    jobs: list[SetAsideJob]


class NameJob(Frozen, frozen=True):
    """Which of them."""

    kind: Kind
    subject: Subject
