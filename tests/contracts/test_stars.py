"""What a store keeps of stars: each person's own, of messages that they see (rules §16)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hallway.domain.conversations import Conversation
from hallway.domain.ids import UserId
from hallway.usecases.messaging.star_ports import StarSpot
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ELSEWHERE, EXPERT, HERE, LENA, NOON, TOMAS, change, furnished, talk


@pytest.fixture
def chats(store: Store) -> tuple[Conversation, Conversation]:
    """What Tomás and Lena wrote to the expert."""
    furnished(store)
    return talk(store, TOMAS, EXPERT, ["One", "Two", "Three"], place=1), talk(store, LENA, EXPERT, ["Hi"], place=2)


def _star(store: Store, chat: Conversation, *seqs: int, who: UserId = EXPERT) -> list[bool]:
    return [change(store, lambda tx, seq=seq: tx.stars.add(HERE, who, (chat.id, seq))) for seq in seqs]  # type: ignore[misc]


def _page(
    store: Store,
    within: Conversation | None = None,
    behind: StarSpot | None = None,
    limit: int = 9,
    who: UserId = EXPERT,
) -> list[str]:
    chat = None if within is None else within.id
    found = store.read(lambda tx: tx.stars.page(HERE, who, within=chat, behind=behind, limit=limit))
    return [one.message.body for one in found]


def _kept(store: Store, chat: Conversation, who: UserId = EXPERT) -> tuple[int, list[int]]:
    return store.read(lambda tx: (tx.stars.count(HERE, who), list(tx.stars.of(HERE, who, chat.id))))


def test_the_newest_star_comes_first_whenever_its_message_was_sent(
    store: Store, chats: tuple[Conversation, Conversation]
) -> None:
    tomas, lena = chats
    assert _star(store, tomas, 3, 1) == [True, True]
    assert _star(store, lena, 1) == [True]
    assert _star(store, tomas, 3) == [False]
    assert _page(store) == ["Hi", "One", "Three"]
    assert _page(store, tomas) == ["One", "Three"]
    assert _kept(store, tomas) == (3, [1, 3])
    assert _page(store, who=TOMAS) == []
    assert store.read(lambda tx: tx.stars.count(ELSEWHERE, EXPERT)) == 0


def test_pages_follow_each_other_without_a_gap(store: Store, chats: tuple[Conversation, Conversation]) -> None:
    tomas, lena = chats
    _star(store, tomas, 3, 1, 2)
    _star(store, lena, 1)
    read: list[str] = []
    spot: StarSpot | None = None
    while True:
        page = store.read(
            lambda tx, spot=spot: tx.stars.page(HERE, EXPERT, within=None, behind=spot, limit=1)  # type: ignore[misc]
        )
        if not page:
            break
        read += [one.message.body for one in page]
        spot = page[-1].spot
    assert read == ["Hi", "Two", "One", "Three"]


def test_a_star_taken_back_and_given_again_is_the_newest(
    store: Store, chats: tuple[Conversation, Conversation]
) -> None:
    tomas, _ = chats
    _star(store, tomas, 1, 2)
    assert change(store, lambda tx: tx.stars.remove(HERE, EXPERT, (tomas.id, 1)))
    assert not change(store, lambda tx: tx.stars.remove(HERE, EXPERT, (tomas.id, 1)))
    assert _page(store) == ["Two"]
    _star(store, tomas, 1)
    assert _page(store) == ["One", "Two"]


UNSEEN: dict[str, Callable[[Transaction, Conversation], object]] = {
    "hidden": lambda tx, chat: tx.messages.hide(HERE, chat.id, EXPERT, 2, is_hidden=True, own_rev=1),
    "cleared": lambda tx, chat: tx.conversations.save([chat.with_side(replace(chat.members[EXPERT], cleared_seq=2))]),
    "deleted for everyone": lambda tx, chat: tx.messages.save(
        tx.messages.several(HERE, [(chat.id, 2)])[chat.id, 2].deleted_for_everyone(9, NOON)
    ),
}


@pytest.mark.parametrize("way", UNSEEN)
def test_what_is_not_seen_is_neither_listed_nor_counted(
    store: Store, chats: tuple[Conversation, Conversation], way: str
) -> None:
    tomas, _ = chats
    _star(store, tomas, 2, 3)
    _star(store, tomas, 2, who=TOMAS)
    change(store, lambda tx: UNSEEN[way](tx, tomas))
    assert _page(store) == ["Three"]
    assert _kept(store, tomas) == (1, [3])
    assert _page(store, who=TOMAS) == ([] if way == "deleted for everyone" else ["Two"])


def test_a_copy_that_comes_back_has_its_star(store: Store, chats: tuple[Conversation, Conversation]) -> None:
    tomas, _ = chats
    _star(store, tomas, 2)
    for is_hidden in (True, False):
        change(
            store,
            lambda tx, is_hidden=is_hidden: tx.messages.hide(  # type: ignore[misc]
                HERE, tomas.id, EXPERT, 2, is_hidden=is_hidden, own_rev=1
            ),
        )
    assert _page(store) == ["Two"]


def test_stars_go_with_a_message_for_everyone_and_with_a_chat_for_one(
    store: Store, chats: tuple[Conversation, Conversation]
) -> None:
    tomas, lena = chats
    _star(store, tomas, 1, 2)
    _star(store, tomas, 1, 2, who=TOMAS)
    _star(store, lena, 1)
    change(store, lambda tx: tx.stars.forget_message(HERE, (tomas.id, 1)))
    assert (_page(store), _page(store, who=TOMAS)) == (["Hi", "Two"], ["Two"])
    change(store, lambda tx: tx.stars.forget_chat(HERE, EXPERT, tomas.id))
    assert (_page(store), _page(store, who=TOMAS)) == (["Hi"], ["Two"])
