"""What every handler may need of the installation."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency

from hallway.domain.ids import UserId
from hallway.domain.notices import EMAIL, Channel
from hallway.transport.addresses import Addresses
from hallway.transport.async_store import AsyncStore
from hallway.transport.networks import Proxies
from hallway.transport.rate_limit import FailureLimiter, RateLimiter
from hallway.transport.turns import Turns
from hallway.transport.typing import TypingRelay
from hallway.usecases.access.known_devices import DEVICE_LIFE
from hallway.usecases.access.sessions import Issued
from hallway.usecases.actors import Actor
from hallway.usecases.imports.sheets import HowToRead, ImportKind, Look, Upload
from hallway.usecases.notifications.channels import Channels, DeclaredChannel
from hallway.usecases.people.pictures import Picture
from hallway.usecases.transaction import Transaction

T = TypeVar("T")


WRONG_SECRETS = 300
"""In a minute from one network. Whoever returns after their session expired brings one, too, and a class returns at once."""


@dataclass(frozen=True, slots=True)
class AvailableChannels:
    """The channels that the operator set up, by name, and the names of all that there are; the push services that are
    sent to, and the public key with which browsers subscribe.
    """

    declared: Channels = field(default_factory=dict[Channel, DeclaredChannel])
    known: frozenset[Channel] = frozenset()
    push_services: Collection[str] = ()
    push_key: Callable[[], Awaitable[str]] | None = None


class ReadsFiles(Protocol):
    """Reads files to import, out of this process."""

    async def read(self, content: bytes, how: HowToRead, requester: UserId, /) -> Upload:
        """All of a file. Raises Invalid, Busy."""
        ...

    def template(self, kind: ImportKind, /) -> bytes:
        """An empty workbook with the columns of a kind."""
        ...

    async def look(self, content: bytes, how: HowToRead, requester: UserId, /) -> Look:
        """What is in a file. Raises Invalid, Busy."""
        ...


@dataclass(frozen=True, slots=True)
class AppContext:
    """What every handler may need of the installation.

    `address` is how people reach it, `addresses` all by which they may. `files` reads uploaded files,
    and `read_picture` an uploaded picture, for one person at a time. `offered` are the (login, hint) of the demo's one-click
    sign-in, None outside of the demo. `sign_ins` counts tries of links and of the set-up token, and says how
    often passwords may be tried, which the store counts; `secrets` counts tries of sessions and access tokens.
    `typing` passes on that people type. `refusals` counts what was refused, by the code of the problem. `searches` and `exports` are each person's turns.
    """

    store: AsyncStore
    address: str
    session_life: timedelta
    sign_ins: FailureLimiter
    sends: RateLimiter
    set_up_token: str
    files: ReadsFiles
    read_picture: Callable[[bytes, UserId], Awaitable[Picture]]
    typing: TypingRelay
    channels: AvailableChannels = field(default_factory=AvailableChannels)
    offered: Sequence[tuple[str, str]] | None = None
    refusals: Counter[str] = field(default_factory=Counter)
    addresses: Addresses = field(default_factory=Addresses)
    proxies: Proxies = field(default_factory=Proxies)
    secrets: FailureLimiter = field(default_factory=lambda: FailureLimiter(WRONG_SECRETS))
    searches: Turns = field(default_factory=Turns)
    exports: Turns = field(default_factory=Turns)

    async def search(self, actor: Actor, work: Callable[[Transaction], T]) -> T:
        """Read what may take long because much is looked through: one of a person's at a time. Raises TooMany."""
        async with self.searches.turn(actor.user_id):
            return await self.store.read(work)

    @property
    def has_mail(self) -> bool:
        """Whether mail can be sent from here."""
        return EMAIL in self.channels.declared

    @property
    def is_https(self) -> bool:
        """Whether cookies may demand a safe line."""
        return self.address.startswith("https://")

    @property
    def cookie_name(self) -> str:
        """A name that a browser protects where it can."""
        return "__Host-hallway" if self.is_https else "hallway_session"

    def cookie(self, issued: Issued) -> Cookie:
        """The session cookie: out of reach of scripts and of other sites."""
        return self._cookie(self.cookie_name, issued.secret, self.session_life)

    def no_cookie(self) -> Cookie:
        """Takes the session cookie away."""
        return self._cookie(self.cookie_name, "", timedelta())

    @property
    def device_cookie_name(self) -> str:
        """As for the session's."""
        return "__Host-hallway_device" if self.is_https else "hallway_device"

    def device_cookie(self, secret: str) -> Cookie:
        """The cookie by which a browser is known in which somebody has signed in. It stays when they sign out.

        It is not signed: its secret cannot be guessed, and the store knows its hash.
        """
        return self._cookie(self.device_cookie_name, secret, DEVICE_LIFE)

    def _cookie(self, name: str, value: str, life: timedelta) -> Cookie:
        return Cookie(
            name,
            value=value,
            path="/",
            max_age=life // timedelta(seconds=1),
            httponly=True,
            samesite="lax",
            secure=self.is_https,
        )


InContext = NamedDependency[AppContext]


def context_of(state: State) -> AppContext:
    """Return the app context of an application."""
    context: AppContext = state.context
    return context
