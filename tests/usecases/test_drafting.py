"""Drafts: on all devices of their person, and nobody else's; of two devices that write at once no text is lost (rules §17)."""

import pytest

from hallway.domain.drafts import MOST_DRAFTS, Writing
from hallway.domain.events import DraftChanged
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.messages import MAX_BODY
from hallway.domain.people import State
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging import drafting
from hallway.usecases.messaging.drafting import ChatDraft
from hallway.usecases.people import users
from hallway.usecases.transaction import Transaction
from tests.school import (
    ADMIN,
    BIOLOGY,
    DEAN,
    EXPERT,
    LENA,
    OWNER,
    SCHOOL,
    STRANGER,
    TOMAS,
    School,
    actor,
    dialog,
    heard_by,
)
from tests.usecases.deeds import delete_chat

CHAT = dialog(LENA, EXPERT)


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked Eva."""
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.told.clear()
    return school


def _save(
    school: School,
    text: str,
    base: int = 0,
    *,
    others: tuple[str, ...] = (),
    who: UserId = LENA,
    chat: ConversationId = CHAT,
) -> ChatDraft:
    writing = Writing(text=text, others=others)
    return school.write(
        lambda tx: drafting.save(tx, actor(who), conversation_id=chat, base=base, writing=writing, clock=school.clock)
    )


def _save_to(school: School, person_id: UserId, text: str, base: int = 0) -> ChatDraft:
    def work(tx: Transaction) -> ChatDraft:
        writing = Writing(text=text)
        return drafting.save_to_person(
            tx, actor(LENA), person_id=person_id, base=base, writing=writing, clock=school.clock
        )

    return school.write(work)


def _discard(school: School, base: int) -> ChatDraft:
    return school.write(
        lambda tx: drafting.discard(tx, actor(LENA), conversation_id=CHAT, base=base, clock=school.clock)
    )


def _kept(school: School, who: UserId = LENA, chat: ConversationId = CHAT) -> list[str]:
    found = school.read(lambda tx: drafting.draft_in(tx, actor(who), conversation_id=chat)).draft
    return [found.writing.text, *found.writing.others] if found else []


def test_a_draft_is_its_persons_alone(talk: School) -> None:
    saved = _save(talk, "Half a thought")
    assert saved.draft is not None
    assert (saved.draft.writing, saved.revision) == (Writing(text="Half a thought"), 1)
    assert talk.told == [DraftChanged(account_id=SCHOOL, user_id=LENA, conversation_id=CHAT, revision=1)]
    assert (heard_by(talk.told, EXPERT), _kept(talk, EXPERT)) == ([], [])
    assert talk.bodies(EXPERT, LENA) == ["Hello"]


def test_each_change_counts_and_what_changes_nothing_is_told_to_nobody(talk: School) -> None:
    assert [_save(talk, text, base).revision for base, text in enumerate(["One", "One, two", "One"])] == [1, 2, 3]
    assert _save(talk, "One", 3).revision == 3
    assert _save(talk, "", 3).revision == 4
    assert (_save(talk, "  ", 4).revision, _discard(talk, 0).revision) == (4, 4)
    assert [one.revision for one in talk.told if isinstance(one, DraftChanged)] == [1, 2, 3, 4]


def test_two_devices_that_write_at_once_lose_nothing(talk: School) -> None:
    first = _save(talk, "From the laptop")
    second = _save(talk, "On the phone")
    assert (first.revision, second.revision) == (1, 2)
    assert _kept(talk) == ["From the laptop", "On the phone"]
    _save(talk, "On the phone, and more", second.revision, others=("From the laptop",))
    assert _kept(talk) == ["On the phone, and more", "From the laptop"]


def test_what_was_sent_here_takes_nothing_from_what_is_written_there(talk: School) -> None:
    sent = _save(talk, "Sent here")
    there = _save(talk, "Sent here, and written there", sent.revision)
    left = _discard(talk, sent.revision)
    assert left == there
    assert _kept(talk) == ["Sent here, and written there"]


def test_no_revision_comes_again_so_that_a_late_device_takes_nothing_from_a_new_draft(talk: School) -> None:
    old = _save(talk, "Old")
    _discard(talk, old.revision)
    new = _save(talk, "New")
    assert new.revision > old.revision
    _save(talk, "Late", old.revision)
    assert _kept(talk) == ["New", "Late"]


def test_a_late_device_begins_a_draft_of_its_own_text(talk: School) -> None:
    _discard(talk, _save(talk, "Sent").revision)
    _save(talk, "Late", 1, others=("Sent",))
    assert _kept(talk) == ["Late"]


def test_a_draft_may_be_the_first_word_to_somebody(school: School) -> None:
    saved = _save_to(school, EXPERT, "May I ask")
    assert saved.draft is not None
    assert (saved.draft.conversation_id, saved.draft.person_id) == (CHAT, EXPERT)
    again = _save(school, "May I ask you", saved.revision)
    assert again.draft is not None
    assert again.draft.person_id == EXPERT
    assert school.listed(EXPERT) == []


@pytest.mark.parametrize("person_id", [TOMAS, STRANGER, LENA])
def test_there_is_none_to_somebody_to_whom_one_may_not_write_first(school: School, person_id: UserId) -> None:
    with pytest.raises(NotFound):
        _save_to(school, person_id, "Hello")


@pytest.mark.parametrize("who", [TOMAS, OWNER])
def test_there_is_none_in_a_chat_of_others(talk: School, who: UserId) -> None:
    with pytest.raises(NotFound):
        _save(talk, "Hello", who=who)
    assert talk.told == []


def test_a_chat_that_became_read_only_keeps_its_draft(talk: School) -> None:
    revision = _save(talk, "Half a thought").revision
    talk.set_state(EXPERT, State.INACTIVE)
    assert _kept(talk) == ["Half a thought"]
    _save(talk, "Half a thought, saved for later", revision)
    assert _kept(talk) == ["Half a thought, saved for later"]


def test_delete_chat_takes_the_draft_with_it_whatever_other_devices_wrote(talk: School) -> None:
    _save(talk, "From the laptop")
    _save(talk, "On the phone")
    talk.told.clear()
    talk.write(delete_chat(LENA, EXPERT))
    assert _kept(talk) == []
    assert [one.revision for one in talk.told if isinstance(one, DraftChanged)] == [3]
    talk.write(delete_chat(LENA, EXPERT))
    assert [one.revision for one in talk.told if isinstance(one, DraftChanged)] == [3]


def test_drafts_go_with_a_person_who_is_removed_and_stay_with_one_who_is_deactivated(talk: School) -> None:
    _save(talk, "Half a thought")
    talk.write(lambda tx: users.deactivate(tx, actor(ADMIN), user_id=LENA))
    assert _kept(talk) == ["Half a thought"]
    talk.write(lambda tx: users.remove(tx, actor(ADMIN), user_id=LENA))
    assert _kept(talk) == []


def test_a_page_goes_on_where_the_one_before_ended(school: School) -> None:
    for other in (OWNER, ADMIN, DEAN):
        school.say(other, LENA)
        _save(school, f"To {other}", chat=dialog(LENA, other))
    seen: list[ConversationId] = []
    after: ConversationId | None = None
    for _ in range(3):
        page = school.read(lambda tx, after=after: drafting.drafts(tx, actor(LENA), after=after, limit=1))
        seen += [one.conversation_id for one in page.drafts]
        after = page.next
    assert (after, seen) == (None, sorted(dialog(LENA, one) for one in (OWNER, ADMIN, DEAN)))


def test_nobody_has_more_drafts_than_they_may(talk: School, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_DRAFTS == 500
    monkeypatch.setattr(drafting, "MOST_DRAFTS", 1)
    talk.say(OWNER, LENA)
    saved = _save(talk, "One")
    with pytest.raises(Conflict) as refusal:
        _save(talk, "Two", chat=dialog(LENA, OWNER))
    assert refusal.value.code == "too_many_drafts"
    _save(talk, "One still", saved.revision)
    _discard(talk, saved.revision + 1)
    _save(talk, "Two", chat=dialog(LENA, OWNER))


@pytest.mark.parametrize(("text", "code"), [("a" * (MAX_BODY + 1), "too_long"), ("a\x00", "unprintable")])
def test_a_draft_holds_what_a_message_may_hold(talk: School, text: str, code: str) -> None:
    _save(talk, "a" * MAX_BODY)
    for text_here, others in ((text, ()), ("Mine", (text,))):
        with pytest.raises(Invalid) as refusal:
            _save(talk, text_here, 1, others=others)
        assert [one.code for one in refusal.value.problems] == [code]
