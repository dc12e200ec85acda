"""Notices to browsers and phones: Web Push (RFC 8030), encrypted for the browser (RFC 8291), signed by us (RFC 8292)."""

import asyncio
import time
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from io import BytesIO
from typing import Any

import httpx
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import AnyHttpUrl, ValidationError
from webpush import WebPush, WebPushSubscription  # pyright: ignore[reportMissingTypeStubs]
from webpush.vapid import VAPID  # pyright: ignore[reportMissingTypeStubs]

from hallway.domain.ids import AccountId
from hallway.locales import locale_of
from hallway.locales.headlines import headline, said
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification, Settle
from hallway.usecases.notifications.preferences import is_service

PATIENCE = 15.0
"""Seconds until a push service that does not answer is tried again later."""
LIFE = 24 * 60 * 60
"""Seconds for which a push service keeps what it cannot bring; the person then gets it by mail, or finds it."""
MOST_SIGNERS = 1_000
"""Accounts whose keys are held ready."""
LANES = 16
"""Pushes under way. Each lane is a client of its own: one with as many connections looks through all of them for each push."""
LONGEST = 300
"""Characters of a message in a push: a service takes 4,096 bytes in all."""
LONGEST_PAUSE = timedelta(days=1)
"""For how long a push service is left alone at most, whatever it asks for."""
LONGEST_ANSWER = 500
"""Bytes of a refusal that are read, for the operator."""
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class Push(msgspec.Struct, frozen=True, kw_only=True):
    """What the service worker gets, and shows: a browser whose pushes show nothing is given no more of them.

    `kind` is `message`, or `read`: then nothing is unread in the chat any more. Both have a title and a body; a `quiet`
    one takes the place of what is shown of the chat without a sound.
    """

    kind: str
    chat: str
    unread: int
    title: str = ""
    body: str = ""
    language: str = "en"
    direction: str = "ltr"
    quiet: bool = False


def new_key() -> str:
    """Make a private signing key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key(private_pem: str) -> str:
    """Return the public half of a key, encoded as browsers expect it."""
    key: Any = load_pem_private_key(private_pem.encode(), None)
    point: bytes = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


class WebPushChannel:
    """Deliver by web push (`compose.NotificationChannel`)."""

    def __init__(
        self, services: Sequence[str], contact: str | None, key: Callable[[AccountId], Awaitable[str]]
    ) -> None:
        """Push to these services, signed with the private key that `key` returns for an account.

        `contact` is where a push service finds us, a `mailto:` or `https:` address, if there is one.
        """
        self._services = services
        self._contact = contact
        self._key = key
        self._signers: dict[AccountId, WebPush] = {}

    @cached_property
    def _lanes(self) -> asyncio.LifoQueue[httpx.AsyncClient]:
        """The free clients, the last used first. They follow no redirects."""
        lanes: asyncio.LifoQueue[httpx.AsyncClient] = asyncio.LifoQueue()
        verify = httpx.create_ssl_context()
        for _ in range(LANES):
            lanes.put_nowait(httpx.AsyncClient(follow_redirects=False, timeout=PATIENCE, verify=verify))
        return lanes

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Push notifications, as many at once as there are lanes."""

        async def push(one: Notification) -> None:
            client = await self._lanes.get()
            try:
                await settle(await self._deliver(client, await self._signer_of(one.account.id), one))
            finally:
                self._lanes.put_nowait(client)

        await asyncio.gather(*(push(one) for one in notifications))

    async def _signer_of(self, account_id: AccountId) -> WebPush:
        """Return the signer of an account; the signers of accounts that sent nothing lately are made again."""
        if account_id not in self._signers:
            signer = _signer(await self._key(account_id), self._contact)
            if len(self._signers) >= MOST_SIGNERS:
                self._signers.clear()
            self._signers[account_id] = signer
        return self._signers[account_id]

    async def _deliver(self, client: httpx.AsyncClient, signer: WebPush, notification: Notification) -> Delivery:
        browser = notification.browser
        if browser is None:
            return Delivery(notification, DeliveryStatus.GONE, "This browser has signed out.")
        if not is_service(browser.endpoint, self._services):
            return Delivery(
                notification, DeliveryStatus.REFUSED, "HALLWAY_PUSH_SERVICES doesn't include this push service."
            )
        try:
            subscription = WebPushSubscription.model_validate(
                {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}
            )
            sealed = await asyncio.to_thread(
                signer.get, msgspec.json.encode(_push(notification)), subscription, ttl=LIFE
            )
        except (ValidationError, ValueError) as wrong:
            return Delivery(notification, DeliveryStatus.GONE, f"Its keys are none: {type(wrong).__name__}")
        headers: dict[str, str] = {
            **{name: str(value) for name, value in sealed.headers.items()},
            "content-type": "application/octet-stream",
            "urgency": "normal" if notification.is_quiet else "high",
            "topic": notification.states[0].conversation_id.replace("-", ""),
        }
        try:
            async with client.stream("POST", browser.endpoint, content=sealed.encrypted, headers=headers) as answer:
                return Delivery(notification, _status(answer), await _reason(answer), _pause(answer, datetime.now(UTC)))
        except httpx.InvalidURL as wrong:
            return Delivery(notification, DeliveryStatus.GONE, str(wrong))
        except httpx.HTTPError as failure:
            return Delivery(notification, DeliveryStatus.LATER, str(failure) or type(failure).__name__)


