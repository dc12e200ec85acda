"""Messages are starred for oneself alone, on all one's devices, and found again as they are now (rules §16)."""

import pytest

from hallway.domain import conversations as domain
from hallway.domain.events import MessageStarred
from hallway.domain.ids import UserId
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.messaging import arranging, starring
from hallway.usecases.messaging.star_ports import StarSpot
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, OWNER, TOMAS, School, actor, dialog, heard_by
from tests.usecases.deeds import badge, delete_chat, delete_for_everyone, delete_mine, edit, star, undo, unstar


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked 1 about Biology, Eva answered with 2 and 3, the owner wrote to Lena."""
    school.say(LENA, EXPERT, "What is a cell?", course_id=BIOLOGY)
    school.say(EXPERT, LENA, "Everything\nthat lives")
    school.say(EXPERT, LENA, "Nearly")
    school.say(OWNER, LENA, "Welcome")
    return school


def _found(
    school: School, who: UserId = LENA, other: UserId | None = None, behind: StarSpot | None = None, limit: int = 9
) -> starring.StarredMessages:
    within = None if other is None else dialog(who, other)
    return school.read(lambda tx: starring.starred(tx, actor(who), within=within, behind=behind, limit=limit))


def _excerpts(school: School, who: UserId = LENA, other: UserId | None = None) -> list[str]:
    return [one.excerpt for one in _found(school, who, other).found]


def test_starred_messages_are_found_newest_star_first_in_one_chat_or_in_all(talk: School) -> None:
    talk.write(star(LENA, EXPERT, 2))
    talk.write(star(LENA, OWNER, 1))
    talk.write(star(LENA, EXPERT, 1))
    assert _excerpts(talk) == ["What is a cell?", "Welcome", "Everything that lives"]
    assert _excerpts(talk, other=EXPERT) == ["What is a cell?", "Everything that lives"]
    first = _found(talk).found[0]
    assert (first.row.title, first.course_title) == ("Eva Expert", "Biology")
    assert _excerpts(talk, EXPERT) == []


def test_a_page_says_where_the_next_one_begins(talk: School) -> None:
    for other, seq in ((EXPERT, 1), (EXPERT, 2), (OWNER, 1)):
        talk.write(star(LENA, other, seq))
    first = _found(talk, limit=2)
    assert ([one.excerpt for one in first.found], first.next is None) == (["Welcome", "Everything that lives"], False)
    last = _found(talk, behind=first.next, limit=2)
    assert ([one.excerpt for one in last.found], last.next) == (["What is a cell?"], None)


def test_a_star_is_told_to_its_own_devices_alone_and_is_no_news(talk: School) -> None:
    before = badge(talk, LENA), talk.listed(LENA), talk.unread(LENA, EXPERT)
    (event,) = talk.events(star(LENA, EXPERT, 1))
    assert isinstance(event, MessageStarred)
    assert (event.seq, event.is_starred, heard_by([event], EXPERT)) == (1, True, [])
    assert talk.opened(LENA, EXPERT).line.row.conversation.members[LENA].own_rev == event.own_rev
    assert (badge(talk, LENA), talk.listed(LENA), talk.unread(LENA, EXPERT)) == before
    assert talk.events(star(LENA, EXPERT, 1)) == []
    (event,) = talk.events(unstar(LENA, EXPERT, 1))
    assert isinstance(event, MessageStarred)
    assert not event.is_starred
    assert talk.events(unstar(LENA, EXPERT, 1)) == []


def test_a_read_only_chat_and_the_archive_keep_their_stars_and_take_new_ones(talk: School) -> None:
    talk.write(star(LENA, EXPERT, 1))
    talk.write(lambda tx: tx.courses.unassign(actor(LENA).account_id, BIOLOGY, EXPERT))
    assert not talk.opened(LENA, EXPERT).standing.is_open
    talk.write(lambda tx: arranging.archive(tx, actor(LENA), conversation_id=dialog(LENA, EXPERT), is_archived=True))
    talk.write(star(LENA, EXPERT, 2))
    assert _excerpts(talk) == ["Everything that lives", "What is a cell?"]


def test_what_a_starred_message_says_is_what_it_says_now(talk: School) -> None:
    talk.write(star(LENA, EXPERT, 3))
    talk.write(edit(EXPERT, LENA, 3, "Everything but stones", talk.clock))
    assert _excerpts(talk) == ["Everything but stones"]


def test_what_i_deleted_is_starred_no_more_until_i_take_that_back(talk: School) -> None:
    talk.write(star(LENA, EXPERT, 2))
    talk.write(star(EXPERT, LENA, 2))
    talk.write(delete_mine(LENA, EXPERT, 2))
    assert (_excerpts(talk), _excerpts(talk, EXPERT)) == ([], ["Everything that lives"])
    with pytest.raises(NotFound):
        talk.write(star(LENA, EXPERT, 2))
    talk.write(undo(LENA, EXPERT, 2))
    assert _excerpts(talk) == ["Everything that lives"]


def test_delete_for_everyone_takes_everybodys_star_and_leaves_nothing_to_star(talk: School) -> None:
    for who, other in ((LENA, EXPERT), (EXPERT, LENA)):
        talk.write(star(who, other, 2))
    talk.write(delete_for_everyone(EXPERT, LENA, 2, talk.clock))
    assert (_excerpts(talk), _excerpts(talk, EXPERT)) == ([], [])
    with pytest.raises(Conflict, match="deleted for everyone"):
        talk.write(star(LENA, EXPERT, 2))
    assert talk.events(unstar(LENA, EXPERT, 2)) == []


def test_delete_chat_takes_my_stars_of_it_and_nobody_elses(talk: School) -> None:
    for who, other in ((LENA, EXPERT), (EXPERT, LENA), (LENA, OWNER)):
        talk.write(star(who, other, 1))
    talk.write(delete_chat(LENA, EXPERT))
    assert (_excerpts(talk), _excerpts(talk, EXPERT)) == (["Welcome"], ["What is a cell?"])


def test_more_than_the_most_are_refused_and_what_is_not_seen_counts_nothing(
    talk: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starring, "MOST_STARRED", 2)
    assert domain.MOST_STARRED == 1_000
    talk.write(star(LENA, EXPERT, 1))
    talk.write(star(LENA, EXPERT, 2))
    with pytest.raises(Conflict) as refused:
        talk.write(star(LENA, EXPERT, 3))
    assert refused.value.code == "too_many_starred"
    assert _excerpts(talk) == ["Everything that lives", "What is a cell?"]
    talk.write(star(LENA, EXPERT, 2))
    talk.write(delete_mine(LENA, EXPERT, 2))
    talk.write(star(LENA, EXPERT, 3))


def test_nobody_stars_what_they_do_not_see(talk: School) -> None:
    for work in (star(TOMAS, LENA, 1), unstar(TOMAS, LENA, 1), star(LENA, EXPERT, 4), star(LENA, ADMIN, 1)):
        with pytest.raises(NotFound):
            talk.write(work)
    with pytest.raises(NotFound):
        talk.read(lambda tx: starring.starred(tx, actor(TOMAS), within=dialog(LENA, EXPERT), behind=None, limit=9))
