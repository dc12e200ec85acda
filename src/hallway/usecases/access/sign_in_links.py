"""Sign-in links that staff make for others: shown, mailed, or shown once a second administrator has confirmed it.

Who has signed in before has something to lose: a link that staff see would let them come in as that person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hallway.domain import administration
from hallway.domain.administration import LinkRoute, Reach
from hallway.domain.audit import Action
from hallway.domain.ids import UserId
from hallway.domain.people import Person, Role, State, User
from hallway.domain.verdicts import Denial, Refused, require
from hallway.usecases.access import access_notices, former_emails, links
from hallway.usecases.access.records import Deed, LinkRequest
from hallway.usecases.access.sessions import Issued
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict, NotFound, TooMany
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import INVITATION, LINK, SecurityMail
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.staff import enter, target
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

REQUEST_LIFE = timedelta(days=1)
PAUSE = timedelta(minutes=1)
"""Between two links for the same person by mail: nobody's mailbox is filled with them."""


@dataclass(frozen=True, slots=True)
class Way:
    """The route by which a link reaches somebody, and the address that it is mailed to."""

    route: LinkRoute
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as staff see it. Once it is confirmed, who asked may be shown the link."""

    request: LinkRequest
    user: Card
    asked_by: Card
    confirmed_by: Card | None
    is_mine: bool
    may_confirm: bool


def ways(
    tx: Transaction, actor: Actor, users: Sequence[User], *, has_mail: bool, now: datetime
) -> Mapping[UserId, Way]:
    """Return how links reach these people; `has_mail` is whether mail is set up here."""
    account = my_account(tx, actor)
    ids = [one.id for one in users]
    signed_in = tx.people.signed_in(actor.account_id, ids)
    emails = former_emails.confirmed(tx, users, now)
    bounced = tx.mails.bounces(actor.account_id, ids)
    found: dict[UserId, Way] = {}
    for one in ids:
        returned = bounced.get(one)
        is_mailable = has_mail and bool(emails[one]) and (returned is None or returned.email != emails[one])
        reach = Reach(one in signed_in, is_mailable, account.links_by_confirmation)
        found[one] = Way(administration.link_route(reach), emails[one] if is_mailable else "")
    return found


def way(
    tx: Transaction, actor: Actor, *, user_id: UserId, has_mail: bool, clock: Clock
) -> tuple[Way, LinkRequest | None]:
    """Return how a link reaches one person, and the actor's own request for it."""
    _, user, _ = _target(tx, actor, user_id)
    now = clock.now()
    mine = (one for one in _requests(tx, actor, now) if (one.user_id, one.asked_by) == (user_id, actor.user_id))
    return _way(tx, actor, user, has_mail=has_mail, now=now), next(mine, None)


def show(tx: Transaction, actor: Actor, *, user_id: UserId, has_mail: bool, clock: Clock, ids: Ids) -> Issued:
    """Issue a link for an actor who may see it. Raises Refused with the way that there is instead."""
    me, user, facts = _target(tx, actor, user_id)
    way = _way(tx, actor, user, has_mail=has_mail, now=clock.now())
    confirmed = _confirmed(tx, actor, user_id, clock.now())
    require(administration.show_link(me, facts, way.route, is_confirmed=confirmed is not None))
    if confirmed is not None:
        tx.access.remove_request(actor.account_id, confirmed.id)
    access_notices.note(tx, user, Deed.LINK_MADE, actor.user_id, clock=clock, ids=ids)
    trail.record(tx, actor, Action.LINK_MADE, trail.user(user_id), after={"kind": way.route.value})
    return links.issue_link(tx, actor.account_id, user_id, by_id=actor.user_id, clock=clock, ids=ids)


def mail(tx: Transaction, actor: Actor, *, user_id: UserId, has_mail: bool, clock: Clock, ids: Ids) -> str:
    """Mail a link to the person themself, or an invitation if they never signed in. Returns the address that it goes to.

    Raises Refused, TooMany.
    """
    me, user, facts = _target(tx, actor, user_id)
    now = clock.now()
    way = _way(tx, actor, user, has_mail=has_mail, now=now)
    require(administration.mail_link(me, facts, is_mailable=bool(way.email)))
    _require_pause(tx, user, now)
    access_notices.note(tx, user, Deed.LINK_MADE, actor.user_id, clock=clock, ids=ids, is_mailed=False)
    is_newcomer = way.route is LinkRoute.SHOWN
    link = SecurityMail(
        user_id=user_id, text=INVITATION if is_newcomer else LINK, at=now, by_id=actor.user_id, to=way.email
    )
    security_mails.queue(tx, actor.account_id, link, clock=clock)
    action = Action.INVITED if is_newcomer else Action.LINK_MADE
    trail.record(tx, actor, action, trail.user(user_id), after={"kind": LinkRoute.MAILED.value})
    return way.email


def ask(tx: Transaction, actor: Actor, *, user_id: UserId, has_mail: bool, clock: Clock, ids: Ids) -> LinkRequest:
    """Ask another administrator to confirm. Asking again returns the request that there is."""
    me, user, facts = _target(tx, actor, user_id)
    now = clock.now()
    require(administration.ask_for_link(me, facts, _way(tx, actor, user, has_mail=has_mail, now=now).route))
    if not any(administration.confirm_link(one, facts, actor.user_id) for one in _administrators(tx, actor)):
        raise Refused(Denial.NO_SECOND_ADMINISTRATOR)
    mine = (one for one in _requests(tx, actor, now) if (one.user_id, one.asked_by) == (user_id, actor.user_id))
    found = next(mine, None) or LinkRequest(
        account_id=actor.account_id, id=ids.new(), user_id=user_id, asked_by=actor.user_id, asked_at=now
    )
    tx.access.save_request(found)
    trail.record(tx, actor, Action.LINK_ASKED, trail.user(user_id), after={"kind": LinkRoute.CONFIRMED.value})
    return found


