"""My drafts, on all my devices."""

from typing import Annotated

from litestar import delete, get, put
from litestar.params import JSONBody, QueryParameter

from hallway.domain.drafts import Writing
from hallway.domain.ids import ConversationId, CourseId, UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ById, from_cursor
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.serializers import drafts as serializers
from hallway.transport.wire import drafts as wire_drafts
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.messaging import drafting

Base = Annotated[int, QueryParameter(ge=0, le=wire_fields.LARGEST, description="The revision of the draft I know.")]


@get("/drafts")
async def drafts(
    actor: CurrentActor, context: InContext, cursor: Cursor = None, limit: Limit = 100
) -> wire_drafts.Drafts:
    """My drafts, in no order of time."""
    key = from_cursor(cursor, ById)
    after = None if key is None else ConversationId(key)
    return serializers.drafts(await context.store.read(lambda tx: drafting.drafts(tx, actor, after=after, limit=limit)))


@get("/conversations/{conversation_id:str}/draft")
async def draft(conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_drafts.ChatDraft:
    """My draft in a chat."""
    chosen = ConversationId(conversation_id)
    return serializers.chat_draft(
        await context.store.read(lambda tx: drafting.draft_in(tx, actor, conversation_id=chosen))
    )


@put("/conversations/{conversation_id:str}/draft")
async def save(
    conversation_id: wire_fields.Id, data: JSONBody[wire_drafts.SaveDraft], actor: CurrentActor, context: InContext
) -> wire_drafts.ChatDraft:
    """Save what a device wrote in a chat. Where another device wrote since `base`, both texts are kept."""
    context.drafts.require(actor.user_id)
    chosen, base, writing, clock = ConversationId(conversation_id), data.base, _writing(data), context.store.clock
    saved = await context.store.write(
        lambda tx: drafting.save(tx, actor, conversation_id=chosen, base=base, writing=writing, clock=clock)
    )
    return serializers.chat_draft(saved)


@put("/people/{user_id:str}/draft")
async def save_to_person(
    user_id: wire_fields.Id, data: JSONBody[wire_drafts.SaveDraft], actor: CurrentActor, context: InContext
) -> wire_drafts.ChatDraft:
    """Save what a device wrote to a person, with or without an existing chat."""
    context.drafts.require(actor.user_id)
    chosen, base, writing, clock = UserId(user_id), data.base, _writing(data), context.store.clock
    saved = await context.store.write(
        lambda tx: drafting.save_to_person(tx, actor, person_id=chosen, base=base, writing=writing, clock=clock)
    )
    return serializers.chat_draft(saved)


def _writing(data: wire_drafts.SaveDraft) -> Writing:
    return Writing(
        text=data.text,
        others=tuple(data.others),
        reply_to=data.reply_to,
        course_id=CourseId(data.course_id) if data.course_id else None,
    )


@delete("/conversations/{conversation_id:str}/draft", status_code=200)
async def discard(
    conversation_id: wire_fields.Id, actor: CurrentActor, context: InContext, base: Base = 0
) -> wire_drafts.ChatDraft:
    """Discard my draft as of revision `base`; without it nothing goes. What another device wrote since stays, and is answered."""
    context.drafts.require(actor.user_id)
    chosen, clock = ConversationId(conversation_id), context.store.clock
    left = await context.store.write(
        lambda tx: drafting.discard(tx, actor, conversation_id=chosen, base=base, clock=clock)
    )
    return serializers.chat_draft(left)


handlers = [drafts, draft, save, save_to_person, discard]
