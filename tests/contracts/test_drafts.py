"""What a store keeps of drafts: one a person and chat, in the order of the chats (rules §17)."""

from dataclasses import replace

import pytest

from hallway.domain.drafts import Draft, Writing
from hallway.domain.ids import AccountId, ConversationId, CourseId, UserId, dialog_id
from hallway.usecases.transaction import Store
from tests.contracts.world import ADMIN, BIOLOGY, ELSEWHERE, EXPERT, HERE, LENA, NOON, TOMAS, change, furnished


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    furnished(store)


def _draft(other: UserId, revision: int = 1, text: str = "Half a thought") -> Draft:
    chat = dialog_id(HERE, LENA, other)
    return Draft(
        account_id=HERE,
        user_id=LENA,
        conversation_id=chat,
        person_id=None,
        writing=Writing(text=text),
        revision=revision,
        updated_at=NOON,
    )


def _find(store: Store, draft: Draft, account_id: AccountId = HERE, user_id: UserId = LENA) -> Draft | None:
    return store.read(lambda tx: tx.drafts.find(account_id, user_id, draft.conversation_id))


def _revision(store: Store, user_id: UserId = LENA) -> int:
    return store.read(lambda tx: tx.drafts.revision(HERE, user_id))


def test_a_draft_comes_back_as_it_was_saved(store: Store) -> None:
    plain = _draft(EXPERT)
    writing = Writing(
        text="Ünïcödé 👍\n\t\"'", others=("On the phone", "[]"), reply_to=2**40, course_id=CourseId(BIOLOGY)
    )
    full = replace(plain, person_id=EXPERT, writing=writing, revision=2**40)
    for draft in (plain, full, plain):
        change(store, lambda tx, draft=draft: tx.drafts.save(draft))
        assert _find(store, draft) == draft
        assert _revision(store) == draft.revision


def test_nobody_finds_anothers(store: Store) -> None:
    draft = _draft(EXPERT)
    change(store, lambda tx: tx.drafts.save(draft))
    assert _find(store, draft, user_id=EXPERT) is None
    assert _find(store, draft, account_id=ELSEWHERE) is None
    assert (_revision(store, EXPERT), store.read(lambda tx: tx.drafts.count(HERE, EXPERT))) == (0, 0)
    assert store.read(lambda tx: tx.drafts.page(HERE, EXPERT, after=None, limit=9)) == []


def test_pages_follow_the_order_of_the_chats(store: Store) -> None:
    drafts = sorted((_draft(one) for one in (EXPERT, TOMAS, ADMIN)), key=lambda one: one.conversation_id)
    for draft in reversed(drafts):
        change(store, lambda tx, draft=draft: tx.drafts.save(draft))

    def page(after: ConversationId | None, limit: int) -> list[Draft]:
        return list(store.read(lambda tx: tx.drafts.page(HERE, LENA, after=after, limit=limit)))

    assert page(None, 9) == drafts
    assert page(None, 2) == drafts[:2]
    assert page(drafts[0].conversation_id, 9) == drafts[1:]
    assert page(drafts[2].conversation_id, 9) == []
    assert store.read(lambda tx: tx.drafts.count(HERE, LENA)) == 3


def test_the_number_of_changes_outlives_the_drafts(store: Store) -> None:
    one, two = _draft(EXPERT, 1), _draft(TOMAS, 2)
    change(store, lambda tx: tx.drafts.save(one))
    change(store, lambda tx: tx.drafts.save(two))
    change(store, lambda tx: tx.drafts.remove(HERE, LENA, one.conversation_id, revision=3))
    assert (_find(store, one), _find(store, two), _revision(store)) == (None, two, 3)
    change(store, lambda tx: tx.drafts.remove_all(HERE, LENA))
    assert (_find(store, two), _revision(store)) == (None, 3)
