"""What people and the account decide about notices, and the browsers that take pushes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from urllib.parse import urlsplit

from hallway.domain import administration
from hallway.domain.audit import Action, Target
from hallway.domain.notifications import Channel, Policy, channel_of_choice
from hallway.domain.office import is_kept
from hallway.domain.people import User
from hallway.domain.text import cleaned_line
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Invalid, NotFound, Problem, SignedOut
from hallway.usecases.fields import require_valid
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.inbound import MOST_KEPT
from hallway.usecases.notifications.records import Bounce, Browser, KeptMail, NotificationPreferences
from hallway.usecases.people.profiles import announce_profile
from hallway.usecases.people.staff import enter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

FACTS = ("locked", "hides_text", "mail_after", "mail_colour")
MOST_BROWSERS = 10
"""Of one person; the oldest goes."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
"""Programs disagree about what other signs in an address mean, and a name must end where all of them say it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """The choices that somebody may see and make about their notifications."""

    user: User
    policy: Policy
    preferences: NotificationPreferences
    browsers: Sequence[Browser]
    bounce: Bounce | None
    is_expert: bool


def mine(tx: Transaction, actor: Actor, *, clock: Clock) -> Mine:
    """Return the actor's own choices, browsers and bounced mail."""
    user = tx.people.find(actor.account_id, actor.user_id)
    if user is None:
        raise NotFound("person")
    teaches = tx.courses.experts(actor.account_id, [one.id for one in tx.courses.of(actor.account_id, user.id)])
    return Mine(
        user=user,
        policy=tx.settings.policy(actor.account_id),
        preferences=tx.settings.of(actor.account_id, [user.id]).get(user.id, NotificationPreferences()),
        browsers=tx.browsers.of(actor.account_id, [user.id], clock.now()).get(user.id, ()),
        bounce=bounces.standing(tx, actor.account_id, [user]).get(user.id),
        is_expert=any(expert.id == user.id for experts in teaches.values() for expert in experts),
    )


def choose(tx: Transaction, actor: Actor, chosen: NotificationPreferences, *, channels: Collection[Channel]) -> None:
    """Keep what somebody wishes of these channels; whoever has their chat open sees new office hours at once.

    Raises Invalid.
    """
    _check(chosen)
    _require_channels(chosen.wishes.choices, channels)
    before = tx.settings.of(actor.account_id, [actor.user_id]).get(actor.user_id, NotificationPreferences())
    tx.settings.save(actor.account_id, actor.user_id, chosen)
    if before.office != chosen.office:
        announce_profile(tx, actor.account_id, actor.user_id)


def _check(chosen: NotificationPreferences) -> None:
    wishes, office = chosen.wishes, chosen.office
    has_one_end = (wishes.quiet_from is None) is not (wishes.quiet_until is None)
    is_empty = wishes.quiet_from is not None and wishes.quiet_from == wishes.quiet_until
    require_valid(
        Problem("quiet_until", "half_quiet", "Enter both a start and an end for quiet hours.") if has_one_end else None,
        Problem("quiet_until", "no_quiet", "Quiet hours can't start and end at the same time.") if is_empty else None,
        Problem("office.closes", "no_office", "Office hours must end after they start.")
        if office is not None and office.closes <= office.opens
        else None,
        Problem("office.reply_hours", "never_replied", "With these office hours, a reply would take more than a year.")
        if office is not None and office.closes > office.opens and not is_kept(office)
        else None,
    )


def _require_channels(choices: Collection[str], channels: Collection[Channel]) -> None:
    """Raise Invalid for a choice of a channel that there is not."""
    is_unknown = not {channel_of_choice(one) for one in choices} <= set(channels)
    problem = Problem("choices", "unknown_channel", "There's no such notification channel here.")
    require_valid(problem if is_unknown else None)


def is_service(endpoint: str, services: Collection[str]) -> bool:
    """Return whether an address that a browser gave is at one of the push services: nothing is sent anywhere else.

    `services` are origins, in which a star stands for any name below: https://*.push.example.
    """
    try:
        parts = urlsplit(endpoint)
    except ValueError:  # brackets without an address in them, signs that stand for others
        return False
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return bool(_HOST.fullmatch(parts.netloc)) and any(fnmatch(origin, one) for one in services)


