"""The demo academy over one database, with a clock and a hasher that obey the test, and people who are new to it."""

import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx

from hallway.adapters import Argon2Passwords, RandomIds
from hallway.client import Client
from hallway.demo.academy import PASSWORD as OWNERS_PASSWORD
from hallway.domain.ids import AccountId, UserId
from hallway.storage.store import open_store
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.access import links
from hallway.usecases.transaction import Transaction
from tests.servers.academy import QUICK, Serving

T = TypeVar("T")

PASSWORD = "a long enough password"
PATIENCE = 60
"""Seconds against a hang."""


class OwnClock:
    """`runtime.Clock`: the system's, unless the test goes ahead of it."""

    def __init__(self) -> None:
        """On time."""
        self.ahead = timedelta()

    def now(self) -> datetime:
        """The moment that it shows."""
        return datetime.now(UTC) + self.ahead


class HeldPasswords(Argon2Passwords):
    """`runtime.Passwords` of which the test holds one answer back, as a long queue does."""

    def __init__(self) -> None:
        """Nothing is held."""
        super().__init__(QUICK)
        self._held: tuple[str, Hold] | None = None

    def hold(self, work: str) -> "Hold":
        """Hold the next `hash` or `verify`."""
        hold = Hold()
        self._held = work, hold
        return hold

    def hash(self, password: str) -> str:
        """As Argon2 does."""
        answer = super().hash(password)
        self._wait("hash")
        return answer

    def verify(self, password: str, hashed: str | None) -> bool:
        """As Argon2 does."""
        answer = super().verify(password, hashed)
        self._wait("verify")
        return answer

    def _wait(self, work: str) -> None:
        held = self._held
        if held is not None and held[0] == work:
            self._held = None
            held[1].wait()


class Hold:
    """One answer that is held back."""

    def __init__(self) -> None:
        """It was not asked for yet."""
        self._is_there, self._may_go = threading.Event(), threading.Event()

    def wait(self) -> None:
        """The hasher's side: stay until it is let go."""
        self._is_there.set()
        assert self._may_go.wait(PATIENCE)

    def arrived(self) -> None:
        """Wait until it is held."""
        assert self._is_there.wait(PATIENCE)

    def let_go(self) -> None:
        """Let the answer out."""
        self._may_go.set()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who was just added, with a password."""

    id: str
    login: str


@dataclass(frozen=True, slots=True)
class Premises:
    """The academy as it is served here."""

    serving: Serving
    clock: OwnClock
    passwords: HeldPasswords
    exits: ExitStack = field(default_factory=ExitStack)

    @property
    def api(self) -> str:
        """Where the API answers."""
        return f"{self.serving.address}/api/v1"

    def close(self) -> None:
        """Let go of the clients, and stop."""
        self.exits.close()
        self.serving.stop()

    def client(self, token: str | None = None) -> Client:
        """A program with a token, or a browser in which nobody is signed in yet."""
        return self.exits.enter_context(Client(self.serving.address, token=token))

    def browser(self, somebody: Newcomer) -> Client:
        """A browser of theirs, signed in."""
        client = self.client()
        client.sign_in(somebody.login, PASSWORD)
        return client

    def owner(self) -> Client:
        """The academy's owner at a browser."""
        client = self.client()
        client.sign_in("ingrid", OWNERS_PASSWORD)
        return client

    def newcomer(self, role: wire_fields.Role = "learner") -> Newcomer:
        """Somebody new."""
        login = f"nova-{secrets.token_hex(6)}"
        new = wire_admin.NewUser(
            name="Nova Newcomer", email=f"{login}@mail.example", login=login, role=role, password=PASSWORD
        )
        added = self.owner().ask("POST", "/admin/users", new, wire_admin.AdminUser)
        return Newcomer(added.id, login)

    def deactivate(self, somebody: Newcomer) -> None:
        """Let the owner deactivate them."""
        self.owner().ask("POST", f"/admin/users/{somebody.id}/deactivate")

    def choose_by_link(self, somebody: Newcomer, password: str) -> httpx.Response:
        """Spend a link that the operator has made for them."""
        return self.spend(self.link(somebody), password)

    def link(self, somebody: Newcomer) -> str:
        """The secret of a link that the operator makes for them."""

        def work(tx: Transaction, account_id: AccountId) -> str:
            return links.issue_link(tx, account_id, UserId(somebody.id), clock=self.clock, ids=RandomIds()).secret

        return self.change(work)

    def spend(self, link: str, password: str) -> httpx.Response:
        """Choose a password with a link."""
        return httpx.post(f"{self.api}/password", json={"token": link, "password": password}, timeout=PATIENCE)

    def change(self, work: Callable[[Transaction, AccountId], T]) -> T:
        """Change the store itself, as the operator's command does."""
        store = open_store(self.serving.settings.database_url)

        def in_account(tx: Transaction) -> T:
            account = tx.accounts.default()
            assert account is not None
            return work(tx, account.id)

        (outcome,) = store.write([in_account])
        store.close()
        if outcome.failure is not None:
            raise outcome.failure
        assert outcome.value is not None
        return outcome.value
