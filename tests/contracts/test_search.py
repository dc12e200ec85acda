"""Finding messages by what they say: the same on every store, and only what one sees now (rules §11)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.files import Attachment, FileKind
from hallway.domain.ids import AccountId, ConversationId, FileId, UserId
from hallway.domain.search_queries import parse
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.search_ports import Hit, Hits, Spot, Wanted
from hallway.usecases.transaction import Store
from tests.contracts.search_cases import FOUND, NOT_FOUND
from tests.contracts.world import (
    ADMIN,
    ELSEWHERE,
    HERE,
    LENA,
    NOON,
    OWNER,
    TOMAS,
    change,
    dialog,
    furnished,
    message,
    talk,
)


@pytest.fixture(params=["indexed", "too new"], autouse=True)
def is_indexed(request: pytest.FixtureRequest, store: Store) -> bool:
    """Whether what is written is in the index by the time somebody searches, or still beside it."""
    furnished(store)
    change(store, lambda tx: indexing.build(tx, HERE))
    return request.param == "indexed"


def page(
    store: Store,
    text: str,
    *,
    within: ConversationId | None = None,
    behind: Spot | None = None,
    limit: int = 9,
    who: UserId = OWNER,
    account_id: AccountId = HERE,
    **wanted: object,
) -> Hits:
    """A page of what somebody finds."""
    conversations = None if within is None else frozenset([within])
    asked = Wanted(parts=parse(text).parts, conversations=conversations, **wanted)  # type: ignore[arg-type]  # as it says
    return store.read(lambda tx: tx.search.messages(account_id, who, asked, behind=behind, limit=limit))


def found(store: Store, text: str, **more: object) -> Sequence[Hit]:
    """What somebody finds."""
    return page(store, text, **more).hits  # type: ignore[arg-type]  # as it says


def settle(store: Store, *, is_indexed: bool) -> None:
    """Let the index come after those who wrote, or not."""
    if is_indexed:
        change(store, lambda tx: indexing.build(tx, HERE))


def several(store: Store, texts: Sequence[str]) -> None:
    """Texts in several chats and hours."""
    for number, other in enumerate((LENA, TOMAS, ADMIN)):
        talk(store, OWNER, other, [*texts[number::3]])


def test_messages_are_found_in_every_language(store: Store, *, is_indexed: bool) -> None:
    several(store, [written for written, _ in FOUND])
    settle(store, is_indexed=is_indexed)
    missing = [case for case in FOUND if case[0] not in {one.message.body for one in found(store, case[1], limit=99)}]
    assert missing == []


def test_messages_that_say_something_else_are_not_found(store: Store, *, is_indexed: bool) -> None:
    several(store, [written for written, _ in NOT_FOUND])
    settle(store, is_indexed=is_indexed)
    parsed = [(written, typed) for written, typed in NOT_FOUND if parse(typed).parts]
    wrong = [
        (written, typed)
        for written, typed in parsed
        if written in {one.message.body for one in found(store, typed, limit=99)}
    ]
    assert wrong == []


def test_only_what_is_seen_now_is_found(store: Store, *, is_indexed: bool) -> None:
    stored = talk(store, OWNER, LENA, ["needle 1", "needle 2", "needle 3", "needle 4"])
    settle(store, is_indexed=is_indexed)
    side = replace(stored.members[OWNER], cleared_seq=1)
    change(store, lambda tx: tx.conversations.save([replace(stored, members={**stored.members, OWNER: side})]))
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, OWNER, 2, is_hidden=True, own_rev=1))
    third = store.read(lambda tx: tx.messages.find(HERE, stored.id, 3))
    assert third is not None
    change(store, lambda tx: tx.messages.save(third.deleted_for_everyone(9, NOON)))
    assert [one.message.seq for one in found(store, "needle")] == [4]
    assert [one.message.seq for one in found(store, "needle", who=LENA)] == [4, 2, 1]
    assert found(store, "needle", who=ADMIN) == []
    assert found(store, "needle", account_id=ELSEWHERE) == []
    assert found(store, "needle", who=TOMAS, within=stored.id) == []


def test_an_edited_message_is_found_by_what_it_says_now(store: Store, *, is_indexed: bool) -> None:
    stored = talk(store, OWNER, LENA, ["needle", "hay"])
    settle(store, is_indexed=is_indexed)
    first = store.read(lambda tx: tx.messages.find(HERE, stored.id, 1))
    assert first is not None
    change(store, lambda tx: tx.messages.save(replace(first, body="thimble", rev=3)))
    assert found(store, "needle") == []
    assert [one.message.body for one in found(store, "thimbles")] == ["thimble"]
    settle(store, is_indexed=is_indexed)
    assert [one.message.body for one in found(store, "thimble")] == ["thimble"]


def test_the_newest_come_first_and_pages_follow_each_other(store: Store, *, is_indexed: bool) -> None:
    for other in (LENA, TOMAS):
        talk(store, OWNER, other, ["needle", "hay", "needle", "needle"])
    settle(store, is_indexed=is_indexed)
    everything = found(store, "needle")
    assert len(everything) == 6
    assert everything == sorted(everything, key=lambda one: one.spot, reverse=True)
    pages: list[Hit] = []
    behind: Spot | None = None
    while True:
        following = page(store, "needle", behind=behind, limit=2)
        pages += following.hits
        behind = following.next
        if behind is None:
            break
        assert behind == pages[-1].spot
    assert pages == everything
    assert page(store, "needle", limit=6).next is None
    assert found(store, "needle", behind=(NOON - timedelta(days=999), everything[0].message.conversation_id, 1)) == []


def test_messages_of_any_hour_are_found_in_the_order_of_time(store: Store, *, is_indexed: bool) -> None:
    """Also of those that were stored, and indexed, in another order."""
    stored = dialog(OWNER, LENA, 40)
    hours = [number * 7 % 40 for number in range(40)]
    said = [
        replace(message(stored.id, seq, OWNER, "needle"), sent_at=NOON + timedelta(minutes=25 * hour))
        for seq, hour in enumerate(hours, 1)
    ]
    change(store, lambda tx: (tx.conversations.add([stored]), tx.messages.add(said[:20])))
    settle(store, is_indexed=is_indexed)
    change(store, lambda tx: tx.messages.add(said[20:]))
    settle(store, is_indexed=is_indexed)
    assert [one.message for one in found(store, "needle", limit=99)] == sorted(
        said, key=lambda one: one.sent_at, reverse=True
    )


def test_one_chat_can_be_searched_alone(store: Store, *, is_indexed: bool) -> None:
    talk(store, OWNER, LENA, ["needle"])
    stored = talk(store, OWNER, TOMAS, ["needle", "needle"])
    settle(store, is_indexed=is_indexed)
    assert [one.message.seq for one in found(store, "needle", within=stored.id)] == [2, 1]
    assert found(store, "needle", within=stored.id, who=LENA) == []


def test_senders_and_moments_narrow_it_down(store: Store, *, is_indexed: bool) -> None:
    talk(store, OWNER, LENA, ["needle"])
    talk(store, TOMAS, OWNER, ["needle", "needle"])
    settle(store, is_indexed=is_indexed)
    assert [one.message.sender_id for one in found(store, "needle", senders=frozenset([TOMAS]))] == [TOMAS, TOMAS]
    assert [one.message.seq for one in found(store, "needle", before=NOON + timedelta(seconds=2))] == [1, 1]
    assert [one.message.seq for one in found(store, "", senders=frozenset([TOMAS, LENA]))] == [2, 1]
    assert found(store, "needle", before=NOON) == []


def test_what_is_deleted_while_the_index_comes_behind_stays_gone(store: Store) -> None:
    stored = talk(store, OWNER, LENA, ["needle", "hay"])
    documents = store.read(lambda tx: indexing.portion(tx, HERE, [stored.id]))
    first = store.read(lambda tx: tx.messages.find(HERE, stored.id, 1))
    assert first is not None
    change(store, lambda tx: tx.messages.save(replace(first, body="thimble", rev=3)))
    change(store, lambda tx: indexing.add(tx, HERE, documents))
    change(store, lambda tx: indexing.add(tx, HERE, documents))
    assert found(store, "needle") == []
    assert [one.message.body for one in found(store, "thimble")] == ["thimble"]
    assert len(found(store, "hay")) == 1


def test_without_an_index_words_are_found_as_they_are_typed(store: Store, *, is_indexed: bool) -> None:
    talk(store, OWNER, LENA, ["needle in a haystack", "hay in a needlecase"])
    settle(store, is_indexed=is_indexed)
    change(store, lambda tx: tx.search_index.begin_anew(HERE))
    assert [one.message.seq for one in found(store, "NEEDLE")] == [2, 1]
    assert [one.message.seq for one in found(store, "haystack need")] == [1]
    assert [one.message.seq for one in found(store, '"in a hay"')] == []
    change(store, lambda tx: indexing.build(tx, HERE))
    assert [one.message.seq for one in found(store, "needles")] == [1]


def test_messages_are_found_by_the_names_of_their_files(store: Store, *, is_indexed: bool) -> None:
    stored = dialog(OWNER, LENA, 3)
    plan = Attachment(
        id=FileId("f1"), name="Fluchtwege Übersicht.pdf", media_type="application/pdf", kind=FileKind.DOCUMENT, size=1
    )
    said = [
        replace(message(stored.id, 1, OWNER, "the plan"), files=(plan,)),
        replace(message(stored.id, 2, OWNER, "other"), files=(replace(plan, name="photo.png"),)),
        message(stored.id, 3, OWNER, "no plan"),
    ]
    change(store, lambda tx: (tx.conversations.add([stored]), tx.messages.add(said)))
    settle(store, is_indexed=is_indexed)
    assert [one.message.seq for one in found(store, "übersicht plan")] == [1]
    assert [one.message.seq for one in found(store, "plan", has_file=True)] == [1]
    assert [one.message.seq for one in found(store, "", has_file=True)] == [2, 1]
    change(store, lambda tx: tx.messages.save(said[0].deleted_for_everyone(9, NOON)))
    assert [one.message.seq for one in found(store, "", has_file=True)] == [2]
    assert found(store, "übersicht") == []


def test_without_an_index_files_are_found_by_their_names_too(store: Store) -> None:
    stored = dialog(OWNER, LENA, 2)
    plan = Attachment(id=FileId("f1"), name="Plan B.pdf", media_type="application/pdf", kind=FileKind.DOCUMENT, size=1)
    said = [replace(message(stored.id, 1, OWNER, "look"), files=(plan,)), message(stored.id, 2, OWNER, "the plan")]
    change(store, lambda tx: (tx.conversations.add([stored]), tx.messages.add(said)))
    change(store, lambda tx: tx.search_index.begin_anew(HERE))
    assert [one.message.seq for one in found(store, "plan")] == [2, 1]
    assert [one.message.seq for one in found(store, "plan", has_file=True)] == [1]
    assert [one.message.seq for one in found(store, "look plan")] == [1]
    assert [one.message.seq for one in found(store, "look")] == [1]


def test_what_is_too_new_for_the_index_is_found_in_the_archive_too(store: Store, *, is_indexed: bool) -> None:
    stored = talk(store, TOMAS, OWNER, ["needle"])
    archived = stored.members[OWNER].in_archive(None)
    change(store, lambda tx: tx.conversations.save([stored.with_side(archived)]))
    settle(store, is_indexed=is_indexed)
    assert [one.message.seq for one in found(store, "needle")] == [1]
