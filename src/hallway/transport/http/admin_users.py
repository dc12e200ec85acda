"""The admin portal's users."""

from collections.abc import Callable
from typing import Any

from litestar import Request, delete, get, patch, post, put
from litestar.datastructures import State as AppState
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Role
from hallway.transport import present_admin, wire, wire_admin
from hallway.transport.http.doors import Asker, AtDoor, Door
from hallway.transport.http.parameters import stripped, typed
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.http.user_lists import LIST, Chosen, Sorted, behind
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict
from hallway.usecases.people import guessing, users
from hallway.usecases.people.pictures import Picture
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction


@get("/admin/users", dependencies=LIST)
async def page(
    actor: Asker,
    door: AtDoor,
    chosen: Chosen,
    sorting: Sorted,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> wire_admin.AdminUsers:
    """The users I administer."""
    after = behind(cursor, sorting)
    found = await door.desk.read(
        lambda tx: users.page(tx, actor, chosen=chosen, sorting=sorting, after=after, limit=limit)
    )
    return present_admin.page_of_users(found, sorting)


@get("/admin/users/{user_id:str}")
async def one(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.AdminUser:
    """One user."""
    found = await door.desk.read(lambda tx: users.one(tx, actor, user_id=UserId(user_id), clock=door.desk.clock))
    return present_admin.user(found)


@post("/admin/users")
async def add(data: JSONBody[wire_admin.NewUser], actor: Asker, door: AtDoor) -> wire_admin.AdminUser:
    """Add a user; without a password they choose one through a one-time link."""
    draft = users.Draft(
        data.name,
        data.email,
        data.login,
        Role(data.role),
        data.title,
        DepartmentId(data.department_id) if data.department_id else None,
        UserId(data.supervisor_id) if data.supervisor_id else None,
        frozenset(map(DepartmentId, data.manages)),
    )
    hashed = None
    if data.password is not None:
        fields.require_valid(fields.password("password", data.password))
        hashed = await door.desk.hash(data.password, asker=actor.user_id, is_known=True)

    def work(tx: Transaction) -> users.Entry:
        desk = door.desk
        added = users.add(tx, actor, draft=draft, password_hash=hashed, clock=desk.clock, ids=desk.ids)
        return users.one(tx, actor, user_id=added, clock=desk.clock)

    return present_admin.user(await _bounded(actor, door, work))


@patch("/admin/users/{user_id:str}")
async def change(
    user_id: wire.Id, data: JSONBody[wire_admin.UserChange], actor: Asker, door: AtDoor
) -> wire_admin.AdminUser:
    """Change a user; absent fields stay as they are."""
    changes = users.UserPatch(
        name=stripped(data.name),
        email=stripped(data.email),
        login=stripped(data.login),
        role=UNSET if data.role is UNSET else Role(data.role),
        title=stripped(data.title),
        department_id=typed(DepartmentId, data.department_id),
        supervisor_id=typed(UserId, data.supervisor_id),
    )

    def work(tx: Transaction) -> users.Entry:
        wanted = None if data.manages is UNSET else frozenset(map(DepartmentId, data.manages))
        at, clock, ids = UserId(user_id), door.desk.clock, door.desk.ids
        users.change(tx, actor, user_id=at, changes=changes, manages=wanted, clock=clock, ids=ids)
        return users.one(tx, actor, user_id=UserId(user_id), clock=door.desk.clock)

    return present_admin.user(await _bounded(actor, door, work))


async def _bounded(actor: Actor, door: Door, work: Callable[[Transaction], users.Entry]) -> users.Entry:
    """What `work` answers, as often as somebody may hit what is taken."""
    desk = door.desk
    found = await desk.write(lambda tx: guessing.bounded(tx, actor, work, clock=desk.clock, ids=desk.ids))
    if isinstance(found, Conflict):
        raise found
    return found


@post("/admin/users/{user_id:str}/deactivate", status_code=200)
async def deactivate(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.AdminUser:
    """Deactivate a user: they are signed out everywhere, and their chats are kept."""

    def work(tx: Transaction) -> users.Entry:
        users.deactivate(tx, actor, user_id=UserId(user_id))
        return users.one(tx, actor, user_id=UserId(user_id), clock=door.desk.clock)

    return present_admin.user(await door.desk.write(work))


@post("/admin/users/{user_id:str}/activate", status_code=200)
async def activate(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.AdminUser:
    """Activate a user again."""

    def work(tx: Transaction) -> users.Entry:
        users.activate(tx, actor, user_id=UserId(user_id))
        return users.one(tx, actor, user_id=UserId(user_id), clock=door.desk.clock)

    return present_admin.user(await door.desk.write(work))


@delete("/admin/users/{user_id:str}")
async def remove(user_id: wire.Id, actor: Asker, door: AtDoor) -> None:
    """Remove a user from the account; their chats are kept."""
    await door.desk.write(lambda tx: users.remove(tx, actor, user_id=UserId(user_id)))


@put("/admin/users/{user_id:str}/photo", request_max_body_size=1_000_000)
async def set_photo(
    user_id: wire.Id, actor: Asker, door: AtDoor, request: Request[Any, Any, AppState]
) -> wire_admin.AdminUser:
    """Set a user's photo. The body is the image itself: PNG, JPEG or WebP, at most 512 KB and 32 million pixels.

    It is drawn again, upright and at most 512 pixels wide, without the location and everything else a camera stores in it.
    """
    await door.desk.read(lambda tx: enter(tx, actor))
    return await _photo(user_id, actor, door, await door.read_picture(await request.body(), actor.user_id))


@delete("/admin/users/{user_id:str}/photo", status_code=200)
async def remove_photo(user_id: wire.Id, actor: Asker, door: AtDoor) -> wire_admin.AdminUser:
    """Remove a user's photo."""
    return await _photo(user_id, actor, door, None)


async def _photo(user_id: wire.Id, actor: Actor, door: Door, picture: Picture | None) -> wire_admin.AdminUser:
    def work(tx: Transaction) -> users.Entry:
        users.set_photo(tx, actor, user_id=UserId(user_id), picture=picture)
        return users.one(tx, actor, user_id=UserId(user_id), clock=door.desk.clock)

    return present_admin.user(await door.desk.write(work))


handlers = [page, one, add, change, deactivate, activate, remove, set_photo, remove_photo]
