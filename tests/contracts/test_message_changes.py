"""change_ports.Versions and Reactions, and what a message's row keeps of them."""

from dataclasses import replace
from datetime import timedelta

from hallway.domain.messages import Version
from hallway.domain.reactions import PEOPLE_KEPT, Reaction
from hallway.domain.search_queries import parse
from hallway.usecases.messaging.records import Since
from hallway.usecases.messaging.search_ports import Wanted
from hallway.usecases.transaction import Store, Transaction
from tests.contracts.world import ELSEWHERE, HERE, LENA, NOON, OWNER, TOMAS, change, furnished, message, person, talk

SECOND = timedelta(seconds=1)


def test_a_message_keeps_what_it_quotes_its_edit_and_its_reactions(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["1", "2"])
    reply = replace(message(stored.id, 3, OWNER, "Łódź"), reply_to=1)
    change(store, lambda tx: tx.messages.add([reply]))
    assert store.read(lambda tx: tx.messages.find(HERE, stored.id, 3)) == reply
    reactions = (Reaction("👍", 2, (TOMAS, OWNER)), Reaction("❤️", 1, (OWNER,)))
    changed = reply.edited(4, "Kraków", NOON + SECOND).reacted_to(5, reactions)
    change(store, lambda tx: tx.messages.save(changed))
    assert store.read(lambda tx: tx.messages.find(HERE, stored.id, 3)) == changed
    address = (stored.id, 3)
    assert store.read(lambda tx: tx.messages.several(HERE, [address])) == {address: changed}
    assert store.read(lambda tx: tx.messages.by_keys(HERE, [(OWNER, reply.key)])) == {(OWNER, reply.key): changed}
    assert change(store, lambda tx: tx.messages.page(HERE, stored.id, TOMAS, after=2, before=None, limit=9)) == [
        changed
    ]


def test_what_was_edited_is_found_by_its_new_words(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, ["Straße"])
    change(store, lambda tx: tx.messages.save(message(stored.id, 1, OWNER, "Straße").edited(2, "Łódź", NOON)))

    def found(text: str) -> int:
        wanted = Wanted(parts=parse(text).parts)
        return len(store.read(lambda tx: tx.search.messages(HERE, TOMAS, wanted, behind=None, limit=9)).hits)

    assert (found("lodz"), found("strasse")) == (1, 0)


def test_changes_hold_what_was_edited_and_reacted_to_however_long_ago_it_was_posted(store: Store) -> None:
    furnished(store)
    stored = talk(store, OWNER, TOMAS, [str(number) for number in range(1, 9)])
    first, second = (message(stored.id, seq, OWNER, str(seq)) for seq in (1, 2))
    change(store, lambda tx: tx.messages.save(first.edited(9, "Won", NOON)))
    change(store, lambda tx: tx.messages.save(second.reacted_to(10, (Reaction("👍", 1, (TOMAS,)),))))

    def since(rev: int, after: int = 0) -> list[int]:
        known = Since(rev, 0, replace(stored, rev=10).all_posted_behind(rev))
        found = store.read(lambda tx: tx.messages.changes(HERE, stored.id, TOMAS, since=known, after=after, limit=9))
        return [one.seq for one in found.messages]

    assert since(7) == [8, 1, 2]
    assert since(8) == [1, 2]
    assert since(9) == [2]
    assert since(10) == []
    assert since(8, after=1) == [2]
    change(store, lambda tx: tx.messages.hide(HERE, stored.id, TOMAS, 2, is_hidden=True, own_rev=1))
    assert since(8) == [1]
    again = first.edited(9, "Won", NOON).reacted_to(11, (Reaction("👍", 1, (TOMAS,)),))
    change(store, lambda tx: tx.messages.save(again))
    assert since(10) == [1]
    change(store, lambda tx: tx.messages.save(again.deleted_for_everyone(12, NOON)))
    assert since(11) == [1]


