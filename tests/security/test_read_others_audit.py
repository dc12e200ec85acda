"""Read what happened to others: in the audit log, by its filters, its cursor and its export."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers.hallway import Hallway, demo_academy
from tests.transport.cast import Browser, Cast, Casting, as_problem, casting

QUERIES = ["", "?about={other}", "?by={other}", "?cursor=OTk5", "?group=entry", "?limit=100"]


@pytest.fixture(scope="module")
def academy(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hallway]:
    """The demo academy."""
    serving = demo_academy(tmp_path_factory.mktemp("served"), built=built_academy)
    yield serving
    serving.stop()


@pytest.fixture
def agency(academy: Hallway) -> Iterator[Casting]:
    """Brings people into it."""
    yield from casting(academy)


@pytest.fixture
def cast(agency: Casting) -> Cast:
    """Fresh people."""
    return agency.cast()


@pytest.fixture
def owner(academy: Hallway) -> Iterator[Browser]:
    """The owner at a browser."""
    with Browser(academy.address, "ingrid", "hallway-demo") as browser:
        yield browser


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
def test_the_account_s_log_is_closed_to_everybody_else(cast: Cast, query: str) -> None:
    asked = query.format(other=cast.expert.id)
    for who in (cast.learner, cast.expert):
        for path in ("/admin/audit", "/admin/audit/export"):
            as_problem(who.browser.request("GET", path + asked), 403, "not_staff")


def test_a_department_administrator_has_their_own_part_alone(agency: Casting, cast: Cast) -> None:
    dean = agency.somebody("Dora Dean", "department_administrator")
    as_problem(dean.browser.request("GET", "/admin/audit"), 403, "not_staff")
    found = dean.browser.request("GET", "/me/audit").json()["entries"]
    assert {one["person"]["id"] for one in found} == {dean.id}
    assert cast.learner.id not in str(found)


def test_one_s_own_part_has_no_filter_that_leads_elsewhere(cast: Cast) -> None:
    for query in ("", f"?about={cast.learner.id}", f"?by={cast.learner.id}", "?cursor=OTk5OTk"):
        found = cast.outsider.browser.request("GET", f"/me/audit{query}").json()["entries"]
        assert {one["person"]["id"] for one in found} <= {cast.outsider.id}


def test_from_where_staff_did_it_is_not_told(cast: Cast) -> None:
    found = cast.learner.browser.request("GET", "/me/audit").json()["entries"]
    by_others = [one for one in found if one["by"] and one["by"]["id"] != cast.learner.id]
    assert by_others
    assert {(one["address"], one["session_id"]) for one in by_others} == {("", None)}


def test_a_stranger_gets_nothing(academy: Hallway) -> None:
    for path in ("/admin/audit", "/admin/audit/export", "/me/audit"):
        assert httpx.get(f"{academy.address}/api/v1{path}").status_code == 401


@pytest.mark.parametrize(
    "query", ["cursor=x", "cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "since=x", "by=x", "group=x", "limit=101"]
)
def test_nonsense_is_refused_with_words(owner: Browser, query: str) -> None:
    assert owner.request("GET", f"/admin/audit?{query}").status_code == 422


def test_dates_without_a_zone_and_far_away_ones_are_taken(owner: Browser) -> None:
    for query in ("since=2026-01-01T00:00:00", "since=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z"):
        assert owner.request("GET", f"/admin/audit?{query}").status_code == 200
