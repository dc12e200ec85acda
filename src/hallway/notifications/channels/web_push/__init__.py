"""Notifications on browsers and phones, by Web Push."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hallway.domain.ids import AccountId, UserId
from hallway.domain.notifications import Channel, When
from hallway.domain.people import User
from hallway.notifications.declaration import ChannelDeclaration, labels_in
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.keys import own_key
from hallway.usecases.fields import is_public, validated
from hallway.usecases.notifications.channels import Target
from hallway.usecases.notifications.compose import Notification, NotificationChannel, Settle
from hallway.usecases.transaction import Transaction

if TYPE_CHECKING:
    from hallway.notifications.channels.web_push.delivery import WebPushChannel

# ruff: noqa: PLC0415 - its libraries take a while to load, and most processes send no push


class LazyWebPush:
    """Deliver by web push; its libraries are loaded when the first browser subscribes or is notified."""

    def __init__(self, settings: Settings, store: AsyncStore) -> None:
        """Store what loading will need."""
        self._settings = settings
        self._store = store

    @cached_property
    def _channel(self) -> "WebPushChannel":
        from hallway.notifications.channels.web_push.delivery import WebPushChannel

        return WebPushChannel(self._settings.push_services.split(), contact(self._settings), self._private_key)

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Deliver through the channel, loading it first where needed."""
        await self._channel.deliver(notifications, settle)

    async def _private_key(self, account_id: AccountId) -> str:
        from hallway.notifications.channels.web_push.delivery import new_key

        known = await self._store.read(lambda tx: tx.settings.secret(account_id, keys.PUSH))
        return known or await self._store.write(lambda tx: own_key(tx, account_id, keys.PUSH, new_key))

    async def public_key(self, account_id: AccountId) -> str:
        """Return the key with which browsers subscribe to an account."""
        from hallway.notifications.channels.web_push.delivery import public_key

        return public_key(await self._private_key(account_id))


def contact(settings: Settings) -> str | None:
    """Return where a push service can write to us or look us up (RFC 8292 §2.1): a real address, or None. Apple refuses others."""
    sender = validated(settings.sender_address)
    if sender is not None and sender.ascii_email and is_public(sender.ascii_domain):
        return f"mailto:{sender.ascii_email}"
    site = urlsplit(settings.public_url)
    return settings.address if site.scheme == "https" and is_public(site.hostname or "") else None


def _targets(tx: Transaction, users: Sequence[User], now: datetime) -> Mapping[UserId, Sequence[Target]]:
    """Find each browser that has subscribed, for as long as its session lasts."""
    if not users:
        return {}
    found = tx.browsers.of(users[0].account_id, [one.id for one in users], now)
    return {user_id: [Target(one.id, one) for one in browsers] for user_id, browsers in found.items()}


def _connect(settings: Settings, store: AsyncStore) -> NotificationChannel | None:
    return LazyWebPush(settings, store) if settings.push_services else None


DECLARATION = ChannelDeclaration(
    name=Channel("push"),
    labels=labels_in(Path(__file__).parent),
    default=When.NOW,
    delay=lambda _: timedelta(seconds=3),
    targets=_targets,
    connect=_connect,
    gathers=False,
)
