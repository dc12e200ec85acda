"""What must be true of all that is stored, in plain Python over every row: what the doctor's SQL is compared with.

Written from the rules (§6, §7) and not from the statements. It reads tables whole, and knows no joins to get wrong.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, select

from hallway.storage.invariants import INVARIANTS
from hallway.storage.message_tables import message_version, reaction, star
from hallway.storage.schema import conversation, hidden, member, message

Row = Any
Key = tuple[str, str]


def counted(connection: Connection) -> dict[str, int]:
    """How many exceptions the doctor finds, by the name of what must be true."""
    return {one.about: connection.execute(one.query).scalar_one() for one in INVARIANTS}


def expected(connection: Connection) -> dict[str, int]:
    """How many there are."""
    conversations, members, messages, hides = (
        _rows(connection, one) for one in (conversation, member, message, hidden)
    )
    said, sides = _by_chat(messages), _by_chat(members)
    gone = {(one.account_id, one.conversation_id, one.user_id, one.seq) for one in hides if one.is_hidden}
    chats = {(one.account_id, one.id): one for one in conversations}
    writers = {(one.account_id, one.conversation_id, one.user_id) for one in members}
    edited = {(*_chat_of(one), one.seq) for one in messages if one.edited_at is not None}
    reacted = {(*_chat_of(one), one.seq) for one in messages if one.reactions is not None}
    there = {(*_chat_of(one), one.seq) for one in messages if one.deleted_at is None}
    places = Counter((one.account_id, one.user_id, one.place) for one in members if one.place is not None)
    return {
        "numbering": sum(not _is_numbered(one.last_seq, said[key]) for key, one in chats.items()),
        "kinds": sum(one.kind == "dialog" and len(sides[key]) != 2 for key, one in chats.items()),
        "senders": sum((one.account_id, one.conversation_id, one.sender_id) not in writers for one in messages),
        "newest": sum(_newest(one, said, gone) != one.last_seq for one in members),
        "unread": sum(_unread(one, said, gone) != one.unread for one in members),
        "versions": sum((*_chat_of(one), one.seq) not in edited for one in _rows(connection, message_version)),
        "reactions": sum((*_chat_of(one), one.seq) not in reacted for one in _rows(connection, reaction)),
        "stars": sum((*_chat_of(one), one.seq) not in there for one in _rows(connection, star)),
        "places": sum(times > 1 for times in places.values()),
    }


def _rows(connection: Connection, table: Table) -> list[Row]:
    return list(connection.execute(select(table)))


def _chat_of(one: Row) -> Key:
    return one.account_id, one.conversation_id


def _by_chat(rows: Iterable[Row]) -> defaultdict[Key, list[Row]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for one in rows:
        found[one.account_id, one.conversation_id].append(one)
    return found


def _is_numbered(last: int, messages: list[Row]) -> bool:
    return sorted(one.seq for one in messages) == [number + 1 for number in range(len(messages))] and last == len(
        messages
    )


def _seen(side: Row, said: defaultdict[Key, list[Row]], gone: set[tuple[str, str, str, int]]) -> list[Row]:
    """What is left to this person: nothing from before they deleted the chat, none of the copies that they deleted."""
    messages = said[side.account_id, side.conversation_id]
    mine = (side.account_id, side.conversation_id, side.user_id)
    return [one for one in messages if one.seq > side.cleared_seq and (*mine, one.seq) not in gone]


def _newest(side: Row, said: defaultdict[Key, list[Row]], gone: set[tuple[str, str, str, int]]) -> int | None:
    return max((one.seq for one in _seen(side, said, gone)), default=None)


def _unread(side: Row, said: defaultdict[Key, list[Row]], gone: set[tuple[str, str, str, int]]) -> int:
    """Others' messages behind what was read, or marked unread; the line that stays of a deleted one is nothing to read."""
    others = [one for one in _seen(side, said, gone) if one.sender_id != side.user_id and one.deleted_at is None]
    return sum(one.seq > side.read_seq or one.seq >= (side.unread_from or one.seq + 1) for one in others)
