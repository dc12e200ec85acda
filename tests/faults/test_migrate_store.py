"""`hallway migrate-store` while people write to each other: what was acknowledged is there afterwards, once, in order."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.company import Company, company_in
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres
from tests.servers.programs import running

pytestmark = pytest.mark.slow


def test_an_installation_moves_to_postgresql_while_people_write(
    built_academy: Path, postgres: Postgres, tmp_path: Path
) -> None:
    shutil.copytree(built_academy, tmp_path / "data")
    academy = installation(tmp_path)
    try:
        with company_in(academy) as company:
            asyncio.run(_move_under_load(company, academy, postgres.new_database()))
            company.require_all_kept()
    finally:
        academy.kill()


async def _move_under_load(company: Company, academy: Hallway, database: str) -> None:
    async with company.talking():
        await company.more_answers(100)
        async with _copied(academy, database) as killed:
            killed.kill()
        await company.more_answers(100)
        async with _copied(academy, database) as waiting:
            company.storm()
            await company.more_refusals(len(company.talkers))
            assert academy.stop() == 0
            said, _ = await asyncio.to_thread(waiting.communicate)
            assert b"Done. Set HALLWAY_DATABASE" in said
        academy.command = replace(academy.command, settings={"database": database})
        academy.again()
        company.calm()
        await company.more_answers(100)
    assert {(one.status, one.code) for one in company.faults.refusals} == {(503, "unavailable")}


@asynccontextmanager
async def _copied(academy: Hallway, database: str) -> AsyncGenerator[subprocess.Popen[bytes]]:
    """The command, once it has copied everything and waits for the server to stop."""
    data = academy.command.folder / "data"
    command = [sys.executable, "-m", "hallway", "migrate-store", database, "--data", str(data), "--yes"]
    with running(command, stdout=subprocess.PIPE) as migrating:
        assert migrating.stdout is not None
        while b"Stop Hallway now" not in (line := await asyncio.to_thread(migrating.stdout.readline)):
            assert line
        yield migrating