def pending(tx: Transaction, actor: Actor, *, clock: Clock) -> Sequence[Asked]:
    """Return the requests that the actor made, and those that they may confirm."""
    me = enter(tx, actor)
    requests = _requests(tx, actor, clock.now())
    people = tx.people.several(actor.account_id, _people(requests))
    named = {card.user.id: card for card in cards(tx, actor.account_id, people.values())}
    facts = tx.people.facts(actor.account_id, {one.user_id for one in requests})
    found = [_asked(actor, me, one, named, facts) for one in requests]
    return [one for one in found if one.is_mine or one.may_confirm]


def confirm(tx: Transaction, actor: Actor, *, request_id: str, clock: Clock) -> None:
    """Confirm that the asking administrator is shown the link."""
    me, found = enter(tx, actor), _request(tx, actor, request_id, clock.now())
    _, facts = target(tx, actor, me, found.user_id)
    require(administration.confirm_link(me, facts, found.asked_by))
    tx.access.save_request(replace(found, confirmed_by=actor.user_id))
    trail.record(tx, actor, Action.LINK_CONFIRMED, trail.user(found.user_id), after={"asked_by": found.asked_by})


def withdraw(tx: Transaction, actor: Actor, *, request_id: str, clock: Clock) -> None:
    """Withdraw the actor's own request, or decline another's."""
    me, found = enter(tx, actor), _request(tx, actor, request_id, clock.now())
    if found.asked_by != actor.user_id:
        _, facts = target(tx, actor, me, found.user_id)
        require(administration.confirm_link(me, facts, found.asked_by))
    tx.access.remove_request(actor.account_id, request_id)
    trail.record(tx, actor, Action.LINK_DECLINED, trail.user(found.user_id))


def _target(tx: Transaction, actor: Actor, user_id: UserId) -> tuple[Person, User, Person]:
    """Return the facts about the actor, and an active person whom they administer, with the facts about that person."""
    me = enter(tx, actor)
    user, facts = target(tx, actor, me, user_id)
    require(administration.edit(me, facts))
    if user.state is not State.ACTIVE:
        raise Conflict("not_active", "Activate this person first.")
    return me, user, facts


def _way(tx: Transaction, actor: Actor, user: User, *, has_mail: bool, now: datetime) -> Way:
    return ways(tx, actor, [user], has_mail=has_mail, now=now)[user.id]


def _require_pause(tx: Transaction, user: User, now: datetime) -> None:
    made = [one.at for one in tx.access.notices(user.account_id, user.id) if one.deed is Deed.LINK_MADE]
    if made and now - made[0] < PAUSE:
        raise TooMany((PAUSE - (now - made[0])) // timedelta(seconds=1) + 1)


def _administrators(tx: Transaction, actor: Actor) -> Sequence[Person]:
    """Return some people who administer the whole account: enough to find one who is neither the actor nor the person."""
    chosen = (UserFilter(role=role, state=State.ACTIVE) for role in (Role.OWNER, Role.ADMINISTRATOR))
    found = [user.id for one in chosen for user in tx.people.page(actor.account_id, one, after=None, limit=3)]
    return list(tx.people.facts(actor.account_id, found).values())


def _requests(tx: Transaction, actor: Actor, now: datetime) -> Sequence[LinkRequest]:
    return tx.access.requests(actor.account_id, now - REQUEST_LIFE)


def _request(tx: Transaction, actor: Actor, request_id: str, now: datetime) -> LinkRequest:
    found = next((one for one in _requests(tx, actor, now) if one.id == request_id), None)
    if found is None:
        raise NotFound("request")
    return found


def _confirmed(tx: Transaction, actor: Actor, user_id: UserId, now: datetime) -> LinkRequest | None:
    """Return the actor's own request for this person that another administrator confirmed who still may."""
    mine = [one for one in _requests(tx, actor, now) if (one.user_id, one.asked_by) == (user_id, actor.user_id)]
    people = tx.people.facts(actor.account_id, {user_id, *(one.confirmed_by for one in mine if one.confirmed_by)})
    return next((one for one in mine if _is_good(one, people)), None)


def _is_good(one: LinkRequest, people: Mapping[UserId, Person]) -> bool:
    by = people.get(one.confirmed_by) if one.confirmed_by else None
    return by is not None and bool(administration.confirm_link(by, people[one.user_id], one.asked_by))


def _people(requests: Sequence[LinkRequest]) -> set[UserId]:
    return {
        person for one in requests for person in (one.user_id, one.asked_by, one.confirmed_by) if person is not None
    }


def _asked(
    actor: Actor, me: Person, one: LinkRequest, named: Mapping[UserId, Card], facts: Mapping[UserId, Person]
) -> Asked:
    may_confirm = one.confirmed_by is None and bool(administration.confirm_link(me, facts[one.user_id], one.asked_by))
    confirmed_by = named[one.confirmed_by] if one.confirmed_by else None
    is_mine = one.asked_by == actor.user_id
    return Asked(
        request=one,
        user=named[one.user_id],
        asked_by=named[one.asked_by],
        confirmed_by=confirmed_by,
        is_mine=is_mine,
        may_confirm=may_confirm,
    )
