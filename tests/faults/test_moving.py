"""`hallway migrate-store` while people write to each other: what was acknowledged is there afterwards, once, in order."""

import asyncio
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.faults.company import Company, company_in
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres


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
        said = await asyncio.to_thread(_migrate_store, academy.command.folder / "data", database)
        assert "Nobody could write for" in said
        company.storm()
        await company.more_refusals(len(company.talkers))
        assert academy.stop() == 0
        academy.command = replace(academy.command, settings={"database": database})
        academy.again()
        company.calm()
        await company.more_answers(100)
    assert {(one.status, one.code) for one in company.weather.refusals} == {(503, "unavailable")}


def _migrate_store(data: Path, database: str) -> str:
    command = [sys.executable, "-m", "hallway", "migrate-store", database, "--data", str(data), "--yes"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
