"""Importing users and departments: by login and by path, under the rights of the portal."""

from dataclasses import replace

import pytest

from hallway.domain.audiences import audience
from hallway.domain.ids import DepartmentId, UserId
from hallway.domain.people import Department, Role, State, User
from hallway.usecases.imports.sheets import ImportKind, Report
from tests.school import (
    ADMIN,
    AUTHOR,
    DEAN,
    LANGUAGES,
    LENA,
    NILS,
    OPTICS,
    PHYSICS,
    SCHOOL,
    SCIENCES,
    SUPERVISOR,
    TOMAS,
    School,
)
from tests.usecases.sheets import apply_sheet, check_sheet, import_sheet

COLUMNS = "name,email,login,role,department,supervisor,manages,state"
NORA = "Nora New,nora@school.example,nora"
LENA_LINE = "Lena Löwe,lena@school.example,lena"


def _found(school: School, login: str) -> User:
    user = school.read(lambda tx: tx.people.by_login(SCHOOL, login))
    assert user is not None
    return user


def _counts(report: Report) -> tuple[int, int, int]:
    return report.to_add, report.to_change, report.unchanged


def _blames(report: Report) -> list[tuple[int, str | None]]:
    return [(bad.line, bad.column) for bad in report.bad_lines]


def _why(report: Report) -> list[str]:
    return [bad.message for bad in report.bad_lines]


# Users.


def test_a_new_line_adds_a_person_with_everything_it_says(school: School) -> None:
    import_sheet(
        school,
        ImportKind.USERS,
        COLUMNS,
        f"{NORA},Department Administrator,sciences / PHYSICS,adam,Languages; Sciences/Physics/Optics,inactive",
    )
    nora = _found(school, "nora")
    assert (nora.role, nora.state, nora.department_id, nora.supervisor_id) == (
        Role.DEPARTMENT_ADMINISTRATOR,
        State.INACTIVE,
        PHYSICS,
        ADMIN,
    )
    assert school.facts(nora.id).manages == {LANGUAGES, OPTICS}


def test_a_known_login_changes_its_person_and_leaves_what_no_column_says(school: School) -> None:
    report = import_sheet(school, ImportKind.USERS, "name,email,login", "Lena Stone,lena@school.example,LENA")
    assert _counts(report) == (0, 1, 0)
    lena = school.user(LENA)
    assert (lena.name, lena.department_id, lena.role) == ("Lena Stone", OPTICS, Role.LEARNER)


def test_an_empty_cell_takes_the_department_away_and_keeps_role_and_state(school: School) -> None:
    import_sheet(school, ImportKind.USERS, COLUMNS, "Dora Dean,dora@school.example,dora,,,,Sciences,")
    dean = school.user(DEAN)
    assert (dean.department_id, dean.role, dean.state) == (None, Role.DEPARTMENT_ADMINISTRATOR, State.ACTIVE)


def test_added_changed_and_unchanged_lines_are_counted_apart(school: School) -> None:
    report = check_sheet(
        school, ImportKind.USERS, "name,email,login", NORA, LENA_LINE, "Tomas,tomas@school.example,tomas"
    )
    assert _counts(report) == (1, 1, 1)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",nora@school.example,nora,,,,,", "name"),
        ("Nora,nora,nora,,,,,", "email"),
        ("Nora,nora@school.example,n,,,,,", "login"),
        (f"{NORA},king,,,,", "role"),
        (f"{NORA},,Sciences/Optics,,,", "department"),
        (f"{NORA},,,nobody,,", "supervisor"),
        (f"{NORA},department_administrator,,,Sciences;Nowhere,", "manages"),
        (f"{NORA},,,,,removed", "state"),
        (f"{NORA},owner,,,,", "role"),
        ("Nora,tomas@school.example,nora,,,,,", "email"),
        ("Nora,nora@school.example,lena@school.example,,,,,", "login"),
        ("Olga Owner,olga@school.example,olga,learner,,,,", "role"),
        ("Adam Admin,adam@school.example,adam,,,,,inactive", "role"),
    ],
)
def test_each_bad_line_is_named_with_the_column_to_blame(school: School, line: str, column: str) -> None:
    report = apply_sheet(school, ImportKind.USERS, COLUMNS, f"{LENA_LINE},author,,,,", line)
    assert _blames(report) == [(3, column)]
    assert school.user(LENA).role is Role.AUTHOR


