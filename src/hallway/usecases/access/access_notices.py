"""Tell people what others did to their way in: a line at their next sign-in, and a mail where there is one."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallway.domain.ids import UserId
from hallway.domain.people import User
from hallway.domain.text import identity_key
from hallway.usecases.access import former_emails
from hallway.usecases.access.records import AccessNotice, Deed
from hallway.usecases.actors import Actor
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import SecurityMail
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

MOST = 20
"""Lines that are kept for a person; the oldest go."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice, and the name of who did it; None for the operator."""

    notice: AccessNotice
    by: str | None


def note(
    tx: Transaction,
    user: User,
    deed: Deed,
    by_id: UserId | None,
    *,
    clock: Clock,
    ids: Ids,
    is_mailed: bool = True,
) -> None:
    """Keep a line for somebody, and mail it to the address that is surely theirs. What they do themselves they know."""
    if by_id == user.id:
        return
    now = clock.now()
    kept = tx.access.notices(user.account_id, user.id)
    tx.access.dismiss(user.account_id, user.id, [one.id for one in kept[MOST - 1 :]])
    tx.access.add_notice(
        AccessNotice(account_id=user.account_id, id=ids.new(), user_id=user.id, deed=deed, by_id=by_id, at=now)
    )
    if is_mailed:
        to = former_emails.confirmed(tx, [user], now)[user.id]
        mail = SecurityMail(user_id=user.id, text=f"access-{deed.value.replace('_', '-')}", at=now, by_id=by_id, to=to)
        security_mails.queue(tx, user.account_id, mail, clock=clock)


def note_changes(
    tx: Transaction, actor: Actor, changes: Sequence[tuple[User, User]], *, clock: Clock, ids: Ids
) -> None:
    """Notify people whose address or login others changed, at the address that was theirs, which counts for a while
    yet. People who never signed in have nothing to lose yet.
    """
    about = [one for one in changes if _key(one[0]) != _key(one[1]) and one[0].id != actor.user_id]
    signed_in = tx.people.signed_in(actor.account_id, [before.id for before, _ in about])
    for before, after in about:
        if before.id in signed_in:
            _note_change(tx, actor, before, after, clock=clock, ids=ids)


def _key(user: User) -> tuple[str, str]:
    return identity_key(user.email), identity_key(user.login)


def _note_change(tx: Transaction, actor: Actor, before: User, after: User, *, clock: Clock, ids: Ids) -> None:
    if identity_key(before.email) != identity_key(after.email):
        former_emails.keep(tx, before, clock.now())
        note(tx, after, Deed.EMAIL_CHANGED, actor.user_id, clock=clock, ids=ids)
        text = f"access-{Deed.EMAIL_CHANGED.value.replace('_', '-')}"
        to_new = SecurityMail(user_id=after.id, text=text, at=clock.now(), by_id=actor.user_id, to=after.email)
        security_mails.queue(tx, actor.account_id, to_new, clock=clock)
    if identity_key(before.login) != identity_key(after.login):
        note(tx, after, Deed.LOGIN_CHANGED, actor.user_id, clock=clock, ids=ids)


def lines(tx: Transaction, actor: Actor) -> Sequence[NoticeLine]:
    """Return the notices that the person has not dismissed, the newest first."""
    notices = tx.access.notices(actor.account_id, actor.user_id)
    people = tx.people.several(actor.account_id, {one.by_id for one in notices if one.by_id})
    names = {one.id: one.name for one in people.values()}
    return [NoticeLine(one, None if one.by_id is None else names.get(one.by_id, "…")) for one in notices]


def dismiss(tx: Transaction, actor: Actor, *, notice_id: str) -> None:
    """Dismiss a line that the person has read. If it is about their new address, this confirms the address as theirs."""
    mine = tx.access.notices(actor.account_id, actor.user_id)
    if any(one.id == notice_id and one.deed is Deed.EMAIL_CHANGED for one in mine):
        former_emails.confirm(tx, actor)
    tx.access.dismiss(actor.account_id, actor.user_id, [notice_id])
