"""The key that an account signs its pushes with: browsers that signed up know its public half, so it stays the same."""

from collections.abc import Callable

from hallway.domain.ids import AccountId
from hallway.usecases.ports import Transaction

PUSH_KEY = "push"


def push_key(tx: Transaction, account_id: AccountId, make: Callable[[], str]) -> str:
    """The private key, made when it is first needed."""
    found = tx.settings.secret(account_id, PUSH_KEY)
    if found is None:
        found = make()
        tx.settings.set_secret(account_id, PUSH_KEY, found)
    return found
