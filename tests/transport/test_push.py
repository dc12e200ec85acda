"""Pushes with the real server and a push service that deciphers them as a browser would."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hallway.client import Client, Refusal
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import notifications as wire_notifications
from tests.servers.hallway import Hallway, demo_academy
from tests.servers.push import PushService

pytestmark = [pytest.mark.xdist_group("push service"), pytest.mark.slow]


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """The service of a browser's maker."""
    started = PushService()
    yield started
    started.remove()


@dataclass(slots=True)
class Phone:
    """Maya's browser, and Priya who writes to her."""

    academy: Hallway
    service: PushService
    priya: Client
    maya: Client
    subscription: dict[str, Any]

    def write(self, text: str) -> str:
        """Priya writes to Maya; the id of their chat."""
        return self.priya.send_to_person(self.maya.me().person.id, text).conversation_id

    def pushed(self, count: int) -> list[dict[str, Any]]:
        """What came, once it is so many."""
        return [json.loads(one) for one in self.service.pushed(self.subscription, count)]

    def browsers(self) -> list[wire_notifications.Browser]:
        """Those that Maya is told on."""
        return self.maya.ask("GET", "/me/notices", None, wire_notifications.Notices).browsers


def sign_up(client: Client, subscription: dict[str, Any]) -> wire_notifications.Notices:
    """As the page does."""
    keys = subscription["keys"]
    wanted = wire_notifications.SignUp(subscription["endpoint"], keys["p256dh"], keys["auth"], "Firefox, Android")
    return client.ask("POST", "/me/browsers", wanted, wire_notifications.Notices)


@pytest.fixture
def phone(built_academy: Path, tmp_path: Path, service: PushService) -> Iterator[Phone]:
    """Signed up, with nothing unread."""
    academy = demo_academy(tmp_path, built=built_academy, push_services=service.origin)
    with academy.client("priya") as priya, academy.client("maya") as maya:
        for row in maya.chats().rows:
            maya.mark_read(row.conversation_id, row.last_seq)
        key = maya.ask("GET", "/me/notices", None, wire_notifications.Notices).push_key
        subscription = service.subscribe(key or "")
        (browser,) = sign_up(maya, subscription).browsers
        assert (browser.name, browser.mine) == ("Firefox, Android", True)
        yield Phone(academy, service, priya, maya, subscription)
    academy.stop()


def test_a_message_is_pushed_and_taken_back_when_it_is_read_elsewhere(phone: Phone) -> None:
    chat = phone.write("When do you come? ёжик")
    (told,) = phone.pushed(1)
    expected = {"kind": "message", "chat": chat, "unread": 1, "title": "Priya Raman", "body": "When do you come? ёжик"}
    assert told == {**expected, "language": "en", "direction": "ltr", "quiet": False}
    phone.maya.mark_read(chat, phone.maya.open_chat(chat).row.last_seq)
    taken_back = phone.pushed(2)[-1]
    quiet = {"kind": "read", "chat": chat, "unread": 0, "title": "Priya Raman", "body": "No unread messages"}
    assert taken_back == {**quiet, "language": "en", "direction": "ltr", "quiet": True}


def test_who_hides_texts_is_told_only_that_there_is_one(phone: Phone) -> None:
    phone.maya.ask(
        "PUT", "/me/notices", wire_notifications.ChooseNotices(choices=[], hides_text=True), wire_notifications.Notices
    )
    phone.write("A secret")
    (told,) = phone.pushed(1)
    assert (told["title"], told["body"]) == ("Northwind Academy", "You have a new message")


def test_a_browser_that_is_gone_is_forgotten(phone: Phone) -> None:
    phone.service.expire(phone.subscription)
    phone.write("Are you there?")
    while phone.browsers():
        pass


def test_signing_out_ends_the_pushes(phone: Phone) -> None:
    phone.maya.sign_out()
    phone.maya.sign_in("maya", "hallway-demo")
    assert phone.browsers() == []


def test_a_muted_chat_is_not_pushed(phone: Phone) -> None:
    chat = phone.write("First")
    phone.pushed(1)
    phone.maya.ask("PUT", f"/conversations/{chat}/mute", wire_conversations.Mute(True))
    assert phone.maya.open_chat(chat).row.muted
    phone.write("Second")
    with phone.academy.client("samuel") as samuel:
        samuel.send_to_person(phone.maya.me().person.id, "From elsewhere")
    assert [one["body"] for one in phone.pushed(2)] == ["First", "From elsewhere"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:5432/",
        "http://localhost.evil.example/",
        "https://user@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://evil.example\\.push.apple.com/x",
    ],
)
def test_nothing_is_sent_where_no_push_service_is(phone: Phone, endpoint: str) -> None:
    with pytest.raises(Refusal) as refused:
        sign_up(phone.maya, {**phone.subscription, "endpoint": endpoint})
    assert [one.code for one in refused.value.problem.errors] == ["no_push_service"]
