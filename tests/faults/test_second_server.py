"""A second server over one SQLite file is refused with a line; nothing else is that belongs beside a server."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers.academy import build_academy
from tests.servers.hallway import Hallway, demo_academy, installation
from tests.servers.ports import free_port
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.slow

PATIENCE = 90


@pytest.fixture
def first(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    """The server that was there before."""
    serving = demo_academy(tmp_path, built=built_academy)
    yield serving
    serving.kill()


def _hallway(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: one for name, one in os.environ.items() if not name.startswith("HALLWAY_")}
    environment |= {f"HALLWAY_{name.upper()}": one for name, one in settings.items()}
    command = [sys.executable, "-m", "hallway", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE, env=environment)


def _is_ready(serving: Hallway) -> bool:
    return httpx.get(f"{serving.address}/readyz").status_code == 200


@pytest.mark.parametrize("way", ["the same folder", "a link to the folder", "a link to the file", "the file's address"])
def test_a_second_server_is_refused_with_a_line_and_the_first_serves_on(
    first: Hallway, tmp_path: Path, way: str
) -> None:
    folder, settings = first.database.parent, {}
    if way == "a link to the folder":
        (tmp_path / "link").symlink_to(folder)
        folder = tmp_path / "link"
    elif way == "a link to the file":
        folder = tmp_path / "other"
        folder.mkdir()
        (folder / "hallway.db").symlink_to(first.database)
    elif way == "the file's address":
        settings = {"database": f"sqlite:///{first.database}"}
    refused = _hallway("serve", "--port", str(free_port()), "--data", str(folder), **settings)
    assert refused.returncode == 1
    last = refused.stderr.splitlines()[-1]
    assert last.startswith("hallway: ")
    assert f"is in use by another Hallway (process {first.pid})" in last
    assert "Traceback" not in refused.stderr
    assert _is_ready(first)


def test_the_demo_is_not_reset_under_a_server(first: Hallway) -> None:
    refused = _hallway("demo", "--reset", "--port", str(free_port()), "--data", str(first.database.parent))
    assert refused.returncode == 1
    with first.client("maya") as maya:
        assert maya.me().login == "maya"


def test_the_lock_of_one_that_was_killed_is_gone_with_it(first: Hallway) -> None:
    first.kill()
    first.again()
    assert _is_ready(first)


def test_a_demo_is_reset_where_nobody_serves(first: Hallway) -> None:
    first.stop()
    again = demo_academy(first.command.folder)
    again.stop()
    assert again.database.with_name("hallway.db.lock").exists()


def test_one_that_stops_is_waited_for(built_academy: Path, tmp_path: Path) -> None:
    first = demo_academy(tmp_path, built=built_academy, drain_seconds="2")
    os.kill(first.pid, signal.SIGTERM)
    second = installation(tmp_path, drain_seconds="2")
    first.process.join(PATIENCE)
    assert _is_ready(second)
    assert "Another Hallway serves" in second.output.read_text("utf-8")
    second.kill()


COMMANDS = (["doctor"], ["backup", "saved"], ["user", "sign-in-link", "maya"], ["migrate"], ["settings"])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_commands_work_beside_a_server(first: Hallway, tmp_path: Path, words: list[str]) -> None:
    words = [str(tmp_path / one) if one == "saved" else one for one in words]
    done = _hallway(*words, data=str(first.database.parent), port=str(first.command.port))
    assert "served by another" not in done.stderr
    assert done.returncode == 0 or words == ["doctor"]
    assert _is_ready(first)


def test_an_import_works_beside_a_server(first: Hallway, tmp_path: Path) -> None:
    sheet = tmp_path / "departments.csv"
    sheet.write_text("name\nNight shift\n", "utf-8")
    done = _hallway("import", "departments", str(sheet), data=str(first.database.parent))
    assert done.returncode == 0, done.stderr + done.stdout


def test_two_servers_over_one_postgresql_are_welcome(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.new_copy(build_academy)
    both = [installation(tmp_path / name, database=url) for name in ("one", "other")]
    assert all(map(_is_ready, both))
    for one in both:
        one.kill()