def test_a_login_that_is_another_s_e_mail_changes_nobody(school: School) -> None:
    before = school.everything()
    report = apply_sheet(school, ImportKind.USERS, "name,email,login", "Nora,nora@school.example,lena@school.example")
    assert _why(report) == ["This login is already in use."]
    assert school.everything() == before


def test_a_line_that_says_the_same_as_an_earlier_one_is_named(school: School) -> None:
    report = check_sheet(
        school,
        ImportKind.USERS,
        "name,email,login",
        NORA,
        "Nora,other@x.example,NORA",
        "Nora,Nora@School.example,nora2",
    )
    assert _blames(report) == [(3, "login"), (4, "email")]
    assert _why(report) == ["Row 2 already has this login.", "Row 2 already has this email."]


def test_a_login_that_is_an_earlier_line_s_e_mail_is_named_and_one_s_own_is_not(school: School) -> None:
    mine, other = "Nora,nora@x.example,nora@x.example", "Omar,omar@x.example,Nora@x.example"
    assert _why(check_sheet(school, ImportKind.USERS, "name,email,login", mine, other)) == [
        "Row 2 already has this login."
    ]
    assert _why(check_sheet(school, ImportKind.USERS, "name,email,login", mine)) == []


def test_the_owner_s_unchanged_line_stops_no_administrator(school: School) -> None:
    line = "Olga Owner,olga@school.example,olga"
    assert _counts(import_sheet(school, ImportKind.USERS, "name,email,login", line)) == (0, 0, 1)
    changed = check_sheet(school, ImportKind.USERS, "name,email,login", line.replace("Olga Owner", "Olga Other"))
    assert _blames(changed) == [(2, "role")]


def test_the_login_of_a_removed_person_adds_somebody_new(school: School) -> None:
    school.set_state(LENA, State.REMOVED)
    assert _counts(import_sheet(school, ImportKind.USERS, "name,email,login", LENA_LINE)) == (1, 0, 0)
    assert _found(school, "lena").id != LENA
    assert school.user(LENA).state is State.REMOVED


def test_a_file_that_takes_the_role_takes_the_managed_departments(school: School) -> None:
    import_sheet(school, ImportKind.USERS, "name,email,login,role", "Dora Dean,dora@school.example,dora,author")
    assert school.facts(DEAN).manages == frozenset()


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (f"{LENA_LINE},author,Sciences/Physics,tomas,,", None),
        (f"{LENA_LINE},,Sciences,dora,,inactive", None),
        (f"{NORA},,Sciences,,,", None),
        (f"{LENA_LINE},department_administrator,Sciences,,,", "role"),
        (f"{LENA_LINE},,Languages,,,", "department"),
        (f"{LENA_LINE},,Sciences,nils,,", "supervisor"),
        (f"{NORA},administrator,Sciences,,,", "role"),
        (f"{NORA},,Languages,,,", "department"),
        (f"{NORA},,,,,", "department"),
        ("Dora Dean,dora@school.example,dora,,Sciences,,Sciences;Languages,", "manages"),
        ("Dora Dean,dora@school.example,dora,,Sciences,,Sciences,inactive", "role"),
    ],
)
def test_a_department_administrator_s_file_has_the_rights_of_the_portal(
    school: School, line: str, column: str | None
) -> None:
    report = apply_sheet(school, ImportKind.USERS, COLUMNS, line, by=DEAN)
    assert _blames(report) == ([] if column is None else [(2, column)])


