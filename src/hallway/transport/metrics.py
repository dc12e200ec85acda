"""What happens here, in numbers, for Prometheus: counted where it happens, put into words when somebody asks.

No metric holds a name or a text; labels are routes, methods, codes and kinds of events, all of them few. The ids of accounts are
labels only where the operator asks for them, of two metrics, and bounded.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hmac import compare_digest
from itertools import accumulate
from re import sub
from typing import Any, Protocol

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, NotFoundException
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from hallway.domain.events import Event, MessagePosted
from hallway.domain.ids import AccountId
from hallway.transport.app_context import context_of
from hallway.transport.auth import client_address
from hallway.usecases.audit.ports import Size
from hallway.usecases.jobs.ports import JobCount
from hallway.usecases.jobs.upkeep import Overview

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST_ACCOUNTS = 10_000
"""Accounts that are counted apart; what happens in more is counted together."""
OTHERS = "other"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Source = Callable[[], Iterable[Metric]]


class Metrics:
    """All that is measured in this process. Reading it takes the `token`; without a token nobody may."""

    def __init__(self, token: str, *, is_per_account: bool = False) -> None:
        """Measure the process, HTTP, and published events, by account where that is asked for. More sources may be added."""
        self._token = token
        self.is_per_account = is_per_account
        self._messages: Counter[str] = Counter()
        self._events: Counter[str] = Counter()
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "hallway_http_request_seconds",
            "From the first byte of a request to the last byte of its answer.",
            ["method", "route", "status"],
            registry=self._registry,
            buckets=SECONDS,
        )
        self.watch(self._of_events)
        if is_per_account:
            self.watch(self._of_messages)

    def watch(self, source: Source) -> None:
        """Add a source, which is asked each time the metrics are read."""
        self._registry.register(_Source(source))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the pattern of its address, so that there are few."""
        self._requests.labels(method, route, f"{status // 100}xx").observe(seconds)

    def hear(self, events: Sequence[Event]) -> None:
        """Count committed events by their kind."""
        self._events.update(type(event).__name__ for event in events)
        if self.is_per_account:
            for event in events:
                if isinstance(event, MessagePosted):
                    self._messages[_label(event.account_id, self._messages)] += 1

    def text(self, authorization: str) -> bytes:
        """Return all metrics as text, given the token. Raises NotFoundException, NotAuthorizedException."""
        if not self._token:
            raise NotFoundException
        if not compare_digest(authorization.encode(), f"Bearer {self._token}".encode()):
            raise NotAuthorizedException
        return generate_latest(self._registry)

    def _of_events(self) -> Iterator[Metric]:
        help_text = "Changes committed and published, by kind; message_posted counts accepted messages."
        kinds = {sub(r"(?<=.)(?=[A-Z])", "_", name).lower(): number for name, number in self._events.items()}
        yield _by("hallway_events_published", help_text, "event", kinds)

    def _of_messages(self) -> Iterator[Metric]:
        yield _by("hallway_account_messages", "Messages accepted, by account.", "account", self._messages)


def _label(account_id: AccountId, known: Mapping[str, int]) -> str:
    """Return the account's id, or the common label of all accounts beyond the limit."""
    return account_id if account_id in known or len(known) < MOST_ACCOUNTS else OTHERS


