"""Events between processes: what is published here is heard here at once, and by the others through pub/sub.

Pub/sub may lose what it carries. So every process numbers its envelopes, and sends one every second even when nothing
happens: who misses a number, or hears nothing for a while, knows that something may be lost, and says so to whoever
listens. They ask the store, which holds the truth (docs/decisions/0015).
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec
import structlog

from hallway.broker.envelope import Envelope, Word, decode, encode, packed
from hallway.broker.in_process import InProcessBroker
from hallway.domain.events import Committed, Ephemeral, Event
from hallway.domain.ids import AccountId
from hallway.usecases.broker import Hear, Miss

BEAT = 1.0
"""Seconds between two envelopes of a process without events."""
SILENT = 4
"""Beats without a word of a process, after which something of it may be lost."""
FORGOTTEN = 256
"""Beats without a word, after which it is not thought of any more."""

_log = structlog.get_logger("hallway.broker")


class PubSub(Protocol):
    """Carries payloads to the other processes: those of each sender in order, each at most once."""

    @property
    def largest(self) -> int:
        """The most bytes that a payload may have."""
        ...

    async def open(self, hear: Callable[[bytes], Awaitable[None]]) -> None:
        """Connect; `hear` gets payloads of the others, one by one. Returns once connected, or keeps trying in the background."""
        ...

    async def follow(self, account_id: AccountId) -> None:
        """Deliver what the others send of this account, from when this returns, or from when that is possible."""
        ...

    @property
    def is_busy(self) -> bool:
        """Whether payloads wait to be sent."""
        ...

    def send(self, account_id: AccountId, payload: bytes) -> None:
        """Queue a payload, from the event loop; it may be lost."""
        ...

    async def close(self) -> None:
        """Send what waits, and disconnect."""
        ...


class Codec(Protocol):
    """Writes events for other processes, and reads theirs."""

    def write(self, event: Event) -> bytes:
        """Encode an event as JSON."""
        ...

    async def read(self, account_id: AccountId, written: Sequence[msgspec.Raw]) -> Sequence[Event]:
        """Decode the events that were written. Raises msgspec.DecodeError, StoreUnavailable."""
        ...


@dataclass(slots=True)
class _Peer:
    """Another process, as heard here: the number of its last envelope, and how many of our beats it has been silent."""

    number: int = 0
    silence: int = 0


class ClusterBroker:
    """`broker.Broker` for several processes."""

    def __init__(self, own: InProcessBroker, pub_sub: PubSub, form: Codec) -> None:
        """Join `own`, the events of this process, with those of the others, over `pub_sub`, written by the codec `form`."""
        self._own = own
        self._pub_sub = pub_sub
        self._form = form
        self._process = secrets.token_hex(8)
        self._numbers: defaultdict[AccountId, int] = defaultdict(int)
        self._peers: dict[tuple[AccountId, str], _Peer] = {}
        self._followed: set[AccountId] = set()
        self._listeners: list[tuple[Hear, Miss]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    # What the port asks for.

    def publish(self, events: Sequence[Committed]) -> None:
        """Publish committed events in this process and to the others; called from the writer's thread."""
        self._own.publish(events)

    def publish_ephemeral(self, event: Ephemeral) -> None:
        """Publish in this process, and to the others unless something waits to be sent to them."""
        self._own.publish_ephemeral(event)

    def subscribe(self, listener: Hear, missed: Miss) -> None:
        """Let `listener` hear what happens in any process; `missed` gets accounts of which something may have been lost."""
        self._own.subscribe(listener, missed)
        self._listeners.append((listener, missed))

    def overhear(self, listener: Hear) -> None:
        """Let `listener` hear what happens in the other processes alone."""
        self._listeners.append((listener, _nothing))

    def unsubscribe(self, listener: Hear) -> None:
        """Stop a listener from hearing anything."""
        self._own.unsubscribe(listener)
        self._listeners = [one for one in self._listeners if one[0] != listener]

    async def open(self) -> None:
        """Start pub/sub, then begin to publish to the others and to hear them."""
        await self._pub_sub.open(self._hear)
        self._own.subscribe(self._publish, _nothing)
        self._start(self._beat_for_ever())

    async def follow(self, account_id: AccountId) -> None:
        """Hear of this account from now on, also from the others."""
        if account_id not in self._followed:
            self._followed.add(account_id)
            await self._pub_sub.follow(account_id)
            self._send(account_id)

    async def close(self) -> None:
        """Say goodbye to the others, so that they suspect no loss, and disconnect."""
        self._own.unsubscribe(self._publish)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for account_id in self._numbers:
            self._send(account_id, "bye")
        await self._pub_sub.close()

    # To the others.

    def _publish(self, events: Sequence[Event]) -> None:
        """Publish to the others. With none there, only count: a process that comes later misses the numbers, and resyncs."""
        by_account: defaultdict[AccountId, list[Event]] = defaultdict(list)
        for event in events:
            if isinstance(event, Ephemeral):
                self._pass_on(event)
            else:
                by_account[event.account_id].append(event)
        for account_id, mine in by_account.items():
            if account_id not in self._followed:
                self._start(self.follow(account_id))
            if self._peers:
                self._send_all(account_id, mine)
            else:
                self._numbers[account_id] += 1

    def _pass_on(self, event: Ephemeral) -> None:
        """Send an ephemeral event in an envelope without a number, so that its loss is not noticed."""
        written = msgspec.Raw(self._form.write(event))
        payload = encode(
            Envelope(process=self._process, account_id=event.account_id, number=0, word="ephemeral", events=[written])
        )
        if self._peers and not self._pub_sub.is_busy and len(payload) <= self._pub_sub.largest:
            self._pub_sub.send(event.account_id, payload)

    def _send_all(self, account_id: AccountId, events: Sequence[Event]) -> None:
        for portion in packed([self._form.write(event) for event in events], self._pub_sub.largest):
            if portion is None:
                self._send(account_id, "ask")
            else:
                self._send(account_id, "", portion)

    def _send(self, account_id: AccountId, word: Word = "", events: Sequence[msgspec.Raw] = ()) -> None:
        self._numbers[account_id] += 1
        envelope = Envelope(
            process=self._process, account_id=account_id, number=self._numbers[account_id], word=word, events=events
        )
        self._pub_sub.send(account_id, encode(envelope))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _beat_for_ever(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self.beat()

    def beat(self) -> None:
        """Tell the others that this process is here, and notice those that are silent."""
        for account_id in self._numbers:
            self._send(account_id)
        for (account_id, process), peer in list(self._peers.items()):
            peer.silence += 1
            if peer.silence >= FORGOTTEN:
                del self._peers[account_id, process]
            elif peer.silence >= SILENT and peer.silence.bit_count() == 1:
                # At the 4th beat, the 8th, the 16th …: what is cut off for long is brought up to date again and again.
                self._miss(account_id, "silence", process=process, beats=peer.silence)

    # From the others.

    async def _hear(self, payload: bytes) -> None:
        """Take a payload. An unreadable one, perhaps of a newer version, counts as lost like any other.

        Nothing is raised, whatever it holds: pub/sub would deliver nothing more.
        """
        try:
            await self._take(decode(payload))
        except msgspec.DecodeError as wrong:
            _log.warning("parcel_unreadable", reason=str(wrong))
        except Exception:  # noqa: BLE001 - as above
            _log.exception("parcel_failed")

    async def _take(self, envelope: Envelope) -> None:
        if envelope.process == self._process or envelope.account_id not in self._followed:
            return
        if envelope.word == "ephemeral":
            await self._hand_over_ephemeral(envelope)
        elif self._count(envelope):
            await self._take_counted(envelope)

    async def _take_counted(self, envelope: Envelope) -> None:
        if envelope.word == "ask":
            self._miss(envelope.account_id, "too_large")
        elif envelope.events:
            await self._hand_over(envelope)

    def _count(self, envelope: Envelope) -> bool:
        """Return whether an envelope is new, and report a gap before it.

        A process that is heard for the first time has been there for longer, so the envelopes before are a gap, too.
        """
        key = envelope.account_id, envelope.process
        if key not in self._peers:
            self._send(envelope.account_id)  # so that it hears of us at once
        peer = self._peers.setdefault(key, _Peer())
        if envelope.number <= peer.number:
            return False
        if envelope.number > peer.number + 1:
            self._miss(envelope.account_id, "gap", process=envelope.process, lost=envelope.number - peer.number - 1)
        peer.number, peer.silence = envelope.number, 0
        if envelope.word == "bye":
            del self._peers[key]
        return True

    async def _hand_over(self, envelope: Envelope) -> None:
        try:
            events = await self._form.read(envelope.account_id, envelope.events)
        except Exception as failure:  # noqa: BLE001 - whatever it is, something was lost
            self._miss(envelope.account_id, "unreadable", detail=str(failure))
            return
        self._hand_on(events)

    async def _hand_over_ephemeral(self, envelope: Envelope) -> None:
        """Hand ephemeral events to the listeners. Unreadable ones are lost; committed events do not come this way."""
        events = await self._form.read(envelope.account_id, envelope.events)
        if passing := [one for one in events if isinstance(one, Ephemeral) and one.account_id == envelope.account_id]:
            self._hand_on(passing)

    def _hand_on(self, events: Sequence[Event]) -> None:
        # As what happened here: a listener that fails is told of by the loop, and keeps nobody from hearing the next.
        for hear, _ in self._listeners:
            asyncio.get_running_loop().call_soon(hear, events)

    def _miss(self, account_id: AccountId, reason: str, **more: object) -> None:
        """Tell the listeners that something of an account may have been lost."""
        _log.info("events_missed", account_id=account_id, reason=reason, **more)
        for _, missed in self._listeners:
            missed(account_id)


def _nothing(_: AccountId) -> None:
    """Do nothing, for listeners that need not know of losses between processes."""
