"""What is not yours is answered exactly like what is not there, and nobody's address goes to those who may not see it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from hallway.client import Refusal, new_key
from hallway.transport.wire import problems as wire_problems
from tests.servers.hallway import Hallway
from tests.transport.cast import Browser, Cast, Somebody, as_problem, without_request_id

NOBODY = "00000000-0000-7000-8000-00000000dead"
"""An id like any other, of nothing."""

REQUESTS: list[tuple[str, str, dict[str, object] | None]] = [
    ("GET", "/conversations/{chat}", None),
    ("GET", "/conversations/{chat}/row", None),
    ("GET", "/conversations/{chat}/messages", None),
    ("GET", "/conversations/{chat}/messages?before=2&limit=1", None),
    ("GET", "/conversations/{chat}/changes?rev=0&own_rev=0", None),
    ("PUT", "/conversations/{chat}/read", {"seq": 1}),
    ("POST", "/conversations/{chat}/messages", {"body": "Let me in", "key": "key-of-an-outsider"}),
    ("POST", "/conversations/{chat}/messages", {"body": "Is it the exit?", "key": "key-of-the-learner"}),
    ("DELETE", "/conversations/{chat}/messages/1", None),
    ("POST", "/conversations/{chat}/messages/1/restore", None),
    ("POST", "/conversations/{chat}/messages/1/delete-for-everyone", None),
    ("DELETE", "/conversations/{chat}", None),
]


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_a_chat_of_others_is_answered_like_one_that_is_not_there(
    cast: Cast, owner: Browser, method: str, path: str, body: dict[str, object] | None
) -> None:
    """The role of the owner opens nobody's chats either."""
    sent = cast.learner.client.send_to_person(cast.expert.id, "Is it the exit?", key="key-of-the-learner")
    before = cast.learner.client.open_chat(sent.conversation_id), cast.expert.client.open_chat(sent.conversation_id)
    for stranger in (cast.outsider.browser, owner):
        theirs = stranger.request(method, path.format(chat=sent.conversation_id), json=body)
        nothing = stranger.request(method, path.format(chat=NOBODY), json=body)
        assert without_request_id(theirs) == without_request_id(nothing)
        as_problem(theirs, 404, "not_found")
    after = cast.learner.client.open_chat(sent.conversation_id), cast.expert.client.open_chat(sent.conversation_id)
    assert after == before


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_a_member_is_answered_otherwise(cast: Cast, method: str, path: str, body: dict[str, object] | None) -> None:
    sent = cast.learner.client.send_to_person(cast.expert.id, "Is it the exit?", key="key-of-the-learner")
    answer = cast.learner.browser.request(method, path.format(chat=sent.conversation_id), json=body)
    assert answer.is_success


def test_who_somebody_is_goes_to_those_with_a_chat_or_a_question_and_for_others_nobody_is_there(cast: Cast) -> None:
    details = f"/people/{cast.expert.id}/details"
    told = cast.learner.browser.request("GET", details).json()
    assert told["person"]["name"] == cast.expert.name
    assert [(one["course"]["id"], one["part"]) for one in told["courses"]] == [(cast.course.id, "expert")]
    assert [one["since"] for one in told["courses"]] != [None]
    assert (told["office"], told["since"]) == (None, None)
    assert cast.expert.email not in str(told)
    theirs = cast.outsider.browser.request("GET", details)
    assert without_request_id(theirs) == without_request_id(
        cast.outsider.browser.request("GET", f"/people/{NOBODY}/details")
    )
    as_problem(theirs, 404, "not_found")
    back = f"/people/{cast.learner.id}/details"
    as_problem(cast.expert.browser.request("GET", back), 404, "not_found")
    asked = cast.asks()
    answered = cast.expert.browser.request("GET", back).json()
    assert [(one["part"], one["since"]) for one in answered["courses"]] == [("learner", None)]
    assert answered["since"] is not None
    assert asked.seq == 1


