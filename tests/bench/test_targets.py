"""What the benchmark says of made-up figures: medians, ratios, and whether a target is met."""

import pytest

from bench.figures import Figure, Figures, Sample
from bench.report import COLUMNS, cell, ratio, table
from bench.targets import Target, targets

NAMES = {
    "hallway": "Hallway, SQLite",
    "hallway_postgres": "Hallway, PostgreSQL",
    "hallway_room": "Hallway, SQLite",
    "echo": "echo",
    "inserts": "inserts",
    "redis_streams": "Redis",
    "ejabberd": "ejabberd",
    "prosody": "Prosody",
}


def measured(workload: str, contender: str, key: str, *rounds: float) -> list[Sample]:
    return [Sample(workload, contender, NAMES[contender], turn, {key: value}) for turn, value in enumerate(rounds, 1)]


def judged(what: str, wanted: str, *samples: list[Sample]) -> Target:
    """The one target with these words."""
    found = targets(Figures([one for group in samples for one in group]))
    (target,) = (one for one in found if one.what.startswith(what) and one.wanted.startswith(wanted))
    return target


def rate(contender: str, *rounds: float) -> list[Sample]:
    return measured("W2", contender, "many_per_second", *rounds)


def test_a_figure_is_the_median_with_the_least_and_the_most() -> None:
    figures = Figures(rate("hallway", 30, 10, 20))
    assert figures.figure("W2", "hallway", "many_per_second") == Figure(20, 10, 30)
    assert figures.figure("W2", "echo", "many_per_second") is None


@pytest.mark.parametrize(("mine", "is_met"), [(15_000, True), (14_999, False)])
def test_hallway_is_compared_with_the_best_peer_that_was_measured(mine: float, is_met: bool) -> None:
    target = judged(
        "W2, messages a second, 16 under way, SQLite",
        "≥ 15",
        rate("hallway", mine),
        rate("ejabberd", 1_000),
        rate("prosody", 140),
    )
    assert (target.wanted, target.is_met) == ("≥ 15 times the best peer, ejabberd", is_met)


def test_over_postgresql_only_peers_on_postgresql_count() -> None:
    target = judged(
        "W2, messages a second, 16 under way, PostgreSQL",
        "≥ 10",
        rate("hallway_postgres", 10_000),
        rate("ejabberd", 500),
        rate("prosody", 2_000),
    )
    assert target.found == "20.00 times (10,000 to 500)"


@pytest.mark.parametrize(("heard", "is_met"), [(0.0015, True), (0.0016, False)])
def test_a_message_may_take_half_as_long_again_as_a_commit_and_a_round_trip(heard: float, is_met: bool) -> None:
    target = judged(
        "W1",
        "≤ 1.5",
        measured("W1", "hallway", "heard_p50", heard),
        measured("W1", "inserts", "commit_p50", 0.0009),
        measured("W1", "echo", "stored_p50", 0.0001),
    )
    assert target.is_met is is_met


@pytest.mark.parametrize(("size", "is_met"), [(24_000, True), (24_001, False)])
def test_a_connection_may_take_so_much_memory(size: float, is_met: bool) -> None:
    assert (
        judged(
            "W5, memory per idle connection, the larger crowd", "≤ 24.0 kB", measured("W5", "hallway", "bytes_1", size)
        ).is_met
        is is_met
    )


def test_one_lost_message_in_all_kills_is_one_too_many() -> None:
    def kills(lost: int) -> list[Sample]:
        values = {"kills": 5.0, "acknowledged": 900.0, "doubled": 0.0}
        return [Sample("W6", "hallway", "Hallway", turn, {**values, "lost": lost * (turn == 1)}) for turn in (1, 2)]

    assert judged("W6, acknowledged messages after kill -9, SQLite", "0", kills(0)).is_met is True
    target = judged("W6, acknowledged messages after kill -9, SQLite", "0", kills(1))
    assert (target.is_met, target.found) == (False, "1 lost, 0 doubled of 1,800 in 10 kills")


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    assert {(one.found, one.is_met) for one in targets(Figures([]))} == {("not measured", None)}


@pytest.mark.parametrize(("busy", "told"), [(0.96, "20 (10 to 30)†"), (0.94, "20 (10 to 30)")])
def test_a_rate_is_marked_where_the_load_was_the_limit(busy: float, told: str) -> None:
    figures = Figures([*rate("hallway", 10, 20, 30), *measured("W2", "hallway", "many_load_busy", busy)])
    assert cell(figures, "W2", "hallway", COLUMNS["W2"][0]) == told


def test_others_are_compared_with_hallway_whichever_way_is_better() -> None:
    rates = Figures([*rate("hallway", 200), *rate("ejabberd", 50)])
    assert ratio(rates, "W2", "ejabberd", COLUMNS["W2"][0]) == "4 times as good"
    assert ratio(rates, "W2", "hallway", COLUMNS["W2"][0]) == ""
    waits = Figures([*measured("W1", "hallway", "heard_p50", 1), *measured("W1", "ejabberd", "heard_p50", 4)])
    assert ratio(waits, "W1", "ejabberd", COLUMNS["W1"][0]) == "4 times as good"


def test_the_table_tells_of_the_machine_the_figures_and_what_failed() -> None:
    failed = Sample("W1", "prosody", "Prosody", 1, failure="Traceback\nIt did not start.")
    figures = Figures([*measured("W1", "hallway", "heard_p50", 0.001, 0.003, 0.002), failed])
    told = table({"machine": "2 cores"}, {"W1": "one pair"}, figures, targets(figures), 3)
    assert "- machine: 2 cores" in told
    assert "| Hallway, SQLite | 2 (1 to 3) |" in told
    assert "- W1, Prosody, round 1: It did not start." in told
