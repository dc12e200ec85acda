"""Which account a command is about."""

from typing import Annotated

import typer

from hallway.domain.accounts import Account
from hallway.settings import BadSettings
from hallway.usecases.accounts.addresses import host_of
from hallway.usecases.transaction import Transaction

Chosen = Annotated[
    str | None, typer.Option("--account", help="The account's name, host or id, where there are several.")
]


def chosen_account(tx: Transaction, named: str | None) -> Account:
    """Return the account that is named, or without a name the only one. Raises BadSettings."""
    accounts = tx.accounts.all()
    if not accounts:
        message = "Hallway isn't set up yet. Run `hallway serve` first."
        raise BadSettings(message)
    found = [one for one in accounts if named is None or _is_named(one, named)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(_shown(one) for one in (found or accounts)[:20])
    message = (
        f"Name one of these accounts: {names}."
        if named is None or not found
        else f"Several are called {named}: {names}."
    )
    raise BadSettings(message if found or named is None else f"There is no account {named}. There are: {names}.")


def _is_named(account: Account, named: str) -> bool:
    text = named.strip().casefold()
    return text in {account.id, account.name.casefold(), *map(host_of, account.addresses)}


def _shown(account: Account) -> str:
    return f"{account.name} ({host_of(account.addresses[0]) if account.addresses else account.id})"