def test_versions_belong_to_one_message(store: Store) -> None:
    furnished(store)
    one, other = talk(store, OWNER, TOMAS, ["1", "2"]).id, talk(store, OWNER, LENA, ["1"], place=2).id
    first, second = Version(1, "One", NOON), Version(2, "Won", NOON + SECOND)

    def work(tx: Transaction) -> None:
        tx.versions.add(HERE, (one, 2), first)
        tx.versions.add(HERE, (one, 2), second)
        tx.versions.add(HERE, (other, 1), Version(1, "Elsewhere", NOON))

    change(store, work)
    assert store.read(lambda tx: tx.versions.of(HERE, (one, 2))) == [first, second]
    assert store.read(lambda tx: tx.versions.of(HERE, (one, 1))) == []
    assert store.read(lambda tx: tx.versions.of(ELSEWHERE, (one, 2))) == []
    assert store.read(lambda tx: (tx.versions.count(HERE, (one, 2)), tx.versions.count(HERE, (one, 1)))) == (2, 0)
    wanted = [(one, 1), (one, 2), (other, 1), (other, 2)]
    texts = {(one, 2): "One", (other, 1): "Elsewhere"}
    assert store.read(lambda tx: tx.versions.first_texts(HERE, wanted)) == texts
    assert store.read(lambda tx: tx.versions.first_texts(HERE, [])) == {}
    change(store, lambda tx: tx.versions.remove(HERE, (one, 2)))
    assert store.read(lambda tx: tx.versions.first_texts(HERE, wanted)) == {(other, 1): "Elsewhere"}


def test_reactions_are_counted_once_for_each_person_and_emoji(store: Store) -> None:
    furnished(store)
    chat = talk(store, OWNER, TOMAS, ["1", "2"]).id

    def add(emoji: str, who: str, seq: int = 1, late: int = 0) -> bool:
        at = NOON + late * SECOND
        return change(store, lambda tx: tx.reactions.add(HERE, (chat, seq), person(who), emoji, at))

    assert [add("👍", "Tomás Ruiz"), add("👍", "Tomás Ruiz", late=9), add("❤️", "Tomás Ruiz")] == [True, False, True]
    assert [add("👍", "Olga Owner", late=1), add("👍", "Lena Löwe", seq=2)] == [True, True]
    thumbs = Reaction("👍", 2, (OWNER, TOMAS))
    assert store.read(lambda tx: tx.reactions.summary(HERE, (chat, 1), "👍")) == thumbs
    assert store.read(lambda tx: tx.reactions.summary(HERE, (chat, 1), "😂")) == Reaction("😂", 0, ())
    assert store.read(lambda tx: tx.reactions.summary(ELSEWHERE, (chat, 1), "👍")).count == 0
    mine = store.read(lambda tx: tx.reactions.of(HERE, chat, TOMAS, [1, 2]))
    assert sorted(mine[1]) == ["❤️", "👍"]
    assert not mine.get(2)
    assert change(store, lambda tx: tx.reactions.remove(HERE, (chat, 1), TOMAS, "👍"))
    assert not change(store, lambda tx: tx.reactions.remove(HERE, (chat, 1), TOMAS, "👍"))
    assert store.read(lambda tx: tx.reactions.summary(HERE, (chat, 1), "👍")) == Reaction("👍", 1, (OWNER,))
    change(store, lambda tx: tx.reactions.clear(HERE, (chat, 1)))
    assert store.read(lambda tx: tx.reactions.summary(HERE, (chat, 1), "❤️")).count == 0
    assert store.read(lambda tx: tx.reactions.summary(HERE, (chat, 2), "👍")).count == 1


def test_of_many_the_newest_are_named(store: Store) -> None:
    furnished(store)
    chat = talk(store, OWNER, TOMAS, ["1"]).id
    crowd = [person(str(number)) for number in range(PEOPLE_KEPT + 5)]
    for late, who in enumerate(crowd):
        at = NOON + late * SECOND
        change(store, lambda tx, who=who, at=at: tx.reactions.add(HERE, (chat, 1), who, "👍", at))
    found = store.read(lambda tx: tx.reactions.summary(HERE, (chat, 1), "👍"))
    assert (found.count, list(found.people)) == (len(crowd), crowd[::-1][:PEOPLE_KEPT])


def test_who_hid_a_message_is_told(store: Store) -> None:
    furnished(store)
    chat = talk(store, OWNER, TOMAS, ["1", "2"]).id
    change(store, lambda tx: tx.messages.hide(HERE, chat, TOMAS, 1, is_hidden=True, own_rev=1))
    change(store, lambda tx: tx.messages.hide(HERE, chat, OWNER, 2, is_hidden=True, own_rev=1))
    change(store, lambda tx: tx.messages.hide(HERE, chat, OWNER, 2, is_hidden=False, own_rev=2))
    both = [OWNER, TOMAS]
    assert store.read(lambda tx: tx.messages.hidden_by(HERE, chat, 1, both)) == {TOMAS}
    assert store.read(lambda tx: tx.messages.hidden_by(HERE, chat, 1, [OWNER])) == set()
    assert store.read(lambda tx: tx.messages.hidden_by(HERE, chat, 2, both)) == set()
    assert store.read(lambda tx: tx.messages.hidden_by(ELSEWHERE, chat, 1, both)) == set()
