"""The account's settings (rules §3, §5, §7, §14, §20)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from msgspec import UNSET, UnsetType

from hallway.domain import administration
from hallway.domain.accounts import Account, Mode, has_other_facts
from hallway.domain.audit import Action
from hallway.domain.events import AccountChanged, FactsChanged
from hallway.domain.files import FileKind
from hallway.domain.previews import MOST_HOSTS, host_pattern
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.patches import given
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction

FACTS = (
    "name",
    "messaging_on",
    "mode",
    "delete_for_everyone",
    "links_by_confirmation",
    "typing_on",
    "largest_file",
    "file_kinds",
    "preview_hosts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPatch:
    """Changes to the account's settings."""

    name: str | UnsetType = UNSET
    messaging_on: bool | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    delete_for_everyone: timedelta | UnsetType = UNSET
    links_by_confirmation: bool | UnsetType = UNSET
    typing_on: bool | UnsetType = UNSET
    largest_file: int | UnsetType = UNSET
    file_kinds: frozenset[FileKind] | UnsetType = UNSET
    preview_hosts: tuple[str, ...] | UnsetType = UNSET

    def of(self, account: Account) -> Account:
        """Return the account with these changes."""
        return replace(
            account,
            name=given(self.name, account.name),
            messaging_on=given(self.messaging_on, account.messaging_on),
            mode=given(self.mode, account.mode),
            delete_for_everyone=given(self.delete_for_everyone, account.delete_for_everyone),
            links_by_confirmation=given(self.links_by_confirmation, account.links_by_confirmation),
            typing_on=given(self.typing_on, account.typing_on),
            largest_file=given(self.largest_file, account.largest_file),
            file_kinds=given(self.file_kinds, account.file_kinds),
            preview_hosts=given(self.preview_hosts, account.preview_hosts),
        )


def show(tx: Transaction, actor: Actor) -> Account:
    """Return the settings, for those who may change them."""
    enter(tx, actor, administration.manage_account)
    return my_account(tx, actor)


def file_bytes(tx: Transaction, actor: Actor) -> int:
    """Return how many bytes the account's files have together, for those who may change the settings."""
    enter(tx, actor, administration.manage_account)
    return tx.files.used(actor.account_id)


def change(tx: Transaction, actor: Actor, *, changes: AccountPatch) -> None:
    """Change some settings; everybody's open screens are updated at once (rules §4)."""
    enter(tx, actor, administration.manage_account)
    before = my_account(tx, actor)
    after = changes.of(before)
    fields.require_valid(fields.name("academy", after.name))
    if changes.preview_hosts is not UNSET:
        after = replace(after, preview_hosts=_known_hosts(changes.preview_hosts))
    tx.accounts.save(after)
    trail.record_change(tx, actor, Action.ACCOUNT_CHANGED, trail.account(after.id), before, after, facts=FACTS)
    if has_other_facts(before, after):
        tx.announce(FactsChanged(actor.account_id, None))
    elif after != before:
        tx.announce(AccountChanged(actor.account_id, None))


def _known_hosts(given_hosts: Sequence[str]) -> tuple[str, ...]:
    """Return patterns of hosts as they are kept, each once, in order. Raises Invalid for too many, and for the first that is none."""
    if len(given_hosts) > MOST_HOSTS:
        raise Invalid(Problem("preview_hosts", "too_many_hosts", f"Enter at most {MOST_HOSTS} hosts."))
    found = {one: host_pattern(one) for one in given_hosts}
    wrong = next((one for one, host in found.items() if host is None), None)
    if wrong is not None:
        message = f"{wrong[:100]!r} isn't a host. Enter names like example.org or *.example.org."
        raise Invalid(Problem("preview_hosts", "not_a_host", message))
    return tuple(sorted({one for one in found.values() if one is not None}))
