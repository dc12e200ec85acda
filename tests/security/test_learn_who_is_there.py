"""Attack: a department administrator asks, by files and by forms, who else there is, and what belongs together."""

from collections.abc import Iterator

import pytest

from hallway.domain.ids import UserId
from hallway.domain.people import Role, User
from hallway.storage.store import open_store
from hallway.usecases.errors import Conflict, Invalid, TooMany
from hallway.usecases.imports.batches import MOST_TAKEN
from hallway.usecases.imports.sheets import ImportKind, Report
from hallway.usecases.people import guessing, users
from tests.school import ADMIN, DEAN, LANGUAGES, LENA, SCIENCES, SUPERVISOR, School, actor, furnish, new_school
from tests.usecases.sheets import apply_sheet, check_sheet, import_sheet


@pytest.fixture
def school() -> School:
    """The school on its first day."""
    return new_school()


@pytest.fixture
def stored(database: str) -> Iterator[School]:
    """The same, over each database."""
    store = open_store(database)
    made = School(store)
    made.write(furnish)
    yield made
    store.close()


COLUMNS = "name,email,login,title,department,supervisor"
NILS = ("Nils", "nils@school.example", "nils")
"""Somebody of another department: Languages."""


def _told(report: Report) -> list[tuple[str | None, str]]:
    return [(bad.column, bad.message) for bad in report.bad_lines]


def _asked(school: School, *cells: str, columns: str = COLUMNS) -> list[tuple[str | None, str]]:
    """What the dean is told about a line."""
    return _told(check_sheet(school, ImportKind.USERS, columns, ",".join(cells), by=DEAN))


def _nils(school: School) -> User:
    found = school.read(lambda tx: tx.people.by_login(school.user(ADMIN).account_id, "nils"))
    assert found is not None
    return found


# Files of users.


def test_a_right_guess_about_somebody_outside_is_answered_like_a_wrong_one(stored: School) -> None:
    """All that is said is that the login is taken, which a new person could not have either."""
    school = stored
    nils = _nils(school)
    right = _asked(school, nils.name, nils.email, nils.login, nils.title, "Sciences", "")
    other_title = _asked(school, nils.name, nils.email, nils.login, "Something else", "Sciences", "")
    other_name = _asked(school, "Somebody Else", nils.email, nils.login, nils.title, "Sciences", "")
    assert right == other_title == other_name
    taken = "This login is already in use.", "This email is already in use."
    assert right == [("login", taken[0]), ("email", taken[1])]


def test_nothing_is_counted_as_known_or_changed_for_somebody_outside(school: School) -> None:
    nils = _nils(school)
    line = f"{nils.name},{nils.email},{nils.login}"
    report = check_sheet(school, ImportKind.USERS, "name,email,login", line, by=DEAN)
    assert (report.to_add, report.to_change, report.unchanged) == (0, 0, 0)
    before = school.everything()
    apply_sheet(school, ImportKind.USERS, "name,email,login", line.replace("Nils", "Nobody"), by=DEAN)
    assert school.everything() == before
    assert check_sheet(school, ImportKind.USERS, "name,email,login", line).unchanged == 1


def test_whether_a_login_and_an_address_belong_together_is_not_said(school: School) -> None:
    sven = school.user(SUPERVISOR)
    nils = _nils(school)
    together = _asked(school, "New", nils.email, nils.login, "", "Sciences", "")
    apart = _asked(school, "New", sven.email, nils.login, "", "Sciences", "")
    assert together == apart


@pytest.mark.parametrize("present", ["", "sven"])
def test_a_supervisor_outside_is_answered_like_nobody(school: School, present: str) -> None:
    """Also where it is the right one: whoever may not choose a supervisor cannot find out by asking who it is."""
    lena = school.user(LENA)
    line = (lena.name, lena.email, lena.login, lena.title, "Sciences/Physics/Optics")
    import_sheet(school, ImportKind.USERS, COLUMNS, ",".join((*line, present)))
    answers = [_asked(school, *line, guess) for guess in ("sven", "nils", "nobody")]
    assert answers[0] == answers[1] == answers[2] != []
    assert _asked(school, *line, "tomas") == []
    columns, without = COLUMNS.removesuffix(",supervisor"), line
    assert _asked(school, *without, columns=columns) == []


def test_a_department_outside_is_answered_like_none(school: School) -> None:
    there, not_there = (
        _asked(school, "New", "n@x.example", "new", "", place, "") for place in ("Languages", "Nowhere")
    )
    assert [(column, text.replace("Languages", "Nowhere")) for column, text in there] == not_there != []
    assert _asked(school, "New", "n@x.example", "new", "", "Sciences", "") == []


def test_a_file_that_hits_many_is_told_nothing_at_all(school: School) -> None:
    lines = [f"N,n{number}@school.example,other{number},,Languages," for number in range(MOST_TAKEN + 5)]
    import_sheet(school, ImportKind.USERS, COLUMNS, *lines)
    mine = [f"N,n{number}@school.example,mine{number},,Sciences," for number in range(MOST_TAKEN + 5)]
    with pytest.raises(Invalid) as refused:
        check_sheet(school, ImportKind.USERS, COLUMNS, *mine, by=DEAN)
    assert [problem.code for problem in refused.value.problems] == ["too_many_taken"]
    assert len(check_sheet(school, ImportKind.USERS, COLUMNS, *mine[:MOST_TAKEN], by=DEAN).bad_lines) == MOST_TAKEN
    assert len(check_sheet(school, ImportKind.USERS, COLUMNS, *mine).bad_lines) == MOST_TAKEN + 5


