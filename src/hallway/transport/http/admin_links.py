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
    """How a sign-in link reaches somebody. Who has signed in before gets theirs by mail, or after a confirmation."""
    whose, clock = UserId(user_id), door.desk.clock
    found = await door.desk.read(
        lambda tx: sign_in_links.way(tx, actor, user_id=whose, has_mail=_has_mail(door), clock=clock)
    )
    return present_admin.link_way(*found)


@post("/admin/users/{user_id:str}/sign-in-link")
async def show(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.SignInLink:
    """A one-time link for somebody who never signed in, or once it was confirmed; an earlier one is void."""
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
    """Mail a one-time link to the person themself; whoever asks for it does not see it."""
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
    """Ask a second administrator to confirm that I see a link. A request lasts for a day."""
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
    """The requests that I made, and those that wait for my confirmation."""
    found = await door.desk.read(lambda tx: sign_in_links.pending(tx, actor, clock=door.desk.clock))
    return present_admin.link_requests(found)


@post("/admin/link-requests/{request_id:str}/confirm", status_code=200)
async def confirm(request_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.LinkRequests:
    """Let the one who asked see the link."""
    desk = door.desk
    await desk.write(lambda tx: sign_in_links.confirm(tx, actor, request_id=request_id, clock=desk.clock))
    return present_admin.link_requests(await desk.read(lambda tx: sign_in_links.pending(tx, actor, clock=desk.clock)))


@delete("/admin/link-requests/{request_id:str}")
async def withdraw(request_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Decline a request, or take my own back."""
    desk = door.desk
    await desk.write(lambda tx: sign_in_links.withdraw(tx, actor, request_id=request_id, clock=desk.clock))


handlers = [way, show, mail, ask, pending, confirm, withdraw]
