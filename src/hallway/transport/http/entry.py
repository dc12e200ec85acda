"""Coming in: the first run, signing in and out, one-time links, forgotten passwords."""

from collections.abc import Sequence
from functools import partial
from hmac import compare_digest
from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import JSONBody

from hallway.domain.ids import AccountId, UserId
from hallway.transport import cookies
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor, client_address, require_origin, visitor_of
from hallway.transport.jobs import worker_of
from hallway.transport.networks import networks
from hallway.transport.serializers import core as serializers
from hallway.transport.tenancy import InSite, Site, set_up_address, site_of
from hallway.transport.wire import entry as wire_entry
from hallway.transport.wire import me as wire_me
from hallway.usecases import fields
from hallway.usecases.access import forgotten_passwords, links, logins, sessions
from hallway.usecases.access.forgotten_passwords import Forgotten
from hallway.usecases.access.logins import Attempt, Comer
from hallway.usecases.accounts import founding
from hallway.usecases.accounts.founding import Founding
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, SignInFailed, granted
from hallway.usecases.people import me
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction

AnyRequest = Request[Any, Any, State]


@get("/entry")
async def entry_state(context: InContext, site: InSite) -> wire_entry.EntryState:
    """Get what the sign-in page needs before anyone has signed in."""
    account = site.account
    needs_set_up = account is None or await context.store.read(lambda tx: founding.awaits_owner(tx, account.id))
    academy = account.name if account else None
    return wire_entry.EntryState(academy, needs_set_up, context.offered is not None, context.has_mail)


@post("/set-up")
async def set_up(
    data: JSONBody[wire_entry.SetUp], context: InContext, site: InSite, request: AnyRequest
) -> Response[wire_me.Me]:
    """Set up the account and its owner, with the token that the server or `hallway account add` printed."""
    address = _require_own_page(site, request)
    await _require_set_up_token(context, site, data.token.strip(), client_address(request))
    wanted = Founding(academy=data.academy, name=data.name, email=data.email, login=data.login, address=address)
    founding.check_founding(wanted, data.password)
    hashed = await context.store.hash(data.password, requester=_requester(request))
    found = partial(_found, site=site, wanted=wanted, token=data.token.strip(), hashed=hashed, ids=context.store.ids)
    account_id, owner_id = await context.store.write(found)
    context.sites.forget()
    site = await context.sites.at(request.headers.get("host", "")) or site
    return await _welcome(
        context,
        site,
        Comer(account_id=account_id, user_id=owner_id, verified=hashed, visitor=visitor_of(request)),
        status=201,
    )


def _found(
    tx: Transaction, *, site: Site, wanted: Founding, token: str, hashed: str, ids: Ids
) -> tuple[AccountId, UserId]:
    if site.account is None:
        return founding.found_account(tx, wanted, password_hash=hashed, ids=ids)
    account_id = site.account.id
    return account_id, founding.found_owner(tx, account_id, wanted, token, password_hash=hashed, ids=ids)


async def _require_set_up_token(context: AppContext, site: Site, token: str, address: str) -> None:
    """Raise PermissionDeniedException unless the token is the site's, which counts as a try."""
    account = site.account
    with context.sign_ins.one(f"set-up {account.id if account else ''}", address):
        is_right = compare_digest(token.encode(), context.set_up_token.encode())
        if account is not None:
            is_right = await context.store.read(lambda tx: _is_set_up_token(tx, account.id, token, is_first=is_right))
        if not is_right:
            raise PermissionDeniedException


def _is_set_up_token(tx: Transaction, account_id: AccountId, token: str, *, is_first: bool) -> bool:
    """An account with an owner refuses the token of the first run by saying so, which is no news to who has it."""
    return founding.is_token_of(tx, account_id, token) if founding.awaits_owner(tx, account_id) else is_first


def _require_own_page(site: Site, request: AnyRequest) -> str:
    """The address by which Hallway is set up, where it is to be remembered. Raises PermissionDeniedException."""
    if not site.may_learn:
        require_origin(request)
        return ""
    address = set_up_address(request.headers.get("origin"), request.headers.get("host", ""))
    if address is None:
        raise PermissionDeniedException
    return address


@post("/session", status_code=200)
async def sign_in(
    data: JSONBody[wire_entry.SignIn], context: InContext, site: InSite, request: AnyRequest
) -> Response[wire_me.Me]:
    """Sign in with a login or email and a password. The answer sets the session cookie."""
    require_origin(request)
    store, visitor = context.store, visitor_of(request)
    attempt = Attempt(_account_to_enter(site), data.login, visitor, context.sign_ins.per_minute)
    is_known = await store.read(lambda tx: logins.is_from_known_device(tx, attempt, clock=store.clock))
    async with store.turn(f"device {visitor.device}" if is_known else _requester(request), is_known=is_known) as hasher:
        reserved = granted(await store.write(lambda tx: logins.reserve(tx, attempt, clock=store.clock, ids=store.ids)))
        is_right = await hasher.verify(data.password, reserved.hashed)
    user, verified = reserved.user, reserved.hashed
    if not is_right or user is None or verified is None:
        await store.write(lambda tx: logins.record_failure(tx, attempt.account_id, user, visitor, clock=store.clock))
        raise SignInFailed
    return await _welcome(
        context,
        site,
        Comer(
            account_id=user.account_id,
            user_id=user.id,
            verified=verified,
            visitor=visitor,
            reservation=reserved.reservation,
        ),
    )


def _account_to_enter(site: Site) -> AccountId:
    """Raises SignInFailed before the first run, as for everybody who is not there."""
    if site.account is None:
        raise SignInFailed
    return site.account.id


