"""Guessing passwords: so many failures in any minute, counted for all processes together."""

from datetime import timedelta

import pytest

from hallway.usecases import attempts
from hallway.usecases.errors import TooMany
from tests.school import ELSEWHERE, SCHOOL, School


def _fail(school: School, *keys: str) -> None:
    school.write(lambda tx: attempts.note(tx, SCHOOL, keys, clock=school.clock, ids=school.ids))


def _may_try(school: School, *keys: str) -> None:
    school.read(lambda tx: attempts.require_fewer(tx, SCHOOL, keys, per_minute=3, clock=school.clock))


def test_the_fourth_failure_within_a_minute_waits_for_the_end_of_the_first(school: School) -> None:
    for _ in range(3):
        _may_try(school, "login lena", "address 1")
        _fail(school, "login lena", "address 1")
        school.clock.wait(timedelta(seconds=10))
    for keys in (["login lena"], ["login tomas", "address 1"]):
        with pytest.raises(TooMany) as refused:
            _may_try(school, *keys)
        assert refused.value.retry_after == 30
    _may_try(school, "login tomas", "address 2")
    school.clock.wait(timedelta(seconds=30))
    _may_try(school, "login lena", "address 1")


def test_what_is_over_is_forgotten_and_no_login_is_kept_as_it_was_typed(school: School) -> None:
    _fail(school, "login lena")
    school.clock.wait(timedelta(seconds=61))
    _fail(school, "login lena")
    (kept,) = school.everything().attempts.values()
    assert "lena" not in kept[0]


def test_another_account_counts_its_own(school: School) -> None:
    for _ in range(3):
        _fail(school, "address 1")
    school.read(lambda tx: attempts.require_fewer(tx, ELSEWHERE, ["address 1"], per_minute=3, clock=school.clock))
