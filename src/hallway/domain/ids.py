"""The names of things: canonical lower-case UUID texts, made by the application (UUIDv7), never by a database."""

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


@lru_cache(maxsize=10_000)
def dialog_id(account_id: AccountId, one: UserId, other: UserId) -> ConversationId:
    """The one conversation of a pair (rules §1): the same id whoever asks, so two who write first meet in it."""
    first, second = sorted((one, other))
    return ConversationId(str(uuid5(UUID(account_id), f"dialog:{first}:{second}")))
