"""Users and the facts about them, in dictionaries."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from hallway.domain.arrivals import Arrival, Status, status
from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import Person, Role, State, User, hosts, lineage, oversees, supervises, teaches
from hallway.domain.text import BEFORE_WORDS, identity_key, name_key, query_words, search_key
from hallway.storage.memory.departments import below
from hallway.storage.memory.tables import Tables, by_name, require
from hallway.usecases.access.links import LINK_LIFE
from hallway.usecases.access.records import Deed
from hallway.usecases.access.sessions import LINK
from hallway.usecases.people.user_lists import Counts, Order, Sorting, SortKey, UserFilter, sort_key

Thing = TypeVar("Thing", CourseId, TrainingId)


class MemoryPeople:
    """`ports.People` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def find(self, account_id: AccountId, user_id: UserId) -> User | None:
        """Return the user with this id, of any state, or None."""
        return self._tables.users.get((account_id, user_id))

    def several(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, User]:
        """Return users by id."""
        found = (self.find(account_id, one) for one in set(user_ids))
        return {one.id: one for one in found if one is not None}

    def by_login(self, account_id: AccountId, login_or_email: str) -> User | None:
        """Find a user by login or e-mail; a login goes first."""
        return self.by_logins(account_id, [login_or_email]).get(identity_key(login_or_email))

    def by_logins(self, account_id: AccountId, logins: Collection[str]) -> Mapping[str, User]:
        """Return users by the identity keys of e-mail and login."""
        wanted = set(map(identity_key, logins))
        users = [self._tables.users[account_id, one] for one in self._owners(account_id, wanted)]
        return {identity_key(one.email): one for one in users} | {identity_key(one.login): one for one in users}

    def _owners(self, account_id: AccountId, wanted: Collection[str]) -> set[UserId]:
        keys = ((account_id, column, name) for column in ("login", "email") for name in wanted)
        return {self._tables.logins[key] for key in keys if key in self._tables.logins}

    def facts(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
        """Collect the present facts about users."""
        return {one: self._person(user) for one, user in self.several(account_id, user_ids).items()}

    def _person(self, user: User) -> Person:
        account_id, tables = user.account_id, self._tables
        tree = {key[1]: one for key, one in tables.departments.items() if key[0] == account_id}
        line = list(lineage(tree, user.department_id))
        supervisors = {user.supervisor_id, *(one.supervisor_id for one in line)}
        mine = (account_id, user.id)
        return Person(
            id=user.id,
            role=user.role,
            state=user.state,
            lineage=frozenset(one.id for one in line),
            manages=frozenset(self.managed(account_id, [user.id]).get(user.id, ())),
            supervisors=frozenset(one for one in supervisors if one is not None),
            expert_of=_things(tables.experts, mine),
            enrolled_in=_things(tables.enrolments, mine),
            organizes=frozenset(
                one.id for one in tables.trainings.values() if (one.account_id, one.organizer_id) == mine
            ),
            attends=_things(tables.attendees, mine),
        )

    def tied_to(self, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
        """Return everyone but the user whom a fact ties to them, in either direction, by going through the facts of all."""
        everyone = self.facts(account_id, [one.id for one in self._all(account_id)])
        me = everyone.get(user_id)
        if me is None:
            return frozenset()
        return frozenset(one.id for one in everyone.values() if one.id != user_id and _is_tied(me, one))

    def _all(self, account_id: AccountId) -> Iterator[User]:
        return (one for one in self._tables.users.values() if one.account_id == account_id)

    def search(
        self,
        account_id: AccountId,
        text: str,
        among: Collection[UserId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Find active users by the beginnings of the words of their name."""
        words = query_words(text)
        active = (one for one in self._all(account_id) if one.state is State.ACTIVE)
        chosen = (one for one in active if among is None or one.id in among)
        return page_of((one for one in chosen if _has_words(one, words)), after, limit)

    def page(
        self,
        account_id: AccountId,
        chosen: UserFilter,
        *,
        sorting: Sorting = Sorting(),  # noqa: B008 - frozen
        after: SortKey | None,
        limit: int,
    ) -> Sequence[User]:
        """Sort all users whom the filter finds, and return those behind the key."""
        keys = {self._key(sorting.by, one, chosen.now): one for one in self._filtered(account_id, chosen)}
        ordered = sorted(keys, reverse=sorting.is_descending)
        if after is not None:
            ordered = [key for key in ordered if (key < after if sorting.is_descending else key > after)]
        return [keys[key] for key in ordered[:limit]]

    def _key(self, by: Order, user: User, now: datetime) -> SortKey:
        name = None
        if user.department_id is not None:
            name = self._tables.departments[user.account_id, user.department_id].name
        return sort_key(by, user, self._arrival(user), name, now)

    def count(self, account_id: AccountId, chosen: UserFilter) -> int:
        """Count the users whom the filter finds."""
        return sum(1 for _ in self._filtered(account_id, chosen))

    def counts(self, account_id: AccountId, chosen: UserFilter) -> Counts:
        """Count the users of each status."""
        found = [(one.state, self._arrival(one)) for one in self._filtered(account_id, chosen)]
        by_status = Counter(status(*one, chosen.now) for one in found)
        return Counts({one: by_status[one] for one in Status}, sum(one.seen_at is None for _, one in found))

    def ids(self, account_id: AccountId, chosen: UserFilter, *, limit: int) -> Sequence[UserId]:
        """Return the first ids, in order."""
        return sorted(one.id for one in self._filtered(account_id, chosen))[:limit]

    def arrivals(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Arrival]:
        """Return what is known about whether people have come in yet."""
        return {one: self._arrival(user) for one, user in self.several(account_id, user_ids).items()}

    def _arrival(self, user: User) -> Arrival:
        at = (user.account_id, user.id)
        links = [
            one for one in self._tables.sessions.values() if (one.account_id, one.user_id, one.kind) == (*at, LINK)
        ]
        noted = [
            one.at
            for one in self._tables.access_notices.values()
            if (one.account_id, one.user_id, one.deed) == (*at, Deed.LINK_MADE)
        ]
        ends = [one.expires_at for one in links if one.expires_at] or [one + LINK_LIFE for one in noted]
        return Arrival(
            user.id in self.signed_in(user.account_id, [user.id]),
            self._tables.seen.get(at),
            max([*noted, *(one.created_at for one in links)], default=None),
            max(ends, default=None),
        )

    def _filtered(self, account_id: AccountId, chosen: UserFilter) -> Iterator[User]:
        inside = None if chosen.department_id is None else below(self._tables, account_id, [chosen.department_id])
        within = None if chosen.within is None else below(self._tables, account_id, chosen.within)
        for one in self._all(account_id):
            is_placed = all(keys is None or one.department_id in keys for keys in (inside, within))
            if is_placed and _is_chosen(one, chosen) and self._has_arrived(one, chosen):
                yield one

    def _has_arrived(self, user: User, chosen: UserFilter) -> bool:
        arrival = self._arrival(user)
        is_status = chosen.status is None or status(user.state, arrival, chosen.now) is chosen.status
        is_in = chosen.has_come_in is None or arrival.has_come_in is chosen.has_come_in
        since = chosen.not_seen_since
        is_away = since is None or arrival.seen_at is None or arrival.seen_at < since
        return is_status and is_in and is_away and not (chosen.is_unseen and arrival.seen_at is not None)

    def add(self, users: Sequence[User]) -> None:
        """Store new users."""
        for one in users:
            require((one.account_id, one.id) not in self._tables.users)
            self._put(one)

    def save(self, users: Sequence[User]) -> None:
        """Change users. The login and e-mail of a removed user are free for others."""
        for one in users:
            if (one.account_id, one.id) in self._tables.users:
                self._put(one)

    def _put(self, user: User) -> None:
        require(user.account_id in self._tables.accounts)
        require(user.department_id is None or (user.account_id, user.department_id) in self._tables.departments)
        before = self.find(user.account_id, user.id)
        for key in _logins(before) if before else ():
            self._tables.logins.pop(key, None)
        for key in _logins(user):
            require(key not in self._tables.logins)
            self._tables.logins[key] = user.id
        self._tables.users[user.account_id, user.id] = user

    def managed(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, frozenset[DepartmentId]]:
        """Return the departments that each user manages; users without any are missing."""
        found: dict[UserId, set[DepartmentId]] = {}
        for account, user_id, department_id in self._tables.managed:
            if account == account_id and user_id in user_ids:
                found.setdefault(user_id, set()).add(department_id)
        return {one: frozenset(departments) for one, departments in found.items()}

    def set_managed(self, account_id: AccountId, user_id: UserId, departments: Collection[DepartmentId]) -> None:
        """Set exactly these departments as those that the user manages."""
        require(all((account_id, one) in self._tables.departments for one in departments))
        self._tables.managed -= {one for one in self._tables.managed if one[:2] == (account_id, user_id)}
        self._tables.managed |= {(account_id, user_id, one) for one in departments}

    def password(self, account_id: AccountId, user_id: UserId) -> str | None:
        """Return the hash of the user's password."""
        return self._tables.passwords.get((account_id, user_id))

    def set_password(self, account_id: AccountId, user_id: UserId, hashed: str) -> None:
        """Keep a new hash of the user's password."""
        require((account_id, user_id) in self._tables.users)
        self._tables.passwords[account_id, user_id] = hashed

    def with_password(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of these users who have a password."""
        return frozenset(one for one in user_ids if (account_id, one) in self._tables.passwords)

    def signed_in(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those who ever signed in, or could with a password."""
        links = "link"
        was_in = {(one.account_id, one.user_id) for one in self._tables.sessions.values() if one.kind != links}
        known = self._tables.signed_in.keys() | self._tables.passwords.keys() | was_in
        return frozenset(one for one in user_ids if (account_id, one) in known)

    def note_sign_in(self, account_id: AccountId, user_id: UserId, at: datetime) -> None:
        """Keep the moment of the first sign-in, and of the last."""
        self._tables.signed_in.setdefault((account_id, user_id), at)
        self._tables.see(account_id, user_id, at)

    def hold(self, account_id: AccountId, user_id: UserId) -> User | None:
        """Return the user: nobody else writes meanwhile."""
        return self.find(account_id, user_id)

    def photo(self, account_id: AccountId, user_id: UserId) -> tuple[str, bytes] | None:
        """Return the picture."""
        return self._tables.photos.get((account_id, user_id))

    def set_photo(
        self, account_id: AccountId, user_id: UserId, version: str | None, picture: tuple[str, bytes] | None
    ) -> None:
        """Keep a new picture under a new version, or none."""
        require((account_id, user_id) in self._tables.users or picture is None)
        self._tables.photos.pop((account_id, user_id), None)
        if picture is not None:
            self._tables.photos[account_id, user_id] = picture
        user = self.find(account_id, user_id)
        if user is not None:
            self._tables.users[account_id, user_id] = replace(user, photo=version)

    def conversation_partners(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return everyone in a conversation with one of these users, by going through all conversations."""
        found: set[UserId] = set()
        for one in self._tables.conversations.values():
            if one.account_id == account_id:
                for side in set(user_ids) & set(one.members):
                    found |= set(one.members) - {side}
        return frozenset(found)


def page_of(users: Iterator[User], after: tuple[str, str] | None, limit: int) -> list[User]:
    """Return the first `limit` users behind `after`, by name."""
    return sorted((one for one in users if after is None or by_name(one) > after), key=by_name)[:limit]


def _things(pairs: Iterable[tuple[AccountId, Thing, UserId]], whose: tuple[AccountId, UserId]) -> frozenset[Thing]:
    """Return the courses or trainings that are paired with a user."""
    return frozenset(thing for account, thing, user in pairs if (account, user) == whose)


def _is_tied(a: Person, b: Person) -> bool:
    relations = (teaches, hosts, supervises)
    if any(holds(one, other) for holds in relations for one, other in ((a, b), (b, a))):
        return True
    is_managed = not a.manages.isdisjoint(b.lineage) or not b.manages.isdisjoint(a.lineage)
    return is_managed or b.role in {Role.OWNER, Role.ADMINISTRATOR} or oversees(b, a)


def _has_words(user: User, words: Sequence[str]) -> bool:
    name = f" {name_key(user.name)}"
    return all(any(before + word in name for before in BEFORE_WORDS) for word in words)


def _is_chosen(user: User, chosen: UserFilter) -> bool:
    is_shown = user.state is not State.REMOVED or chosen.status is Status.REMOVED
    is_state = user.state is chosen.state if chosen.state else is_shown
    texts = [search_key(user.name)]
    if user.state is not State.REMOVED:
        texts += [search_key(user.login), search_key(user.email)]
    has_text = all(any(word in text for text in texts) for word in query_words(chosen.text))
    return is_state and has_text and (chosen.role is None or user.role is chosen.role)


def _logins(user: User) -> Iterator[tuple[AccountId, str, str]]:
    if user.state is not State.REMOVED:
        yield user.account_id, "login", identity_key(user.login)
        yield user.account_id, "email", identity_key(user.email)
