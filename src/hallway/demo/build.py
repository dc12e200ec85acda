"""Build the demo academy in an empty store, through the same use-cases that everybody's messages take."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hallway.demo.academy import ACCOUNT, PASSWORD, Academy, DemoLine
from hallway.demo.portraits import portrait
from hallway.domain.accounts import Account
from hallway.domain.courses import Course, Training
from hallway.domain.ids import CourseId, DepartmentId, TrainingId, UserId, dialog_id
from hallway.domain.people import Department, Role, State, User
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.reading import mark_read
from hallway.usecases.messaging.sending import Send
from hallway.usecases.people.pictures import Picture, keep_picture
from hallway.usecases.runtime import Clock, Ids, Passwords
from hallway.usecases.transaction import Store, Transaction


def build(store: Store, *, clock: Clock, ids: Ids, passwords: Passwords) -> None:
    """Fill an empty store, in one transaction: all of the academy or nothing."""
    builder = _Builder(Academy(), clock.now(), ids, passwords.hash(PASSWORD))
    (outcome,) = store.write([builder.build])
    if outcome.failure is not None:
        raise outcome.failure


TAUGHT = timedelta(days=120)
"""For how long the experts have been that."""


@dataclass(frozen=True, slots=True)
class _At:
    """A clock that stands still, so that a message of last week is a message of last week."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


class _Builder:
    def __init__(self, academy: Academy, now: datetime, ids: Ids, password: str) -> None:
        self._academy = academy
        self._content = academy.content
        self._now = now
        self._ids = ids
        self._password = password
        self._account = ACCOUNT
        self._people = {login: UserId(ids.new()) for login in self._content["people"]}
        self._departments = {path: DepartmentId(ids.new()) for path in self._content["departments"]}
        self._courses = {course["title"]: CourseId(ids.new()) for course in self._content["courses"]}

    def build(self, tx: Transaction) -> None:
        steps: tuple[Callable[[Transaction], None], ...] = (
            self._add_account,
            self._add_departments,
            self._add_people,
            self._add_courses,
            self._add_trainings,
            self._hold_conversations,
            self._change_what_changed_afterwards,
        )
        for step in steps:
            step(tx)

    def _add_account(self, tx: Transaction) -> None:
        tx.accounts.save(Account(id=self._account, name=self._content["name"]))

    def _add_departments(self, tx: Transaction) -> None:
        tx.departments.add([self._department(path) for path in self._departments])

    def _department(self, path: str) -> Department:
        above, _, name = path.rpartition("/")
        return Department(
            account_id=self._account, id=self._departments[path], name=name, parent_id=self._departments.get(above)
        )

    def _add_people(self, tx: Transaction) -> None:
        tx.people.add([self._user(login) for login in self._people])
        for login, user_id in self._people.items():
            tx.people.set_password(self._account, user_id, self._password)
            self._add_picture(tx, login)
        for login, paths in self._content["manages"].items():
            tx.people.set_managed(self._account, self._people[login], [self._departments[path] for path in paths])
        for path, supervisor in self._content["departments"].items():
            if supervisor:
                tx.departments.save(replace(self._department(path), supervisor_id=self._people[supervisor]))

    def _user(self, login: str) -> User:
        name, role, title, department, time_zone, locale, _ = self._content["people"][login]
        return User(
            account_id=self._account,
            id=self._people[login],
            name=name,
            email=f"{login}@northwind.example",
            login=login,
            role=Role(role),
            state=State.ACTIVE,
            title=title,
            department_id=self._departments[department],
            locale=locale,
            time_zone=time_zone,
        )

    def _add_picture(self, tx: Transaction, login: str) -> None:
        name, *_, picture = self._content["people"][login]
        if picture:
            keep_picture(tx, self._account, self._people[login], Picture("image/png", portrait(name)))

    def _add_courses(self, tx: Transaction) -> None:
        courses = self._content["courses"]
        tx.courses.add(
            [
                Course(
                    account_id=self._account,
                    id=self._courses[one["title"]],
                    title=one["title"],
                    description=one["description"],
                    lessons=tuple(one["lessons"]),
                )
                for one in courses
            ]
        )
        tx.courses.enrol(self._account, self._pairs("enrolled"))
        tx.courses.assign(self._account, self._pairs("experts"), at=self._now - TAUGHT)

    def _pairs(self, part: str) -> list[tuple[CourseId, UserId]]:
        return [
            (self._courses[course["title"]], self._people[login])
            for course in self._content["courses"]
            for login in course[part]
        ]

    def _add_trainings(self, tx: Transaction) -> None:
        for one in self._content["trainings"]:
            training = Training(
                self._account, TrainingId(self._ids.new()), one["title"], self._people[one["organizer"]]
            )
            tx.trainings.add(training)
            tx.trainings.attend(self._account, [(training.id, self._people[login]) for login in one["attendees"]])

    def _hold_conversations(self, tx: Transaction) -> None:
        """Send every line in the order in which it was written, so that each list has its newest chat on top."""
        spoken = [(line, talk) for talk in self._content["conversations"] for line in self._academy.lines(talk)]
        for number, (line, talk) in enumerate(sorted(spoken, key=lambda one: one[0].sent_at(self._now))):
            self._say(tx, line, talk, number - len(spoken))
        for talk in self._content["conversations"]:
            self._read(tx, talk)

    def _say(self, tx: Transaction, line: DemoLine, talk: dict[str, Any], before_now: int) -> None:
        """Send a line as its author. A line of today is never later than now: otherwise it was sent some minutes ago."""
        at = min(line.sent_at(self._now), self._now + timedelta(minutes=before_now))
        (other,) = (login for login in talk["between"] if login != line.who)
        asks = "course" in talk and line.who == talk["between"][1]
        command = Send(
            actor=self._actor(line.who),
            to_person=self._people[other],
            body=line.text,
            key=self._ids.new(),
            course_id=self._courses[talk["course"]] if asks else None,
        )
        (outcome,) = send_all(tx, [command], clock=_At(at))
        if isinstance(outcome, Exception):
            raise outcome

    def _read(self, tx: Transaction, talk: dict[str, Any]) -> None:
        one, other = (self._people[login] for login in talk["between"])
        conversation = dialog_id(self._account, one, other)
        for login in talk["between"]:
            seq = len(talk["lines"]) - talk.get("unread", {}).get(login, 0)
            mark_read(tx, self._actor(login), conversation_id=conversation, seq=seq)

    def _actor(self, login: str) -> Actor:
        return Actor(account_id=self._account, user_id=self._people[login])

    def _change_what_changed_afterwards(self, tx: Transaction) -> None:
        afterwards = self._content["afterwards"]
        unassigned = afterwards["unassigned"]
        tx.courses.unassign(self._account, self._courses[unassigned["course"]], self._people[unassigned["login"]])
        gone = tx.people.find(self._account, self._people[afterwards["deactivated"]])
        if gone is not None:
            tx.people.save([replace(gone, state=State.INACTIVE)])
