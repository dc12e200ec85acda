"""A browser of a storm: the web client in it decides, here is the world around it."""

import asyncio
from collections.abc import Coroutine
from random import Random
from typing import Any

import msgspec

from hallway.domain.ids import CourseId, SessionId, UserId
from hallway.transport.http import conversations, entry
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.access.sessions import Issued
from tests.simulation.names import cast_of, short
from tests.simulation.storms.browsers.host import Host
from tests.simulation.storms.browsers.requests import Request
from tests.simulation.storms.clients import SignIn, Written
from tests.simulation.storms.copies import Chat, Copy
from tests.simulation.storms.environment import Unreachable
from tests.simulation.storms.ledger import Ledger
from tests.simulation.storms.network import Cable, Network, Problem

PATIENCE = 2.0
"""Seconds until somebody who was signed out signs in again, at most."""
NOTHING = 2**53
"""A seq that no message has."""
ANSWERS: dict[str, type[msgspec.Struct]] = {
    "conversations": wire_conversations.Rows,
    "row": wire_conversations.Row,
    "changes": wire_conversations.Changes,
    "conversation": wire_conversations.Opened,
    "messages": wire_messages.History,
}
"""By the last word of a path that is asked for, as far as it tells of chats."""


class SeenChat(msgspec.Struct):
    """An opened chat, as the page keeps it."""

    standing: wire_conversations.Standing
    messages: list[wire_messages.Message]
    older: bool
    starred: list[int]


class Pending(msgspec.Struct):
    """A message that the page still keeps."""

    key: str
    status: str
    reason: str | None


class Seen(msgspec.Struct, rename="camel"):
    """All that the page knows."""

    rows: list[wire_conversations.Row]
    chats: dict[str, SeenChat]
    outbox: list[Pending]
    unread_chats: int
    drafts: dict[str, set[str]]
    is_busy: bool

    def as_copy(self, me: str) -> Copy:
        """In the words of the other clients; a chat that nobody wrote in is in no list."""
        rows = {row.conversation_id: row for row in self.rows if row.last_seq > 0}
        chats = {
            chat: Chat(
                {one.seq: one for one in seen.messages},
                min((one.seq for one in seen.messages), default=NOTHING) if seen.older else 0,
                seen.standing,
                frozenset(seen.starred),
            )
            for chat, seen in self.chats.items()
            if chat in rows
        }
        return Copy(me, rows, chats, drafts=self.drafts)


