"""The admin portal's sign-in links and invitations: shown, mailed, or confirmed by a second administrator."""

from functools import partial
from typing import Any

from litestar import Request, delete, get, post
from litestar.datastructures import State
from litestar.params import JSONBody

from hallway.domain.ids import UserId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByName, from_cursor
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.jobs import worker_of
from hallway.transport.serializers import links as link_serializers
from hallway.transport.tenancy import InSite
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import links as wire_links
from hallway.usecases.access import sign_in_links
from hallway.usecases.actors import Actor
from hallway.usecases.notifications import security_mails
from hallway.usecases.people import invitations
from hallway.usecases.transaction import Transaction

AnyRequest = Request[Any, Any, State]


@get("/admin/users/{user_id:str}/sign-in-link")
async def way(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_links.LinkWay:
    """Say how a sign-in link reaches a user. Those who have signed in before get it by email, or after a confirmation."""
    return await _way(context, actor, UserId(user_id))


async def _way(context: AppContext, actor: Actor, whose: UserId) -> wire_links.LinkWay:
    clock = context.store.clock

    def work(tx: Transaction) -> wire_links.LinkWay:
        way, request = sign_in_links.way(tx, actor, user_id=whose, has_mail=context.has_mail, clock=clock)
        invitation = invitations.of(tx, actor.account_id, [whose], clock.now()).get(whose)
        return link_serializers.link_way(way, request, invitation)

    return await context.store.read(work)


@post("/admin/users/{user_id:str}/sign-in-link")
async def show(user_id: wire_fields.Id, actor: CurrentActor, context: InContext, site: InSite) -> wire_links.SignInLink:
    """Create a one-time link for someone who never signed in, or after a confirmation. Earlier links stop working."""
    store, whose = context.store, UserId(user_id)
    issued = await store.write(
        lambda tx: sign_in_links.show(
            tx, actor, user_id=whose, has_mail=context.has_mail, clock=store.clock, ids=store.ids
        )
    )
    ends = issued.session.expires_at or store.clock.now()
    return wire_links.SignInLink(link_serializers.link_url(issued, site.url), ends)


@post("/admin/users/{user_id:str}/sign-in-link/mail", status_code=202)
async def mail(
    user_id: wire_fields.Id, actor: CurrentActor, context: InContext, request: AnyRequest
) -> wire_links.MailedLink:
    """Email a one-time link to the person. Whoever asks for it doesn't see it."""
    store, whose = context.store, UserId(user_id)
    email = await store.write(
        lambda tx: sign_in_links.mail(
            tx, actor, user_id=whose, has_mail=context.has_mail, clock=store.clock, ids=store.ids
        )
    )
    worker_of(request.app.state).wake(security_mails.WORK.kind)
    return wire_links.MailedLink(email)


@post("/admin/users/{user_id:str}/sign-in-link/request", status_code=202)
async def ask(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_links.LinkWay:
    """Ask a second administrator to confirm that I may see a link. A request expires after a day."""
    store, whose = context.store, UserId(user_id)
    await store.write(
        lambda tx: sign_in_links.ask(
            tx, actor, user_id=whose, has_mail=context.has_mail, clock=store.clock, ids=store.ids
        )
    )
    return await _way(context, actor, whose)


@get("/admin/newcomers")
async def newcomers(
    actor: CurrentActor, context: InContext, cursor: Cursor = None, limit: Limit = 50
) -> wire_links.Newcomers:
    """List the people I administer who never signed in, with the state of their invitations."""
    after, clock = from_cursor(cursor, ByName), context.store.clock
    asked = partial(
        invitations.newcomers, actor=actor, after=after, limit=limit, has_mail=context.has_mail, clock=clock
    )
    return link_serializers.newcomers(await context.store.read(asked), has_mail=context.has_mail)


@post("/admin/sign-in-links", status_code=200)
async def links(
    data: JSONBody[wire_links.SeveralUsers], actor: CurrentActor, context: InContext, site: InSite
) -> wire_links.NewLinks:
    """Create one-time links for people who never signed in. Earlier links stop working."""
    # One after the other, each durable by itself: nobody's message waits for a hundred of them.
    make = partial(
        invitations.link, actor=actor, has_mail=context.has_mail, clock=context.store.clock, ids=context.store.ids
    )
    found = [await context.store.write(partial(make, user_id=one)) for one in _users(data)]
    return link_serializers.new_links(found, site.url)


def _users(data: wire_links.SeveralUsers) -> list[UserId]:
    """Each of them once."""
    return list(dict.fromkeys(map(UserId, data.user_ids)))


@get("/admin/link-requests")
async def pending(actor: CurrentActor, context: InContext) -> wire_links.LinkRequests:
    """My requests and those waiting for my confirmation."""
    found = await context.store.read(lambda tx: sign_in_links.pending(tx, actor, clock=context.store.clock))
    return link_serializers.link_requests(found)


@post("/admin/link-requests/{request_id:str}/confirm", status_code=200)
async def confirm(request_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_links.LinkRequests:
    """Confirm a request, so that the requester may see the link."""
    store = context.store
    await store.write(lambda tx: sign_in_links.confirm(tx, actor, request_id=request_id, clock=store.clock))
    return link_serializers.link_requests(
        await store.read(lambda tx: sign_in_links.pending(tx, actor, clock=store.clock))
    )


@delete("/admin/link-requests/{request_id:str}")
async def withdraw(request_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Decline a request, or cancel my own."""
    store = context.store
    await store.write(lambda tx: sign_in_links.withdraw(tx, actor, request_id=request_id, clock=store.clock))


handlers = [way, show, mail, ask, newcomers, links, pending, confirm, withdraw]
