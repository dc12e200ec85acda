"""The portal's list of users, in SQL: its filter, its orders, and what is known of people's ways in.

`domain.arrivals.status` and `usecases.user_lists.sort_key` say the same in Python; the contract tests hold them together.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, cast, exists, func, or_, select, tuple_

from hallway.domain.arrivals import Status
from hallway.domain.ids import AccountId
from hallway.domain.people import Role, State
from hallway.domain.text import query_words
from hallway.storage.access_tables import access_notice, session
from hallway.storage.columns import ordered_text
from hallway.storage.departments import below
from hallway.storage.schema import department, password, user
from hallway.storage.timestamps import to_micros
from hallway.usecases.access.links import LINK_LIFE
from hallway.usecases.access.records import Deed
from hallway.usecases.access.sessions import LINK
from hallway.usecases.people.user_lists import Order, Sorting, SortKey, UserFilter

_SESSIONS = (session.c.account_id == user.c.account_id, session.c.user_id == user.c.id)
_PASSWORDS = (password.c.account_id == user.c.account_id, password.c.user_id == user.c.id)

HAS_COME_IN: ColumnElement[bool] = or_(
    user.c.signed_in_at.is_not(None),
    exists().where(*_PASSWORDS).correlate(user),
    exists().where(*_SESSIONS, session.c.kind != LINK).correlate(user),
)
_MADE = (
    access_notice.c.account_id == user.c.account_id,
    access_notice.c.user_id == user.c.id,
    access_notice.c.deed == Deed.LINK_MADE.value,
)
_LINKS = (*_SESSIONS, session.c.kind == LINK)
LINK_MADE: ColumnElement[Any] = select(func.max(session.c.created_at)).where(*_LINKS).correlate(user).scalar_subquery()
LINK_NOTED: ColumnElement[Any] = select(func.max(access_notice.c.at)).where(*_MADE).correlate(user).scalar_subquery()
"""When a link was last made for somebody, and when they were last told of one, which may still be under way by mail."""
LINK_EXPIRES: ColumnElement[Any] = func.coalesce(
    select(func.max(session.c.expires_at)).where(*_LINKS).correlate(user).scalar_subquery(),
    LINK_NOTED + LINK_LIFE // timedelta(microseconds=1),
)
"""Of the newest link; where that is long gone, or still under way by mail, by when it was made."""
_DEPARTMENT: ColumnElement[Any] = (
    select(func.coalesce(department.c.folded_name, department.c.name))
    .where(department.c.account_id == user.c.account_id, department.c.id == user.c.department_id)
    .correlate(user)
    .scalar_subquery()
)


def status_of(now: datetime) -> ColumnElement[int]:
    """Return the rank of a user's status among all of them."""
    rank = {one: index for index, one in enumerate(Status)}
    return case(
        (user.c.state == State.REMOVED.value, rank[Status.REMOVED]),
        (user.c.state == State.INACTIVE.value, rank[Status.DEACTIVATED]),
        (HAS_COME_IN, rank[Status.ACTIVE]),
        (LINK_EXPIRES.is_(None), rank[Status.NOT_INVITED]),
        (to_micros(now) < LINK_EXPIRES, rank[Status.INVITED]),
        else_=rank[Status.LINK_EXPIRED],
    )


def filtered(query: Select[*tuple[Any, ...]], account_id: AccountId, chosen: UserFilter) -> Select[*tuple[Any, ...]]:
    """Restrict a query to the users whom the filter finds."""
    query = query.where(user.c.account_id == account_id, *map(_mentions, query_words(chosen.text)))
    query = query.where(_in_state(chosen))
    if chosen.status is not None:
        query = query.where(status_of(chosen.now) == list(Status).index(chosen.status))
    if chosen.has_come_in is not None:
        query = query.where(HAS_COME_IN if chosen.has_come_in else ~HAS_COME_IN)
    if chosen.role is not None:
        query = query.where(user.c.role == chosen.role.value)
    if chosen.is_unseen:
        query = query.where(user.c.seen_at.is_(None))
    if chosen.not_seen_since is not None:
        query = query.where(func.coalesce(user.c.seen_at, -1) < to_micros(chosen.not_seen_since))
    for roots in (None if chosen.department_id is None else {chosen.department_id}, chosen.within):
        if roots is not None:
            query = query.where(user.c.department_id.in_(below(account_id, roots)))
    return query


def _in_state(chosen: UserFilter) -> ColumnElement[bool]:
    """Match users in the state asked for; the removed are found only where somebody asks for them."""
    if chosen.state is not None:
        return user.c.state == chosen.state.value
    if chosen.status is Status.REMOVED:
        return user.c.state == State.REMOVED.value
    return user.c.state != State.REMOVED.value


def _mentions(word: str) -> ColumnElement[bool]:
    """Match users whose name, login or e-mail contains the word. What an older Hallway stored has no key of them all."""
    columns = (user.c.search_key, user.c.folded_name, user.c.folded_login, user.c.folded_email)
    return or_(*(column.contains(word, autoescape=True) for column in columns))


def cut(
    query: Select[*tuple[Any, ...]], sorting: Sorting, now: datetime, *, after: SortKey | None, limit: int
) -> Select[*tuple[Any, ...]]:
    """Restrict a query to the rows behind a key, in order."""
    columns = (_sorted_by(sorting.by, now), user.c.id)
    if after is not None:
        here = tuple_(*columns)
        query = query.where(here < after if sorting.is_descending else here > after)
    ordered = (column.desc() for column in columns) if sorting.is_descending else columns
    return query.order_by(*ordered).limit(limit)


def _sorted_by(order: Order, now: datetime) -> ColumnElement[Any]:
    """Return the value by which users are sorted in the list."""
    ranks = {role.value: index for index, role in enumerate(Role)}
    columns: dict[Order, ColumnElement[Any]] = {
        Order.NAME: user.c.folded_name,
        Order.LOGIN: _text(user.c.folded_login),
        Order.EMAIL: _text(user.c.folded_email),
        Order.ROLE: case(ranks, value=user.c.role),
        Order.DEPARTMENT: _text(_DEPARTMENT),
        Order.STATUS: status_of(now),
        Order.SEEN: func.coalesce(user.c.seen_at, -1),
        Order.CREATED: user.c.id,
    }
    return columns[order]


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Cast a column to text that is ordered by code point on both databases; NULL becomes the empty text."""
    return cast(func.coalesce(column, ""), ordered_text())