def sign_up(  # noqa: PLR0913 - one for each part of a subscription
    tx: Transaction,
    actor: Actor,
    *,
    endpoint: str,
    p256dh: str,
    auth: str,
    name: str,
    services: Collection[str],
    clock: Clock,
    ids: Ids,
) -> None:
    """Register the browser of this session for pushes.

    Raises Invalid for an address at which there is no push service, SignedOut without a session.
    """
    if actor.session_id is None:
        raise SignedOut
    if not is_service(endpoint, services):
        raise Invalid(Problem("endpoint", "no_push_service", "This browser's push service isn't supported here."))
    theirs = tx.browsers.of(actor.account_id, [actor.user_id], clock.now()).get(actor.user_id, ())
    others = [one for one in theirs if actor.session_id != one.session_id]
    for one in (*others[: max(0, len(others) - MOST_BROWSERS + 1)], *(one for one in theirs if one not in others)):
        _forget(tx, one)
    browser = Browser(
        account_id=actor.account_id,
        id=ids.new(),
        user_id=actor.user_id,
        session_id=actor.session_id,
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        name=cleaned_line(name),
        created_at=clock.now(),
    )
    tx.browsers.add(browser)


def sign_off(tx: Transaction, actor: Actor, *, browser_id: str, clock: Clock) -> None:
    """Remove one of the actor's browsers, which takes no more pushes. Raises NotFound."""
    for one in tx.browsers.of(actor.account_id, [actor.user_id], clock.now()).get(actor.user_id, ()):
        if one.id == browser_id:
            _forget(tx, one)
            return
    raise NotFound("browser")


def _forget(tx: Transaction, browser: Browser) -> None:
    tx.browsers.remove(browser.account_id, browser.id)
    tx.notification_states.forget(browser.account_id, browser.user_id, browser.target_id)


# What the account decides.


def policy(tx: Transaction, actor: Actor) -> Policy:
    """Return the account's choices, for those who may change them."""
    enter(tx, actor, administration.manage_account)
    return tx.settings.policy(actor.account_id)


def set_policy(tx: Transaction, actor: Actor, chosen: Policy, *, channels: Collection[Channel]) -> None:
    """Decide for the account about these channels; what was decided of others stays. Raises Invalid."""
    enter(tx, actor, administration.manage_account)
    before = tx.settings.policy(actor.account_id)
    _require_channels(chosen.choices.keys() - before.choices.keys(), channels)
    tx.settings.set_policy(actor.account_id, chosen)
    what, account = Action.NOTIFICATIONS_CHANGED, trail.account(actor.account_id)
    trail.record_change(tx, actor, what, account, before, chosen, facts=FACTS, texts=["choices"])


def kept_mails(tx: Transaction, actor: Actor) -> Sequence[KeptMail]:
    """Return the mails that nothing could be done with, the newest first."""
    enter(tx, actor, administration.manage_account)
    return tx.mails.kept(actor.account_id, MOST_KEPT)


def kept_mail(tx: Transaction, actor: Actor, *, mail_id: str) -> KeptMail:
    """Return one of those mails with its content. Raises NotFound."""
    enter(tx, actor, administration.manage_account)
    found = tx.mails.kept_one(actor.account_id, mail_id)
    if found is None:
        raise NotFound("mail")
    return found


def view_mail(tx: Transaction, actor: Actor, *, mail_id: str) -> KeptMail:
    """Return one of those mails for reading, and record in the audit log who read it. Raises NotFound."""
    found = kept_mail(tx, actor, mail_id=mail_id)
    trail.record(tx, actor, Action.MAIL_VIEWED, Target("mail", mail_id))
    return found


def drop_mail(tx: Transaction, actor: Actor, *, mail_id: str) -> None:
    """Keep it no longer. Raises NotFound."""
    kept_mail(tx, actor, mail_id=mail_id)
    tx.mails.drop(actor.account_id, mail_id)
    trail.record(tx, actor, Action.MAIL_DROPPED, Target("mail", mail_id))
