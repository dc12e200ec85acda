"""Targets and tables are worked out right from figures, and the command runs from end to end."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.targets import Results, judged

ROOT = Path(__file__).parents[2]


def _rates(*rates: float) -> list[dict[str, Any]]:
    return [{"per_second": rate} for rate in rates]


def _verdicts(results: Results) -> dict[str, tuple[float | None, bool | None]]:
    return {one.name: (one.value, one.is_met) for one in judged(results)}


def test_a_target_is_the_ratio_of_the_medians_to_the_best_peer() -> None:
    found = _verdicts(
        {
            "W2 with 16": {
                "hallway": _rates(900, 1_600, 1_700),
                "redis_streams": _rates(4_000, 3_200, 3_000),
                "ejabberd": _rates(100, 100, 100),
                "prosody": _rates(40, 40, 40),
            }
        }
    )
    assert found["W2 on SQLite, to the best archiving peer"] == (16, True)
    assert found["W2 on SQLite, to Redis Streams"] == (0.5, True)
    assert found["W2 on PostgreSQL, to the best archiving peer"] == (None, None)


@pytest.mark.parametrize(("heard", "is_met"), [(0.0029, True), (0.0031, False)])
def test_a_latency_is_held_against_a_commit_and_a_round_trip(heard: float, is_met: bool) -> None:
    alone = {"heard": {"p50": heard}, "commit": 0.0015}
    echo = {"heard": {"p50": 0.0005}, "commit": 0.0015}
    found = _verdicts({"W1": {"hallway": [alone], "echo": [echo]}})
    assert found["W1 until heard, to a commit and a round trip"] == (pytest.approx(heard / 0.002), is_met)


@pytest.mark.parametrize(("doubled", "is_met"), [(0, True), (1, False)])
def test_one_message_twice_is_a_target_missed(doubled: int, is_met: bool) -> None:
    kill = {"acknowledged": 100, "lost": 0, "doubled": doubled, "back": 1.0}
    assert _verdicts({"W6": {"hallway": [kill]}})["W6, lost or doubled"] == (doubled, is_met)


def test_the_command_measures_and_writes_what_it_found(tmp_path: Path) -> None:
    words = ["--quick", "--rounds", "1", "--only", "W1", "--without", "redis_streams", "--out", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "| Hallway, SQLite | heard p50 |" in (tmp_path / "table.md").read_text("utf-8")
    results = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert set(results["W1"]) == {"hallway", "echo"}
