"""What a store keeps of one's own order: pinned chats above the others, and the archive (rules §16)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.conversations import FOREVER, Conversation, Member
from hallway.domain.ids import ConversationId
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.transaction import Store
from tests.contracts.world import ADMIN, BOSS, EXPERT, HERE, LENA, NOON, OWNER, TOMAS, change, furnished, talk


@pytest.fixture
def chats(store: Store) -> list[Conversation]:
    """The expert's chats, one above the other: the last one is on top."""
    furnished(store)
    return [
        talk(store, one, EXPERT, ["Hi"], place=place) for place, one in enumerate([TOMAS, LENA, OWNER, ADMIN, BOSS], 1)
    ]


def _keep(store: Store, chat: Conversation, side: Member) -> None:
    change(
        store, lambda tx: tx.conversations.save([tx.conversations.several(HERE, [chat.id])[chat.id].with_side(side)])
    )


def _section(store: Store, section: Section, before: int | None = None, limit: int = 9) -> list[ConversationId]:
    chosen = ChatFilter(section=section)
    found = store.read(lambda tx: tx.conversations.rows(HERE, EXPERT, before=before, limit=limit, chosen=chosen))
    return [row.conversation.id for row in found]


def test_what_is_pinned_and_what_is_archived_are_sections_of_their_own(store: Store, chats: list[Conversation]) -> None:
    one, two, three, four, five = (chat.id for chat in chats)
    for chat in (chats[0], chats[2]):
        _keep(store, chat, chat.members[EXPERT].with_pin(is_pinned=True))
    for chat in (chats[1], chats[4]):
        _keep(store, chat, chat.members[EXPERT].in_archive(None))
    assert _section(store, Section.LIST) == [four, three, one]
    assert _section(store, Section.PINNED) == [three, one]
    assert _section(store, Section.UNPINNED) == [four]
    assert _section(store, Section.ARCHIVE) == [five, two]
    assert _section(store, Section.ARCHIVE, limit=1) == [five]
    assert _section(store, Section.ARCHIVE, before=5) == [two]
    theirs = store.read(lambda tx: tx.conversations.rows(HERE, TOMAS, before=None, limit=9))
    assert [row.conversation.id for row in theirs] == [one]


def test_a_side_comes_back_with_its_order(store: Store, chats: list[Conversation]) -> None:
    for until in (None, NOON + timedelta(hours=1), FOREVER):
        side = replace(chats[0].members[EXPERT].in_archive(until), pinned=True)
        _keep(store, chats[0], side)
        found = store.read(lambda tx: tx.conversations.several(HERE, [chats[0].id]))
        assert found[chats[0].id].members[EXPERT] == side


def _counts(store: Store) -> tuple[int, int]:
    return store.read(
        lambda tx: (tx.conversations.unread_count(HERE, EXPERT), tx.conversations.waiting_count(HERE, EXPERT))
    )


def test_no_badge_counts_the_archive_and_nobody_waits_in_it(store: Store, chats: list[Conversation]) -> None:
    assert _counts(store) == (5, 5)
    _keep(store, chats[0], chats[0].members[EXPERT].in_archive(None))
    assert _counts(store) == (4, 4)


def test_no_position_is_given_again_while_its_chat_is_archived(store: Store, chats: list[Conversation]) -> None:
    _keep(store, chats[4], chats[4].members[EXPERT].in_archive(None))
    assert store.read(lambda tx: tx.conversations.top_positions(HERE, [EXPERT])) == {EXPERT: 5}
