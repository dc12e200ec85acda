"""Sending and reading through the doors: a key gives one message, pages give each once, bodies have their measure."""

import threading

import httpx
import pytest

from hallway.client import Refusal, new_key
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from tests.transport.cast import Cast, Casting, as_problem

LETTERS = ["a", "ä", "文", "👍", '"', "\n"]
"""Of one to four bytes, and such as JSON writes longer; a character is a character."""


def _bodies(cast: Cast, chat: str) -> list[str]:
    return [one.body for one in cast.expert.client.history(chat, limit=100).messages]


# Idempotency.


def test_the_same_key_gives_the_same_message_again(cast: Cast) -> None:
    key = new_key()
    first = cast.learner.client.send_to_person(cast.expert.id, "Once", key=key)
    assert cast.learner.client.send_to_person(cast.expert.id, "Once", key=key) == first
    assert cast.learner.client.send(first.conversation_id, "Once", key=key) == first
    with cast.learner.client.connect() as line:
        assert line.send_to_person(cast.expert.id, "Once", key=key) == first
        assert line.send(first.conversation_id, "Once", key=key) == first
    assert _bodies(cast, first.conversation_id) == ["Once"]


def test_what_went_through_the_socket_is_given_again_over_http(cast: Cast) -> None:
    key = new_key()
    with cast.learner.client.connect() as line:
        first = line.send_to_person(cast.expert.id, "Once", key=key)
    assert cast.learner.client.send_to_person(cast.expert.id, "Once", key=key) == first
    assert _bodies(cast, first.conversation_id) == ["Once"]


def test_another_key_gives_another_message(cast: Cast) -> None:
    first, second = cast.asks("Twice"), cast.asks("Twice")
    assert (first.seq, second.seq) == (1, 2)
    assert _bodies(cast, first.conversation_id) == ["Twice", "Twice"]


def test_the_key_of_one_sender_is_free_for_another(cast: Cast) -> None:
    key = new_key()
    first = cast.learner.client.send_to_person(cast.expert.id, "Hello", key=key)
    second = cast.expert.client.send(first.conversation_id, "Hello", key=key)
    assert (first.seq, second.seq) == (1, 2)


def test_a_key_used_for_another_text_is_a_conflict_at_both_doors(cast: Cast) -> None:
    key = new_key()
    first = cast.learner.client.send_to_person(cast.expert.id, "One text", key=key)
    body = {"body": "Another text", "key": key}
    again = cast.learner.browser.request("POST", f"/conversations/{first.conversation_id}/messages", json=body)
    as_problem(again, 409, "key_reused")
    with cast.learner.client.connect() as line, pytest.raises(Refusal) as refused:
        line.send(first.conversation_id, "Another text", key=key)
    assert refused.value.problem.code == "key_reused"
    assert _bodies(cast, first.conversation_id) == ["One text"]


def test_a_message_deleted_for_everyone_does_not_come_back_through_its_key(cast: Cast) -> None:
    key = new_key()
    sent = cast.learner.client.send_to_person(cast.expert.id, "Oh no", key=key)
    cast.learner.client.delete_for_everyone(sent.conversation_id, sent.seq)
    again = cast.learner.client.send_to_person(cast.expert.id, "Oh no", key=key)
    assert (again.seq, again.body) == (1, "")
    assert _bodies(cast, sent.conversation_id) == [""]


def test_a_key_that_was_refused_is_still_free(cast: Cast) -> None:
    key = new_key()
    with pytest.raises(Refusal):
        cast.learner.client.send_to_person(cast.outsider.id, "Hello", key=key)
    assert cast.learner.client.send_to_person(cast.expert.id, "Hello", key=key).seq == 1


def test_ten_at_once_with_one_key_are_one_message(cast: Cast) -> None:
    chat, key = cast.talk(1), new_key()
    token = cast.learner.client.ask(
        "POST", "/me/tokens", wire_access_tokens.NewToken("at once"), wire_access_tokens.Token
    ).secret
    body, answers = {"body": "At once", "key": key}, list[httpx.Response]()
    headers = {"Authorization": f"Bearer {token}"}
    address = f"{cast.academy.address}/api/v1/conversations/{chat}/messages"
    start = threading.Barrier(10)

    def send() -> None:
        with httpx.Client(headers=headers, timeout=30) as client:
            start.wait()
            answers.append(client.post(address, json=body))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status_code for one in answers] == [201] * 10
    assert {one.json()["message"]["seq"] for one in answers} == {2}
    assert _bodies(cast, chat) == ["1", "At once"]


