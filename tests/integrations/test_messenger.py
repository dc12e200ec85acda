"""Notices through a messenger: what its server gets, and what becomes of a letter that it does not take."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hallway.notifications.channels.apprise.delivery import AppriseChannel, is_address
from hallway.usecases.notifications.compose import Chat, DeliveryStatus, Notification
from hallway.usecases.notifications.records import NotificationState
from tests.integrations.channels import delivered
from tests.school import ADMIN, LENA, School, dialog
from tests.usecases.conftest import school as school

SITE = "https://hall.example"


class Messenger(ThreadingHTTPServer):
    """A server that takes what Apprise posts to a webhook; `answer` is the status that it says."""

    def __init__(self) -> None:
        """Listen on a free port of the loopback."""
        super().__init__(("127.0.0.1", 0), _Hook)
        self.answer = 200
        self.taken: list[tuple[str, dict[str, Any]]] = []
        threading.Thread(target=self.serve_forever).start()

    @property
    def template(self) -> str:
        """As the setting has it."""
        return f"json://127.0.0.1:{self.server_port}/hook/{{login}}/{{email}}"


class _Hook(BaseHTTPRequestHandler):
    server: Messenger

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, json.loads(content)))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Say nothing."""


@pytest.fixture
def messenger() -> Iterator[Messenger]:
    """It takes everything."""
    server = Messenger()
    yield server
    server.shutdown()
    server.server_close()


def _notification(school: School, *, hides_text: bool = False) -> Notification:
    posted = [school.say(ADMIN, LENA, text).message for text in ("First", "Grüße")]
    account = school.read(lambda tx: tx.accounts.default())
    assert account is not None
    chat = Chat(
        conversation_id=dialog(LENA, ADMIN),
        sender=school.user(ADMIN),
        messages=posted,
        unread=2,
        course_title=None,
        reply_token="token",
    )
    state = NotificationState(
        account_id=account.id, user_id=LENA, conversation_id=chat.conversation_id, target_id="messenger"
    )
    return Notification(
        account=account,
        to=school.user(LENA),
        chats=[chat],
        states=[state],
        hides_text=hides_text,
        unread_chats=1,
        stop_token="s",
        bounce_token="b",
        colour="",
    )


def _told(messenger: Messenger, notification: Notification) -> DeliveryStatus:
    (delivery,) = delivered(AppriseChannel(messenger.template, SITE), [notification])
    return delivery.status


@pytest.mark.slow
def test_it_gets_the_texts_the_sender_and_the_way_to_the_chat(school: School, messenger: Messenger) -> None:
    notification = _notification(school)
    assert _told(messenger, notification) is DeliveryStatus.DELIVERED
    ((path, taken),) = messenger.taken
    assert path == f"/hook/{notification.to.login}/{notification.to.email}"
    assert taken["title"] == f"Message from {school.user(ADMIN).name}"
    assert taken["message"] == f"First\n\nGrüße\n\nOpen chat: {SITE}/messages/{dialog(LENA, ADMIN)}"


def test_it_gets_no_text_of_who_hides_texts(school: School, messenger: Messenger) -> None:
    assert _told(messenger, _notification(school, hides_text=True)) is DeliveryStatus.DELIVERED
    ((_, taken),) = messenger.taken
    assert "First" not in json.dumps(taken)
    assert school.user(ADMIN).name not in json.dumps(taken)
    assert dialog(LENA, ADMIN) in taken["message"]


@pytest.mark.parametrize("answer", [400, 404, 500])
def test_what_it_does_not_take_is_told_later(school: School, messenger: Messenger, answer: int) -> None:
    messenger.answer = answer
    assert _told(messenger, _notification(school)) is DeliveryStatus.LATER


def test_a_messenger_that_is_down_is_told_later(school: School, messenger: Messenger) -> None:
    messenger.shutdown()
    messenger.server_close()
    assert _told(messenger, _notification(school)) is DeliveryStatus.LATER


def test_what_apprise_does_not_know_is_no_address() -> None:
    assert is_address("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/@{login}")
    assert not is_address("pigeon://{login}")
