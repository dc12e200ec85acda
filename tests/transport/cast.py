"""A fresh cast in a served academy: an expert, a learner who may ask them, and an outsider who may not."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Self

import httpx

from hallway.client import Client
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire.version import HEADER, PROTOCOL
from tests.servers.hallway import Hallway

PASSWORD = "a long enough password"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A user with the clients that speak for them, all signed in through one session."""

    id: str
    name: str
    login: str
    email: str
    client: Client
    browser: "Browser"


class Browser:
    """What a page's scripts send, one bare request at a time: the cookie, and the word that changes must carry."""

    def __init__(self, address: str, login: str, password: str = PASSWORD) -> None:
        """Sign in."""
        self.address = address
        self.http = httpx.Client(base_url=f"{address}/api/v1", timeout=30, verify=address.startswith("https:"))
        entered = self.http.post("/session", json={"login": login, "password": password})
        assert entered.status_code == 200, entered.text
        self.csrf = str(entered.json()["csrf"])

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request as our own page makes it; `headers` add to that, or replace."""
        headers = {"X-CSRF-Token": self.csrf, HEADER: str(PROTOCOL), "Origin": self.address, **more.pop("headers", {})}
        return self.http.request(method, path, headers=headers, **more)

    def bare(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request with the cookie alone."""
        return self.http.request(method, path, **more)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one test. Nobody else in the academy knows them."""

    academy: Hallway
    owner: Client
    course: wire_admin.AdminCourse
    expert: Somebody
    learner: Somebody
    outsider: Somebody

    def asks(self, text: str = "Is the exit on the left?") -> wire_messages.Message:
        """The learner writes to the expert, first or again."""
        return self.learner.client.send_to_person(self.expert.id, text, course_id=self.course.id)

    def talk(self, messages: int) -> str:
        """A chat of learner and expert with that many messages, "1", "2" and so on; its id."""
        sent = [self.asks(str(number)) for number in range(1, messages + 1)]
        return sent[-1].conversation_id


class Casting:
    """Brings people into an academy, and lets their connections go at the end."""

    def __init__(self, academy: Hallway, owner: Client, exits: ExitStack) -> None:
        """`owner` speaks for the academy's owner."""
        self._academy = academy
        self.owner = owner
        self._exits = exits

    def somebody(self, name: str, role: wire_fields.Role = "learner", **more: Any) -> Somebody:
        """A new user, signed in."""
        login = f"{name.split(maxsplit=1)[0].lower()}-{secrets.token_hex(4)}"
        email = f"{login}@mail.example"
        new = wire_admin.NewUser(
            name=f"{name} {login[-8:]}", email=email, login=login, role=role, password=PASSWORD, **more
        )
        added = self.owner.ask("POST", "/admin/users", new, wire_admin.AdminUser)
        client = self._exits.enter_context(Client(self._academy.address))
        client.sign_in(login, PASSWORD)
        browser = self._exits.enter_context(Browser(self._academy.address, login))
        return Somebody(added.id, added.name, login, email, client, browser)

    def cast(self) -> Cast:
        """Expert, learner and outsider, around a course of their own."""
        expert, learner, outsider = (
            self.somebody("Eva Expert", "author"),
            self.somebody("Lena Learner"),
            self.somebody("Otto Outsider"),
        )
        new = wire_admin.NewCourse("Fire drill", "", ["One"])
        course = self.owner.ask("POST", "/admin/courses", new, wire_admin.AdminCourse)
        self.owner.ask("PUT", f"/admin/courses/{course.id}/experts/{expert.id}")
        self.owner.ask("PUT", f"/admin/courses/{course.id}/enrolled/{learner.id}")
        return Cast(self._academy, self.owner, course, expert, learner, outsider)


def casting(academy: Hallway) -> Iterator[Casting]:
    """People for the academy, for as long as a test runs."""
    with ExitStack() as exits:
        yield Casting(academy, exits.enter_context(academy.client("ingrid")), exits)


def as_problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer's problem document, which must be this one."""
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM), response.text
    document: dict[str, Any] = response.json()
    assert (document["status"], document["code"], document["type"]) == (status, code, f"/problems/{code}")
    return document


def without_request_id(response: httpx.Response) -> tuple[int, str, dict[str, Any]]:
    """All of an answer but what differs from one request to the next, to compare."""
    body: dict[str, Any] = response.json()
    assert body.pop("request_id")
    return response.status_code, response.headers["content-type"], body
