"""A second owner: whoever has the set-up link uses it on two processes at the same moment, to own an account, too."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from hallway.adapters import RandomIds
from hallway.storage.store import SqlStore, open_store
from hallway.usecases.accounts.founding import Founding, found_account
from hallway.usecases.errors import Conflict
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres

TOKEN = "the-token-of-the-first-run"


@pytest.fixture
def stores(database: str) -> Iterator[list[SqlStore]]:
    """As many as processes would have."""
    opened = [open_store(database) for _ in range(4)]
    yield opened
    for one in opened:
        one.close()


def test_stores_that_found_at_once_make_one_account(stores: list[SqlStore]) -> None:
    start = threading.Barrier(len(stores))

    def found(number: int) -> Exception | None:
        founding = Founding(
            academy=f"Academy {number}", name="Olga", email=f"olga{number}@mail.example", login=f"olga{number}"
        )
        start.wait()
        work = stores[number].write
        return work([lambda tx: found_account(tx, founding, password_hash="#", ids=RandomIds())])[0].failure

    with ThreadPoolExecutor(len(stores)) as threads:
        failures = list(threads.map(found, range(len(stores))))
    refused = [one for one in failures if one is not None]
    assert len(refused) == len(stores) - 1
    assert {(type(one), getattr(one, "code", None)) for one in refused} == {(Conflict, "already_set_up")}


@pytest.fixture
def processes(postgres: Postgres, tmp_path: Path) -> Iterator[list[Hallway]]:
    """Two servers over one empty database."""
    url = postgres.new_database()
    started = [installation(tmp_path / name, database=url, set_up_token=TOKEN) for name in ("one", "two")]
    yield started
    for one in started:
        one.stop()


@pytest.mark.slow
def test_processes_that_are_set_up_at_once_have_one_owner(processes: list[Hallway]) -> None:
    start = threading.Barrier(len(processes))

    def set_up(number: int) -> httpx.Response:
        address, login = processes[number].address, f"owner{number}"
        person: dict[str, Any] = {"name": login, "email": f"{login}@mail.example", "login": login}
        body = {"token": TOKEN, "academy": login, "password": "a long enough password", **person}
        start.wait()
        return httpx.post(f"{address}/api/v1/set-up", json=body, headers={"Origin": address}, timeout=60)

    with ThreadPoolExecutor(len(processes)) as threads:
        answers = list(threads.map(set_up, range(len(processes))))
    assert sorted(one.status_code for one in answers) == [201, 409]
    (second,) = [one.json() for one in answers if one.status_code == 409]
    assert second["code"] == "already_set_up"
    (academy,) = {httpx.get(f"{one.address}/api/v1/entry").json()["academy"] for one in processes}
    assert academy in {"owner0", "owner1"}
