"""A random world: a store, the plain facts and talks that an account in it must agree with, and a diary of what was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from hallway.domain.audiences import audience
from hallway.domain.events import Event
from hallway.domain.ids import ConversationId, FileId, UserId
from hallway.domain.verdicts import Refused
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Store, Transaction
from tests.school import CountedIds, StoppedClock
from tests.simulation.academies import furnish, furnish_owner
from tests.simulation.facts import Facts
from tests.simulation.names import HERE, Cast, actor, other
from tests.simulation.replicas import Replica
from tests.simulation.talks import Planned, Said, Talk, Uploaded

T = TypeVar("T")


@dataclass(slots=True)
class World:
    """`sent` are all messages that were tried, `acknowledged` those with an answer; `told` what the last step did.

    `neighbour` is the world of the other account, where that one lives, too.
    """

    store: Store
    random: Random
    facts: Facts
    clock: StoppedClock = field(default_factory=StoppedClock)
    talks: dict[ConversationId, Talk] = field(default_factory=dict[ConversationId, Talk])
    sent: list[Send] = field(default_factory=list[Send])
    acknowledged: dict[tuple[UserId, str], tuple[Talk, Said]] = field(
        default_factory=dict[tuple[UserId, str], tuple[Talk, Said]]
    )
    replicas: dict[tuple[UserId, ConversationId], Replica] = field(
        default_factory=dict[tuple[UserId, ConversationId], Replica]
    )
    told: list[Event] = field(default_factory=list[Event])
    diary: list[str] = field(default_factory=list[str])
    files: dict[FileId, Uploaded] = field(default_factory=dict[FileId, Uploaded])
    planned: list[Planned] = field(default_factory=list[Planned])
    count: int = 0
    ids: CountedIds = field(default_factory=CountedIds)
    neighbour: "World | None" = None

    @classmethod
    def invented(cls, store: Store, seed: int) -> "World":
        """The random academy of the seed, stored; nobody has written yet. Beside it is a stranger, alone in their account."""
        world = cls._furnished(store, Random(seed), HERE, [f"the world of seed {seed}"])
        world.do(lambda tx: furnish_owner(tx, other(HERE)))
        return world

    @classmethod
    def with_neighbour(cls, store: Store, seed: int) -> "World":
        """The same academy; beside it is another one whose people have the same names and logins."""
        world = cls._furnished(store, Random(seed), HERE, [f"the worlds of seed {seed}"])
        world.neighbour = cls._furnished(store, Random(f"neighbour {seed}"), other(HERE), world.diary)
        world.neighbour.neighbour = world
        return world

    @classmethod
    def _furnished(cls, store: Store, random: Random, cast: Cast, diary: list[str]) -> "World":
        ids = CountedIds(0 if cast is HERE else 1_000_000)
        world = cls(store, random, Facts.invented(random, cast), diary=diary, ids=ids)
        world.do(lambda tx: furnish(tx, world.facts))
        return world

    # Who is there.

    @property
    def cast(self) -> Cast:
        """Who and what there is in it."""
        return self.facts.cast

    @property
    def boss(self) -> Actor:
        """Its owner, signed in."""
        return actor(self.cast.owner)

    @property
    def stranger(self) -> UserId:
        """The owner of the other account."""
        return other(self.cast).owner

    @property
    def all(self) -> "list[World]":
        """This one and its neighbour."""
        return [self] if self.neighbour is None else [self, self.neighbour]

    # Acting on it, and looking.

    def do(self, work: Callable[[Transaction], T]) -> T:
        """Commit one work, keep what it told, and raise what it raised."""
        (outcome,) = self.store.write([work])
        self.told = list(outcome.events)
        if outcome.failure is not None:
            raise outcome.failure
        return outcome.value  # type: ignore[return-value]  # a work without failure has its value

    def attempt(self, work: Callable[[Transaction], object]) -> str | None:
        """Why the work is refused, None when it is done; a refused one must not be heard of."""
        try:
            self.do(work)
        except (Refused, NotFound, Invalid, Conflict) as refusal:
            assert self.told == []
            return code_of(refusal)
        return None

    def heard(self) -> list[tuple[type[Event], frozenset[UserId] | None]]:
        """What the last step told, and to whom."""
        return [(type(event), audience(event)) for event in self.told]

    def note(self, text: str) -> None:
        """A line of the diary."""
        self.diary.append(text)

    def next(self) -> int:
        """A number that was not there before, higher than all."""
        self.count += 1
        return self.count

    # Choosing.

    def somebody(self) -> UserId:
        """Anyone, whatever their state."""
        return self.random.choice(self.cast.people)

    def some(self, values: Sequence[T], size: int) -> list[T]:
        """So many of them, fewer where there are not enough."""
        return self.random.sample(values, min(size, len(values)))

    def is_lucky(self, chance: float) -> bool:
        """True that often."""
        return self.random.random() < chance

    def some_talk(self) -> Talk | None:
        """A dialog, when there is one; of three, the longest one, as people stay where they talk."""
        chosen = [self.random.choice(list(self.talks.values())) for _ in range(3)] if self.talks else []
        return max(chosen, key=lambda talk: talk.last_seq, default=None)


def code_of(refusal: Exception) -> str:
    """The code under which every door says this no."""
    match refusal:
        case Refused():
            return refusal.denial.value
        case NotFound():
            return "not_found"
        case Invalid():
            return "invalid"
        case Conflict():
            return refusal.code
        case _:
            raise refusal
