"""What the operator granted an account (`Limits`), asked in the transaction that would go beyond it."""

from hallway.domain.ids import AccountId
from hallway.usecases.errors import Conflict
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Transaction


def room(tx: Transaction, account_id: AccountId) -> int | None:
    """How many people may be added; those who were removed do not count. None without a limit."""
    account = tx.accounts.find(account_id)
    if account is None or account.limits.people is None:
        return None
    return max(0, account.limits.people - tx.people.count(account_id, UserFilter()))


def require_room(tx: Transaction, account_id: AccountId) -> None:
    """Raise Conflict when nobody may be added."""
    if room(tx, account_id) == 0:
        raise Conflict("too_many_people", "This account has as many people as it may have. Remove someone first.")