def test_the_socket_answers_an_outsider_like_one_who_asks_for_nothing(cast: Cast) -> None:
    chat = cast.talk(1)
    with cast.outsider.client.connect() as line:

        def problems(conversation_id: str) -> list[wire_problems.ProblemDocument]:
            found: list[wire_problems.ProblemDocument] = []
            for ask in (
                lambda: line.send(conversation_id, "Let me in"),
                lambda: line.read(conversation_id, 1),
                lambda: line.sync(conversation_id, rev=0, own_rev=0),
            ):
                with pytest.raises(Refusal) as refused:
                    ask()
                found.append(refused.value.problem)
            return found

        theirs = problems(chat)
        assert theirs == problems(NOBODY)
        assert [one.code for one in theirs] == ["not_found"] * 3


def test_a_message_that_i_cleared_is_not_there_for_me_and_still_for_the_other(cast: Cast) -> None:
    chat = cast.talk(2)
    cast.learner.client.delete_chat(chat)
    cleared = cast.learner.browser.request("DELETE", f"/conversations/{chat}/messages/1")
    beyond = cast.learner.browser.request("DELETE", f"/conversations/{chat}/messages/99")
    assert without_request_id(cleared) == without_request_id(beyond)
    as_problem(cleared, 404, "not_found")
    assert cast.expert.browser.request("DELETE", f"/conversations/{chat}/messages/1").status_code == 204


def test_a_course_of_others_is_answered_like_one_that_is_not_there(cast: Cast) -> None:
    theirs = cast.outsider.browser.request("GET", f"/courses/{cast.course.id}")
    nothing = cast.outsider.browser.request("GET", f"/courses/{NOBODY}")
    assert without_request_id(theirs) == without_request_id(nothing)
    assert cast.learner.browser.request("GET", f"/courses/{cast.course.id}").json()["title"] == "Fire drill"


def test_a_person_whom_i_may_not_write_to_is_answered_like_one_who_is_not_there(cast: Cast) -> None:
    browser = cast.learner.browser
    for path in ("/people/{person}/conversation", "/people/{person}/conversation?course_id=" + cast.course.id):
        theirs = browser.request("GET", path.format(person=cast.outsider.id))
        nothing = browser.request("GET", path.format(person=NOBODY))
        assert without_request_id(theirs) == without_request_id(nothing)
        as_problem(theirs, 404, "not_found")
    written = browser.request("POST", f"/people/{cast.outsider.id}/messages", json={"body": "Hi", "key": new_key()})
    unknown = browser.request("POST", f"/people/{NOBODY}/messages", json={"body": "Hi", "key": new_key()})
    assert without_request_id(written) == without_request_id(unknown)
    assert browser.request("GET", f"/people/{cast.expert.id}/conversation").status_code == 200


def test_people_search_finds_those_whom_i_may_write_to_and_no_one_else(cast: Cast) -> None:
    assert [one.id for one in cast.learner.client.people().people] == [cast.expert.id]
    assert cast.learner.client.people(cast.outsider.name).people == []
    assert cast.outsider.client.people().people == []
    assert [one.id for one in cast.owner.people(cast.outsider.name).people] == [cast.outsider.id]


def test_the_search_in_my_list_looks_into_my_messages_alone(cast: Cast) -> None:
    chat = cast.talk(1)
    cast.asks("Where is the assembly point?")
    assert [row.conversation_id for row in cast.learner.client.chats("assembly point").rows] == [chat]
    assert cast.outsider.client.chats("assembly point").rows == []


# E-mail addresses.


def _texts(found: Any) -> Iterator[str]:
    """Every key and text anywhere in a payload."""
    if isinstance(found, dict):
        for key, one in found.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(found, list):
        for one in found:
            yield from _texts(one)
    else:
        yield str(found)


ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def _addresses(found: Any) -> set[str]:
    return {match.group() for text in _texts(found) for match in ADDRESS.finditer(text)}


def _everything_a_learner_gets(reader: Somebody, cast: Cast, chat: str) -> Iterator[tuple[str, httpx.Response]]:
    paths = [
        "/entry",
        "/demo/people",
        "/me",
        "/me/tokens",
        "/me/sessions",
        "/people",
        "/people?q=eva&limit=100",
        "/conversations",
        "/conversations?unread=true",
        "/conversations?q=exit",
        f"/conversations/{chat}",
        f"/conversations/{chat}/row",
        f"/conversations/{chat}/messages",
        f"/conversations/{chat}/changes",
        f"/people/{cast.expert.id}/conversation?course_id={cast.course.id}",
        "/courses",
        f"/courses/{cast.course.id}",
    ]
    for path in paths:
        yield path, reader.browser.request("GET", path)
    yield "read", reader.browser.request("PUT", f"/conversations/{chat}/read", json={"seq": 1})
    sent = reader.browser.request("POST", f"/conversations/{chat}/messages", json={"body": "Hi", "key": new_key()})
    yield "send", sent
    address = f"/conversations/{chat}/messages/{sent.json()['message']['seq']}/delete-for-everyone"
    yield "delete", reader.browser.request("POST", address)


