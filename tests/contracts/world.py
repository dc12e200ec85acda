"""A small account and a stranger's one beside it, and ways to write and read that fail loudly."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, Member, new_dialog
from hallway.domain.courses import Course, Question, Training
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
from hallway.domain.messages import Message
from hallway.domain.people import Department, Role, User
from hallway.usecases.access.records import Session
from hallway.usecases.accounts import provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.messaging.records import ChatRow
from hallway.usecases.transaction import Store, Transaction

T = TypeVar("T")

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def named(name: str) -> str:
    """The same id for the same name."""
    return str(uuid5(UUID(int=7), name))


HERE, ELSEWHERE = AccountId(named("here")), AccountId(named("elsewhere"))
TOP, MIDDLE, LEAF, SIDE = (DepartmentId(named(one)) for one in ("top", "middle", "leaf", "side"))
BIOLOGY, ALGEBRA = CourseId(named("biology")), CourseId(named("algebra"))
WEBINAR = TrainingId(named("webinar"))


def person(name: str) -> UserId:
    """The id of somebody."""
    return UserId(named(name))


def user(name: str, role: Role = Role.LEARNER, department: DepartmentId | None = None) -> User:
    """Somebody in HERE, whose login is their name."""
    return User(
        account_id=HERE,
        id=person(name),
        name=name,
        email=f"{name}@Example.org".replace(" ", "."),
        login=name,
        role=role,
        department_id=department,
    )


OWNER, ADMIN, MANAGER = person("Olga Owner"), person("Adam Admin"), person("Mona Manager")
TOMAS, LENA, EXPERT, BOSS = person("Tomás Ruiz"), person("Lena Löwe"), person("Eva Expert"), person("Boris Boss")

USERS = [
    user("Olga Owner", Role.OWNER),
    user("Adam Admin", Role.ADMINISTRATOR),
    user("Mona Manager", Role.DEPARTMENT_ADMINISTRATOR),
    user("Tomás Ruiz", department=LEAF),
    user("Lena Löwe", department=SIDE),
    user("Eva Expert", Role.AUTHOR),
    user("Boris Boss", Role.AUTHOR),
]


def furnish(tx: Transaction) -> None:
    """The account HERE with its people, tree, courses and training; ELSEWHERE with one namesake."""
    tx.accounts.save(Account(id=HERE, name="Here"))
    tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere"))
    tx.departments.add([Department(account_id=HERE, id=TOP, name="Top")])
    tx.departments.add(
        [
            Department(account_id=HERE, id=MIDDLE, name="Middle", parent_id=TOP, supervisor_id=BOSS),
            Department(account_id=HERE, id=SIDE, name="Side"),
        ]
    )
    tx.departments.add([Department(account_id=HERE, id=LEAF, name="Leaf", parent_id=MIDDLE)])
    tx.people.add(USERS)
    tx.people.add([replace(user("Tomás Ruiz"), account_id=ELSEWHERE)])
    tx.people.set_managed(HERE, MANAGER, [TOP])
    tx.courses.add(
        [
            Course(account_id=HERE, id=BIOLOGY, title="Biology", description="Life", lessons=("Cells", "Ökologie")),
            Course(account_id=HERE, id=ALGEBRA, title="Algebra"),
        ]
    )
    tx.courses.enrol(HERE, [(BIOLOGY, TOMAS)])
    tx.courses.assign(HERE, [(BIOLOGY, EXPERT)], at=NOON)
    tx.trainings.add(Training(HERE, WEBINAR, "Webinar", EXPERT))
    tx.trainings.attend(HERE, [(WEBINAR, LENA)])


def furnished(store: Store) -> Store:
    """The store with `furnish` done."""
    change(store, furnish)
    return store


def change(store: Store, work: Callable[[Transaction], T]) -> T:
    """Write, and raise what the work raised."""
    (outcome,) = store.write([work])
    if outcome.failure is not None:
        raise outcome.failure
    return outcome.value  # type: ignore[return-value]  # a work without failure has its value


def set_suspended(store: Store, account_id: AccountId = HERE, *, is_suspended: bool) -> None:
    """As the operator does."""
    patch = OperatorPatch(is_suspended=is_suspended)
    change(store, lambda tx: provisioning.change(tx, account_id, patch))


def message(conversation_id: ConversationId, seq: int, sender: UserId, body: str = "Hello", rev: int = 0) -> Message:
    """A message of HERE, sent `seq` seconds after noon."""
    at = NOON + timedelta(seconds=seq)
    return Message(
        account_id=HERE,
        conversation_id=conversation_id,
        seq=seq,
        rev=rev or seq,
        sender_id=sender,
        key=f"{conversation_id}-{seq}"[-64:],
        body=body,
        sent_at=at,
    )


def dialog(one: UserId, other: UserId, messages: int, place: int = 1, question: Question | None = None) -> Conversation:
    """A dialog in both lists at `place`, with `messages` that `one` sent to `other`."""
    last = messages or None
    mine = Member(one, read_seq=messages, last_seq=last, place=place)
    theirs = Member(other, last_seq=last, place=place, unread=messages)
    empty = new_dialog(HERE, dialog_id(HERE, one, other), one, other)
    return replace(empty, members={one: mine, other: theirs}, last_seq=messages, rev=messages, question=question)


def talk(store: Store, one: UserId, other: UserId, bodies: list[str], *, place: int = 1) -> Conversation:
    """Store such a dialog with messages from `one`."""
    stored = dialog(one, other, len(bodies), place)
    posted = [message(stored.id, seq, one, body) for seq, body in enumerate(bodies, 1)]

    def work(tx: Transaction) -> None:
        tx.conversations.add([stored])
        tx.messages.add(posted)

    change(store, work)
    return stored


def row_of(store: Store, reader: UserId, chat: ConversationId) -> ChatRow | None:
    """The chat's row as the reader's list shows it; None for those who are not in it."""
    return store.read(lambda tx: tx.conversations.rows_of(HERE, reader, [chat])).get(chat)


def with_whom(rows: Sequence[ChatRow]) -> list[list[UserId]]:
    """Who the others in each row are."""
    return [[one.user.id for one in row.participants] for row in rows]


def session(name: str, whose: UserId, kind: str = "browser") -> Session:
    """A session whose secret's hash is its name."""
    return Session(
        account_id=HERE,
        id=SessionId(named(name)),
        user_id=whose,
        kind=kind,
        hashed=name,
        name=name,
        created_at=NOON,
        expires_at=NOON + timedelta(days=1),
        csrf="csrf",
    )
