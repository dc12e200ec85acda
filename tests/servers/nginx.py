"""nginx as docs/operators.md sets it up in front of several processes, on a free loopback port and without TLS."""

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hallway.client import Client
from hallway.demo.academy import PASSWORD
from tests.servers.ports import free_port
from tests.servers.programs import ended, listens, started

GUIDE = Path(__file__).parents[2] / "docs" / "operators.md"
SERVER = shutil.which("nginx") or "/usr/sbin/nginx"
UPSTREAM = r"( *server 127\.0\.0\.1:)8081( .*\n) *server 127\.0\.0\.1:8082 .*\n"
"""The two processes of the guide; there may be any number."""
AROUND = """
daemon off; pid {home}/pid; error_log {home}/error.log; worker_processes 1; worker_rlimit_nofile 20000;
events {{ worker_connections 10000; }}
http {{
access_log off;
client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
{guide}
}}
"""


def of_the_guide(heading: str) -> str:
    """The configuration under this heading of the guide."""
    section = GUIDE.read_text("utf-8").partition(f"\n{heading}\n")[2]
    return section.partition("```nginx\n")[2].partition("```")[0]


class Nginx:
    """In front of processes on these ports."""

    def __init__(self, ports: Sequence[int]) -> None:
        """Start it, and wait until it takes connections."""
        self._home = Path(tempfile.mkdtemp(prefix="hallway-nginx-"))
        self.port = free_port()
        guide = of_the_guide("## Several processes")
        guide = re.sub(UPSTREAM, lambda line: "".join(f"{line[1]}{port}{line[2]}" for port in ports), guide)
        guide = guide.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        guide = re.sub(r"^ *(ssl_|server_name).*\n", "", guide, flags=re.MULTILINE)
        config = self._home / "nginx.conf"
        config.write_text(AROUND.format(home=self._home, guide=guide), "utf-8")
        command = [SERVER, "-e", f"{self._home}/error.log", "-p", self._home, "-c", config]
        self._server = started(command, lambda: listens(self.port), log=self._home / "error.log")

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, login: str | None = None, *, token: str | None = None) -> Client:
        """A client, signed in as somebody of the demo academy when a login is given."""
        client = Client(self.address, token=token)
        if login is not None:
            client.sign_in(login, PASSWORD)
        return client

    def remove(self) -> None:
        """Stop it, and take its files away."""
        ended(self._server)
        shutil.rmtree(self._home)
