"""What the operators of a query mean to the person who typed it: names become people and chats, a day becomes a moment."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial

from hallway.domain.ids import ConversationId, UserId
from hallway.domain.people import User
from hallway.domain.search_queries import Has, Query
from hallway.domain.text import name_key, query_words, search_key
from hallway.domain.zones import zone_named
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.messaging.records import ChatRow
from hallway.usecases.messaging.search_ports import Wanted
from hallway.usecases.transaction import Transaction

ME = "me"
"""As a sender, the person who searches."""
MOST_CHATS = 50
"""Of those whose name is asked for, from the top of the list, and of the archive."""


def resolved(tx: Transaction, actor: Actor, query: Query, within: ConversationId | None) -> Wanted | None:
    """Return what messages are wanted; None where there can be none, as with a name that nobody has."""
    senders = _senders(tx, actor, query.senders) if query.senders else None
    conversations = _intersected(
        None if within is None else frozenset([within]),
        _of(_chats(tx, actor, query.chats)) if query.chats else None,
        _of(_chats(tx, actor, query.senders)) if senders is not None and actor.user_id not in senders else None,
    )
    if senders == frozenset() or conversations == frozenset():
        return None
    before = None if query.before is None else _beginning(tx, actor, query.before)
    return Wanted(
        parts=query.parts,
        senders=senders,
        conversations=conversations,
        before=before,
        has_file=Has.FILE in query.has,
    )


def _intersected(*groups: frozenset[ConversationId] | None) -> frozenset[ConversationId] | None:
    """Return what is in all groups but those that are None; None where there are no others."""
    found: frozenset[ConversationId] | None = None
    for one in groups:
        found = found if one is None else one if found is None else found & one
    return found


def _senders(tx: Transaction, actor: Actor, asked: Sequence[str]) -> frozenset[UserId]:
    """Find people of one of these names among those in the actor's chats, and the actor."""
    names = [name for name in asked if search_key(name) != ME]
    found = {one.user.id for row in _chats(tx, actor, names) for one in row.participants if _is_named(one.user, names)}
    me = tx.people.find(actor.account_id, actor.user_id)
    if len(names) < len(asked) or (me is not None and _is_named(me, names)):
        found.add(actor.user_id)
    return frozenset(found)


def _chats(tx: Transaction, actor: Actor, names: Sequence[str]) -> Sequence[ChatRow]:
    """Find the actor's chats, in the list and in the archive, with people of one of these names."""
    rows = partial(tx.conversations.rows, actor.account_id, actor.user_id, before=None, limit=MOST_CHATS)
    parts = [ChatFilter(section=one) for one in (Section.LIST, Section.ARCHIVE)]
    return [row for name in names for part in parts for row in rows(name=name, chosen=part)]


def _of(rows: Sequence[ChatRow]) -> frozenset[ConversationId]:
    return frozenset(row.conversation.id for row in rows)


def _is_named(user: User, names: Sequence[str]) -> bool:
    key = name_key(user.name)
    return any(all(word in key for word in query_words(name)) for name in names)


def _beginning(tx: Transaction, actor: Actor, day: date) -> datetime:
    """Return the moment at which a day begins where the actor is."""
    me = tx.people.find(actor.account_id, actor.user_id)
    zone = zone_named(me.time_zone if me is not None else "")
    return datetime.combine(day, time(), zone).astimezone(UTC)