def test_a_supervisor_from_outside_stays_where_the_file_names_none(school: School) -> None:
    import_sheet(school, ImportKind.USERS, "name,email,login,supervisor", f"{LENA_LINE},sven")
    import_sheet(school, ImportKind.USERS, "name,email,login", "Lena Stone,lena@school.example,lena", by=DEAN)
    assert (school.user(LENA).name, school.user(LENA).supervisor_id) == ("Lena Stone", SUPERVISOR)


# Departments.


def _department(school: School, name: str) -> Department:
    (found,) = [one for one in school.read(lambda tx: tx.departments.all(SCHOOL)).values() if one.name == name]
    return found


def _supervisor(school: School, department_id: DepartmentId) -> UserId | None:
    return school.read(lambda tx: tx.departments.all(SCHOOL))[department_id].supervisor_id


def test_a_path_is_added_with_everything_above_it(school: School) -> None:
    report = import_sheet(
        school, ImportKind.DEPARTMENTS, "path", "Arts/Music/Choir", "Arts / Painting", "sciences/physics"
    )
    assert _counts(report) == (4, 0, 1)
    choir, music = _department(school, "Choir"), _department(school, "Music")
    assert (choir.parent_id, music.parent_id) == (music.id, _department(school, "Arts").id)
    assert _department(school, "Painting").parent_id == music.parent_id


def test_a_supervisor_is_set_on_new_and_known_departments(school: School) -> None:
    report = import_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", "Arts,arno", "Sciences/Physics,arno")
    assert _counts(report) == (1, 1, 0)
    assert _department(school, "Arts").supervisor_id == _supervisor(school, PHYSICS) == AUTHOR


def test_an_empty_cell_leaves_the_supervisor(school: School) -> None:
    assert _counts(import_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", "Sciences/Physics,")) == (
        0,
        0,
        1,
    )
    assert _supervisor(school, PHYSICS) == SUPERVISOR


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Sciences//Optics,", "department"),
        ("/Sciences,", "department"),
        (f"Sciences/{'a' * 201},", "department"),
        ("Sciences/Physics,nobody", "supervisor"),
        ("Sciences/Physics,mira", "supervisor"),
    ],
)
def test_a_bad_department_line_is_named_and_counted_as_nothing_else(school: School, line: str, column: str) -> None:
    school.write(lambda tx: tx.people.save([_inactive(school, "mira")]))
    report = check_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", "Languages,", line)
    assert _blames(report) == [(3, column)]
    assert report.unchanged == 1


def _inactive(school: School, login: str) -> User:
    return replace(_found(school, login), state=State.INACTIVE)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Sciences/Physics/Sound,", None),
        ("Sciences/Physics,tomas", None),
        ("Sciences/Physics,sven", "supervisor"),
        ("Sciences/Physics,", None),
        ("Sciences/Physics,nils", "supervisor"),
        ("Sciences/Sound,nils", "supervisor"),
        ("Arts,", "department"),
        ("Languages/French,", "department"),
        ("Languages,dora", "department"),
        ("Sciences,dora", "department"),
    ],
)
def test_a_department_administrator_s_file_shapes_only_what_the_portal_lets_them(
    school: School, line: str, column: str | None
) -> None:
    before = school.everything()
    report = apply_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", line, by=DEAN)
    assert _blames(report) == ([] if column is None else [(2, column)])
    if column is not None:
        assert school.everything() == before
        assert _supervisor(school, LANGUAGES) is _supervisor(school, SCIENCES) is None


def test_people_hear_that_their_department_s_supervisor_changed(school: School) -> None:
    school.told.clear()
    import_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", "Sciences/Physics,arno")
    told = {user for event in school.told for user in (audience(event) or ())}
    assert told == {LENA, TOMAS, AUTHOR, SUPERVISOR}
    assert NILS not in told
