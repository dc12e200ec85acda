"""What the operator granted an account (`Limits`), asked in the transaction that would go beyond it.

People count while they are active. So the limit is asked where somebody becomes active, whatever the door.
"""

from hallway.domain.ids import AccountId
from hallway.domain.people import State
from hallway.usecases.errors import Conflict
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Transaction

WHO_COUNTS = UserFilter(state=State.ACTIVE)


def room(tx: Transaction, account_id: AccountId) -> int | None:
    """Return how many people may become active, None without a limit; nobody else takes the room before this transaction ends."""
    account = tx.accounts.find(account_id)
    if account is None or account.limits.people is None:
        return None
    tx.hold_people(account_id)
    return max(0, account.limits.people - tx.people.count(account_id, WHO_COUNTS))


def require_room(tx: Transaction, account_id: AccountId) -> None:
    """Raise Conflict when nobody may become active."""
    if room(tx, account_id) == 0:
        message = "This account has as many people as it may have. Deactivate or remove someone first."
        raise Conflict("too_many_people", message)