@pytest.mark.parametrize("key", ["short", "x" * 65, "with space", "ümlaut-key", "", "semi;colon"])
def test_a_key_that_is_none_is_refused(cast: Cast, key: str) -> None:
    answer = cast.learner.browser.request(
        "POST", f"/people/{cast.expert.id}/messages", json={"body": "Hello", "key": key}
    )
    document = as_problem(answer, 422, "invalid")
    assert [one["pointer"] for one in document["errors"]] == ["/key"]


# Measures.


@pytest.mark.parametrize("letter", LETTERS)
def test_4000_characters_go_through_both_doors_unharmed(cast: Cast, letter: str) -> None:
    text = "x" + letter * 3998 + "x"
    sent = cast.learner.client.send_to_person(cast.expert.id, text)
    with cast.learner.client.connect() as line:
        line.send(sent.conversation_id, text)
    assert _bodies(cast, sent.conversation_id) == [text, text]


@pytest.mark.parametrize("letter", LETTERS)
def test_4001_characters_are_refused_at_both_doors(cast: Cast, letter: str) -> None:
    chat = cast.talk(1)
    text = "x" + letter * 3999 + "x"
    body = {"body": text, "key": new_key()}
    answer = cast.learner.browser.request("POST", f"/conversations/{chat}/messages", json=body)
    assert [one["pointer"] for one in as_problem(answer, 422, "invalid")["errors"]] == ["/body"]
    with cast.learner.client.connect() as line:
        with pytest.raises(Refusal) as refused:
            line.send(chat, text)
        assert refused.value.problem.code == "invalid"
        line.ping()
    assert _bodies(cast, chat) == ["1"]


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "a\x00b", "a\x1bb"])
def test_what_cannot_be_shown_is_refused_at_both_doors(cast: Cast, text: str) -> None:
    chat = cast.talk(1)
    answer = cast.learner.browser.request(
        "POST", f"/conversations/{chat}/messages", json={"body": text, "key": new_key()}
    )
    as_problem(answer, 422, "invalid")
    with cast.learner.client.connect() as line, pytest.raises(Refusal) as refused:
        line.send(chat, text)
    assert refused.value.problem.code == "invalid"
    assert _bodies(cast, chat) == ["1"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "  indented", "line\nline\ttab", "مرحبا", "a\u200db"])
def test_a_text_comes_back_as_it_was_written(cast: Cast, text: str) -> None:
    sent = cast.asks(text)
    assert (sent.body, _bodies(cast, sent.conversation_id)) == (text, [text])


SMALL_BODY = 64 * 1024


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_beyond_its_measure_is_refused_and_one_within_is_read(cast: Cast, is_chunked: bool) -> None:
    def answer(size: int) -> httpx.Response:
        content = b'{"time_zone": "Asia/Amman"}'.ljust(size)
        chunks = [content[at : at + 4096] for at in range(0, size, 4096)]
        return cast.learner.browser.request(
            "PATCH",
            "/me",
            content=iter(chunks) if is_chunked else content,
            headers={"Content-Type": "application/json"},
        )

    as_problem(answer(SMALL_BODY + 1), 413, "too_large")
    assert cast.learner.client.me().time_zone != "Asia/Amman"
    assert answer(SMALL_BODY).status_code == 200
    assert cast.learner.client.me().time_zone == "Asia/Amman"


def test_a_picture_and_a_file_have_measures_of_their_own(cast: Cast) -> None:
    token = cast.owner.ask("POST", "/me/tokens", wire_access_tokens.NewToken("files"), wire_access_tokens.Token).secret
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{cast.academy.address}/api/v1", headers=headers, timeout=30) as http:
        photo, imports = f"/admin/users/{cast.learner.id}/photo", "/admin/imports?kind=users"
        as_problem(http.put(photo, content=b"x" * 1_000_001), 413, "too_large")
        as_problem(http.put(photo, content=b"x" * 600_000), 422, "invalid")
        as_problem(http.post(imports, content=b"x" * (10 * 1024 * 1024 + 1)), 413, "too_large")
        as_problem(http.post(imports, content=b"name\n" + b"x" * 100_000), 422, "invalid")


# Pages.


