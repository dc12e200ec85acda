"""Put everything together: settings in, an ASGI application out."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import uvicorn
from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig

from hallway import __version__
from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.cluster import ClusterBroker
from hallway.broker.codecs import FullCodec, ReferenceCodec
from hallway.broker.in_process import InProcessBroker
from hallway.demo.academy import Academy
from hallway.domain.audit import Head
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.uploads import PictureReader, UploadReader
from hallway.notifications import security_mails
from hallway.notifications.inbound import InboundMail
from hallway.notifications.mails import MailSource, inbound_mail, mail_source, security_mail_sender
from hallway.notifications.registry import available_channels, connected
from hallway.notifications.worker import NotificationWorker
from hallway.settings import Settings
from hallway.storage import audit_heads
from hallway.storage.writer import Writer
from hallway.transport import errors, hosts, metrics, openapi, search_keys, static
from hallway.transport.app_context import AppContext, AvailableChannels
from hallway.transport.async_store import AsyncStore
from hallway.transport.audit_heads import HeadsExport
from hallway.transport.bulk import BulkWorker
from hallway.transport.health import Health
from hallway.transport.http.routes import api
from hallway.transport.importer import Importer
from hallway.transport.jobs import Handler, Worker
from hallway.transport.last_seen import LastSeen
from hallway.transport.metrics import Metrics
from hallway.transport.networks import Proxies
from hallway.transport.pictures import Pictures
from hallway.transport.rate_limit import FailureLimiter, MessageRates
from hallway.transport.slices import Slices
from hallway.transport.tenancy import Sites
from hallway.transport.timeouts import Arrivals
from hallway.transport.typing import TypingRelay
from hallway.transport.upkeep import Upkeep
from hallway.transport.websocket.endpoint import Endpoint
from hallway.transport.websocket.hub import Hub
from hallway.transport.websocket.registry import SessionRegistry
from hallway.transport.websocket.resync import Resync
from hallway.usecases.accounts import provisioning
from hallway.usecases.broker import Broker
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import inbound
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
    async_store = AsyncStore(store, writer, clock=clock or SystemClock(), ids=RandomIds(), passwords=kept)
    parts = _Parts(
        settings=settings,
        async_store=async_store,
        writer=writer,
        own=own,
        set_up_token=set_up_token or secrets.token_urlsafe(18),
        is_first=is_first,
    )
    return _litestar(State(parts.rooms()), parts.numbers, [parts.open])


class _Parts:
    """The parts of one process, over one store; they open and close together."""

    def __init__(
        self,
        *,
        settings: Settings,
        async_store: AsyncStore,
        writer: Writer,
        own: InProcessBroker,
        set_up_token: str,
        is_first: bool,
    ) -> None:
        self._async_store, self._writer, self._own, self._is_first = async_store, writer, own, is_first
        self._uploads = Sandbox()
        self._mails = Sandbox(processes=1)  # of their own, so that none waits behind somebody's large files
        connected_channels = connected(settings, async_store)
        available = available_channels(settings, connected_channels)
        self._notification_worker = NotificationWorker(async_store, available.declared, connected_channels)
        self._broker = _broker(settings, own, async_store)
        typing = TypingRelay(async_store.read, self._broker.publish_ephemeral)
        self._context = _context(settings, async_store, set_up_token, available, self._uploads, typing)
        self._hub, self._registry = Hub(self._broker.follow), SessionRegistry()
        self._resync = Resync(self._hub, self._registry, async_store)
        self._last_seen = LastSeen(async_store)
        self._upkeep = Upkeep(async_store, Pictures(async_store, PictureReader(self._uploads).read).draw_anew)
        mails = inbound_mail(settings, async_store, self._context.sends, self._mails)
        forgotten = security_mails.forgotten_handler(async_store, self._wake)
        slices = Slices()
        bulk = BulkWorker(async_store, slices, has_mail=self._context.has_mail, wake=self._wake)
        handlers = [
            self._upkeep.handler,
            forgotten,
            bulk.handler(),
            *_handlers(settings, async_store, mails, slices),
        ]
        self._worker = Worker(async_store, handlers)
        if mails:
            mails.wake = lambda: self._worker.wake(inbound.WORK.kind)
        self._mail_source = mail_source(settings, mails.accept) if mails and is_first else None
        self._heads = HeadsExport(async_store, _heads_keeper(settings, async_store.clock) if is_first else None)
        self.numbers = Metrics(settings.metrics_token)
        self._watch()

    def _wake(self, kind: str) -> None:
        """Let the worker look at once for jobs of a kind."""
        self._worker.wake(kind)

    def _watch(self) -> None:
        """Let the metrics say how each part does."""
        for source in (
            lambda: metrics.of_writer(self._writer),
            lambda: metrics.of_refusals(self._context.refusals),
            lambda: metrics.of_lines(len(self._registry), self._hub, self._resync.refreshes),
            lambda: metrics.of_notices(self._notification_worker.told, self._notification_worker.not_told),
            lambda: metrics.of_audit(self._heads.size),
            lambda: metrics.of_upkeep(self._upkeep.last.values(), self._upkeep.removed),
            lambda: metrics.of_jobs(
                self._worker.counts, self._worker.done, self._worker.failed, self._async_store.clock.now()
            ),
        ):
            self.numbers.watch(source)

    def rooms(self) -> dict[str, object]:
        """What requests and tests find in the application's state."""
        return {
            "context": self._context,
            "endpoint": Endpoint(self._context, self._hub, self._registry),
            "worker": self._worker,
            "last_seen": self._last_seen,
            "sandbox": self._uploads,
            "health": Health(self._async_store, self._writer.statistics),
        }

    @asynccontextmanager
    async def open(self, _: Litestar) -> AsyncGenerator[None]:
        """Hear events, let mails come in and carry on what goes on beside the requests, for as long as it lasts."""
        self._subscribe()
        await self._broker.open()
        await self._learn()
        try:
            async with _open(self._mail_source), _working(*self._works()):
                yield
        finally:
            await self._broker.close()
            self._unsubscribe()
            for one in (self._uploads, self._mails, self._async_store):
                one.close()

    def _subscribe(self) -> None:
        self._broker.subscribe(self._hub.hear, self._resync.missed)
        self._broker.subscribe(self._context.typing.hear, self._context.typing.missed)
        self._broker.subscribe(self._context.sites.hear, self._context.sites.missed)
        self._broker.overhear(self._context.sends.hear)
        for hear in (self.numbers.hear, self._notification_worker.hear):
            self._own.subscribe(hear, self._resync.missed)

    def _unsubscribe(self) -> None:
        for hear in (self.numbers.hear, self._notification_worker.hear):
            self._own.unsubscribe(hear)
        for hear in (self._hub.hear, self._context.typing.hear, self._context.sites.hear, self._context.sends.hear):
            self._broker.unsubscribe(hear)

    async def _learn(self) -> None:
        """Whose events to follow, and by which names the account is reached."""
        account = await self._async_store.read(lambda tx: tx.accounts.default())
        if account is not None:
            await self._broker.follow(account.id)
        if self._is_first:
            await self._context.sites.warn()

    def _works(self) -> Sequence[Coroutine[None, None, None]]:
        return (
            self._registry.watch(),
            self._notification_worker.work(),
            self._worker.work(),
            self._upkeep.watch(),
            self._heads.work(),
            self._last_seen.work(),
        )


