"""My chats: the list, opening one, older messages, what happened since, reading, marking unread, Delete chat."""

from functools import partial
from typing import Annotated

from litestar import delete, get, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByPosition, from_cursor
from hallway.transport.http.people import Cursor, Limit, Text
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.messaging import conversations, reading
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.transaction import Transaction

Before = Annotated[
    int | None, QueryParameter(ge=1, le=wire_fields.LARGEST, description="Messages with a lower seq than this.")
]
After = Annotated[
    int | None,
    QueryParameter(ge=0, le=wire_fields.LARGEST, description="The first messages with a higher seq than this."),
]
Around = Annotated[int | None, QueryParameter(ge=1, le=wire_fields.LARGEST, description="Messages around this seq.")]
Since = Annotated[int, QueryParameter(ge=0, le=wire_fields.LARGEST, description="Changes after this revision.")]
Waiting = Annotated[bool, QueryParameter(description="Only chats whose latest message is waiting for my answer.")]
Archived = Annotated[bool, QueryParameter(description="The chats that I archived.")]
Oldest = Annotated[bool, QueryParameter(description="Oldest first.")]


@get("/conversations")
async def chats(  # noqa: PLR0913 - one for each part of the query
    actor: CurrentActor,
    context: InContext,
    cursor: Cursor = None,
    limit: Limit = 30,
    *,
    unread: FromQuery[bool] = False,
    waiting: Waiting = False,
    course_id: FromQuery[wire_fields.Id | None] = None,
    oldest: Oldest = False,
    archived: Archived = False,
    q: Text = "",
) -> wire_conversations.Rows:
    """A page of my chats, newest first, behind those that I pinned: all of these come in addition, with the first page of all my
    chats. `q` searches people's names and messages.
    """
    before, course = from_cursor(cursor, ByPosition), CourseId(course_id) if course_id else None
    chosen = ChatFilter(waiting, course, oldest, Section.ARCHIVE if archived else Section.LIST)
    read = context.store.read if not q else partial(context.search, actor)
    found = await read(
        lambda tx: conversations.chats(tx, actor, before=before, limit=limit, unread_only=unread, text=q, chosen=chosen)
    )
    return serializers.rows(found, actor.user_id, context.store.clock.now())


@get("/conversations/{conversation_id:str}")
async def open_chat(
    conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext
) -> wire_conversations.Opened:
    """A chat with its newest messages and its standing."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(lambda tx: conversations.open_chat(tx, actor, conversation_id=chosen))
    return serializers.opened(found, actor.user_id, context.store.clock.now())


@get("/people/{user_id:str}/conversation")
async def open_with(
    user_id: wire_fields.Id, actor: CurrentActor, context: InContext, course_id: FromQuery[wire_fields.Id | None] = None
) -> wire_conversations.Opened:
    """The chat with a person, even before the first message if I may start it; nothing is stored."""
    person_id, course = UserId(user_id), CourseId(course_id) if course_id else None
    found = await context.store.read(
        lambda tx: conversations.open_with(tx, actor, person_id=person_id, course_id=course)
    )
    return serializers.opened(found, actor.user_id, context.store.clock.now())


@get("/conversations/{conversation_id:str}/row")
async def row(conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_conversations.Row:
    """The current row of a chat in my list."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(lambda tx: conversations.list_item(tx, actor, conversation_id=chosen))
    return serializers.row(found, actor.user_id, context.store.clock.now())


@get("/conversations/{conversation_id:str}/messages")
async def history(  # noqa: PLR0917 - one for each part of the query
    conversation_id: wire_fields.Id,
    actor: CurrentActor,
    context: InContext,
    before: Before = None,
    after: After = None,
    around: Around = None,
    limit: Limit = 50,
) -> wire_messages.History:
    """A page of messages, oldest first: the newest, or those before, after or around a message. One of the three at most."""
    if sum(one is not None for one in (before, after, around)) > 1:
        raise Invalid(Problem("before", "too_many", "Give only one of before, after and around."))
    chosen = ConversationId(conversation_id)

    def work(tx: Transaction) -> conversations.History:
        if around is not None:
            return conversations.around(tx, actor, conversation_id=chosen, seq=around, limit=limit)
        if after is not None:
            return conversations.newer(tx, actor, conversation_id=chosen, after=after, limit=limit)
        return conversations.history(tx, actor, conversation_id=chosen, before=before, limit=limit)

    return serializers.history(await context.store.read(work))


@get("/conversations/{conversation_id:str}/changes")
async def changes(
    conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext, rev: Since = 0, own_rev: Since = 0
) -> wire_conversations.Changes:
    """Get what happened since the given revisions."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(
        lambda tx: conversations.missed(tx, actor, conversation_id=chosen, rev=rev, own_rev=own_rev)
    )
    return serializers.missed(found, actor.user_id, context.store.clock.now())


@put("/conversations/{conversation_id:str}/read")
async def read(
    conversation_id: wire_fields.Id, data: JSONBody[wire_conversations.Read], actor: CurrentActor, context: InContext
) -> wire_conversations.Row:
    """Mark messages as read up to here."""
    chosen = ConversationId(conversation_id)

    def work(tx: Transaction) -> conversations.ChatListItem:
        reading.mark_read(tx, actor, conversation_id=chosen, seq=data.seq)
        return conversations.list_item(tx, actor, conversation_id=chosen)

    return serializers.row(await context.store.write(work), actor.user_id, context.store.clock.now())


@put("/conversations/{conversation_id:str}/unread")
async def unread(
    conversation_id: wire_fields.Id,
    data: JSONBody[wire_conversations.MarkUnread],
    actor: CurrentActor,
    context: InContext,
) -> wire_conversations.Row:
    """Mark messages as unread from here on, for myself; nobody else is told."""
    chosen = ConversationId(conversation_id)

    def work(tx: Transaction) -> conversations.ChatListItem:
        reading.mark_unread(tx, actor, conversation_id=chosen, seq=data.seq)
        return conversations.list_item(tx, actor, conversation_id=chosen)

    return serializers.row(await context.store.write(work), actor.user_id, context.store.clock.now())


@delete("/conversations/{conversation_id:str}")
async def delete_chat(conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Delete my side of a chat; the other person keeps theirs."""
    chosen = ConversationId(conversation_id)
    await context.store.write(lambda tx: conversations.delete_chat(tx, actor, conversation_id=chosen))


handlers = [chats, open_chat, open_with, row, history, changes, read, unread, delete_chat]
