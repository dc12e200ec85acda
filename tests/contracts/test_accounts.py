"""Accounts in every store: found by host and by the tag of their mails, with what their operator granted them."""

import pytest

from hallway.domain.accounts import Account, Limits
from hallway.domain.ids import AccountId
from hallway.usecases.accounts.mail_tags import LENGTH, tag_of
from hallway.usecases.errors import Conflict
from hallway.usecases.transaction import Store
from tests.contracts.world import ELSEWHERE, HERE, change

FIRST, LAST = sorted([HERE, ELSEWHERE])
OWN = ("https://here.example", "http://lan.example:8080")


@pytest.fixture(autouse=True)
def _both(store: Store) -> None:
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here")))
    change(store, lambda tx: tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere")))


def test_an_account_keeps_all_that_its_operator_decides(store: Store) -> None:
    decided = Account(
        id=HERE, name="Here", addresses=OWN, mail_sender="hello@here.example", limits=Limits(5, 30), is_suspended=True
    )
    change(store, lambda tx: tx.accounts.save(decided))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == decided
    plain = Account(id=HERE, name="Here")
    change(store, lambda tx: tx.accounts.save(plain))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == plain
    assert store.read(lambda tx: tx.accounts.at("here.example")) is None


def test_an_account_is_found_by_each_of_its_hosts(store: Store) -> None:
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here", addresses=OWN)))
    for host in ("here.example", "lan.example"):
        found = store.read(lambda tx, host=host: tx.accounts.at(host))
        assert found is not None
        assert (found.id, found.addresses) == (HERE, OWN)
    assert store.read(lambda tx: tx.accounts.at("there.example")) is None


def test_an_address_belongs_to_one_account(store: Store) -> None:
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here", addresses=OWN)))
    with pytest.raises(Conflict) as clash:
        change(
            store,
            lambda tx: tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere", addresses=("http://here.example",))),
        )
    assert clash.value.code == "clash"
    assert store.read(lambda tx: tx.accounts.find(ELSEWHERE)) == Account(id=ELSEWHERE, name="Elsewhere")
    assert store.read(lambda tx: tx.accounts.at("here.example")) is not None


def test_the_default_account_is_the_oldest_without_addresses(store: Store) -> None:
    def default() -> AccountId | None:
        found = store.read(lambda tx: tx.accounts.default())
        return found.id if found else None

    assert default() == FIRST
    change(store, lambda tx: tx.accounts.save(Account(id=FIRST, name="First", addresses=("http://first.example",))))
    assert default() == LAST
    change(store, lambda tx: tx.accounts.save(Account(id=LAST, name="Last", addresses=("http://last.example",))))
    assert default() is None
    oldest = store.read(lambda tx: tx.accounts.oldest())
    assert oldest is not None
    assert (oldest.id, oldest.addresses) == (FIRST, ("http://first.example",))


def test_those_that_are_suspended_are_known(store: Store) -> None:
    assert store.read(lambda tx: tx.accounts.suspended()) == set()
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here", is_suspended=True)))
    assert store.read(lambda tx: tx.accounts.suspended()) == {HERE}


def test_all_come_by_name_with_their_addresses(store: Store) -> None:
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="beta", addresses=OWN)))
    change(store, lambda tx: tx.accounts.save(Account(id=ELSEWHERE, name="Alpha")))
    found = store.read(lambda tx: tx.accounts.all())
    assert [(one.name, one.addresses) for one in found] == [("Alpha", ()), ("beta", OWN)]


def test_accounts_are_found_by_the_tag_of_their_mails(store: Store) -> None:
    change(store, lambda tx: tx.accounts.save(Account(id=HERE, name="Here")))
    assert len(tag_of(HERE)) == LENGTH
    assert HERE in store.read(lambda tx: tx.accounts.by_mail_tag(tag_of(HERE)))
    assert store.read(lambda tx: tx.accounts.by_mail_tag("")) == []
