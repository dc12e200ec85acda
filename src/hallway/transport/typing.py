"""Passes on that people type. The rules are asked seldom: a judgment holds for seconds, unless something changes before."""

import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from hallway.domain.events import AccountChanged, Ephemeral, Event, FactsChanged, Typing
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.scopes import Scope, allows
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging.typing import typing
from hallway.usecases.transaction import StoreUnavailable, Transaction

Read = Callable[[Callable[[Transaction], Typing | None]], Awaitable[Typing | None]]
"""Runs a work in a reading transaction, outside of the event loop. Raises StoreUnavailable."""
PAUSE = 3.0
"""Seconds until somebody is passed on again in the same chat."""
QUESTION_PAUSE = 1.0
"""Seconds until the rules are asked again about the same person: who names one chat after the other asks no more often."""
JUDGMENT = 10.0
"""Seconds for which a judgment holds."""
CHATS = 8
"""Chats of one person that are remembered; to push one out takes longer than PAUSE."""
PEOPLE = 10_000
"""People who are remembered. Beyond, all are forgotten, and judged anew."""


@dataclass(slots=True)
class _Chat:
    """The judgment about a person in a chat: its time, the number of changes before it, and when it was last passed on."""

    event: Typing | None
    judged_at: float
    changes: int
    passed_at: float | None = None


@dataclass(slots=True)
class _Typist:
    """The chats of a person, the latest last."""

    asked_at: float | None = None
    chats: OrderedDict[ConversationId, _Chat] = field(default_factory=OrderedDict[ConversationId, _Chat])


class TypingRelay:
    """The people who type at this process."""

    def __init__(
        self, read: Read, publish: Callable[[Ephemeral], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        """Ask the store with `read`, and reach listeners with `publish`; `now` is in seconds."""
        self._read = read
        self._publish = publish
        self._now = now
        self._typists: dict[tuple[AccountId, UserId], _Typist] = {}
        self._changes: Counter[AccountId] = Counter()

    def hear(self, events: Sequence[Event]) -> None:
        """Judge anew after a change of who may write to whom, or of the account's settings."""
        self._changes.update(one.account_id for one in events if isinstance(one, FactsChanged | AccountChanged))

    def missed(self, account_id: AccountId) -> None:
        """Judge anew after a change that may have been lost."""
        self._changes[account_id] += 1

    async def typing(self, actor: Actor, conversation_id: ConversationId) -> None:
        """Pass on that somebody types, or drop it: too soon, not allowed, not theirs, or the store does not answer."""
        if not allows(actor.scopes, Scope.WRITE):
            return
        typist = self._typist(actor)
        chat = typist.chats.get(conversation_id)
        if chat is not None and chat.passed_at is not None and self._now() < chat.passed_at + PAUSE:
            return
        if chat is None or not self._holds(actor, chat):
            chat = await self._judged(actor, typist, conversation_id)
        if chat is not None and chat.event is not None:
            chat.passed_at = self._now()
            self._publish(chat.event)

    def _typist(self, actor: Actor) -> _Typist:
        if len(self._typists) > PEOPLE:
            self._typists.clear()
        return self._typists.setdefault((actor.account_id, actor.user_id), _Typist())

    def _holds(self, actor: Actor, chat: _Chat) -> bool:
        return self._now() < chat.judged_at + JUDGMENT and chat.changes == self._changes[actor.account_id]

    async def _judged(self, actor: Actor, typist: _Typist, conversation_id: ConversationId) -> _Chat | None:
        """Ask the rules; return None when they were asked about this person just now, or cannot be asked."""
        now, changes = self._now(), self._changes[actor.account_id]
        if typist.asked_at is not None and now < typist.asked_at + QUESTION_PAUSE:
            return None
        typist.asked_at = now
        with suppress(StoreUnavailable, NotFound):
            event = await self._read(partial(typing, actor=actor, conversation_id=conversation_id))
            typist.chats[conversation_id] = chat = _Chat(event, now, changes)
            typist.chats.move_to_end(conversation_id)
            if len(typist.chats) > CHATS:
                typist.chats.popitem(last=False)
            return chat
        return None
