"""Users in the portal: whom staff see, add, edit, deactivate and remove; the owner is protected (§1, §2)."""

from dataclasses import replace

import pytest

from hallway.adapters import RandomIds
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial
from hallway.usecases.access import logins, sign_in_links
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.notifications import bounces, mail_replies
from hallway.usecases.people import users
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.people.users import Draft
from tests.school import (
    ADMIN,
    AUTHOR,
    DEAN,
    EVERYONE,
    EXPERT,
    HOST,
    LANGUAGES,
    LENA,
    MIRA,
    NILS,
    NOBODY,
    OPTICS,
    OWNER,
    PHYSICS,
    SCHOOL,
    SCIENCES,
    STRANGER,
    SUPERVISOR,
    TOMAS,
    School,
    StoppedClock,
    actor,
    named,
)
from tests.usecases.deeds import Work

DRAFT = Draft(name="Nora New", email="nora@school.example", login="nora", department_id=OPTICS)
NOT_STAFF, OUTSIDE = Denial.NOT_STAFF, Denial.OUTSIDE_YOUR_DEPARTMENTS
NOT_YOURS, PROTECTED = Denial.RIGHT_NOT_YOURS, Denial.OWNER_PROTECTED


def _add(school: School, who: UserId, draft: Draft = DRAFT, password_hash: str | None = None) -> UserId:
    return school.write(
        lambda tx: users.add(
            tx, actor(who), draft=draft, password_hash=password_hash, clock=school.clock, ids=school.ids
        )
    )


def _adding(school: School, who: UserId, draft: Draft) -> Work:
    return lambda tx: users.add(tx, actor(who), draft=draft, password_hash=None, clock=school.clock, ids=school.ids)


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


def _page(school: School, who: UserId, **chosen: object) -> users.Users:
    filtered = replace(UserFilter(), **chosen)  # type: ignore[arg-type]  # the tests name fields that are there
    return school.read(lambda tx: users.page(tx, actor(who), chosen=filtered, after=None, limit=50))


def _listed(school: School, who: UserId, **chosen: object) -> set[UserId]:
    return {one.card.user.id for one in _page(school, who, **chosen).users}


# Whom staff see.


@pytest.mark.parametrize("who", [AUTHOR, EXPERT, LENA])
def test_the_portal_s_users_are_for_staff(school: School, who: UserId) -> None:
    assert school.denial(lambda tx: users.page(tx, actor(who), chosen=UserFilter(), after=None, limit=5)) is NOT_STAFF
    assert school.denial(lambda tx: users.one(tx, actor(who), user_id=LENA, clock=school.clock)) is NOT_STAFF


def test_administrators_see_everyone_and_department_administrators_theirs(school: School) -> None:
    assert _listed(school, ADMIN) == {one.id for one in EVERYONE}
    assert _listed(school, DEAN) == {DEAN, LENA, TOMAS}
    school.write(_change(ADMIN, DEAN, frozenset({OPTICS})))
    assert _listed(school, DEAN) == {LENA}
    school.write(_change(ADMIN, DEAN, frozenset()))
    assert _listed(school, DEAN) == set()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"text": "tomas"}, {TOMAS}),
        ({"text": "nils@school"}, {NILS}),
        ({"role": Role.ADMINISTRATOR}, {ADMIN}),
        ({"state": State.INACTIVE}, {MIRA}),
        ({"state": State.REMOVED}, {HOST}),
        ({"department_id": SCIENCES}, {DEAN, TOMAS, LENA}),
        ({"department_id": PHYSICS, "text": "lena"}, {LENA}),
    ],
)
def test_the_list_is_filtered(school: School, chosen: dict[str, object], found: set[UserId]) -> None:
    school.set_state(MIRA, State.INACTIVE)
    school.set_state(HOST, State.REMOVED)
    assert _listed(school, ADMIN, **chosen) == found
    assert _page(school, ADMIN, **chosen).total == len(found)


def test_no_filter_shows_a_department_administrator_what_is_outside(school: School) -> None:
    assert _listed(school, DEAN, department_id=LANGUAGES) == set()
    assert _listed(school, DEAN, text="nils") == set()


