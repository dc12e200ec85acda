"""My own order of my chats: pinned, archived, muted."""

from functools import partial

from litestar import put
from litestar.params import JSONBody

from hallway.domain.ids import ConversationId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import arranging, conversations


@put("/conversations/{conversation_id:str}/pin")
async def pin(
    conversation_id: wire_fields.Id, data: JSONBody[wire_conversations.Pin], actor: CurrentActor, context: InContext
) -> wire_conversations.Row:
    """Pin a chat above the others in my list, at most 20, or unpin it."""
    chosen = ConversationId(conversation_id)
    await context.store.write(partial(arranging.pin, actor=actor, conversation_id=chosen, is_pinned=data.pinned))
    return await _row(context, actor, chosen)


@put("/conversations/{conversation_id:str}/archive")
async def archive(
    conversation_id: wire_fields.Id,
    data: JSONBody[wire_conversations.Archive],
    actor: CurrentActor,
    context: InContext,
) -> wire_conversations.Row:
    """Archive a chat, or take it out. The next message takes it out, too, unless it is muted."""
    chosen = ConversationId(conversation_id)
    await context.store.write(
        partial(arranging.archive, actor=actor, conversation_id=chosen, is_archived=data.archived)
    )
    return await _row(context, actor, chosen)


async def _row(context: AppContext, actor: Actor, conversation_id: ConversationId) -> wire_conversations.Row:
    item = partial(conversations.list_item, actor=actor, conversation_id=conversation_id)
    return serializers.row(await context.store.read(item), actor.user_id, context.store.clock.now())


@put("/conversations/{conversation_id:str}/mute", status_code=204)
async def mute(
    conversation_id: wire_fields.Id, data: JSONBody[wire_conversations.Mute], actor: CurrentActor, context: InContext
) -> None:
    """Mute a chat, for ever or until a time, or unmute it."""
    chosen, clock = ConversationId(conversation_id), context.store.clock
    await context.store.write(
        lambda tx: arranging.mute(tx, actor, conversation_id=chosen, is_muted=data.muted, until=data.until, clock=clock)
    )


handlers = [pin, archive, mute]
