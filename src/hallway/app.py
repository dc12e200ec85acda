"""The whole house, put together: settings in, an ASGI application out."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
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
from hallway.domain.notices import Channel
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.uploads import PictureReader, UploadReader
from hallway.settings import Settings
from hallway.storage import audit_heads
from hallway.storage.writer import Writer
from hallway.transport import documents, hosts, metrics, replies, search_keys, security_mails, web
from hallway.transport.addresses import Addresses
from hallway.transport.arrivals import Arrivals
from hallway.transport.audit_heads import HeadsExport
from hallway.transport.bulk import BulkWorker
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
from hallway.transport.pictures import Pictures
from hallway.transport.postman import Postman
from hallway.transport.slices import Slices
from hallway.transport.socket.endpoint import Endpoint
from hallway.transport.socket.healing import Healing
from hallway.transport.socket.hub import Hub
from hallway.transport.socket.lines import Lines
from hallway.transport.typing import TypingRelay
from hallway.transport.upkeep import Upkeep
from hallway.usecases.broker import Broker
from hallway.usecases.notifications import inbound
from hallway.usecases.notifications.compose import Courier
from hallway.usecases.runtime import Clock, Passwords
from hallway.usecases.transaction import Store


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
    kept = passwords or Argon2Passwords(settings.password_memory_kib)
    desk = Desk(store, writer, clock=clock or SystemClock(), ids=RandomIds(), passwords=kept)
    parts = _Parts(settings, desk, writer, own, set_up_token or secrets.token_urlsafe(18), is_first=is_first)
    return _litestar(State(parts.rooms()), parts.numbers, [parts.open])


class _Parts:
    """What one process is made of, over a desk; it opens and closes as a whole."""

    def __init__(
        self,
        settings: Settings,
        desk: Desk,
        writer: Writer,
        own: InProcessBroker,
        set_up_token: str,
        *,
        is_first: bool,
    ) -> None:
        self._desk, self._writer, self._own, self._is_first = desk, writer, own, is_first
        self._uploads = Sandbox()
        self._mails = Sandbox(processes=1)  # of their own, so that none waits behind somebody's large files
        there = couriers(settings, desk)
        self._postman = Postman(desk, there)
        self._broker = _broker(settings, own, desk)
        typing = TypingRelay(desk.read, self._broker.publish_ephemeral)
        self._door = _door(settings, desk, set_up_token, there, self._uploads, typing)
        self._hub, self._lines = Hub(self._broker.follow), Lines()
        self._healing = Healing(self._hub, self._lines, desk)
        self._last_seen = LastSeen(desk)
        self._upkeep = Upkeep(desk, Pictures(desk, PictureReader(self._uploads).read).draw_anew)
        inbound_mail = mailroom(settings, desk, self._door.sends, self._mails)
        forgotten = security_mails.forgotten_handler(desk, lambda kind: self._worker.wake(kind))  # noqa: PLW0108 - it is made below
        slices = Slices()
        bulk = BulkWorker(desk, slices, has_mail=self._door.has_mail, wake=lambda kind: self._worker.wake(kind))  # noqa: PLW0108 - as above
        handlers = [self._upkeep.handler, forgotten, bulk.handler(), *_handlers(settings, desk, inbound_mail, slices)]
        self._worker = Worker(desk, handlers)
        if inbound_mail:
            inbound_mail.wake = lambda: self._worker.wake(inbound.WORK.kind)
        self._inlet = inlet(settings, inbound_mail.accept) if inbound_mail and is_first else None
        self._heads = HeadsExport(desk, _heads_keeper(settings, desk.clock) if is_first else None)
        self.numbers = Metrics(settings.metrics_token)
        self._watch()

    def _watch(self) -> None:
        """Let the metrics say how each part does."""
        for source in (
            lambda: metrics.of_writer(self._writer),
            lambda: metrics.of_refusals(self._door.refusals),
            lambda: metrics.of_lines(len(self._lines), self._hub, self._healing.refreshes),
            lambda: metrics.of_notices(self._postman.told, self._postman.not_told),
            lambda: metrics.of_audit(self._heads.size),
            lambda: metrics.of_upkeep(self._upkeep.last.values(), self._upkeep.removed),
            lambda: metrics.of_jobs(
                self._worker.counts, self._worker.done, self._worker.failed, self._desk.clock.now()
            ),
        ):
            self.numbers.watch(source)

    def rooms(self) -> dict[str, object]:
        """What requests and tests find in the application's state."""
        return {
            "door": self._door,
            "endpoint": Endpoint(self._door, self._hub, self._lines),
            "worker": self._worker,
            "last_seen": self._last_seen,
            "sandbox": self._uploads,
            "health": Health(self._desk, self._writer.tally),
        }

    @asynccontextmanager
    async def open(self, _: Litestar) -> AsyncGenerator[None]:
        """Hear events, let mails come in and carry on what goes on beside the requests, for as long as it lasts."""
        self._subscribe()
        await self._broker.open()
        await self._learn()
        try:
            async with _open(self._inlet), _working(*self._works()):
                yield
        finally:
            await self._broker.close()
            self._unsubscribe()
            for one in (self._uploads, self._mails, self._desk):
                one.close()

    def _subscribe(self) -> None:
        self._broker.subscribe(self._hub.hear, self._healing.missed)
        self._broker.subscribe(self._door.typing.hear, self._door.typing.missed)
        self._broker.overhear(self._door.sends.hear)
        for hear in (self.numbers.hear, self._postman.hear):
            self._own.subscribe(hear, self._healing.missed)

    def _unsubscribe(self) -> None:
        for hear in (self.numbers.hear, self._postman.hear):
            self._own.unsubscribe(hear)
        for hear in (self._hub.hear, self._door.typing.hear, self._door.sends.hear):
            self._broker.unsubscribe(hear)

    async def _learn(self) -> None:
        """Whose events to follow, and by which names the account is reached."""
        account = await self._desk.read(lambda tx: tx.accounts.only())
        if account is not None:
            await self._broker.follow(account.id)
        await self._door.addresses.learn(self._desk)
        if self._is_first:
            self._door.addresses.warn()

    def _works(self) -> Sequence[Coroutine[None, None, None]]:
        return (
            self._lines.watch(),
            self._postman.work(),
            self._worker.work(),
            self._upkeep.watch(),
            self._heads.work(),
            self._last_seen.work(),
        )


def _door(
    settings: Settings,
    desk: Desk,
    set_up_token: str,
    there: Mapping[Channel, Courier],
    uploads: Sandbox,
    typing: TypingRelay,
) -> Door:
    """What every request comes through."""
    return Door(
        desk,
        settings.address,
        timedelta(days=settings.session_days),
        Tries(settings.sign_in_attempts_per_minute),
        Pace(settings.messages_per_minute),
        set_up_token,
        UploadReader(uploads),
        PictureReader(uploads).read,
        typing,
        outlets(settings, there),
        _offered(settings),
        addresses=Addresses([settings.address, *settings.other_urls.split()]),
        proxies=Proxies(settings.trusted_proxies),
    )


def _handlers(settings: Settings, desk: Desk, inbound_mail: Mailroom | None, slices: Slices) -> Sequence[Handler]:
    """How durable jobs are carried out, a handler for each kind."""
    mail = [Handler(inbound.WORK, inbound_mail.work_on)] if inbound_mail else []
    security = security_mails.handler(desk, security_mail_sender(settings, desk))
    return [
        Importer(desk, slices).handler(),
        search_keys.handler(desk),
        security,
        *mail,
    ]


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