def test_the_pages_of_a_chat_hold_each_message_once(cast: Cast) -> None:
    chat = cast.talk(23)
    pages: list[list[int]] = []
    before, older = None, True
    while older:
        page = cast.expert.client.history(chat, before=before, limit=5)
        pages.append([one.seq for one in page.messages])
        before, older = pages[-1][0], page.older
    assert [seq for page in reversed(pages) for seq in page] == list(range(1, 24))
    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]


def test_a_page_that_ends_exactly_with_the_chat_is_the_last(cast: Cast) -> None:
    chat = cast.talk(10)
    assert cast.expert.client.history(chat, limit=10).older is False
    assert cast.expert.client.history(chat, limit=9).older is True
    assert cast.expert.client.history(chat, before=6, limit=5).older is False


def test_the_pages_of_the_list_hold_each_chat_once_while_others_arrive(agency: Casting) -> None:
    reader = agency.somebody("Rita Reader")
    writers = [agency.somebody(f"Writer{number} Of", "administrator") for number in range(8)]
    chats = [one.client.send_to_person(reader.id, "Hello").conversation_id for one in writers]
    first = reader.client.chats(limit=3)
    assert [row.conversation_id for row in first.rows] == chats[:-4:-1]
    late = agency.somebody("Late Writer", "administrator")
    late.client.send_to_person(reader.id, "Hello")
    found, page = [row.conversation_id for row in first.rows], first
    while page.next is not None:
        page = reader.client.chats(limit=3, cursor=page.next)
        found += [row.conversation_id for row in page.rows]
    assert found == chats[::-1]


def test_the_pages_of_people_hold_each_person_once(agency: Casting) -> None:
    pages = [agency.owner.people(limit=7)]
    while pages[-1].next is not None:
        pages.append(agency.owner.people(limit=7, cursor=pages[-1].next))
    found = [one.id for page in pages for one in page.people]
    assert {len(page.people) for page in pages[:-1]} == {7}
    assert len(found) == len(set(found))
    assert set(found) == {one.id for one in _users(agency) if one.role != "owner"}


def test_the_pages_of_the_portals_users_hold_each_user_once(agency: Casting) -> None:
    found = [one.id for one in _users(agency, limit=7)]
    assert len(found) == len(set(found))
    assert set(found) == {one.id for one in _users(agency, limit=100)}


def _users(agency: Casting, limit: int = 50) -> list[wire_admin.AdminUser]:
    """All active users, page by page."""
    query: dict[str, str | int | bool | None] = {"state": "active", "limit": limit}
    pages = [agency.owner.ask("GET", "/admin/users", None, wire_admin.AdminUsers, query=query)]
    while pages[-1].next is not None:
        query["cursor"] = pages[-1].next
        pages.append(agency.owner.ask("GET", "/admin/users", None, wire_admin.AdminUsers, query=query))
    users = [one for page in pages for one in page.users]
    assert {page.total for page in pages} == {len(users)}
    return users


def test_a_cursor_is_good_for_its_own_list_alone(agency: Casting) -> None:
    reader = agency.somebody("Rita Reader")
    for number in range(2):
        agency.somebody(f"Writer{number} Of", "administrator").client.send_to_person(reader.id, "Hello")
    cursor = reader.client.chats(limit=1).next
    as_problem(reader.browser.request("GET", "/people", params={"cursor": cursor}), 422, "invalid")


# Marking unread.


def test_what_cannot_be_marked_unread_is_refused_at_both_doors(cast: Cast) -> None:
    chat = cast.talk(2)
    cast.expert.client.mark_read(chat, 2)
    before = cast.expert.client.open_chat(chat)
    asked = [
        (cast.outsider, {}, 404, "not_found"),
        (cast.expert, {"seq": 3}, 404, "not_found"),
        (cast.learner, {}, 409, "nothing_to_mark"),
        (cast.expert, {"seq": 0}, 422, "invalid"),
        (cast.expert, {"seq": 2**63}, 422, "invalid"),
        (cast.expert, {"until": 1}, 422, "invalid"),
    ]
    for who, body, status, code in asked:
        as_problem(who.browser.request("PUT", f"/conversations/{chat}/unread", json=body), status, code)
    for who, seq, code in ((cast.outsider, None, "not_found"), (cast.learner, None, "nothing_to_mark")):
        with who.client.connect() as line, pytest.raises(Refusal) as refused:
            line.mark_unread(chat, seq)
        assert refused.value.problem.code == code
    assert cast.expert.client.open_chat(chat) == before
