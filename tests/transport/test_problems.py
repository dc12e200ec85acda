"""Every way to say no is a problem document with a stable code; a rule's refusal names the rule and the remedy."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    ValidationException,
)

from hallway.client import new_key
from hallway.domain.verdicts import EXPLANATIONS, Denial, Refused
from hallway.transport.errors import problem
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import entry as wire_entry
from hallway.usecases.errors import Busy, Conflict, Invalid, NotFound, Problem, SignInFailed, TooMany
from hallway.usecases.transaction import StoreUnavailable
from tests.servers.hallway import Hallway
from tests.transport.cast import PASSWORD, Browser, Cast, Casting, as_problem

NOBODY = "00000000-0000-7000-8000-00000000dead"

FAILURES = [
    (NotFound("course"), 404, "not_found", None),
    (Invalid(Problem("name", "empty", "Write a name.")), 422, "invalid", None),
    (Conflict("login_in_use", "This login is in use."), 409, "login_in_use", None),
    (SignInFailed(), 401, "sign_in_failed", None),
    (TooMany(7), 429, "too_many", 7),
    (Busy(), 503, "busy", 2),
    (StoreUnavailable("gone"), 503, "unavailable", 2),
    (ValidationException("wrong"), 422, "invalid", None),
    (NotAuthorizedException(), 401, "signed_out", None),
    (PermissionDeniedException(), 403, "forbidden", None),
    (NotFoundException(), 404, "not_found", None),
    (MethodNotAllowedException(), 405, "method_not_allowed", None),
    (HTTPException(status_code=418), 418, "refused", None),
    (ZeroDivisionError("nobody foresaw it"), 500, "fault", None),
]


@pytest.mark.parametrize(
    ("failure", "status", "code", "retry_after"), FAILURES, ids=[type(one[0]).__name__ for one in FAILURES]
)
def test_every_failure_has_its_line_in_the_table(
    failure: Exception, status: int, code: str, retry_after: int | None
) -> None:
    document = problem(failure, "id-of-request")
    assert (document.status, document.code, document.retry_after) == (status, code, retry_after)
    assert document.request_id == "id-of-request"
    assert document.type == f"/problems/{code}"
    assert document.detail


@pytest.mark.parametrize("denial", Denial)
def test_every_denial_says_its_rule_and_what_would_change_it(denial: Denial) -> None:
    document = problem(Refused(denial), "-")
    explained = EXPLANATIONS[denial]
    status = 413 if denial is Denial.FILE_TOO_LARGE else 403  # as tus asks for it
    assert (document.status, document.code) == (status, denial.value)
    assert (document.detail, document.rule, document.remedy) == (explained.because, explained.rule, explained.remedy)
    assert explained.rule.startswith("§")
    assert explained.remedy.endswith(".")


def test_what_nobody_foresaw_tells_nothing_of_itself() -> None:
    document = problem(ZeroDivisionError("/secret/place"), "-")
    assert "secret" not in str(document)
    assert "ZeroDivision" not in str(document)


Asking = Callable[[Cast], httpx.Response]


def _message(**more: object) -> dict[str, object]:
    return {"body": "Hello", "key": new_key(), **more}


def _first_message_to(to: Callable[[Cast], str]) -> Asking:
    return lambda cast: cast.learner.browser.request("POST", f"/people/{to(cast)}/messages", json=_message())


def _as_learner(method: str, path: str, **more: Any) -> Asking:
    return lambda cast: cast.learner.browser.request(method, path, **more)


def _signed_out(method: str, path: str, **more: Any) -> Asking:
    return lambda cast: httpx.request(method, f"{cast.academy.address}/api/v1{path}", **more)


JSON = {"Content-Type": "application/json"}

ANSWERS: dict[str, tuple[Asking, int, str]] = {
    "to somebody without a relation": (_first_message_to(lambda cast: cast.outsider.id), 403, "no_relation"),
    "to oneself": (_first_message_to(lambda cast: cast.learner.id), 403, "yourself"),
    "to nobody": (_first_message_to(lambda _: NOBODY), 403, "no_relation"),
    "the portal, by a learner": (_as_learner("GET", "/admin/users"), 403, "not_staff"),
    "without sign-in": (_signed_out("GET", "/me"), 401, "signed_out"),
    "no such conversation": (_as_learner("GET", f"/conversations/{NOBODY}"), 404, "not_found"),
    "no such person": (_as_learner("GET", f"/people/{NOBODY}/conversation"), 404, "not_found"),
    "no such course": (_as_learner("GET", f"/courses/{NOBODY}"), 404, "not_found"),
    "no such token": (_as_learner("DELETE", f"/me/tokens/{NOBODY}"), 404, "not_found"),
    "no such session": (_as_learner("DELETE", f"/me/sessions/{NOBODY}"), 404, "not_found"),
    "no such address": (_as_learner("GET", "/no/such/address"), 404, "not_found"),
    "no such method": (_as_learner("PUT", "/me"), 405, "method_not_allowed"),
    "no JSON": (_as_learner("PATCH", "/me", content=b"{", headers=JSON), 400, "bad_request"),
    "an unknown field": (_as_learner("PATCH", "/me", json={"colour": "red"}), 422, "invalid"),
    "a wrong type": (_as_learner("POST", "/me/tokens", json={"name": 7}), 422, "invalid"),
    "no body": (_as_learner("POST", "/me/tokens"), 422, "invalid"),
    "a limit of none": (_as_learner("GET", "/people?limit=0"), 422, "invalid"),
    "a made-up cursor": (_as_learner("GET", "/conversations?cursor=made-up"), 422, "invalid"),
    "a blank message": (_as_learner("POST", f"/people/{NOBODY}/messages", json=_message(body=" ")), 422, "invalid"),
    "no such time zone": (_as_learner("PATCH", "/me", json={"time_zone": "Mars/Olympus"}), 422, "invalid"),
    "a wrong password": (
        _signed_out("POST", "/session", json={"login": "maya", "password": "wrong"}),
        401,
        "sign_in_failed",
    ),
    "set up a second time": (
        _signed_out("POST", "/set-up", json=dict.fromkeys(wire_entry.SetUp.__struct_fields__, "x" * 12)),
        403,
        "forbidden",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", ANSWERS)
def test_a_refused_request_is_answered_with_its_problem_document(cast: Cast, case: str) -> None:
    ask, status, code = ANSWERS[case]
    document = as_problem(ask(cast), status, code)
    assert document["detail"]
    assert document["request_id"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/me", {"time_zone": "Mars/Olympus"}, "/time_zone"),
        ("/me", {"locale": "tlh"}, "/locale"),
        ("/me", {"colour": "red"}, ""),
    ],
)
def test_an_unusable_field_is_pointed_at(cast: Cast, path: str, body: dict[str, str], pointer: str) -> None:
    document = as_problem(cast.learner.browser.request("PATCH", path, json=body), 422, "invalid")
    assert [one["pointer"] for one in document["errors"]] == [pointer]
    assert document["errors"][0]["message"]


def test_a_refusal_names_rule_and_remedy_and_another_problem_does_not(cast: Cast) -> None:
    refused = as_problem(_first_message_to(lambda one: one.outsider.id)(cast), 403, "no_relation")
    assert (refused["rule"], refused["remedy"]) == ("§3", "You can reply once they write to you.")
    missing = as_problem(cast.learner.browser.request("GET", f"/courses/{NOBODY}"), 404, "not_found")
    assert (missing["rule"], missing["remedy"]) == (None, None)


@pytest.mark.slow
def test_a_wrong_method_is_told_the_right_ones(cast: Cast) -> None:
    refused = cast.learner.browser.request("PUT", "/me")
    assert set(refused.headers["allow"].split(", ")) >= {"GET", "PATCH"}


@pytest.mark.slow
def test_the_request_id_is_in_the_document_and_in_the_header(cast: Cast) -> None:
    first = cast.learner.browser.request("GET", f"/courses/{NOBODY}")
    second = cast.learner.browser.request("GET", f"/courses/{NOBODY}")
    assert first.json()["request_id"] == first.headers["x-request-id"]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_an_unknown_login_and_a_wrong_password_are_answered_alike(academy: Hallway) -> None:
    def attempt(login: str) -> dict[str, Any]:
        answer = httpx.post(f"{academy.address}/api/v1/session", json={"login": login, "password": "wrong"})
        return as_problem(answer, 401, "sign_in_failed") | {"request_id": None}

    assert attempt("maya") == attempt("nobody-of-that-name")
    httpx.post(
        f"{academy.address}/api/v1/session", json={"login": "maya", "password": "hallway-demo"}
    ).raise_for_status()


def test_somebody_deactivated_is_refused_like_somebody_unknown(agency: Casting, academy: Hallway) -> None:
    somebody = agency.somebody("Ida Inactive")
    agency.owner.ask("POST", f"/admin/users/{somebody.id}/deactivate")
    refused = httpx.post(f"{academy.address}/api/v1/session", json={"login": somebody.login, "password": PASSWORD})
    as_problem(refused, 401, "sign_in_failed")
    as_problem(somebody.browser.request("GET", "/me"), 401, "signed_out")
    agency.owner.ask("POST", f"/admin/users/{somebody.id}/activate")
    with Browser(academy.address, somebody.login) as again:
        assert again.request("GET", "/me").status_code == 200


def test_only_the_sender_deletes_for_everyone(cast: Cast) -> None:
    sent = cast.asks()
    path = f"/conversations/{sent.conversation_id}/messages/{sent.seq}/delete-for-everyone"
    refused = as_problem(cast.expert.browser.request("POST", path), 403, "not_your_message")
    assert refused["rule"] == "§7"
    assert cast.expert.client.history(sent.conversation_id).messages[0].body == sent.body
    assert cast.learner.browser.request("POST", path).json()["body"] == ""
    assert cast.expert.client.history(sent.conversation_id).messages[0].body == ""


@pytest.mark.slow
def test_after_the_time_for_it_a_message_stays_for_everyone(own_cast: Cast) -> None:
    sent = own_cast.asks()
    change = wire_admin.SettingsChange(delete_for_everyone_seconds=0)
    own_cast.owner.ask("PATCH", "/admin/settings", change)
    path = f"/conversations/{sent.conversation_id}/messages/{sent.seq}/delete-for-everyone"
    as_problem(own_cast.learner.browser.request("POST", path), 403, "too_late")
    assert own_cast.expert.client.history(sent.conversation_id).messages[0].body == sent.body


@pytest.mark.slow
def test_a_login_in_use_is_a_conflict(cast: Cast, owner: Browser) -> None:
    body = {"name": "Twin", "email": "twin@mail.example", "login": cast.learner.login}
    as_problem(owner.request("POST", "/admin/users", json=body), 409, "login_in_use")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda cast: cast.owner.ask("POST", f"/admin/users/{cast.expert.id}/deactivate"), "other_deactivated"),
        (lambda cast: cast.owner.ask("DELETE", f"/admin/users/{cast.expert.id}"), "other_removed"),
        (
            lambda cast: cast.owner.ask("DELETE", f"/admin/courses/{cast.course.id}/experts/{cast.expert.id}"),
            "other_not_expert",
        ),
        (
            lambda cast: cast.owner.ask("DELETE", f"/admin/courses/{cast.course.id}/enrolled/{cast.learner.id}"),
            "neither_may_write",
        ),
    ],
)
def test_a_chat_that_facts_closed_refuses_with_the_reason_that_it_shows(
    cast: Cast, change: Callable[[Cast], None], code: str
) -> None:
    chat = cast.talk(1)
    change(cast)
    shown = cast.learner.client.open_chat(chat).standing
    assert (shown.is_open, shown.reason) == (False, code)
    refused = cast.learner.browser.request("POST", f"/conversations/{chat}/messages", json=_message())
    document = as_problem(refused, 403, code)
    assert (document["detail"], document["rule"], document["remedy"]) == (shown.because, shown.rule, shown.remedy)
    assert len(cast.learner.client.history(chat).messages) == 1


@pytest.mark.slow
def test_a_file_in_an_uncertain_encoding_is_refused_with_how_each_likely_one_reads_it(cast: Cast) -> None:
    file = "name,email,login\n王小明,wang@mail.example,wang\n".encode("gbk")
    token = cast.owner.ask("POST", "/me/tokens", wire_access_tokens.NewToken("files"), wire_access_tokens.Token).secret
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{cast.academy.address}/api/v1", headers=headers, timeout=30) as http:
        (problem,) = as_problem(http.post("/admin/imports?kind=users", content=file), 422, "invalid")["errors"]
        assert (problem["code"], problem["pointer"]) == ("unknown_encoding", "/file")
        assert problem["values"]["gb18030"] == "王小明,wang@mail.example,wang"
        assert len(problem["values"]) > 1
        taken = http.post("/admin/imports?kind=users&encoding=gb18030", content=file)
        assert taken.status_code == 201, taken.text
