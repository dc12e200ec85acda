"""The server's side: one process of Hallway over a store that outlives it, put together as `hallway.app` does it."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from inspect import signature
from random import Random
from typing import Any, TypeVar

from hallway.broker.in_process import InProcessBroker
from hallway.domain.events import Event, SessionEnded
from hallway.storage.writer import Writer
from hallway.transport.app_context import AppContext
from hallway.transport.async_store import AsyncStore
from hallway.transport.auth import Credentials
from hallway.transport.rate_limit import FailureLimiter, MessageRates, RateLimiter
from hallway.transport.tenancy import Sites
from hallway.transport.typing import TypingRelay
from hallway.transport.websocket.hub import Hub
from hallway.transport.websocket.registry import SessionRegistry
from hallway.transport.websocket.session import WebSocketSession
from hallway.transport.wire.version import PROTOCOL
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.sending import Send
from hallway.usecases.runtime import Clock, Ids, Passwords
from hallway.usecases.transaction import Outcome, Store, StoreUnavailable, Transaction
from tests.simulation.names import HERE
from tests.simulation.storms.faults import Faults
from tests.simulation.storms.ledger import Ledgers

T = TypeVar("T")

POISON = "poison"
"""A text at which whatever carries out the whole batch fails."""
SESSION_LIFE = timedelta(days=30)
_FREELY = 1_000_000
"""Tries and messages a minute: pace is counted in real time, and is no matter here."""
_SIGN_INS = FailureLimiter(_FREELY)


class _ReadsNothing:
    """Nobody uploads anything here."""

    async def read(self, *_: object) -> Any:
        """Nor a picture."""
        raise NotImplementedError

    look = read_picture = read

    def template(self, *_: object) -> bytes:
        """Nor asks for a form."""
        raise NotImplementedError


class Killed(BaseException):
    """The process is gone in the middle of what it did."""


class Unreachable(Exception):  # noqa: N818 - what a client finds
    """No answer came. Whether anything was done, nobody knows."""


class UnsafeStore:
    """A store that fails now and then: before anything is done, or when all is done and only nobody learns of it."""

    def __init__(self, store: Store, ledgers: Ledgers, random: Random) -> None:
        """Everything that is truly committed goes into the ledger of its account."""
        self.faults = Faults()
        self.when_committed: Callable[[], None] = lambda: None
        self._store = store
        self._ledgers = ledgers
        self._random = random

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What the store answers, if it does."""
        if self._random.random() < self.faults.store_fails:
            raise StoreUnavailable
        return self._store.read(work)

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        """What became of the works, if it is to be known."""
        if self._random.random() < self.faults.store_fails:
            return [Outcome(None, (), StoreUnavailable()) for _ in works]
        outcomes = self._store.write(works)
        self._ledgers.keep([event for outcome in outcomes for event in outcome.events])
        self.when_committed()
        if self._random.random() < self.faults.store_forgets_to_say:
            return [Outcome(None, (), StoreUnavailable()) for _ in works]
        return outcomes

    def close(self) -> None:
        """It is closed by who opened it."""


class SteppedWriter(Writer):
    """The real writer without its thread: the loop lets it write, a moment after something began to wait."""

    def __init__(self, store: Store, publish: Callable[[Sequence[Event]], None], pause: Callable[[], float]) -> None:
        """`pause` says how many seconds the last commit still takes."""
        self._pause = pause
        self._is_due = False
        super().__init__(store, publish)

    def _run(self) -> None:
        """Leave the thread: nothing is ever done beside the loop."""

    def submit(self, work: Callable[[Transaction], Any], *, requester: Hashable = None) -> "Future[Any]":
        """As the writer does, and see to it that it is written."""
        return self._due(super().submit(work, requester=requester))

    def submit_grouped(self, run_all: Any, commands: Sequence[Any], *, requester: Hashable = None) -> "Future[Any]":
        """As above."""
        return self._due(super().submit_grouped(run_all, commands, requester=requester))

    def _due(self, future: "Future[Any]") -> "Future[Any]":
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(self._pause(), self._step)
        return future

    def _step(self) -> None:
        """Write all that waits by now, as one batch."""
        self._is_due = False
        try:
            self._write(self._next_batch())
        except Killed:
            return  # nobody is left who could answer


class PoisonedStore(AsyncStore):
    """The real store, awaited; a poisoned text breaks the batch in which it stands."""

    def _send_all(self, tx: Transaction, commands: Sequence[Send]) -> Sequence[Any]:
        answers = super()._send_all(tx, commands)
        if any(one.body == POISON for one in commands):
            raise ZeroDivisionError(POISON)
        return answers


