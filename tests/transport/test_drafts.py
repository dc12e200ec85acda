"""Drafts over HTTP and the socket, as one person with two devices meets them (rules §17)."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from hallway.client import Client, Refusal
from hallway.transport.app_context import DRAFTS_PER_MINUTE
from hallway.transport.wire import drafts as wire_drafts
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire.drafts import SaveDraft
from tests.transport.cast import PASSWORD, Cast


@pytest.fixture
def phone(cast: Cast) -> Iterator[Client]:
    """Another device of the learner's."""
    with Client(cast.academy.address) as client:
        client.sign_in(cast.learner.login, PASSWORD)
        yield client


def _texts(found: wire_drafts.ChatDraft) -> list[str]:
    return [found.draft.text, *found.draft.others] if found.draft else []


def test_a_draft_is_on_all_devices_of_its_person_and_on_nobody_elses(cast: Cast, phone: Client) -> None:
    laptop, chat = cast.learner.client, cast.talk(2)
    with phone.connect() as line, cast.expert.client.connect() as theirs:
        saved = laptop.save_draft(chat, SaveDraft(base=0, text="Half a thought", reply_to=1, course_id=cast.course.id))
        frame = line.next_frame()
        theirs.ping()
        theirs.close()
        assert [one for one in theirs if isinstance(one, wire_frames.DraftFrame)] == []
    assert frame == wire_frames.DraftFrame(chat, saved.revision)
    assert saved.draft is not None
    assert (saved.draft.text, saved.draft.reply_to, saved.draft.person_id) == ("Half a thought", 1, None)
    assert saved.draft.course is not None
    assert saved.draft.course.title == cast.course.title
    assert phone.draft(chat) == saved
    assert phone.drafts() == wire_drafts.Drafts([saved.draft], None, saved.revision)
    assert cast.expert.client.drafts().drafts == []
    assert cast.expert.client.draft(chat).draft is None


def test_two_devices_that_write_at_once_lose_nothing(cast: Cast, phone: Client) -> None:
    laptop, chat = cast.learner.client, cast.talk(1)
    laptop.save_draft(chat, SaveDraft(base=0, text="From the laptop"))
    both = phone.save_draft(chat, SaveDraft(base=0, text="On the phone"))
    assert _texts(both) == ["From the laptop", "On the phone"]
    late = laptop.discard_draft(chat, base=1)
    assert late == both
    chosen = phone.save_draft(chat, SaveDraft(base=both.revision, text="On the phone"))
    assert _texts(laptop.draft(chat)) == _texts(chosen) == ["On the phone"]
    gone = laptop.discard_draft(chat, base=chosen.revision)
    assert (gone.draft, gone.revision) == (None, chosen.revision + 1)
    assert phone.drafts().drafts == []


def test_a_draft_may_come_before_the_first_message_and_stays_with_the_chat(cast: Cast) -> None:
    client = cast.learner.client
    saved = client.save_draft_to_person(cast.expert.id, SaveDraft(base=0, text="May I ask"))
    assert saved.draft is not None
    assert saved.draft.person_id == cast.expert.id
    assert cast.asks("A question").conversation_id == saved.draft.conversation_id
    assert client.draft(saved.draft.conversation_id) == saved
    client.delete_chat(saved.draft.conversation_id)
    assert client.drafts().drafts == []


def test_pages_have_a_cursor(cast: Cast) -> None:
    chats = [cast.talk(1), cast.owner.send_to_person(cast.learner.id, "Welcome").conversation_id]
    for chat in chats:
        cast.learner.client.save_draft(chat, SaveDraft(base=0, text=chat))
    first = cast.learner.client.drafts(limit=1)
    second = cast.learner.client.drafts(limit=1, cursor=first.next)
    found = [one.conversation_id for one in (*first.drafts, *second.drafts)]
    assert (found, second.next) == (sorted(chats), None)
    assert all(one < other for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"base": 0, "text": "a" * 4001}, 422),
        ({"base": 0, "text": "a", "others": ["b"] * 4}, 422),
        ({"base": -1, "text": "a"}, 422),
        ({"base": 0, "text": "a\u0000"}, 422),
        ({"base": 0, "text": "a", "reply_to": 0}, 422),
        ({"base": 0}, 422),
        ({"base": 0, "text": "a", "unheard_of": 1}, 422),
        ({"base": 0, "text": "😀" * 4000, "others": ["😀" * 3999 + str(one) for one in range(3)]}, 200),
        ({"base": 2**53, "text": " "}, 200),
    ],
)
def test_the_door_takes_what_a_message_may_hold(cast: Cast, body: dict[str, object], status: int) -> None:
    answer = cast.learner.browser.request("PUT", f"/conversations/{cast.talk(1)}/draft", json=body)
    assert answer.status_code == status, answer.text


def test_a_chat_of_others_has_no_draft_of_mine(cast: Cast) -> None:
    chat, client = cast.talk(1), cast.outsider.client
    for save in (
        lambda: client.save_draft(chat, SaveDraft(base=0, text="Hello")),
        lambda: client.save_draft_to_person(cast.learner.id, SaveDraft(base=0, text="Hello")),
    ):
        with pytest.raises(Refusal) as refused:
            save()
        assert refused.value.problem.status == 404
    assert client.discard_draft(chat, base=0) == client.draft(chat) == wire_drafts.ChatDraft(None, 0)


def test_drafts_are_saved_so_often_and_no_more(cast: Cast) -> None:
    client, chat = cast.learner.client, cast.talk(1)

    def save_again_and_again() -> None:
        for base in range(2 * DRAFTS_PER_MINUTE):
            client.save_draft(chat, SaveDraft(base=base, text=str(base)))

    with pytest.raises(Refusal) as refused:
        save_again_and_again()
    assert refused.value.problem.code == "too_many"
    assert client.draft(chat).revision >= DRAFTS_PER_MINUTE
