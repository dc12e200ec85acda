"""What I am told while I am away: choices, browsers, muted chats, mails."""

from functools import partial
from typing import Annotated

from litestar import delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from hallway.domain.ids import ConversationId
from hallway.domain.notices import Channel
from hallway.transport import present_notices, wire, wire_notices
from hallway.transport.http.doors import Asker, AtDoor, Door, WithSession
from hallway.usecases.access.records import Session
from hallway.usecases.actors import Actor
from hallway.usecases.notifications import bounces, mail_replies, preferences

LinkToken = Annotated[str, QueryParameter(max_length=500, description="The token of the link in the email.")]


@get("/me/notices")
async def mine(actor: Asker, session: WithSession, door: AtDoor) -> wire_notices.Notices:
    """How and when I am notified, and what I may change."""
    return await _mine(door, actor, session)


@put("/me/notices")
async def choose(
    data: JSONBody[wire_notices.ChooseNotices], actor: Asker, session: WithSession, door: AtDoor
) -> wire_notices.Notices:
    """Replace my notification choices."""
    chosen = present_notices.wished(data)
    await door.desk.write(lambda tx: preferences.choose(tx, actor, chosen))
    return await _mine(door, actor, session)


async def _mine(door: Door, actor: Actor, session: Session) -> wire_notices.Notices:
    outlets = door.outlets
    key = await outlets.push_key() if outlets.push_key and Channel.PUSH in outlets.channels else None
    found = await door.desk.read(partial(preferences.mine, actor=actor, clock=door.desk.clock))
    return present_notices.mine(found, outlets.channels, session, key)


@post("/me/browsers")
async def sign_up(
    data: JSONBody[wire_notices.SignUp], actor: Asker, session: WithSession, door: AtDoor
) -> wire_notices.Notices:
    """Subscribe this browser to pushes, replacing this session's earlier subscription."""
    subscription = {"endpoint": data.endpoint, "p256dh": data.p256dh, "auth": data.auth, "name": data.name}
    ours = {"services": door.outlets.push_services, "clock": door.desk.clock, "ids": door.desk.ids}
    await door.desk.write(lambda tx: preferences.sign_up(tx, actor, **subscription, **ours))  # type: ignore[arg-type]
    return await _mine(door, actor, session)


@delete("/me/browsers/{browser_id:str}")
async def sign_off(browser_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Unsubscribe one of my browsers from pushes."""
    desk = door.desk
    await desk.write(lambda tx: preferences.sign_off(tx, actor, browser_id=browser_id, clock=desk.clock))


@delete("/me/bounce")
async def try_mail_again(actor: Asker, door: AtDoor) -> None:
    """Try sending email to my address again."""
    await door.desk.write(lambda tx: bounces.forget(tx, actor))


@put("/conversations/{conversation_id:str}/mute", status_code=204)
async def mute(conversation_id: wire.Id, data: JSONBody[wire_notices.Mute], actor: Asker, door: AtDoor) -> None:
    """Mute or unmute a chat."""
    chosen = ConversationId(conversation_id)
    await door.desk.write(lambda tx: preferences.mute(tx, actor, conversation_id=chosen, is_muted=data.muted))


@get("/conversations/{conversation_id:str}/messages/{seq:int}/original")
async def original(conversation_id: wire.Id, seq: wire.Seq, actor: Asker, door: AtDoor) -> wire_notices.Original:
    """The full text of the email that a message came from, with quoted text."""
    chosen = ConversationId(conversation_id)
    found = await door.desk.read(lambda tx: mail_replies.original(tx, actor, conversation_id=chosen, seq=seq))
    return wire_notices.Original(found)


@post("/stop-mails", status_code=204)
async def stop_mails(token: LinkToken, door: AtDoor) -> None:
    """Unsubscribe with the token in every email, as mail programs do with one click (RFC 8058)."""
    await _end_mails(door, token, are_ended=True)


@delete("/stop-mails")
async def resume_mails(token: LinkToken, door: AtDoor) -> None:
    """Resubscribe with the same token."""
    await _end_mails(door, token, are_ended=False)


async def _end_mails(door: Door, token: str, *, are_ended: bool) -> None:
    user = await door.desk.read(lambda tx: mail_replies.whose_mails(tx, token))
    await door.desk.write(lambda tx: mail_replies.end_mails(tx, user, are_ended=are_ended))


handlers = [mine, choose, sign_up, sign_off, try_mail_again, mute, original, stop_mails, resume_mails]
