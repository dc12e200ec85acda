"""Pushes and what a push service answers: what it gets, who is forgotten, and what waits for the operator."""

import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hallway.domain.ids import AccountId
from hallway.notifications.channels.web_push import contact
from hallway.notifications.channels.web_push.delivery import LONGEST_PAUSE, WebPushChannel, _pause, _push, new_key
from hallway.settings import Settings
from hallway.usecases.notifications.channels import Target
from hallway.usecases.notifications.compose import Chat, Delivery, DeliveryStatus, Notification
from hallway.usecases.notifications.records import Browser, NotificationState
from tests.integrations.channels import delivered
from tests.school import ADMIN, LENA, SCHOOL, School, dialog, named
from tests.usecases.conftest import school as school

MINUTE = timedelta(minutes=1)


class Service(ThreadingHTTPServer):
    """A push service on the loopback; `answer` is the status, the headers and the body that it says."""

    def __init__(self) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), _Inbox)
        self.answer: tuple[int, Mapping[str, str], bytes] = 201, {}, b""
        self.taken: list[Mapping[str, str]] = []
        threading.Thread(target=self.serve_forever).start()

    @property
    def origin(self) -> str:
        """As the setting has it."""
        return f"http://127.0.0.1:{self.server_port}"


class _Inbox(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append({name.lower(): value for name, value in self.headers.items()})
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    """It takes everything."""
    server = Service()
    yield server
    server.shutdown()
    server.server_close()


def _browser(service: Service) -> Browser:
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    key = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    p256dh, auth = (urlsafe_b64encode(one).decode().rstrip("=") for one in (key, bytes(16)))
    session: Any = named("a session")
    now = datetime.now(UTC)
    return Browser(
        account_id=SCHOOL,
        id=named("phone"),
        user_id=LENA,
        session_id=session,
        endpoint=f"{service.origin}/phone",
        p256dh=p256dh,
        auth=auth,
        name="phone",
        created_at=now,
    )


def _notification(school: School, service: Service) -> Notification:
    posted = school.say(ADMIN, LENA, "When do you come?").message
    account = school.read(lambda tx: tx.accounts.default())
    assert account is not None
    browser = _browser(service)
    chat = Chat(
        conversation_id=dialog(LENA, ADMIN),
        sender=school.user(ADMIN),
        messages=[posted],
        unread=1,
        course_title=None,
        reply_token="",
    )
    state = NotificationState(
        account_id=account.id, user_id=LENA, conversation_id=chat.conversation_id, target_id=browser.target_id
    )
    return Notification(
        account=account,
        to=school.user(LENA),
        chats=[chat],
        states=[state],
        hides_text=False,
        unread_chats=1,
        stop_token="s",
        bounce_token="b",
        colour="",
        target=Target(browser.id, browser),
    )


def _withdrawn(notification: Notification) -> Notification:
    return replace(notification, chats=[], is_quiet=True, title=notification.chats[0].sender.name)


def _pushed(service: Service, notification: Notification, told_contact: str | None = None) -> Delivery:
    key = new_key()

    async def own_key(_: AccountId) -> str:
        return key

    (delivery,) = delivered(WebPushChannel([service.origin], told_contact, own_key), [notification])
    return delivery


# What each push says.


def test_what_is_withdrawn_gives_way_to_something_quiet_and_true(school: School, service: Service) -> None:
    notification = _withdrawn(_notification(school, service))
    partner = school.user(ADMIN).name
    told = _push(notification)
    assert (told.kind, told.quiet, told.title, told.body) == ("read", True, partner, "No unread messages")
    hidden = _push(replace(notification, hides_text=True))
    assert (hidden.title, hidden.body) == (notification.account.name, "No unread messages")


@pytest.mark.parametrize("locale", ["en", "ar", "ru"])
@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_every_push_has_words_to_show(school: School, service: Service, locale: str, is_withdrawn: bool) -> None:
    notification = _notification(school, service)
    notification = replace(notification, to=replace(notification.to, locale=locale))
    told = _push(_withdrawn(notification) if is_withdrawn else notification)
    assert told.title
    assert told.body
    assert (told.language, told.quiet) == (locale, is_withdrawn)


def test_a_quiet_push_is_not_urgent(school: School, service: Service) -> None:
    notification = _notification(school, service)
    _pushed(service, notification)
    _pushed(service, _withdrawn(notification))
    assert [one["urgency"] for one in service.taken] == ["high", "normal"]


# What a push service answers (RFC 8030).


ANSWERS = {
    200: DeliveryStatus.DELIVERED,
    201: DeliveryStatus.DELIVERED,
    202: DeliveryStatus.DELIVERED,
    301: DeliveryStatus.REFUSED,
    400: DeliveryStatus.REFUSED,
    401: DeliveryStatus.REFUSED,
    403: DeliveryStatus.REFUSED,
    404: DeliveryStatus.GONE,
    406: DeliveryStatus.REFUSED,
    408: DeliveryStatus.LATER,
    410: DeliveryStatus.GONE,
    413: DeliveryStatus.REFUSED,
    429: DeliveryStatus.LATER,
    500: DeliveryStatus.LATER,
    503: DeliveryStatus.LATER,
}


def test_only_a_browser_that_is_gone_is_forgotten(school: School, service: Service) -> None:
    notification = _notification(school, service)

    def delivered(status: int) -> DeliveryStatus:
        service.answer = status, {}, b""
        return _pushed(service, notification).status

    assert {one: delivered(one) for one in ANSWERS} == ANSWERS


def test_the_operator_reads_why(school: School, service: Service) -> None:
    service.answer = 403, {"Content-Type": "application/json"}, b'{"reason":"BadJwtToken"}' + b" " * 100_000
    assert _pushed(service, _notification(school, service)).reason == '403 Forbidden: {"reason":"BadJwtToken"}'


def test_what_is_no_push_service_any_more_is_the_operators_to_see(school: School, service: Service) -> None:
    notification = _notification(school, service)
    assert notification.browser is not None
    elsewhere = replace(
        notification,
        target=Target(browser=replace(notification.browser, endpoint="https://push.elsewhere.example/phone")),
    )
    assert _pushed(service, elsewhere).status is DeliveryStatus.REFUSED
    assert service.taken == []


@pytest.mark.parametrize(
    ("asked", "pause"),
    [
        ("120", 2 * MINUTE),
        ("0", timedelta()),
        ("9" * 5_000, LONGEST_PAUSE),
        (format_datetime(datetime(2099, 1, 1, tzinfo=UTC), usegmt=True), LONGEST_PAUSE),
        (format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True), timedelta()),
        ("soon", timedelta()),
        ("-5", timedelta()),
        ("\u0661", timedelta()),
        ("Mon, 99 Jan 99999 99:99:99 GMT", timedelta()),
        ("Mon, 01 Jan 2024 00:00:00 +9999999999999999", timedelta()),
    ],
)
def test_a_service_is_left_alone_for_as_long_as_it_asks(asked: str, pause: timedelta) -> None:
    answer = httpx.Response(429, headers={"Retry-After": asked.encode()})
    assert _pause(answer, datetime.now(UTC)) == pause


