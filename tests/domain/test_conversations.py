"""Conversations and what each member keeps of one: each change makes a new value and leaves the old as it was."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.domain.conversations import FOREVER, ConversationKind, Member, new_dialog, title
from hallway.domain.ids import AccountId, ConversationId, UserId, dialog_id

ACCOUNT = AccountId("00000000-0000-7000-8000-000000000001")
ELSEWHERE = AccountId("00000000-0000-7000-8000-000000000002")
LENA, TOMAS = UserId("lena"), UserId("tomas")
DIALOG = ConversationId("dialog")

user_ids = st.uuids().map(lambda one: UserId(str(one)))

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEMBER = Member(LENA, rev=7, own_rev=2, read_seq=3, cleared_seq=1, last_seq=5, unread=2, place=9)


# The dialog of two: one per pair, for ever.


@given(user_ids, user_ids)
def test_a_pair_has_one_dialog_whoever_asks(one: UserId, other: UserId) -> None:
    found = dialog_id(ACCOUNT, one, other)
    assert found == dialog_id(ACCOUNT, other, one)
    assert str(UUID(found)) == found


@given(user_ids, user_ids, user_ids)
def test_two_pairs_never_share_a_dialog(one: UserId, other: UserId, third: UserId) -> None:
    is_same_pair = {one, other} == {one, third}
    assert (dialog_id(ACCOUNT, one, other) == dialog_id(ACCOUNT, one, third)) is is_same_pair


@given(user_ids, user_ids)
def test_the_same_pair_in_another_account_has_another_dialog(one: UserId, other: UserId) -> None:
    assert dialog_id(ACCOUNT, one, other) != dialog_id(ELSEWHERE, one, other)


def test_a_new_dialog_is_empty_and_in_nobody_s_list() -> None:
    dialog = new_dialog(ACCOUNT, DIALOG, LENA, TOMAS)
    assert (dialog.account_id, dialog.id, dialog.kind) == (ACCOUNT, DIALOG, ConversationKind.DIALOG)
    assert (dialog.last_seq, dialog.rev, dialog.question) == (0, 0, None)
    assert dialog.members == {LENA: Member(LENA), TOMAS: Member(TOMAS)}
    assert all(side.place is None and side.last_seq is None for side in dialog.members.values())


def test_each_of_the_two_finds_the_other() -> None:
    dialog = new_dialog(ACCOUNT, DIALOG, LENA, TOMAS)
    assert dialog.others(LENA) == (TOMAS,)
    assert dialog.others(TOMAS) == (LENA,)


def test_each_of_many_finds_all_the_others_in_one_order() -> None:
    members = {one: Member(one) for one in (TOMAS, LENA, UserId("eva"))}
    group = replace(new_dialog(ACCOUNT, DIALOG, LENA, TOMAS), kind=ConversationKind.GROUP, members=members)
    assert group.others(LENA) == ("eva", TOMAS)
    assert group.others(TOMAS) == ("eva", LENA)


def test_a_conversation_is_called_by_the_names_of_the_others() -> None:
    assert title(["Lena Löwe"]) == "Lena Löwe"
    assert title(["Eva Expert", "Lena Löwe"]) == "Eva Expert, Lena Löwe"


# A member's side.


def test_a_message_of_the_other_is_unread_and_on_top() -> None:
    after = MEMBER.with_messages(6, 10, 1, NOON)
    assert after == replace(MEMBER, last_seq=6, place=10, unread=3, untold=True)


def test_my_own_message_is_on_top_and_not_unread() -> None:
    after = MEMBER.with_messages(6, 10, 0, NOON)
    assert after == replace(MEMBER, last_seq=6, place=10)


def test_messages_posted_at_once_are_told_to_both_sides_at_once() -> None:
    dialog = new_dialog(ACCOUNT, DIALOG, LENA, TOMAS)
    for _ in range(3):
        dialog = dialog.with_message(None)
    after = dialog.with_sides({LENA: 2, TOMAS: 1}, {LENA: 10, TOMAS: 20}, NOON)
    assert (after.last_seq, after.rev) == (3, 3)
    assert after.members == {
        LENA: Member(LENA, last_seq=3, unread=1, place=10, untold=True),
        TOMAS: Member(TOMAS, last_seq=3, unread=2, place=20, untold=True),
    }


@pytest.mark.parametrize(("seq", "read_seq"), [(5, 5), (4, 4), (3, 3), (2, 3)])
def test_reading_goes_forward_only(seq: int, read_seq: int) -> None:
    assert MEMBER.having_read(seq) == replace(MEMBER, read_seq=read_seq)


def test_what_is_marked_unread_is_unread_for_oneself_alone() -> None:
    after = MEMBER.marked_unread(2)
    assert after == replace(MEMBER, unread_from=2, own_rev=3)
    assert (after.seen_seq, after.read_seq) == (1, MEMBER.read_seq)
    assert after.marked_unread(2) == after


def test_the_last_mark_counts() -> None:
    assert MEMBER.marked_unread(2).marked_unread(3) == replace(MEMBER, unread_from=3, own_rev=4)


def test_what_was_never_read_needs_no_mark() -> None:
    assert MEMBER.marked_unread(4) == MEMBER
    assert MEMBER.marked_unread(2).marked_unread(4) == replace(MEMBER, own_rev=4)


@pytest.mark.parametrize(
    ("seq", "read_seq", "unread_from", "own_rev"),
    [(5, 5, None, 4), (3, 3, None, 4), (2, 3, 3, 4), (1, 3, 2, 3)],
)
def test_reading_again_ends_the_mark_as_far_as_one_reads(
    seq: int, read_seq: int, unread_from: int | None, own_rev: int
) -> None:
    after = MEMBER.marked_unread(2).having_read(seq)
    assert after == replace(MEMBER, read_seq=read_seq, unread_from=unread_from, own_rev=own_rev)


def test_a_message_leaves_the_mark_where_it_is() -> None:
    assert MEMBER.marked_unread(2).with_messages(6, 10, 1, NOON).unread_from == 2


def test_an_emptied_chat_leaves_the_list_with_nothing_unread() -> None:
    after = MEMBER.emptied(5)
    assert MEMBER.marked_unread(2).emptied(5) == replace(after, own_rev=4)
    assert after == Member(LENA, rev=7, own_rev=3, read_seq=3, cleared_seq=5, last_seq=None, unread=0, place=None)


def test_a_message_after_delete_chat_brings_the_dialog_back_with_that_message_only() -> None:
    after = MEMBER.emptied(5).with_messages(6, 12, 1, NOON)
    assert (after.cleared_seq, after.last_seq, after.unread, after.place) == (5, 6, 1, 12)


def test_a_change_leaves_the_old_value_as_it_was() -> None:
    before = replace(MEMBER)
    MEMBER.emptied(5)
    MEMBER.with_messages(6, 10, 1, NOON)
    assert before == MEMBER
    with pytest.raises(FrozenInstanceError):
        MEMBER.unread = 0  # type: ignore[misc]  # that it is refused is what is asked


# One's own order (rules §16).


def test_an_archived_chat_comes_back_with_the_next_message() -> None:
    archived = MEMBER.in_archive(None)
    assert archived == replace(MEMBER, place=None, archived=9, own_rev=3)
    assert (archived.is_archived, archived.position) == (True, 9)
    after = archived.with_messages(6, 10, 1, NOON)
    assert after == replace(MEMBER, own_rev=3, last_seq=6, place=10, unread=3, untold=True)


@pytest.mark.parametrize("of_others", [0, 1])
def test_as_long_as_it_is_muted_it_stays_there(of_others: int) -> None:
    end = NOON + timedelta(hours=1)
    archived = MEMBER.in_archive(end)
    kept = archived.with_messages(6, 10, of_others, end - timedelta(seconds=1))
    assert (kept.place, kept.archived, kept.archived_until) == (None, 10, end)
    back = kept.with_messages(7, 11, of_others, end)
    assert (back.place, back.archived, back.archived_until) == (11, None, None)
    assert archived.kept_until(FOREVER).with_messages(6, 10, 1, end).is_archived
    assert not archived.kept_until(None).with_messages(6, 10, 1, NOON).is_archived


def test_taken_out_it_stands_where_it_stood() -> None:
    assert MEMBER.in_archive(FOREVER).unarchived() == replace(MEMBER, own_rev=4)
    assert MEMBER.unarchived() == MEMBER


def test_a_pinned_chat_is_in_no_archive() -> None:
    pinned = MEMBER.with_pin(is_pinned=True)
    assert pinned == replace(MEMBER, pinned=True, own_rev=3)
    assert pinned.with_pin(is_pinned=True) == pinned
    assert pinned.with_messages(6, 10, 1, NOON).pinned
    assert pinned.in_archive(None) == replace(MEMBER, place=None, archived=9, own_rev=4)
    assert MEMBER.in_archive(None).with_pin(is_pinned=True) == replace(pinned, own_rev=4)
    assert pinned.with_pin(is_pinned=False) == replace(MEMBER, own_rev=4)


def test_delete_chat_takes_it_out_of_both() -> None:
    assert MEMBER.with_pin(is_pinned=True).emptied(5) == replace(MEMBER.emptied(5), own_rev=4)
    assert MEMBER.in_archive(FOREVER).emptied(5) == replace(MEMBER.emptied(5), own_rev=4)
