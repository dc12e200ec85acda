"""Put everything together: settings in, an ASGI application out."""

import secrets
from pathlib import Path

from litestar import Litestar

from hallway.adapters import Argon2Passwords, RandomIds, SystemClock
from hallway.broker.configured import configured_broker
from hallway.broker.in_process import InProcessBroker
from hallway.demo.academy import Academy
from hallway.integrations.clamav import Clamd
from hallway.integrations.previews import PagePreviews
from hallway.integrations.sandbox import Sandbox
from hallway.integrations.uploads import UploadReader
from hallway.integrations.web_pages import WebPages
from hallway.notifications.component import inbound_mail_component, notifications_component, security_mails_component
from hallway.notifications.registry import available_channels, connected
from hallway.settings import Settings
from hallway.storage.audit_heads import keeper
from hallway.storage.blobs import open_blobs
from hallway.storage.writer import Writer
from hallway.transport.app_context import AppContext, AvailableChannels, new_context
from hallway.transport.async_store import AsyncStore
from hallway.transport.attachments import new_attachments
from hallway.transport.audit_heads import audit_heads_component
from hallway.transport.background import background_component
from hallway.transport.health import health_component
from hallway.transport.http.component import application, http_component
from hallway.transport.metrics import Metrics
from hallway.transport.previews import previews_component
from hallway.transport.process import Process
from hallway.transport.websocket.component import websocket_component
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
    """Build the application over a store. Of several processes, the first does what is done once for all of them."""
    clock, passwords = clock or SystemClock(), passwords or Argon2Passwords(settings.password_memory_kib)
    process, sandbox = _process(settings, store, clock, passwords), Sandbox()
    previews = PagePreviews(WebPages(), sandbox) if settings.link_previews == "on" else None
    channels, wake = connected(settings, process.store), process.worker.wake
    context = _context(settings, process, sandbox, available_channels(settings, channels), set_up_token)
    process.add(
        http_component(context, lambda: _close_files(sandbox, context), is_first=is_first),
        websocket_component(context, process.broker),
        notifications_component(context, channels),
        security_mails_component(settings, context, wake),
        inbound_mail_component(settings, context, wake, is_first=is_first),
        background_component(context, wake),
        previews_component(process.store, previews, wake),
        audit_heads_component(context, keeper(Path(settings.data), clock) if is_first else None),
    )
    return application(process.state, process.open)


def _process(settings: Settings, store: Store, clock: Clock, passwords: Passwords) -> Process:
    """Build the process with the store, its writer, and the broker of their events."""
    local = InProcessBroker()
    writer = Writer(store, local.publish)
    async_store = AsyncStore(store, writer, clock=clock, ids=RandomIds(), passwords=passwords)
    broker = configured_broker(settings, local, async_store.read)
    process = Process(
        async_store, local, broker, Metrics(settings.metrics_token, is_per_account=settings.metrics_per_account)
    )
    process.add(health_component(async_store, writer))
    return process


def _close_files(sandbox: Sandbox, context: AppContext) -> None:
    """End what reads and draws files, and the threads of their store."""
    sandbox.close()
    context.attachments.blobs.close()


def _context(
    settings: Settings, process: Process, sandbox: Sandbox, channels: AvailableChannels, set_up_token: str | None
) -> AppContext:
    files = UploadReader(sandbox)
    scanner = Clamd(settings.scanner) if settings.scanner else None
    blobs = open_blobs(settings.files, settings.data)
    return new_context(
        settings,
        process.store,
        set_up_token=set_up_token or secrets.token_urlsafe(18),
        publish=process.broker.publish_ephemeral,
        channels=channels,
        files=files,
        attachments=new_attachments(settings, process.store, blobs=blobs, draw=files.draw, scanner=scanner),
        offered=Academy().doors() if settings.demo else None,
    )


def sketch() -> Litestar:
    """Build the application without a store: it can describe itself, and answer nothing."""
    return application({"metrics": Metrics("")})
