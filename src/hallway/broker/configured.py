"""The broker that an operator has set up."""

from hallway.broker.cluster import ClusterBroker
from hallway.broker.codecs import FullCodec, Reading, ReferenceCodec
from hallway.broker.in_process import InProcessBroker
from hallway.settings import Settings
from hallway.usecases.broker import Broker

# ruff: noqa: PLC0415 - each of these libraries is needed by its own broker alone


def configured_broker(settings: Settings, local: InProcessBroker, read: Reading) -> Broker:
    """Return the broker that the settings ask for: `local` itself where there is a single process."""
    match settings.pub_sub:
        case "in-process":
            return local
        case "postgresql":
            from hallway.broker.postgres import Postgres

            return ClusterBroker(local, Postgres(settings.database), ReferenceCodec(read))
        case servers:
            from hallway.broker.nats import Nats

            return ClusterBroker(local, Nats(servers.split(",")), FullCodec())
