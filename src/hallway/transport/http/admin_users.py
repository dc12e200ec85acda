"""The admin portal's users."""

from collections.abc import Callable
from typing import Any

from litestar import Request, delete, get, patch, post, put
from litestar.datastructures import State as AppState
from litestar.params import JSONBody
from msgspec import UNSET

from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Role
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.http.parameters import stripped, typed
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.http.user_lists import LIST, Chosen, Sorted, behind
from hallway.transport.serializers import admin as admin_serializers
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases import fields
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict
from hallway.usecases.people import guessing, users
from hallway.usecases.people.pictures import Picture
from hallway.usecases.people.staff import enter
from hallway.usecases.transaction import Transaction


@get("/admin/users", dependencies=LIST)
async def page(
    actor: CurrentActor,
    context: InContext,
    chosen: Chosen,
    sorting: Sorted,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> wire_admin.AdminUsers:
    """The users I administer."""
    after = behind(cursor, sorting)
    found = await context.store.read(
        lambda tx: users.page(tx, actor, chosen=chosen, sorting=sorting, after=after, limit=limit)
    )
    return admin_serializers.page_of_users(found, sorting)


@get("/admin/users/{user_id:str}")
async def one(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.AdminUser:
    """Get one user."""
    found = await context.store.read(
        lambda tx: users.one(tx, actor, user_id=UserId(user_id), clock=context.store.clock)
    )
    return admin_serializers.user(found)


@post("/admin/users")
async def add(data: JSONBody[wire_admin.NewUser], actor: CurrentActor, context: InContext) -> wire_admin.AdminUser:
    """Add a user; without a password they choose one through a one-time link."""
    draft = users.Draft(
        name=data.name,
        email=data.email,
        login=data.login,
        role=Role(data.role),
        title=data.title,
        department_id=DepartmentId(data.department_id) if data.department_id else None,
        supervisor_id=UserId(data.supervisor_id) if data.supervisor_id else None,
        manages=frozenset(map(DepartmentId, data.manages)),
    )
    hashed = None
    if data.password is not None:
        fields.require_valid(fields.password("password", data.password))
        hashed = await context.store.hash(data.password, requester=actor.user_id, is_known=True)

    def work(tx: Transaction) -> users.Entry:
        store = context.store
        added = users.add(tx, actor, draft=draft, password_hash=hashed, clock=store.clock, ids=store.ids)
        return users.one(tx, actor, user_id=added, clock=store.clock)

    return admin_serializers.user(await _bounded(actor, context, work))


@patch("/admin/users/{user_id:str}")
async def change(
    user_id: wire_fields.Id, data: JSONBody[wire_admin.UserChange], actor: CurrentActor, context: InContext
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
        at, clock, ids = UserId(user_id), context.store.clock, context.store.ids
        users.change(tx, actor, user_id=at, changes=changes, manages=wanted, clock=clock, ids=ids)
        return users.one(tx, actor, user_id=UserId(user_id), clock=context.store.clock)

    return admin_serializers.user(await _bounded(actor, context, work))


async def _bounded(actor: Actor, context: AppContext, work: Callable[[Transaction], users.Entry]) -> users.Entry:
    """Return what `work` answers, as often as somebody may hit what is taken."""
    store = context.store
    found = await store.write(lambda tx: guessing.bounded(tx, actor, work, clock=store.clock, ids=store.ids))
    if isinstance(found, Conflict):
        raise found
    return found


@post("/admin/users/{user_id:str}/deactivate", status_code=200)
async def deactivate(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.AdminUser:
    """Deactivate a user: they are signed out everywhere, and their chats are kept."""

    def work(tx: Transaction) -> users.Entry:
        users.deactivate(tx, actor, user_id=UserId(user_id))
        return users.one(tx, actor, user_id=UserId(user_id), clock=context.store.clock)

    return admin_serializers.user(await context.store.write(work))


@post("/admin/users/{user_id:str}/activate", status_code=200)
async def activate(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.AdminUser:
    """Activate a user again."""

    def work(tx: Transaction) -> users.Entry:
        users.activate(tx, actor, user_id=UserId(user_id))
        return users.one(tx, actor, user_id=UserId(user_id), clock=context.store.clock)

    return admin_serializers.user(await context.store.write(work))


@delete("/admin/users/{user_id:str}")
async def remove(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> None:
    """Remove a user from the account; their chats are kept."""
    await context.store.write(lambda tx: users.remove(tx, actor, user_id=UserId(user_id)))


@put("/admin/users/{user_id:str}/photo", request_max_body_size=1_000_000)
async def set_photo(
    user_id: wire_fields.Id, actor: CurrentActor, context: InContext, request: Request[Any, Any, AppState]
) -> wire_admin.AdminUser:
    """Set a user's photo. The body is the image itself: PNG, JPEG or WebP, at most 512 KB and 32 million pixels.

    It is drawn again, upright and at most 512 pixels wide, without the location and everything else a camera stores in it.
    """
    await context.store.read(lambda tx: enter(tx, actor))
    return await _photo(user_id, actor, context, await context.files.read_picture(await request.body(), actor.user_id))


@delete("/admin/users/{user_id:str}/photo", status_code=200)
async def remove_photo(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_admin.AdminUser:
    """Remove a user's photo."""
    return await _photo(user_id, actor, context, None)


async def _photo(
    user_id: wire_fields.Id, actor: Actor, context: AppContext, picture: Picture | None
) -> wire_admin.AdminUser:
    def work(tx: Transaction) -> users.Entry:
        users.set_photo(tx, actor, user_id=UserId(user_id), picture=picture)
        return users.one(tx, actor, user_id=UserId(user_id), clock=context.store.clock)

    return admin_serializers.user(await context.store.write(work))


handlers = [page, one, add, change, deactivate, activate, remove, set_photo, remove_photo]