def test_a_pause_that_a_service_asks_for_is_told_on(school: School, service: Service) -> None:
    service.answer = 429, {"Retry-After": "120"}, b""
    assert _pushed(service, _notification(school, service)).pause == 2 * MINUTE


# Who we are.


@pytest.mark.parametrize("told_contact", ["mailto:it@academy.example", "https://academy.example", None])
def test_the_signature_has_a_real_contact_or_none(school: School, service: Service, told_contact: str | None) -> None:
    _pushed(service, _notification(school, service), told_contact)
    scheme, _, parts = service.taken[0]["authorization"].partition(" ")
    token = dict(one.strip().split("=", 1) for one in parts.split(","))["t"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (scheme, claims.get("sub")) == ("vapid", told_contact)
    assert service.origin.startswith(claims["aud"])


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (Settings(mail_from="Academy <it@academy.example>"), "mailto:it@academy.example"),
        (Settings(mail_from="it@bücher.example"), "mailto:it@xn--bcher-kva.example"),
        (Settings(mail_from="it@localhost", public_url="https://academy.example/"), "https://academy.example"),
        (Settings(mail_from="it@mail.local"), None),
        (Settings(public_url="https://academy.example"), "https://academy.example"),
        (Settings(public_url="http://academy.example"), None),
        (Settings(public_url="https://localhost:8080"), None),
        (Settings(public_url="https://192.168.1.7"), None),
        (Settings(), None),
    ],
)
def test_no_contact_is_invented(settings: Settings, found: str | None) -> None:
    assert contact(settings) == found
