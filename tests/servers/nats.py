"""A NATS server, or a cluster of them, on free loopback ports."""

import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.programs import listens, started

SERVER = shutil.which("nats-server") or "/usr/sbin/nats-server"


class Nats:
    """Nodes that know each other; each can be killed and started again."""

    def __init__(self, nodes: int = 1) -> None:
        """Start them."""
        self._home = Path(tempfile.mkdtemp(prefix="hallway-nats-"))
        self.ports = [free_port() for _ in range(nodes)]
        self._routes = [free_port() for _ in range(nodes)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        try:
            for node in range(nodes):
                self.start(node)
        except BaseException:
            self.remove()
            raise

    @property
    def addresses(self) -> str:
        """As the setting takes them."""
        return ",".join(f"nats://127.0.0.1:{port}" for port in self.ports)

    def start(self, node: int) -> None:
        """Start one, and wait until it takes connections."""
        routes = ",".join(f"nats://127.0.0.1:{port}" for port in self._routes)
        cluster = ["--cluster_name", "test", "--cluster", f"nats://127.0.0.1:{self._routes[node]}", "--routes", routes]
        command = [SERVER, "-a", "127.0.0.1", "-p", str(self.ports[node]), *(cluster if len(self.ports) > 1 else [])]
        said = self._home / f"log-{node}"
        with said.open("ab") as log:
            answers = partial(listens, self.ports[node])
            self._running[node] = started(command, answers, log=said, stdout=log, stderr=log)

    def kill(self, node: int) -> None:
        """End one at once."""
        server = self._running.pop(node)
        server.kill()
        server.wait()

    def remove(self) -> None:
        """End all, and take their files away."""
        for node in list(self._running):
            self.kill(node)
        shutil.rmtree(self._home)