def _requester(request: AnyRequest) -> str:
    """Return whose turn it is to have a password hashed: the whole site's, since whoever has one network there has many."""
    return networks(client_address(request))[-1]


@post("/password/link", status_code=200)
async def look_at_link(
    data: JSONBody[wire_entry.LinkSecret], context: InContext, site: InSite, request: AnyRequest
) -> wire_entry.LinkPromise:
    """Look at a one-time link without using it."""
    require_origin(request)
    with context.sign_ins.one(f"link {site.account_id}", client_address(request)):
        looking = partial(links.look_at, account_id=site.account_id, secret=data.token, clock=context.store.clock)
        found = await context.store.read(looking)
    return wire_entry.LinkPromise(found.academy, found.name, found.expires_at, found.is_first)


@post("/password/forgotten", status_code=202)
async def forgotten(
    data: JSONBody[wire_entry.ForgottenPassword], context: InContext, site: InSite, request: AnyRequest
) -> None:
    """Request a sign-in link by email. The answer is the same whether the person exists or not."""
    require_origin(request)
    if not context.has_mail:
        raise Conflict("no_mail", "Email isn't set up here. Ask an administrator for a sign-in link.")
    store, visitor = context.store, visitor_of(request)
    asked = Forgotten(site.account_id, data.login, visitor, context.sign_ins.per_minute)
    refusal = await store.write(lambda tx: forgotten_passwords.ask(tx, asked, clock=store.clock, ids=store.ids))
    if refusal is not None:
        raise refusal
    worker_of(request.app.state).wake(forgotten_passwords.WORK.kind)


@post("/password", status_code=200)
async def choose_password(
    data: JSONBody[wire_entry.ChoosePassword], context: InContext, site: InSite, request: AnyRequest
) -> Response[wire_me.Me]:
    """Use a one-time link to choose a password and sign in."""
    require_origin(request)
    store = context.store
    with context.sign_ins.one(f"link {site.account_id}", client_address(request)):
        await store.read(partial(links.require_good, account_id=site.account_id, secret=data.token, clock=store.clock))
    fields.require_valid(fields.password("password", data.password))
    hashed = await store.hash(data.password, requester=_requester(request))
    spending = partial(links.spend_link, account_id=site.account_id, secret=data.token, password_hash=hashed)
    user_id = await store.write(lambda tx: spending(tx, clock=store.clock, ids=store.ids))
    return await _welcome(
        context, site, Comer(account_id=site.account_id, user_id=user_id, verified=hashed, visitor=visitor_of(request))
    )


@delete("/session")
async def sign_out(actor: CurrentActor, context: InContext, site: InSite) -> Response[None]:
    """End this session."""
    await context.store.write(lambda tx: sessions.sign_out(tx, actor))
    return Response(None, status_code=204, cookies=[cookies.no_session_cookie(site)])


@get("/demo/people")
async def demo_people(context: InContext, site: InSite) -> list[wire_entry.DemoPerson]:
    """The people offered on the demo's sign-in page; empty outside the demo."""
    offered = _offered(context)
    return await context.store.read(lambda tx: _demo_people(tx, site.account_id, offered))


def _demo_people(
    tx: Transaction, account_id: AccountId, offered: Sequence[tuple[str, str]]
) -> list[wire_entry.DemoPerson]:
    found = [(tx.people.by_login(account_id, login), hint) for login, hint in offered]
    return [
        wire_entry.DemoPerson(
            id=user.id, name=user.name, role=user.role.value, title=user.title, hint=hint, photo=user.photo
        )
        for user, hint in found
        if user is not None
    ]


@post("/demo/session", status_code=200)
async def demo_sign_in(
    data: JSONBody[wire_entry.DemoSignIn], context: InContext, site: InSite, request: AnyRequest
) -> Response[wire_me.Me]:
    """Sign in as one of the demo's people."""
    offered = _offered(context)
    require_origin(request)
    context.secrets.fail("demo", client_address(request))
    people = await context.store.read(lambda tx: _demo_people(tx, site.account_id, offered))
    if data.user_id not in {one.id for one in people}:
        raise NotFoundException
    return await _welcome(
        context,
        site,
        Comer(account_id=site.account_id, user_id=UserId(data.user_id), verified=None, visitor=visitor_of(request)),
    )


def _offered(context: AppContext) -> Sequence[tuple[str, str]]:
    if context.offered is None:
        raise NotFoundException
    return context.offered


async def welcome_back(
    context: AppContext, request: AnyRequest, actor: Actor, *, verified: str
) -> Response[wire_me.Me]:
    """A new session for somebody whose sessions all ended because they changed their password."""
    comer = Comer(account_id=actor.account_id, user_id=actor.user_id, verified=verified, visitor=visitor_of(request))
    return await _welcome(context, site_of(request), comer)


async def _welcome(context: AppContext, site: Site, comer: Comer, status: int = 200) -> Response[wire_me.Me]:
    """A new session: its cookie and the device's, and who has come in."""
    store, life = context.store, context.session_life
    opened = await store.write(lambda tx: logins.open_session(tx, comer, life=life, clock=store.clock, ids=store.ids))
    session = opened.issued.session
    found = await store.read(
        lambda tx: me.me(tx, Actor(account_id=comer.account_id, user_id=comer.user_id, session_id=session.id))
    )
    body = serializers.myself(found, session, store.clock.now())
    made = [cookies.session_cookie(site, opened.issued, life), cookies.device_cookie(site, opened.remembered.secret)]
    return Response(body, status_code=status, cookies=made)


handlers = [entry_state, set_up, sign_in, look_at_link, forgotten, choose_password, sign_out, demo_people, demo_sign_in]
