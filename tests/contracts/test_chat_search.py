"""Finding chats by their people, and reading on from a message that was found; the same on every store."""

import pytest

from hallway.domain.ids import UserId
from hallway.storage import names
from hallway.usecases.transaction import Store
from tests.contracts.world import HERE, LENA, OWNER, TOMAS, change, furnished, talk, with_whom


@pytest.mark.parametrize("typed", ["FIRE exit", "kuhlhaus", "fire stair"])
def test_the_list_shows_chats_with_a_message_that_contains_the_text(store: Store, typed: str) -> None:
    furnished(store)
    talk(store, OWNER, LENA, ["something else", "Where is the fire exit? Kühlhaus, fire\n  stair"])
    talk(store, OWNER, TOMAS, ["something else"])
    rows = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=9, text=typed))
    assert with_whom(rows) == [[LENA]]


@pytest.mark.parametrize("few", [0, names.FEW], ids=["many have a name", "few have a name"])
def test_chats_are_found_by_all_words_of_a_name(store: Store, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "FEW", few)
    furnished(store)
    for other in (LENA, TOMAS):
        talk(store, OWNER, other, ["löwe ruiz"])

    def named(name: str) -> list[list[UserId]]:
        rows = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=9, name=name))
        return with_whom(rows)

    assert named("lowe LE") == [[LENA]]
    assert named("ruiz tomas") == [[TOMAS]]
    assert named("lena ruiz") == []
    assert named("olga") == []


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
