"""The whole house, put together: settings in, an ASGI application out."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import uvicorn
from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig

from hallway import __version__
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.between import Between
from hallway.broker.by_ids import ByIds
from hallway.broker.in_process import InProcessBroker
from hallway.broker.whole import Whole
from hallway.couriers import Inlet, couriers, inlet, mailroom, outlets, security_mail_sender
from hallway.demo.academy import Academy
from hallway.domain.audit import Head
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.uploads import UploadReader
from hallway.settings import Settings
from hallway.storage import audit_heads
from hallway.storage.writer import Writer
from hallway.transport import documents, hosts, metrics, replies, security_mails, web
from hallway.transport.addresses import Addresses
from hallway.transport.arrivals import Arrivals
from hallway.transport.audit_heads import HeadsExport
from hallway.transport.desk import Desk
from hallway.transport.health import Health
from hallway.transport.http.doors import Door
from hallway.transport.http.routes import api
from hallway.transport.importer import Importer
from hallway.transport.jobs import Handler, Worker
from hallway.transport.last_seen import LastSeen
from hallway.transport.mailroom import Mailroom
from hallway.transport.metrics import Metrics
from hallway.transport.networks import Proxies
from hallway.transport.pace import Pace, Tries
from hallway.transport.postman import Postman
from hallway.transport.socket.endpoint import Endpoint
from hallway.transport.socket.healing import Healing
from hallway.transport.socket.hub import Hub
from hallway.transport.socket.lines import Lines
from hallway.transport.upkeep import Upkeep
from hallway.usecases import inbound
from hallway.usecases.news import Broker
from hallway.usecases.ports import Clock, Passwords, Store


def build(
    settings: Settings,
    store: Store,
    *,
    set_up_token: str | None = None,
    clock: Clock | None = None,
    passwords: Passwords | None = None,
    is_first: bool = True,
) -> Litestar:
    """The application over a store. Of several workers the first one takes the mails that come in."""
    own = InProcessBroker()
    writer = Writer(store, own.publish)
    desk = Desk(
        store,
        writer,
        clock=clock or SystemClock(),
        ids=RandomIds(),
        passwords=passwords or Argon2Passwords(settings.password_memory_kib),
    )
    there = couriers(settings, desk)
    postman = Postman(desk, there)
    sandbox = Sandbox()
    door = Door(
        desk,
        settings.address,
        timedelta(days=settings.session_days),
        Tries(settings.sign_in_attempts_per_minute),
        Pace(settings.messages_per_minute),
        set_up_token or secrets.token_urlsafe(18),
        UploadReader(sandbox).read,
        outlets(settings, there),
        _offered(settings),
        addresses=Addresses([settings.address, *settings.other_urls.split()]),
        proxies=Proxies(settings.trusted_proxies),
    )
    mails = Sandbox(processes=1)  # of their own, so that none waits behind somebody's large files
    inbound_mail = mailroom(settings, desk, door.sends, mails)
    broker = _broker(settings, own, desk)
    upkeep = Upkeep(desk)
    worker = Worker(desk, [upkeep.handler, *_handlers(settings, desk, inbound_mail)])
    heads = HeadsExport(desk, _heads_keeper(settings, desk.clock) if is_first else None)
    mails_come_in = inlet(settings, inbound_mail.accept) if inbound_mail and is_first else None
    if inbound_mail:
        inbound_mail.wake = lambda: worker.wake(inbound.WORK.kind)
    hub, lines = Hub(broker.follow), Lines()
    healing, last_seen = Healing(hub, lines, desk), LastSeen(desk)
    numbers = Metrics(settings.metrics_token)
    for source in (
        lambda: metrics.of_writer(writer),
        lambda: metrics.of_refusals(door.refusals),
        lambda: metrics.of_lines(len(lines), hub, healing.refreshes),
        lambda: metrics.of_notices(postman.told, postman.not_told),
        lambda: metrics.of_audit(heads.size),
        lambda: metrics.of_upkeep(upkeep.last.values(), upkeep.removed),
        lambda: metrics.of_jobs(worker.counts, worker.done, worker.failed, desk.clock.now()),
    ):
        numbers.watch(source)

    @asynccontextmanager
    async def listening(_: Litestar) -> AsyncGenerator[None]:
        broker.subscribe(hub.hear, healing.missed)
        broker.overhear(door.sends.hear)
        for hear in (numbers.hear, postman.hear):
            own.subscribe(hear, healing.missed)
        await broker.open()
        account = await desk.read(lambda tx: tx.accounts.only())
        if account is not None:
            await broker.follow(account.id)
        await door.addresses.learn(desk)
        if is_first:
            door.addresses.warn()
        try:
            works = (lines.watch(), postman.work(), worker.work(), upkeep.watch(), heads.work(), last_seen.work())
            async with _open(mails_come_in), _working(*works):
                yield
        finally:
            await broker.close()
            for hear in (numbers.hear, postman.hear):
                own.unsubscribe(hear)
            for hear in (hub.hear, door.sends.hear):
                broker.unsubscribe(hear)
            sandbox.close()
            mails.close()
            desk.close()

    rooms = {
        "door": door,
        "endpoint": Endpoint(door, hub, lines),
        "worker": worker,
        "last_seen": last_seen,
        "sandbox": sandbox,
        "health": Health(desk, writer.tally),
    }
    return _litestar(State(rooms), numbers, [listening])


def _handlers(settings: Settings, desk: Desk, inbound_mail: Mailroom | None) -> Sequence[Handler]:
    """How durable jobs are carried out, a handler for each kind."""
    mail = [Handler(inbound.WORK, inbound_mail.work_on)] if inbound_mail else []
    security = security_mails.handler(desk, security_mail_sender(settings, desk))
    return [Importer(desk).handler(), security, *mail]


def _heads_keeper(settings: Settings, clock: Clock) -> Callable[[Sequence[Head]], None]:
    """What writes the heads of the audit log into the data folder."""
    path = Path(settings.data) / audit_heads.NAME
    return lambda heads: audit_heads.append(path, heads, clock.now())


@asynccontextmanager
async def _open(inlet: Inlet | None) -> AsyncGenerator[None]:
    """Let mails come in, where they do; first of all nothing more comes in when it ends."""
    if inlet is not None:
        await inlet.open()
    try:
        yield
    finally:
        if inlet is not None:
            await inlet.close()


@asynccontextmanager
async def _working(*works: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """What goes on beside the requests, until they end."""
    tasks = [asyncio.create_task(one) for one in works]
    try:
        yield
    finally:
        for one in tasks:
            one.cancel()


def _broker(settings: Settings, own: InProcessBroker, desk: Desk) -> Broker:
    """What tells other processes of events; `own` alone when there are none."""
    match settings.carrier:
        case "in-process":
            return own
        case "postgresql":
            from hallway.broker.postgres import Postgres  # noqa: PLC0415 - a library that no other carrier needs

            return Between(own, Postgres(settings.database), ByIds(desk.read))
        case servers:
            from hallway.broker.nats import Nats  # noqa: PLC0415 - as above

            return Between(own, Nats(servers.split(",")), Whole())


def server_config(house: Litestar, settings: Settings) -> uvicorn.Config:
    """How the application is served: with our own end of the socket, and a time to finish when it stops."""
    return uvicorn.Config(
        house,
        host=settings.host,
        port=settings.port,
        http=Arrivals,
        ws=house.state.endpoint,
        forwarded_allow_ips=settings.trusted_proxies,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def sketch() -> Litestar:
    """The application without a store: it can describe itself, and answer nothing."""
    return _litestar(State(), Metrics(""), [])


def _litestar(
    state: State, numbers: Metrics, lifespan: Sequence[Callable[[Litestar], AbstractAsyncContextManager[None]]]
) -> Litestar:
    state.metrics = numbers
    application = Litestar(
        route_handlers=[api(), *documents.handlers, *metrics.handlers, *web.handlers],
        state=state,
        exception_handlers={Exception: replies.answer},
        lifespan=list(lifespan),
        openapi_config=OpenAPIConfig(
            title="Hallway", version=__version__, path="/openapi-of-litestar", description=documents.DESCRIPTION
        ),
        logging_config=None,
    )
    if "door" in state:
        application.asgi_handler = hosts.only_known(application.asgi_handler, state.door)
    # Around everything, so that an address that leads nowhere is answered with the same headers.
    application.asgi_handler = web.guarded(application.asgi_handler, numbers)
    return application


def _offered(settings: Settings) -> Sequence[tuple[str, str]] | None:
    return Academy().doors() if settings.demo else None
