"""Send later: messages that wait for their time."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from litestar import delete, get, patch, post
from litestar.params import JSONBody, QueryParameter

from hallway.domain.ids import ConversationId, CourseId, FileId, ScheduledId, UserId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import core
from hallway.transport.serializers import scheduled as serializers
from hallway.transport.tenancy import InSite, Site
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import messages as wire_messages
from hallway.transport.wire import scheduled as wire_scheduled
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import scheduling
from hallway.usecases.messaging.sending import Send

InChat = Annotated[wire_fields.Id | None, QueryParameter(description="Only those of this chat.")]


@post("/conversations/{conversation_id:str}/scheduled", status_code=200)
async def schedule(
    conversation_id: wire_fields.Id,
    data: JSONBody[wire_scheduled.Schedule],
    actor: CurrentActor,
    context: InContext,
    site: InSite,
) -> wire_scheduled.Scheduled:
    """Schedule a message to a chat of mine. Whether I may write there is judged at its time; one that is refused then comes back to me with the reason."""
    return await _schedule(context, site, replace(_command(data, actor), to=ConversationId(conversation_id)), data)


@post("/people/{user_id:str}/scheduled", status_code=200)
async def schedule_to_person(
    user_id: wire_fields.Id,
    data: JSONBody[wire_scheduled.Schedule],
    actor: CurrentActor,
    context: InContext,
    site: InSite,
) -> wire_scheduled.Scheduled:
    """Schedule a message to a person, with or without an existing chat."""
    return await _schedule(context, site, replace(_command(data, actor), to_person=UserId(user_id)), data)


def _command(data: wire_scheduled.Schedule, actor: Actor) -> Send:
    return Send(
        actor=actor,
        body=data.body,
        key=data.key,
        course_id=CourseId(data.course_id) if data.course_id else None,
        reply_to=data.reply_to,
        files=[FileId(one) for one in data.files],
    )


async def _schedule(
    context: AppContext, site: Site, command: Send, data: wire_scheduled.Schedule
) -> wire_scheduled.Scheduled:
    """Count it as a message, which it becomes."""
    context.sends.of(site.limits).require(command.actor.user_id)
    at, store = serializers.when(data.at), context.store
    return serializers.item(
        await store.write(lambda tx: scheduling.schedule(tx, command, at, clock=store.clock, ids=store.ids))
    )


@get("/scheduled")
async def scheduled_messages(
    actor: CurrentActor, context: InContext, conversation_id: InChat = None
) -> wire_scheduled.ScheduledMessages:
    """List what I scheduled, in all chats or in one, the first due first: what waits, and what was refused at its time."""
    chosen = ConversationId(conversation_id) if conversation_id else None
    find = partial(scheduling.scheduled, actor=actor, conversation_id=chosen)
    return serializers.scheduled(await context.store.read(find))


@patch("/scheduled/{scheduled_id:str}")
async def change(
    scheduled_id: wire_fields.Id,
    data: JSONBody[wire_scheduled.ChangeScheduled],
    actor: CurrentActor,
    context: InContext,
) -> wire_scheduled.Scheduled:
    """Change the text or the time of a scheduled message."""
    context.edits.require(actor.user_id)
    change_it = partial(
        scheduling.change,
        actor=actor,
        scheduled_id=ScheduledId(scheduled_id),
        revision=data.revision,
        body=data.body,
        at=None if data.at is None else serializers.when(data.at),
        clock=context.store.clock,
    )
    return serializers.item(await context.store.write(change_it))


@delete("/scheduled/{scheduled_id:str}")
async def cancel(scheduled_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Cancel a scheduled message."""
    chosen, clock = ScheduledId(scheduled_id), context.store.clock
    await context.store.write(lambda tx: scheduling.cancel(tx, actor, chosen, clock=clock))


@post("/scheduled/{scheduled_id:str}/send", status_code=200)
async def send_now(
    scheduled_id: wire_fields.Id, actor: CurrentActor, context: InContext, site: InSite
) -> wire_messages.Sent:
    """Send a scheduled message now, whether it waits or was refused at its time."""
    context.sends.of(site.limits).require(actor.user_id)
    chosen, clock = ScheduledId(scheduled_id), context.store.clock
    found = await context.store.write(lambda tx: scheduling.send_now(tx, actor, chosen, clock=clock))
    return wire_messages.Sent(core.posted(found))


handlers = [schedule, schedule_to_person, scheduled_messages, change, cancel, send_now]
