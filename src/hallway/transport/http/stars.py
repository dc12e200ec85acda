"""Messages that I star, to find them again."""

from litestar import delete, get, put
from litestar.params import FromQuery

from hallway.domain.ids import ConversationId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByStar, from_cursor
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.serializers import stars as star_serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import stars as wire_stars
from hallway.usecases.messaging import starring


@put("/conversations/{conversation_id:str}/messages/{seq:int}/star", status_code=204)
async def star(conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext) -> None:
    """Star a message for me alone, at most 1,000."""
    context.stars.require(actor.user_id)
    chosen = ConversationId(conversation_id)
    await context.store.write(lambda tx: starring.star(tx, actor, conversation_id=chosen, seq=seq))


@delete("/conversations/{conversation_id:str}/messages/{seq:int}/star")
async def unstar(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> None:
    """Take my star of a message back."""
    context.stars.require(actor.user_id)
    chosen = ConversationId(conversation_id)
    await context.store.write(lambda tx: starring.unstar(tx, actor, conversation_id=chosen, seq=seq))


@get("/stars")
async def starred(
    actor: CurrentActor,
    context: InContext,
    conversation_id: FromQuery[wire_fields.Id | None] = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> wire_stars.StarredMessages:
    """Messages that I starred and see now, newest star first, in one chat or in all."""
    found_last = from_cursor(cursor, ByStar)
    behind = (found_last[0], ConversationId(found_last[1]), found_last[2]) if found_last else None
    within = ConversationId(conversation_id) if conversation_id else None
    found = await context.store.read(lambda tx: starring.starred(tx, actor, within=within, behind=behind, limit=limit))
    return star_serializers.starred(found)


handlers = [star, unstar, starred]
