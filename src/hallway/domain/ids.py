"""The names of things: canonical lower-case UUID texts, made by the application (UUIDv7), never by a database."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NewType
from uuid import UUID, uuid5

AccountId = NewType("AccountId", str)
UserId = NewType("UserId", str)
DepartmentId = NewType("DepartmentId", str)
CourseId = NewType("CourseId", str)
TrainingId = NewType("TrainingId", str)
ConversationId = NewType("ConversationId", str)
SessionId = NewType("SessionId", str)
FileId = NewType("FileId", str)
ScheduledId = NewType("ScheduledId", str)

_BY_TIME = 7
"""The version of UUIDs that begin with their time."""


@lru_cache(maxsize=10_000)
def dialog_id(account_id: AccountId, one: UserId, other: UserId) -> ConversationId:
    """Return the id of a pair's one conversation (rules §1): the same id whoever asks, so two who write first meet in it."""
    first, second = sorted((one, other))
    return ConversationId(str(uuid5(UUID(account_id), f"dialog:{first}:{second}")))


def made_at(name: str) -> datetime | None:
    """Return when an id was made, as a UUIDv7 records it; None for ids of other kinds."""
    number = UUID(name)
    if number.version != _BY_TIME:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number.int >> 80)
