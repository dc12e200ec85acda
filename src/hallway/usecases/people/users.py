"""Users in the admin portal: list, add, edit, deactivate, activate, remove, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from msgspec import UNSET, UnsetType

from hallway.domain import administration
from hallway.domain.arrivals import Arrival, Status, status
from hallway.domain.audit import Action
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Person, Role, State, User, has_other_facts
from hallway.domain.text import identity_key
from hallway.domain.verdicts import require
from hallway.usecases import fields
from hallway.usecases.access import access_notices, sessions
from hallway.usecases.access.records import Deed
from hallway.usecases.accounts import limits
from hallway.usecases.actors import Actor
from hallway.usecases.audit import trail
from hallway.usecases.errors import Conflict, Invalid, Problem
from hallway.usecases.notifications import bounces
from hallway.usecases.notifications.records import Bounce
from hallway.usecases.patches import given
from hallway.usecases.people.cards import Card, cards
from hallway.usecases.people.pictures import Picture, keep_picture
from hallway.usecases.people.profiles import announce_profile
from hallway.usecases.people.staff import announce_facts, check_supervisor, enter, line_of, scope, supervisors, target
from hallway.usecases.people.user_lists import Counts, Sorting, SortKey, UserFilter, sort_key
from hallway.usecases.people.user_records import record_added, record_changed
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

BY_NAME = Sorting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A user as staff see them, with what the one who looks may do to them."""

    card: Card
    supervisor: Card | None
    manages: Sequence[DepartmentId]
    has_password: bool
    arrival: Arrival
    status: Status
    grantable_roles: Sequence[Role]
    may_edit: bool
    may_change_state: bool
    bounce: Bounce | None
    has_ended_mails: bool


