"""The signed-in person: what the first screen needs, preferences, password, personal access tokens."""

from functools import partial

from litestar import Response, delete, get, patch, post, put
from litestar.params import JSONBody

from hallway.domain.ids import SessionId
from hallway.domain.scopes import Scope
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor, WithSession
from hallway.transport.http.entry import AnyRequest, welcome_back
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import access_tokens as wire_access_tokens
from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import me as wire_me
from hallway.usecases import fields
from hallway.usecases.access import access_notices, access_tokens, passwords
from hallway.usecases.errors import granted
from hallway.usecases.people import me


@get("/me")
async def myself(actor: CurrentActor, session: WithSession, context: InContext) -> wire_me.Me:
    """Get who I am, what I may do now, and how many chats are unread."""
    found = await context.store.read(lambda tx: me.me(tx, actor))
    return serializers.myself(found, session, context.store.clock.now())


@patch("/me")
async def prefer(
    data: JSONBody[wire_me.Preferences], actor: CurrentActor, session: WithSession, context: InContext
) -> wire_me.Me:
    """Change my language or time zone."""
    await context.store.write(lambda tx: me.prefer(tx, actor, locale=data.locale, time_zone=data.time_zone))
    found = await context.store.read(lambda tx: me.me(tx, actor))
    return serializers.myself(found, session, context.store.clock.now())


@put("/me/password")
async def change_password(
    data: JSONBody[wire_entry.ChangePassword], actor: CurrentActor, context: InContext, request: AnyRequest
) -> Response[wire_me.Me]:
    """Change my password; I am signed out everywhere else."""
    store, often = context.store, context.sign_ins.per_minute
    fields.require_valid(fields.password("password", data.password))
    async with store.turn(actor.user_id, is_known=True) as hasher:
        reserving = partial(passwords.reserve_change, actor=actor, per_minute=often, clock=store.clock, ids=store.ids)
        reserved = granted(await store.write(reserving))
        if not await hasher.verify(data.current, reserved.hashed):
            raise passwords.wrong_password()
        renewed = await hasher.hash(data.password)
    change = passwords.Change(reserved, renewed)
    await store.write(lambda tx: passwords.change_password(tx, actor, change, clock=store.clock))
    return await welcome_back(context, request, actor, verified=renewed)


@delete("/me/access-notices/{notice_id:str}")
async def dismiss_notice(notice_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Dismiss a notice about a change to my sign-in. For a new address, this confirms that it is mine."""
    await context.store.write(lambda tx: access_notices.dismiss(tx, actor, notice_id=notice_id))


@get("/me/tokens")
async def tokens(actor: CurrentActor, context: InContext) -> wire_access_tokens.Tokens:
    """My personal access tokens."""
    found = await context.store.read(lambda tx: access_tokens.own(tx, actor))
    return wire_access_tokens.Tokens([serializers.token(one) for one in found])


@post("/me/tokens")
async def new_token(
    data: JSONBody[wire_access_tokens.NewToken], actor: CurrentActor, context: InContext
) -> wire_access_tokens.Token:
    """Create a personal access token; only this answer contains its secret."""
    store = context.store
    scopes = None if data.scopes is None else [Scope(one) for one in data.scopes]
    make = partial(access_tokens.new_token, actor=actor, name=data.name, days=data.days, scopes=scopes)
    issued = await store.write(lambda tx: make(tx, clock=store.clock, ids=store.ids))
    return serializers.issued_token(issued)


@delete("/me/tokens/{token_id:str}")
async def revoke_token(token_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Revoke one of my tokens."""
    await context.store.write(lambda tx: access_tokens.revoke_token(tx, actor, token_id=SessionId(token_id)))


handlers = [myself, prefer, change_password, dismiss_notice, tokens, new_token, revoke_token]