class Browser:
    """One browser of a person. `written` is what they wrote in it, and what became of it as far as the page knows."""

    def __init__(
        self,
        person: UserId,
        number: int,
        network: Network,
        ledger: Ledger,
        sign_in: SignIn,
        dice: Random,
        *,
        host: Host,
    ) -> None:
        """Not signed in yet."""
        self.person = person
        self.name = f"{short(person)}'s browser {number}"
        self.written: list[Written] = []
        self.is_live = False
        self._site = cast_of(person).host
        self._network = network
        self._ledger = ledger
        self._sign_in = sign_in
        self._dice = dice
        self._host = host
        self._loop = asyncio.get_running_loop()
        self._session: Issued | None = None
        self._cables: dict[int, Cable] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_coming = False

    # What it shows.

    @property
    def copy(self) -> Copy:
        """What it shows now."""
        seen = self._seen()
        return Copy(self.person) if seen is None else seen.as_copy(self.person)

    @property
    def unread_chats(self) -> int | None:
        """The number at the navigation."""
        seen = self._seen()
        return None if seen is None else seen.unread_chats

    @property
    def session(self) -> SessionId | None:
        """With which it has its line."""
        return self._session.session.id if self._session and self.is_live else None

    @property
    def is_at_rest(self) -> bool:
        """Whether it is connected, and nothing is under way or waits."""
        seen = self._seen()
        if seen is None or not self.is_live or self._tasks or seen.is_busy:
            return False
        self._look_through(seen)
        return not any(one.waits for one in self.written)

    def _look_through(self, seen: Seen) -> None:
        """What left the outbox is stored, as the page knows."""
        kept = {one.key: one for one in seen.outbox}
        for mine in self.written:
            if mine.key not in kept:
                mine.store()

    def rows(self) -> list[wire_conversations.Row]:
        """The list from the top."""
        return self.copy.listed()

    def _seen(self) -> Seen | None:
        found = self._happen("look")
        return None if found is None or not found["me"] else msgspec.convert(found, Seen)

    # What its person does.

    def write(self, to: UserId, body: str, course: CourseId | None) -> None:
        """Write a message, in the chat with somebody."""
        self._call("write", to, body, course)

    def show(self, chat: str) -> None:
        """Open a chat, or look further up in it."""
        self._call("older" if self._dice.random() < 0.3 else "open", chat)

    def read(self, chat: str, _: Random) -> None:
        """See the newest message."""
        self._call("read", chat)

    def mark_unread(self, chat: str, seq: int) -> None:
        """Mark unread from a message on."""
        self._call("markUnread", chat, seq)

    def hide(self, chat: str, seq: int) -> None:
        """Delete one's own copy of a message, if it is shown."""
        self._call("hide", chat, seq)

    def restore(self, chat: str, seq: int) -> None:
        """Undo."""
        self._call("restore", chat, seq)

    def delete_for_everyone(self, chat: str, seq: int) -> None:
        """Delete a message for both, if it is shown."""
        self._call("deleteForEveryone", chat, seq)

    def edit(self, chat: str, seq: int, body: str) -> None:
        """Give a message another text, if it is shown."""
        self._call("edit", chat, seq, body)

    def react(self, chat: str, seq: int, emoji: str, *, is_on: bool) -> None:
        """Give a reaction to a message that is shown, or take it back."""
        self._call("react", chat, seq, emoji, is_on)

    def star(self, chat: str, seq: int, *, is_on: bool) -> None:
        """Star a message that is shown, or take the star back."""
        self._call("star", chat, seq, is_on)

    def draft(self, chat: str, text: str) -> None:
        """Type in a chat's composer."""
        self._call("draft", chat, text)

    def pin(self, chat: str, *, is_on: bool) -> None:
        """Pin a chat above the others, or unpin it."""
        self._call("pin", chat, is_on)

    def delete_chat(self, chat: str) -> None:
        """Empty one's side."""
        self._call("deleteChat", chat)

    def pry(self, chat: str, _: Random) -> None:
        """Go to the address of a chat of others."""
        self._call("open", chat)

    def cross(self, host: str) -> None:
        """Come to another account's address with one's own session: there must be nothing."""
        if self._session is not None:
            self._start(self._network.intrude(host, self._session.secret, conversations.chats))

    def sign_out(self) -> None:
        """End the session, from elsewhere: what was written here is kept."""
        if self._session is not None:
            self._start(self._sign_out(self._session.secret))

    async def _sign_out(self, secret: str) -> None:
        try:
            await self._network.ask(self._site, secret, entry.sign_out)
        except (Unreachable, Problem):
            return

    def _call(self, verb: str, *words: Any) -> None:
        self._happen("call", verb=verb, words=words)

    # What befalls it.

    def arrive(self) -> None:
        """Sign in, sooner or later, and load the page."""
        if not self._is_coming:
            self._is_coming = True
            self._start(self._arrive())

    async def _arrive(self) -> None:
        self._session = None
        while self._session is None:
            await asyncio.sleep(self._dice.uniform(0, PATIENCE))
            self._session = await self._sign_in(self.person)
        self._is_coming = False
        self.reload()

    def hang_up(self) -> None:
        """The line breaks."""
        for socket in list(self._cables):
            self._cables[socket].hang_up()
            self.lose(socket, 1006)

    def reload(self) -> None:
        """The page is loaded anew."""
        if self._session is None:
            return
        self._close()
        self._happen("load")

    def _close(self) -> None:
        for cable in self._cables.values():
            cable.hang_up()
        for timer in self._timers.values():
            timer.cancel()
        self._cables, self._timers, self.is_live = {}, {}, False

    def freeze(self) -> None:
        """Read slowly for a while."""
        for cable in self._cables.values():
            cable.is_slow = True

    def stop(self) -> None:
        """Do nothing any more."""
        for task in self._tasks:
            task.cancel()
        for timer in self._timers.values():
            timer.cancel()

    # The world around the page.

    def _happen(self, does: str, **more: Any) -> Any:
        """Something happens in the page, and then what it wants."""
        effects, seen = self._host.happen(device=self.name, does=does, now=int(self._loop.time() * 1000), **more)
        for effect in effects:
            assert "fault" not in effect, effect["fault"]
            self._want(effect)
        return seen

    def _want(self, effect: dict[str, Any]) -> None:  # noqa: C901 - it is the table of what pages want
        match effect:
            case {"timer": timer, "after": after}:
                self._timers[timer] = self._loop.call_later(after / 1000, self._fire, timer)
            case {"forget": timer}:
                self._timers.pop(timer).cancel()
            case {"ask": ask, "method": method, "path": path, "headers": headers, "body": body}:
                secret = self._session.secret if self._session else ""
                self._start(self._ask(ask, Request(self._site, secret, method, path, headers, body)))
            case {"connect": socket}:
                self._connect(socket)
            case {"say": text, "socket": socket}:
                if socket in self._cables:
                    self._cables[socket].say(text.encode())
            case {"close": socket}:
                if socket in self._cables:
                    self._cables.pop(socket).hang_up()
            case {"wrote": key, "words": [to, body, course]}:
                self.written.append(Written(key, to, body, course))
            case {"failed": key, "reason": reason}:
                next(one for one in self.written if one.key == key).refuse(reason)
            case {"gone": True}:
                self.is_live = False
                self.arrive()
            case _:
                raise AssertionError(effect)

    def _fire(self, timer: int) -> None:
        self._timers.pop(timer, None)
        self._happen("fire", timer=timer)

    async def _ask(self, ask: int, request: Request) -> None:
        try:
            status, body = await self._network.carry(request.through)
        except Unreachable:
            self._happen("answer", ask=ask)
            return
        self._check(request, status, body)
        self._happen("answer", ask=ask, status=status, body=body)

    def _check(self, request: Request, status: int, body: str) -> None:
        """Check that an answer is the requester's own."""
        kind = ANSWERS.get(request.path.partition("?")[0].rpartition("/")[2], wire_conversations.Opened)
        is_of_chats = "/conversation" in request.path and not request.path.endswith("/draft")
        if request.method == "GET" and is_of_chats and status < 300:
            self._ledger.check_told(self.person, msgspec.json.decode(body, type=kind))

    def _connect(self, socket: int) -> None:
        secret = self._session.secret if self._session else ""
        cable = self._network.connect(self._site, secret, _End(self, socket, self._session))
        if cable is None:
            self._loop.call_later(0.1, self.lose, socket, 1006)
        else:
            self._cables[socket] = cable

    def hear(self, socket: int, session: Issued | None, text: bytes) -> None:
        """A text came over a line."""
        for frame in msgspec.json.decode(text, type=list[wire_frames.ServerFrame]):
            self.is_live = self.is_live or isinstance(frame, wire_frames.WelcomeFrame)
            if session is not None:
                self._ledger.check_heard(self.person, session.session.id, frame)
        self._happen("hear", socket=socket, text=text.decode())

    def lose(self, socket: int, code: int) -> None:
        """A line ended."""
        if self._cables.pop(socket, None) is not None:
            self.is_live = False
        self._happen("lose", socket=socket, code=code)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.result()


class _End:
    """The page's end of one line."""

    def __init__(self, browser: Browser, socket: int, session: Issued | None) -> None:
        self._browser = browser
        self._socket = socket
        self._session = session

    def hear(self, text: bytes) -> None:
        self._browser.hear(self._socket, self._session, text)

    def lose(self, code: int) -> None:
        self._browser.lose(self._socket, code)
