"""What operators start Hallway with is sound: units, container, compose file, alert rules, dashboard, runbook."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OPERATORS = (ROOT / "docs" / "operators.md").read_text("utf-8")
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
UNITS = sorted((DEPLOY / "systemd").iterdir())
DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana" / "hallway.json").read_text("utf-8"))
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
]
OF_PROMETHEUS = {
    "up",
    "process_open_fds",
    "process_max_fds",
    "process_cpu_seconds_total",
    "process_resident_memory_bytes",
}
PARTS = r"(_bucket|_count|_sum)?"


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A tool beside this Python, or of the system."""
    tool = Path(sys.executable).parent / command[0]
    words = [tool if tool.exists() else command[0], *command[1:]]
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)


def _metrics(expression: str) -> set[str]:
    """The metrics that an expression asks for. Raises ValueError when Prometheus could not read it."""
    plain = expression.replace("$__rate_interval", "5m").replace("$instance", ".*")
    return _selected(promql_parser.parse(plain))


def _selected(part: Any) -> set[str]:
    """The names in a parsed expression; its parts hang on attributes of few names."""
    if isinstance(part, promql_parser.VectorSelector):
        return {part.name}
    below = [getattr(part, name, None) for name in ("expr", "lhs", "rhs", "vector_selector", "args")]
    parts = [one for found in below if found is not None for one in (found if isinstance(found, list) else [found])]
    return set().union(*map(_selected, parts)) if parts else set()


def _is_ours(metric: str) -> bool:
    """Whether the operators' guide, which another test compares with a running server, has it."""
    return re.search(rf"`{re.sub(PARTS + '$', '', metric)}`", OPERATORS) is not None


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_guide_has_each_unit_as_it_is_shipped(unit: Path) -> None:
    assert f"```ini\n{unit.read_text('utf-8')}```" in OPERATORS


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_to_complain_about(unit: Path, tmp_path: Path) -> None:
    for one in UNITS:
        text = re.sub(
            r"^(Exec\w+=)\S*hallway\b", rf"\1{shutil.which('true')}", one.read_text("utf-8"), flags=re.MULTILINE
        )
        (tmp_path / one.name).write_text(text)
    found = run("systemd-analyze", "verify", "--man=no", tmp_path / unit.name)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_container_file_is_sound() -> None:
    found = run("hadolint", DEPLOY / "container" / "Containerfile")
    assert (found.returncode, found.stdout) == (0, "")


def test_the_compose_file_is_one() -> None:
    file = DEPLOY / "container" / "compose.yaml"
    found = run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)
    assert found.returncode == 0, found.stdout


def test_the_compose_file_sets_what_there_is() -> None:
    settings = (ROOT / "docs" / "settings.md").read_text("utf-8")
    services = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text("utf-8"))["services"]
    for name in services["hallway"]["environment"]:
        assert f"`{name}`" in settings


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_asks_for_what_there_is_and_says_what_to_do(rule: dict[str, Any]) -> None:
    metrics = _metrics(rule["expr"])
    assert metrics
    assert all(metric in OF_PROMETHEUS or _is_ours(metric) for metric in metrics)
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    assert rule["labels"]["severity"] in {"page", "warn"}


def test_the_runbook_has_a_section_for_each_alert_and_no_other() -> None:
    assert re.findall(r"^## (\w+)$", RUNBOOK, flags=re.MULTILINE) == [rule["alert"] for rule in RULES]


@pytest.mark.parametrize("panel", DASHBOARD["panels"], ids=lambda panel: panel["title"])
def test_each_panel_shows_what_there_is(panel: dict[str, Any]) -> None:
    for target in panel["targets"]:
        metrics = _metrics(target["expr"])
        assert metrics
        assert all(metric in OF_PROMETHEUS or _is_ours(metric) for metric in metrics)


def test_what_the_dashboard_and_the_alerts_ask_for_is_noticed_when_it_is_not_there() -> None:
    assert _metrics('sum by (le) (rate(hallway_invented_total{a="b"}[5m])) / up') == {"hallway_invented_total", "up"}
    assert not _is_ours("hallway_invented_total")
    with pytest.raises(ValueError, match="unclosed"):
        _metrics("sum by (le) (rate(")
