"""The signed-in person: what the first screen needs, preferences, password, personal access tokens."""

from litestar import Response, delete, get, patch, post, put
from litestar.params import JSONBody

from hallway.domain.ids import SessionId
from hallway.transport import present, wire, wire_entry
from hallway.transport.http.doors import Asker, AtDoor, WithSession
from hallway.transport.http.entry import welcome_back
from hallway.usecases import attempts, fields, me
from hallway.usecases.access import access_notices, access_tokens, passwords
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.ports import Transaction


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
async def change_password(data: JSONBody[wire_entry.ChangePassword], actor: Asker, door: AtDoor) -> Response[wire.Me]:
    """Change my password; I am signed out everywhere else."""
    desk, tries = door.desk, [f"password {actor.user_id}"]
    fields.require_valid(fields.password("password", data.password))

    def look_up(tx: Transaction) -> str | None:
        attempts.require_fewer(tx, actor.account_id, tries, per_minute=door.sign_ins.per_minute, clock=desk.clock)
        return tx.people.password(actor.account_id, actor.user_id)

    hashed = await desk.read(look_up)
    if not await desk.verify(data.current, hashed):
        await desk.write(lambda tx: attempts.note(tx, actor.account_id, tries, clock=desk.clock, ids=desk.ids))
        raise Invalid(Problem("current", "wrong_password", "This is not your present password."))
    renewed = await desk.hash(data.password)
    await desk.write(lambda tx: passwords.change_password(tx, actor, password_hash=renewed))
    return await welcome_back(door, actor)


@delete("/me/access-notices/{notice_id:str}")
async def dismiss_notice(notice_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """I have read what somebody else did to my way in. Of my new address this says that it is mine."""
    await door.desk.write(lambda tx: access_notices.dismiss(tx, actor, notice_id=notice_id))


@get("/me/tokens")
async def tokens(actor: Asker, door: AtDoor) -> wire.Tokens:
    """My personal access tokens."""
    found = await door.desk.read(lambda tx: access_tokens.own(tx, actor))
    return wire.Tokens([present.token(one) for one in found])


@post("/me/tokens")
async def new_token(data: JSONBody[wire.NewToken], actor: Asker, door: AtDoor) -> wire.Token:
    """Make a personal access token; its secret is in this answer alone."""
    desk = door.desk
    issued = await desk.write(
        lambda tx: access_tokens.new_token(tx, actor, name=data.name, days=data.days, clock=desk.clock, ids=desk.ids)
    )
    return present.issued_token(issued)


@delete("/me/tokens/{token_id:str}")
async def revoke_token(token_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """End one of my tokens."""
    await door.desk.write(lambda tx: access_tokens.revoke_token(tx, actor, token_id=SessionId(token_id)))


handlers = [myself, prefer, change_password, dismiss_notice, tokens, new_token, revoke_token]
