"""Editing, deactivating, activating and removing users; pictures and sign-in links (§1, §2)."""

import pytest

from hallway.adapters import RandomIds
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial
from hallway.usecases.access import sessions, sign_in_links
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.people import directory, users
from hallway.usecases.people.pictures import Picture
from tests.school import (
    ADMIN,
    AUTHOR,
    DEAN,
    LANGUAGES,
    LENA,
    NOBODY,
    OPTICS,
    OWNER,
    PHYSICS,
    SCHOOL,
    SCIENCES,
    TOMAS,
    School,
    StoppedClock,
    actor,
    named,
)
from tests.usecases.deeds import Work

NOT_STAFF, OUTSIDE = Denial.NOT_STAFF, Denial.OUTSIDE_YOUR_DEPARTMENTS
NOT_YOURS, PROTECTED, YOURSELF = Denial.RIGHT_NOT_YOURS, Denial.OWNER_PROTECTED, Denial.NOT_YOURSELF


def _change(who: UserId, user_id: UserId, manages: frozenset[DepartmentId] | None = None, **changes: object) -> Work:
    return lambda tx: users.change(
        tx,
        actor(who),
        user_id=user_id,
        changes=users.UserPatch(**changes),
        manages=manages,
        clock=StoppedClock(),
        ids=RandomIds(),
    )


STATE_CHANGES = {State.ACTIVE: users.activate, State.INACTIVE: users.deactivate, State.REMOVED: users.remove}


def _set_state(who: UserId, user_id: UserId, state: State) -> Work:
    return lambda tx: STATE_CHANGES[state](tx, actor(who), user_id=user_id)


# Editing.


def test_what_is_not_named_stays(school: School) -> None:
    before = school.user(LENA)
    school.write(_change(DEAN, LENA, title="Student"))
    after = school.user(LENA)
    assert after.title == "Student"
    assert (after.name, after.department_id, after.login) == (before.name, before.department_id, before.login)


@pytest.mark.parametrize(
    ("who", "user_id", "changes", "denial"),
    [
        (LENA, LENA, {"name": "Queen"}, NOT_STAFF),
        (ADMIN, OWNER, {"name": "Renamed"}, PROTECTED),
        (OWNER, OWNER, {"name": "Renamed"}, None),
        (OWNER, OWNER, {"role": Role.LEARNER}, PROTECTED),
        (ADMIN, ADMIN, {"role": Role.LEARNER}, YOURSELF),
        (ADMIN, ADMIN, {"name": "Renamed"}, None),
        (ADMIN, LENA, {"role": Role.OWNER}, NOT_YOURS),
        (ADMIN, LENA, {"role": Role.ADMINISTRATOR}, None),
        (DEAN, LENA, {"role": Role.AUTHOR}, None),
        (DEAN, LENA, {"role": Role.DEPARTMENT_ADMINISTRATOR}, NOT_YOURS),
        (DEAN, LENA, {"department_id": PHYSICS}, None),
        (DEAN, LENA, {"department_id": LANGUAGES}, OUTSIDE),
        (DEAN, LENA, {"department_id": None}, OUTSIDE),
        (ADMIN, LENA, {"department_id": None}, None),
    ],
)
def test_staff_edit_within_their_rights(
    school: School, who: UserId, user_id: UserId, changes: dict[str, object], denial: Denial | None
) -> None:
    if denial is None:
        school.write(_change(who, user_id, **changes))
        user = school.user(user_id)
        assert {name: getattr(user, name) for name in changes} == changes
    else:
        assert school.denial(_change(who, user_id, **changes)) is denial


def test_a_login_of_another_is_refused_and_one_s_own_in_other_letters_is_not(school: School) -> None:
    with pytest.raises(Conflict, match="login"):
        school.write(_change(ADMIN, LENA, login="Tomas"))
    school.write(_change(ADMIN, LENA, login="LENA"))
    assert school.user(LENA).login == "LENA"


# Managed departments.


def test_who_is_no_department_administrator_any_more_manages_nothing(school: School) -> None:
    assert school.facts(DEAN).manages == {SCIENCES}
    school.write(_change(ADMIN, DEAN, role=Role.AUTHOR))
    assert school.facts(DEAN).manages == frozenset()
    school.write(_change(ADMIN, DEAN, role=Role.DEPARTMENT_ADMINISTRATOR))
    assert school.facts(DEAN).manages == frozenset()


def test_an_edit_that_does_not_speak_of_them_keeps_the_managed_departments(school: School) -> None:
    school.write(_change(ADMIN, DEAN, name="Dora D."))
    assert school.facts(DEAN).manages == {SCIENCES}


def test_only_a_department_administrator_is_given_departments(school: School) -> None:
    school.write(_change(ADMIN, AUTHOR, frozenset({LANGUAGES})))
    assert school.facts(AUTHOR).manages == frozenset()
    school.write(_change(ADMIN, AUTHOR, frozenset({LANGUAGES}), role=Role.DEPARTMENT_ADMINISTRATOR))
    assert school.facts(AUTHOR).manages == {LANGUAGES}


