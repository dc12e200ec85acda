"""Finding messages by what they say: the same on every store, and only what one sees now (rules §11)."""

from dataclasses import replace
from datetime import timedelta
from unicodedata import normalize

import pytest

from hallway.domain.ids import ConversationId, UserId
from hallway.domain.text import search_key
from hallway.usecases.messaging.search_ports import Hit, Spot
from hallway.usecases.transaction import Store
from tests.contracts.world import ADMIN, ELSEWHERE, HERE, LENA, NOON, OWNER, TOMAS, change, furnished, talk, with_whom


def found(
    store: Store,
    text: str,
    *,
    within: ConversationId | None = None,
    behind: Spot | None = None,
    limit: int = 9,
    who: object = OWNER,
) -> list[Hit]:
    """What somebody finds."""
    key = search_key(text)
    return list(
        store.read(lambda tx: tx.search.messages(HERE, who, key, within=within, behind=behind, limit=limit))  # type: ignore[arg-type]  # ids are texts
    )


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Where is the fire exit?", "FIRE exit"),
        (normalize("NFD", "Kühlhaus"), "Kühlhaus"),
        ("Überblick", normalize("NFD", "überblick")),
        ("Résumé", "resume"),
        ("Zażółć gęślą jaźń", "zazolc gesla"),
        ("ёлочка", "ЕЛОЧКА"),
        ("المُقَرَّر", "المقرر"),
        ("الأسئلة", "الاسئله"),
        ("مـــرحبا", "مرحبا"),
        ("don\u2019t", "don't"),
        ("don`t", "don\u2019t"),
        ("Room\u00a0B", "room b"),
        ("fire\n  stair", "fire stair"),
        ("fire stair", "fire\nstair"),
        ("\uff31\uff12\uff10\uff12\uff16", "q2026"),
        ("100% sure_", "100% SURE_"),
        ("a/b\\c", "a/B\\c"),
    ],
)
def test_a_message_is_found_by_what_looks_the_same(store: Store, written: str, typed: str) -> None:
    furnished(store)
    talk(store, OWNER, LENA, ["something else", written])
    (hit,) = found(store, typed)
    assert (hit.message.body, hit.message.seq) == (written, 2)
    rows = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=9, text=typed))
    assert with_whom(rows) == [[LENA]]


@pytest.mark.parametrize("typed", ["10_", "1%0", "%", "0_%", "nothing", "else100"])
def test_signs_stand_for_themselves(store: Store, typed: str) -> None:
    furnished(store)
    talk(store, OWNER, LENA, ["something else", "100 sure"])
    assert found(store, typed) == []


def test_only_what_is_seen_now_is_found(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, LENA, ["needle 1", "needle 2", "needle 3", "needle 4"])
    side = replace(stored.members[OWNER], cleared_seq=1)
    change(store, lambda tx: tx.conversations.save([replace(stored, members={**stored.members, OWNER: side})]))
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, OWNER, 2, is_hidden=True, own_rev=1))
    third = store.read(lambda tx: tx.messages.find(HERE, stored.id, 3))
    assert third is not None
    change(store, lambda tx: tx.messages.save(third.deleted_for_everyone(9, NOON)))
    assert [one.message.seq for one in found(store, "needle")] == [4]
    assert [one.message.seq for one in found(store, "needle", who=LENA)] == [4, 2, 1]
    assert found(store, "needle", who=ADMIN) == []
    assert (
        store.read(lambda tx: tx.search.messages(ELSEWHERE, OWNER, "needle", within=None, behind=None, limit=9)) == []
    )


def test_the_newest_come_first_and_pages_follow_each_other(store: Store) -> None:
    furnished(store)
    for other in (LENA, TOMAS):
        talk(store, OWNER, other, ["needle", "hay", "needle", "needle"])
    everything = found(store, "needle")
    assert len(everything) == 6
    assert everything == sorted(everything, key=lambda one: one.spot, reverse=True)
    pages: list[Hit] = []
    while page := found(store, "needle", behind=pages[-1].spot if pages else None, limit=2):
        pages += page
    assert pages == everything
    assert found(store, "needle", behind=(NOON - timedelta(days=999), everything[0].message.conversation_id, 1)) == []


def test_one_chat_can_be_searched_alone(store: Store) -> None:
    furnished(store)
    talk(store, OWNER, LENA, ["needle"])
    stored = talk(store, OWNER, TOMAS, ["needle", "needle"])
    assert [one.message.seq for one in found(store, "needle", within=stored.id)] == [2, 1]
    assert found(store, "needle", within=stored.id, who=LENA) == []


def test_chats_are_found_by_all_words_of_a_name(store: Store) -> None:
    furnished(store)
    for other in (LENA, TOMAS):
        talk(store, OWNER, other, ["löwe ruiz"])

    def named(name: str) -> list[list[UserId]]:
        rows = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=9, name=name))
        return with_whom(rows)

    assert named("lowe LE") == [[LENA]]
    assert named("ruiz tomas") == [[TOMAS]]
    assert named("lena ruiz") == []


def test_messages_behind_a_place_are_read_from_its_start(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2", "3", "4", "5"])
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 3, is_hidden=True, own_rev=1))

    def seqs(after: int, limit: int) -> list[int]:
        page = store.read(
            lambda tx: tx.messages.page(HERE, stored.id, TOMAS, after=after, before=None, limit=limit, from_start=True)
        )
        return [one.seq for one in page]

    assert seqs(1, 2) == [2, 4]
    assert seqs(0, 9) == [1, 2, 4, 5]
    assert seqs(5, 9) == []
