"""Users, in SQL: finding, listing, adding and changing them. The facts about them are in `facts`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from hallway.domain.arrivals import Arrival, Status
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Person, Role, State, User
from hallway.domain.text import BEFORE_WORDS, identity_key, name_key, query_words, search_key
from hallway.storage import facts, user_lists
from hallway.storage.lists import one_of, one_of_those
from hallway.storage.names import SqlNames
from hallway.storage.schema import managed_department, member, password, photo, user
from hallway.storage.statements import Prepared, behind, insert_all, replace_one
from hallway.storage.timestamps import from_micros_or_none, to_micros
from hallway.usecases.people.user_lists import Counts, Sorting, SortKey, UserFilter

BY_NAME = (user.c.folded_name, user.c.id)
_MINE, _THEIRS = member.alias(), member.alias()
"""Two members of one conversation."""


_SEVERAL = Prepared(select(user).where(user.c.account_id == bindparam("account"), one_of_those(user.c.id, "users")))


USER = tuple(one.name for one in fields(User))
"""The columns that make a User."""


def to_user(row: Mapping[Any, Any]) -> User:
    """Build a user from a row of the user table."""
    return User(
        account_id=row["account_id"],
        id=row["id"],
        name=row["name"],
        email=row["email"],
        login=row["login"],
        role=Role(row["role"]),
        state=State(row["state"]),
        title=row["title"],
        department_id=row["department_id"],
        supervisor_id=row["supervisor_id"],
        locale=row["locale"],
        time_zone=row["time_zone"],
        photo=row["photo"],
    )


class SqlPeople:
    """`ports.People` over a connection."""

    def __init__(self, connection: Connection, names: SqlNames) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._names = names

    def find(self, account_id: AccountId, user_id: UserId) -> User | None:
        """Return the user, of any state, or None."""
        return self.several(account_id, [user_id]).get(user_id)

    def several(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, User]:
        """Return users by id."""
        rows = _SEVERAL.mappings(self._connection, {"account": account_id, "users": list(user_ids)})
        return {one.id: one for one in map(to_user, rows)}

    def by_login(self, account_id: AccountId, login_or_email: str) -> User | None:
        """Return the user with this login or e-mail, or None; a login goes first.

        Where an older Hallway let two people have logins that are the same today, each is found as they type theirs.
        """
        keys = list(dict.fromkeys((login_or_email.casefold(), identity_key(login_or_email))))
        rows = self._connection.execute(_whose(account_id, keys)).mappings().all()
        ranked = (
            row for column in ("folded_login", "folded_email") for key in keys for row in rows if row[column] == key
        )
        return next(map(to_user, ranked), None)

    def by_logins(self, account_id: AccountId, logins: Collection[str]) -> Mapping[str, User]:
        """Return users by the identity keys of e-mail and login."""
        rows = self._connection.execute(_whose(account_id, set(map(identity_key, logins)))).mappings().all()
        return {row[column]: to_user(row) for column in ("folded_email", "folded_login") for row in rows}

    def facts(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
        """Return the present facts about users."""
        return facts.about(self._connection, account_id, user_ids)

    def tied_to(self, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
        """Return everyone whom a fact may tie to this user."""
        return facts.tied_to(self._connection, account_id, user_id)

    def search(
        self,
        account_id: AccountId,
        text: str,
        among: Collection[UserId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Return active users by the beginnings of the words of their name."""
        words = query_words(text)
        chosen = select(user).where(user.c.account_id == account_id, user.c.state == State.ACTIVE.value)
        chosen = chosen.where(*map(_has_word, words))
        if among is not None:
            chosen = chosen.where(one_of(user.c.id, among))
        elif words and (few := self._names.few(account_id, words)) is not None:
            chosen = chosen.where(one_of(user.c.id, few))
        return self._by_name(chosen, after, limit)

    def page(
        self,
        account_id: AccountId,
        chosen: UserFilter,
        *,
        sorting: Sorting = Sorting(),  # noqa: B008 - frozen
        after: SortKey | None,
        limit: int,
    ) -> Sequence[User]:
        """Return a page of the portal's list."""
        query = user_lists.filtered(select(user), account_id, chosen)
        return list(self._users(user_lists.cut(query, sorting, chosen.now, after=after, limit=limit)))

    def count(self, account_id: AccountId, chosen: UserFilter) -> int:
        """Count the users whom the filter finds."""
        query = user_lists.filtered(select(func.count(user.c.id)), account_id, chosen)
        return self._connection.execute(query).scalar_one()

    def counts(self, account_id: AccountId, chosen: UserFilter) -> Counts:
        """Count the users of each status."""
        groups = (user_lists.status_of(chosen.now).label("status"), user.c.seen_at.is_(None).label("is_unseen"))
        found = user_lists.filtered(select(*groups), account_id, chosen).subquery()
        query = select(found.c.status, found.c.is_unseen, func.count()).group_by(found.c.status, found.c.is_unseen)
        rows = [tuple(row) for row in self._connection.execute(query)]
        by_status = {
            one: sum(count for status, _, count in rows if status == index) for index, one in enumerate(Status)
        }
        return Counts(by_status, sum(count for _, is_unseen, count in rows if is_unseen))

    def ids(self, account_id: AccountId, chosen: UserFilter, *, limit: int) -> Sequence[UserId]:
        """Return the ids of the users whom the filter finds, in order."""
        query = user_lists.filtered(select(user.c.id), account_id, chosen).order_by(user.c.id).limit(limit)
        return list(self._connection.execute(query).scalars())

    def arrivals(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Arrival]:
        """Return what is known of these users' sign-ins and links."""
        columns = (
            user.c.id,
            user_lists.HAS_COME_IN,
            user.c.seen_at,
            user_lists.LINK_MADE,
            user_lists.LINK_NOTED,
            user_lists.LINK_EXPIRES,
        )
        query = select(*columns).where(user.c.account_id == account_id, one_of(user.c.id, user_ids))
        return {
            one: Arrival(
                bool(has_come_in),
                from_micros_or_none(seen),
                from_micros_or_none(max((at for at in (made, noted) if at is not None), default=None)),
                from_micros_or_none(expires),
            )
            for one, has_come_in, seen, made, noted, expires in self._connection.execute(query)
        }

    def _by_name(self, query: Select[Any], after: tuple[str, str] | None, limit: int) -> Sequence[User]:
        if after is not None:
            query = query.where(behind(BY_NAME, after))
        return list(self._users(query.order_by(*BY_NAME).limit(limit)))

    def _users(self, query: Select[*tuple[Any, ...]]) -> Iterator[User]:
        return map(to_user, self._connection.execute(query).mappings())

    def add(self, users: Sequence[User]) -> None:
        """Store new users."""
        never = {"signed_in_at": None, "seen_at": None}
        insert_all(self._connection, user, [{**_row(one), **never} for one in users])

    def save(self, users: Sequence[User]) -> None:
        """Update users. The login and e-mail of a removed user are free for others."""
        for one in users:
            at = (user.c.account_id == one.account_id, user.c.id == one.id)
            self._connection.execute(update(user).where(*at).values(_row(one) | _kept_keys(one)))

    def managed(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, frozenset[DepartmentId]]:
        """Return the departments that each user manages."""
        found = facts.sets(self._connection, account_id, managed_department, "user_id", "department_id", user_ids)
        return {UserId(one): frozenset(map(DepartmentId, departments)) for one, departments in found.items()}

    def set_managed(self, account_id: AccountId, user_id: UserId, departments: Collection[DepartmentId]) -> None:
        """Let the user manage exactly these."""
        table = managed_department
        self._connection.execute(delete(table).where(table.c.account_id == account_id, table.c.user_id == user_id))
        rows = [
            {"account_id": account_id, "user_id": user_id, "department_id": one} for one in sorted(set(departments))
        ]
        insert_all(self._connection, table, rows)

    def password(self, account_id: AccountId, user_id: UserId) -> str | None:
        """Return the hash of the user's password, or None."""
        at = (password.c.account_id == account_id, password.c.user_id == user_id)
        return self._connection.execute(select(password.c.hashed).where(*at)).scalar_one_or_none()

    def set_password(self, account_id: AccountId, user_id: UserId, hashed: str) -> None:
        """Keep the hash of a new password."""
        replace_one(self._connection, password, {"account_id": account_id, "user_id": user_id, "hashed": hashed})

    def with_password(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of the users who have a password."""
        at = (password.c.account_id == account_id, one_of(password.c.user_id, user_ids))
        return frozenset(self._connection.execute(select(password.c.user_id).where(*at)).scalars())

    def signed_in(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of the users who ever came in, or could."""
        if not user_ids:
            return frozenset()
        return frozenset(one for one, arrival in self.arrivals(account_id, user_ids).items() if arrival.has_come_in)

    def note_sign_in(self, account_id: AccountId, user_id: UserId, at: datetime) -> None:
        """Keep the moment of the first sign-in, and of the last."""
        micros, this = to_micros(at), (user.c.account_id == account_id, user.c.id == user_id)
        first = func.coalesce(user.c.signed_in_at, micros)
        last = case((user.c.seen_at > micros, user.c.seen_at), else_=micros)
        self._connection.execute(update(user).where(*this).values(signed_in_at=first, seen_at=last))

    def hold(self, account_id: AccountId, user_id: UserId) -> User | None:
        """Lock the row, on PostgreSQL, against all that changes it, and not against what refers to it."""
        this = select(user).where(user.c.account_id == account_id, user.c.id == user_id)
        return next(self._users(this.with_for_update(key_share=True)), None)

    def photo(self, account_id: AccountId, user_id: UserId) -> tuple[str, bytes] | None:
        """Return the user's picture, or None."""
        at = (photo.c.account_id == account_id, photo.c.user_id == user_id)
        row = self._connection.execute(select(photo.c.media_type, photo.c.content).where(*at)).first()
        return None if row is None else (row.media_type, row.content)

    def set_photo(
        self, account_id: AccountId, user_id: UserId, version: str | None, picture: tuple[str, bytes] | None
    ) -> None:
        """Keep a new picture under a new version, or none."""
        at = (photo.c.account_id == account_id, photo.c.user_id == user_id)
        self._connection.execute(delete(photo).where(*at))
        if picture is not None:
            row = {"account_id": account_id, "user_id": user_id, "media_type": picture[0], "content": picture[1]}
            self._connection.execute(insert(photo).values(row))
        changed = update(user).where(user.c.account_id == account_id, user.c.id == user_id).values(photo=version)
        self._connection.execute(changed)

    def conversation_partners(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return everyone who is in a conversation with any of these users."""
        if not user_ids:
            return frozenset()
        mine, theirs = _MINE.c, _THEIRS.c
        same = (theirs.account_id == account_id, mine.conversation_id == theirs.conversation_id)
        others = select(theirs.user_id).where(*same, theirs.user_id != mine.user_id)
        query = others.where(mine.account_id == account_id, one_of(mine.user_id, user_ids))
        return frozenset(self._connection.execute(query.distinct()).scalars())


def _has_word(word: str) -> ColumnElement[bool]:
    """Match a name with a word that starts with `word`, or with a part of a word behind a hyphen or an apostrophe."""
    spaced = " " + user.c.folded_name
    return or_(*(spaced.contains(before + word, autoescape=True) for before in BEFORE_WORDS))


def _whose(account_id: AccountId, keys: Collection[str]) -> Select[Any]:
    """Select the users whose login or e-mail has any of the keys."""
    matches = or_(one_of(user.c.folded_login, keys), one_of(user.c.folded_email, keys))
    return select(user).where(user.c.account_id == account_id, matches)


def _kept_keys(one: User) -> dict[str, Any]:
    """Keep the key of a login or e-mail that stays: an older Hallway may have told it apart from another that is the same today."""
    if one.state is State.REMOVED:
        return {}
    return {
        key.name: case((and_(column == value, key.is_not(None)), key), else_=identity_key(value))
        for key, column, value in (
            (user.c.folded_login, user.c.login, one.login),
            (user.c.folded_email, user.c.email, one.email),
        )
    }


def _row(one: User) -> dict[str, Any]:
    is_here = one.state is not State.REMOVED
    return {
        "account_id": one.account_id,
        "id": one.id,
        "name": one.name,
        "folded_name": name_key(one.name),
        "email": one.email,
        "folded_email": identity_key(one.email) if is_here else None,
        "login": one.login,
        "folded_login": identity_key(one.login) if is_here else None,
        "role": one.role.value,
        "state": one.state.value,
        "title": one.title,
        "department_id": one.department_id,
        "supervisor_id": one.supervisor_id,
        "locale": one.locale,
        "time_zone": one.time_zone,
        "photo": one.photo,
        "search_key": search_key(f"{one.name} {one.login} {one.email}" if is_here else one.name),
    }
