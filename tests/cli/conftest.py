"""Typing commands, in this process and in one of their own."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hallway import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command in an empty folder; its exit code, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str, **environment: str) -> tuple[int, str, str]:
        for name, value in environment.items():
            monkeypatch.setenv(f"HALLWAY_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["hallway", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return typed
