"""Conversations of many, stored straight through the ports: a row each, however many members there are."""

from dataclasses import replace

import pytest

from hallway.domain.conversations import Conversation, ConversationKind, Member
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import User
from hallway.domain.search_queries import parse
from hallway.usecases.messaging import indexing
from hallway.usecases.messaging.records import PARTICIPANTS_SHOWN, ChatRow
from hallway.usecases.messaging.search_ports import Wanted
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import (
    ADMIN,
    HERE,
    LENA,
    OWNER,
    TOMAS,
    change,
    dialog,
    furnished,
    message,
    named,
    row_of,
    talk,
    user,
    with_whom,
)

MANY = 1_000
GROUP = ConversationId(named("group"))


def _group(store: Store, members: list[UserId], *, place: int = 9) -> Conversation:
    """A group in everybody's list, in which the first member wrote a message."""
    sides = {one: Member(one, last_seq=1, place=place, unread=int(one != members[0])) for one in members}
    group = Conversation(HERE, GROUP, ConversationKind.GROUP, sides, last_seq=1, rev=1)

    def work(tx: Transaction) -> None:
        tx.conversations.add([group])
        tx.messages.add([message(GROUP, 1, members[0], "Hello, everybody")])

    change(store, work)
    return group


def _crowd(store: Store) -> list[UserId]:
    """So many people that with the owner they are MANY."""
    people: list[User] = [user(f"Person {number}") for number in range(MANY - 1)]
    change(store, lambda tx: tx.people.add(people))
    return [one.id for one in people]


def _listed(store: Store, whose: UserId, *, name: str = "", text: str = "") -> list[ChatRow]:
    return [*store.read(lambda tx: tx.conversations.rows(HERE, whose, before=None, limit=9, name=name, text=text))]


def test_a_group_of_many_is_one_row_with_a_few_of_its_members(store: Store) -> None:
    furnished(store)
    beside = talk(store, OWNER, LENA, ["one"])
    crowd = _crowd(store)
    group = _group(store, [OWNER, *crowd])
    rows = _listed(store, OWNER)
    assert [(row.conversation.id, row.conversation.kind) for row in rows] == [
        (group.id, ConversationKind.GROUP),
        (beside.id, ConversationKind.DIALOG),
    ]
    assert [row.members_count for row in rows] == [MANY, 2]
    shown = sorted(crowd)[:PARTICIPANTS_SHOWN]
    assert with_whom(rows) == [shown, [LENA]]
    assert rows[0].conversation == replace(group, members={one: group.members[one] for one in (OWNER, *shown)})
    assert [row.is_whole for row in rows] == [False, True]
    assert rows[0].last_message is not None
    assert row_of(store, OWNER, GROUP) == rows[0]
    assert with_whom(_listed(store, crowd[0])) == [sorted([OWNER, *crowd[1:]])[:PARTICIPANTS_SHOWN]]
    assert store.read(lambda tx: tx.conversations.unread_count(HERE, crowd[0])) == 1
    assert store.read(lambda tx: tx.conversations.waiting_count(HERE, crowd[0])) == 1


@pytest.mark.parametrize("found", [{"name": "person 998"}, {"text": "998"}, {"text": "everybody"}])
def test_a_group_is_found_once_by_any_of_its_members_and_messages(store: Store, found: dict[str, str]) -> None:
    furnished(store)
    talk(store, OWNER, LENA, ["one"])
    _group(store, [OWNER, *_crowd(store)])
    assert [row.conversation.id for row in _listed(store, OWNER, **found)] == [GROUP]
    assert [row.conversation.id for row in _listed(store, OWNER, name="lowe")] == [dialog(OWNER, LENA, 1).id]


def test_the_words_of_a_name_are_those_of_one_person_and_not_my_own(store: Store) -> None:
    furnished(store)
    _group(store, [OWNER, LENA, TOMAS])
    assert _listed(store, OWNER, name="lena ruiz") == []
    assert _listed(store, OWNER, name="olga") == []
    assert with_whom(_listed(store, OWNER, name="ruiz tomas")) == [sorted([LENA, TOMAS])]


def test_a_message_of_a_group_is_found_once(store: Store) -> None:
    furnished(store)
    _group(store, [OWNER, LENA, TOMAS, ADMIN])
    wanted = Wanted(parts=parse("everybody").parts)
    for is_indexed in (False, True):
        if is_indexed:
            change(store, lambda tx: indexing.build(tx, HERE))
        (hit,) = store.read(lambda tx: tx.search.messages(HERE, LENA, wanted, behind=None, limit=9)).hits
    assert (hit.message.conversation_id, hit.message.seq) == (GROUP, 1)


def test_several_rows_are_asked_for_at_once_and_those_of_others_are_missing(store: Store) -> None:
    furnished(store)
    mine, others = talk(store, OWNER, LENA, ["one"]), talk(store, ADMIN, TOMAS, ["two"])
    group = _group(store, [OWNER, TOMAS])
    wanted = [mine.id, others.id, group.id, ConversationId(named("nothing"))]
    assert set(store.read(lambda tx: tx.conversations.rows_of(HERE, OWNER, wanted))) == {mine.id, group.id}
    assert store.read(lambda tx: tx.conversations.rows_of(HERE, OWNER, [])) == {}


def test_a_group_left_by_all_the_others_is_still_a_row(store: Store) -> None:
    furnished(store)
    _group(store, [OWNER])
    (row,) = _listed(store, OWNER)
    assert (row.members_count, row.participants, row.title, row.picture) == (1, [], "", None)
