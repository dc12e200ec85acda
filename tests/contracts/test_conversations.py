"""ports.Conversations, Messages and Sessions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.courses import Question
from hallway.domain.ids import ConversationId, SessionId
from hallway.domain.messages import awaits_answer
from hallway.usecases.errors import Conflict
from hallway.usecases.messaging.chat_lists import ChatFilter
from hallway.usecases.messaging.records import Since
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import (
    ADMIN,
    BIOLOGY,
    BOSS,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    OWNER,
    TOMAS,
    USERS,
    change,
    dialog,
    furnished,
    message,
    named,
    row_of,
    session,
    talk,
)


def test_a_conversation_comes_back_with_its_members(store: Store) -> None:
    furnished(store)
    stored = dialog(TOMAS, EXPERT, 0, question=Question(BIOLOGY, EXPERT))
    change(store, lambda tx: tx.conversations.add([stored]))
    assert store.read(lambda tx: tx.conversations.several(HERE, [stored.id])) == {stored.id: stored}
    assert store.read(lambda tx: tx.conversations.several(ELSEWHERE, [stored.id])) == {}
    side = replace(stored.members[TOMAS], rev=3, own_rev=4, cleared_seq=1, place=None, unread_from=2)
    saved = replace(stored, last_seq=7, rev=9, question=None, members={**stored.members, TOMAS: side})
    change(store, lambda tx: tx.conversations.save([saved]))
    assert change(store, lambda tx: tx.conversations.several(HERE, [stored.id])) == {stored.id: saved}
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.conversations.add([stored]))


def test_a_line_tells_whether_the_expert_who_was_asked_still_is_one(store: Store) -> None:
    furnished(store)
    asked, other = dialog(TOMAS, EXPERT, 0, question=Question(BIOLOGY, EXPERT)), dialog(TOMAS, OWNER, 0, place=2)
    change(store, lambda tx: tx.conversations.add([asked, other]))

    def told() -> list[bool]:
        found = store.read(lambda tx: tx.conversations.rows(HERE, TOMAS, before=None, limit=9))
        one = row_of(store, EXPERT, asked.id)
        assert one is not None
        return [one.is_expert, *(row.is_expert for row in found)]

    assert told() == [True, False, True]
    change(store, lambda tx: tx.courses.unassign(HERE, BIOLOGY, EXPERT))
    assert told() == [False, False, False]


def test_what_is_changed_and_changed_back_is_as_it_was(store: Store) -> None:
    furnished(store)
    chat = talk(store, OWNER, TOMAS, ["one", "two"]).id

    def there_and_back(tx: Transaction) -> None:
        stored = tx.conversations.several(HERE, [chat])[chat]
        side = replace(stored.members[OWNER], unread=7)
        tx.conversations.save([replace(stored, members={**stored.members, OWNER: side})])
        tx.conversations.save([stored])

    before = store.read(lambda tx: tx.conversations.several(HERE, [chat]))
    change(store, there_and_back)
    assert store.read(lambda tx: tx.conversations.several(HERE, [chat])) == before


def test_the_list_goes_from_the_top_page_by_page(store: Store) -> None:
    furnished(store)
    dialogs = [
        talk(store, OWNER, one, [f"Hi {place}"], place=place) for place, one in enumerate([TOMAS, LENA, ADMIN], 1)
    ]
    first = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=2))
    assert [row.conversation for row in first] == [dialogs[2], dialogs[1]]
    assert [one.user for one in first[1].participants] == [USERS[4]]
    assert first[1].last_message is not None
    assert first[1].last_message.body == "Hi 2"
    rest = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=2, limit=2))
    assert [row.conversation for row in rest] == [dialogs[0]]
    assert store.read(lambda tx: tx.conversations.rows(ELSEWHERE, OWNER, before=None, limit=2)) == []
    assert store.read(lambda tx: tx.conversations.top_positions(HERE, [OWNER, LENA, EXPERT])) == {OWNER: 3, LENA: 2}


def test_unread_only_and_the_badge(store: Store) -> None:
    furnished(store)
    unread = talk(store, OWNER, TOMAS, ["one", "two"], place=1)
    talk(store, TOMAS, LENA, ["mine"], place=2)
    rows = store.read(lambda tx: tx.conversations.rows(HERE, TOMAS, before=None, limit=9, unread_only=True))
    assert [row.conversation.id for row in rows] == [unread.id]
    assert store.read(lambda tx: tx.conversations.unread_count(HERE, TOMAS)) == 1
    assert store.read(lambda tx: tx.conversations.unread_count(HERE, OWNER)) == 0


def test_who_waits_for_an_answer_is_found_as_the_rule_says_oldest_first(store: Store) -> None:
    furnished(store)
    waits = [talk(store, one, EXPERT, ["Hello"], place=place) for place, one in enumerate([TOMAS, LENA, OWNER], 1)]
    answered = talk(store, EXPERT, ADMIN, ["Hello"], place=4)
    gone, asked = waits[2], dialog(BOSS, EXPERT, 1, 5, Question(BIOLOGY, EXPERT))
    change(store, lambda tx: tx.messages.save(message(gone.id, 1, OWNER).deleted_for_everyone(2, NOON)))
    change(store, lambda tx: tx.conversations.add([asked]))
    change(store, lambda tx: tx.messages.add([message(asked.id, 1, BOSS)]))
    everything = store.read(lambda tx: tx.conversations.rows(HERE, EXPERT, before=None, limit=9))
    assert {row.conversation.id for row in everything} == {one.id for one in (*waits, answered, asked)}
    expected = [row.conversation.id for row in reversed(everything) if awaits_answer(row.last_message, EXPERT)]
    chosen = ChatFilter(is_waiting=True, oldest_first=True)
    found: list[ConversationId] = []
    before: int | None = None
    while page := store.read(
        lambda tx, before=before: tx.conversations.rows(HERE, EXPERT, before=before, limit=2, chosen=chosen)  # type: ignore[misc]
    ):
        found += [row.conversation.id for row in page]
        before = page[-1].conversation.members[EXPERT].place
    assert found == expected == [waits[0].id, waits[1].id, asked.id]
    newest = ChatFilter(is_waiting=True)
    for before, place in enumerate([None, *(row.conversation.members[EXPERT].place for row in everything)]):
        below = store.read(lambda tx, at=place: tx.conversations.rows(HERE, EXPERT, before=at, limit=9, chosen=newest))  # type: ignore[misc]
        ids = [row.conversation.id for row in everything[before:] if awaits_answer(row.last_message, EXPERT)]
        assert [row.conversation.id for row in below] == ids
    assert store.read(lambda tx: tx.conversations.waiting_count(HERE, EXPERT)) == len(expected)
    assert store.read(lambda tx: tx.conversations.waiting_count(HERE, ADMIN)) == 1
    assert store.read(lambda tx: tx.conversations.waiting_count(ELSEWHERE, EXPERT)) == 0
    about = ChatFilter(course_id=BIOLOGY)
    of_course = store.read(lambda tx: tx.conversations.rows(HERE, EXPERT, before=None, limit=9, chosen=about))
    assert [row.conversation.id for row in of_course] == [asked.id]
    unread = store.read(
        lambda tx: tx.conversations.rows(HERE, EXPERT, before=None, limit=9, unread_only=True, chosen=chosen)
    )
    assert [row.conversation.id for row in unread] == expected
    emptied = replace(asked, members={**asked.members, EXPERT: asked.members[EXPERT].emptied(1)})
    change(store, lambda tx: tx.conversations.save([emptied]))
    assert store.read(lambda tx: tx.conversations.waiting_count(HERE, EXPERT)) == len(expected) - 1


def test_a_dialog_out_of_the_list_still_has_its_row(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["one"])
    emptied = replace(stored, members={**stored.members, TOMAS: stored.members[TOMAS].emptied(1)})
    change(store, lambda tx: tx.conversations.save([emptied]))
    assert store.read(lambda tx: tx.conversations.rows(HERE, TOMAS, before=None, limit=9)) == []
    assert store.read(lambda tx: tx.conversations.unread_count(HERE, TOMAS)) == 0
    row = row_of(store, TOMAS, stored.id)
    assert row is not None
    assert (row.conversation, row.last_message) == (emptied, None)
    assert row_of(store, LENA, stored.id) is None


def test_the_row_names_the_course_of_the_question(store: Store) -> None:
    furnished(store)
    stored = dialog(TOMAS, EXPERT, 0, question=Question(BIOLOGY, EXPERT))
    change(store, lambda tx: tx.conversations.add([stored]))
    row = row_of(store, EXPERT, stored.id)
    assert row is not None
    assert row.course_title == "Biology"


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("lowe", True), ("ÖKO", True), ("100%", True), ("secret", False), ("hidden", False), ("0_%", False)],
)
def test_the_list_is_searched_in_names_and_in_what_is_still_seen(store: Store, text: str, is_found: bool) -> None:
    furnished(store)
    stored = talk(store, OWNER, LENA, ["secret", "Die Ökologie", "100% sure", "hidden"])
    side = replace(stored.members[OWNER], cleared_seq=1)
    change(store, lambda tx: tx.conversations.save([replace(stored, members={**stored.members, OWNER: side})]))
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, OWNER, 4, is_hidden=True, own_rev=1))
    rows = store.read(lambda tx: tx.conversations.rows(HERE, OWNER, before=None, limit=9, text=text))
    assert bool(rows) is is_found


def test_messages_page_and_find(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2", "3", "4", "5"])
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 4, is_hidden=True, own_rev=1))

    def seqs(*, after: int, before: int | None, limit: int) -> list[int]:
        found = store.read(lambda tx: tx.messages.page(HERE, stored.id, TOMAS, after=after, before=before, limit=limit))
        return [one.seq for one in found]

    assert seqs(after=0, before=None, limit=2) == [3, 5]
    assert seqs(after=0, before=3, limit=9) == [1, 2]
    assert seqs(after=2, before=None, limit=9) == [3, 5]
    addresses = [(stored.id, 5), (stored.id, 1), (stored.id, 99), (ConversationId(named("nowhere")), 1)]
    several = store.read(lambda tx: tx.messages.several(HERE, addresses))
    assert {at: one.body for at, one in several.items()} == {(stored.id, 5): "5", (stored.id, 1): "1"}
    assert store.read(lambda tx: tx.messages.several(ELSEWHERE, addresses)) == {}
    assert store.read(lambda tx: tx.messages.several(HERE, [])) == {}
    found = store.read(lambda tx: tx.messages.find(HERE, stored.id, 3))
    assert found == message(stored.id, 3, OWNER, "3")
    assert store.read(lambda tx: tx.messages.find(ELSEWHERE, stored.id, 3)) is None
    assert store.read(lambda tx: tx.messages.find(HERE, stored.id, 6)) is None


def test_a_key_is_used_once_by_each_sender(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1"])
    first = message(stored.id, 1, OWNER, "1")
    wanted = [(OWNER, first.key), (TOMAS, first.key), (OWNER, "other")]
    assert store.read(lambda tx: tx.messages.by_keys(HERE, wanted)) == {(OWNER, first.key): first}
    assert store.read(lambda tx: tx.messages.by_keys(ELSEWHERE, wanted)) == {}
    again = replace(first, seq=2, rev=2)
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.messages.add([again]))
    change(store, lambda tx: tx.messages.add([replace(again, sender_id=TOMAS)]))


def test_changes_since_a_revision(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2", "3"])
    deleted = message(stored.id, 1, OWNER, "1").deleted_for_everyone(4, NOON)
    change(store, lambda tx: tx.messages.save(deleted))
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 2, is_hidden=True, own_rev=1))

    def since(rev: int, own_rev: int, after: int = 0, limit: int = 9) -> tuple[list[int], dict[int, bool]]:
        known = Since(rev, own_rev, replace(stored, rev=4).all_posted_behind(rev))
        found = store.read(
            lambda tx: tx.messages.changes(HERE, stored.id, TOMAS, since=known, after=after, limit=limit)
        )
        return [one.seq for one in found.messages], dict(found.hidden)

    assert since(0, 0) == ([3, 1], {2: True})
    assert since(3, 1) == ([1], {})
    assert since(4, 1) == ([], {})
    assert since(0, 1, after=1) == ([3], {})
    assert since(0, 1, limit=1) == ([3], {})
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 2, is_hidden=False, own_rev=2))
    assert since(4, 1) == ([2], {2: False})
    assert store.read(lambda tx: tx.messages.find(HERE, stored.id, 1)) == deleted


def test_hidden_marks_belong_to_one_member(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2"])
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 2, is_hidden=True, own_rev=1))
    assert store.read(lambda tx: tx.messages.hidden_among(HERE, stored.id, TOMAS, [1, 2])) == {2}
    assert store.read(lambda tx: tx.messages.hidden_among(HERE, stored.id, OWNER, [1, 2])) == set()


def test_what_is_visible_is_counted_anew(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2", "3", "4"])
    side = stored.members[TOMAS]
    assert store.read(lambda tx: tx.messages.visible(HERE, stored.id, side)) == (4, 4)
    assert store.read(lambda tx: tx.messages.visible(HERE, stored.id, stored.members[OWNER])) == (4, 0)
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 4, is_hidden=True, own_rev=1))
    change(store, lambda tx: tx.messages.save(message(stored.id, 3, OWNER, "3").deleted_for_everyone(5, NOON)))
    assert store.read(lambda tx: tx.messages.visible(HERE, stored.id, side)) == (3, 2)
    assert store.read(lambda tx: tx.messages.visible(HERE, stored.id, replace(side, read_seq=1))) == (3, 1)
    assert store.read(lambda tx: tx.messages.visible(HERE, stored.id, replace(side, cleared_seq=4))) == (None, 0)
    nothing = ConversationId(named("nothing"))
    assert store.read(lambda tx: tx.messages.visible(HERE, nothing, side)) == (None, 0)


def test_sessions(store: Store) -> None:
    furnished(store)
    one, two = session("one", LENA), replace(session("two", LENA, "token"), expires_at=None)
    later = replace(session("later", LENA), created_at=NOON + timedelta(seconds=1))
    for added in (later, one, two, session("his", TOMAS)):
        change(store, lambda tx, added=added: tx.sessions.add(added))
    assert store.read(lambda tx: tx.sessions.by_hash(HERE, "two")) == two
    assert store.read(lambda tx: tx.sessions.by_hash(HERE, "TWO")) is None
    assert store.read(lambda tx: tx.sessions.by_hash(ELSEWHERE, "two")) is None
    assert store.read(lambda tx: tx.sessions.by_hash(None, "two")) == two
    assert store.read(lambda tx: tx.sessions.by_hash(None, "TWO")) is None
    assert store.read(lambda tx: tx.sessions.of(HERE, LENA, "browser")) == [one, later]
    wanted = [one.id, two.id, SessionId(named("none"))]
    assert store.read(lambda tx: tx.sessions.several(HERE, wanted)) == {one.id: one, two.id: two}
    assert store.read(lambda tx: tx.sessions.several(ELSEWHERE, wanted)) == {}
    change(store, lambda tx: tx.sessions.remove(HERE, TOMAS, one.id))
    assert store.read(lambda tx: tx.sessions.by_hash(HERE, "one")) == one
    change(store, lambda tx: tx.sessions.remove(HERE, LENA, one.id))
    assert store.read(lambda tx: tx.sessions.by_hash(HERE, "one")) is None
    change(store, lambda tx: tx.sessions.remove_all(HERE, LENA))
    assert store.read(lambda tx: tx.sessions.of(HERE, LENA, "token")) == []
    assert store.read(lambda tx: tx.sessions.by_hash(HERE, "his")) is not None


def test_digests_of_deleted_texts_are_found_by_their_addresses(store: Store) -> None:
    furnished(store)
    one, other = talk(store, OWNER, TOMAS, ["one", "two"]).id, talk(store, OWNER, LENA, ["three"], place=2).id

    def work(tx: Transaction) -> None:
        tx.messages.keep_digest(HERE, (one, 2), "first")
        tx.messages.keep_digest(HERE, (one, 2), "second")
        tx.messages.keep_digest(HERE, (other, 1), "third")

    change(store, work)
    wanted = [(one, 1), (one, 2), (other, 1), (other, 2)]
    assert store.read(lambda tx: tx.messages.digests(HERE, wanted)) == {(one, 2): "second", (other, 1): "third"}
    assert store.read(lambda tx: tx.messages.digests(HERE, [(one, 1), (other, 2)])) == {}
    assert store.read(lambda tx: tx.messages.digests(HERE, [])) == {}
    assert store.read(lambda tx: tx.messages.digests(ELSEWHERE, wanted)) == {}
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.messages.keep_digest(HERE, (ConversationId(named("nowhere")), 1), "none"))
