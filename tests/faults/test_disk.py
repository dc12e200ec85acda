"""A full disk: senders are told to try again, readers are served, and with new space all goes on by itself."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hallway.client import Refusal
from tests.faults.company import Company, company_in
from tests.faults.disks import Disk, small_disk
from tests.faults.talkers import Talker
from tests.servers.hallway import Hallway, demo_academy

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled."""
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def academy(disk: Disk, built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """The demo academy on it, with all that it prints."""
    del disk
    serving = demo_academy(tmp_path / "disk", built=built_academy)
    yield serving
    serving.kill()


def test_a_full_disk_refuses_senders_serves_readers_and_heals(academy: Hallway, disk: Disk) -> None:
    with company_in(academy) as company:
        asyncio.run(_fill_and_free(academy, disk, company))
        company.require_all_kept()
    assert academy.process.is_alive()


async def _fill_and_free(academy: Hallway, disk: Disk, company: Company) -> None:
    async with company.talking():
        await company.more_answers(100)
        disk.fill(academy.pid)
        company.storm()
        await company.more_refusals(len(company.talkers))
        await asyncio.to_thread(_look_around, academy, company)
        disk.free(academy.pid)
        company.calm()
        await company.more_answers(100)
    assert {(one.status, one.code, one.retry_after) for one in company.faults.refusals} == {(503, "unavailable", 2)}
    assert company.faults.endings == [1000] * len(company.talkers), "a line broke"


def _send_until_refused(talker: Talker) -> None:
    """The log may have room from before the disk was full, which some more fit into; it is used up soon."""
    for _ in range(10_000):
        talker.client.send(talker.chat, "Over HTTP")


def _look_around(academy: Hallway, company: Company) -> None:
    """While the disk is full."""
    talker = company.talkers[0]
    with pytest.raises(Refusal) as refused:
        _send_until_refused(talker)
    assert (refused.value.problem.status, refused.value.problem.retry_after) == (503, 2)
    assert talker.client.history(talker.chat).messages
    assert talker.client.chats().rows
    assert httpx.get(f"{academy.address}/livez").status_code == 200
    with talker.client.connect() as line:
        line.ping()