class _Source:
    """A source as prometheus_client collects it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def collect(self) -> Iterable[Metric]:
        return self._source()


class Bounded(Protocol):
    """How often a value was at most each of the bounds; the last count is of those beyond."""

    @property
    def bounds(self) -> Sequence[float]: ...  # noqa: D102
    @property
    def counts(self) -> Sequence[int]: ...  # noqa: D102
    @property
    def total(self) -> float: ...  # noqa: D102


class HasStatistics(Protocol):
    """What the writer counts."""

    @property
    def busy(self) -> int: ...  # noqa: D102
    @property
    def failures(self) -> int: ...  # noqa: D102
    @property
    def sizes(self) -> Bounded: ...  # noqa: D102
    @property
    def seconds(self) -> Bounded: ...  # noqa: D102


class Counting(Protocol):
    """The writer, as the metrics read it."""

    @property
    def statistics(self) -> HasStatistics: ...  # noqa: D102
    @property
    def waiting(self) -> int: ...  # noqa: D102


def of_writer(writer: Counting) -> Iterator[Metric]:
    """Measure how much waits to be written, and the batches in which it is."""
    statistics = writer.statistics
    yield GaugeMetricFamily("hallway_writer_waiting", "Commands waiting to be written.", writer.waiting)
    yield CounterMetricFamily("hallway_writer_busy", "Commands refused because too many waited.", statistics.busy)
    yield CounterMetricFamily(
        "hallway_writer_failures", "Commands that the database failed to store.", statistics.failures
    )
    yield _histogram("hallway_writer_batch_size", "Commands written in one transaction.", statistics.sizes)
    yield _histogram("hallway_writer_batch_seconds", "From taking a batch to its answers.", statistics.seconds)


def of_refusals(refusals: Mapping[str, int]) -> Iterator[Metric]:
    """Count refusals, by the code of the problem."""
    yield _by("hallway_refusals", "Requests and frames refused, by code.", "code", refusals)


class CountsFrames(Protocol):
    """What the hub counts."""

    @property
    def handed(self) -> int: ...  # noqa: D102
    @property
    def cuts(self) -> int: ...  # noqa: D102


def of_lines(open_lines: int, hub: CountsFrames, refreshes: int) -> Iterator[Metric]:
    """Count live connections, frames sent to them, requests to catch up, and connections cut for reading too slowly."""
    yield GaugeMetricFamily("hallway_socket_connections", "Open live connections.", open_lines)
    yield CounterMetricFamily("hallway_socket_frames", "Frames sent to connections about changes.", hub.handed)
    help_text = "Connections asked to catch up because events from another process may have been lost."
    yield CounterMetricFamily("hallway_socket_refreshes", help_text, refreshes)
    yield CounterMetricFamily("hallway_socket_cuts", "Connections closed because they read too slowly.", hub.cuts)


def of_accounts_lines(connections: Mapping[AccountId, int]) -> Iterator[Metric]:
    """Count the live connections of each account."""
    numbers = Counter[str]()
    for account_id, number in connections.items():
        numbers[_label(account_id, numbers)] += number
    yield _gauge("hallway_account_connections", "Open live connections, by account.", numbers, "account")


def of_notifications(delivered: Mapping[str, int], failed: Mapping[tuple[str, str], int]) -> Iterator[Metric]:
    """Count the notifications that each channel delivered, and the others by their delivery status."""
    yield _by("hallway_notices", "Notifications delivered, by channel.", "channel", delivered)
    family = CounterMetricFamily(
        "hallway_notices_failed", "Notifications that failed, by channel and outcome.", labels=["channel", "fate"]
    )
    for labels, number in sorted(failed.items()):
        family.add_metric(labels, number)
    yield family


def of_audit(size: Size) -> Iterator[Metric]:
    """Measure the size of the audit log."""
    yield GaugeMetricFamily("hallway_audit_entries", "Entries of the audit log.", size.entries)
    yield GaugeMetricFamily("hallway_audit_bytes", "The approximate size of the audit log in the database.", size.bytes)


def of_jobs(
    counts: Sequence[JobCount], done: Mapping[str, int], failed: Mapping[str, int], now: datetime
) -> Iterator[Metric]:
    """Count background jobs, by kind: waiting, set aside, late (in seconds), done and failed."""
    yield _gauge(
        "hallway_jobs_waiting", "Background tasks waiting or running.", {one.kind: one.waiting for one in counts}
    )
    yield _gauge(
        "hallway_jobs_set_aside",
        "Background tasks that failed and were set aside.",
        {one.kind: one.set_aside for one in counts},
    )
    late = {one.kind: max(0.0, (now - one.due_since).total_seconds()) for one in counts if one.due_since is not None}
    yield _gauge("hallway_jobs_late_seconds", "How long the oldest due task has been waiting.", late)
    yield _by("hallway_jobs_done", "Background tasks completed by this process.", "kind", done)
    yield _by("hallway_jobs_failed", "Attempts that failed in this process.", "kind", failed)


def of_upkeep(overview: Overview, removed: Mapping[str, int]) -> Iterator[Metric]:
    """Report the last upkeep of the account that waits longest, what upkeep removed, and the number of rows lately."""
    if overview.oldest is not None:
        oldest = overview.oldest.at.timestamp()
        yield GaugeMetricFamily("hallway_upkeep_last_timestamp_seconds", "When upkeep last ran.", oldest)
    if overview.rows:
        yield _gauge("hallway_rows", "About how many rows a table had at the last upkeep.", overview.rows, "table")
    yield _by(
        "hallway_upkeep_removed", "Rows that this process removed because they were no longer needed.", "what", removed
    )


def of_search_index(indexed: int, waiting: int, lag: float, incomplete: int) -> Iterator[Metric]:
    """Report what this process indexed for the search, what it knows to be missing, and whose index is not complete."""
    yield CounterMetricFamily("hallway_search_indexed", "Messages that this process indexed.", indexed)
    yield GaugeMetricFamily("hallway_search_chats_waiting", "Chats with messages to be indexed.", waiting)
    yield GaugeMetricFamily("hallway_search_lag_seconds", "How long the messages last indexed had waited.", lag)
    yield GaugeMetricFamily(
        "hallway_search_accounts_incomplete", "Accounts whose search index isn't complete.", incomplete
    )


def of_scheduled(counts: Mapping[str, int]) -> Iterator[Metric]:
    """Count what became of scheduled messages in this process at their time."""
    yield _by(
        "hallway_scheduled_messages", "Scheduled messages that were due, by what became of them.", "outcome", counts
    )


def _gauge(name: str, help_text: str, numbers: Mapping[str, float], label: str = "kind") -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=[label])
    for value, number in sorted(numbers.items()):
        family.add_metric([value], number)
    return family


def _by(name: str, help_text: str, label: str, numbers: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, help_text, labels=[label])
    for value, number in sorted(numbers.items()):
        family.add_metric([value], number)
    return family


def _histogram(name: str, help_text: str, counted: Bounded) -> Metric:
    names = [*map(str, counted.bounds), "+Inf"]
    return HistogramMetricFamily(
        name, help_text, buckets=list(zip(names, accumulate(counted.counts), strict=True)), sum_value=counted.total
    )


@get("/metrics", include_in_schema=False)
async def metrics(request: Request[Any, Any, State]) -> Response[bytes]:
    """Return all metrics in the text format of Prometheus."""
    found: Metrics = request.app.state.metrics
    with context_of(request.app.state).secrets.one("metrics", client_address(request)):
        text = found.text(request.headers.get("authorization", ""))
    return Response(text, media_type=MEDIA_TYPE)


handlers = [metrics]
