"""Notices through whatever else an operator has: Slack, Teams, Telegram, SMS … by one address that Apprise understands."""

import asyncio
import logging
from collections.abc import Sequence
from urllib.parse import quote

from apprise import Apprise

from hallway.locales import locale_of
from hallway.locales.headlines import headline, said, subject
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification, Settle

AT_ONCE = 4
"""Notifications under way at a time."""
LONGEST = 500
"""Characters of each message."""

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines name addresses with secrets in them


def is_address(template: str) -> bool:
    """Return whether Apprise understands this address."""
    return Apprise().add(_filled(template, "login", "name@example.org"))  # pyright: ignore[reportUnknownMemberType]


def _filled(template: str, login: str, email: str) -> str:
    return template.replace("{login}", quote(login, "")).replace("{email}", quote(email, ""))


class AppriseChannel:
    """Deliver by the operator's messenger (`compose.NotificationChannel`); only an operator sets its address."""

    def __init__(self, template: str, site: str) -> None:
        """Deliver to `template`, where {login} and {email} are the person's; `site` is the address of this installation."""
        self._template = template
        self._site = site
        self._threads = asyncio.Semaphore(AT_ONCE)

    async def deliver(self, notifications: Sequence[Notification], settle: Settle) -> None:
        """Deliver each notification in a thread, since Apprise blocks until it is answered."""

        async def deliver_one(one: Notification) -> None:
            async with self._threads:
                await settle(await asyncio.to_thread(self._deliver, one))

        await asyncio.gather(*(deliver_one(one) for one in notifications))

    def _deliver(self, notification: Notification) -> Delivery:
        say = locale_of(notification.to.locale)
        messenger = Apprise()
        messenger.add(_filled(self._template, notification.to.login, notification.to.email))  # pyright: ignore[reportUnknownMemberType]
        is_delivered = messenger.notify(title=subject(notification, say), body=self._body(notification))  # pyright: ignore[reportUnknownMemberType]
        return (
            Delivery(notification, DeliveryStatus.DELIVERED, "")
            if is_delivered
            else Delivery(notification, DeliveryStatus.LATER, "The messenger didn't accept it.")
        )

    def _body(self, notification: Notification) -> str:
        say = locale_of(notification.to.locale)
        parts: list[str] = []
        for chat in notification.chats:
            if not notification.hides_text:
                parts += [headline(chat, say)] if len(notification.chats) > 1 else []
                parts += [said(one, say)[:LONGEST] for one in chat.messages]
            parts.append(f"{say('open-chat')}: {notification.account.url(self._site)}/messages/{chat.conversation_id}")
        return "\n\n".join(parts)
