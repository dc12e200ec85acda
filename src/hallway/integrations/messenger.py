"""Notices through whatever else an operator has: Slack, Teams, Telegram, SMS … by one address that Apprise understands."""

import asyncio
import logging
from collections.abc import Sequence
from urllib.parse import quote

from apprise import Apprise

from hallway.domain.notices import Channel
from hallway.usecases.notifications.compose import Delivery, Fate, Letter, Settle
from hallway.words import words
from hallway.words.headlines import headline, subject

AT_ONCE = 4
"""Letters under way."""
LONGEST = 500
"""Characters of each message."""

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines name addresses with secrets in them


def is_address(template: str) -> bool:
    """Whether Apprise knows what to do with it."""
    return Apprise().add(_filled(template, "login", "name@example.org"))  # pyright: ignore[reportUnknownMemberType]


def _filled(template: str, login: str, email: str) -> str:
    return template.replace("{login}", quote(login, "")).replace("{email}", quote(email, ""))


class MessengerCourier:
    """`compose.Courier` by an operator's messenger; only an operator sets where it sends to."""

    channel = Channel.MESSENGER

    def __init__(self, template: str, site: str) -> None:
        """In `template` {login} and {email} are the person's; `site` is the address of this installation."""
        self._template = template
        self._site = site
        self._threads = asyncio.Semaphore(AT_ONCE)

    async def deliver(self, letters: Sequence[Letter], settle: Settle) -> None:
        """Each in a thread, since Apprise waits for answers."""

        async def tell(one: Letter) -> None:
            async with self._threads:
                await settle(await asyncio.to_thread(self._deliver, one))

        await asyncio.gather(*(tell(one) for one in letters))

    def _deliver(self, letter: Letter) -> Delivery:
        say = words(letter.to.locale)
        messenger = Apprise()
        messenger.add(_filled(self._template, letter.to.login, letter.to.email))  # pyright: ignore[reportUnknownMemberType]
        is_told = messenger.notify(title=subject(letter, say), body=self._body(letter))  # pyright: ignore[reportUnknownMemberType]
        return (
            Delivery(letter, Fate.TOLD, "")
            if is_told
            else Delivery(letter, Fate.LATER, "The messenger didn't accept it.")
        )

    def _body(self, letter: Letter) -> str:
        say = words(letter.to.locale)
        parts: list[str] = []
        for chat in letter.chats:
            if not letter.hides_text:
                parts += [headline(chat, say)] if len(letter.chats) > 1 else []
                parts += [one.body[:LONGEST] for one in chat.messages]
            parts.append(f"{say('open-chat')}: {self._site}/messages/{chat.conversation_id}")
        return "\n\n".join(parts)
