"""Every operation that changes something for others, or opens a way in, leaves an entry in the audit log.

All operations of the OpenAPI document that are no mere questions are either carried out here, or named with the reason why
nothing is recorded of them here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from hallway.demo.portraits import portrait
from hallway.domain.audit import Action
from tests.servers.hallway import Hallway
from tests.transport.cast import Browser

pytestmark = pytest.mark.slow

DOCUMENT = json.loads((Path(__file__).parents[2] / "client" / "openapi.json").read_text("utf-8"))
NOTHING = "00000000-0000-7000-8000-00000000ffff"

NOT_HERE = {
    "they need mail, or a second administrator: tests/security/test_become_somebody_else.py": {
        "POST /admin/users/{user_id}/sign-in-link/mail",
        "POST /admin/users/{user_id}/sign-in-link/request",
        "POST /admin/link-requests/{request_id}/confirm",
        "DELETE /admin/link-requests/{request_id}",
    },
    "it keeps nothing": {"POST /admin/imports/look"},
    "what was done already is recorded, and nothing more is done": {"POST /admin/bulk-actions/{action_id}/stop"},
    "messages, which are never part of it": {
        "DELETE /conversations/{conversation_id}",
        "POST /conversations/{conversation_id}/messages",
        "DELETE /conversations/{conversation_id}/messages/{seq}",
        "POST /conversations/{conversation_id}/messages/{seq}/delete-for-everyone",
        "PATCH /conversations/{conversation_id}/messages/{seq}",
        "DELETE /conversations/{conversation_id}/messages/{seq}/preview",
        "PUT /conversations/{conversation_id}/messages/{seq}/reactions",
        "POST /conversations/{conversation_id}/messages/{seq}/restore",
        "POST /people/{user_id}/messages",
        "POST /conversations/{conversation_id}/scheduled",
        "POST /people/{user_id}/scheduled",
        "PATCH /scheduled/{scheduled_id}",
        "DELETE /scheduled/{scheduled_id}",
        "POST /scheduled/{scheduled_id}/send",
    },
    "one's own marks, choices and browsers, which open no way in": {
        "PUT /conversations/{conversation_id}/archive",
        "PUT /conversations/{conversation_id}/messages/{seq}/star",
        "DELETE /conversations/{conversation_id}/messages/{seq}/star",
        "PUT /conversations/{conversation_id}/draft",
        "DELETE /conversations/{conversation_id}/draft",
        "PUT /conversations/{conversation_id}/mute",
        "PUT /conversations/{conversation_id}/pin",
        "PUT /conversations/{conversation_id}/read",
        "PUT /conversations/{conversation_id}/unread",
        "PATCH /me",
        "PUT /people/{user_id}/draft",
        "DELETE /me/access-notices/{notice_id}",
        "DELETE /me/bounce",
        "POST /me/browsers",
        "DELETE /me/browsers/{browser_id}",
        "PUT /me/notices",
        "DELETE /stop-mails",
        "POST /stop-mails",
    },
    "they need mail: tests/security/test_mail_a_victim_a_new_password.py": {"POST /password/forgotten"},
    "it looks at a link, and spends nothing": {"POST /password/link"},
    "one's own files, which nobody sees before they are in a message": {
        "POST /uploads",
        "PATCH /uploads/{file_id}",
        "DELETE /uploads/{file_id}",
    },
    "the owner's own checklist": {"PUT /admin/first-steps"},
    "they need a mail that came in, or a job that failed: tests/usecases/test_audit_records.py": {
        "DELETE /admin/mails/{mail_id}",
        "POST /admin/set-aside-jobs/discard",
        "POST /admin/set-aside-jobs/try-again",
    },
    "it needs an installation that is not set up: tests/usecases/test_audit_records.py": {"POST /set-up"},
}


class Walk:
    """Carries out operations one after the other, and knows what each of them left in the log."""

    def __init__(self, academy: Hallway, owner: Browser) -> None:
        """Begin at the newest entry."""
        self.academy = academy
        self.owner = owner
        self.done: set[str] = set()
        self.missing: list[str] = []
        self._seq = max((one["seq"] for one in self._newest()), default=0)

    def _newest(self) -> list[dict[str, Any]]:
        answer = self.owner.request("GET", "/admin/audit?limit=20")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["entries"]
        return found

    def do(self, operation: str, action: Action, ids: dict[str, str] | None = None, **more: Any) -> Any:
        """Carry out an operation of the document, as the owner or as `by`."""
        method, _, path = operation.partition(" ")
        by: Browser = more.pop("by", self.owner)
        answer = by.request(method, path.format_map(ids or {}), **more)
        assert answer.is_success, (operation, answer.text)
        self.note(operation, action)
        return answer.json() if answer.content else None

    def note(self, operation: str, action: Action) -> None:
        """What an operation left."""
        self.done.add(operation)
        entries = [one for one in self._newest() if one["seq"] > self._seq]
        self._seq = max([self._seq, *(one["seq"] for one in entries)])
        if action not in {one["action"] for one in entries}:
            self.missing.append(f"{operation} left no {action}")


@pytest.fixture
def walk(own_academy: Hallway) -> Iterator[Walk]:
    """The owner, at a browser."""
    with Browser(own_academy.address, "ingrid", "hallway-demo") as owner:
        yield Walk(own_academy, owner)


def test_every_operation_that_changes_something_for_others_is_recorded(walk: Walk) -> None:
    person = _people(walk)
    _departments(walk)
    _courses(walk, person)
    _account(walk)
    _entry(walk)
    walk.do("DELETE /admin/users/{user_id}", Action.USER_REMOVED, {"user_id": person})
    assert walk.missing == []
    known = {
        f"{method.upper()} {path.removeprefix('/api/v1')}" for path, of in DOCUMENT["paths"].items() for method in of
    }
    changing = {one for one in known if not one.startswith("GET ")}
    exceptions = {one for those in NOT_HERE.values() for one in those}
    assert changing - walk.done - exceptions == set(), "carry it out in this test, or say why nothing is recorded"
    assert exceptions - changing == set()
    assert exceptions & walk.done == set()


def _people(walk: Walk) -> str:
    new = {"name": "Wanda Walk", "email": "walker@northwind.example", "login": "walker", "role": "learner"}
    person = str(
        walk.do("POST /admin/users", Action.USER_ADDED, json={**new, "password": "a long enough password"})["id"]
    )
    ids = {"user_id": person}
    walk.do("PATCH /admin/users/{user_id}", Action.ROLE_CHANGED, ids, json={"role": "author", "title": "Walker"})
    walk.do("POST /admin/users/{user_id}/deactivate", Action.USER_DEACTIVATED, ids)
    walk.do("POST /admin/users/{user_id}/activate", Action.USER_ACTIVATED, ids)
    _bulk_actions(walk, person)
    picture = portrait("Wanda Walk")
    walk.do("PUT /admin/users/{user_id}/photo", Action.PHOTO_CHANGED, ids, content=picture)
    walk.do("DELETE /admin/users/{user_id}/photo", Action.PHOTO_CHANGED, ids)
    return person


def _bulk_actions(walk: Walk, person: str) -> None:
    body = {"field": "state", "value": "inactive", "user_ids": [person]}
    begun = walk.owner.request("POST", "/admin/bulk-actions", json=body).json()["id"]
    _wait_for_bulk(walk, begun)
    walk.note("POST /admin/bulk-actions", Action.USER_DEACTIVATED)
    undo = walk.owner.request("POST", f"/admin/bulk-actions/{begun}/undo").json()["id"]
    _wait_for_bulk(walk, undo)
    walk.note("POST /admin/bulk-actions/{action_id}/undo", Action.USER_ACTIVATED)
    walk.owner.request("GET", "/admin/users/export")
    walk.note("GET /admin/users/export", Action.USERS_EXPORTED)


def _wait_for_bulk(walk: Walk, action: str) -> None:
    for _ in range(600):
        if walk.owner.request("GET", f"/admin/bulk-actions/{action}").json()["state"] == "done":
            return
        sleep(0.02)
    raise AssertionError(action)


def _departments(walk: Walk) -> None:
    tree = walk.do("POST /admin/departments", Action.DEPARTMENT_ADDED, json={"name": "Walkers"})
    ids = next({"department_id": one["id"]} for one in tree["departments"] if one["name"] == "Walkers")
    walk.do("PATCH /admin/departments/{department_id}", Action.DEPARTMENT_CHANGED, ids, json={"name": "Runners"})
    walk.do("DELETE /admin/departments/{department_id}", Action.DEPARTMENT_REMOVED, ids)


def _courses(walk: Walk, person: str) -> None:
    new = {"title": "Walking", "description": "", "lessons": []}
    ids = {"course_id": walk.do("POST /admin/courses", Action.COURSE_ADDED, json=new)["id"], "user_id": person}
    walk.do("PATCH /admin/courses/{course_id}", Action.COURSE_CHANGED, ids, json={"description": "On foot"})
    walk.do("PUT /admin/courses/{course_id}/enrolled/{user_id}", Action.ENROLLED, ids)
    walk.do("DELETE /admin/courses/{course_id}/enrolled/{user_id}", Action.WITHDRAWN, ids)
    walk.do("PUT /admin/courses/{course_id}/experts/{user_id}", Action.EXPERT_ASSIGNED, ids)
    walk.do("DELETE /admin/courses/{course_id}/experts/{user_id}", Action.EXPERT_UNASSIGNED, ids)
    walk.do("DELETE /admin/courses/{course_id}", Action.COURSE_REMOVED, ids)
    made = walk.do("POST /admin/trainings", Action.TRAINING_ADDED, json={"title": "Walk", "organizer_id": person})
    ids = {"training_id": made["id"], "user_id": person}
    walk.do("PATCH /admin/trainings/{training_id}", Action.TRAINING_CHANGED, ids, json={"title": "Run"})
    walk.do("PUT /admin/trainings/{training_id}/attendees/{user_id}", Action.ATTENDED, ids)
    walk.do("DELETE /admin/trainings/{training_id}/attendees/{user_id}", Action.LEFT, ids)
    walk.do("DELETE /admin/trainings/{training_id}", Action.TRAINING_REMOVED, ids)


def _account(walk: Walk) -> None:
    present = walk.owner.request("GET", "/admin/settings").json()
    other = {"messaging_on": not present["messaging_on"]}
    walk.do("PATCH /admin/settings", Action.ACCOUNT_CHANGED, json=other)
    policy = walk.owner.request("GET", "/admin/notices").json()
    for name in ("channels", "declared"):
        policy.pop(name)
    policy["hides_text"] = not policy["hides_text"]
    walk.do("PUT /admin/notices", Action.NOTIFICATIONS_CHANGED, json=policy)
    upload = "POST /admin/imports"
    sheet = b"title\nSwimming\n"
    answer = walk.owner.request("POST", "/admin/imports?kind=courses&filename=swim.csv", content=sheet)
    walk.note(upload, Action.IMPORT_UPLOADED)
    job = answer.json()["id"]
    _wait(walk, job, "checked")
    walk.owner.request("POST", f"/admin/imports/{job}/apply")
    _wait(walk, job, "applied")
    walk.note("POST /admin/imports/{job_id}/apply", Action.IMPORT_APPLIED)
    walk.owner.request("GET", "/admin/audit/export")
    walk.note("GET /admin/audit/export", Action.AUDIT_EXPORTED)


def _wait(walk: Walk, job: str, state: str) -> None:
    for _ in range(600):
        present = walk.owner.request("GET", f"/admin/imports/{job}").json()["state"]
        if present not in {"checking", "applying"}:
            break
        sleep(0.05)
    assert present == state


def _entry(walk: Walk) -> None:
    address = walk.academy.address
    someone = Browser(address, "walker", "a long enough password")
    walk.note("POST /session", Action.SIGNED_IN)
    wrong = someone.http.post("/session", json={"login": "walker", "password": "a wrong password"})
    assert wrong.status_code == 401
    walk.note("POST /session", Action.SIGN_IN_FAILED)
    token = walk.do("POST /me/tokens", Action.TOKEN_MADE, by=someone, json={"name": "A program"})
    walk.do("DELETE /me/tokens/{token_id}", Action.TOKEN_REVOKED, {"token_id": token["id"]}, by=someone)
    elsewhere = [Browser(address, "walker", "a long enough password") for _ in range(2)]
    other = elsewhere[0].request("GET", "/me/sessions").json()["sessions"][0]["id"]
    walk.note("POST /session", Action.SIGNED_IN)
    walk.do("DELETE /me/sessions/{session_id}", Action.SESSION_ENDED, {"session_id": other}, by=someone)
    walk.do("POST /me/sessions/end-others", Action.SESSION_ENDED, by=someone)
    for one in elsewhere:
        one.http.close()
    change = {"current": "a long enough password", "password": "another long password"}
    someone.csrf = walk.do("PUT /me/password", Action.PASSWORD_CHANGED, by=someone, json=change)["csrf"]
    walk.do("DELETE /session", Action.SIGNED_OUT, by=someone)
    new = {"name": "Nina New", "email": "nina@northwind.example", "login": "nina-new", "role": "learner"}
    added = {"user_id": walk.owner.request("POST", "/admin/users", json=new).json()["id"]}
    walk.do("POST /admin/sign-in-links", Action.LINK_MADE, json={"user_ids": [added["user_id"]]})
    link = walk.do("POST /admin/users/{user_id}/sign-in-link", Action.LINK_MADE, added)
    chosen = {"token": str(link["url"]).rpartition("/")[2], "password": "a third long password"}
    assert someone.http.post("/password", json=chosen).status_code == 200
    walk.note("POST /password", Action.LINK_SPENT)
    demo = someone.http.get("/demo/people").json()[0]["id"]
    assert someone.http.post("/demo/session", json={"user_id": demo}).status_code == 200
    walk.note("POST /demo/session", Action.SIGNED_IN)
    someone.http.close()
