"""Keys of an account's own, made when they are first needed: all processes use the same, and what is out relies on them."""

from collections.abc import Callable

from hallway.domain.ids import AccountId
from hallway.usecases.transaction import Transaction

MAIL, PUSH, DELETED = "mail", "push", "deleted"
"""What signs tokens in mails; what signs pushes, whose public half browsers know; what makes digests of deleted texts."""
ADDRESS = "address"
"""No key, but kept with them: the address by which the account was set up."""
SET_UP = "set-up"
"""No key either: the hash of what an added account is set up with; empty once it has an owner."""
FIRST_STEPS = "first-steps"
"""Nor is this: whether the owner put the first steps away."""


def own_key(tx: Transaction, account_id: AccountId, name: str, make: Callable[[], str]) -> str:
    """Return the key of this name, making it when there is none; where two processes make it at once, both get the first one's."""
    found = tx.settings.secret(account_id, name)
    return tx.settings.first_secret(account_id, name, make()) if found is None else found
