"""The admin portal's sign-in links: shown, mailed, or confirmed by a second administrator."""

from typing import Any

from litestar import Request, delete, get, post
from litestar.datastructures import State

from hallway.domain.ids import UserId
from hallway.domain.notices import Channel
from hallway.transport import present_admin, wire, wire_admin
from hallway.transport.http.doors import Asker, AtDoor, Door
from hallway.transport.jobs import Worker
from hallway.usecases import security_mails, sign_in_links

AnyRequest = Request[Any, Any, State]


def _has_mail(door: Door) -> bool:
    return Channel.EMAIL in door.outlets.channels


@get("/admin/users/{user_id:str}/sign-in-link")
async def way(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.LinkWay:
    """How a sign-in link reaches a user. Those who have signed in before get it by email, or after a confirmation."""
    whose, clock = UserId(user_id), door.desk.clock
    found = await door.desk.read(
        lambda tx: sign_in_links.way(tx, actor, user_id=whose, has_mail=_has_mail(door), clock=clock)
    )
    return present_admin.link_way(*found)


@post("/admin/users/{user_id:str}/sign-in-link")
async def show(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.SignInLink:
    """Create a one-time link for someone who never signed in, or after a confirmation. Earlier links stop working."""
    desk, whose = door.desk, UserId(user_id)
    issued = await desk.write(
        lambda tx: sign_in_links.show(
            tx, actor, user_id=whose, has_mail=_has_mail(door), clock=desk.clock, ids=desk.ids
        )
    )
    ends = issued.session.expires_at or desk.clock.now()
    return wire_admin.SignInLink(f"{door.address}/link/{issued.secret}", ends)


@post("/admin/users/{user_id:str}/sign-in-link/mail", status_code=202)
async def mail(user_id: wire.Id, actor: Asker, door: AtDoor, request: AnyRequest) -> wire_admin.MailedLink:
    """Email a one-time link to the person. Whoever asks for it doesn't see it."""
    desk, whose = door.desk, UserId(user_id)
    email = await desk.write(
        lambda tx: sign_in_links.mail(
            tx, actor, user_id=whose, has_mail=_has_mail(door), clock=desk.clock, ids=desk.ids
        )
    )
    worker: Worker = request.app.state.worker
    worker.wake(security_mails.WORK.kind)
    return wire_admin.MailedLink(email)


@post("/admin/users/{user_id:str}/sign-in-link/request", status_code=202)
async def ask(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.LinkWay:
    """Ask a second administrator to confirm that I may see a link. A request expires after a day."""
    desk, whose = door.desk, UserId(user_id)
    await desk.write(
        lambda tx: sign_in_links.ask(tx, actor, user_id=whose, has_mail=_has_mail(door), clock=desk.clock, ids=desk.ids)
    )
    found = await desk.read(
        lambda tx: sign_in_links.way(tx, actor, user_id=whose, has_mail=_has_mail(door), clock=desk.clock)
    )
    return present_admin.link_way(*found)


@get("/admin/link-requests")
async def pending(actor: Asker, door: AtDoor) -> wire_admin.LinkRequests:
    """My requests and those waiting for my confirmation."""
    found = await door.desk.read(lambda tx: sign_in_links.pending(tx, actor, clock=door.desk.clock))
    return present_admin.link_requests(found)


@post("/admin/link-requests/{request_id:str}/confirm", status_code=200)
async def confirm(request_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.LinkRequests:
    """Confirm a request, so that the requester may see the link."""
    desk = door.desk
    await desk.write(lambda tx: sign_in_links.confirm(tx, actor, request_id=request_id, clock=desk.clock))
    return present_admin.link_requests(await desk.read(lambda tx: sign_in_links.pending(tx, actor, clock=desk.clock)))


@delete("/admin/link-requests/{request_id:str}")
async def withdraw(request_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Decline a request, or cancel my own."""
    desk = door.desk
    await desk.write(lambda tx: sign_in_links.withdraw(tx, actor, request_id=request_id, clock=desk.clock))


handlers = [way, show, mail, ask, pending, confirm, withdraw]
