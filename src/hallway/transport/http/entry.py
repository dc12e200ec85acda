"""Coming in: the first run, signing in and out, one-time links, forgotten passwords."""

from collections.abc import Sequence
from hmac import compare_digest
from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import JSONBody

from hallway.domain.ids import UserId
from hallway.transport import present, wire, wire_entry
from hallway.transport.http.doors import Asker, AtDoor, Door, client_address, require_origin, visitor_of
from hallway.transport.jobs import worker_of
from hallway.transport.networks import networks
from hallway.usecases import fields
from hallway.usecases.access import forgotten_passwords, links, logins, sessions
from hallway.usecases.access.forgotten_passwords import Forgotten
from hallway.usecases.access.logins import Attempt, Comer
from hallway.usecases.accounts import founding
from hallway.usecases.accounts.founding import Founding
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, SignInFailed, granted
from hallway.usecases.people import me
from hallway.usecases.transaction import Transaction

AnyRequest = Request[Any, Any, State]


@get("/entry")
async def entry_state(door: AtDoor) -> wire_entry.EntryState:
    """What the sign-in page needs before anyone has signed in."""
    account = await door.desk.read(lambda tx: tx.accounts.only())
    academy = account.name if account else None
    return wire_entry.EntryState(academy, account is None, door.offered is not None, door.has_mail)


@post("/set-up")
async def set_up(data: JSONBody[wire_entry.SetUp], door: AtDoor, request: AnyRequest) -> Response[wire.Me]:
    """Set up the account and its owner, with the token that the server printed."""
    address = _require_own_page(door, request)
    with door.sign_ins.one("set-up", client_address(request)):
        if not compare_digest(data.token.strip().encode(), door.set_up_token.encode()):
            raise PermissionDeniedException
    wanted = Founding(data.academy, data.name, data.email, data.login, address)
    founding.check_founding(wanted, data.password)
    hashed = await door.desk.hash(data.password, asker=_asker(request))
    account_id, owner_id = await door.desk.write(
        lambda tx: founding.found_account(tx, wanted, password_hash=hashed, ids=door.desk.ids)
    )
    await door.addresses.learn(door.desk)
    return await _welcome(door, Comer(account_id, owner_id, hashed, visitor_of(request)), status=201)


def _require_own_page(door: Door, request: AnyRequest) -> str:
    """The address by which Hallway is set up, where it is to be remembered. Raises PermissionDeniedException."""
    if not door.addresses.may_learn:
        require_origin(request)
        return ""
    address = door.addresses.at_set_up(request.headers.get("origin"), request.headers.get("host", ""))
    if address is None:
        raise PermissionDeniedException
    return address


@post("/session", status_code=200)
async def sign_in(data: JSONBody[wire_entry.SignIn], door: AtDoor, request: AnyRequest) -> Response[wire.Me]:
    """Sign in with a login or email and a password. The answer sets the session cookie."""
    require_origin(request)
    desk, visitor = door.desk, visitor_of(request)
    attempt = Attempt(data.login, visitor, door.sign_ins.per_minute)
    is_known = await desk.read(lambda tx: logins.is_from_known_device(tx, attempt, clock=desk.clock))
    async with desk.turn(f"device {visitor.device}" if is_known else _asker(request), is_known=is_known) as hasher:
        reserved = granted(await desk.write(lambda tx: logins.reserve(tx, attempt, clock=desk.clock, ids=desk.ids)))
        is_right = await hasher.verify(data.password, reserved.hashed)
    user, verified = reserved.user, reserved.hashed
    if not is_right or user is None or verified is None:
        await desk.write(lambda tx: logins.record_failure(tx, user, visitor, clock=desk.clock))
        raise SignInFailed
    return await _welcome(door, Comer(user.account_id, user.id, verified, visitor, reserved.reservation))


def _asker(request: AnyRequest) -> str:
    """Whose turn it is to have a password hashed: that of the whole site, since who has one network there has many."""
    return networks(client_address(request))[-1]


@post("/password/link", status_code=200)
async def look_at_link(
    data: JSONBody[wire_entry.LinkSecret], door: AtDoor, request: AnyRequest
) -> wire_entry.LinkPromise:
    """Look at a one-time link without using it."""
    require_origin(request)
    with door.sign_ins.one("link", client_address(request)):
        found = await door.desk.read(lambda tx: links.look_at(tx, data.token, clock=door.desk.clock))
    return wire_entry.LinkPromise(found.academy, found.name, found.expires_at, found.is_first)


