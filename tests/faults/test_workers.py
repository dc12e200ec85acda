"""`hallway serve --workers` under load: workers that are killed, renewed and stopped cost nobody a message."""

import asyncio
import os
import re
import select
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.company import Company, company_in
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow

STARTED = re.compile(r"worker_started\s.*?pid=(\d+)")


@pytest.fixture
def two(postgres: Postgres, tmp_path: Path) -> Iterator[Hallway]:
    """A parent with two workers."""
    database = postgres.new_copy(build_academy)
    parent = installation(tmp_path, database=database, workers="2")
    yield parent
    parent.kill()


def _pids(parent: Hallway) -> list[int]:
    """The workers in the order of their starts, also those that are gone."""
    return [int(pid) for pid in STARTED.findall(parent.output.read_text("utf-8"))]


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_that_are_killed_come_back_and_nothing_is_lost(two: Hallway) -> None:
    with company_in(two) as company:
        asyncio.run(_killed(company, two))
        company.require_all_kept()
    assert len(_pids(two)) == 4


async def _killed(company: Company, two: Hallway) -> None:
    async with company.talking():
        await company.more_answers(100)
        for pid in _pids(two)[:2]:
            os.kill(pid, signal.SIGKILL)
            await company.more_answers(100)
        while len(_pids(two)) < 4:
            await company.more_answers(1)


def test_workers_are_renewed_one_after_the_other_and_refuse_nobody(two: Hallway) -> None:
    with company_in(two) as company:
        asyncio.run(_renewed(company, two))
        company.require_all_kept()
    assert company.faults.refusals == []


async def _renewed(company: Company, two: Hallway) -> None:
    old = _pids(two)
    async with company.talking():
        await company.more_answers(100)
        os.kill(two.pid, signal.SIGHUP)
        while any(map(_is_there, old)):
            await company.more_answers(1)
        await company.more_answers(100)
    assert len(_pids(two)) == 4


def test_all_stop_with_their_parent(two: Hallway) -> None:
    assert two.stop() == 0
    assert not any(map(_is_there, _pids(two)))


def test_no_worker_outlives_a_parent_that_is_killed(two: Hallway) -> None:
    two.kill()
    for pid in _pids(two):
        _wait_for_end(pid)
    two.again()
    assert httpx.get(f"{two.address}/readyz").status_code == 200


def _wait_for_end(pid: int) -> None:
    """Until it is gone, or there is nobody whose child it is."""
    descriptor = os.pidfd_open(pid) if _is_there(pid) else None
    if descriptor is not None:
        assert select.select([descriptor], [], [], 60)[0]
        os.close(descriptor)


def test_each_worker_answers_at_a_port_of_its_own_and_says_in_its_log_which_one_it_is(two: Hallway) -> None:
    for number in (0, 1, 2):
        assert httpx.get(f"http://127.0.0.1:{two.command.port + number}/api/v1/entry").status_code == 200
    answered: list[str] = []
    until = time.monotonic() + 30
    while len(answered) < 3 and time.monotonic() < until:  # a line is written after its answer has gone
        answered = [line for line in two.output.read_text("utf-8").splitlines() if "path=/api/v1/entry" in line]
    assert len(answered) == 3
    assert {line.rpartition("worker=")[2] for line in answered} == {"1", "2"}
