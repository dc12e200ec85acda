"""Who may edit and react: as long as, and where, the rules say (§15); and what an edit makes of a message."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hallway.domain import permissions
from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, new_dialog
from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.domain.messages import MOST_EDITS, Message
from hallway.domain.people import Participants, Person, Role
from hallway.domain.reactions import MOST_KINDS, Reaction
from hallway.domain.verdicts import Denial
from tests.domain.cases import ACCOUNT, account

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BIOLOGY = CourseId("biology")
LEARNER = Person(id=UserId("lena"), role=Role.LEARNER, enrolled_in=frozenset({BIOLOGY}))
EXPERT = Person(id=UserId("eva"), role=Role.AUTHOR, expert_of=frozenset({BIOLOGY}))
FORMER = replace(EXPERT, expert_of=frozenset())
DIALOG = replace(new_dialog(ACCOUNT, ConversationId("dialog"), LEARNER.id, EXPERT.id), last_seq=3, rev=5)
MESSAGE = Message(
    account_id=ACCOUNT,
    conversation_id=DIALOG.id,
    seq=1,
    rev=1,
    sender_id=LEARNER.id,
    key="key",
    body="Hello",
    sent_at=NOON,
)
MINE, THEIRS = Participants(LEARNER, (EXPERT,)), Participants(EXPERT, (LEARNER,))


def _edit(
    *,
    settings: Account | None = None,
    people: Participants = MINE,
    conversation: Conversation = DIALOG,
    message: Message = MESSAGE,
    versions: int = 0,
    later: timedelta = timedelta(0),
) -> Denial | None:
    return permissions.edit(settings or account(), people, conversation, message, versions, NOON + later).denial


def test_a_message_is_edited_by_its_sender_alone() -> None:
    assert _edit() is None
    assert _edit(people=THEIRS) is Denial.NOT_YOUR_MESSAGE


@pytest.mark.parametrize("allowed", [timedelta(hours=24), timedelta(minutes=5), timedelta(0)])
def test_editing_is_offered_as_long_as_deleting_for_everyone(allowed: timedelta) -> None:
    settings = replace(account(), delete_for_everyone=allowed)
    assert _edit(settings=settings, later=allowed) is None
    assert _edit(settings=settings, later=allowed + timedelta(microseconds=1)) is Denial.TOO_LATE


def test_an_edit_is_judged_as_a_send_is() -> None:
    assert _edit(people=Participants(LEARNER, (FORMER,))) is Denial.NEITHER_MAY_WRITE
    assert _edit(settings=account("strict", "off")) is Denial.MESSAGING_OFF


def test_a_message_is_edited_only_so_many_times() -> None:
    assert _edit(versions=MOST_EDITS - 1) is None
    assert _edit(versions=MOST_EDITS) is Denial.EDITS_FULL


def test_who_did_not_write_it_is_told_nothing_else() -> None:
    assert _edit(people=THEIRS, versions=MOST_EDITS, later=timedelta(days=9)) is Denial.NOT_YOUR_MESSAGE


def test_an_edit_changes_the_text_and_leaves_the_rest() -> None:
    later = NOON + timedelta(minutes=1)
    edited = MESSAGE.edited(6, "Hello again", later)
    assert edited == replace(MESSAGE, rev=6, body="Hello again", edited_at=later)
    assert (MESSAGE.body, MESSAGE.edited_at) == ("Hello", None)


def test_nothing_of_what_it_said_and_gathered_stays_of_a_deleted_message() -> None:
    full = replace(MESSAGE, reply_to=1, edited_at=NOON, reactions=(Reaction("👍", 1, (EXPERT.id,)),))
    assert full.deleted_for_everyone(9, NOON) == replace(MESSAGE, rev=9, body="", deleted_at=NOON)


# Reacting.


def _react(message: Message = MESSAGE, emoji: str = "👍", people: Participants = THEIRS) -> Denial | None:
    return permissions.react(account(), people, DIALOG, message, emoji).denial


def test_both_may_react_to_a_message_of_either() -> None:
    assert _react() is None
    assert _react(people=MINE) is None


def test_who_may_not_write_may_not_react() -> None:
    assert _react(people=Participants(LEARNER, (FORMER,))) is Denial.NEITHER_MAY_WRITE


def test_a_message_has_twenty_kinds_of_reactions_at_most() -> None:
    kinds = tuple(Reaction(chr(0x1F600 + one), 1, (LEARNER.id,)) for one in range(MOST_KINDS))
    full, nearly = replace(MESSAGE, reactions=kinds), replace(MESSAGE, reactions=kinds[1:])
    assert _react(full) is Denial.REACTIONS_FULL
    assert _react(full, kinds[3].emoji) is None
    assert _react(nearly) is None
    assert _react(full, people=Participants(LEARNER, (FORMER,))) is Denial.NEITHER_MAY_WRITE
