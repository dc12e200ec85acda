"""One storm: a random academy or two, their server, some people with their devices, and the faults between them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from hallway.domain.ids import UserId
from hallway.usecases.access import logins
from hallway.usecases.access.logins import Comer
from hallway.usecases.access.sessions import Issued
from hallway.usecases.errors import Busy, SignInFailed
from hallway.usecases.transaction import Outcome, Store, StoreUnavailable, Transaction
from tests.school import NOON, CountedIds
from tests.simulation.names import short
from tests.simulation.storms.clients import Client, SignIn
from tests.simulation.storms.devices import Device
from tests.simulation.storms.environment import SESSION_LIFE, Environment, Killed, Ports, Unreachable, UnsafeStore
from tests.simulation.storms.faults import Faults
from tests.simulation.storms.ledger import Ledger, Ledgers
from tests.simulation.storms.network import Network
from tests.simulation.world import World

T = TypeVar("T")


NewClient = Callable[[UserId, int, Network, Ledger, SignIn, Random], Client]


class WanderingClock:
    """`runtime.Clock` of the server: it goes with the loop's time, and is set forward and back."""

    def __init__(self) -> None:
        """Begin at noon."""
        self._loop = asyncio.get_running_loop()
        self._noon = NOON

    def now(self) -> datetime:
        """What the server takes for the time."""
        return self._noon + timedelta(seconds=self._loop.time())

    def jump(self, minutes: int) -> None:
        """Be set."""
        self._noon += timedelta(minutes=minutes)


