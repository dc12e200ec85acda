"""The live connection of the Python client (`hallway.client`), and what its two halves share."""

import secrets
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from itertools import count
from typing import TypeVar, get_args

import msgspec
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import problems as wire_problems

T = TypeVar("T")
Answer = wire_frames.SentFrame | wire_frames.DoneFrame | wire_frames.ChangesFrame | wire_frames.NoFrame

LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes of one text of the live connection; all that a server lets wait is far less."""
_KINDS = frozenset(one.__struct_config__.tag for one in get_args(wire_frames.ServerFrame))


class _Kind(msgspec.Struct):
    """What a frame is, whatever else is in it."""

    type: str


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The server said no; `problem` says why, which rule it is, and what would change it."""

    def __init__(self, problem: wire_problems.ProblemDocument) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class SocketClosed(Exception):  # noqa: N818 - how a line ends
    """The line ended: 4000 rubbish, 4001 not (or no longer) signed in, 4008 too slow, 4010 this client
    is older than the server, 1006 without a word.
    """

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code = code
        self.reason = reason


class Unreadable(Exception):  # noqa: N818 - what came is no answer
    """What came is no answer of Hallway, or one of a newer version."""


def new_key() -> str:
    """Make a key for a message; keep it to try the same message again. Keys sort by the time of their making."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_urlsafe(12)}"


class WebSocketClient(AbstractContextManager["WebSocketClient"]):
    """The live connection: ask for something, or iterate over the frames that come by themselves.

    An answer is handed to the one who asked; what came in between waits for `next_frame` or the iteration, in order.
    """

    def __init__(self, address: str, *, headers: Mapping[str, str], timeout: float = 30) -> None:
        """Connect with the `headers` of a signed-in person; `timeout` is how many seconds to wait for a frame."""
        self._timeout = timeout
        self._frames: deque[wire_frames.ServerFrame] = deque()
        self._ids = count(1)
        with ExitStack() as exits:
            # All that came waits in here: a line with more unread than a bound would not hear the farewell when it is closed.
            line = connect(address, additional_headers=headers, max_size=LARGEST_TEXT, max_queue=None)
            self._socket = exits.enter_context(line)
            self.welcome = msgspec.convert(self.next_frame(), wire_frames.WelcomeFrame)
            self._exits = exits.pop_all()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._exits.close()

    def send(
        self,
        to: str,
        body: str,
        *,
        key: str | None = None,
        files: Sequence[str] = (),
        reply_to: int | None = None,
    ) -> wire_messages.Message:
        """Write in a chat; returns once it is stored durably. Raises Refusal."""
        frame = wire_frames.SendFrame(
            id=next(self._ids),
            to=to,
            to_kind="conversation",
            body=body,
            key=key or new_key(),
            reply_to=reply_to,
            files=list(files),
        )
        return self._asked(frame, wire_frames.SentFrame).message

    def send_to_person(
        self, person_id: str, body: str, *, key: str | None = None, course_id: str | None = None
    ) -> wire_messages.Message:
        """Write to a person, with whom there may be no chat yet. Raises Refusal."""
        frame = wire_frames.SendFrame(
            id=next(self._ids), to=person_id, to_kind="person", body=body, key=key or new_key(), course_id=course_id
        )
        return self._asked(frame, wire_frames.SentFrame).message

    def read(self, conversation_id: str, seq: int) -> None:
        """I have read up to `seq`. Raises Refusal."""
        self._asked(wire_frames.ReadFrame(next(self._ids), conversation_id, seq), wire_frames.DoneFrame)

    def mark_unread(self, conversation_id: str, seq: int | None = None) -> None:
        """Mark a chat unread as `Client.mark_unread` does. Raises Refusal."""
        self._asked(wire_frames.UnreadFrame(next(self._ids), conversation_id, seq), wire_frames.DoneFrame)

    def sync(self, conversation_id: str, *, rev: int, own_rev: int) -> wire_conversations.Changes:
        """Return what happened since these revisions of the chat. Raises Refusal."""
        frame = wire_frames.SyncFrame(next(self._ids), conversation_id, rev, own_rev)
        return self._asked(frame, wire_frames.ChangesFrame).changes

    def typing(self, conversation_id: str) -> None:
        """Show the others in a chat that I am typing. Nothing is answered: it is passed on, or dropped."""
        self.say(msgspec.json.encode(wire_frames.TypingFrame(conversation_id)))

    def ping(self) -> None:
        """Come back once the server has answered; all that it sent before is here then."""
        self._asked(wire_frames.PingFrame(next(self._ids)), wire_frames.DoneFrame)

    def say(self, text: str | bytes) -> None:
        """Send one text frame as it is; whatever is answered comes as a frame."""
        try:
            self._socket.send(text, text=True)
        except ConnectionClosed as closed:
            raise _ending(closed) from closed

    def next_frame(self) -> wire_frames.ServerFrame:
        """Return the next frame nobody asked for. Raises SocketClosed, Unreadable, or TimeoutError when none comes in time."""
        while not self._frames:
            self._frames.extend(self._receive(self._timeout))
        return self._frames.popleft()

    def __iter__(self) -> Iterator[wire_frames.ServerFrame]:
        """Frames as they come, however long it takes, until the line ends."""
        with suppress(SocketClosed):
            while True:
                while self._frames:
                    yield self._frames.popleft()
                self._frames.extend(self._receive(None))

    def _asked(self, question: wire_frames.AnsweredFrame, answer_type: type[T]) -> T:
        """Return the answer to the question; other frames wait their turn."""
        self.say(msgspec.json.encode(question))
        answers: list[wire_frames.ServerFrame] = []
        while not answers:
            for frame in self._receive(self._timeout):
                (answers if _is_answer(frame, question) else self._frames).append(frame)
        if isinstance(answers[0], wire_frames.NoFrame):
            raise Refusal(answers[0].problem)
        return msgspec.convert(answers[0], answer_type)

    def _receive(self, timeout: float | None) -> list[wire_frames.ServerFrame]:
        try:
            return _frames(self._socket.recv(timeout))
        except ConnectionClosed as closed:
            raise _ending(closed) from closed


def _frames(text: str | bytes) -> list[wire_frames.ServerFrame]:
    """Decode the frames of a text, without those of a kind that only a newer Hallway knows. Raises Unreadable."""
    try:
        return decode(text, list[wire_frames.ServerFrame])
    except Unreadable:
        known = [one for one in decode(text, list[msgspec.Raw]) if decode(one, _Kind).type in _KINDS]
        return decode(msgspec.json.encode(known), list[wire_frames.ServerFrame])


def _is_answer(frame: wire_frames.ServerFrame, question: wire_frames.AnsweredFrame) -> bool:
    """A question that the server could not read is answered without its number."""
    return isinstance(frame, Answer) and frame.re in {question.id, None}


def decode(content: str | bytes | msgspec.Raw, answer_type: type[T]) -> T:
    """Decode an answer. Raises Unreadable, whatever may be wrong with it."""
    try:
        return msgspec.json.decode(content, type=answer_type)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as wrong:
        message = "This isn't an answer from Hallway."
        raise Unreadable(message) from wrong


def _ending(closed: ConnectionClosed) -> SocketClosed:
    return SocketClosed(closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else SocketClosed(1006, "")
