"""Kill -9 under load: what was acknowledged is there, once, and the next server recovers what lies on the disk."""

import sqlite3
from contextlib import closing

import pytest

from tests.faults.company import whole_history
from tests.faults.kills import kill_often
from tests.servers.hallway import Hallway

TIMES = 8


@pytest.mark.slow
def test_kills_at_random_moments_lose_and_double_nothing(academy: Hallway) -> None:
    kills = kill_often(academy, TIMES, seed=3)
    assert len(kills.logs) == TIMES
    assert max(kills.logs) > 0, "no kill left a log to recover"


def test_a_log_left_over_while_another_program_reads_is_recovered(academy: Hallway) -> None:
    with academy.client("samuel") as samuel, closing(sqlite3.connect(academy.database)) as reader:
        chat = samuel.send_to_person(samuel.people("Maya").people[0].id, "Before").conversation_id
        reader.execute("BEGIN")
        seen = _count(reader)
        samuel.send(chat, "After the reader began")
        academy.kill()
        academy.again()
        samuel.send(chat, "After the kill")
        assert [one.body for one in whole_history(samuel, chat)][-3:] == [
            "Before",
            "After the reader began",
            "After the kill",
        ]
        assert _count(reader) == seen
        reader.execute("ROLLBACK")
        assert _count(reader) == seen + 2


def _count(reader: sqlite3.Connection) -> int:
    return int(reader.execute("SELECT count(*) FROM message").fetchone()[0])
