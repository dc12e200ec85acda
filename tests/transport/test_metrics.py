"""What is measured is what happened, and only who has the token may read it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from hallway.client import Refusal
from hallway.domain.ids import AccountId
from hallway.transport import metrics
from tests.contracts.world import ELSEWHERE, HERE, named
from tests.servers.hallway import Hallway, demo_academy
from tests.transport.cast import Cast, Casting, as_problem, casting

TOKEN = "a-token-of-the-monitoring"
Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(scope="module")
def measured(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hallway]:
    """An academy whose numbers may be read."""
    serving = demo_academy(tmp_path_factory.mktemp("measured"), built=built_academy, metrics_token=TOKEN)
    yield serving
    serving.stop()


@pytest.fixture
def agency(measured: Hallway) -> Iterator[Casting]:
    """Brings people into it."""
    yield from casting(measured)


def _text(hallway: Hallway) -> str:
    answer = httpx.get(f"{hallway.address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.text


class Change:
    """How much the numbers rose since it was made."""

    def __init__(self, hallway: Hallway) -> None:
        self._hallway = hallway
        self._before = self._numbers()

    def _numbers(self) -> Numbers:
        families = text_string_to_metric_families(_text(self._hallway))
        return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}

    def of(self, name: str, **labels: str) -> float:
        """One number."""
        key = name, frozenset(labels.items())
        return self._numbers().get(key, 0) - self._before.get(key, 0)


def test_without_a_token_in_the_settings_there_are_no_metrics(academy: Hallway) -> None:
    as_problem(httpx.get(f"{academy.address}/metrics"), 404, "not_found")
    as_problem(httpx.get(f"{academy.address}/metrics", headers={"Authorization": "Bearer"}), 404, "not_found")


@pytest.mark.parametrize("brought", [None, "Bearer", "Bearer another-token", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_who_does_not_bring_the_token_reads_nothing(measured: Hallway, brought: str | None) -> None:
    headers = {} if brought is None else {"Authorization": brought.encode()}
    as_problem(httpx.get(f"{measured.address}/metrics", headers=headers), 401, "signed_out")


def test_messages_are_counted_as_they_are_written_and_told(measured: Hallway, cast: Cast) -> None:
    change = Change(measured)
    cast.talk(3)
    assert change.of("hallway_events_published_total", event="message_posted") == 3
    assert change.of("hallway_writer_batch_size_count") == 3
    assert change.of("hallway_writer_batch_size_sum") == 3
    assert change.of("hallway_writer_batch_seconds_sum") > 0
    assert change.of("hallway_writer_batch_seconds_bucket", le="+Inf") == 3
    assert change.of("hallway_writer_waiting") == 0


def test_requests_are_counted_by_route_and_never_by_address(measured: Hallway, cast: Cast) -> None:
    chat = cast.talk(1)
    change = Change(measured)
    cast.learner.client.open_chat(chat)
    cast.expert.client.open_chat(chat)
    httpx.get(f"{measured.address}/nothing/here.js")
    route = "/api/v1/conversations/{conversation_id}"
    assert change.of("hallway_http_request_seconds_count", method="GET", route=route, status="2xx") == 2
    assert change.of("hallway_http_request_seconds_count", method="GET", route="/{path}", status="4xx") == 1
    assert not re.search(r"[0-9a-f]{8}-|here\.js|learner|school", _text(measured))


def test_refusals_are_counted_by_code(measured: Hallway, cast: Cast) -> None:
    change = Change(measured)
    for _ in range(2):
        with pytest.raises(Refusal):
            cast.outsider.client.send_to_person(cast.expert.id, "Hello")
    with cast.outsider.client.connect() as line, pytest.raises(Refusal):
        line.send_to_person(cast.expert.id, "Hello")
    assert change.of("hallway_refusals_total", code="no_relation") == 3


def test_live_connections_are_counted_while_they_are_open(measured: Hallway, cast: Cast) -> None:
    change = Change(measured)
    with cast.learner.client.connect() as line:
        line.ping()
        assert change.of("hallway_socket_connections") == 1
        cast.expert.client.send(cast.asks().conversation_id, "On the left.")
        assert [line.next_frame() for _ in range(2)]
        assert change.of("hallway_socket_frames_total") == 2
    assert change.of("hallway_socket_cuts_total") == 0


def test_accounts_are_counted_apart_where_the_operator_asks_for_it(built_academy: Path, tmp_path: Path) -> None:
    served = demo_academy(tmp_path, built=built_academy, metrics_token=TOKEN, metrics_per_account="true")
    try:
        with contextmanager(casting)(served) as agency:
            cast = agency.cast()
            with cast.learner.client.connect() as line:
                cast.expert.client.send(cast.asks().conversation_id, "On the left.")
                line.ping()
                text = _text(served)
    finally:
        served.stop()
    assert re.search(r'^hallway_account_messages_total{account="[0-9a-f-]{36}"} 2.0$', text, re.MULTILINE)
    assert re.search(r'^hallway_account_connections{account="[0-9a-f-]{36}"} 1.0$', text, re.MULTILINE)


def test_nothing_is_counted_by_account_where_nobody_asks_for_it(measured: Hallway, cast: Cast) -> None:
    cast.asks()
    assert "hallway_account" not in _text(measured)


def test_more_accounts_than_are_bounded_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "MOST_ACCOUNTS", 1)
    (connections,) = metrics.of_accounts_lines({HERE: 2, ELSEWHERE: 1, AccountId(named("third")): 4})
    assert {one.labels["account"]: one.value for one in connections.samples} == {HERE: 2, metrics.OTHERS: 5}


def test_the_process_is_measured(measured: Hallway) -> None:
    assert {"process_resident_memory_bytes", "process_cpu_seconds_total", "process_open_fds"} <= set(
        re.findall(r"^(\w+) ", _text(measured), re.MULTILINE)
    )
