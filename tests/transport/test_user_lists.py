"""The list of users at the door: sorted pages, many changed at once, and files that calculate nothing."""

import csv
import io
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest
from openpyxl import load_workbook

from hallway.transport.http.admin_user_files import XLSX
from tests.servers.hallway import Hallway
from tests.transport.cast import Browser, as_problem

Json = dict[str, Any]
ORDERS = ["name", "login", "email", "role", "department", "status", "seen", "created"]
NOBODY = "00000000-0000-7000-8000-00000000ffff"


@pytest.fixture
def owner(academy: Hallway) -> Iterator[Browser]:
    """The owner, at a browser."""
    with Browser(academy.address, "ingrid", "hallway-demo") as browser:
        yield browser


def _add(owner: Browser, name: str, **more: Any) -> Json:
    login = f"many-{secrets.token_hex(4)}"
    new = {"name": name, "email": f"{login}@mail.example", "login": login, **more}
    answer = owner.request("POST", "/admin/users", json=new)
    assert answer.status_code == 201, answer.text
    added: Json = answer.json()
    return added


def _done(owner: Browser, begun: Any) -> Json:
    """The action once it was carried out."""
    assert begun.status_code == 202, begun.text
    deadline = monotonic() + 30
    while (action := owner.request("GET", f"/admin/bulk-actions/{begun.json()['id']}").json())["state"] != "done":
        assert monotonic() < deadline
        sleep(0.05)
    found: Json = action
    return found


def _user(owner: Browser, user_id: str) -> Json:
    found: Json = owner.request("GET", f"/admin/users/{user_id}").json()
    return found


@pytest.mark.slow("login", "email", "role", "department", "created")
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ORDERS)
def test_small_pages_hold_everybody_once(owner: Browser, sort: str, *, descending: bool) -> None:
    query: Json = {"sort": sort, "descending": descending, "limit": 7}
    found: list[str] = []
    page: Json = {"next": ""}
    while page["next"] is not None:
        page = owner.request("GET", "/admin/users", params={**query, "cursor": page["next"]}).json()
        found += [one["id"] for one in page["users"]]
    assert len(found) == len(set(found)) == page["total"]


def test_a_cursor_belongs_to_its_order(owner: Browser) -> None:
    by_role = owner.request("GET", "/admin/users", params={"sort": "role", "limit": 1}).json()["next"]
    for wrong in ({"sort": "name"}, {"sort": "role", "descending": True}):
        refused = owner.request("GET", "/admin/users", params={**wrong, "cursor": by_role})
        assert as_problem(refused, 422, "invalid")["errors"][0]["code"] == "not_a_cursor"


@pytest.mark.parametrize(
    "value", ['["name",false,5,', '["role",false,"x",', '["created",false,"x",', '["seen",false,-2,']
)
def test_a_forged_cursor_is_no_fault(owner: Browser, value: str) -> None:
    cursor = urlsafe_b64encode(f'{value}"{NOBODY}"]'.encode()).decode().rstrip("=")
    sort = value.split('"')[1]
    as_problem(owner.request("GET", "/admin/users", params={"sort": sort, "cursor": cursor}), 422, "invalid")


def test_somebody_s_state_says_how_far_they_have_come(owner: Browser) -> None:
    nora = _add(owner, "Nora New")
    assert (nora["status"], nora["seen_at"], nora["link_expires_at"]) == ("not_invited", None, None)
    assert nora["created_at"]
    assert owner.request("POST", f"/admin/users/{nora['id']}/sign-in-link").status_code == 201
    invited = _user(owner, nora["id"])
    assert invited["status"] == "invited"
    assert invited["link_expires_at"]
    listed = owner.request("GET", "/admin/users", params={"q": nora["login"], "status": "invited"}).json()
    assert [one["id"] for one in listed["users"]] == [nora["id"]]
    assert listed["counts"]["invited"] == listed["counts"]["never_seen"] == 1
    assert owner.request("GET", "/admin/users", params={"q": "ingrid", "never_seen": True}).json()["total"] == 0


def test_many_are_changed_and_given_back(owner: Browser) -> None:
    mark = f"Bulk {secrets.token_hex(4)}"
    people = [_add(owner, f"{mark} {number}")["id"] for number in range(4)]
    body = {"field": "state", "value": "inactive", "chosen": {"q": mark}, "expected": 4}
    done = _done(owner, owner.request("POST", "/admin/bulk-actions", json=body))
    assert (done["total"], done["changed"], done["refused"], done["may_undo"]) == (4, 4, 0, True)
    assert {_user(owner, one)["status"] for one in people} == {"deactivated"}
    undone = _done(owner, owner.request("POST", f"/admin/bulk-actions/{done['id']}/undo"))
    assert (undone["changed"], undone["is_undo"], undone["may_undo"]) == (4, True, False)
    assert {_user(owner, one)["state"] for one in people} == {"active"}


def test_who_may_not_be_changed_is_named_with_the_reason(owner: Browser) -> None:
    me, nora = owner.request("GET", "/me").json()["person"]["id"], _add(owner, "Nora New")["id"]
    body = {"field": "role", "value": "author", "user_ids": [nora, nora, me, NOBODY]}
    done = _done(owner, owner.request("POST", "/admin/bulk-actions", json=body))
    assert (done["total"], done["changed"], done["refused"]) == (3, 1, 2)
    assert [one["person"]["id"] for one in done["refusals"]] == [me]
    assert "owner" in done["refusals"][0]["reason"]
    assert _user(owner, nora)["role"] == "author"


