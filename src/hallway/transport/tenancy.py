"""Which account a request is for, by its host: a request by another name gets nothing, a page from elsewhere changes nothing.

Without that, a page of somebody else's could let its own name lead to Hallway (DNS rebinding): to the browser it would be
Hallway's own page, inside of the network that keeps strangers out.
"""

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import structlog
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.di import NamedDependency

from hallway.domain.accounts import NO_LIMITS, Account, Limits
from hallway.domain.events import AccountChanged, Event, FactsChanged
from hallway.domain.ids import AccountId
from hallway.transport.addresses import Origin, configured_origin, is_loopback, name_of, origin_of
from hallway.usecases.accounts import keys
from hallway.usecases.errors import Busy, NotFound
from hallway.usecases.transaction import StoreUnavailable, Transaction

FRESH = 5.0
"""Seconds for which what a host leads to is remembered: so soon a new address, or a suspension, is in force."""
MOST_REMEMBERED = 4_096
_ANYWHERE = frozenset({"", "0.0.0.0", "[::]"})  # noqa: S104 - nothing listens here: these name no host
_HINT = (
    "Only requests to localhost are answered. "
    "Set HALLWAY_PUBLIC_URL to the address that people type, and HALLWAY_OTHER_URLS to any others that lead here."
)

T = TypeVar("T")
_log = structlog.get_logger("hallway")


class Read(Protocol):
    """Reads from the store, as `AsyncStore.read`."""

    def __call__(self, work: Callable[[Transaction], T], /) -> Awaitable[T]:
        """Run `work` in a transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """What a host leads to: an account, None before the first run, and where its people reach it.

    `url` is the address for links, `origins` are those of its pages, and `may_learn` says that the first run may come by
    any name, and decides it.
    """

    account: Account | None
    url: str
    origins: frozenset[Origin]
    may_learn: bool = False

    @property
    def account_id(self) -> AccountId:
        """The id of the account. Raises NotFound before the first run."""
        if self.account is None:
            raise NotFound("account")
        return self.account.id

    @property
    def limits(self) -> Limits:
        """The limits that the operator granted the account."""
        return NO_LIMITS if self.account is None else self.account.limits

    @property
    def is_https(self) -> bool:
        """Whether cookies may demand an encrypted connection."""
        return self.url.startswith("https://")

    def speaks_tls_alone(self, host: str) -> bool:
        """Return whether this host is reached over TLS alone."""
        name = name_of(host)
        return {one.scheme for one in self.origins if one.name == name} == {"https"}

    def is_own_page(self, origin: str, host: str) -> bool:
        """Return whether an `Origin` is a page of this site. On loopback, pages come without TLS, from any port."""
        found, name = origin_of(origin), name_of(host)
        if found is None or name is None:
            return False
        return found in self.origins or (is_loopback(name) and found == origin_of(f"http://{host}"))


class Sites:
    """The sites of an installation, by host.

    An account's own addresses lead to it. The installation's lead to the account that has none: those that the operator
    has set; where only loopback is, the one at which Hallway was set up. Loopback always does.
    """

    def __init__(self, read: Read, url: str, configured: Iterable[str] = ()) -> None:
        """Take the installation's address for links, and more URLs; a URL that names no host, such as 0.0.0.0, is ignored."""
        found = map(configured_origin, [url, *configured])
        self._read = read
        self._url = url
        self._origins = frozenset(one for one in found if one is not None and one.name not in _ANYWHERE)
        self._is_local = all(is_loopback(one.name) for one in self._origins)
        self._remembered: dict[str, tuple[float, Site | None]] = {}

    async def at(self, host: str) -> Site | None:
        """Return the site of this `Host`; None where it is none of ours. Raises StoreUnavailable, Busy.

        Ports do not matter: proxies leave them out, and only names can deceive. While the store is away, what was known
        still holds.
        """
        name = name_of(host)
        if name is None:
            return None
        until, site = self._remembered.get(name, (0.0, None))
        if until >= time.monotonic():
            return site
        try:
            site = await self._read(lambda tx: self._find(tx, name))
        except (StoreUnavailable, Busy):
            if site is None:
                raise
        else:
            self._remember(name, site)
        return site

    def forget(self, account_id: AccountId | None = None) -> None:
        """Look up anew what leads to an account or to none, or everything."""
        for name, (_, site) in self._remembered.items():
            if account_id is None or site is None or site.account is None or site.account.id == account_id:
                self._remembered[name] = 0.0, site

    def hear(self, events: Sequence[Event]) -> None:
        """Look an account up anew once it has changed; what a command changes takes effect a little later."""
        for account_id in {one.account_id for one in events if isinstance(one, AccountChanged | FactsChanged)}:
            self.forget(account_id)

    def missed(self, account_id: AccountId) -> None:
        """Look the account up anew: an event of it may have been lost."""
        self.forget(account_id)

    async def warn(self) -> None:
        """Warn the operator where only the machine itself can come in."""
        account = await self._read(lambda tx: tx.accounts.default())
        if account is None:
            return
        site = await self._read(lambda tx: self._default(tx, account))
        if all(is_loopback(one.name) for one in site.origins):
            _log.warning("address_unknown", hint=_HINT)

    def _remember(self, name: str, site: Site | None) -> None:
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        if site is None or site.account is not None:  # the first run may be made through another process at any moment
            self._remembered[name] = time.monotonic() + FRESH, site

    def _find(self, tx: Transaction, name: str) -> Site | None:
        account = tx.accounts.at(name)
        if account is not None:
            return _own(account)
        account = tx.accounts.default()
        if account is None:
            return self._before_first_run(name) if tx.accounts.oldest() is None else None
        site = self._default(tx, account)
        is_known = is_loopback(name) or any(one.name == name for one in site.origins)
        return site if is_known else None

    def _before_first_run(self, name: str) -> Site | None:
        is_known = is_loopback(name) or any(one.name == name for one in self._origins)
        return Site(None, self._url, self._origins, self._is_local) if self._is_local or is_known else None

    def _default(self, tx: Transaction, account: Account) -> Site:
        if account.addresses:
            own = _own(account)
            return Site(account, own.url, own.origins | self._origins)
        learned = origin_of(tx.settings.secret(account.id, keys.ADDRESS) or "") if self._is_local else None
        return Site(account, self._url, self._origins | ({learned} if learned else frozenset[Origin]()))


def _own(account: Account) -> Site:
    """Return the site of an account that has addresses."""
    found = map(configured_origin, account.addresses)
    return Site(account, account.addresses[0], frozenset(one for one in found if one is not None))


def set_up_address(origin: str | None, host: str) -> str | None:
    """Return the address by which the first run is made, to be stored; None when the page is not of that host.

    Behind a proxy with TLS, only the page knows its scheme. The person who sets up has the token, and no other page
    has.
    """
    if origin is None:
        return str(origin_of(f"http://{host}") or "")
    found = origin_of(origin)
    if found is None or found != origin_of(f"{found.scheme}://{host}"):
        return None
    return str(found)


STATE = "site"
"""Where the middleware leaves the site in a request's state."""
InSite = NamedDependency[Site]


def site_of(request: ASGIConnection[Any, Any, Any, State]) -> Site:
    """Return the site that a request came to."""
    site: Site = request.scope["state"][STATE]
    return site