def test_a_learner_gets_no_address_but_their_own(cast: Cast) -> None:
    chat = cast.asks().conversation_id
    cast.expert.client.send(chat, "On the left.")
    for name, answer in _everything_a_learner_gets(cast.learner, cast, chat):
        assert answer.is_success, name
        assert _addresses(answer.json()) == ({cast.learner.email} if name == "/me" else set()), name


def test_no_frame_of_a_learners_socket_holds_an_address(cast: Cast) -> None:
    chat = cast.talk(1)
    with cast.learner.client.connect() as line:
        cast.expert.client.send(chat, "On the left.")
        cast.expert.client.mark_read(chat, 1)
        frames: list[object] = [line.welcome, line.send(chat, "Thank you"), line.sync(chat, rev=0, own_rev=0)]
        frames += [line.next_frame() for _ in range(2)]
    payload = msgspec.to_builtins(frames)
    assert "On the left." in set(_texts(payload))
    assert _addresses(payload) == set()


def test_the_demos_own_learners_get_no_address_either(academy: Hallway) -> None:
    with Browser(academy.address, "maya", "hallway-demo") as maya:
        for path in ("/people?limit=100", "/conversations", "/courses"):
            answer = maya.request("GET", path)
            assert _addresses(answer.json()) == set(), path
            assert all(answer.json()[part] for part in ("people", "rows", "courses") if part in answer.json()), path


def test_staff_see_addresses_in_the_portal_which_is_closed_to_others(cast: Cast, owner: Browser) -> None:
    path = f"/admin/users/{cast.learner.id}"
    assert _addresses(owner.request("GET", path).json()) == {cast.learner.email}
    refused = cast.outsider.browser.request("GET", path)
    as_problem(refused, 403, "not_staff")
    assert _addresses(refused.json()) == set()


