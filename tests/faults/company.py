"""A company of talkers, and the comparison of what they were told with what is stored."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager

from hallway.client import Client
from hallway.transport.wire import messages as wire_messages
from tests.faults.talkers import PATIENCE, Faults, Talker
from tests.servers.hallway import Hallway

PAIRS = (("samuel", "maya"), ("samuel", "omar"), ("lucia", "johan"), ("lucia", "maya"))
"""Of the demo academy; the first of each two may write to the other, and so both may."""
PAGE = 100


class Company:
    """All who talk, and what became of their words."""

    def __init__(self, talkers: Sequence[Talker], faults: Faults) -> None:
        """All of `talkers` look at the same `faults`."""
        self.talkers = talkers
        self.faults = faults

    @asynccontextmanager
    async def talking(self) -> AsyncIterator[None]:
        """They talk in here; on leaving, all that was said is acknowledged."""
        async with asyncio.timeout(20 * PATIENCE), asyncio.TaskGroup() as tasks:
            for talker in self.talkers:
                tasks.create_task(talker.talk())
            yield
            for talker in self.talkers:
                talker.finish()
            await self.faults.tell()

    async def more_answers(self, more: int) -> None:
        """Wait until so many more messages are acknowledged."""
        wanted = self.faults.answers + more
        await self.faults.until(lambda: self.faults.answers >= wanted)

    async def more_refusals(self, more: int) -> None:
        """Wait until so many more messages are refused."""
        wanted = len(self.faults.refusals) + more
        await self.faults.until(lambda: len(self.faults.refusals) >= wanted)

    async def answers_to_all(self) -> None:
        """Wait until everybody has one more answer."""
        self.faults.unanswered = set(self.talkers)
        await self.faults.until(lambda: not self.faults.unanswered)

    def storm(self) -> None:
        """From now on it is not worth trying."""
        self.faults.is_fair.clear()

    def calm(self) -> None:
        """It is again."""
        self.faults.is_fair.set()

    def acknowledged(self) -> int:
        """How many messages were acknowledged."""
        return sum(words.message is not None for talker in self.talkers for words in talker.said)

    def require_all_kept(self) -> dict[str, list[wire_messages.Message]]:
        """Every chat holds what was acknowledged, each message once, without a gap, each sender's in their order.

        The histories by their chats, to be compared with more.
        """
        stored = {chat: whole_history(client, chat) for chat, client in self._clients().items()}
        for history in stored.values():
            assert [message.seq for message in history] == list(range(1, len(history) + 1))
        for talker in self.talkers:
            _require_kept(talker, stored[talker.chat])
        return stored

    def _clients(self) -> dict[str, Client]:
        """Somebody who may read each chat."""
        return {talker.chat: talker.client for talker in self.talkers}


@contextmanager
def company_in(academy: Hallway) -> Iterator[Company]:
    """Pairs of the demo academy, each with a chat."""
    faults = Faults()
    talkers: list[Talker] = []
    with ExitStack() as exits:
        for names in PAIRS:
            first, second = (exits.enter_context(academy.client(name)) for name in names)
            chat = first.send_to_person(second.me().person.id, "First words").conversation_id
            talkers += [Talker(names[0], first, chat, faults), Talker(names[1], second, chat, faults)]
        yield Company(talkers, faults)


def _require_kept(talker: Talker, history: Sequence[wire_messages.Message]) -> None:
    times = Counter(message.body for message in history)
    doubled = [words.number for words in talker.said if times[talker.body(words)] > 1]
    assert not doubled, f"{talker.name}: doubled {doubled}"
    stored = {message.key: message for message in history}
    lost = [words for words in talker.said if words.message != stored.get(words.key)]
    assert not lost, f"{talker.name}: lost or changed {lost}"
    order = [stored[words.key].seq for words in talker.said if not words.was_refused]
    assert order == sorted(order), f"{talker.name}: in another order"


def whole_history(client: Client, chat: str) -> list[wire_messages.Message]:
    """All messages of a chat, oldest first."""
    found: list[wire_messages.Message] = []
    while True:
        page = client.history(chat, before=found[0].seq if found else None, limit=PAGE).messages
        found = [*page, *found]
        if len(page) < PAGE:
            return found
