"""Keys of an account's own, made when they are first needed: all processes use the same, and what is out relies on them."""

from collections.abc import Callable

from hallway.domain.ids import AccountId
from hallway.usecases.ports import Transaction

MAIL, PUSH = "mail", "push"
"""What signs tokens in mails, and what signs pushes, whose public half browsers know."""
ADDRESS = "address"
"""No key, but kept with them: the address by which the account was set up."""


def own_key(tx: Transaction, account_id: AccountId, name: str, make: Callable[[], str]) -> str:
    """The key of this name."""
    found = tx.settings.secret(account_id, name)
    if found is None:
        found = make()
        tx.settings.set_secret(account_id, name, found)
    return found
