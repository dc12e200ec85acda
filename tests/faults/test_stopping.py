"""SIGTERM under load: what was accepted is answered, lines end with a reason, and the next server goes on."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from tests.faults.company import Company, company_in
from tests.servers.hallway import Hallway

pytestmark = pytest.mark.slow

RESTARTING = 1012


def test_a_stop_under_load_answers_all_that_it_stored(academy: Hallway) -> None:
    with company_in(academy) as company:
        asyncio.run(_restart_under_load(academy, company))
        company.require_all_kept()


async def _restart_under_load(academy: Hallway, company: Company) -> None:
    async with company.talking():
        await company.more_answers(100)
        company.storm()
        code = await asyncio.to_thread(academy.stop)
        await company.faults.until(lambda: len(company.faults.endings) == len(company.talkers))
        assert set(company.faults.endings) == {RESTARTING}
        assert _stored(academy) & _unanswered(company) == set()
        assert code == 0
        await asyncio.to_thread(academy.again)
        company.calm()
        await company.more_answers(100)


def _unanswered(company: Company) -> set[str]:
    return {words.key for talker in company.talkers for words in talker.said if words.message is None}


def _stored(academy: Hallway) -> set[str]:
    """The keys of all messages on the disk."""
    with closing(sqlite3.connect(academy.database)) as file:
        return {key for (key,) in file.execute("SELECT key FROM message")}