@dataclass(frozen=True, slots=True)
class Users:
    """A page of users; `next` is the key to go on behind, None at the end; `total` counts all that the filter finds.

    `counts` are those that it would find of each status.
    """

    users: Sequence[Entry]
    next: SortKey | None
    total: int
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The values given for a new user."""

    name: str
    email: str
    login: str
    role: Role = Role.LEARNER
    title: str = ""
    department_id: DepartmentId | None = None
    supervisor_id: UserId | None = None
    manages: frozenset[DepartmentId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPatch:
    """Changes to a user."""

    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    login: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    title: str | UnsetType = UNSET
    department_id: DepartmentId | UnsetType | None = UNSET
    supervisor_id: UserId | UnsetType | None = UNSET

    def of(self, user: User) -> User:
        """Return the user with these changes."""
        return replace(
            user,
            name=given(self.name, user.name),
            email=given(self.email, user.email),
            login=given(self.login, user.login),
            role=given(self.role, user.role),
            title=given(self.title, user.title),
            department_id=given(self.department_id, user.department_id),
            supervisor_id=given(self.supervisor_id, user.supervisor_id),
        )


def page(
    tx: Transaction, actor: Actor, *, chosen: UserFilter, sorting: Sorting = BY_NAME, after: SortKey | None, limit: int
) -> Users:
    """Return a page of the users whom the actor administers. `chosen.now` is the present moment."""
    me = enter(tx, actor)
    chosen = replace(chosen, within=scope(me))
    shown, following = block(tx, actor, me, chosen=chosen, sorting=sorting, after=after, limit=limit)
    of_every_status = replace(chosen, status=None, is_unseen=False, not_seen_since=None)
    counts = tx.people.counts(actor.account_id, of_every_status)
    return Users(shown, following, tx.people.count(actor.account_id, chosen), counts)


def block(
    tx: Transaction,
    actor: Actor,
    me: Person,
    *,
    chosen: UserFilter,
    sorting: Sorting,
    after: SortKey | None,
    limit: int,
) -> tuple[Sequence[Entry], SortKey | None]:
    """Return some of the users whom a filter within the scope of `me` finds, and the key to go on behind."""
    found = tx.people.page(actor.account_id, chosen, sorting=sorting, after=after, limit=limit + 1)
    shown = _entries(tx, actor, me, found[:limit], chosen.now)
    return shown, _key(sorting, shown[-1], chosen.now) if len(found) > limit else None


def _key(sorting: Sorting, entry: Entry, now: datetime) -> SortKey:
    return sort_key(sorting.by, entry.card.user, entry.arrival, entry.card.department, now)


def one(tx: Transaction, actor: Actor, *, user_id: UserId, clock: Clock) -> Entry:
    """Return a user as the portal shows them."""
    me = enter(tx, actor)
    user, _ = target(tx, actor, me, user_id)
    return _entries(tx, actor, me, [user], clock.now())[0]


def add(tx: Transaction, actor: Actor, *, draft: Draft, password_hash: str | None, clock: Clock, ids: Ids) -> UserId:
    """Add an active user; without a password they choose one through a one-time link."""
    me = enter(tx, actor)
    require(administration.grant(me, draft.role))
    user = User(
        account_id=actor.account_id,
        id=UserId(ids.new()),
        name=draft.name.strip(),
        email=draft.email.strip(),
        login=draft.login.strip(),
        role=draft.role,
        state=State.ACTIVE,
        title=draft.title.strip(),
        department_id=draft.department_id,
        supervisor_id=draft.supervisor_id,
    )
    _check_fields(user)
    require(administration.assign_to_department(me, line_of(tx, actor, user.department_id)))
    check_supervisor(tx, actor, me, user.supervisor_id)
    _check_unique(tx, actor, user)
    limits.require_room(tx, actor.account_id)
    tx.people.add([user])
    if password_hash is not None:
        tx.people.set_password(actor.account_id, user.id, password_hash)
        access_notices.note(tx, user, Deed.PASSWORD_SET, actor.user_id, clock=clock, ids=ids)
    record_added(tx, actor, user)
    _set_managed(tx, actor, me, user, draft.manages)
    announce_facts(tx, actor, [user.id])
    return user.id


def change(
    tx: Transaction,
    actor: Actor,
    *,
    user_id: UserId,
    changes: UserPatch,
    manages: frozenset[DepartmentId] | None,
    clock: Clock,
    ids: Ids,
) -> None:
    """Change some fields of a user, and perhaps which departments they manage."""
    me = enter(tx, actor)
    tx.people.hold(actor.account_id, user_id)
    before, facts = target(tx, actor, me, user_id)
    after = changes.of(before)
    require(administration.edit(me, facts))
    require(administration.change_role(me, facts, after.role))
    _check_fields(after, before)
    if after.department_id != before.department_id:
        require(administration.assign_to_department(me, line_of(tx, actor, after.department_id)))
    if after.supervisor_id != before.supervisor_id:
        check_supervisor(tx, actor, me, after.supervisor_id)
    _check_unique(tx, actor, after, before)
    tied = tx.people.tied_to(actor.account_id, user_id)
    tx.people.save([after])
    record_changed(tx, actor, before, after)
    access_notices.note_changes(tx, actor, [(before, after)], clock=clock, ids=ids)
    has_other_rights = False
    if manages is not None or after.role is not before.role:
        has_other_rights = _set_managed(tx, actor, me, after, facts.manages if manages is None else manages)
    if has_other_rights or has_other_facts(before, after):
        tied |= tx.people.tied_to(actor.account_id, user_id)
        announce_facts(tx, actor, {user_id} | supervisors(before, after), tied)
    elif after != before:
        announce_profile(tx, actor.account_id, user_id)


def _check_fields(user: User, before: User | None = None) -> None:
    """Check the fields that are new."""
    problems = (
        fields.name("name", user.name),
        fields.email("email", user.email),
        fields.login("login", user.login),
        fields.title("title", user.title),
    )
    is_new = {one for one in ("name", "email", "login", "title") if getattr(user, one) != getattr(before, one, None)}
    fields.require_valid(*(one for one in problems if one is not None and one.field in is_new))


def _check_unique(tx: Transaction, actor: Actor, user: User, before: User | None = None) -> None:
    """Check that nobody else has a new login or e-mail. Asked last, so that only those who could add this person learn that it is taken."""
    for field in ("login", "email"):
        value = str(getattr(user, field))
        if value == getattr(before, field, None):
            continue
        found = tx.people.by_logins(actor.account_id, [value]).get(identity_key(value))
        if found is not None and found.id != user.id:
            raise Conflict(f"{field}_in_use", f"This {field} is already in use.")


def _set_managed(tx: Transaction, actor: Actor, me: Person, user: User, wanted: frozenset[DepartmentId]) -> bool:
    """Set the departments that a user manages, none for others than department administrators; only owner and administrators decide which.

    Returns whether those are others than before.
    """
    wanted = wanted if user.role is Role.DEPARTMENT_ADMINISTRATOR else frozenset()
    present = tx.people.managed(actor.account_id, [user.id]).get(user.id, frozenset())
    if wanted == present:
        return False
    require(administration.change_managed(me))
    if not wanted <= tx.departments.all(actor.account_id).keys():
        raise Invalid(Problem("manages", "no_department", "This department doesn't exist."))
    tx.people.set_managed(actor.account_id, user.id, wanted)
    before, after = {"manages": present}, {"manages": wanted}
    trail.record(tx, actor, Action.RIGHTS_CHANGED, trail.user(user.id), before=before, after=after)
    return True


def deactivate(tx: Transaction, actor: Actor, *, user_id: UserId) -> None:
    """Deactivate a user: they are signed out everywhere, and their chats are kept, read-only."""
    _change_state(tx, actor, user_id, State.INACTIVE)


def activate(tx: Transaction, actor: Actor, *, user_id: UserId) -> None:
    """Activate a user, who takes part again."""
    _change_state(tx, actor, user_id, State.ACTIVE)


def remove(tx: Transaction, actor: Actor, *, user_id: UserId) -> None:
    """Remove from the account: the chats with them are kept; login and e-mail are free for others."""
    _change_state(tx, actor, user_id, State.REMOVED)


def _change_state(tx: Transaction, actor: Actor, user_id: UserId, state: State) -> None:
    me = enter(tx, actor)
    user, facts = target(tx, actor, me, user_id)
    require(administration.change_state(me, facts))
    if user.state is state:
        return
    changed = replace(user, state=state)
    _check_fields(changed, user)
    _check_unique(tx, actor, changed, None if user.state is State.REMOVED else user)
    if state is State.ACTIVE:
        limits.require_room(tx, actor.account_id)
    tx.people.save([changed])
    record_changed(tx, actor, user, changed)
    if state is not State.ACTIVE:
        sessions.end_all(tx, actor.account_id, user_id)
    if state is State.REMOVED:
        tx.drafts.remove_all(actor.account_id, user_id)
    announce_facts(tx, actor, [user_id], tx.people.tied_to(actor.account_id, user_id))


def set_photo(tx: Transaction, actor: Actor, *, user_id: UserId, picture: Picture | None) -> None:
    """Set a new picture for a user, or none."""
    me = enter(tx, actor)
    _, facts = target(tx, actor, me, user_id)
    require(administration.edit(me, facts))
    keep_picture(tx, actor.account_id, user_id, picture)
    trail.record(tx, actor, Action.PHOTO_CHANGED, trail.user(user_id), after={"is_there": picture is not None})
    announce_profile(tx, actor.account_id, user_id)


def _entries(tx: Transaction, actor: Actor, me: Person, users: Sequence[User], now: datetime) -> list[Entry]:
    """Load entries of users, in a fixed number of statements."""
    ids = [user.id for user in users]
    facts = tx.people.facts(actor.account_id, ids)
    managed = tx.people.managed(actor.account_id, ids)
    supervisors = tx.people.several(actor.account_id, {user.supervisor_id for user in users if user.supervisor_id})
    named = {card.user.id: card for card in cards(tx, actor.account_id, supervisors.values())}
    passwords = tx.people.with_password(actor.account_id, ids)
    arrivals = tx.people.arrivals(actor.account_id, ids)
    roles = sorted(administration.grantable_roles(me))
    bounced = bounces.standing(tx, actor.account_id, users)
    wishes = tx.settings.of(actor.account_id, ids)
    return [
        Entry(
            card=card,
            supervisor=named.get(card.user.supervisor_id) if card.user.supervisor_id else None,
            manages=sorted(managed.get(card.user.id, ())),
            has_password=card.user.id in passwords,
            arrival=arrivals[card.user.id],
            status=status(card.user.state, arrivals[card.user.id], now),
            grantable_roles=roles,
            may_edit=bool(administration.edit(me, facts[card.user.id])),
            may_change_state=bool(administration.change_state(me, facts[card.user.id])),
            bounce=bounced.get(card.user.id),
            has_ended_mails=card.user.id in wishes and wishes[card.user.id].wishes.mails_ended,
        )
        for card in cards(tx, actor.account_id, users)
    ]
