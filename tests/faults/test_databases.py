"""A database that somebody holds, or that is restarted under load: senders try again, and all goes on by itself."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.company import Company, company_in
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow


def test_a_database_that_another_program_locks_refuses_senders_and_heals(academy: Hallway) -> None:
    with company_in(academy) as company, closing(_another_program(academy)) as other:
        asyncio.run(
            _hold_under_load(company, lambda: other.execute("BEGIN IMMEDIATE"), lambda: other.execute("ROLLBACK"))
        )
        company.require_all_kept()


@pytest.mark.xdist_group("outage")
def test_a_postgresql_that_is_restarted_refuses_senders_and_heals(postgres: Postgres, tmp_path: Path) -> None:
    database = postgres.new_copy(build_academy)
    academy = installation(tmp_path, database=database)
    with company_in(academy) as company:
        asyncio.run(_hold_under_load(company, postgres.stop, postgres.start))
        company.require_all_kept()
    assert academy.stop() == 0


def _another_program(academy: Hallway) -> sqlite3.Connection:
    return sqlite3.connect(academy.database, isolation_level=None, check_same_thread=False)


async def _hold_under_load(company: Company, hold: Callable[[], object], let_go: Callable[[], object]) -> None:
    """Hold the database until everybody was refused; nobody's line may break, and nothing is restarted.

    Both happen in a thread: a database takes its time, in which the lines must answer what they are asked.
    """
    async with company.talking():
        await company.more_answers(100)
        await asyncio.to_thread(hold)
        company.storm()
        await company.more_refusals(len(company.talkers))
        await asyncio.to_thread(let_go)
        company.calm()
        await company.more_answers(100)
    assert {(one.status, one.code, one.retry_after) for one in company.faults.refusals} == {(503, "unavailable", 2)}
    assert set(company.faults.endings) == {1000}
