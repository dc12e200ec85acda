"""The number of people that an operator grants an account, at every door by which somebody becomes active."""

import pytest

from hallway.domain.people import State
from hallway.usecases.accounts import limits, provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.errors import Conflict
from hallway.usecases.imports.sheets import ImportKind
from hallway.usecases.people import users
from hallway.usecases.people.users import Draft
from tests.school import ADMIN, LENA, SCHOOL, School, actor
from tests.usecases.sheets import apply_sheet, check_sheet

BOSS = actor(ADMIN)
NEW = Draft(name="Nora New", email="nora@school.example", login="nora")


@pytest.fixture
def full(school: School) -> School:
    """The school has exactly as many active people as it may have; Lena was deactivated before."""
    school.write(lambda tx: users.deactivate(tx, BOSS, user_id=LENA))
    active = school.read(lambda tx: tx.people.count(SCHOOL, limits.WHO_COUNTS))
    school.write(lambda tx: provisioning.change(tx, SCHOOL, OperatorPatch(people=active)))
    return school


def _add(school: School) -> None:
    school.write(lambda tx: users.add(tx, BOSS, draft=NEW, password_hash=None, clock=school.clock, ids=school.ids))


def _activate(school: School) -> None:
    school.write(lambda tx: users.activate(tx, BOSS, user_id=LENA))


def _refused(school: School) -> list[str]:
    """The doors at which nobody becomes active."""
    refused: list[str] = []
    for name, door in (("add", _add), ("activate", _activate)):
        with pytest.raises(Conflict) as no:
            door(school)
        refused.append(f"{name}: {no.value.code}")
    return refused


def test_nobody_is_added_or_reactivated_beyond_it(full: School) -> None:
    assert _refused(full) == ["add: too_many_people", "activate: too_many_people"]
    full.write(lambda tx: users.remove(tx, BOSS, user_id=LENA))
    assert _refused(full) == ["add: too_many_people", "activate: too_many_people"]


def test_who_is_deactivated_makes_room_for_one(full: School) -> None:
    one = full.read(lambda tx: tx.people.page(SCHOOL, limits.WHO_COUNTS, after=None, limit=50))
    other = next(each.id for each in one if each.role.value == "learner")
    full.write(lambda tx: users.deactivate(tx, BOSS, user_id=other))
    _activate(full)
    with pytest.raises(Conflict):
        _add(full)


def test_an_import_reactivates_and_adds_no_more_than_that(full: School) -> None:
    lena = full.read(lambda tx: tx.people.find(SCHOOL, LENA))
    assert lena is not None
    lines = ("name,email,login,state", f"{lena.name},{lena.email},{lena.login},active", "New,new@x.example,new,active")
    for import_ in (check_sheet, apply_sheet):
        report = import_(full, ImportKind.USERS, *lines)
        assert [(one.line, one.code) for one in report.bad_lines] == [
            (2, "too_many_people"),
            (3, "too_many_people"),
        ]
    full.write(lambda tx: provisioning.change(tx, SCHOOL, OperatorPatch(people=_active(full) + 1)))
    report = apply_sheet(full, ImportKind.USERS, *lines)
    assert [(one.line, one.code) for one in report.bad_lines] == [(3, "too_many_people")]


def test_one_that_is_changed_needs_no_room(full: School) -> None:
    _change = users.UserPatch(title="Dr")
    full.write(
        lambda tx: users.change(tx, BOSS, user_id=LENA, changes=_change, manages=None, clock=full.clock, ids=full.ids)
    )
    found = full.read(lambda tx: tx.people.find(SCHOOL, LENA))
    assert found is not None
    assert (found.title, found.state) == ("Dr", State.INACTIVE)


def _active(school: School) -> int:
    return school.read(lambda tx: tx.people.count(SCHOOL, limits.WHO_COUNTS))
