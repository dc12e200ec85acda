"""Search in my chats, in the people whom I may write to, and in the messages that I see."""

from typing import Annotated

from litestar import get
from litestar.params import FromQuery, QueryParameter

from hallway.domain.ids import ConversationId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByName, ByPosition, BySpot, from_cursor
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.serializers import search as search_serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import search as wire_search
from hallway.usecases.messaging import search

Words = Annotated[str, QueryParameter(max_length=200, description="The text to search for; empty finds nothing.")]


@get("/search")
async def everything(
    actor: CurrentActor, context: InContext, q: Words = "", limit: Limit = 10
) -> wire_search.SearchResults:
    """The first page of each group: chats, people, messages."""
    found = await context.search(actor, lambda tx: search.everything(tx, actor, text=q, limit=limit))
    return search_serializers.results(found, actor.user_id, context.store.clock.now())


@get("/search/chats")
async def chats(
    actor: CurrentActor, context: InContext, q: Words = "", cursor: Cursor = None, limit: Limit = 20
) -> wire_search.FoundChats:
    """Chats in my list with people whose name matches."""
    before = from_cursor(cursor, ByPosition)
    found = await context.search(actor, lambda tx: search.chats(tx, actor, text=q, before=before, limit=limit))
    return search_serializers.chats(found, actor.user_id, context.store.clock.now())


@get("/search/people")
async def people(
    actor: CurrentActor, context: InContext, q: Words = "", cursor: Cursor = None, limit: Limit = 20
) -> wire_search.FoundPeople:
    """People I may write to first who aren't in my list of chats."""
    after = from_cursor(cursor, ByName)
    found = await context.search(actor, lambda tx: search.people(tx, actor, text=q, after=after, limit=limit))
    return search_serializers.people(found)


@get("/search/messages")
async def messages(
    actor: CurrentActor,
    context: InContext,
    q: Words = "",
    conversation_id: FromQuery[wire_fields.Id | None] = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> wire_search.FoundMessages:
    """Matching messages that I can see, newest first, in one chat or in all."""
    found_last = from_cursor(cursor, BySpot)
    behind = (found_last[0], ConversationId(found_last[1]), found_last[2]) if found_last else None
    within = ConversationId(conversation_id) if conversation_id else None
    found = await context.search(
        actor, lambda tx: search.messages(tx, actor, text=q, within=within, behind=behind, limit=limit)
    )
    return search_serializers.messages(found)


handlers = [everything, chats, people, messages]
