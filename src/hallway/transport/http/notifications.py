"""What I am told while I am away: choices, browsers, mails."""

from functools import partial
from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from hallway.domain.ids import ConversationId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor, WithSession
from hallway.transport.serializers import notifications as notification_serializers
from hallway.transport.tenancy import InSite, Site
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import notifications as wire_notifications
from hallway.usecases.access.records import Session
from hallway.usecases.actors import Actor
from hallway.usecases.notifications import bounces, mail_replies, preferences

LinkToken = Annotated[str, QueryParameter(max_length=500, description="The token of the link in the email.")]


@get("/me/notices")
async def mine(actor: CurrentActor, session: WithSession, context: InContext) -> wire_notifications.Notices:
    """Get how and when I am notified, and what I may change."""
    return await _mine(context, actor, session)


@put("/me/notices")
async def choose(
    data: JSONBody[wire_notifications.ChooseNotices], actor: CurrentActor, session: WithSession, context: InContext
) -> wire_notifications.Notices:
    """Replace my notification choices."""
    chosen = notification_serializers.wished(data)
    known = context.channels.known
    await context.store.write(lambda tx: preferences.choose(tx, actor, chosen, channels=known))
    return await _mine(context, actor, session)


async def _mine(context: AppContext, actor: Actor, session: Session) -> wire_notifications.Notices:
    there = context.channels
    key = await there.push_key(actor.account_id) if there.push_key else None
    found = await context.store.read(partial(preferences.mine, actor=actor, clock=context.store.clock))
    return notification_serializers.mine(found, there.declared, session, key)


@post("/me/browsers")
async def sign_up(
    data: JSONBody[wire_notifications.SignUp], actor: CurrentActor, session: WithSession, context: InContext
) -> wire_notifications.Notices:
    """Subscribe this browser to pushes, replacing this session's earlier subscription."""
    subscribe = partial(
        preferences.sign_up,
        actor=actor,
        endpoint=data.endpoint,
        p256dh=data.p256dh,
        auth=data.auth,
        name=data.name,
        services=context.channels.push_services,
        clock=context.store.clock,
        ids=context.store.ids,
    )
    await context.store.write(subscribe)
    return await _mine(context, actor, session)


@delete("/me/browsers/{browser_id:str}")
async def sign_off(browser_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Unsubscribe one of my browsers from pushes."""
    store = context.store
    await store.write(lambda tx: preferences.sign_off(tx, actor, browser_id=browser_id, clock=store.clock))


@delete("/me/bounce")
async def try_mail_again(actor: CurrentActor, context: InContext) -> None:
    """Try sending email to my address again."""
    await context.store.write(lambda tx: bounces.forget(tx, actor))


@get("/conversations/{conversation_id:str}/messages/{seq:int}/original")
async def original(
    conversation_id: wire_fields.Id, seq: wire_fields.Seq, actor: CurrentActor, context: InContext
) -> wire_notifications.Original:
    """The full text of the email that a message came from, with quoted text."""
    chosen = ConversationId(conversation_id)
    found = await context.store.read(lambda tx: mail_replies.original(tx, actor, conversation_id=chosen, seq=seq))
    return wire_notifications.Original(found)


@post("/stop-mails", status_code=204)
async def stop_mails(token: LinkToken, context: InContext, site: InSite) -> None:
    """Unsubscribe with the token in every email, as mail programs do with one click (RFC 8058)."""
    await _end_mails(context, site, token, are_ended=True)


@delete("/stop-mails")
async def resume_mails(token: LinkToken, context: InContext, site: InSite) -> None:
    """Resubscribe with the same token."""
    await _end_mails(context, site, token, are_ended=False)


async def _end_mails(context: AppContext, site: Site, token: str, *, are_ended: bool) -> None:
    user = await context.store.read(lambda tx: mail_replies.whose_mails(tx, site.account_id, token))
    await context.store.write(lambda tx: mail_replies.end_mails(tx, user, are_ended=are_ended))


handlers = [mine, choose, sign_up, sign_off, try_mail_again, original, stop_mails, resume_mails]