def _status(answer: httpx.Response) -> DeliveryStatus:
    """Read the delivery status from a push service's answer (RFC 8030 §5, §7.3).

    Only the answer that a browser is gone concerns the browser: a push that is too large or badly signed is our fault,
    and would fail a second time.
    """
    if answer.is_success:
        return DeliveryStatus.DELIVERED
    if answer.status_code in _GONE:
        return DeliveryStatus.GONE
    return DeliveryStatus.LATER if answer.is_server_error or answer.status_code in _LATER else DeliveryStatus.REFUSED


async def _reason(answer: httpx.Response) -> str:
    """Return the status, and the beginning of what a refusal says: Apple's `BadJwtToken` tells more than 403."""
    said = b""
    async for part in answer.aiter_bytes():
        said += part
        if len(said) > LONGEST_ANSWER:
            break
    status = f"{answer.status_code} {answer.reason_phrase}"
    locale_of = " ".join(said[:LONGEST_ANSWER].decode("utf-8", "replace").split())
    return f"{status}: {locale_of}" if locale_of and not answer.is_success else status


def _pause(answer: httpx.Response, now: datetime) -> timedelta:
    """Return the pause that `Retry-After` asks for, in seconds or until a date (RFC 9110 §10.2.3); zero where it is not understood."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdecimal():
        return min(timedelta(seconds=min(int(asked[:10]), 10**9)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_PAUSE)


def _push(notification: Notification) -> Push:
    say = locale_of(notification.to.locale)
    title, body = notification.account.name, say("hidden")
    if not notification.chats:
        body = say("nothing-unread")
        title = title if notification.hides_text else notification.title or title
    elif not notification.hides_text:
        chat = notification.chats[0]
        title, body = headline(chat, say) if chat.course_title else chat.sender.name, said(chat.messages[-1], say)
    short = body if len(body) <= LONGEST else f"{body[:LONGEST]}…"
    return Push(
        kind="message" if notification.chats else "read",
        chat=notification.states[0].conversation_id,
        unread=notification.unread_chats,
        title=title[:LONGEST],
        body=short,
        language=say.language,
        direction=say.direction,
        quiet=notification.is_quiet,
    )


class _Signature(VAPID):
    """Signs as us (RFC 8292). The library supports no contact but a mail address, and requires one."""

    def __init__(self, private_pem: str, contact: str | None) -> None:
        key: Any = load_pem_private_key(private_pem.encode(), None)
        public: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        super().__init__(BytesIO(private_pem.encode()), BytesIO(public))
        self.public_pem = public
        self._contact = contact

    def get_authorization_header(self, endpoint: AnyHttpUrl, subscriber: str, expiration: int) -> str:
        """Return the token of a push, for the origin of its service; `subscriber` is the library's word for our contact."""
        del subscriber
        claims = {"aud": f"{endpoint.scheme}://{endpoint.host}", "exp": int(time.time()) + expiration}
        if self._contact:
            claims["sub"] = self._contact
        token = jwt.encode(claims, self.private_key, algorithm="ES256")
        return f"vapid t={token}, k={self.get_application_server_key(self.public_key)}"


def _signer(private_pem: str, contact: str | None) -> WebPush:
    signature = _Signature(private_pem, contact)
    pems = BytesIO(private_pem.encode()), BytesIO(signature.public_pem)
    signer = WebPush(*pems, subscriber="the signature knows", ttl=LIFE)
    signer.vapid = signature
    return signer
