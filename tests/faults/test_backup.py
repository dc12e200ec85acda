"""A backup while everybody talks: it holds all that was acknowledged before it began, and comes back to life."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.company import PAIRS, Company, company_in
from tests.servers.hallway import Hallway, demo_academy

pytestmark = pytest.mark.slow


def test_a_backup_under_load_holds_all_that_was_acknowledged_and_serves_again(academy: Hallway, tmp_path: Path) -> None:
    file = tmp_path / "backup"
    with company_in(academy) as company:
        before = asyncio.run(_back_up_under_load(academy, company, file))
    _hallway("restore", str(file), "--data", str(tmp_path / "elsewhere" / "data"))
    restored = demo_academy(tmp_path / "elsewhere")
    saved, source = _messages(restored), _messages(academy)
    assert before <= {message["key"] for message in saved}
    assert {tuple(message) for message in saved} < {tuple(message) for message in source}
    assert _gaps(restored) == []
    with restored.client(PAIRS[0][0]) as client:
        chat = client.chats().rows[0]
        assert client.send(chat.conversation_id, "Here I am again").seq > 1
    assert restored.stop() == 0


async def _back_up_under_load(academy: Hallway, company: Company, file: Path) -> set[str]:
    """Talk before, during and after the backup; the keys of what was acknowledged before."""
    async with company.talking():
        await company.more_answers(200)
        before = {words.key for talker in company.talkers for words in talker.said if words.message is not None}
        await asyncio.to_thread(_hallway, "backup", str(file), "--data", str(academy.database.parent))
        await company.more_answers(200)
    assert not company.faults.refusals, "the backup held up a sender"
    return before


def _messages(hallway: Hallway) -> list[sqlite3.Row]:
    return _rows(hallway, "SELECT * FROM message")


def _gaps(hallway: Hallway) -> list[sqlite3.Row]:
    """Conversations whose messages are not numbered 1, 2, 3 and so on up to the last."""
    query = """SELECT id FROM conversation c WHERE last_seq <> (SELECT count(*) FROM message WHERE conversation_id = c.id)
               OR last_seq <> (SELECT coalesce(max(seq), 0) FROM message WHERE conversation_id = c.id)"""
    return _rows(hallway, query)


def _rows(hallway: Hallway, query: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(hallway.database)) as file:
        file.row_factory = sqlite3.Row
        return file.execute(query).fetchall()


def _hallway(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "hallway", *words], check=True, stdout=subprocess.DEVNULL)
