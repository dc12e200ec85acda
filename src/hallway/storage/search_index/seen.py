"""What a member sees now, as conditions of a query over `me` and the messages of the same conversation (rules §7, §10)."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, tuple_

from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import Message
from hallway.storage.messages import is_hidden_from
from hallway.storage.schema import member, message
from hallway.storage.timestamps import to_micros
from hallway.usecases.messaging.search_ports import Spot

me = member.alias("me")
IS_SEEN_MESSAGE = and_(message.c.account_id == me.c.account_id, message.c.conversation_id == me.c.conversation_id)
"""How messages are joined to `me`."""


def is_seen_by(account_id: AccountId, user_id: UserId) -> tuple[ColumnElement[bool], ...]:
    """Match what a member sees now."""
    mine = (me.c.account_id == account_id, me.c.user_id == user_id, message.c.account_id == account_id)
    return (*mine, message.c.seq > me.c.cleared_seq, message.c.deleted_at.is_(None), ~is_hidden_from(user_id))


def spot(one: Message) -> Spot:
    """Return where a message stands among those found."""
    return one.sent_at, one.conversation_id, one.seq


def is_older(sent_at: datetime, conversation_id: ConversationId, seq: int) -> ColumnElement[bool]:
    """Match messages behind a spot."""
    moment = to_micros(sent_at)
    address = tuple_(message.c.conversation_id, message.c.seq) < (conversation_id, seq)
    return or_(message.c.sent_at < moment, and_(message.c.sent_at == moment, address))
