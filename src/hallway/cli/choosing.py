"""Which account a command is about."""

from collections.abc import Sequence
from typing import Annotated

import typer

from hallway.domain.accounts import Account
from hallway.settings import BadSettings
from hallway.usecases.accounts.addresses import host_of
from hallway.usecases.transaction import Transaction

SHOWN = 20
"""Accounts that are offered."""
Chosen = Annotated[
    str | None, typer.Option("--account", help="The account's name, host or id, where there are several.")
]


def chosen_account(tx: Transaction, named: str | None) -> Account:
    """Return the account that is named, or without a name the only one. Raises BadSettings."""
    accounts = tx.accounts.all()
    if not accounts:
        message = "Hallway isn't set up yet. Run `hallway serve`, and open the link that it prints."
        raise BadSettings(message)
    found = [one for one in accounts if named is None or _is_named(one, named)]
    if len(found) == 1:
        return found[0]
    raise BadSettings(_which(accounts, found, named))


def _which(accounts: Sequence[Account], found: Sequence[Account], named: str | None) -> str:
    """Return what is the matter, and below it what to type, one account a line."""
    if named is None:
        return _offer("There are several accounts. Add one of these to the command:", accounts, "--account ")
    if found:
        return _offer(f"Several accounts are called {named}. Type one of these instead:", found)
    return _offer(f"No account has the name, host or id {named}. Type one of these instead:", accounts)


def _offer(says: str, accounts: Sequence[Account], option: str = "") -> str:
    lines = [f"  {option}{_typed(one)}  ({one.name})" for one in accounts[:SHOWN]]
    more = ["  … All of them: hallway account list"] if len(accounts) > SHOWN else []
    return "\n".join([says, *lines, *more])


def _typed(account: Account) -> str:
    """Return what names this account alone."""
    return host_of(account.addresses[0]) if account.addresses else account.id


def _is_named(account: Account, named: str) -> bool:
    text = named.strip().casefold()
    return text in {account.id, account.name.casefold(), *map(host_of, account.addresses)}