def test_the_pages_have_everyone_once(school: School) -> None:
    first = school.read(lambda tx: users.page(tx, actor(ADMIN), chosen=UserFilter(), after=None, limit=6))
    rest = school.read(lambda tx: users.page(tx, actor(ADMIN), chosen=UserFilter(), after=first.next, limit=6))
    names = [one.card.user.name for page in (first, rest) for one in page.users]
    assert names == sorted(one.name for one in EVERYONE)
    assert (len(first.users), first.total, rest.total, rest.next) == (6, 11, 11, None)


@pytest.mark.parametrize("user_id", [NILS, OWNER, NOBODY, STRANGER])
def test_outside_ones_are_not_there_for_a_department_administrator(school: School, user_id: UserId) -> None:
    works: list[Work] = [
        lambda tx: users.one(tx, actor(DEAN), user_id=user_id, clock=school.clock),
        _change(DEAN, user_id, name="Renamed"),
        lambda tx: users.deactivate(tx, actor(DEAN), user_id=user_id),
        lambda tx: users.remove(tx, actor(DEAN), user_id=user_id),
        lambda tx: users.set_photo(tx, actor(DEAN), user_id=user_id, picture=None),
        lambda tx: sign_in_links.way(tx, actor(DEAN), user_id=user_id, has_mail=True, clock=school.clock),
    ]
    for work in works:
        with pytest.raises(NotFound, match="This user doesn't exist"):
            school.write(work)


@pytest.mark.parametrize(
    ("who", "user_id", "may_edit", "may_change_state"),
    [
        (ADMIN, LENA, True, True),
        (ADMIN, OWNER, False, False),
        (OWNER, OWNER, True, False),
        (ADMIN, ADMIN, True, False),
        (DEAN, LENA, True, True),
    ],
)
def test_the_list_says_what_may_be_done(
    school: School, who: UserId, user_id: UserId, may_edit: bool, may_change_state: bool
) -> None:
    found = school.read(lambda tx: users.one(tx, actor(who), user_id=user_id, clock=school.clock))
    assert (found.may_edit, found.may_change_state) == (may_edit, may_change_state)


def test_the_list_says_who_gets_no_mail(school: School) -> None:
    lena = school.user(LENA)
    school.write(lambda tx: bounces.note(tx, lena, "550 No such mailbox", school.clock.now()))
    school.write(lambda tx: mail_replies.end_mails(tx, lena, are_ended=True))

    def mails(user_id: UserId) -> tuple[str | None, bool]:
        found = school.read(lambda tx: users.one(tx, actor(DEAN), user_id=user_id, clock=school.clock))
        return found.bounce and found.bounce.reason, found.has_ended_mails

    assert mails(LENA) == ("550 No such mailbox", True)
    school.write(
        lambda tx: users.change(
            tx,
            actor(DEAN),
            user_id=LENA,
            changes=users.UserPatch(email="new@x.example"),
            manages=None,
            clock=StoppedClock(),
            ids=RandomIds(),
        )
    )
    school.write(lambda tx: mail_replies.end_mails(tx, school.user(LENA), are_ended=False))
    assert mails(LENA) == (None, False)


# Adding.


def test_an_added_user_is_active_and_belongs_where_they_were_put(school: School) -> None:
    added = school.user(_add(school, DEAN))
    assert (added.name, added.role, added.state, added.department_id) == (
        "Nora New",
        Role.LEARNER,
        State.ACTIVE,
        OPTICS,
    )


def test_a_password_is_kept_when_one_was_given(school: School) -> None:
    without, with_one = _add(school, ADMIN), _add(school, ADMIN, replace(DRAFT, email="n@x.example", login="n2"), "#")
    found = {one.card.user.id: one.has_password for one in _page(school, ADMIN).users}
    assert (found[without], found[with_one]) == (False, True)


