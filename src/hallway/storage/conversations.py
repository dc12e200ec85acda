"""Conversations and what each member keeps of them, in SQL."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from hallway.domain.conversations import FOREVER, Conversation, ConversationKind, Member
from hallway.domain.courses import Question
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.text import query_key, query_words
from hallway.storage.lists import Given, one_of, one_of_those
from hallway.storage.messages import MESSAGE, is_hidden_from, to_message
from hallway.storage.names import SqlNames, contain_all
from hallway.storage.people import USER, to_user
from hallway.storage.schema import conversation, course, department, expert, member, message, mute, user
from hallway.storage.search import contains
from hallway.storage.statements import Prepared, Row, insert_all, update_all
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.messaging.chat_lists import EVERY_CHAT, ChatFilter, Section
from hallway.usecases.messaging.records import PARTICIPANTS_SHOWN, ChatRow, Participant

MARKS = (
    *("rev", "own_rev", "read_seq", "cleared_seq", "last_seq", "unread", "place", "untold", "unread_from"),
    *("pinned", "archived", "archived_until"),
)
SIDE = ("user_id", *MARKS)
"""A member's fields, as a row has them."""
_LAST_ID = str(UUID(int=2**128 - 1))
TAIL = 5
"""Hexadecimal digits at the end of a dialog's id, which are random, that tell its positions from those of other dialogs."""
STRIDE = 16**TAIL
CONVERSATION_KEY = ("account_id", "id")
MEMBER_KEY = ("account_id", "conversation_id", "user_id")


