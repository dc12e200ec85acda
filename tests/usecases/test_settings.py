"""The account's settings: who sees and changes them (§3, §5, §7)."""

from datetime import timedelta

import pytest

from hallway.domain.accounts import Account, Mode
from hallway.domain.events import FactsChanged
from hallway.domain.ids import UserId
from hallway.domain.verdicts import Denial
from hallway.usecases.accounts import settings
from hallway.usecases.errors import Invalid
from tests.school import ADMIN, AUTHOR, DEAN, ELSEWHERE, LENA, OWNER, SCHOOL, School, actor
from tests.usecases.deeds import Work


def _change(who: UserId, **changes: object) -> Work:
    return lambda tx: settings.change(tx, actor(who), changes=settings.AccountPatch(**changes))


def _shown(school: School) -> Account:
    return school.read(lambda tx: settings.show(tx, actor(ADMIN)))


def test_a_new_account_is_strict_with_messaging_on_and_a_day_to_delete(school: School) -> None:
    assert _shown(school) == Account(
        id=SCHOOL, name="School", messaging_on=True, mode=Mode.STRICT, delete_for_everyone=timedelta(hours=24)
    )


@pytest.mark.parametrize("who", [OWNER, ADMIN])
def test_account_staff_change_one_setting_and_the_others_stay(school: School, who: UserId) -> None:
    school.write(_change(who, mode=Mode.OPEN))
    school.write(_change(who, delete_for_everyone=timedelta(0)))
    assert _shown(school) == Account(id=SCHOOL, name="School", mode=Mode.OPEN, delete_for_everyone=timedelta(0))


@pytest.mark.parametrize("who", [DEAN, AUTHOR, LENA])
def test_nobody_else_sees_or_changes_them(school: School, who: UserId) -> None:
    assert school.denial(lambda tx: settings.show(tx, actor(who))) is Denial.NOT_STAFF
    assert school.denial(_change(who, messaging_on=False)) is Denial.NOT_STAFF


def test_everyone_in_the_account_hears_of_a_change_and_another_account_is_as_it_was(school: School) -> None:
    assert school.events(_change(ADMIN, messaging_on=False)) == [FactsChanged(SCHOOL, None)]
    assert school.read(lambda tx: tx.accounts.find(ELSEWHERE)) == Account(id=ELSEWHERE, name="Elsewhere")


@pytest.mark.parametrize("name", ["", "  ", "a" * 201])
def test_an_academy_has_a_name(school: School, name: str) -> None:
    with pytest.raises(Invalid) as invalid:
        school.write(_change(ADMIN, name=name, messaging_on=False))
    assert [problem.field for problem in invalid.value.problems] == ["academy"]
    assert _shown(school).messaging_on
