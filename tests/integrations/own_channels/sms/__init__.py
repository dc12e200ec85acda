"""Text messages through a gateway that takes JSON: nothing that Hallway has, but a channel as an operator might add it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from hallway.domain.ids import UserId
from hallway.domain.notifications import Channel, When
from hallway.domain.people import User
from hallway.notifications.declaration import ChannelDeclaration, labels_in
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.usecases.notifications.channels import Target
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification, Settle
from hallway.usecases.transaction import Transaction


class SmsChannel:
    """Deliver by text message."""

    def __init__(self, gateway: str) -> None:
        """`gateway` is where text messages are posted to."""
        self._gateway = gateway

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Post one after the other."""
        async with httpx.AsyncClient() as client:
            for one in notifications:
                text = " ".join(each.body for chat in one.chats for each in chat.messages)
                answer = await client.post(
                    self._gateway, json={"to": one.to.login, "phone": one.target.key, "text": text}
                )
                status = DeliveryStatus.DELIVERED if answer.is_success else DeliveryStatus.REFUSED
                await settle(Delivery(one, status, f"The gateway says {answer.status_code}."))


def _targets(_: Transaction, users: Sequence[User], __: datetime) -> Mapping[UserId, Sequence[Target]]:
    return {one.id: [Target("home"), Target("work")] for one in users}


def _connect(settings: Settings, _: AsyncStore) -> SmsChannel | None:
    own = settings.channels.get("sms", {})
    return SmsChannel(own["gateway"]) if "gateway" in own else None


DECLARATION = ChannelDeclaration(
    name=Channel("sms"),
    labels=labels_in(Path(__file__).parent),
    default=When.NOW,
    delay=lambda _: timedelta(seconds=4),
    targets=_targets,
    connect=_connect,
    settings=frozenset({"gateway"}),
)
