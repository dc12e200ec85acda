"""What the operator does with accounts: add one, rename it, say where it is reached and what it may use, suspend it.

People of an account can do none of this, so it is asked of no rule; the account's audit log says what the operator did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import UNSET, UnsetType

from hallway.domain.accounts import Account, Limits
from hallway.domain.audit import Action, Via
from hallway.domain.events import AccountChanged
from hallway.domain.ids import AccountId
from hallway.usecases import fields
from hallway.usecases.accounts import founding
from hallway.usecases.accounts.addresses import address, host_of
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import Invalid, NotFound, Problem
from hallway.usecases.patches import given
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction

FACTS = ("name", "addresses", "mail_sender", "limits", "is_suspended")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorPatch:
    """Changes that the operator makes to an account; addresses as people write them."""

    name: str | UnsetType = UNSET
    addresses: Sequence[str] | UnsetType = UNSET
    mail_sender: str | UnsetType = UNSET
    people: int | UnsetType | None = UNSET
    messages_per_minute: int | UnsetType | None = UNSET
    file_bytes: int | UnsetType | None = UNSET
    is_suspended: bool | UnsetType = UNSET

    def of(self, account: Account) -> Account:
        """Return the account with these changes. Raises Invalid for what is no address."""
        written = given(self.addresses, account.addresses)
        limits = Limits(
            given(self.people, account.limits.people),
            given(self.messages_per_minute, account.limits.messages_per_minute),
            given(self.file_bytes, account.limits.file_bytes),
        )
        return replace(
            account,
            name=given(self.name, account.name).strip(),
            addresses=tuple(dict.fromkeys(map(address, written))),
            mail_sender=given(self.mail_sender, account.mail_sender),
            limits=limits,
            is_suspended=given(self.is_suspended, account.is_suspended),
        )


def add(tx: Transaction, name: str, addresses: Sequence[str], *, ids: Ids) -> tuple[Account, str]:
    """Add an account that awaits its owner, and return it with the token of its set-up link.

    Raises Invalid for a name or an address that is none, Conflict for an address of another account.
    """
    tx.hold_founding()
    if not addresses:
        raise Invalid(Problem("address", "empty", "Give the address at which its people will reach it."))
    account = OperatorPatch(addresses=addresses).of(Account(id=AccountId(ids.new()), name=name.strip()))
    _require_valid(account)
    tx.accounts.save(account)
    _record(tx, Account(id=account.id, name=""), account)
    return account, founding.await_owner(tx, account.id, ids=ids)


def change(tx: Transaction, account_id: AccountId, changes: OperatorPatch) -> Account:
    """Change an account, and return it. Raises NotFound, Invalid, and Conflict for an address of another account."""
    tx.hold_founding()
    before = tx.accounts.find(account_id)
    if before is None:
        raise NotFound("account")
    after = changes.of(before)
    _require_valid(after)
    tx.accounts.save(after)
    _record(tx, before, after)
    tx.announce(AccountChanged(account_id, None))
    return after


def _require_valid(account: Account) -> None:
    fields.require_valid(fields.name("academy", account.name))
    if account.mail_sender and fields.validated(account.mail_sender) is None:
        raise Invalid(Problem("mail_sender", "not_an_email", "This isn't an email address."))
    if len(set(map(host_of, account.addresses))) < len(account.addresses):
        raise Invalid(Problem("address", "invalid", "Each host name can be given once."))
    for number in (account.limits.people, account.limits.messages_per_minute, account.limits.file_bytes):
        if number is not None and number < 1:
            raise Invalid(Problem("limits", "invalid", "A limit is 1 at least; leave it out for none."))


def _record(tx: Transaction, before: Account, after: Account) -> None:
    by, target = Origin(account_id=after.id, via=Via.COMMAND), trail.account(after.id)
    trail.record_change(tx, by, Action.ACCOUNT_CHANGED, target, before, after, facts=FACTS)
