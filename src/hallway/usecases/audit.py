"""Record what happens in the audit log, in the transaction in which it happens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hallway.domain.audit import LONGEST_ADDRESS, Action, Draft, Target, Via, cleaned, written
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.usecases.actors import Actor
from hallway.usecases.ports import Transaction


@dataclass(frozen=True, slots=True)
class Origin:
    """Who acts without being an Actor: the operator, a stranger, Hallway itself, or somebody who is just coming in."""

    account_id: AccountId
    via: Via
    address: str = ""
    user_id: UserId | None = None
    session_id: SessionId | None = None


def record(
    tx: Transaction,
    by: Actor | Origin,
    action: Action,
    target: Target,
    *,
    person_id: UserId | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Record an action. Give ids and plain facts; never a text that somebody wrote, never a secret.

    `person_id` is whom it concerns, who finds it in their own history; a target that is a person is that person.
    """
    concerned = UserId(target.id) if person_id is None and target.kind == "user" else person_id
    facts = written(before, after)
    address = cleaned(by.address, LONGEST_ADDRESS)
    session_id = by.session_id or None
    tx.audit.append(Draft(by.account_id, action, by.via, by.user_id, session_id, address, target, concerned, facts))


def user(user_id: UserId) -> Target:
    """A person as a target."""
    return Target("user", user_id)


def account(account_id: AccountId) -> Target:
    """The account itself as a target."""
    return Target("account", account_id)
