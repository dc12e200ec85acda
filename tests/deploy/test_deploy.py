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

from hallway import __version__

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
CHART = DEPLOY / "helm" / "hallway"
FEWEST = {"publicUrl": "https://messages.example.org", "secrets": {"database": "postgresql://hallway:a@db/hallway"}}
WORD = "sixteen-letters-or-more"
MOST: dict[str, Any] = {
    "publicUrl": "https://messages.example.org",
    "secrets": {**FEWEST["secrets"], "broker": "nats://one:4222", "setUpToken": WORD, "metricsToken": WORD},
    "trustedProxies": "10.0.0.0/8",
    "settings": {"HALLWAY_SESSION_DAYS": "14"},
    "imagePullSecrets": [{"name": "registry"}],
    "ingress": {"enabled": True, "className": "nginx", "annotations": {"a": "b"}, "tlsSecret": "messages"},
    "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
    "autoscaling": {"enabled": True},
    "podLabels": {"team": "learning"},
    "nodeSelector": {"disk": "fast"},
    "tolerations": [{"key": "busy", "operator": "Exists"}],
    "affinity": {"nodeAffinity": {}},
}
THEIR_OWN: dict[str, Any] = {"publicUrl": "https://messages.example.org", "existingSecret": "theirs", "replicas": 1}


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


@pytest.mark.slow
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


def _rendered(values: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """What the chart makes of these values, once every part that Kubernetes itself knows was found valid."""
    import kubernetes_validate  # noqa: PLC0415 - a grammar is built while it is imported, which takes longer than all of these tests

    (folder / "values.yaml").write_text(yaml.safe_dump(values), "utf-8")
    linted = run("helm", "lint", "--strict", CHART, "--values", folder / "values.yaml")
    assert linted.returncode == 0, linted.stdout + linted.stderr
    made = run("helm", "template", "here", CHART, "--values", folder / "values.yaml")
    assert made.returncode == 0, made.stderr
    parts: list[dict[str, Any]] = [one for one in yaml.safe_load_all(made.stdout) if one]
    for part in parts:
        if not part["apiVersion"].startswith("monitoring.coreos.com"):  # the Prometheus operator's own
            kubernetes_validate.validate(part, kubernetes_validate.latest_version(), strict=True)
    return parts


def _of_kind(kind: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = [one for one in parts if one["kind"] == kind]
    return found


def _container(parts: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = _of_kind("Deployment", parts)["spec"]["template"]["spec"]["containers"]
    return found


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(FEWEST, marks=pytest.mark.slow, id="fewest"),
        pytest.param(MOST, id="most"),
        pytest.param(THEIR_OWN, marks=pytest.mark.slow, id="their own secret"),
    ],
)
def test_the_chart_makes_what_kubernetes_takes_and_sets_what_there_is(values: dict[str, Any], tmp_path: Path) -> None:
    parts = _rendered(values, tmp_path)
    settings = (ROOT / "docs" / "settings.md").read_text("utf-8")
    variables = {one["name"] for one in _container(parts)["env"]}
    assert variables >= {"HALLWAY_DATABASE", "HALLWAY_PUBLIC_URL", "HALLWAY_DRAIN_SECONDS"}
    assert all(f"`{one}`" in settings for one in variables)
    labels = _of_kind("Deployment", parts)["spec"]["template"]["metadata"]["labels"]
    assert _of_kind("Service", parts)["spec"]["selector"].items() <= labels.items()


@pytest.mark.slow
def test_the_chart_makes_only_what_is_asked_for(tmp_path: Path) -> None:
    few, most, theirs = (_rendered(one, tmp_path) for one in (FEWEST, MOST, THEIR_OWN))
    assert {one["kind"] for one in few} == {"Deployment", "PodDisruptionBudget", "Secret", "Service"}
    assert {one["kind"] for one in most} - {one["kind"] for one in few} == {
        "HorizontalPodAutoscaler",
        "Ingress",
        "ServiceMonitor",
    }
    assert {one["kind"] for one in theirs} == {"Deployment", "Service"}
    assert _of_kind("Ingress", most)["spec"]["rules"][0]["host"] == "messages.example.org"
    assert set(_of_kind("Secret", few)["stringData"]) == {"database"}


def test_the_charts_pods_are_the_containers_user_and_may_drain(tmp_path: Path) -> None:
    parts = _rendered(FEWEST, tmp_path)
    pod = _of_kind("Deployment", parts)["spec"]["template"]["spec"]
    container = (DEPLOY / "container" / "Containerfile").read_text("utf-8")
    assert f"USER {pod['securityContext']['runAsUser']}\n" in container
    assert f"EXPOSE {_container(parts)['ports'][0]['containerPort']}\n" in container
    assert pod["terminationGracePeriodSeconds"] > 10
    assert {"name": "HALLWAY_DRAIN_SECONDS", "value": "10"} in _container(parts)["env"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"publicUrl": ""}, "publicUrl"),
        ({"secrets": {}}, "Give secrets.database, or existingSecret"),
        ({"secrets": {"database": "mysql://db"}}, "secrets.database"),
        ({"secrets": {**FEWEST["secrets"], "metricsToken": "short"}}, "secrets.metricsToken"),
        ({"replica": 3}, "Additional property replica is not allowed"),
    ],
)
def test_the_chart_says_what_is_wrong(wrong: dict[str, Any], says: str, tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text(yaml.safe_dump({**FEWEST, **wrong}), "utf-8")
    made = run("helm", "template", "here", CHART, "--values", tmp_path / "values.yaml")
    assert made.returncode == 1
    assert says in made.stderr


def test_the_chart_is_of_this_hallway() -> None:
    assert yaml.safe_load((CHART / "Chart.yaml").read_text("utf-8"))["version"] == __version__
