"""Guessing passwords: so many failures in any minute, counted before they are made, for all processes together."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from hallway.usecases.access import attempts
from hallway.usecases.access.attempts import Budget, Reservation
from hallway.usecases.errors import TooMany, granted
from tests.school import ELSEWHERE, SCHOOL, School


def _budgets(keys: Sequence[str]) -> list[Budget]:
    return [Budget(key, 3) for key in keys]


def _try(school: School, *keys: str) -> Reservation:
    budgets = _budgets(keys)
    return granted(school.write(lambda tx: attempts.reserve(tx, SCHOOL, budgets, clock=school.clock, ids=school.ids)))


def _require_left(school: School, *keys: str) -> None:
    school.read(lambda tx: attempts.require_left(tx, SCHOOL, _budgets(keys), clock=school.clock))


def test_the_fourth_try_within_a_minute_waits_for_the_end_of_the_first(school: School) -> None:
    for _ in range(3):
        _try(school, "login lena", "network 1")
        school.clock.wait(timedelta(seconds=10))
    for keys in (["login lena"], ["login tomas", "network 1"]):
        for ask in (_require_left, _try):
            with pytest.raises(TooMany) as refused:
                ask(school, *keys)
            assert refused.value.retry_after == 30
    _require_left(school, "login tomas", "network 2")
    school.clock.wait(timedelta(seconds=30))
    _try(school, "login lena", "network 1")


def test_what_is_refused_counts_nowhere(school: School) -> None:
    for _ in range(3):
        _try(school, "login lena")
    for _ in range(3):
        with pytest.raises(TooMany):
            _try(school, "network 1", "login lena")
    _try(school, "network 1")


def test_what_succeeds_is_given_back(school: School) -> None:
    for _ in range(10):
        reserved = _try(school, "login lena", "network 1")
        school.write(lambda tx, reserved=reserved: attempts.give_back(tx, reserved))
    assert school.everything().attempts == {}


def test_each_budget_has_its_own_size(school: School) -> None:
    budgets = [Budget("site", 5), Budget("network", 2)]

    def attempt() -> None:
        granted(school.write(lambda tx: attempts.reserve(tx, SCHOOL, budgets, clock=school.clock, ids=school.ids)))

    attempt()
    attempt()
    with pytest.raises(TooMany):
        attempt()


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(hours=2)])
def test_a_clock_that_is_set_back_locks_nobody_out_and_lets_nobody_through(school: School, back: timedelta) -> None:
    for _ in range(3):
        _try(school, "login lena")
    school.clock.wait(-back)
    with pytest.raises(TooMany) as refused:
        _try(school, "login lena")
    assert refused.value.retry_after <= 60
    school.clock.wait(timedelta(seconds=59))
    with pytest.raises(TooMany):
        _try(school, "login lena")
    school.clock.wait(timedelta(seconds=1))
    _try(school, "login lena")


def test_what_is_over_is_forgotten_and_no_login_is_kept_as_it_was_typed(school: School) -> None:
    _try(school, "login lena")
    school.clock.wait(timedelta(seconds=61))
    _try(school, "login lena")
    (kept,) = school.everything().attempts.values()
    assert "lena" not in kept[0]


def test_another_account_counts_its_own(school: School) -> None:
    for _ in range(3):
        _try(school, "network 1")
    school.read(lambda tx: attempts.require_left(tx, ELSEWHERE, _budgets(["network 1"]), clock=school.clock))
