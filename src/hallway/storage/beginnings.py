"""How an academy begins, in SQL: who has not come in yet, the links made for them, what was done first."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Role, State, User
from hallway.storage.access_tables import access_notice, session
from hallway.storage.departments import below
from hallway.storage.lists import one_of
from hallway.storage.moments import from_micros, from_micros_or_none
from hallway.storage.people import BY_NAME, to_user
from hallway.storage.schema import conversation, course, department, expert, password, user
from hallway.storage.statements import behind
from hallway.usecases.access.sessions import LINK
from hallway.usecases.access_records import Deed
from hallway.usecases.beginning_ports import Invited


class SqlBeginnings:
    """`beginning_ports.Beginnings` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def newcomers(
        self,
        account_id: AccountId,
        within: frozenset[DepartmentId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Active people who never signed in, by name."""
        query = _newcomers(select(user), account_id, within)
        if after is not None:
            query = query.where(behind(BY_NAME, after))
        rows = self._connection.execute(query.order_by(*BY_NAME).limit(limit)).mappings()
        return [to_user(row) for row in rows]

    def newcomer_count(self, account_id: AccountId, within: frozenset[DepartmentId] | None) -> int:
        """How many there are."""
        return self._number(_newcomers(select(func.count()).select_from(user), account_id, within))

    def invited(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Invited]:
        """The newest link of each, and the newest notice of one."""
        links = select(session.c.user_id, func.max(session.c.created_at), func.max(session.c.expires_at)).where(
            session.c.account_id == account_id, one_of(session.c.user_id, user_ids), session.c.kind == LINK
        )
        notices = select(access_notice.c.user_id, func.max(access_notice.c.at)).where(
            access_notice.c.account_id == account_id,
            one_of(access_notice.c.user_id, user_ids),
            access_notice.c.deed == Deed.LINK_MADE.value,
        )
        rows = self._connection.execute(notices.group_by(access_notice.c.user_id))
        made = {UserId(user_id): at for user_id, at in rows}
        ends: dict[UserId, int | None] = dict.fromkeys(made)
        for user_id, at, end in self._connection.execute(links.group_by(session.c.user_id)):
            made[user_id] = max(at, made.get(user_id, at))
            ends[user_id] = end
        return {one: Invited(from_micros(made[one]), from_micros_or_none(end)) for one, end in ends.items()}

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which steps are done."""
        people = (user.c.account_id == account_id, user.c.state == State.ACTIVE.value)
        others = (*people, user.c.role != Role.OWNER.value)
        is_invited = _has_come_in() | _has(session, session.c.kind == LINK) | _has(access_notice)
        return Beginning(
            people=self._number(select(func.count()).select_from(user).where(*others)),
            departments=self._number(select(func.count()).where(department.c.account_id == account_id)),
            courses=self._number(select(func.count()).where(course.c.account_id == account_id)),
            experts=self._number(select(func.count()).where(expert.c.account_id == account_id)),
            is_anyone_invited=self._is_there(select(user.c.id).where(*others, is_invited)),
            has_messages=self._is_there(
                select(conversation.c.id).where(conversation.c.account_id == account_id, conversation.c.last_seq > 0)
            ),
        )

    def first_course(self, account_id: AccountId) -> Course | None:
        """With an expert first, then by id: ids are made in the order of time."""
        taught = exists().where(expert.c.account_id == account_id, expert.c.course_id == course.c.id)
        query = select(course).where(course.c.account_id == account_id).order_by(taught.desc(), course.c.id).limit(1)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return Course(row["account_id"], row["id"], row["title"], row["description"], tuple(json.loads(row["lessons"])))

    def _number(self, query: Select[int]) -> int:
        return self._connection.execute(query).scalar_one()

    def _is_there(self, query: Select[Any]) -> bool:
        return self._connection.execute(query.limit(1)).first() is not None


def _newcomers(query: Select[Any], account_id: AccountId, within: frozenset[DepartmentId] | None) -> Select[Any]:
    query = query.where(user.c.account_id == account_id, user.c.state == State.ACTIVE.value, ~_has_come_in())
    return query if within is None else query.where(user.c.department_id.in_(below(account_id, within)))


def _has_come_in() -> ColumnElement[bool]:
    """As `SqlPeople.signed_in` sees it: they had a session, or have a password."""
    return user.c.signed_in_at.is_not(None) | _has(password) | _has(session, session.c.kind != LINK)


def _has(table: Any, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c.account_id == user.c.account_id, table.c.user_id == user.c.id, *more)
