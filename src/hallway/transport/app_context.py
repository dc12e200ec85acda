"""What every handler may need of the installation."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

from litestar.datastructures import State
from litestar.di import NamedDependency

from hallway.domain.events import Ephemeral
from hallway.domain.ids import AccountId, UserId
from hallway.domain.notifications import EMAIL, Channel
from hallway.settings import Settings
from hallway.transport.async_store import AsyncStore
from hallway.transport.attachments import Attachments
from hallway.transport.networks import Proxies
from hallway.transport.rate_limit import FailureLimiter, MessageRates, RateLimiter
from hallway.transport.tenancy import Sites
from hallway.transport.turns import Turns
from hallway.transport.typing import TypingRelay
from hallway.usecases.actors import Actor
from hallway.usecases.files.renditions import Renditions
from hallway.usecases.imports.sheets import HowToRead, ImportKind, Look, Upload
from hallway.usecases.notifications.channels import Channels, DeclaredChannel
from hallway.usecases.people.pictures import Picture
from hallway.usecases.transaction import Transaction

T = TypeVar("T")


EDITS_PER_MINUTE, REACTIONS_PER_MINUTE, STARS_PER_MINUTE, DRAFTS_PER_MINUTE = 20, 60, 120, 120
"""For one person, as often as a minute's worth at once. Each is a change that is stored; edits and reactions reach all who see the message."""
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
    push_key: Callable[[AccountId], Awaitable[str]] | None = None


class ReadsFiles(Protocol):
    """Reads uploaded files out of this process."""

    async def read(self, content: bytes, how: HowToRead, requester: UserId, /) -> Upload:
        """Read all of a file. Raises Invalid, Busy."""
        ...

    def template(self, kind: ImportKind, /) -> bytes:
        """Build an empty workbook with the columns of a kind."""
        ...

    async def look(self, content: bytes, how: HowToRead, requester: UserId, /) -> Look:
        """Return what is in a file. Raises Invalid, Busy."""
        ...

    async def read_picture(self, content: bytes, requester: str, /) -> Picture:
        """Draw a picture anew. Raises Invalid, UnfinishedPicture, Busy."""
        ...

    async def draw(self, content: bytes, requester: str, /) -> Renditions:
        """Draw a picture of a message anew, in all its sizes. Raises Invalid, Busy."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """What every handler may need of the installation.

    `sites` says which account a host leads to. `files` reads
    what is uploaded, for one person at a time; `attachments` are the files of messages. `offered` are the (login, hint) of the demo's one-click
    sign-in, None outside of the demo. `sign_ins` counts tries of links and of the set-up token, and says how
    often passwords may be tried, which the store counts; `secrets` counts tries of sessions and access tokens.
    `typing` passes on that people type. `refusals` counts what was refused, by the code of the problem. `searches` and `exports` are each person's turns.
    `has_previews` is whether cards of links are made here.
    """

    store: AsyncStore
    sites: Sites
    session_life: timedelta
    sign_ins: FailureLimiter
    sends: MessageRates
    edits: RateLimiter = field(default_factory=lambda: RateLimiter(EDITS_PER_MINUTE))
    reactions: RateLimiter = field(default_factory=lambda: RateLimiter(REACTIONS_PER_MINUTE))
    stars: RateLimiter = field(default_factory=lambda: RateLimiter(STARS_PER_MINUTE))
    drafts: RateLimiter = field(default_factory=lambda: RateLimiter(DRAFTS_PER_MINUTE))
    set_up_token: str
    files: ReadsFiles
    attachments: Attachments
    typing: TypingRelay
    channels: AvailableChannels = field(default_factory=AvailableChannels)
    offered: Sequence[tuple[str, str]] | None = None
    refusals: Counter[str] = field(default_factory=Counter)
    proxies: Proxies = field(default_factory=Proxies)
    secrets: FailureLimiter = field(default_factory=lambda: FailureLimiter(WRONG_SECRETS))
    searches: Turns = field(default_factory=Turns)
    exports: Turns = field(default_factory=Turns)
    has_previews: bool = True

    async def search(self, actor: Actor, work: Callable[[Transaction], T]) -> T:
        """Run a read that may take long, one at a time for each person. Raises TooMany."""
        async with self.searches.turn(actor.user_id):
            return await self.store.read(work)

    @property
    def has_mail(self) -> bool:
        """Whether mail can be sent from this installation."""
        return EMAIL in self.channels.declared


def new_context(  # noqa: PLR0913 - one for each part of the installation
    settings: Settings,
    store: AsyncStore,
    *,
    set_up_token: str,
    publish: Callable[[Ephemeral], None],
    channels: AvailableChannels,
    files: ReadsFiles,
    attachments: Attachments,
    offered: Sequence[tuple[str, str]] | None,
) -> AppContext:
    """Build the app context as an operator's settings have it; `publish` reaches all processes."""
    return AppContext(
        store=store,
        sites=Sites(store.read, settings.address, settings.other_urls.split()),
        session_life=timedelta(days=settings.session_days),
        sign_ins=FailureLimiter(settings.sign_in_attempts_per_minute),
        sends=MessageRates(settings.messages_per_minute),
        set_up_token=set_up_token,
        files=files,
        attachments=attachments,
        typing=TypingRelay(store.read, publish),
        channels=channels,
        offered=offered,
        proxies=Proxies(settings.trusted_proxies, sets_host=settings.forwarded_host),
        has_previews=settings.link_previews == "on",
    )


InContext = NamedDependency[AppContext]


def context_of(state: State) -> AppContext:
    """Return the app context of an application."""
    context: AppContext = state.context
    return context
