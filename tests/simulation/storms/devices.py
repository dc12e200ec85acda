"""A person's device: signs in, keeps a line, catches up, and sends what its person wrote until it is answered."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from random import Random
from typing import Any

import msgspec

from hallway.domain.ids import ConversationId, CourseId, SessionId, UserId
from hallway.transport.http import arranging, drafts, entry, stars
from hallway.transport.http import conversations as doors
from hallway.transport.http import messages as mail
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import problems as wire_problems
from hallway.transport.wire.drafts import SaveDraft
from hallway.usecases.access.sessions import Issued
from tests.simulation.names import cast_of, short
from tests.simulation.storms.clients import SignIn, Written
from tests.simulation.storms.copies import Copy
from tests.simulation.storms.environment import POISON, Unreachable
from tests.simulation.storms.ledger import Ledger
from tests.simulation.storms.network import Cable, Network, Problem

PATIENCE = 2.0
"""Seconds until a device connects again, at most."""
AGAIN = 1.0
"""Seconds until it asks once more what was not answered."""
PAGE = 3
"""Rows of a page of the list."""
LATER = {401, 429, 503}
"""Answers that do not refuse what was asked: now is not the time."""

_FRAMES = msgspec.json.Decoder(list[wire_frames.ServerFrame])


class Device:
    """One browser or program of a person. `written` is what it keeps through everything, in order."""

    def __init__(
        self, person: UserId, number: int, network: Network, ledger: Ledger, sign_in: SignIn, random: Random
    ) -> None:
        """Not signed in yet; `is_hasty` ones send all that waits at once over the line, the others one by one by HTTP."""
        self.person = person
        self.name = f"{short(person)}'s device {number}"
        self._number = number
        self.copy = Copy(person)
        self.written: list[Written] = []
        self.is_hasty = random.random() < 0.5
        self.is_live = False
        self.connected_at = 0.0
        self._host = cast_of(person).host
        self._network = network
        self._ledger = ledger
        self._sign_in = sign_in
        self._random = random
        self._session: Issued | None = None
        self._former: list[Issued] = []
        self._cable: Cable | None = None
        self._asked: dict[int, Written | ConversationId | None] = {}
        self._count = 0
        self._is_posting = False
        self._is_listing = False
        self._tasks: set[asyncio.Task[None]] = set()

    # Coming and going.

    def arrive(self) -> None:
        """Connect, sooner or later."""
        self._start(self._connect())

    async def _connect(self) -> None:
        while self._cable is None:
            await asyncio.sleep(self._random.uniform(0, PATIENCE))
            if self._session is None:
                self._session = await self._sign_in(self.person)
            if self._session is not None and self._cable is None:
                self._cable = self._network.connect(self._host, self._session.secret, self)

    def lose(self, code: int) -> None:
        """The line is gone: what was asked on it may have been done or not."""
        self._cable, self.is_live = None, False
        self._asked = {}
        if code == 4001:
            self._leave()
        self.arrive()

    def hang_up(self) -> None:
        """Go offline, and come back."""
        if self._cable is not None:
            self._cable.hang_up()
            self.lose(1006)

    def reload(self) -> None:
        """Forget all but what was written and not sent, as a page that is loaded anew."""
        self.copy = Copy(self.person)
        self.hang_up()

    def _leave(self) -> None:
        """Signed out: nothing of what was read stays."""
        if self._session is not None:
            self._former.append(self._session)
        self._session = None
        self.copy = Copy(self.person)

    def stop(self) -> None:
        """Do nothing any more."""
        for task in self._tasks:
            task.cancel()

    def freeze(self) -> None:
        """Read slowly for a while."""
        if self._cable is not None:
            self._cable.is_slow = True

    @property
    def session(self) -> SessionId | None:
        """With which it is connected."""
        return self._session.session.id if self._session and self.is_live else None

    @property
    def is_at_rest(self) -> bool:
        """Whether it is connected, and nothing is under way or waits."""
        is_behind = self.copy.is_list_behind or self.copy.behind
        is_busy = self._tasks or self._asked or any(one.waits for one in self.written)
        return self.is_live and not is_behind and not is_busy

    def rows(self) -> list[wire_conversations.Row]:
        """The list from the top."""
        return self.copy.listed()

    @property
    def unread_chats(self) -> int:
        """How many of the list are unread."""
        return sum(1 for row in self.rows() if row.unread)

    # Hearing.

    def hear(self, text: bytes) -> None:
        """Frames from the server."""
        for frame in _FRAMES.decode(text):
            if self._session is not None:
                self._ledger.check_heard(self.person, self._session.session.id, frame)
            self._take(frame)
        self._ask_what_is_behind()

    def _take(self, frame: wire_frames.ServerFrame) -> None:
        match frame:
            case wire_frames.WelcomeFrame():
                self.is_live, self.connected_at = True, asyncio.get_running_loop().time()
                self._look_again()
                self.send()
            case wire_frames.FactsFrame():
                self._look_again()
            case wire_frames.SignedOutFrame():
                self._leave()
            case wire_frames.SentFrame() | wire_frames.DoneFrame() | wire_frames.ChangesFrame() | wire_frames.NoFrame():
                self._take_answer(frame, self._asked.pop(frame.re or 0, None))
            case _:
                self._take_news(frame)

    def _take_news(self, frame: wire_frames.ServerFrame) -> None:
        if isinstance(frame, wire_frames.MessageFrame) and frame.message.sender_id == self.person:
            self._find_stored(frame.message)
        self.copy.hear(frame)

    def _find_stored(self, one: wire_messages.Message) -> None:
        """It came back, as the answer or by another way."""
        for mine in self.written:
            if mine.key == one.key:
                mine.store()

    def _take_answer(
        self,
        frame: wire_frames.SentFrame | wire_frames.DoneFrame | wire_frames.ChangesFrame | wire_frames.NoFrame,
        question: Written | ConversationId | None,
    ) -> None:
        match frame, question:
            case wire_frames.SentFrame(), Written():
                assert frame.message.key == question.key
                self._find_stored(frame.message)
                self.copy.hear(frame)
                self.send()
            case wire_frames.NoFrame(), Written():
                self._take_no(question, frame.problem)
                self.send()
            case wire_frames.ChangesFrame(), str():
                self._apply(question, frame.changes)
            case wire_frames.NoFrame(), str():
                self._take_no_changes(question, frame.problem)
            case _:
                pass

    def _take_no(self, mine: Written, no: wire_problems.ProblemDocument) -> None:
        """Refused for good, or now is not the time."""
        if no.status in LATER:
            self._start(self._again(self.send))
        else:
            assert no.code != "fault" or mine.body == POISON
            mine.refuse(no.code)

    # Catching up.

    def _look_again(self) -> None:
        """The list anew, and what each opened chat missed."""
        self.copy.is_list_behind = True
        for chat in self.copy.chats:
            self._ask_changes(ConversationId(chat))

    def _ask_what_is_behind(self) -> None:
        if self.copy.is_list_behind and self.is_live and not self._is_listing:
            self._is_listing = True
            self._start(self._load_list())
        for chat in self.copy.behind:
            if chat not in self._asked.values():
                self._ask_changes(ConversationId(chat))

    async def _load_list(self) -> None:
        """Every page. What is heard of unknown chats while the answers are under way makes it ask once more."""
        self.copy.is_list_behind = False
        try:
            self.copy.load_list(await self._pages())
        except (Unreachable, Problem):
            self.copy.is_list_behind = True
            await asyncio.sleep(AGAIN)
        self._is_listing = False
        self._ask_what_is_behind()

    async def _pages(self) -> list[wire_conversations.Row]:
        page = await self.ask(doors.chats, limit=PAGE)
        rows = list(page.rows)
        while page.next is not None:
            page = await self.ask(doors.chats, cursor=page.next, limit=PAGE)
            rows += page.rows
        return rows

    def _ask_changes(self, chat: ConversationId) -> None:
        row = self.copy.rows.get(chat)
        if row is not None and row.last_seq > 0 and self.is_live:
            self._ask_live(lambda number: wire_frames.SyncFrame(number, chat, row.rev, row.own_rev), chat)

    def _apply(self, chat: ConversationId, changes: wire_conversations.Changes) -> None:
        if not self.copy.catch_up(chat, changes):
            self._start(self.open(chat))

    def _take_no_changes(self, chat: ConversationId, no: wire_problems.ProblemDocument) -> None:
        assert no.status in LATER, no.code
        self._start(self._again(lambda: self._ask_changes(chat)))

    def show(self, chat: str) -> None:
        """The person opens a chat."""
        self._start(self.open(chat))

    async def open(self, chat: str) -> None:
        """The chat with its newest messages."""
        try:
            self.copy.open(await self.ask(doors.open_chat, conversation_id=chat))
        except (Unreachable, Problem):
            if chat in self.copy.chats:
                self._start(self._again(lambda: self._ask_changes(ConversationId(chat))))
        self._ask_what_is_behind()

    # Saying.

    def write(self, to: UserId, body: str, course: CourseId | None) -> None:
        """The person writes a message; it is kept until it is answered."""
        self.written.append(Written(f"key-{self._number}-{len(self.written):05}", to, body, course))
        self.send()

    def send(self) -> None:
        """Send what waits: hasty ones all at once, when nothing of it is under way."""
        if not self.is_hasty:
            self._start(self._post_all())
            return
        if not self.is_live or any(isinstance(one, Written) for one in self._asked.values()):
            return
        frames: list[wire_frames.ClientFrame] = []
        for one in self.written:
            if one.waits:
                self._asked[self._next()] = one
                frames.append(
                    wire_frames.SendFrame(
                        id=self._count, to=one.to, to_kind="person", body=one.body, key=one.key, course_id=one.course
                    )
                )
        if frames:
            self._say(frames)

    async def _post_all(self) -> None:
        if self._is_posting:
            return
        self._is_posting = True
        try:
            while self._session is not None and (one := next((one for one in self.written if one.waits), None)):
                await self._post(one)
        finally:
            self._is_posting = False

    async def _post(self, one: Written) -> None:
        try:
            answer = await self.ask(
                mail.send_to_person,
                user_id=one.to,
                data=wire_messages.Send(body=one.body, key=one.key, course_id=one.course),
            )
        except Problem as no:
            self._take_no(one, no.document)
            await asyncio.sleep(AGAIN)
        except Unreachable:
            await asyncio.sleep(AGAIN)
        else:
            # What it shows comes over the line, in the order of all that happened; the answer may overtake that.
            self._find_stored(answer.message)

    # What the person asks for once, and tries no second time.

    def read(self, chat: str, dice: Random) -> None:
        """Say up to where one has read, over the line or by HTTP."""
        row = self.copy.rows[chat]
        seq = dice.choice([row.last_seq, row.last_seq, dice.randint(1, row.last_seq)])
        if dice.random() < 0.5:
            self._do(doors.read, conversation_id=chat, data=wire_conversations.Read(seq))
        elif self.is_live:
            self._ask_live(lambda number: wire_frames.ReadFrame(number, chat, seq), None)

    def mark_unread(self, chat: str, seq: int) -> None:
        """Mark unread from a message on."""
        self._do(doors.unread, conversation_id=chat, data=wire_conversations.MarkUnread(seq))

    def hide(self, chat: str, seq: int) -> None:
        """Delete one's own copy of a message."""
        self._do(mail.delete_mine, conversation_id=chat, seq=seq)

    def restore(self, chat: str, seq: int) -> None:
        """Take that back."""
        self._do(mail.restore_mine, conversation_id=chat, seq=seq)

    def delete_for_everyone(self, chat: str, seq: int) -> None:
        """Delete a message for both."""
        self._do(mail.delete_for_everyone, conversation_id=chat, seq=seq)

    def edit(self, chat: str, seq: int, body: str) -> None:
        """Give a message another text."""
        self._do(mail.edit, conversation_id=chat, seq=seq, data=wire_messages.Edit(body))

    def react(self, chat: str, seq: int, emoji: str, *, is_on: bool) -> None:
        """Give a reaction, or take it back."""
        self._do(mail.react, conversation_id=chat, seq=seq, data=wire_messages.React(emoji, is_on))

    def star(self, chat: str, seq: int, *, is_on: bool) -> None:
        """Star a message for oneself, or take the star back."""
        self._do(stars.star if is_on else stars.unstar, conversation_id=chat, seq=seq)

    def draft(self, chat: str, text: str) -> None:
        """Save a draft as a program does that knows of no other."""
        self._do(drafts.save, conversation_id=chat, data=SaveDraft(base=0, text=text))

    def pin(self, chat: str, *, is_on: bool) -> None:
        """Pin a chat above the others, or unpin it."""
        self._do(arranging.pin, conversation_id=chat, data=wire_conversations.Pin(is_on))

    def delete_chat(self, chat: str) -> None:
        """Empty one's side."""
        self._do(doors.delete_chat, conversation_id=chat)

    def sign_out(self) -> None:
        """End the session."""
        self._do(entry.sign_out)

    def pry(self, chat: str, dice: Random) -> None:
        """Look into a chat of others, and come with the secrets of sessions that are over: there must be nothing."""
        handler = dice.choice([doors.open_chat, doors.row, doors.changes, doors.history])
        self._do(handler, conversation_id=chat)
        for one in self._former:
            if one.session.id in self._ledger.ended:
                self._start(self._try(one.secret))

    async def _try(self, secret: str) -> None:
        answer = None
        with suppress(Unreachable, Problem):
            answer = await self._network.ask(self._host, secret, doors.chats)
        assert answer is None, "a session that is over was answered"

    def cross(self, host: str) -> None:
        """Come to another account's address with one's own session: there must be nothing."""
        if self._session is not None:
            self._start(self._network.intrude(host, self._session.secret, doors.chats))

    def _do(self, handler: Any, **words: Any) -> None:
        self._start(self._done(handler, words))

    async def _done(self, handler: Any, words: dict[str, Any]) -> None:
        with suppress(Unreachable, Problem):
            await self.ask(handler, **words)

    async def ask(self, handler: Any, **words: Any) -> Any:
        """Ask over HTTP. Raises Problem, Unreachable."""
        session = self._session
        if session is None:
            raise Unreachable
        answer = await self._network.ask(self._host, session.secret, handler, **words)
        self._ledger.check_told(self.person, answer)
        if self._session is not session:
            raise Unreachable  # somebody else is here now, or nobody
        return answer

    def _ask_live(self, frame: Callable[[int], wire_frames.ClientFrame], what: ConversationId | None) -> None:
        self._asked[self._next()] = what
        self._say([frame(self._count)])

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _say(self, frames: Sequence[wire_frames.ClientFrame]) -> None:
        if self._cable is not None:
            self._cable.say(msgspec.json.encode(frames))

    async def _again(self, work: Callable[[], None]) -> None:
        await asyncio.sleep(AGAIN)
        work()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.result()
