"""A message, and what stays of it when its sender deletes it for everyone (§7)."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta

import pytest

from hallway.domain.ids import AccountId, ConversationId, CourseId, UserId
from hallway.domain.messages import MAX_BODY, Message

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
MESSAGE = Message(
    account_id=AccountId("account"),
    conversation_id=ConversationId("dialog"),
    seq=3,
    rev=4,
    sender_id=UserId("lena"),
    key="key",
    body="Secret",
    sent_at=NOON,
    course_id=CourseId("biology"),
)


def test_a_message_is_there_until_it_is_deleted() -> None:
    assert not MESSAGE.is_deleted
    assert MESSAGE.deleted_for_everyone(9, LATER).is_deleted


def test_nothing_of_the_text_stays() -> None:
    assert MESSAGE.deleted_for_everyone(9, LATER).body == ""
    assert "Secret" not in repr(MESSAGE.deleted_for_everyone(9, LATER))


def test_its_place_its_sender_and_the_moment_stay() -> None:
    assert MESSAGE.deleted_for_everyone(9, LATER) == replace(MESSAGE, rev=9, body="", deleted_at=LATER)


def test_a_deletion_leaves_the_old_value_as_it_was() -> None:
    MESSAGE.deleted_for_everyone(9, LATER)
    assert (MESSAGE.body, MESSAGE.rev, MESSAGE.deleted_at) == ("Secret", 4, None)
    with pytest.raises(FrozenInstanceError):
        MESSAGE.body = ""  # type: ignore[misc]  # that it is refused is what is asked


def test_a_long_letter_fits_into_a_message() -> None:
    assert MAX_BODY == 4_000
