"""Many who try to sign in at the same moment, each from an address that the proxy of this machine tells."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from hallway.demo.academy import PASSWORD


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in at a server."""

    server: str
    login: str
    password: str = "a guess of ten letters"
    address: str = "203.0.113.1"
    device: str = ""

    def make(self) -> httpx.Response:
        """Try."""
        headers = {"X-Forwarded-For": self.address}
        if self.device:
            headers["Cookie"] = f"hallway_device={self.device}"
        body = {"login": self.login, "password": self.password}
        return httpx.post(f"{self.server}/api/v1/session", json=body, headers=headers, timeout=60)


def rightly(server: str, login: str, address: str = "203.0.113.1", device: str = "") -> Try:
    """Somebody of the demo academy with their own password."""
    return Try(server, login, PASSWORD, address, device)


def at_once(tries: Sequence[Try]) -> list[httpx.Response]:
    """All of them."""
    with ThreadPoolExecutor(len(tries)) as threads:
        return list(threads.map(Try.make, tries))


def statuses(answers: Sequence[httpx.Response]) -> Counter[int]:
    """How many were answered how."""
    return Counter(one.status_code for one in answers)
