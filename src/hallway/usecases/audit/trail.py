"""Record what happens in the audit log, in the transaction in which it happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hallway.domain.audit import LONGEST_ADDRESS, Action, Draft, Target, Via, cleaned, differing, written
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.usecases.actors import Actor
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
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
    tx.audit.append(draft(by, action, target, person_id=person_id, before=before, after=after))


def draft(
    by: Actor | Origin,
    action: Action,
    target: Target,
    *,
    person_id: UserId | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Draft:
    """Draft an entry, within its bounds."""
    concerned = UserId(target.id) if person_id is None and target.kind == "user" else person_id
    return Draft(
        account_id=by.account_id,
        action=action,
        via=by.via,
        user_id=by.user_id,
        session_id=by.session_id,
        address=cleaned(by.address, LONGEST_ADDRESS),
        target=Target(target.kind, target.id),
        person_id=concerned,
        facts=written(target.name, before, after),
    )


def record_change(  # noqa: PLR0913 - one for each way in which a field is recorded
    tx: Transaction,
    by: Actor | Origin,
    action: Action,
    target: Target,
    before: object,
    after: object,
    *,
    facts: Iterable[str],
    texts: Iterable[str] = (),
) -> None:
    """Record which fields changed, if any: `facts` with what they were and are, of `texts` only that they did."""
    old, new = differing(before, after, facts)
    changed = list(differing(before, after, texts)[0])
    if old or changed:
        record(tx, by, action, target, before=old, after={**new, "texts": changed} if changed else new)


def user(user_id: UserId) -> Target:
    """Return a person as a target."""
    return Target("user", user_id)


def account(account_id: AccountId) -> Target:
    """Return the account itself as a target."""
    return Target("account", account_id)
