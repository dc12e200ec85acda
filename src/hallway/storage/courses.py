"""Courses with their experts and enrolments, in SQL."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, or_, select, update

from hallway.domain.courses import Course
from hallway.domain.ids import AccountId, CourseId, UserId
from hallway.domain.people import State, User
from hallway.domain.text import identity_key
from hallway.storage.lists import one_of, one_of_those
from hallway.storage.people import BY_NAME, to_user
from hallway.storage.schema import course, enrolment, expert, user
from hallway.storage.statements import Prepared, behind, insert_all, insert_missing
from hallway.storage.timestamps import from_micros, to_micros


class SqlCourses:
    """`ports.Courses` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def find(self, account_id: AccountId, course_id: CourseId) -> Course | None:
        """Return the course, or None."""
        return next(iter(self._courses(_of(account_id).where(course.c.id == course_id))), None)

    def titles(self, account_id: AccountId, course_ids: Collection[CourseId]) -> Mapping[CourseId, str]:
        """Return the titles of courses."""
        chosen = {"account": account_id, "courses": list(course_ids)}
        return dict(_TITLES.rows(self._connection, chosen))

    def all(self, account_id: AccountId) -> Sequence[Course]:
        """Return all courses, by title."""
        return self._courses(_of(account_id))

    def by_titles(self, account_id: AccountId, titles: Collection[str]) -> Mapping[str, Course]:
        """Return courses by the identity key of their title. No database knows it, so all titles are looked through."""
        wanted = set(map(identity_key, titles))
        present = _EVERY_TITLE.rows(self._connection, {"account": account_id})
        found = [one_id for one_id, title in present if identity_key(title) in wanted]
        courses = self._courses(_of(account_id).where(one_of(course.c.id, found))) if found else []
        return {identity_key(one.title): one for one in courses}

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Course]:
        """Return the courses of a learner or expert, by title."""
        mine = (select(one.c.course_id).where(*_whose(one, account_id, user_id)) for one in (enrolment, expert))
        return self._courses(_of(account_id).where(or_(*(course.c.id.in_(ids) for ids in mine))))

    def _courses(self, query: Select[Any]) -> list[Course]:
        rows = self._connection.execute(query.order_by(course.c.title, course.c.id)).mappings()
        return [
            Course(
                account_id=row["account_id"],
                id=row["id"],
                title=row["title"],
                description=row["description"],
                lessons=tuple(json.loads(row["lessons"])),
            )
            for row in rows
        ]

    def experts(self, account_id: AccountId, course_ids: Collection[CourseId]) -> Mapping[CourseId, Sequence[User]]:
        """Return the experts of each course, by name."""
        found: defaultdict[CourseId, list[User]] = defaultdict(list)
        query = _people(expert, account_id).add_columns(expert.c.course_id)
        query = query.where(one_of(expert.c.course_id, course_ids)).order_by(*BY_NAME)
        for row in self._connection.execute(query).mappings():
            found[row["course_id"]].append(to_user(row))
        return found

    def expert_since(
        self, account_id: AccountId, user_id: UserId, course_ids: Collection[CourseId]
    ) -> Mapping[CourseId, datetime]:
        """Return since when somebody has been an expert of courses."""
        query = select(expert.c.course_id, expert.c.assigned_at).where(
            *_whose(expert, account_id, user_id),
            one_of(expert.c.course_id, course_ids),
            expert.c.assigned_at.is_not(None),
        )
        return {course_id: from_micros(at) for course_id, at in self._connection.execute(query)}

    def enrolled(
        self, account_id: AccountId, course_id: CourseId, *, after: tuple[str, str] | None, limit: int
    ) -> Sequence[User]:
        """Return a page of enrolled users, by name."""
        query = _people(enrolment, account_id).where(enrolment.c.course_id == course_id)
        if after is not None:
            query = query.where(behind(BY_NAME, after))
        return [to_user(row) for row in self._connection.execute(query.order_by(*BY_NAME).limit(limit)).mappings()]

    def enrolled_ids(self, account_id: AccountId, course_id: CourseId) -> frozenset[UserId]:
        """Return the ids of all who are enrolled."""
        query = select(enrolment.c.user_id).where(*_at(enrolment, account_id, course_id))
        return frozenset(self._connection.execute(query).scalars())

    def enrolment_counts(self, account_id: AccountId) -> Mapping[CourseId, int]:
        """Count the people enrolled in each course; a removed person does not count."""
        query = _people(enrolment, account_id).with_only_columns(enrolment.c.course_id, func.count())
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(enrolment.c.course_id))}

    def add(self, courses: Sequence[Course]) -> None:
        """Store new courses."""
        insert_all(self._connection, course, [_row(one) for one in courses])

    def save(self, changed: Course) -> None:
        """Change a course."""
        at = (course.c.account_id == changed.account_id, course.c.id == changed.id)
        self._connection.execute(update(course).where(*at).values(_row(changed)))

    def remove(self, account_id: AccountId, course_id: CourseId) -> None:
        """Remove a course with its enrolments and experts."""
        self._connection.execute(delete(course).where(course.c.account_id == account_id, course.c.id == course_id))

    def enrol(self, account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]]) -> None:
        """Enrol people."""
        insert_missing(self._connection, enrolment, _pairs(account_id, pairs))

    def withdraw(self, account_id: AccountId, course_id: CourseId, user_id: UserId) -> None:
        """Take an enrolment back."""
        at = (*_at(enrolment, account_id, course_id), enrolment.c.user_id == user_id)
        self._connection.execute(delete(enrolment).where(*at))

    def assign(self, account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]], *, at: datetime) -> None:
        """Make people experts."""
        since = {"assigned_at": to_micros(at)}
        insert_missing(self._connection, expert, [pair | since for pair in _pairs(account_id, pairs)])

    def unassign(self, account_id: AccountId, course_id: CourseId, user_id: UserId) -> None:
        """Remove an expert from a course."""
        at = (*_at(expert, account_id, course_id), expert.c.user_id == user_id)
        self._connection.execute(delete(expert).where(*at))


_EVERY_TITLE = Prepared(select(course.c.id, course.c.title).where(course.c.account_id == bindparam("account")))
_TITLES = Prepared(
    select(course.c.id, course.c.title).where(
        course.c.account_id == bindparam("account"), one_of_those(course.c.id, "courses")
    )
)


def _of(account_id: AccountId) -> Select[Any]:
    return select(course).where(course.c.account_id == account_id)


def _at(table: Table, account_id: AccountId, course_id: CourseId) -> tuple[Any, ...]:
    return (table.c.account_id == account_id, table.c.course_id == course_id)


def _whose(table: Table, account_id: AccountId, user_id: UserId) -> tuple[Any, ...]:
    return (table.c.account_id == account_id, table.c.user_id == user_id)


def _people(table: Table, account_id: AccountId) -> Select[Any]:
    """Select the users of `table` who were not removed."""
    same = (user.c.account_id == account_id, table.c.account_id == account_id, user.c.id == table.c.user_id)
    return select(user).where(*same, user.c.state != State.REMOVED.value)


def _pairs(account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]]) -> list[dict[str, Any]]:
    return [{"account_id": account_id, "course_id": one, "user_id": other} for one, other in pairs]


def _row(one: Course) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "title": one.title,
        "description": one.description,
        "lessons": json.dumps(one.lessons, ensure_ascii=False),
    }
