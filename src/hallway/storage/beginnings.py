"""How an academy begins, in SQL."""

import json
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId
from hallway.domain.people import Role, State
from hallway.storage.schema import conversation, course, department, expert, user
from hallway.storage.user_lists import HAS_COME_IN, LINK_EXPIRES


class SqlBeginnings:
    """`beginning_ports.Beginnings` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def facts(self, account_id: AccountId) -> Beginning:
        """Return the facts that decide which steps are done."""
        people = (user.c.account_id == account_id, user.c.state == State.ACTIVE.value)
        others = (*people, user.c.role != Role.OWNER.value)
        is_invited = HAS_COME_IN | LINK_EXPIRES.is_not(None)
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
        """Return the oldest course that has an expert, else the oldest, or None: ids are made in the order of time."""
        taught = exists().where(expert.c.account_id == account_id, expert.c.course_id == course.c.id)
        query = select(course).where(course.c.account_id == account_id).order_by(taught.desc(), course.c.id).limit(1)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        return Course(
            account_id=row["account_id"],
            id=row["id"],
            title=row["title"],
            description=row["description"],
            lessons=tuple(json.loads(row["lessons"])),
        )

    def _number(self, query: Select[int]) -> int:
        return self._connection.execute(query).scalar_one()

    def _is_there(self, query: Select[Any]) -> bool:
        return self._connection.execute(query.limit(1)).first() is not None
