"""What must be true of all that is stored, as questions that count what breaks it.

Each is one statement over whole tables, nothing is sampled. They read indexes in order or look up a key for each row, so
that they take minutes, not hours, with ten million messages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select

from hallway.domain.conversations import ConversationKind
from hallway.domain.ids import AccountId, ConversationId
from hallway.storage.finding import Finding, ok, problem
from hallway.storage.message_tables import message_version, reaction, star
from hallway.storage.schema import conversation, hidden, member, message

LOOK = "read “When the doctor finds broken data” in docs/operators.md, and the server's log: what happened before?"
REPORT = "hallway doctor --json > findings.json, and report it with the log: this should never happen"
KEEP = "hallway backup FILE keeps everything that is there now"
REPAIR = "hallway doctor --repair recalculates these numbers from the messages"
RESTORE = "only if that does not help: hallway restore OLDER-FILE --data NEW-FOLDER, and compare before you use it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invariant:
    """A rule about stored data: `query` counts the exceptions; `said` is true without any. What `is_derived` can be computed again."""

    about: str
    said: str
    broken: str
    query: Select[Any]
    is_derived: bool = False


def broken(connection: Connection) -> Iterator[Finding]:
    """Yield a finding for each invariant."""
    for one in INVARIANTS:
        exceptions = connection.execute(one.query).scalar_one()
        if exceptions:
            steps = (REPORT, KEEP, REPAIR if one.is_derived else RESTORE)
            yield problem(one.about, f"{exceptions} {one.broken}", LOOK, *steps)
        else:
            yield ok(one.about, one.said)


def miscounted(connection: Connection) -> Sequence[tuple[AccountId, ConversationId]]:
    """Return the conversations in which a derived number of some member is wrong."""
    key = (member.c.account_id, member.c.conversation_id)
    query = select(*key).where(or_(_shows_another(), _counts_another())).distinct().order_by(*key)
    return [(AccountId(account_id), ConversationId(one)) for account_id, one in connection.execute(query)]


def _of(table: Any, other: Any) -> ColumnElement[bool]:
    """Match rows that belong to the same conversation."""
    mine = conversation.c.id if table is conversation else table.c.conversation_id
    return and_(table.c.account_id == other.c.account_id, mine == other.c.conversation_id)


def _numbering() -> Select[Any]:
    numbers = (
        select(
            message.c.account_id,
            message.c.conversation_id,
            func.count().label("count"),
            func.min(message.c.seq).label("first"),
            func.max(message.c.seq).label("last"),
        )
        .group_by(message.c.account_id, message.c.conversation_id)
        .subquery()
    )
    is_broken = or_(
        func.coalesce(numbers.c.count, 0) != conversation.c.last_seq,
        func.coalesce(numbers.c.last, 0) != conversation.c.last_seq,
        func.coalesce(numbers.c.first, 1) != 1,
    )
    found = conversation.outerjoin(numbers, _of(conversation, numbers))
    return select(func.count()).select_from(found).where(is_broken)


def _dialogs() -> Select[Any]:
    members = select(func.count()).where(_of(conversation, member)).correlate(conversation).scalar_subquery()
    return (
        select(func.count())
        .select_from(conversation)
        .where(conversation.c.kind == ConversationKind.DIALOG.value, members != 2)  # noqa: PLR2004 - rules §1
    )


def _strangers() -> Select[Any]:
    is_member = exists().where(_of(message, member), member.c.user_id == message.c.sender_id).correlate(message)
    return select(func.count()).select_from(message).where(~is_member)


def _newest() -> Select[Any]:
    return select(func.count()).select_from(member).where(_shows_another())


def _shows_another() -> ColumnElement[bool]:
    """Match members whose row of the list does not show the newest message that they still see."""
    newest = _seen(select(message.c.seq)).order_by(message.c.seq.desc()).limit(1).scalar_subquery()
    return member.c.last_seq.is_distinct_from(newest)


def _unread() -> Select[Any]:
    return select(func.count()).select_from(member).where(_counts_another())


def _counts_another() -> ColumnElement[bool]:
    """Match members whose badge does not count what they have not read."""
    is_unread = or_(message.c.seq > member.c.read_seq, message.c.seq >= member.c.unread_from)
    counted = _seen(select(func.count())).where(
        is_unread, message.c.sender_id != member.c.user_id, message.c.deleted_at.is_(None)
    )
    return member.c.unread != counted.scalar_subquery()


def _seen(query: Select[Any]) -> Select[Any]:
    """Restrict a query to what a member still sees of their conversation.

    The member is two queries up: left to itself, SQLAlchemy would look through all members, and what one of them hid
    would be hidden from everybody.
    """
    at = and_(_of(message, member), message.c.seq > member.c.cleared_seq)
    same = (hidden.c.user_id == member.c.user_id, hidden.c.seq == message.c.seq, hidden.c.is_hidden)
    is_hidden = exists().where(_of(hidden, message), *same).correlate(message, member)
    return query.select_from(message).where(at, ~is_hidden).correlate(member)


def _shared_positions() -> Select[Any]:
    of = (member.c.account_id, member.c.user_id)
    positions = (
        select(func.count()).where(one.is_not(None)).group_by(*of, one).having(func.count() > 1).subquery()
        for one in (member.c.place, member.c.archived)
    )
    in_list, in_archive = (select(func.count()).select_from(one).scalar_subquery() for one in positions)
    return select(in_list + in_archive)


def _beside(table: Table, is_kept: ColumnElement[bool]) -> Select[Any]:
    """Count the rows beside messages that their message no longer accounts for."""
    is_there = exists().where(_of(table, message), table.c.seq == message.c.seq, is_kept).correlate(table)
    return select(func.count()).select_from(table).where(~is_there)


def in_the_future(connection: Connection, now: int) -> int:
    """Count the conversations that end with a message from after `now`, in microseconds since 1970."""
    last = and_(_of(conversation, message), message.c.seq == conversation.c.last_seq)
    query = select(func.count()).select_from(conversation.join(message, last)).where(message.c.sent_at > now)
    return connection.execute(query).scalar_one()


INVARIANTS = (
    Invariant(
        about="numbering",
        said="every conversation's messages are numbered without gaps",
        broken="conversations have missing messages or a wrong count",
        query=_numbering(),
    ),
    Invariant(
        about="kinds",
        said="every conversation has as many members as its kind: a dialog two, a group any number",
        broken="dialogs have more or fewer than two members",
        query=_dialogs(),
    ),
    Invariant(
        about="senders",
        said="every message is from a member",
        broken="messages are from people who aren't members",
        query=_strangers(),
    ),
    Invariant(
        about="newest",
        said="every list shows the latest message",
        broken="list rows show another message",
        query=_newest(),
        is_derived=True,
    ),
    Invariant(
        about="unread",
        said="every badge shows the number of unread messages",
        broken="badges show a wrong count",
        query=_unread(),
        is_derived=True,
    ),
    Invariant(
        about="versions",
        said="earlier texts are those of messages that were edited, and of none that was deleted",
        broken="earlier texts are of messages that weren't edited or were deleted",
        query=_beside(message_version, message.c.edited_at.is_not(None)),
    ),
    Invariant(
        about="reactions",
        said="every reaction is counted by its message",
        broken="reactions are of messages that don't count them",
        query=_beside(reaction, message.c.reactions.is_not(None)),
    ),
    Invariant(
        about="stars",
        said="every star is of a message that is there",
        broken="stars are of messages that are gone or were deleted",
        query=_beside(star, message.c.deleted_at.is_(None)),
    ),
    Invariant(
        about="places",
        said="every list row has its own position",
        broken="list positions are used twice",
        query=_shared_positions(),
    ),
)