PORTAL: list[tuple[str, str]] = [
    ("GET", "/admin/users"),
    ("POST", "/admin/users"),
    ("GET", "/admin/users/{id}"),
    ("PATCH", "/admin/users/{id}"),
    ("DELETE", "/admin/users/{id}"),
    ("POST", "/admin/users/{id}/deactivate"),
    ("POST", "/admin/users/{id}/activate"),
    ("GET", "/admin/users/{id}/sign-in-link"),
    ("POST", "/admin/users/{id}/sign-in-link"),
    ("POST", "/admin/users/{id}/sign-in-link/mail"),
    ("POST", "/admin/users/{id}/sign-in-link/request"),
    ("GET", "/admin/newcomers"),
    ("POST", "/admin/sign-in-links"),
    ("GET", "/admin/first-steps"),
    ("PUT", "/admin/first-steps"),
    ("GET", "/admin/link-requests"),
    ("POST", "/admin/link-requests/{id}/confirm"),
    ("DELETE", "/admin/link-requests/{id}"),
    ("PUT", "/admin/users/{id}/photo"),
    ("DELETE", "/admin/users/{id}/photo"),
    ("POST", "/admin/bulk-actions"),
    ("GET", "/admin/bulk-actions/{id}"),
    ("POST", "/admin/bulk-actions/{id}/stop"),
    ("POST", "/admin/bulk-actions/{id}/undo"),
    ("GET", "/admin/departments"),
    ("POST", "/admin/departments"),
    ("PATCH", "/admin/departments/{id}"),
    ("DELETE", "/admin/departments/{id}"),
    ("GET", "/admin/courses"),
    ("POST", "/admin/courses"),
    ("GET", "/admin/courses/{id}"),
    ("PATCH", "/admin/courses/{id}"),
    ("DELETE", "/admin/courses/{id}"),
    ("GET", "/admin/courses/{id}/enrolled"),
    ("PUT", "/admin/courses/{id}/enrolled/{id}"),
    ("DELETE", "/admin/courses/{id}/enrolled/{id}"),
    ("PUT", "/admin/courses/{id}/experts/{id}"),
    ("DELETE", "/admin/courses/{id}/experts/{id}"),
    ("GET", "/admin/trainings"),
    ("POST", "/admin/trainings"),
    ("PATCH", "/admin/trainings/{id}"),
    ("DELETE", "/admin/trainings/{id}"),
    ("PUT", "/admin/trainings/{id}/attendees/{id}"),
    ("DELETE", "/admin/trainings/{id}/attendees/{id}"),
    ("GET", "/admin/settings"),
    ("PATCH", "/admin/settings"),
    ("POST", "/admin/imports?kind=users"),
    ("POST", "/admin/imports/look?kind=users"),
    ("GET", "/admin/imports/template?kind=users"),
    ("GET", "/admin/notices"),
    ("PUT", "/admin/notices"),
    ("GET", "/admin/mails"),
    ("DELETE", "/admin/mails/{id}"),
    ("GET", "/admin/set-aside-jobs"),
    ("POST", "/admin/set-aside-jobs/try-again"),
    ("POST", "/admin/set-aside-jobs/discard"),
    ("GET", "/admin/audit"),
]
BODIES: dict[str, dict[str, object]] = {
    "/admin/notices": {"choices": [], "hides_text": False, "mail_after_minutes": 10},
    "/admin/users": {"name": "Mallory", "email": "mallory@mail.example", "login": "mallory", "role": "administrator"},
    "/admin/bulk-actions": {"field": "state", "value": "inactive", "user_ids": [NOBODY]},
    "/admin/departments": {"name": "Mallory's"},
    "/admin/courses": {"title": "Mallory's"},
    "/admin/set-aside-jobs/try-again": {"kind": "notification", "subject": NOBODY},
    "/admin/set-aside-jobs/discard": {"kind": "notification", "subject": NOBODY},
    "/admin/trainings": {"title": "Mallory's", "organizer_id": NOBODY},
    "/admin/sign-in-links": {"user_ids": [NOBODY]},
    "/admin/first-steps": {"is_dismissed": True},
}


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), PORTAL)
def test_the_whole_portal_is_closed_to_a_learner(cast: Cast, method: str, path: str) -> None:
    has_body = method in {"POST", "PATCH"} or (method == "PUT" and path in BODIES)
    body = BODIES.get(path, {}) if has_body else None
    as_problem(cast.learner.browser.request(method, path.format(id=NOBODY), json=body), 403, "not_staff")
    asked = httpx.request(method, f"{cast.academy.address}/api/v1{path.format(id=NOBODY)}", json=body)
    as_problem(asked, 401, "signed_out")


def test_no_line_of_the_portals_map_is_missing_above(academy: Hallway) -> None:
    paths = httpx.get(f"{academy.address}/api/openapi.json").json()["paths"]
    portal = {(method.upper(), path) for path, item in paths.items() if "/admin/" in path for method in item}
    told = {(method, re.sub(r"\?.*", "", path)) for method, path in PORTAL}
    shown = {(method, re.sub(r"\{\w+\}", "{id}", path.removeprefix("/api/v1"))) for method, path in portal}
    assert shown - told == {("GET", "/admin/imports/{id}"), ("POST", "/admin/imports/{id}/apply")}
    assert told <= shown


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("POST", "/apply")])
def test_the_import_of_another_is_answered_like_one_that_is_not_there(
    cast: Cast, owner: Browser, method: str, path: str
) -> None:
    file = b"name,email,login\nNina New,nina@mail.example,nina\n"
    job = owner.request("POST", "/admin/imports?kind=users&filename=a.csv", content=file).json()["id"]
    for stranger in (cast.learner.browser, cast.outsider.browser):
        theirs = stranger.request(method, f"/admin/imports/{job}{path}")
        nothing = stranger.request(method, f"/admin/imports/{NOBODY}{path}")
        assert without_request_id(theirs) == without_request_id(nothing)
    assert owner.request("GET", f"/admin/imports/{job}").json()["filename"] == "a.csv"
