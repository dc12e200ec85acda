"""The account's settings (rules §3, §5, §7)."""

from collections.abc import Mapping
from dataclasses import replace

from hallway.domain import administration
from hallway.domain.accounts import Account, has_other_facts
from hallway.domain.audit import Action
from hallway.domain.events import AccountChanged, FactsChanged
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.messaging.dialogs import my_account
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction

FACTS = ("name", "messaging_on", "mode", "delete_for_everyone", "links_by_confirmation", "typing_on")


def show(tx: Transaction, actor: Actor) -> Account:
    """The settings, for those who may change them."""
    enter(tx, actor, administration.manage_account)
    return my_account(tx, actor)


def change(tx: Transaction, actor: Actor, *, changes: Mapping[str, object]) -> None:
    """Change some settings; everybody's open screens hear of it at once (rules §4)."""
    enter(tx, actor, administration.manage_account)
    before = my_account(tx, actor)
    after = replace(before, **changes)  # type: ignore[arg-type] - the door knows the fields
    fields.require_valid(fields.name("academy", after.name))
    tx.accounts.save(after)
    trail.record_change(tx, actor, Action.ACCOUNT_CHANGED, trail.account(after.id), before, after, facts=FACTS)
    if has_other_facts(before, after):
        tx.announce(FactsChanged(actor.account_id, None))
    elif after != before:
        tx.announce(AccountChanged(actor.account_id, None))