@pytest.mark.parametrize(
    ("who", "draft", "denial"),
    [
        (LENA, DRAFT, NOT_STAFF),
        (DEAN, replace(DRAFT, role=Role.AUTHOR), None),
        (DEAN, replace(DRAFT, role=Role.DEPARTMENT_ADMINISTRATOR), NOT_YOURS),
        (DEAN, replace(DRAFT, role=Role.ADMINISTRATOR), NOT_YOURS),
        (DEAN, replace(DRAFT, department_id=LANGUAGES), OUTSIDE),
        (DEAN, replace(DRAFT, department_id=None), OUTSIDE),
        (ADMIN, replace(DRAFT, department_id=None), None),
        (ADMIN, replace(DRAFT, role=Role.ADMINISTRATOR), None),
        (ADMIN, replace(DRAFT, role=Role.OWNER), NOT_YOURS),
        (OWNER, replace(DRAFT, role=Role.OWNER), NOT_YOURS),
    ],
)
def test_nobody_gives_a_right_or_a_place_that_is_not_theirs(
    school: School, who: UserId, draft: Draft, denial: Denial | None
) -> None:
    if denial is None:
        assert school.user(_add(school, who, draft)).role is draft.role
    else:
        assert school.denial(_adding(school, who, draft)) is denial


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(DRAFT, login="lena"), "login_in_use"),
        (replace(DRAFT, login="LENA"), "login_in_use"),
        (replace(DRAFT, login="lena@school.example"), "login_in_use"),
        (replace(DRAFT, email="Lena@School.example"), "email_in_use"),
    ],
)
def test_a_login_or_e_mail_belongs_to_one(school: School, draft: Draft, code: str) -> None:
    with pytest.raises(Conflict) as conflict:
        _add(school, ADMIN, draft)
    assert conflict.value.code == code


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(DRAFT, name="  "), "name"),
        (replace(DRAFT, name="Two\nlines"), "name"),
        (replace(DRAFT, name="a" * 201), "name"),
        (replace(DRAFT, email="nora"), "email"),
        (replace(DRAFT, login="n"), "login"),
        (replace(DRAFT, login="no ra"), "login"),
        (replace(DRAFT, department_id=DepartmentId(named("nowhere"))), "department_id"),
        (replace(DRAFT, supervisor_id=NOBODY), "supervisor_id"),
        (replace(DRAFT, supervisor_id=STRANGER), "supervisor_id"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(school: School, draft: Draft, field: str) -> None:
    with pytest.raises(Invalid) as invalid:
        _add(school, ADMIN, draft)
    assert [problem.field for problem in invalid.value.problems] == [field]


def test_a_login_is_free_again_for_others_when_its_person_was_removed(school: School) -> None:
    draft = replace(DRAFT, login="lena", email="lena@school.example")
    school.set_state(LENA, State.INACTIVE)
    with pytest.raises(Conflict):
        _add(school, ADMIN, draft)
    school.set_state(LENA, State.REMOVED)
    newcomer = _add(school, ADMIN, draft)
    found, _ = school.read(lambda tx: logins.credentials(tx, SCHOOL, "lena"))
    assert found is not None
    assert found.id == newcomer != LENA
    with pytest.raises(Conflict):
        school.set_state(LENA, State.ACTIVE)


def test_a_login_changed_by_its_person_s_edit_is_free_for_others(school: School) -> None:
    school.write(_change(ADMIN, LENA, login="lena2", email="lena2@school.example"))
    _add(school, ADMIN, replace(DRAFT, login="lena", email="lena@school.example"))


def test_a_supervisor_is_active_and_one_whom_the_editor_oversees(school: School) -> None:
    school.write(_change(DEAN, LENA, supervisor_id=TOMAS))
    school.write(_change(DEAN, LENA, supervisor_id=DEAN))
    for wrong in (NILS, SUPERVISOR):
        with pytest.raises(Invalid, match="you administer"):
            school.write(_change(DEAN, LENA, supervisor_id=wrong))
    school.set_state(HOST, State.INACTIVE)
    with pytest.raises(Invalid, match="active person"):
        school.write(_change(ADMIN, LENA, supervisor_id=HOST))
    assert school.user(LENA).supervisor_id == DEAN