@dataclass(frozen=True, slots=True)
class Ports:
    """What a server needs of the world."""

    store: UnsafeStore
    ledgers: Ledgers
    clock: Clock
    ids: Ids
    passwords: Passwords


def _credentials(host: str, secret: str) -> Credentials:
    """Those of a browser that comes to this host with this session cookie."""
    return Credentials(
        token=None,
        cookies=f"hallway_session={secret}",
        origin=None,
        host=host,
        address="",
        protocol=str(PROTOCOL),
        must_state_protocol=True,
    )


class Environment:
    """One server process. When it dies everything in its memory is gone: what waited, and who was connected."""

    def __init__(self, ports: Ports, faults: Faults, random: Random) -> None:
        """Start; the loop must be running."""
        self.is_dead = False
        self.faults = faults
        self._ledgers = ports.ledgers
        self._random = random
        self._broker = InProcessBroker()
        self._writer = SteppedWriter(ports.store, self.publish, lambda: random.uniform(0, 0.05))
        async_store = PoisonedStore(
            ports.store, self._writer, clock=ports.clock, ids=ports.ids, passwords=ports.passwords
        )
        self.context = AppContext(
            store=async_store,
            sites=Sites(async_store.read, f"http://{HERE.host}"),
            session_life=SESSION_LIFE,
            sign_ins=_SIGN_INS,
            sends=MessageRates(_FREELY),
            attachments=None,  # type: ignore[arg-type]  # nobody sends files here
            edits=RateLimiter(_FREELY),
            reactions=RateLimiter(_FREELY),
            stars=RateLimiter(_FREELY),
            drafts=RateLimiter(_FREELY),
            set_up_token="",
            files=_ReadsNothing(),
            typing=TypingRelay(async_store.read, self._broker.publish_ephemeral),
        )
        self._hub, self._lines = Hub(), SessionRegistry()
        self._broker.subscribe(self._hub.hear, lambda _: None)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._start(self._lines.watch())

    def line(self, host: str, secret: str) -> WebSocketSession:
        """A line for a browser that brings this secret to this host."""
        return WebSocketSession(self.context, self._hub, self._lines, _credentials(host, secret))

    async def answer(self, host: str, secret: str, handler: Any, words: dict[str, Any]) -> Any:
        """What a handler of the API answers the person of this secret, or the exception that its door turns into a no."""
        try:
            credentials = _credentials(host, secret)
            site = await credentials.site(self.context)
            session = await credentials.session(self.context, site)
            given = {
                "actor": Actor(account_id=session.account_id, user_id=session.user_id, session_id=session.id),
                "context": self.context,
                "site": site,
            }
            wanted = signature(handler.fn).parameters
            return await handler.fn(**words, **{name: one for name, one in given.items() if name in wanted})
        except Exception as failure:  # noqa: BLE001 - the door's table of refusals has words for every one
            return failure

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Let something be carried out, though nobody waits for it."""
        self._start(work)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Something that this process does. Raises Unreachable when it dies meanwhile."""
        task = self._start(work)
        await asyncio.wait({task})
        if task.cancelled():
            raise Unreachable
        return task.result()

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # How events get from the commit to the lines.

    def publish(self, events: Sequence[Event]) -> None:
        """The broker with these faults: it loses, repeats and delays, but carries the end of a session at once."""
        if self.is_dead:
            return
        for event in events:
            if isinstance(event, SessionEnded):
                self._carry(event)
            elif self._random.random() >= self.faults.lost_events:
                self._sometime(event, self.faults.late_events)
            if self._random.random() < self.faults.repeated_events:
                self._sometime(event, 1.0)

    def _sometime(self, event: Event, late: float) -> None:
        if self._random.random() < late:
            asyncio.get_running_loop().call_later(self._random.uniform(0, 1), self._carry, event)
        else:
            self._carry(event)

    def _carry(self, event: Event) -> None:
        if self.is_dead:
            return
        if isinstance(event, SessionEnded):
            self._ledgers.tell(event)
        self._broker.publish([event])

    # How it ends.

    def retire(self) -> None:
        """Stop as a service does: answer what was accepted, and send the lines away. `die` follows."""
        for line in list(self._lines._open):
            line.shutdown()

    def die(self) -> None:
        """Be killed."""
        self.is_dead = True
        for task in (*self._tasks, *self._lines._tasks):
            task.cancel()
