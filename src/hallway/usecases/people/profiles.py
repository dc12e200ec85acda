"""What people are shown of a person: who learns that it changed."""

from hallway.domain.events import ProfileChanged
from hallway.domain.ids import AccountId, UserId
from hallway.usecases.transaction import Transaction


def announce_profile(tx: Transaction, account_id: AccountId, user_id: UserId) -> None:
    """Announce that a person is shown differently: to themselves, and to everyone who has a dialog with them."""
    partners = tx.people.conversation_partners(account_id, [user_id])
    tx.announce(ProfileChanged(account_id, user_id, partners | {user_id}))
