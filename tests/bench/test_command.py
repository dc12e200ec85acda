"""The command runs, from the real server to the table."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_one_small_workload_gives_a_table_and_all_samples(tmp_path: Path) -> None:
    chosen = ["--quick", "--only", "W1", "--contenders", "hallway,inserts", "--rounds", "1", "--seconds", "0.2"]
    where = ["--out", str(tmp_path / "results"), "--disk", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *chosen, *where], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "round 1 of 1, W1, Hallway, SQLite: " in done.stdout
    assert "(one commit + one round trip)" in (tmp_path / "results" / "table.md").read_text("utf-8")
    ours, inserts = json.loads((tmp_path / "results" / "results.json").read_text("utf-8"))["samples"]
    assert (ours["failure"], ours["values"]["lost"], ours["values"]["doubled"]) == ("", 0, 0)
    assert ours["values"]["heard_p50"] > inserts["values"]["commit_p50"] / 2 > 0
    assert not list(tmp_path.glob("hallway-bench-*")), "the databases are left"
