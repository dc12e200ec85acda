"""What a storm knows of a client, whoever wrote it: its person's habits, and what it shows."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from hallway.domain.ids import CourseId, SessionId, UserId
from hallway.transport.wire import conversations as wire_conversations
from hallway.usecases.access.sessions import Issued
from tests.simulation.storms.copies import Copy


@dataclass(slots=True)
class Written:
    """A message as its person wrote it: stored as the client knows, refused for a reason, or neither: then it waits.

    What `was_refused` may be stored all the same, by a request that its sender had given up.
    """

    key: str
    to: UserId
    body: str
    course: CourseId | None = None
    is_stored: bool = False
    reason: str | None = None
    was_refused: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is still to be sent."""
        return not self.is_stored and self.reason is None

    def refuse(self, reason: str) -> None:
        """It was refused, unless it is stored as another way told."""
        if not self.is_stored:
            self.reason, self.was_refused = reason, True

    def store(self) -> None:
        """It is stored."""
        self.is_stored, self.reason = True, None


SignIn = Callable[[UserId], Coroutine[Any, Any, Issued | None]]
"""A new session, unless the person may not have one now."""


class Client(Protocol):
    """One device of a person."""

    person: UserId
    name: str
    written: list[Written]

    @property
    def copy(self) -> Copy:
        """What it shows now."""
        ...

    @property
    def unread_chats(self) -> int | None:
        """How many chats it says are unread."""
        ...

    @property
    def is_live(self) -> bool:
        """Whether it has a line."""
        ...

    @property
    def session(self) -> SessionId | None:
        """With which it has its line."""
        ...

    @property
    def is_at_rest(self) -> bool:
        """Whether it is connected, and nothing is under way or waits."""
        ...

    def rows(self) -> list[wire_conversations.Row]:
        """The list from the top."""
        ...

    # What its person does. Nothing is promised for what is tried but once.

    def arrive(self) -> None:
        """Connect, sooner or later."""
        ...

    def write(self, to: UserId, body: str, course: CourseId | None) -> None:
        """Write a message; it is kept until it is answered."""
        ...

    def show(self, chat: str) -> None:
        """Open a chat."""
        ...

    def read(self, chat: str, dice: Random) -> None:
        """Say up to where one has read."""
        ...

    def mark_unread(self, chat: str, seq: int) -> None:
        """Mark unread from a message on."""
        ...

    def hide(self, chat: str, seq: int) -> None:
        """Delete one's own copy of a message."""
        ...

    def restore(self, chat: str, seq: int) -> None:
        """Take that back."""
        ...

    def delete_for_everyone(self, chat: str, seq: int) -> None:
        """Delete a message for both."""
        ...

    def edit(self, chat: str, seq: int, body: str) -> None:
        """Give a message another text."""
        ...

    def react(self, chat: str, seq: int, emoji: str, *, is_on: bool) -> None:
        """Give a reaction, or take it back."""
        ...

    def star(self, chat: str, seq: int, *, is_on: bool) -> None:
        """Star a message for oneself, or take the star back."""
        ...

    def draft(self, chat: str, text: str) -> None:
        """Type, and send nothing yet."""
        ...

    def pin(self, chat: str, *, is_on: bool) -> None:
        """Pin a chat above the others, or unpin it."""
        ...

    def delete_chat(self, chat: str) -> None:
        """Empty one's side."""
        ...

    def pry(self, chat: str, dice: Random) -> None:
        """Look into a chat of others, and come with the secrets of sessions that are over: there must be nothing."""
        ...

    def cross(self, host: str) -> None:
        """Come to another account's address with one's own session: there must be nothing."""
        ...

    def sign_out(self) -> None:
        """End the session."""
        ...

    # What befalls it.

    def hang_up(self) -> None:
        """Go offline, and come back."""
        ...

    def reload(self) -> None:
        """Forget all but what was written and not sent."""
        ...

    def freeze(self) -> None:
        """Read slowly for a while."""
        ...

    def stop(self) -> None:
        """Do nothing any more."""
        ...
