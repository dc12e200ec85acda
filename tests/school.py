"""The cast: a small school, built through the store, with a clock that stands still and ids that count.

    Sciences                managed by DEAN
      Physics               supervised by SUPERVISOR; TOMAS belongs to it
        Optics              LENA belongs to it
    Languages               NILS, AUTHOR, EXPERT, SUPERVISOR and HOST belong to it
    (no department)         MIRA, OWNER, ADMIN; DEAN belongs to Sciences

EXPERT is the expert of BIOLOGY, in which LENA and NILS are enrolled. HOST organizes WEBINAR, which MIRA attends.
STRANGER lives in another account.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

import pytest

from hallway.domain.accounts import Account, Mode
from hallway.domain.audiences import audience
from hallway.domain.conversations import Standing
from hallway.domain.courses import Course, Training
from hallway.domain.events import Event
from hallway.domain.ids import (
    AccountId,
    ConversationId,
    CourseId,
    DepartmentId,
    SessionId,
    TrainingId,
    UserId,
    dialog_id,
)
from hallway.domain.people import Department, Person, Role, State, User
from hallway.domain.verdicts import Denial, Refused
from hallway.storage.memory.store import MemoryStore
from hallway.storage.memory.tables import Tables
from hallway.usecases.accounts import settings
from hallway.usecases.actors import Actor
from hallway.usecases.learning import teaching
from hallway.usecases.messaging import conversations, messages
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.people import users
from hallway.usecases.transaction import Store, Transaction

T = TypeVar("T")

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def named(name: str) -> str:
    """The same id for the same name."""
    return str(uuid5(UUID(int=11), name))


SCHOOL = AccountId("00000000-0000-7000-8000-000000000001")
ELSEWHERE = AccountId("ffffffff-ffff-7fff-bfff-fffffffffffe")
SCIENCES, PHYSICS, OPTICS, LANGUAGES = (
    DepartmentId(named(name)) for name in ("Sciences", "Physics", "Optics", "Languages")
)
BIOLOGY, ALGEBRA = CourseId(named("Biology")), CourseId(named("Algebra"))
WEBINAR = TrainingId(named("Webinar"))

OWNER, ADMIN, DEAN, AUTHOR, EXPERT = (UserId(named(name)) for name in ("olga", "adam", "dora", "arno", "eva"))
LENA, TOMAS, NILS, MIRA = (UserId(named(name)) for name in ("lena", "tomas", "nils", "mira"))
SUPERVISOR, HOST, STRANGER = (UserId(named(name)) for name in ("sven", "hugo", "boris"))
NOBODY = UserId(named("nobody"))


def _user(login: str, name: str, role: Role, department_id: DepartmentId | None = None) -> User:
    email = f"{login}@school.example"
    return User(
        account_id=SCHOOL,
        id=UserId(named(login)),
        name=name,
        email=email,
        login=login,
        role=role,
        department_id=department_id,
    )


EVERYONE = [
    _user("olga", "Olga Owner", Role.OWNER),
    _user("adam", "Adam Admin", Role.ADMINISTRATOR),
    _user("dora", "Dora Dean", Role.DEPARTMENT_ADMINISTRATOR, SCIENCES),
    _user("arno", "Arno Author", Role.AUTHOR, LANGUAGES),
    _user("eva", "Eva Expert", Role.AUTHOR, LANGUAGES),
    _user("lena", "Lena Löwe", Role.LEARNER, OPTICS),
    _user("tomas", "Tomás Ruiz", Role.LEARNER, PHYSICS),
    _user("nils", "Nils Nord", Role.LEARNER, LANGUAGES),
    _user("mira", "Mira Moon", Role.LEARNER),
    _user("sven", "Sven Supervisor", Role.AUTHOR, LANGUAGES),
    _user("hugo", "Hugo Host", Role.AUTHOR, LANGUAGES),
]


def furnish(tx: Transaction) -> None:
    """The whole school, and a stranger in another account beside it."""
    tx.accounts.save(Account(id=SCHOOL, name="School"))
    tx.departments.add(
        [
            Department(account_id=SCHOOL, id=SCIENCES, name="Sciences"),
            Department(account_id=SCHOOL, id=LANGUAGES, name="Languages"),
        ]
    )
    tx.departments.add(
        [Department(account_id=SCHOOL, id=PHYSICS, name="Physics", parent_id=SCIENCES, supervisor_id=SUPERVISOR)]
    )
    tx.departments.add([Department(account_id=SCHOOL, id=OPTICS, name="Optics", parent_id=PHYSICS)])
    tx.people.add(EVERYONE)
    tx.people.set_managed(SCHOOL, DEAN, [SCIENCES])
    tx.courses.add(
        [
            Course(account_id=SCHOOL, id=BIOLOGY, title="Biology", description="Life", lessons=("Cells",)),
            Course(account_id=SCHOOL, id=ALGEBRA, title="Algebra"),
        ]
    )
    tx.courses.enrol(SCHOOL, [(BIOLOGY, LENA), (BIOLOGY, NILS)])
    tx.courses.assign(SCHOOL, [(BIOLOGY, EXPERT)], at=NOON)
    tx.trainings.add(Training(SCHOOL, WEBINAR, "Webinar", HOST))
    tx.trainings.attend(SCHOOL, [(WEBINAR, MIRA)])
    tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere"))
    tx.people.add(
        [
            User(
                account_id=ELSEWHERE,
                id=STRANGER,
                name="Boris Beyond",
                email="boris@else.example",
                login="boris",
                role=Role.OWNER,
            )
        ]
    )


def actor(user_id: UserId) -> Actor:
    """Somebody of the school, signed in."""
    return Actor(account_id=SCHOOL, user_id=user_id, session_id=SessionId(named(f"session of {user_id}")))


def dialog(one: UserId, other: UserId) -> ConversationId:
    """The dialog of two people of the school."""
    return dialog_id(SCHOOL, one, other)


@dataclass(slots=True)
class StoppedClock:
    """`runtime.Clock` that goes on only when told to."""

    moment: datetime = NOON

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.moment

    def wait(self, time: timedelta) -> None:
        """Let time go by."""
        self.moment += time


@dataclass(slots=True)
class CountedIds:
    """`runtime.Ids` that count: the first is 1."""

    count: int = 0

    def new(self) -> str:
        """The next id."""
        self.count += 1
        return f"00000000-0000-7000-9000-{self.count:012d}"

    def secret(self) -> str:
        """The next secret."""
        self.count += 1
        return f"secret-{self.count}"


def partners(chats: conversations.Chats) -> list[UserId]:
    """With whom the dialogs on a page of the list are, from the top."""
    return [one.user.id for line in chats.lines for one in line.row.participants]


@dataclass(slots=True)
class School:
    """The school with its store; `told` is what was announced since the last look."""

    store: Store = field(default_factory=MemoryStore)
    clock: StoppedClock = field(default_factory=StoppedClock)
    ids: CountedIds = field(default_factory=CountedIds)
    told: list[Event] = field(default_factory=list[Event])

    # Working with the store.

    def read(self, work: Callable[[Transaction], T]) -> T:
        """What `work` reads."""
        return self.store.read(work)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Commit one work, keep its events, and raise what it raised."""
        (outcome,) = self.store.write([work])
        self.told.extend(outcome.events)
        if outcome.failure is not None:
            raise outcome.failure
        return outcome.value  # type: ignore[return-value]  # a work without failure has its value

    def events(self, work: Callable[[Transaction], object]) -> list[Event]:
        """Exactly what `work` announces."""
        self.told.clear()
        self.write(work)
        return list(self.told)

    def denial(self, work: Callable[[Transaction], object]) -> Denial:
        """Why `work` is refused: it must be, and then nothing is changed or announced."""
        before, heard = self.everything(), len(self.told)
        with pytest.raises(Refused) as refused:
            self.write(work)
        assert self.everything() == before
        assert len(self.told) == heard
        return refused.value.denial

    def everything(self) -> Tables:
        """All that is stored, to compare with later, without what is recorded about how it came about."""
        assert isinstance(self.store, MemoryStore)
        return replace(self.store._tables.copy(), audit={})

    # Saying something.

    def command(
        self,
        sender: UserId,
        to: UserId,
        body: str = "Hello",
        *,
        key: str | None = None,
        course_id: CourseId | None = None,
        reply_to: int | None = None,
    ) -> Send:
        """A message to a person, under a fresh key unless one is given."""
        return Send(
            actor=actor(sender),
            body=body,
            key=key or self.ids.new(),
            to_person=to,
            course_id=course_id,
            reply_to=reply_to,
        )

    def attempt(self, *commands: Send) -> list[Posted | Exception]:
        """Send several at once; each one's answer."""
        return self.write(lambda tx: messages.send_all(tx, commands, clock=self.clock))

    def say(
        self,
        sender: UserId,
        to: UserId,
        body: str = "Hello",
        *,
        course_id: CourseId | None = None,
        reply_to: int | None = None,
    ) -> Posted:
        """Send one message that must be stored."""
        (answer,) = self.attempt(self.command(sender, to, body, course_id=course_id, reply_to=reply_to))
        if isinstance(answer, Exception):
            raise answer
        return answer

    def refusal(self, sender: UserId, to: UserId) -> Denial | None:
        """Why a message now would be refused, None when it would be stored. Nothing stays of the attempt."""
        commands = [self.command(sender, to, "May I?")]
        (answer,) = self.read(lambda tx: messages.send_all(tx, commands, clock=self.clock))
        return answer.denial if isinstance(answer, Refused) else None

    # Looking at it as somebody.

    def opened(self, reader: UserId, other: UserId) -> conversations.Opened:
        """The chat of two, as the first of them opens it."""
        return self.read(lambda tx: conversations.open_chat(tx, actor(reader), conversation_id=dialog(reader, other)))

    def bodies(self, reader: UserId, other: UserId) -> list[str]:
        """The texts that the reader sees in the chat, oldest first."""
        return [message.body for message in self.opened(reader, other).history.messages]

    def standing(self, reader: UserId, other: UserId) -> Standing:
        """What the reader may do in the chat."""
        return self.opened(reader, other).standing

    def unread(self, reader: UserId, other: UserId) -> int:
        """How many messages of the chat the reader has not read."""
        return self.opened(reader, other).line.row.conversation.members[reader].unread

    def listed(self, reader: UserId) -> list[UserId]:
        """With whom the reader's list shows chats, from the top."""
        chats = self.read(lambda tx: conversations.chats(tx, actor(reader), before=None, limit=50))
        return partners(chats)

    def user(self, user_id: UserId) -> User:
        """A user as stored."""
        found = self.read(lambda tx: tx.people.find(SCHOOL, user_id))
        assert found is not None
        return found

    def facts(self, user_id: UserId) -> Person:
        """The facts about a user."""
        return self.read(lambda tx: tx.people.facts(SCHOOL, [user_id]))[user_id]

    # Changing facts, as an administrator does.

    def switch(self, *, is_on: bool) -> None:
        """Switch private messaging on or off."""
        self.write(lambda tx: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(messaging_on=is_on)))

    def choose(self, mode: Mode) -> None:
        """Choose the mode."""
        self.write(lambda tx: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(mode=mode)))

    def set_state(self, user_id: UserId, state: State) -> None:
        """Deactivate, activate or remove somebody."""
        change = {State.ACTIVE: users.activate, State.INACTIVE: users.deactivate, State.REMOVED: users.remove}[state]
        self.write(lambda tx: change(tx, actor(OWNER), user_id=user_id))

    def assign(self, user_id: UserId, course_id: CourseId = BIOLOGY) -> None:
        """Make somebody an expert."""
        self.write(lambda tx: teaching.assign(tx, actor(ADMIN), course_id=course_id, user_id=user_id, clock=self.clock))

    def unassign(self, user_id: UserId, course_id: CourseId = BIOLOGY) -> None:
        """Let somebody be an expert no longer."""
        self.write(lambda tx: teaching.unassign(tx, actor(ADMIN), course_id=course_id, user_id=user_id))


def heard_by(events: Collection[Event], user_id: UserId) -> list[Event]:
    """Those of the events that somebody hears."""
    return [event for event in events if _is_heard(event, user_id)]


def _is_heard(event: Event, user_id: UserId) -> bool:
    users_told = audience(event)
    return users_told is None or user_id in users_told


def new_school() -> School:
    """The school on its first day."""
    school = School()
    school.write(furnish)
    return school