class Office:
    """The store as the owner's changes of facts meet it: at once, and told to the server's lines like all others."""

    def __init__(self, storm: "Storm", store: Store) -> None:
        """Beside the writer: what the owner changes meets no fault."""
        self._storm = storm
        self._store = store

    def write(self, works: Sequence[Callable[[Transaction], T]]) -> Sequence[Outcome[T]]:
        """Commit, and tell."""
        outcomes = self._store.write(works)
        events = [event for outcome in outcomes for event in outcome.events]
        self._storm.ledgers.keep(events)
        if self._storm.network.environment is not None:
            self._storm.network.environment.publish(events)
        return outcomes

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What the store says."""
        return self._store.read(work)

    def close(self) -> None:
        """It is closed by who opened it."""


class Storm:
    """Everything of one run. `random` decides what people do, other dice what the network does."""

    def __init__(self, store: Store, seed: int, faults: Faults, new_client: NewClient = Device) -> None:
        """Furnish the academies, open the house, and let everybody come; the loop must be running."""
        self._loop = asyncio.get_running_loop()
        self._dice = Random(f"network {seed}")
        self._failures: list[BaseException] = []
        self._loop.set_exception_handler(lambda _, context: self._failures.append(_failure(context)))
        self.faults = faults
        self.world = World.with_neighbour(store, seed) if faults.accounts > 1 else World.invented(store, seed)
        self.random = self.world.random
        self.store = store
        self.ledgers = Ledgers(self.world.all)
        self.clock = WanderingClock()
        for world in self.world.all:
            world.store, world.clock = Office(self, store), self.clock  # type: ignore[assignment]
        self._unsafe = UnsafeStore(store, self.ledgers, self._dice)
        self.ports = Ports(self._unsafe, self.ledgers, self.clock, CountedIds(), _NoPasswords())
        self.network = Network(faults, self._dice)
        self._open_environment()
        self.academies = [Academy(self, world, seed, new_client) for world in self.world.all]
        for client in self.clients:
            client.arrive()
        self._unsafe.faults = faults
        self._unsafe.when_committed = self._perhaps_die

    @property
    def clients(self) -> list[Client]:
        """Those of all accounts."""
        return [client for academy in self.academies for client in academy.clients]

    def note(self, text: str) -> None:
        """A line of the diary, with the time."""
        self.world.note(f"{self._loop.time():9.3f}  {text}")

    def look(self) -> None:
        """Raise what went wrong until now, wherever that was."""
        for failure in (*self.ledgers.failures, *self._failures):
            raise failure

    # The server.

    def _open_environment(self) -> None:
        self.network.environment = Environment(self.ports, self.network.faults, self._dice)

    def kill(self) -> None:
        """The server dies; what it had not committed is lost, and so is what it had not told."""
        environment, self.network.environment = self.network.environment, None
        if environment is not None:
            self.note("the server dies")
            environment.die()
            for cable in self.network.cables:
                cable.cut()
            self._loop.call_later(self._dice.uniform(0, 3), self._open_environment)

    def retire(self) -> None:
        """The server is stopped with care."""
        if self.network.environment is not None:
            self.note("the server is stopped")
            self.network.environment.retire()
            self._loop.call_later(0.5, self.kill)

    def _perhaps_die(self) -> None:
        if self._dice.random() < self.network.faults.deaths:
            self.kill()
            raise Killed

    # The end.

    def calm(self) -> None:
        """The storm is over: everything arrives from now on."""
        self.note("the storm is over")
        self.network.calm()
        self._unsafe.faults = self.network.faults
        if self.network.environment is not None:
            self.network.environment.faults = self.network.faults

    def hang_up(self) -> None:
        """Everybody connects once more."""
        self.note("everybody connects once more")
        for client in self.clients:
            client.hang_up()

    def stop(self) -> None:
        """Let go of everything."""
        for client in self.clients:
            client.stop()
        if self.network.environment is not None:
            self.network.environment.die()

    def __str__(self) -> str:
        return f"{', '.join(map(str, self.academies))}, {self.faults}"


class Academy:
    """One account in a storm: its world and what was committed of it, some of its people, and their devices."""

    def __init__(self, storm: Storm, world: World, seed: int, new_client: NewClient) -> None:
        """Its people have their devices; nobody has come yet."""
        self.storm = storm
        self.world = world
        self.random = world.random
        self.ledger = storm.ledgers.of(world)
        self.note = storm.note
        self.people = self._chosen()
        self.clients = [
            new_client(person, number, storm.network, self.ledger, self._sign_in, Random(f"{person} {number} {seed}"))
            for person in self.people
            for number in range(storm.faults.devices)
        ]

    def _chosen(self) -> list[UserId]:
        """The owner, who may write to all, and people who may ask each other something, where there are any."""
        cast, pairs = self.world.cast, [[asks, expert] for _, asks, expert in self.world.facts.questions()]
        asking = self.random.choice(pairs) if pairs else []
        chosen = [cast.owner, *asking, *self.random.sample(cast.people, len(cast.people))]
        return list(dict.fromkeys(chosen))[: self.storm.faults.people]

    async def _sign_in(self, person: UserId) -> Issued | None:
        """A new session, unless the person may not sign in, or the server is not there."""
        environment = self.storm.network.environment
        if environment is None:
            return None
        try:
            return await environment.run(environment.context.store.write(lambda tx: self._open_session(tx, person)))
        except (SignInFailed, StoreUnavailable, Busy, Unreachable):
            return None

    def _open_session(self, tx: Transaction, person: UserId) -> Issued:
        comer = Comer(account_id=self.world.cast.account_id, user_id=person, verified=None)
        issued = logins.open_session(
            tx, comer, life=SESSION_LIFE, clock=self.storm.clock, ids=self.storm.ports.ids
        ).issued
        self.ledger.sessions[issued.session.id] = person
        return issued

    def __str__(self) -> str:
        people = [f"{short(one)} ({self.world.facts.roles[one]})" for one in self.people]
        return f"{people}, {self.world.facts.mode}"


def _failure(context: dict[str, Any]) -> BaseException:
    return context.get("exception") or AssertionError(context["message"])


class _NoPasswords:
    """`runtime.Passwords` where nobody has one."""

    def hash(self, password: str) -> str:
        """Never asked."""
        raise NotImplementedError(password)

    def verify(self, password: str, hashed: str | None) -> bool:
        """Never asked."""
        raise NotImplementedError(password, hashed)
