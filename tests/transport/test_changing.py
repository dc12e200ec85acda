"""Editing, replying and reacting over HTTP and the socket: what each of two people gets, and what a third never does (§15)."""

import pytest
from httpx import Response

from hallway.client import Client, Refusal, WebSocketClient, new_key
from hallway.transport.app_context import EDITS_PER_MINUTE, REACTIONS_PER_MINUTE
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from tests.transport.cast import Cast, as_problem

HOSTILE = ["", "a", "👍👍", "\x00", "<script>", "x" * 5_000, "👍\n", "🏽"]


def _news(line: WebSocketClient) -> list[wire_messages.Message]:
    """The messages that were heard until now."""
    line.ping()
    heard = list[wire_messages.Message]()
    while line._frames:
        frame = line.next_frame()
        if isinstance(frame, wire_frames.MessageFrame):
            heard.append(frame.message)
    return heard


def _path(chat: str, seq: int, more: str = "") -> str:
    return f"/conversations/{chat}/messages/{seq}{more}"


def test_two_edit_reply_and_react_and_both_hear_it(cast: Cast) -> None:
    chat = cast.talk(2)
    learner, expert = cast.learner.client, cast.expert.client
    with learner.connect() as of_learner, expert.connect() as of_expert:
        edited = learner.edit(chat, 1, "One")
        reply = of_expert.send(chat, "Yes", reply_to=1)
        reacted = expert.react(chat, 2, "❤")
        for line in (of_learner, of_expert):
            heard = {one.seq: one for one in _news(line)}
            assert heard[1] == edited
            assert heard[2] == reacted
    assert (edited.body, edited.edited_at is not None) == ("One", True)
    assert reply.reply_to == 1
    assert reacted.reactions == [wire_messages.Reaction("❤️", 1, [cast.expert.id])]
    assert [one.body for one in learner.versions(chat, 1).versions] == ["1"]
    assert learner.message(chat, 1) == edited
    page = learner.history(chat, before=reply.seq + 1, limit=1)
    assert (page.messages, page.quoted) == ([reply], [edited])
    assert expert.unreact(chat, 2, "❤️").reactions == []


def test_a_reaction_and_an_edit_count_as_changes_and_leave_nothing_unread(cast: Cast) -> None:
    chat = cast.talk(2)
    expert = cast.expert.client
    before = expert.mark_read(chat, 2)
    cast.learner.client.edit(chat, 1, "One")
    cast.learner.client.react(chat, 2, "👍")
    missed = expert.changes(chat, rev=before.rev, own_rev=before.own_rev)
    assert [(one.seq, one.body, len(one.reactions)) for one in missed.messages] == [(1, "One", 0), (2, "2", 1)]
    assert (missed.row.unread, missed.row.place, missed.row.rev) == (0, before.place, before.rev + 2)


def test_outsiders_get_one_answer_for_what_is_there_and_what_is_not(cast: Cast) -> None:
    chat, nowhere = cast.talk(1), "0198b000-0000-7000-8000-0000000000ff"
    cast.learner.client.react(chat, 1, "👍")

    def asked(where: str) -> list[Response]:
        ask = cast.outsider.browser.request
        return [
            ask("GET", _path(where, 1)),
            ask("PATCH", _path(where, 1), json={"body": "Mine"}),
            ask("GET", _path(where, 1, "/versions")),
            ask("PUT", _path(where, 1, "/reactions"), json={"emoji": "👍"}),
            ask("PUT", _path(where, 1, "/reactions"), json={"emoji": "👍", "on": False}),
            ask("POST", f"/conversations/{where}/messages", json={"body": "Hi", "key": new_key(), "reply_to": 1}),
        ]

    for here, there in zip(asked(chat), asked(nowhere), strict=True):
        assert as_problem(here, 404, "not_found")["detail"] == as_problem(there, 404, "not_found")["detail"]


def test_an_edit_of_another_s_message_is_refused_through_every_door(cast: Cast) -> None:
    chat = cast.talk(1)
    answer = cast.expert.browser.request("PATCH", _path(chat, 1), json={"body": "Not mine"})
    as_problem(answer, 403, "not_your_message")
    assert cast.expert.client.message(chat, 1).body == "1"


@pytest.mark.parametrize("emoji", HOSTILE)
def test_what_is_no_emoji_is_refused_and_never_a_fault(cast: Cast, emoji: str) -> None:
    chat = cast.talk(1)
    for on in (True, False):
        answer = cast.learner.browser.request("PUT", _path(chat, 1, "/reactions"), json={"emoji": emoji, "on": on})
        as_problem(answer, 422, "invalid")
    assert cast.learner.client.message(chat, 1).reactions == []


@pytest.mark.parametrize("body", ["", " ", "x" * 4001, "a\x00b"])
def test_a_text_that_may_not_be_sent_may_not_be_edited_in(cast: Cast, body: str) -> None:
    chat = cast.talk(1)
    as_problem(cast.learner.browser.request("PATCH", _path(chat, 1), json={"body": body}), 422, "invalid")
    assert cast.learner.client.message(chat, 1).body == "1"


@pytest.mark.parametrize("reply_to", [0, -1, 2**60, "one", 99])
def test_a_reply_to_nothing_is_refused_and_sends_nothing(cast: Cast, reply_to: object) -> None:
    chat = cast.talk(1)
    given = {"body": "Hi", "key": new_key(), "reply_to": reply_to}
    answer = cast.learner.browser.request("POST", f"/conversations/{chat}/messages", json=given)
    assert answer.status_code in {404, 422}
    assert len(cast.learner.client.history(chat).messages) == 1


def test_what_one_deleted_is_sent_to_them_by_no_edit_reaction_or_quote(cast: Cast) -> None:
    chat = cast.talk(2)
    expert, learner = cast.expert.client, cast.learner.client
    expert.delete_message(chat, 1)
    with expert.connect() as line:
        learner.edit(chat, 1, "A secret")
        learner.react(chat, 1, "👍")
        reply = learner.send(chat, "See above", reply_to=1)
        assert _news(line) == [reply]
        assert line.sync(chat, rev=0, own_rev=0).quoted == []
    assert "A secret" not in str(expert.open_chat(chat))
    with pytest.raises(Refusal):
        expert.versions(chat, 1)
    expert.restore_message(chat, 1)
    assert expert.open_chat(chat).history.messages[0].body == "A secret"


def _reactions_until_refused(who: Client, chat: str) -> str:
    for number in range(3 * REACTIONS_PER_MINUTE):
        try:
            (who.unreact if number % 2 else who.react)(chat, 1, "👍")
        except Refusal as refused:
            return refused.problem.code
    return "never"


def test_edits_and_reactions_have_a_quota_each_that_sends_do_not_share(cast: Cast) -> None:
    chat = cast.talk(1)
    learner = cast.learner.client
    for number in range(EDITS_PER_MINUTE):
        learner.edit(chat, 1, f"Try {number}")
    with pytest.raises(Refusal) as refused:
        learner.edit(chat, 1, "Once more")
    assert refused.value.problem.code == "too_many"
    assert _reactions_until_refused(learner, chat) == "too_many"
    learner.send(chat, "Still here")
    cast.expert.client.react(chat, 1, "👍")
