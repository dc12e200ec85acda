"""Stars over HTTP and the socket: what their person gets on every device, and what nobody else ever does (rules §16)."""

import pytest

from hallway.client import Client, Refusal, WebSocketClient
from hallway.transport.app_context import STARS_PER_MINUTE
from hallway.transport.wire import frames as wire_frames
from tests.transport.cast import Cast


def _stars(line: WebSocketClient) -> list[wire_frames.ServerFrame]:
    """The frames of stars that were heard until now."""
    line.ping()
    heard = list[wire_frames.ServerFrame]()
    while line._frames:
        frame = line.next_frame()
        if not isinstance(frame, wire_frames.MessageFrame | wire_frames.ReadMarkFrame):
            heard.append(frame)
    return heard


def _excerpts(client: Client, chat: str | None = None) -> list[str]:
    return [one.excerpt for one in client.starred(conversation_id=chat).messages]


def test_my_devices_hear_of_a_star_and_nobody_else_does(cast: Cast) -> None:
    chat = cast.talk(2)
    learner, expert = cast.learner.client, cast.expert.client
    before = learner.open_chat(chat).row.own_rev
    seen_by_expert = expert.open_chat(chat)
    with learner.connect() as mine, expert.connect() as theirs:
        learner.star(chat, 2)
        learner.star(chat, 2)
        learner.star(chat, 1)
        learner.unstar(chat, 1)
        assert _stars(mine) == [
            wire_frames.StarFrame(chat, before + 1, 2, is_starred=True),
            wire_frames.StarFrame(chat, before + 2, 1, is_starred=True),
            wire_frames.StarFrame(chat, before + 3, 1, is_starred=False),
        ]
        assert _stars(theirs) == []
    assert learner.open_chat(chat).starred == [2]
    assert learner.changes(chat, rev=0, own_rev=before).starred == [2]
    assert learner.changes(chat, rev=0, own_rev=before + 3).starred is None
    assert expert.open_chat(chat) == seen_by_expert
    assert expert.starred().messages == []


def test_starred_messages_are_paged_and_shown_with_their_chat(cast: Cast) -> None:
    chat = cast.talk(3)
    learner = cast.learner.client
    for seq in (3, 1, 2):
        learner.star(chat, seq)
    first = learner.starred(limit=2)
    last = learner.starred(limit=2, cursor=first.next)
    assert [one.excerpt for one in [*first.messages, *last.messages]] == ["2", "1", "3"]
    assert last.next is None
    row = learner.open_chat(chat).row
    assert (first.messages[0].title, first.messages[0].participants) == (row.title, row.participants)
    assert _excerpts(learner, chat) == ["2", "1", "3"]
    learner.delete_message(chat, 1)
    assert _excerpts(learner) == ["2", "3"]


def test_what_is_not_mine_or_nonsense_is_refused_in_plain_words(cast: Cast) -> None:
    chat = cast.talk(1)
    outsider = cast.outsider.client
    for work in (
        lambda: outsider.star(chat, 1),
        lambda: outsider.unstar(chat, 1),
        lambda: outsider.starred(conversation_id=chat),
        lambda: cast.learner.client.star(chat, 2),
        lambda: cast.learner.client.star(chat, 2**62),
    ):
        with pytest.raises(Refusal) as refused:
            work()
        assert refused.value.problem.code == "not_found"
    for query in ({"cursor": "WzFd"}, {"cursor": "x" * 600}, {"conversation_id": "here"}, {"limit": 0}):
        with pytest.raises(Refusal) as refused:
            cast.learner.client.ask("GET", "/stars", None, dict[str, object], query=query)
        assert refused.value.problem.status == 422
    cast.learner.client.delete_for_everyone(chat, 1)
    with pytest.raises(Refusal) as refused:
        cast.learner.client.star(chat, 1)
    assert refused.value.problem.code == "message_deleted"


def _stars_until_refused(who: Client, chat: str) -> str:
    for number in range(2 * STARS_PER_MINUTE):
        try:
            (who.unstar if number % 2 else who.star)(chat, 1)
        except Refusal as refused:
            return refused.problem.code
    return "never"


def test_stars_have_a_quota_of_their_own(cast: Cast) -> None:
    chat = cast.talk(1)
    learner = cast.learner.client
    assert _stars_until_refused(learner, chat) == "too_many"
    learner.react(chat, 1, "👍")