# Files of departments.


def test_a_department_file_tells_nothing_of_those_outside(school: School) -> None:
    there = _told(check_sheet(school, ImportKind.DEPARTMENTS, "department", "Languages", by=DEAN))
    not_there = _told(check_sheet(school, ImportKind.DEPARTMENTS, "department", "Nowhere", by=DEAN))
    assert there == not_there == [("department", "This is outside the departments you manage.")]
    assert check_sheet(school, ImportKind.DEPARTMENTS, "department", "Sciences/Physics", by=DEAN).unchanged == 1


@pytest.mark.parametrize("place", ["Sciences/Physics", "Sciences/Sound"])
def test_a_department_file_tells_nothing_of_supervisors_outside(school: School, place: str) -> None:
    """The supervisor of Sciences/Physics is Sven, who is outside."""
    lines = (f"{place},{guess}" for guess in ("sven", "nils", "nobody"))
    answers = [
        _told(check_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", one, by=DEAN)) for one in lines
    ]
    assert answers[0] == answers[1] == answers[2] != []
    assert _told(check_sheet(school, ImportKind.DEPARTMENTS, "department,supervisor", f"{place},tomas", by=DEAN)) == []


# Forms.


def _add(school: School, by: UserId, **given: object) -> object:
    draft = users.Draft(**{"name": "New", "email": "new@x.example", "login": "new", "department_id": SCIENCES, **given})  # type: ignore[arg-type]
    return school.write(
        lambda tx: guessing.bounded(
            tx,
            actor(by),
            lambda tx: users.add(tx, actor(by), draft=draft, password_hash=None, clock=school.clock, ids=school.ids),
            clock=school.clock,
            ids=school.ids,
        )
    )


def test_the_form_says_that_a_login_is_taken_only_to_whom_it_would_add_the_person(school: School) -> None:
    taken = _add(school, DEAN, login="nils")
    assert isinstance(taken, Conflict)
    assert taken.code == "login_in_use"
    outside = [school.denial(lambda tx, it=login: _add_in(tx, school, it)) for login in ("nils", "nobody")]
    assert outside[0] is outside[1]


def _add_in(tx: object, school: School, login: str) -> object:
    draft = users.Draft(
        name="New", email="new@x.example", login=login, role=Role.LEARNER, title="", department_id=LANGUAGES
    )
    return users.add(tx, actor(DEAN), draft=draft, password_hash=None, clock=school.clock, ids=school.ids)  # type: ignore[arg-type]


@pytest.mark.slow("postgresql")
def test_the_form_answers_few_guesses_and_goes_on_for_others(stored: School) -> None:
    school = stored
    for _ in range(MOST_TAKEN):
        assert isinstance(_add(school, DEAN, login="nils"), Conflict)
    with pytest.raises(TooMany):
        _add(school, DEAN, login="nils")
    with pytest.raises(TooMany):
        _add(school, DEAN, login="not-taken")
    assert isinstance(_add(school, ADMIN, login="nils"), Conflict)
    assert not isinstance(_add(school, ADMIN), Conflict)


def test_who_administers_everybody_is_not_counted(school: School) -> None:
    for _ in range(MOST_TAKEN + 5):
        assert isinstance(_add(school, ADMIN, login="nils"), Conflict)
    assert not isinstance(_add(school, DEAN), Conflict)


# Lengths, the same at every door.


@pytest.mark.parametrize(
    ("kind", "columns", "line", "column"),
    [
        (ImportKind.USERS, "name,email,login,title", f"N,n@x.example,nn,{'a' * 201}", "title"),
        (ImportKind.USERS, "name,email,login,title", f"{'a' * 201},n@x.example,nn,", "name"),
        (ImportKind.USERS, "name,email,login,title", f"N,{'a' * 250}@x.example,nn,", "email"),
        (ImportKind.COURSES, "title,description,lessons", f"{'a' * 120_000},,", "title"),
        (ImportKind.COURSES, "title,description,lessons", f"A,{'a' * 4_001},", "description"),
        (ImportKind.COURSES, "title,description,lessons", f"A,,{'a' * 201}", "lessons"),
        (ImportKind.COURSES, "title,description,lessons", f"A,,{'a|' * 201}", "lessons"),
        (ImportKind.DEPARTMENTS, "department", "a" * 201, "department"),
        (ImportKind.DEPARTMENTS, "department", "/".join("a" * 21), "department"),
    ],
)
def test_every_column_is_as_long_as_the_form_allows(
    school: School, kind: ImportKind, columns: str, line: str, column: str
) -> None:
    if len(line) > 50_000:
        with pytest.raises(Invalid):
            check_sheet(school, kind, columns, line)
        line = line[:40_000] + ",,"
    report = check_sheet(school, kind, columns, line)
    assert [bad.column for bad in report.bad_lines] == [column]
    assert len(report.bad_lines[0].value) <= 201