def test_invitations_to_many_are_an_action_too_and_one_that_is_done_stays_so_when_it_is_stopped(owner: Browser) -> None:
    mark = f"Newcomer {secrets.token_hex(4)}"
    people = {_add(owner, f"{mark} {number}")["id"] for number in range(2)}
    chosen = {"q": mark, "state": "active", "has_come_in": False}
    done = _done(owner, owner.request("POST", "/admin/bulk-actions", json={"field": "invitation", "chosen": chosen}))
    assert (done["total"], done["refused"], done["may_undo"]) == (2, 2, False), "no mail is set up here"
    assert {(one["person"]["id"], one["code"]) for one in done["refusals"]} == {
        (one, "no_mail_reaches") for one in people
    }
    assert owner.request("POST", f"/admin/bulk-actions/{done['id']}/stop").json() == done
    came_in = {"field": "invitation", "chosen": {**chosen, "has_come_in": True}}
    as_problem(owner.request("POST", "/admin/bulk-actions", json=came_in), 422, "invalid")
    as_problem(owner.request("POST", f"/admin/bulk-actions/{NOBODY}/stop"), 404, "not_found")


def test_a_list_that_has_changed_is_looked_at_again(owner: Browser) -> None:
    body = {"field": "state", "value": "inactive", "chosen": {"q": "nobody is called this"}, "expected": 3}
    as_problem(owner.request("POST", "/admin/bulk-actions", json=body), 409, "other_people")
    for wrong in ({**body, "user_ids": [NOBODY]}, {"field": "state", "value": "inactive"}):
        as_problem(owner.request("POST", "/admin/bulk-actions", json=wrong), 422, "invalid")


def test_it_is_staff_s_alone_and_one_s_own(owner: Browser, academy: Hallway) -> None:
    nora = _add(owner, "Nora New")["id"]
    body = {"field": "state", "value": "inactive", "user_ids": [nora]}
    done = _done(owner, owner.request("POST", "/admin/bulk-actions", json=body))
    with Browser(academy.address, "maya", "hallway-demo") as maya:
        as_problem(maya.request("POST", "/admin/bulk-actions", json=body), 403, "not_staff")
        as_problem(maya.request("GET", "/admin/users/export"), 403, "not_staff")
        as_problem(maya.request("GET", f"/admin/bulk-actions/{done['id']}"), 403, "not_staff")
    with Browser(academy.address, "samuel", "hallway-demo") as other:
        as_problem(other.request("POST", f"/admin/bulk-actions/{done['id']}/undo"), 404, "not_found")


AWKWARD = ['=HYPERLINK("x")', "+1 234", "-1", "@SUM(A1)", "\uff1dwide", 'He said "hi", twice', "Zoë ليلى 💡"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_what_is_filtered_and_calculates_nothing(owner: Browser, kind: str) -> None:
    mark = secrets.token_hex(4)
    for title in AWKWARD:
        _add(owner, f"Export {mark}", title=title)
    answer = owner.request(
        "GET", "/admin/users/export", params={"q": f"export {mark}", "format": kind, "sort": "created"}
    )
    assert answer.status_code == 200, answer.text
    assert f'filename="users.{kind}"' in answer.headers["content-disposition"]
    head, *lines = _cells(answer.content, kind)
    assert head[:5] == ["name", "email", "login", "role", "title"]
    titles = [line[4] for line in lines]
    assert titles == [f"'{one}" if place < 5 else one for place, one in enumerate(AWKWARD)]
    (entry,) = owner.request("GET", "/admin/audit", params={"group": "export", "limit": 1}).json()["entries"]
    assert entry["action"] == "export.users"
    assert entry["after"]["users"] == len(AWKWARD)
    assert mark not in str(entry)


def _cells(content: bytes, kind: str) -> list[list[str]]:
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(content))
    assert all(cell.data_type == "s" or cell.value is None for row in book.active for cell in row)  # type: ignore[union-attr]
    return [[str(value or "") for value in row] for row in book.active.iter_rows(values_only=True)]  # type: ignore[union-attr]


def test_a_workbook_says_what_it_is(owner: Browser) -> None:
    answer = owner.request("GET", "/admin/users/export", params={"format": "xlsx"})
    assert answer.headers["content-type"].startswith(XLSX)
    assert answer.content.startswith(b"PK")


def test_departments_count_those_below(owner: Browser) -> None:
    mark = secrets.token_hex(4)
    top = _department(owner, f"Top {mark}", None)
    below = _department(owner, f"Below {mark}", top)
    _add(owner, "Nora New", department_id=below)
    _add(owner, "Otto Other", department_id=top)
    tree = owner.request("GET", "/admin/departments").json()["departments"]
    assert {one["id"]: one["members"] for one in tree if one["id"] in {top, below}} == {top: 2, below: 1}


def _department(owner: Browser, name: str, parent_id: str | None) -> str:
    tree = owner.request("POST", "/admin/departments", json={"name": name, "parent_id": parent_id}).json()
    return next(str(one["id"]) for one in tree["departments"] if one["name"] == name)
