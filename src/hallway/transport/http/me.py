"""The signed-in person: what the first screen needs, preferences, password, personal access tokens."""

from functools import partial

from litestar import Response, delete, get, patch, post, put
from litestar.params import JSONBody

from hallway.domain.ids import SessionId
from hallway.domain.scopes import Scope
from hallway.transport import present, wire, wire_entry
from hallway.transport.http.doors import Asker, AtDoor, WithSession
from hallway.transport.http.entry import AnyRequest, welcome_back
from hallway.usecases import fields
from hallway.usecases.access import access_notices, access_tokens, passwords
from hallway.usecases.errors import granted
from hallway.usecases.people import me


@get("/me")
async def myself(actor: Asker, session: WithSession, door: AtDoor) -> wire.Me:
    """Who I am, what I may do now, and how many chats are unread."""
    found = await door.desk.read(lambda tx: me.me(tx, actor))
    return present.myself(found, session, door.desk.clock.now())


@patch("/me")
async def prefer(data: JSONBody[wire.Preferences], actor: Asker, session: WithSession, door: AtDoor) -> wire.Me:
    """Change my language or time zone."""
    await door.desk.write(lambda tx: me.prefer(tx, actor, locale=data.locale, time_zone=data.time_zone))
    found = await door.desk.read(lambda tx: me.me(tx, actor))
    return present.myself(found, session, door.desk.clock.now())


@put("/me/password")
async def change_password(
    data: JSONBody[wire_entry.ChangePassword], actor: Asker, door: AtDoor, request: AnyRequest
) -> Response[wire.Me]:
    """Change my password; I am signed out everywhere else."""
    desk, often = door.desk, door.sign_ins.per_minute
    fields.require_valid(fields.password("password", data.password))
    async with desk.turn(actor.user_id, is_known=True) as hasher:
        reserving = partial(passwords.reserve_change, actor=actor, per_minute=often, clock=desk.clock, ids=desk.ids)
        reserved = granted(await desk.write(reserving))
        if not await hasher.verify(data.current, reserved.hashed):
            raise passwords.wrong_password()
        renewed = await hasher.hash(data.password)
    change = passwords.Change(reserved, renewed)
    await desk.write(lambda tx: passwords.change_password(tx, actor, change, clock=desk.clock))
    return await welcome_back(door, request, actor, verified=renewed)


@delete("/me/access-notices/{notice_id:str}")
async def dismiss_notice(notice_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Dismiss a notice about a change to my sign-in. For a new address, this confirms that it is mine."""
    await door.desk.write(lambda tx: access_notices.dismiss(tx, actor, notice_id=notice_id))


@get("/me/tokens")
async def tokens(actor: Asker, door: AtDoor) -> wire.Tokens:
    """My personal access tokens."""
    found = await door.desk.read(lambda tx: access_tokens.own(tx, actor))
    return wire.Tokens([present.token(one) for one in found])


@post("/me/tokens")
async def new_token(data: JSONBody[wire.NewToken], actor: Asker, door: AtDoor) -> wire.Token:
    """Create a personal access token; only this answer contains its secret."""
    desk = door.desk
    scopes = None if data.scopes is None else [Scope(one) for one in data.scopes]
    make = partial(access_tokens.new_token, actor=actor, name=data.name, days=data.days, scopes=scopes)
    issued = await desk.write(lambda tx: make(tx, clock=desk.clock, ids=desk.ids))
    return present.issued_token(issued)


@delete("/me/tokens/{token_id:str}")
async def revoke_token(token_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Revoke one of my tokens."""
    await door.desk.write(lambda tx: access_tokens.revoke_token(tx, actor, token_id=SessionId(token_id)))


handlers = [myself, prefer, change_password, dismiss_notice, tokens, new_token, revoke_token]
