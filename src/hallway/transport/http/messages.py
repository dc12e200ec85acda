"""Messages: sending, editing, reacting and deleting."""

from dataclasses import replace
from functools import partial

from litestar import delete, get, patch, post, put
from litestar.params import JSONBody

from hallway.domain.ids import ConversationId, CourseId, FileId, UserId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import core as serializers
from hallway.transport.tenancy import InSite, Site
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import conversations, editing, messages, previewing, reacting
from hallway.usecases.messaging.sending import Send


@post("/conversations/{conversation_id:str}/messages")
async def send(
    conversation_id: wire_fields.Id,
    data: JSONBody[wire_messages.Send],
    actor: CurrentActor,
    context: InContext,
    site: InSite,
) -> wire_messages.Sent:
    """Send a message to a chat. The answer comes once the message is stored durably."""
    return await _send(context, site, replace(_command(data, actor), to=ConversationId(conversation_id)))


@post("/people/{user_id:str}/messages")
async def send_to_person(
    user_id: wire_fields.Id, data: JSONBody[wire_messages.Send], actor: CurrentActor, context: InContext, site: InSite
) -> wire_messages.Sent:
    """Send a message to a person, with or without an existing chat."""
    return await _send(context, site, replace(_command(data, actor), to_person=UserId(user_id)))


def _command(data: wire_messages.Send, actor: Actor) -> Send:
    return Send(
        actor=actor,
        body=data.body,
        key=data.key,
        course_id=CourseId(data.course_id) if data.course_id else None,
        reply_to=data.reply_to,
        files=[FileId(one) for one in data.files],
    )


async def _send(context: AppContext, site: Site, command: Send) -> wire_messages.Sent:
    context.sends.of(site.limits).require(command.actor.user_id)
    return wire_messages.Sent(serializers.posted(await context.store.send(command)))


@get("/conversations/{conversation_id:str}/messages/{seq:int}")
async def message(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> wire_messages.Message:
    """A message that I see."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(lambda tx: conversations.message(tx, actor, conversation_id=chosen, seq=seq))
    return serializers.posted(found)


@patch("/conversations/{conversation_id:str}/messages/{seq:int}")
async def edit(
    conversation_id: wire_fields.Id,
    seq: wire_fields.Seq,
    data: JSONBody[wire_messages.Edit],
    actor: CurrentActor,
    context: InContext,
) -> wire_messages.Message:
    """Edit my message, within the time the account allows to delete it for everyone."""
    context.edits.require(actor.user_id)
    chosen, clock = ConversationId(conversation_id), context.store.clock
    found = await context.store.write(
        lambda tx: editing.edit(tx, actor, conversation_id=chosen, seq=seq, body=data.body, clock=clock)
    )
    return serializers.posted(found)


@get("/conversations/{conversation_id:str}/messages/{seq:int}/versions")
async def versions(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> wire_messages.Versions:
    """Get what a message said before it was edited."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(lambda tx: editing.versions(tx, actor, conversation_id=chosen, seq=seq))
    return serializers.versions(found)


@put("/conversations/{conversation_id:str}/messages/{seq:int}/reactions")
async def react(
    conversation_id: wire_fields.Id,
    seq: wire_fields.Seq,
    data: JSONBody[wire_messages.React],
    actor: CurrentActor,
    context: InContext,
) -> wire_messages.Message:
    """React to a message with an emoji, or take that back."""
    context.reactions.require(actor.user_id)
    chosen = ConversationId(conversation_id)
    work = partial(reacting.react, clock=context.store.clock) if data.on else reacting.take_back
    found = await context.store.write(lambda tx: work(tx, actor, conversation_id=chosen, seq=seq, emoji=data.emoji))
    return serializers.posted(found)


@delete("/conversations/{conversation_id:str}/messages/{seq:int}/preview", status_code=200)
async def remove_preview(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> wire_messages.Message:
    """Take the card of a link away from my message. It doesn't come back while the message has this link."""
    context.edits.require(actor.user_id)
    chosen = ConversationId(conversation_id)
    found = await context.store.write(lambda tx: previewing.remove(tx, actor, conversation_id=chosen, seq=seq))
    return serializers.posted(found)


@delete("/conversations/{conversation_id:str}/messages/{seq:int}")
async def delete_mine(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> None:
    """Delete my copy of a message."""
    chosen = ConversationId(conversation_id)
    await context.store.write(lambda tx: messages.delete_mine(tx, actor, conversation_id=chosen, seq=seq))


@post("/conversations/{conversation_id:str}/messages/{seq:int}/restore", status_code=204)
async def restore_mine(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> None:
    """Restore my copy of a message."""
    chosen = ConversationId(conversation_id)
    await context.store.write(lambda tx: messages.restore_mine(tx, actor, conversation_id=chosen, seq=seq))


@post("/conversations/{conversation_id:str}/messages/{seq:int}/delete-for-everyone", status_code=200)
async def delete_for_everyone(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> wire_messages.Message:
    """Delete my message for everyone, within the time the account allows."""
    chosen = ConversationId(conversation_id)
    everywhere = partial(messages.delete_for_everyone, clock=context.store.clock, ids=context.store.ids)
    found = await context.store.write(lambda tx: everywhere(tx, actor, conversation_id=chosen, seq=seq))
    return serializers.posted(found)


handlers = [
    send,
    send_to_person,
    message,
    edit,
    versions,
    react,
    remove_preview,
    delete_mine,
    restore_mine,
    delete_for_everyone,
]
