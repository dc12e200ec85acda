"""Notices to browsers and phones: Web Push (RFC 8030), encrypted for the browser (RFC 8291), signed by us (RFC 8292)."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from http import HTTPStatus
from io import BytesIO
from typing import Any

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from pydantic import ValidationError
from webpush import WebPush, WebPushSubscription  # pyright: ignore[reportMissingTypeStubs]

from hallway.domain.notices import Channel
from hallway.usecases.letters import Delivery, Fate, Letter, Settle
from hallway.usecases.preferences import is_service
from hallway.words import words
from hallway.words.headlines import headline

PATIENCE = 15.0
"""Seconds until a push service that does not answer is tried again later."""
LIFE = 24 * 60 * 60
"""Seconds for which a push service keeps what it cannot bring; the person then gets it by mail, or finds it."""
LANES = 16
"""Pushes under way. Each lane is a client of its own: one with as many connections looks through all of them for each push."""
LONGEST = 300
"""Characters of a message in a push: a service takes 4,096 bytes in all."""
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


class Push(msgspec.Struct, frozen=True):
    """What the service worker gets. `kind` is `message`, or `read`: then what it shows of the chat goes."""

    kind: str
    chat: str
    unread: int
    title: str = ""
    body: str = ""
    language: str = "en"
    direction: str = "ltr"


def new_key() -> str:
    """A private key to sign with, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key(private_pem: str) -> str:
    """Its public half, as browsers want it."""
    key: Any = load_pem_private_key(private_pem.encode(), None)
    point: bytes = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


class PushCourier:
    """`letters.Courier` by push."""

    channel = Channel.PUSH

    def __init__(self, services: Sequence[str], contact: str, key: Callable[[], Awaitable[str]]) -> None:
        """`contact` is whom a push service may write to; `key` gives the private key of the account."""
        self._services = services
        self._contact = contact
        self._key = key
        self._signer: WebPush | None = None

    @cached_property
    def _lanes(self) -> asyncio.LifoQueue[httpx.AsyncClient]:
        """The free clients, the last used first. They follow no one elsewhere."""
        lanes: asyncio.LifoQueue[httpx.AsyncClient] = asyncio.LifoQueue()
        verify = httpx.create_ssl_context()
        for _ in range(LANES):
            lanes.put_nowait(httpx.AsyncClient(follow_redirects=False, timeout=PATIENCE, verify=verify))
        return lanes

    async def deliver(self, letters: Sequence[Letter], settle: Settle) -> None:
        """As many at once as there are lanes."""
        if self._signer is None:
            self._signer = _signer(await self._key(), self._contact)
        signer = self._signer

        async def push(one: Letter) -> None:
            client = await self._lanes.get()
            try:
                await settle(await self._deliver(client, signer, one))
            finally:
                self._lanes.put_nowait(client)

        await asyncio.gather(*(push(one) for one in letters))

    async def _deliver(self, client: httpx.AsyncClient, signer: WebPush, letter: Letter) -> Delivery:
        browser = letter.browser
        if browser is None or not is_service(browser.endpoint, self._services):
            return Delivery(letter, Fate.GONE, "This is no push service.")
        try:
            subscription = WebPushSubscription.model_validate(
                {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}
            )
            sealed = await asyncio.to_thread(signer.get, msgspec.json.encode(_push(letter)), subscription, ttl=LIFE)
        except (ValidationError, ValueError) as wrong:
            return Delivery(letter, Fate.GONE, f"Its keys are none: {type(wrong).__name__}")
        headers: dict[str, str] = {
            **{name: str(value) for name, value in sealed.headers.items()},
            "content-type": "application/octet-stream",
            "urgency": "high",
            "topic": letter.notices[0].conversation_id.replace("-", ""),
        }
        try:
            answer = await client.post(browser.endpoint, content=sealed.encrypted, headers=headers)
        except httpx.InvalidURL as wrong:
            return Delivery(letter, Fate.GONE, str(wrong))
        except httpx.HTTPError as failure:
            return Delivery(letter, Fate.LATER, str(failure) or type(failure).__name__)
        return Delivery(letter, _fate(answer), f"{answer.status_code} {answer.reason_phrase}")


def _fate(answer: httpx.Response) -> Fate:
    """What a push service says (RFC 8030 §7): what it refuses for good, it refuses for that browser."""
    if answer.is_success:
        return Fate.TOLD
    return Fate.LATER if answer.is_server_error or answer.status_code in _LATER else Fate.GONE


def _push(letter: Letter) -> Push:
    say = words(letter.to.locale)
    if not letter.chats:
        return Push("read", letter.notices[0].conversation_id, letter.unread_chats)
    chat = letter.chats[0]
    title, body = letter.account.name, say("hidden")
    if not letter.hides_text:
        title, body = headline(chat, say) if chat.course_title else chat.sender.name, chat.messages[-1].body
    short = body if len(body) <= LONGEST else f"{body[:LONGEST]}…"
    return Push(
        "message", chat.conversation_id, letter.unread_chats, title[:LONGEST], short, say.language, say.direction
    )


def _signer(private_pem: str, contact: str) -> WebPush:
    key: Any = load_pem_private_key(private_pem.encode(), None)
    public: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return WebPush(BytesIO(private_pem.encode()), BytesIO(public), subscriber=contact, ttl=LIFE)
