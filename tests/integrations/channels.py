"""Has letters delivered, and keeps what became of each."""

import asyncio
from collections.abc import Sequence

from hallway.usecases.notifications.compose import Delivery, Notification, NotificationChannel


def delivered(channel: NotificationChannel, notifications: Sequence[Notification]) -> list[Delivery]:
    """In the order in which they were settled."""
    found: list[Delivery] = []

    async def settle(one: Delivery) -> None:
        found.append(one)

    asyncio.run(channel.deliver(notifications, settle))
    return found
