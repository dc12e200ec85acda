"""What a test starts ends with it: one left behind fails whichever test runs when Python finds it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers.programs import ended, removing, running, started

TESTS = Path(__file__).parents[1]
SLEEPING = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(600)",
]


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list["subprocess.Popen[bytes]"]:
    """Every program that is started."""
    found: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen):  # type: ignore[type-arg]  # of whatever its pipes carry
        def __init__(self, *words: Any, **how: Any) -> None:
            super().__init__(*words, **how)
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return found


def test_only_one_module_starts_programs_that_go_on() -> None:
    starting = {
        path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py") if "Popen(" in path.read_text("utf-8")
    }
    assert starting == {"servers/programs.py", "architecture/test_programs.py"}


def test_one_that_never_answers_is_not_left_behind(
    begun: list["subprocess.Popen[bytes]"], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tests.servers.programs.PATIENCE", 0.01)
    (tmp_path / "log").write_text("no such port", "utf-8")
    with pytest.raises(RuntimeError, match="no such port"):
        started(SLEEPING, lambda: False, log=tmp_path / "log")
    (process,) = begun
    assert process.returncode is not None


def test_one_whose_test_fails_is_not_left_behind(begun: list["subprocess.Popen[bytes]"]) -> None:
    with pytest.raises(ZeroDivisionError), running(SLEEPING):
        raise ZeroDivisionError
    (process,) = begun
    assert process.returncode is not None


def test_one_that_does_not_end_when_asked_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(DEAF, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        monkeypatch.setattr("tests.servers.programs.PATIENCE", 0.01)
        with pytest.raises(subprocess.TimeoutExpired):
            ended(process)
        assert process.returncode == -9


def test_a_server_is_removed_when_its_test_fails() -> None:
    class Server:
        is_removed = False

        def remove(self) -> None:
            self.is_removed = True

    server = Server()
    with pytest.raises(ZeroDivisionError), removing(server):
        raise ZeroDivisionError
    assert server.is_removed
