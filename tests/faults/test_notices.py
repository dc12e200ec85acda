"""Servers are killed while mails are due: everybody gets one, and only what was on its way may come twice."""

from pathlib import Path

import pytest

from bench.contenders.hallway import sqlite
from tests.faults.notices import doubled, tell_all
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow


def test_everybody_is_told_once_though_the_server_is_killed(tmp_path: Path) -> None:
    doubled(tell_all(sqlite(tmp_path), 300, tmp_path, kills=2), 300, kills=2)


def test_two_processes_share_the_work_and_tell_nobody_twice(postgres: Postgres, tmp_path: Path) -> None:
    came = tell_all(postgres.new_database(), 400, tmp_path, processes=2)
    assert doubled(came, 400) == 0
    assert all(came)


def test_of_two_processes_one_is_killed_and_everybody_is_told(postgres: Postgres, tmp_path: Path) -> None:
    came = tell_all(postgres.new_database(), 600, tmp_path, processes=2, kills=2)
    doubled(came, 600, kills=2)
