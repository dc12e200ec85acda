"""Which site a host leads to, and for how long that is believed."""

from collections.abc import Callable
from typing import Any

import pytest

from hallway.domain.accounts import Account
from hallway.domain.events import AccountChanged
from hallway.storage.memory.store import MemoryStore
from hallway.transport import tenancy
from hallway.transport.tenancy import Sites
from hallway.usecases.transaction import StoreUnavailable, Transaction
from tests.contracts.world import ELSEWHERE, HERE, change

FIRST, LAST = sorted([HERE, ELSEWHERE])
pytestmark = pytest.mark.anyio


class Reading:
    """Reads from a store that may be away, and counts how often."""

    def __init__(self) -> None:
        """Nothing is stored."""
        self.store = MemoryStore()
        self.is_away = False
        self.count = 0

    async def __call__(self, work: Callable[[Transaction], Any]) -> Any:
        """Read."""
        self.count += 1
        if self.is_away:
            raise StoreUnavailable
        return self.store.read(work)

    def save(self, account: Account) -> None:
        """Store an account."""
        change(self.store, lambda tx: tx.accounts.save(account))


async def _names(sites: Sites, *hosts: str) -> list[str | None]:
    found = [await sites.at(host) for host in hosts]
    return [one.account.name if one and one.account else None for one in found]


async def test_an_accounts_own_addresses_lead_to_it_and_the_installations_to_the_one_without() -> None:
    reading = Reading()
    reading.save(Account(id=FIRST, name="First"))
    reading.save(Account(id=LAST, name="Last", addresses=("https://last.example", "http://lan.example")))
    sites = Sites(reading, "https://site.example", ["https://other.example"])
    assert await _names(sites, "site.example", "other.example:81", "localhost", "127.0.0.1:8080") == ["First"] * 4
    assert await _names(sites, "last.example", "LAN.example:8080") == ["Last"] * 2
    assert await _names(sites, "nobody.example", "", "last.example.evil.example") == [None] * 3


async def test_where_all_have_addresses_the_installations_lead_to_nobody_unless_there_is_one_account() -> None:
    reading = Reading()
    reading.save(Account(id=FIRST, name="First", addresses=("https://first.example",)))
    assert await _names(Sites(reading, "https://site.example"), "site.example", "localhost") == ["First"] * 2
    reading.save(Account(id=LAST, name="Last", addresses=("https://last.example",)))
    assert await _names(Sites(reading, "https://site.example"), "site.example", "localhost") == [None] * 2


async def test_a_host_is_looked_up_once_for_as_long_as_that_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(tenancy.time, "monotonic", lambda: now)
    reading = Reading()
    reading.save(Account(id=FIRST, name="First"))
    sites = Sites(reading, "http://localhost")
    assert await _names(sites, "localhost", "localhost") == ["First"] * 2
    assert reading.count == 1
    reading.save(Account(id=FIRST, name="Renamed"))
    now += tenancy.FRESH + 1
    assert await _names(sites, "localhost") == ["Renamed"]


async def test_a_change_that_is_heard_of_is_in_force_at_once() -> None:
    reading = Reading()
    reading.save(Account(id=FIRST, name="First"))
    sites = Sites(reading, "http://localhost")
    assert await _names(sites, "localhost") == ["First"]
    reading.save(Account(id=FIRST, name="Renamed"))
    sites.hear([AccountChanged(FIRST, None)])
    assert await _names(sites, "localhost") == ["Renamed"]


async def test_a_change_of_one_account_leaves_what_is_known_of_the_others() -> None:
    reading = Reading()
    reading.save(Account(id=FIRST, name="First"))
    reading.save(Account(id=LAST, name="Last", addresses=("https://last.example",)))
    sites = Sites(reading, "http://localhost")
    assert await _names(sites, "localhost", "last.example") == ["First", "Last"]
    sites.hear([AccountChanged(FIRST, None)])
    before = reading.count
    assert await _names(sites, "localhost", "last.example") == ["First", "Last"]
    assert reading.count == before + 1


async def test_while_the_store_is_away_what_was_known_holds_on() -> None:
    reading = Reading()
    reading.save(Account(id=FIRST, name="First"))
    sites = Sites(reading, "http://localhost")
    assert await _names(sites, "localhost") == ["First"]
    reading.is_away = True
    sites.forget()
    assert await _names(sites, "localhost") == ["First"]
    with pytest.raises(StoreUnavailable):
        await sites.at("first.example")


async def test_that_there_is_no_account_is_not_remembered() -> None:
    """The first run may be made through another process."""
    reading = Reading()
    sites = Sites(reading, "https://site.example")
    assert await _names(sites, "site.example") == [None]
    reading.save(Account(id=FIRST, name="First"))
    assert await _names(sites, "site.example") == ["First"]