def test_a_department_administrator_does_not_choose_what_they_manage(school: School) -> None:
    assert school.denial(_change(DEAN, DEAN, frozenset({SCIENCES, LANGUAGES}))) is NOT_YOURS
    assert school.denial(_change(DEAN, DEAN, frozenset())) is NOT_YOURS
    school.write(_change(DEAN, DEAN, frozenset({SCIENCES})))


def test_a_department_that_is_not_there_is_managed_by_nobody(school: School) -> None:
    with pytest.raises(Invalid, match="department doesn't exist"):
        school.write(_change(ADMIN, DEAN, frozenset({DepartmentId(named("nowhere"))})))
    assert school.facts(DEAN).manages == {SCIENCES}


# States.


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
@pytest.mark.parametrize(
    ("who", "user_id", "denial"),
    [
        (ADMIN, LENA, None),
        (DEAN, LENA, None),
        (OWNER, ADMIN, None),
        (ADMIN, OWNER, PROTECTED),
        (OWNER, OWNER, PROTECTED),
        (ADMIN, ADMIN, YOURSELF),
        (DEAN, DEAN, YOURSELF),
        (LENA, TOMAS, NOT_STAFF),
    ],
)
def test_a_state_is_changed_by_those_who_may(
    school: School, who: UserId, user_id: UserId, denial: Denial | None, state: State
) -> None:
    if denial is None:
        school.write(_set_state(who, user_id, state))
        assert school.user(user_id).state is state
        school.write(_set_state(who, user_id, State.ACTIVE))
        assert school.user(user_id).state is State.ACTIVE
    else:
        assert school.denial(_set_state(who, user_id, state)) is denial


def test_a_department_administrator_deactivates_no_other_administrator_in_their_departments(school: School) -> None:
    school.write(_change(OWNER, TOMAS, role=Role.ADMINISTRATOR))
    assert school.denial(_set_state(DEAN, TOMAS, State.INACTIVE)) is NOT_YOURS
    school.write(_change(OWNER, TOMAS, role=Role.AUTHOR))
    school.write(_set_state(DEAN, TOMAS, State.INACTIVE))


def test_a_deactivated_administrator_administers_nothing(school: School) -> None:
    school.set_state(ADMIN, State.INACTIVE)
    assert school.denial(_change(ADMIN, LENA, name="Renamed")) is NOT_STAFF


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_every_session_ends_with_the_state_and_none_comes_back(school: School, state: State) -> None:
    now = school.clock.now()
    issued = school.write(
        lambda tx: sessions.issue(tx, SCHOOL, LENA, sessions.TOKEN, name="A", now=now, life=None, ids=school.ids)
    )
    assert (
        school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=issued.secret, clock=school.clock))
        is not None
    )
    school.set_state(LENA, state)
    school.set_state(LENA, State.ACTIVE)
    assert (
        school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=issued.secret, clock=school.clock)) is None
    )


# Pictures.


def test_a_picture_is_kept_and_its_version_changes_with_it(school: School) -> None:
    versions = [school.user(LENA).photo]
    for picture in (Picture("image/png", b"one"), Picture("image/webp", b"another")):
        school.write(lambda tx, new=picture: users.set_photo(tx, actor(DEAN), user_id=LENA, picture=new))
        versions.append(school.user(LENA).photo)
        kept = school.read(lambda tx: directory.photo(tx, actor(TOMAS), user_id=LENA))
        assert kept == (picture.media_type, picture.content)
    assert len(set(versions)) == 3


def test_a_picture_is_taken_away(school: School) -> None:
    for picture in (Picture("image/png", b"one"), None):
        school.write(lambda tx, new=picture: users.set_photo(tx, actor(ADMIN), user_id=LENA, picture=new))
    assert school.user(LENA).photo is None
    with pytest.raises(NotFound):
        school.read(lambda tx: directory.photo(tx, actor(LENA), user_id=LENA))


# Sign-in links.


def _link(school: School, who: UserId, user_id: UserId) -> Work:
    return lambda tx: sign_in_links.show(
        tx, actor(who), user_id=user_id, has_mail=False, clock=school.clock, ids=school.ids
    )


def test_a_link_is_given_for_those_whom_one_may_edit(school: School) -> None:
    school.write(_link(school, DEAN, LENA))
    assert school.denial(_link(school, ADMIN, OWNER)) is PROTECTED
    school.write(_change(OWNER, TOMAS, department_id=OPTICS, role=Role.ADMINISTRATOR))
    assert school.denial(_link(school, DEAN, TOMAS)) is NOT_YOURS


def test_no_link_for_whom_is_not_active(school: School) -> None:
    school.set_state(LENA, State.INACTIVE)
    with pytest.raises(Conflict, match="Activate"):
        school.write(_link(school, ADMIN, LENA))
    school.set_state(LENA, State.ACTIVE)
    school.write(_link(school, ADMIN, LENA))


def test_nobody_has_no_link(school: School) -> None:
    with pytest.raises(NotFound):
        school.write(_link(school, ADMIN, NOBODY))
    assert school.read(lambda tx: tx.sessions.of(SCHOOL, NOBODY, sessions.LINK)) == []
