"""The live connections, put together."""

from hallway.transport import metrics
from hallway.transport.app_context import AppContext
from hallway.transport.process import Component
from hallway.transport.websocket.endpoint import Endpoint
from hallway.transport.websocket.hub import Hub
from hallway.transport.websocket.registry import SessionRegistry
from hallway.transport.websocket.resync import Resync
from hallway.transport.websocket.suspensions import Suspensions
from hallway.usecases.broker import Broker


def websocket_component(context: AppContext, broker: Broker) -> Component:
    """Serve the socket, and hand events to its sessions."""
    hub, registry = Hub(broker.follow), SessionRegistry()
    resync = Resync(hub, registry, context.store)
    return Component(
        listeners=[(hub.hear, resync.missed)],
        works=[registry.watch, Suspensions(hub, context.sites, context.store).watch],
        sources=[lambda: metrics.of_lines(len(registry), hub, resync.refreshes)],
        account_sources=[lambda: metrics.of_accounts_lines(hub.connections())],
        state={"endpoint": Endpoint(context, hub, registry)},
    )