class SqlConversations:
    """`ports.Conversations` over a connection; `locks` tells whether what is loaded will be written."""

    def __init__(self, connection: Connection, names: SqlNames, *, locks: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._names = names
        self._locks = locks
        self._stored: dict[tuple[str, UserId], Member] = {}

    def several(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, Conversation]:
        """Return conversations with their members; rows that will be written are locked in order of id."""
        chosen = {"account": account_id, "conversations": list(conversation_ids)}
        rows = (_LOCKED if self._locks else _SEVERAL).mappings(self._connection, chosen)
        members: defaultdict[str, dict[UserId, Member]] = defaultdict(dict)
        for conversation_id, *side in _MEMBERS.rows(self._connection, chosen):
            stored = self._stored[conversation_id, side[0]] = _side(side)
            members[conversation_id][stored.user_id] = stored
        return {row["id"]: _conversation(row, members[row["id"]]) for row in rows}

    def add(self, conversations: Sequence[Conversation]) -> None:
        """Store new conversations with their members."""
        insert_all(self._connection, conversation, [_row(one) for one in conversations])
        insert_all(self._connection, member, _member_rows(conversations))

    def save(self, conversations: Sequence[Conversation]) -> None:
        """Store what changes in conversations and members."""
        if conversations:
            counts = ("last_seq", "rev", "question_course_id", "question_expert_id")
            rows = [_row(one) for one in conversations]
            update_all(self._connection, conversation, CONVERSATION_KEY, counts, rows)
            for marks, sides in self._changed_sides(conversations).items():
                update_all(self._connection, member, MEMBER_KEY, marks, sides)

    def _changed_sides(self, conversations: Sequence[Conversation]) -> Mapping[tuple[str, ...], list[dict[str, Any]]]:
        """Group the members' rows by which of their marks differ from those stored: no index moves for the rest."""
        found: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for one in conversations:
            for side in one.members.values():
                before = self._stored.get((one.id, side.user_id))
                changed = MARKS if before is None else _differing(before, side)
                if changed:
                    found[changed].append(_member_row(one, side))
                    self._stored[one.id, side.user_id] = side
        return found

    def top_positions(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, int]:
        """Return the highest position in each list: the last entry of an index, however long the list is."""
        query, given = _top_positions(self._connection.dialect.name)
        chosen = {"account": account_id, **given.values([one] for one in user_ids)}
        tops = ((one, place, archived) for one, place, archived in query.rows(self._connection, chosen))
        return {
            one: max(place or 0, archived or 0) for one, place, archived in tops if (place, archived) != (None, None)
        }

    def position_above(self, top: int, conversation_id: ConversationId) -> int:
        """Return the next position. On PostgreSQL several processes write: there each dialog has positions of its own to take."""
        if self._connection.dialect.name != "postgresql":
            return top + 1
        return (top // STRIDE + 1) * STRIDE + int(conversation_id[-TAIL:], 16)

    def rows(  # noqa: PLR0913 - one for each part of the filter
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        before: int | None,
        limit: int,
        unread_only: bool = False,
        text: str = "",
        name: str = "",
        chosen: ChatFilter = EVERY_CHAT,
    ) -> Sequence[ChatRow]:
        """Return a page of the list."""
        given = {"account": account_id, "me": user_id, "before": before, "limit": limit}
        key, words = query_key(text), query_words(name)
        if not key and not words and chosen == ChatFilter(section=chosen.section):
            query = _page(chosen.section, is_first=before is None, unread_only=unread_only)
            return self._with_participants(account_id, user_id, query.mappings(self._connection, given))
        page = _narrowed(chosen, is_first=before is None, unread_only=unread_only)
        page = page.where(self._is_with(account_id, words)) if words else page
        found = page.where(self._mentions(key, user_id)) if key else page
        return self._with_participants(account_id, user_id, self._connection.execute(found, given).mappings())

    def _is_with(self, account_id: AccountId, words: Collection[str]) -> ColumnElement[bool]:
        """Match chats where the name of another participant has all the words.

        Where few people of the account are named so, their chats are known first: a long list would be walked through for one of them.
        """
        people = self._names.few(account_id, words)
        if people is None:
            return _is_with(words)
        theirs = select(_them.c.conversation_id).where(
            _them.c.account_id == account_id, one_of(_them.c.user_id, people), _them.c.user_id != _ME
        )
        return _me.c.conversation_id.in_(theirs)

    def _mentions(self, key: str, user_id: UserId) -> ColumnElement[bool]:
        """Match chats where the name of another participant, or a message that is still seen, contains the key."""
        is_in_message = exists().where(
            message.c.account_id == _me.c.account_id,
            message.c.conversation_id == _me.c.conversation_id,
            message.c.seq > _me.c.cleared_seq,
            contains(self._connection, key),
            ~is_hidden_from(user_id),
        )
        return or_(_is_with([key]), is_in_message.correlate(_me))

    def rows_of(
        self, account_id: AccountId, user_id: UserId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, ChatRow]:
        """Return the rows of those conversations in which the user is."""
        query, given = _chosen(self._connection.dialect.name)
        chosen = {"account": account_id, "me": user_id, **given.values([one] for one in conversation_ids)}
        rows = self._with_participants(account_id, user_id, query.mappings(self._connection, chosen))
        return {row.conversation.id: row for row in rows}

    def _with_participants(
        self, account_id: AccountId, user_id: UserId, rows: Iterable[Mapping[Any, Any]]
    ) -> Sequence[ChatRow]:
        """Add the first of the others to each row, loaded for all rows at once."""
        found = list(rows)
        query, given = _participants(self._connection.dialect.name)
        chosen = {"account": account_id, "me": user_id, **given.values([row["c_id"]] for row in found)}
        others: defaultdict[str, list[Row]] = defaultdict(list)
        for one in query.mappings(self._connection, chosen) if found else ():
            others[one["them_conversation_id"]].append(one)
        counts = self._counts(account_id, [one for one in others if len(others[one]) > PARTICIPANTS_SHOWN])
        return [_chat_row(row, others[row["c_id"]], counts.get(row["c_id"])) for row in found]

    def _counts(self, account_id: AccountId, conversation_ids: Sequence[str]) -> Mapping[str, int]:
        """Count the members of these conversations, which have more than are shown; query nothing if there are none."""
        if not conversation_ids:
            return {}
        chosen = {"account": account_id, "conversations": conversation_ids}
        return dict(map(tuple, _COUNTS.rows(self._connection, chosen)))

    def unread_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the conversations with unread messages in an index, without looking at each.

        All of them are in the list but those in the archive: a chat that was deleted has none (rules §7).
        """
        return _UNREAD.rows(self._connection, {"account": account_id, "user": user_id})[0][0]

    def waiting_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the chats that wait for an answer: look at each row's newest message, and keep nothing when a message is sent."""
        return _WAITING.rows(self._connection, {"account": account_id, "me": user_id})[0][0]


_ACCOUNT: BindParameter[Any] = bindparam("account")
_ME: BindParameter[Any] = bindparam("me")
_WANTED = (
    select(conversation)
    .where(conversation.c.account_id == _ACCOUNT, one_of_those(conversation.c.id, "conversations"))
    .order_by(conversation.c.id)
)
_SEVERAL, _LOCKED = Prepared(_WANTED), Prepared(_WANTED.with_for_update(key_share=True))
_MEMBERS = Prepared(
    select(member.c.conversation_id, member.c.user_id, *(member.c[name] for name in MARKS)).where(
        member.c.account_id == _ACCOUNT, one_of_those(member.c.conversation_id, "conversations")
    )
)


_COUNTS = Prepared(
    select(member.c.conversation_id, func.count().label("members"))
    .where(member.c.account_id == _ACCOUNT, one_of_those(member.c.conversation_id, "conversations"))
    .group_by(member.c.conversation_id)
)

_MY_CHATS = (
    select(func.count())
    .select_from(member)
    .where(member.c.account_id == _ACCOUNT, member.c.user_id == bindparam("user"))
)
_NONE: ColumnElement[int] = literal_column("0")
_IN_ARCHIVE = (member.c.archived.is_not(None), member.c.unread + _NONE > _NONE)
"""Kept from the index of what is unread, as `_IS_UNREAD` is."""
_UNREAD = Prepared(
    select(_MY_CHATS.where(member.c.unread > _NONE).scalar_subquery() - _MY_CHATS.where(*_IN_ARCHIVE).scalar_subquery())
)

_AWAITS_ANSWER = (message.c.sender_id != _ME, message.c.deleted_at.is_(None))
"""`domain.messages.awaits_answer` of the newest message that somebody sees; a contract test holds them together."""
_WAITING = Prepared(
    select(func.count())
    .select_from(
        member.join(
            message,
            and_(
                message.c.account_id == member.c.account_id,
                message.c.conversation_id == member.c.conversation_id,
                message.c.seq == member.c.last_seq,
            ),
        )
    )
    .where(member.c.account_id == _ACCOUNT, member.c.user_id == _ME, member.c.place.is_not(None), *_AWAITS_ANSWER)
)


@cache
def _top_positions(dialect: str) -> tuple[Prepared, Given]:
    given = Given(dialect, member.c.user_id)
    (user_id,) = given.columns
    mine = (member.c.account_id == _ACCOUNT, member.c.user_id == user_id)
    top = select(func.max(member.c.place)).where(*mine)
    archived = select(func.max(member.c.archived)).where(*mine, member.c.archived.is_not(None))
    tops = (top.scalar_subquery().label("top"), archived.scalar_subquery().label("archived"))
    return Prepared(select(user_id, *tops).select_from(given.source)), given


_me = member.alias("me")
_them = member.alias("them")


def _rows(mine: FromClause = _me) -> Select[Any]:
    """Select the conversations of `me`, each with my side, the newest message that I see, and the course."""
    account = conversation.c.account_id
    columns = [
        *(one.label(f"c_{one.name}") for one in conversation.c),
        *(_me.c[name].label(f"me_{name}") for name in SIDE),
        *(message.c[name].label(f"m_{name}") for name in MESSAGE),
        course.c.title.label("course_title"),
        mute.c.user_id.is_not(None).label("is_muted"),
        mute.c.until.label("muted_until"),
        expert.c.user_id.is_not(None).label("is_expert"),
    ]
    joined = (
        mine.join(conversation, and_(account == _me.c.account_id, conversation.c.id == _me.c.conversation_id))
        .outerjoin(
            message,
            and_(
                message.c.account_id == account,
                message.c.conversation_id == _me.c.conversation_id,
                message.c.seq == _me.c.last_seq,
            ),
        )
        .outerjoin(
            mute,
            and_(mute.c.account_id == account, mute.c.user_id == _ME, mute.c.conversation_id == _me.c.conversation_id),
        )
        .outerjoin(course, and_(course.c.account_id == account, course.c.id == conversation.c.question_course_id))
        .outerjoin(
            expert,
            and_(
                expert.c.account_id == account,
                expert.c.course_id == conversation.c.question_course_id,
                expert.c.user_id == conversation.c.question_expert_id,
            ),
        )
    )
    return select(*columns).select_from(joined).where(_me.c.account_id == _ACCOUNT, _me.c.user_id == _ME)


_IN_SECTION: Mapping[Section, tuple[ColumnElement[bool], ...]] = {
    Section.LIST: (),
    Section.PINNED: (_me.c.pinned.is_not(None), _me.c.pinned == true()),
    Section.UNPINNED: (_me.c.pinned.is_(None),),
    Section.ARCHIVE: (_me.c.place.is_(None),),
}
"""What a section asks beside a position in it."""

_IS_UNREAD = _me.c.unread + literal_column("0") > literal_column("0")
"""Kept from the index of what is unread: the list is walked in its order, where that index would have it sorted first."""


def _page_of_rows(section: Section, *, is_first: bool, unread_only: bool, oldest_first: bool = False) -> Select[Any]:
    """Select rows from the top, or behind the position `before`; or, with `oldest_first`, all that from the end."""
    place = _me.c.archived if section is Section.ARCHIVE else _me.c.place
    query = _rows().where(place.is_not(None), *_IN_SECTION[section])
    if not is_first:
        position: BindParameter[Any] = bindparam("before")
        query = query.where(place > position if oldest_first else place < position)
    if unread_only:
        query = query.where(_IS_UNREAD)
    return query.order_by(place.asc() if oldest_first else place.desc()).limit(bindparam("limit"))


def _narrowed(chosen: ChatFilter, *, is_first: bool, unread_only: bool) -> Select[Any]:
    query = _page_of_rows(chosen.section, is_first=is_first, unread_only=unread_only, oldest_first=chosen.oldest_first)
    if chosen.is_waiting:
        query = query.where(*_AWAITS_ANSWER)
    if chosen.course_id is not None:
        query = query.where(conversation.c.question_course_id == chosen.course_id)
    return query


@cache
def _page(section: Section, *, is_first: bool, unread_only: bool) -> Prepared:
    return Prepared(_page_of_rows(section, is_first=is_first, unread_only=unread_only))


@cache
def _chosen(dialect: str) -> tuple[Prepared, Given]:
    """Select those of the given conversations in which I am, each looked up by its key."""
    given = Given(dialect, member.c.conversation_id)
    (conversation_id,) = given.columns
    return Prepared(_rows(given.source.join(_me, _me.c.conversation_id == conversation_id))), given


@cache
def _participants(dialect: str) -> tuple[Prepared, Given]:
    """Select the first of the others in each given conversation, with their departments.

    However many there are, PARTICIPANTS_SHOWN + 1 are selected at most: the last tells that there are more than are shown.
    """
    given = Given(dialect, member.c.conversation_id)
    (conversation_id,) = given.columns
    ids = select(_them.c.user_id).where(
        _them.c.account_id == _ACCOUNT, _them.c.conversation_id == conversation_id, _them.c.user_id != _ME
    )
    last = ids.order_by(_them.c.user_id).limit(1).offset(PARTICIPANTS_SHOWN).scalar_subquery()
    account = member.c.account_id
    shown = and_(
        account == _ACCOUNT,
        member.c.conversation_id == conversation_id,
        member.c.user_id != _ME,
        member.c.user_id <= func.coalesce(last, literal(_LAST_ID, member.c.user_id.type)),
    )
    found = (
        given.source.join(member, shown)
        .join(user, and_(user.c.account_id == account, user.c.id == member.c.user_id))
        .outerjoin(department, and_(department.c.account_id == account, department.c.id == user.c.department_id))
    )
    sides = (member.c[name].label(f"them_{name}") for name in ("conversation_id", *SIDE))
    people = (user.c[name] for name in USER)
    return Prepared(select(*sides, *people, department.c.name.label("department_name")).select_from(found)), given


_MINE, _THEIRS = (itemgetter(*(f"{whose}_{name}" for name in SIDE)) for whose in ("me", "them"))


def _chat_row(row: Mapping[Any, Any], others: Sequence[Row], members_count: int | None) -> ChatRow:
    """Build a row of the list; `members_count` is None if all the others are here."""
    shown = sorted(others, key=itemgetter("id"))[:PARTICIPANTS_SHOWN]
    sides = [_side(_MINE(row)), *(_side(_THEIRS(one)) for one in shown)]
    return ChatRow(
        conversation=_conversation(row, {one.user_id: one for one in sides}, "c_"),
        members_count=members_count or len(sides),
        participants=[Participant(to_user(one), one["department_name"]) for one in shown],
        last_message=None if row["m_seq"] is None else to_message(row, "m_"),
        course_title=row["course_title"],
        muted_until=_end(row["muted_until"]) if row["is_muted"] else None,
        is_expert=bool(row["is_expert"]),
    )


def _side(values: Sequence[Any]) -> Member:
    """Build a member's side of SIDE; most have no end of a mute, and nothing is copied."""
    *others, until = values
    return Member(*values) if until is None else Member(*others, archived_until=from_micros(until))


def _end(micros: int | None) -> datetime:
    return FOREVER if micros is None else from_micros(micros)


def _conversation(row: Mapping[Any, Any], members: Mapping[UserId, Member], prefix: str = "") -> Conversation:
    course_id, expert_id = row[f"{prefix}question_course_id"], row[f"{prefix}question_expert_id"]
    return Conversation(
        row[f"{prefix}account_id"],
        row[f"{prefix}id"],
        ConversationKind(row[f"{prefix}kind"]),
        members,
        row[f"{prefix}last_seq"],
        row[f"{prefix}rev"],
        None if course_id is None else Question(course_id, expert_id),
    )


def _is_with(words: Collection[str]) -> ColumnElement[bool]:
    """Match chats where the name of another participant has all the words."""
    same = (_them.c.account_id == _me.c.account_id, _them.c.conversation_id == _me.c.conversation_id)
    person = (user.c.account_id == _them.c.account_id, user.c.id == _them.c.user_id, _them.c.user_id != _ME)
    return exists().where(*same, *person, *contain_all(words)).correlate(_me)


_marks = attrgetter(*MARKS)


def _differing(before: Member, after: Member) -> tuple[str, ...]:
    """Return the names of the marks that changed; asked for each member with every message."""
    values = zip(MARKS, _marks(before), _marks(after), strict=True)
    return tuple([name for name, old, new in values if old != new])


def _row(one: Conversation) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "id": one.id,
        "kind": one.kind.value,
        "last_seq": one.last_seq,
        "rev": one.rev,
        "question_course_id": one.question.course_id if one.question else None,
        "question_expert_id": one.question.expert_id if one.question else None,
    }


def _member_rows(conversations: Sequence[Conversation]) -> list[dict[str, Any]]:
    return [_member_row(one, side) for one in conversations for side in one.members.values()]


def _member_row(one: Conversation, side: Member) -> dict[str, Any]:
    """Build a member's row of the key and the MARKS, written out because it is done for each member with every message."""
    return {
        "account_id": one.account_id,
        "conversation_id": one.id,
        "user_id": side.user_id,
        "rev": side.rev,
        "own_rev": side.own_rev,
        "read_seq": side.read_seq,
        "cleared_seq": side.cleared_seq,
        "last_seq": side.last_seq,
        "unread": side.unread,
        "place": side.place,
        "untold": side.untold,
        "unread_from": side.unread_from,
        "pinned": side.pinned,
        "archived": side.archived,
        "archived_until": None if side.archived_until is None else to_micros(side.archived_until),
    }
