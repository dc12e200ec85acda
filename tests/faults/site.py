"""A whole site on one machine: three processes, PostgreSQL with a standby, three NATS nodes, nginx in front."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.contenders import hallway as crowd
from hallway.client import Client
from tests.faults.company import Company, whole_history
from tests.faults.listeners import Listener
from tests.faults.talkers import Faults, Talker
from tests.servers.hallway import Hallway, installation
from tests.servers.nats import Nats
from tests.servers.nginx import Nginx
from tests.servers.postgres import Postgres
from tests.servers.wire import Wire

PROCESSES, NODES = 3, 3


@dataclass(frozen=True, slots=True)
class Site:
    """All parts; the last process reaches all others through `wires` alone."""

    processes: Sequence[Hallway]
    primary: Postgres
    standby: Postgres
    nats: Nats
    front: Nginx
    wires: Sequence[Wire]


@contextmanager
def site(people: int) -> Iterator[Site]:
    """Start all of it over an academy of so many people."""
    with ExitStack() as exits:
        folder = Path(exits.enter_context(tempfile.TemporaryDirectory(prefix="hallway-site-")))
        primary = Postgres()
        exits.callback(primary.remove)
        name = primary.new_database().rpartition("/")[2]
        standby = Postgres(follows=primary)
        exits.callback(standby.remove)
        primary.wait_for_standby()
        nats = Nats(NODES)
        exits.callback(nats.remove)
        wires = [Wire(port) for port in (primary.port, standby.port, *nats.ports)]
        for wire in wires:
            exits.callback(wire.remove)
        database = _address(name, primary.port, standby.port)
        crowd.found(database, lambda tx: crowd.found_academy(tx, people))
        straight = {"database": database, "broker": nats.addresses}
        to_databases, to_nodes = [wire.port for wire in wires[:2]], [wire.port for wire in wires[2:]]
        wired = {
            "database": _address(name, *to_databases),
            "broker": ",".join(map("nats://127.0.0.1:{}".format, to_nodes)),
        }
        processes: list[Hallway] = []
        for number, settings in enumerate([straight] * (PROCESSES - 1) + [wired]):
            processes.append(installation(folder / str(number), **settings))
            exits.callback(processes[-1].kill)
        front = Nginx([one.command.port for one in processes])
        exits.callback(front.remove)
        yield Site(processes, primary, standby, nats, front, wires)


def _address(name: str, *ports: int) -> str:
    """Whichever of these databases takes writes."""
    hosts = ",".join("127.0.0.1" for _ in ports)
    return f"postgresql://hallway@/{name}?host={hosts}&port={','.join(map(str, ports))}&target_session_attrs=read-write"


@contextmanager
def crowd_in(place: Site, people: int) -> Iterator[tuple[Company, list[Listener]]]:
    """Pairs who write to each other through nginx, and for each of them one more page that only listens."""
    faults, talkers, listeners = Faults(), list[Talker](), list[Listener]()
    with ExitStack() as exits:
        for number in range(0, people, 2):
            pair = [exits.enter_context(_client(place, one)) for one in (number, number + 1)]
            chat = pair[0].send_to_person(crowd.user_id(number + 1), "First words").conversation_id
            for who, client in enumerate(pair, start=number):
                talkers.append(Talker(f"person {who}", client, chat, faults))
                listeners.append(Listener(client, chat, whole_history))
        yield Company(talkers, faults), listeners


def _client(place: Site, number: int) -> Client:
    return place.front.client(token=crowd.secret(number))