def _context(
    settings: Settings,
    async_store: AsyncStore,
    set_up_token: str,
    available: AvailableChannels,
    uploads: Sandbox,
    typing: TypingRelay,
) -> AppContext:
    """What every request comes through."""
    return AppContext(
        store=async_store,
        sites=Sites(async_store.read, settings.address, settings.other_urls.split()),
        session_life=timedelta(days=settings.session_days),
        sign_ins=FailureLimiter(settings.sign_in_attempts_per_minute),
        sends=MessageRates(settings.messages_per_minute),
        set_up_token=set_up_token,
        files=UploadReader(uploads),
        read_picture=PictureReader(uploads).read,
        typing=typing,
        channels=available,
        offered=_offered(settings),
        proxies=Proxies(settings.trusted_proxies, sets_host=settings.forwarded_host),
    )


def _handlers(
    settings: Settings, async_store: AsyncStore, inbound_mail: InboundMail | None, slices: Slices
) -> Sequence[Handler]:
    """How durable jobs are carried out, a handler for each kind."""
    mail = [Handler(inbound.WORK, inbound_mail.work_on)] if inbound_mail else []
    security = security_mails.handler(async_store, security_mail_sender(settings, async_store))
    return [
        Importer(async_store, slices).handler(),
        Handler(provisioning.CLOSING, partial(_close, async_store)),
        search_keys.handler(async_store),
        security,
        *mail,
    ]


async def _close(async_store: AsyncStore, job: Job) -> None:
    await async_store.write(lambda tx: provisioning.close(tx, job))


def _heads_keeper(settings: Settings, clock: Clock) -> Callable[[Sequence[Head]], None]:
    """What writes the heads of the audit log into the data folder."""
    path = Path(settings.data) / audit_heads.NAME
    return lambda heads: audit_heads.append(path, heads, clock.now())


@asynccontextmanager
async def _open(mail_source: MailSource | None) -> AsyncGenerator[None]:
    """Let mails come in, where they do; first of all nothing more comes in when it ends."""
    if mail_source is not None:
        await mail_source.open()
    try:
        yield
    finally:
        if mail_source is not None:
            await mail_source.close()


@asynccontextmanager
async def _working(*works: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """What goes on beside the requests, until they end."""
    tasks = [asyncio.create_task(one) for one in works]
    try:
        yield
    finally:
        for one in tasks:
            one.cancel()


def _broker(settings: Settings, own: InProcessBroker, async_store: AsyncStore) -> Broker:
    """What tells other processes of events; `own` alone when there are none."""
    match settings.pub_sub:
        case "in-process":
            return own
        case "postgresql":
            from hallway.broker.postgres import Postgres  # noqa: PLC0415 - a library that nothing else needs

            return ClusterBroker(own, Postgres(settings.database), ReferenceCodec(async_store.read))
        case servers:
            from hallway.broker.nats import Nats  # noqa: PLC0415 - as above

            return ClusterBroker(own, Nats(servers.split(",")), FullCodec())


def server_config(environment: Litestar, settings: Settings) -> uvicorn.Config:
    """How the application is served: with our own end of the socket, and a time to finish when it stops."""
    return uvicorn.Config(
        environment,
        host=settings.host,
        port=settings.port,
        http=Arrivals,
        ws=environment.state.endpoint,
        proxy_headers=False,  # `hosts` and the socket read them, both in the same way
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
        route_handlers=[api(), *openapi.handlers, *metrics.handlers, *static.handlers],
        state=state,
        exception_handlers={Exception: errors.answer},
        lifespan=list(lifespan),
        openapi_config=OpenAPIConfig(
            title="Hallway", version=__version__, path="/openapi-of-litestar", description=openapi.DESCRIPTION
        ),
        logging_config=None,
    )
    if "context" in state:
        application.asgi_handler = hosts.for_sites(application.asgi_handler, state.context)
    # Around everything, so that an address that leads nowhere is answered with the same headers.
    application.asgi_handler = static.guarded(application.asgi_handler, numbers)
    return application


def _offered(settings: Settings) -> Sequence[tuple[str, str]] | None:
    return Academy().doors() if settings.demo else None
