"""Kill -9 at random moments, under load: `python -m tests.faults.kills --times 100`.

After each kill a copy of what lies on the disk is opened and checked, as the next server will find it.
"""

import argparse
import asyncio
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.company import Company, company_in
from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, installation

LONGEST = 0.3
"""Seconds under load before a kill, at most."""


@dataclass(slots=True)
class Kills:
    """What happened at each kill."""

    messages: int = 0
    logs: list[int] = field(default_factory=list)
    """Bytes of the write-ahead log that the killed server left."""
    recoveries: list[float] = field(default_factory=list)
    """Seconds from starting the command anew until it answers."""


def kill_often(academy: Hallway, times: int, seed: int) -> Kills:
    """Kill the academy `times` times while people talk in it, each time start it anew; all must be kept in the end."""
    with company_in(academy) as company:
        kills = asyncio.run(_kill_often(academy, company, times, Random(seed)))
        company.require_all_kept()
        kills.messages = company.acknowledged()
    return kills


async def _kill_often(academy: Hallway, company: Company, times: int, random: Random) -> Kills:
    kills = Kills()
    async with company.talking():
        for _ in range(times):
            await company.more_answers(1)
            await asyncio.sleep(random.uniform(0, LONGEST))  # no event: any moment must do
            company.storm()
            academy.kill()
            kills.logs.append(_checked(academy.database))
            began = time.monotonic()
            await asyncio.to_thread(academy.again)
            kills.recoveries.append(time.monotonic() - began)
            company.calm()
        await company.more_answers(1)
    return kills


def _checked(database: Path) -> int:
    """The size of the log that was left. Together with it the database must be whole."""
    log = database.with_name(f"{database.name}-wal")
    with tempfile.TemporaryDirectory() as folder:
        for file in (database, log):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / database.name)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    return log.stat().st_size


def main() -> None:
    """Kill as often as asked, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        build_academy(f"sqlite:///{folder}/data/hallway.db")
        academy = installation(Path(folder))
        kills = kill_often(academy, chosen.times, chosen.seed)
        academy.stop()
    recoveries = sorted(kills.recoveries)
    print(  # noqa: T201 - it speaks to the terminal
        f"{chosen.times} kills under load, {kills.messages} messages acknowledged: 0 lost, 0 doubled. "
        f"Logs left: {sum(map(bool, kills.logs))}, up to {max(kills.logs) // 1024} KiB. "
        f"Ready again after {recoveries[len(recoveries) // 2]:.2f} s, at most {recoveries[-1]:.2f} s."
    )


if __name__ == "__main__":
    main()
