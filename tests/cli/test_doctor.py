"""`hallway doctor`: nothing to do on a good installation, and what to do on each bad one."""

import json
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.hallway import demo_academy


@pytest.fixture
def data(built_academy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in the folder where commands look by themselves, and a port of its own."""
    folder = tmp_path / "hallway-data"
    shutil.copytree(built_academy, folder)
    folder.chmod(0o700)
    with socket.create_server(("127.0.0.1", 0)) as free:
        monkeypatch.setenv("HALLWAY_PORT", str(free.getsockname()[1]))
    return folder / "hallway.db"


def _examined(run: Run, **environment: str) -> dict[str, dict[str, str]]:
    """All that is not well, by what it is about."""
    code, said, _ = run("doctor", "--json", **environment)
    found = {one["about"]: one for one in json.loads(said)}
    assert code == any(one["verdict"] == "problem" for one in found.values())
    return {about: one for about, one in found.items() if one["verdict"] != "ok"}


@pytest.mark.slow
@pytest.mark.usefixtures("data")
def test_a_good_installation_has_nothing_to_be_done(run: Run) -> None:
    code, said, complaints = run("doctor")
    assert (code, complaints) == (0, "")
    assert {line.split()[0] for line in said.splitlines()} == {"ok"}
    assert _examined(run) == {}


def test_under_each_problem_stands_what_mends_it(run: Run, data: Path) -> None:
    data.chmod(0o644)
    code, said, _ = run("doctor")
    lines = said.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("problem"))
    assert code == 1
    assert lines[place].split()[1:3] == ["data", "file"]
    assert lines[place + 1].split("-> ")[1] == f"chmod 600 {data}"
    data.chmod(0o600)
    assert run("doctor")[0] == 0


def test_a_folder_that_is_open_to_others_is_a_problem(run: Run, data: Path) -> None:
    data.parent.chmod(0o755)
    assert _examined(run)["data folder"]["remedy"] == f"chmod 700 {data.parent}"


def test_a_file_with_secrets_is_for_the_service_alone(run: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "hallway.toml"
    file.write_text(f'data = "{data.parent}"')
    file.chmod(0o644)
    assert _examined(run, config=str(file))["settings"]["remedy"] == f"chmod o-rwx {file}"
    file.chmod(0o640)
    assert _examined(run) == {}


def test_settings_that_do_not_fit_are_said(run: Run) -> None:
    assert list(_examined(run, port="high")) == ["settings"]


def test_a_missing_database_is_said_and_none_is_made(run: Run, data: Path) -> None:
    data.unlink()
    assert list(_examined(run)) == ["database"]
    assert not data.exists()


def test_a_file_that_is_no_database_is_said(run: Run, data: Path) -> None:
    data.write_text("a letter, " * 500)
    assert "file is not a database" in _examined(run)["database"]["says"]


def test_a_page_that_was_overwritten_is_found(run: Run, data: Path) -> None:
    with closing(sqlite3.connect(data)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_message_key'").fetchone()
    with data.open("r+b") as raw:
        raw.seek((page - 1) * 4096)
        raw.write(b"\xff" * 4096)
    assert {"integrity", "database"} & set(_examined(run))


def test_a_message_that_vanished_is_found(run: Run, data: Path) -> None:
    with closing(sqlite3.connect(data)) as file:
        file.execute("DELETE FROM message WHERE sent_at = (SELECT max(sent_at) FROM message)")
        file.commit()
    found = _examined(run)
    assert {"numbering", "newest"} <= set(found)
    assert "docs/operators.md" in found["numbering"]["remedy"]
    assert "hallway restore " in found["numbering"]["then"][-1]


def test_a_repair_counts_again_and_says_so(run: Run, data: Path) -> None:
    with closing(sqlite3.connect(data)) as file:
        file.execute("UPDATE member SET unread = unread + 1 WHERE rowid = (SELECT min(rowid) FROM member)")
        file.commit()
    assert list(_examined(run)) == ["unread"]
    code, said, _ = run("doctor", "--repair")
    assert (code, said.splitlines()[0]) == (0, "Recalculated 1 conversations.")
    assert _examined(run) == {}


def test_a_repair_leaves_an_older_database_alone(run: Run, data: Path) -> None:
    with closing(sqlite3.connect(data)) as file:
        file.execute("UPDATE alembic_version SET version_num = '0001'")
        file.commit()
    code, said, _ = run("doctor", "--repair", "--json")
    assert (code, json.loads(said)[-1]["remedy"]) == (1, "hallway migrate")


@pytest.mark.parametrize(
    ("environment", "about", "verdict"),
    [
        ({"host": "0.0.0.0"}, "address", "problem"),  # noqa: S104 - it is what the doctor should see
        ({"host": "0.0.0.0", "public_url": "https://messages.example.org"}, None, None),  # noqa: S104
        ({"public_url": "https://messages.example.org/chat"}, "address", "problem"),
        ({"public_url": "messages.example.org"}, "address", "problem"),
        ({"public_url": "http://messages.example.org"}, "address", "note"),
        ({"public_url": "http://localhost:8080"}, None, None),
        ({"demo": "true"}, "demo", "note"),
    ],
)
@pytest.mark.usefixtures("data")
def test_an_address_that_people_cannot_use_is_said(
    run: Run, environment: dict[str, str], about: str | None, verdict: str | None
) -> None:
    found = {one["about"]: one["verdict"] for one in _examined(run, **environment).values()}
    assert found == ({} if about is None else {about: verdict})


@pytest.mark.slow
def test_a_server_that_runs_and_is_ready_is_fine(run: Run, built_academy: Path, tmp_path: Path) -> None:
    serving = demo_academy(tmp_path / "served", built=built_academy)
    data = serving.database.parent
    data.chmod(0o700)
    try:
        code, said, _ = run("doctor", "--data", str(data), port=str(serving.command.port))
    finally:
        serving.stop()
    assert code == 0
    assert f"Hallway answers on 127.0.0.1, port {serving.command.port}" in said


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Silent(BaseHTTPRequestHandler):
    def handle(self) -> None:
        pass


@pytest.mark.parametrize("who", [_Stranger, _Silent])
@pytest.mark.usefixtures("data")
def test_another_program_on_the_port_is_a_problem(run: Run, who: Callable[..., BaseHTTPRequestHandler]) -> None:
    with HTTPServer(("127.0.0.1", 0), who) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = _examined(run, port=str(server.server_port))
        server.shutdown()
    assert list(found) == ["port"]