@post("/password/forgotten", status_code=202)
async def forgotten(data: JSONBody[wire_entry.ForgottenPassword], door: AtDoor, request: AnyRequest) -> None:
    """Request a sign-in link by email. The answer is the same whether the person exists or not."""
    require_origin(request)
    if not door.has_mail:
        raise Conflict("no_mail", "Email isn't set up here. Ask an administrator for a sign-in link.")
    asked, desk = Forgotten(data.login, visitor_of(request), door.sign_ins.per_minute), door.desk
    refusal = await desk.write(lambda tx: forgotten_passwords.ask(tx, asked, clock=desk.clock, ids=desk.ids))
    if refusal is not None:
        raise refusal
    worker_of(request.app.state).wake(forgotten_passwords.WORK.kind)


@post("/password", status_code=200)
async def choose_password(
    data: JSONBody[wire_entry.ChoosePassword], door: AtDoor, request: AnyRequest
) -> Response[wire.Me]:
    """Use a one-time link to choose a password and sign in."""
    require_origin(request)
    desk = door.desk
    with door.sign_ins.one("link", client_address(request)):
        await desk.read(lambda tx: links.require_good(tx, data.token, clock=desk.clock))
    fields.require_valid(fields.password("password", data.password))
    hashed = await desk.hash(data.password, asker=_asker(request))
    account_id, user_id = await desk.write(
        lambda tx: links.spend_link(tx, data.token, password_hash=hashed, clock=desk.clock, ids=desk.ids)
    )
    return await _welcome(door, Comer(account_id, user_id, hashed, visitor_of(request)))


@delete("/session")
async def sign_out(actor: Asker, door: AtDoor) -> Response[None]:
    """End this session."""
    await door.desk.write(lambda tx: sessions.sign_out(tx, actor))
    return Response(None, status_code=204, cookies=[door.no_cookie()])


@get("/demo/people")
async def demo_people(door: AtDoor) -> list[wire_entry.DemoPerson]:
    """The people offered on the demo's sign-in page; empty outside the demo."""
    offered = _offered(door)
    return await door.desk.read(lambda tx: _demo_people(tx, offered))


def _demo_people(tx: Transaction, offered: Sequence[tuple[str, str]]) -> list[wire_entry.DemoPerson]:
    account = tx.accounts.only()
    if account is None:
        return []
    found = [(tx.people.by_login(account.id, login), hint) for login, hint in offered]
    return [
        wire_entry.DemoPerson(user.id, user.name, user.role.value, user.title, hint, user.photo)
        for user, hint in found
        if user is not None
    ]


@post("/demo/session", status_code=200)
async def demo_sign_in(data: JSONBody[wire_entry.DemoSignIn], door: AtDoor, request: AnyRequest) -> Response[wire.Me]:
    """Sign in as one of the demo's people."""
    offered = _offered(door)
    require_origin(request)
    door.secrets.fail("demo", client_address(request))
    people = await door.desk.read(lambda tx: _demo_people(tx, offered))
    account = await door.desk.read(lambda tx: tx.accounts.only())
    if account is None or data.user_id not in {one.id for one in people}:
        raise NotFoundException
    return await _welcome(door, Comer(account.id, UserId(data.user_id), None, visitor_of(request)))


def _offered(door: Door) -> Sequence[tuple[str, str]]:
    if door.offered is None:
        raise NotFoundException
    return door.offered


async def welcome_back(door: Door, request: AnyRequest, actor: Actor, *, verified: str) -> Response[wire.Me]:
    """A new session for somebody whose sessions all ended because they changed their password."""
    return await _welcome(door, Comer(actor.account_id, actor.user_id, verified, visitor_of(request)))


async def _welcome(door: Door, comer: Comer, status: int = 200) -> Response[wire.Me]:
    """A new session: its cookie and the device's, and who has come in."""
    desk, life = door.desk, door.session_life
    opened = await desk.write(lambda tx: logins.open_session(tx, comer, life=life, clock=desk.clock, ids=desk.ids))
    session = opened.issued.session
    found = await desk.read(lambda tx: me.me(tx, Actor(comer.account_id, comer.user_id, session.id)))
    body = present.myself(found, session, desk.clock.now())
    cookies = [door.cookie(opened.issued), door.device_cookie(opened.remembered.secret)]
    return Response(body, status_code=status, cookies=cookies)


handlers = [entry_state, set_up, sign_in, look_at_link, forgotten, choose_password, sign_out, demo_people, demo_sign_in]
