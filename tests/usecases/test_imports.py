"""Importing files: what is wrong is named line by line, and what is right is applied."""

from datetime import timedelta

import pytest

from hallway.domain.ids import UserId
from hallway.domain.people import State
from hallway.domain.verdicts import Denial
from hallway.integrations.sheets import look_into, read_upload, template
from hallway.usecases.errors import Invalid
from hallway.usecases.imports.batches import LONGEST, require_length
from hallway.usecases.imports.columns import COLUMNS
from hallway.usecases.imports.sheets import LISTED, LONGEST_VALUE, ImportKind, Report
from tests.school import ADMIN, ALGEBRA, BIOLOGY, DEAN, EXPERT, LENA, MIRA, SCHOOL, School
from tests.usecases.sheets import apply_sheet, check_sheet, import_sheet, judged

GOOD = {
    ImportKind.USERS: ("name,email,login", "Nora New,nora@school.example,nora"),
    ImportKind.DEPARTMENTS: ("department", "Arts"),
    ImportKind.COURSES: ("title", "Chemistry"),
    ImportKind.ENROLMENTS: ("course,login", "Biology,mira"),
    ImportKind.EXPERTS: ("course,login", "Biology,arno"),
}
BAD = {
    ImportKind.USERS: "Nobody,not an e-mail,nobody",
    ImportKind.DEPARTMENTS: "Sciences//Optics",
    ImportKind.COURSES: f"{'a' * 201}",
    ImportKind.ENROLMENTS: "Biology,nobody",
    ImportKind.EXPERTS: "History,arno",
}
EACH = pytest.mark.parametrize("kind", ImportKind)


def _counts(report: Report) -> tuple[int, int, int]:
    return report.to_add, report.to_change, report.unchanged


def _blames(report: Report) -> list[tuple[int, str | None]]:
    """Line and column of everything that is wrong."""
    return [(bad.line, bad.column) for bad in report.bad_lines]


# Every kind.


@EACH
def test_a_check_tells_what_would_happen_and_changes_nothing(school: School, kind: ImportKind) -> None:
    before = school.everything()
    assert _counts(check_sheet(school, kind, *GOOD[kind])) == (1, 0, 0)
    assert school.everything() == before


@EACH
def test_a_good_file_is_applied_as_the_check_said(school: School, kind: ImportKind) -> None:
    before = school.everything()
    checked = check_sheet(school, kind, *GOOD[kind])
    assert import_sheet(school, kind, *GOOD[kind]) == checked
    assert school.everything() != before


@EACH
def test_a_line_that_is_bad_when_it_is_applied_changes_nothing_and_the_others_stand(
    school: School, kind: ImportKind
) -> None:
    columns_of_it, line = GOOD[kind]
    before = school.everything()
    school.told.clear()
    report = apply_sheet(school, kind, columns_of_it, BAD[kind])
    assert [bad.line for bad in report.bad_lines] == [2]
    assert all(bad.message.endswith(".") for bad in report.bad_lines)
    assert (school.everything(), school.told) == (before, [])
    report = apply_sheet(school, kind, columns_of_it, BAD[kind], line)
    assert (_counts(report), [bad.line for bad in report.bad_lines]) == ((1, 0, 0), [2])
    assert school.everything() != before


@EACH
def test_a_file_that_was_applied_changes_nothing_when_it_is_applied_again(school: School, kind: ImportKind) -> None:
    import_sheet(school, kind, *GOOD[kind])
    before = school.everything()
    assert _counts(import_sheet(school, kind, *GOOD[kind])) == (0, 0, 1)
    assert school.everything() == before


@EACH
def test_good_and_bad_and_known_lines_are_told_apart(school: School, kind: ImportKind) -> None:
    columns, line = GOOD[kind]
    import_sheet(school, kind, columns, line)
    report = check_sheet(school, kind, columns, BAD[kind], line)
    assert (_counts(report), [bad.line for bad in report.bad_lines]) == ((0, 0, 1), [2])


@EACH
def test_the_lines_are_judged_anew_when_they_are_applied(school: School, kind: ImportKind) -> None:
    assert check_sheet(school, kind, *GOOD[kind]).bad_lines == []
    for course_id in (BIOLOGY, ALGEBRA):
        school.write(lambda tx, one=course_id: tx.courses.remove(SCHOOL, one))
    is_about_courses = kind in {ImportKind.ENROLMENTS, ImportKind.EXPERTS}
    assert bool(apply_sheet(school, kind, *GOOD[kind]).bad_lines) is is_about_courses


@EACH
@pytest.mark.parametrize("who", [EXPERT, LENA])
def test_files_are_for_staff(school: School, kind: ImportKind, who: UserId) -> None:
    assert school.denial(judged(school, kind, *GOOD[kind], by=who)) is Denial.NOT_STAFF


@pytest.mark.parametrize("kind", [ImportKind.COURSES, ImportKind.ENROLMENTS, ImportKind.EXPERTS])
def test_files_about_courses_are_for_account_staff(school: School, kind: ImportKind) -> None:
    assert school.denial(judged(school, kind, *GOOD[kind], by=DEAN)) is Denial.NOT_STAFF


def test_a_report_names_some_bad_lines_and_counts_all(school: School) -> None:
    report = check_sheet(
        school, ImportKind.COURSES, "title", *(f"{number}{'a' * 201}" for number in range(LISTED + 10))
    )
    assert (len(report.bad_lines), report.bad_count) == (LISTED, LISTED + 10)
    assert all(len(bad.value) == LONGEST_VALUE + 1 for bad in report.bad_lines)


# The file as such.


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("name,email", "Nora,nora@school.example"), "missing_column"),
        (("name,email,login,e-mail", "Nora,n@x.example,nora,n@x.example"), "double_column"),
        (("name,email,login",), "empty"),
    ],
)
def test_a_file_with_the_wrong_columns_is_refused_whole(lines: tuple[str, ...], code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        read_upload("\n".join(lines).encode(), "users")
    assert [(problem.field, problem.code) for problem in invalid.value.problems] == [("file", code)]


@pytest.mark.parametrize(("length", "is_too_long"), [(LONGEST, False), (LONGEST + 1, True)])
def test_a_file_has_a_longest_length(length: int, is_too_long: bool) -> None:
    if is_too_long:
        with pytest.raises(Invalid, match="Split the file"):
            require_length(length)
    else:
        require_length(length)


def test_columns_that_are_not_known_are_left_out_and_said() -> None:
    found = read_upload(b"Shoe size,name,email,,login\n38,Nora,n@x.example,odd,nora", "users")
    assert found.head.columns == ("name", "email", "login")
    assert found.head.written == (("Shoe size", ""), ("name", "name"), ("email", "email"), ("login", "login"))
    assert [line.values for line in found.head.lines] == [("Nora", "n@x.example", "nora")]
    assert "38" not in found.slices[0].content.decode()


def test_a_choice_of_columns_goes_before_their_names() -> None:
    lines = b"Name,Person,Mail 1,Mail 2,Login\nx,Nora,n@x.example,m@x.example,nora"
    chosen = {"name": "", "person": "name", "mail 2": "email", "mail 1": "no column of ours"}
    found = read_upload(lines, "users", None, chosen)
    assert found.head.columns == ("name", "email", "login")
    assert [line.values for line in found.head.lines] == [("Nora", "m@x.example", "nora")]


def test_of_two_columns_that_are_one_the_person_chooses() -> None:
    lines = b"name,email,e-mail,login\nNora,n@x.example,m@x.example,nora"
    look = look_into(lines, "users")
    assert (look.missing, look.doubled) == ((), ("email",))
    found = read_upload(lines, "users", None, {"email": ""})
    assert [line.values for line in found.head.lines] == [("Nora", "m@x.example", "nora")]


@pytest.mark.parametrize("kind", ImportKind)
def test_a_template_is_a_file_of_its_kind_without_lines(kind: ImportKind) -> None:
    look = look_into(template(kind), kind.value)
    assert [one for one, _ in look.written] == list(COLUMNS[kind].known)
    assert (look.missing, look.doubled, look.lines, look.readings) == ((), (), (), ())
    with pytest.raises(Invalid, match="no rows"):
        read_upload(template(kind), kind.value)


def test_roles_that_cannot_be_given_are_not_offered(school: School) -> None:
    lines = "name,email,login,role", "Nora,nora@school.example,nora,king"
    for who, roles in ((ADMIN, "administrator, author, department_administrator, learner"), (DEAN, "author, learner")):
        bad = next(
            one for one in check_sheet(school, ImportKind.USERS, *lines, by=who).bad_lines if one.column == "role"
        )
        assert (bad.code, bad.values) == ("no_role", {"roles": roles})
        assert "owner" not in bad.message


def test_columns_are_known_by_their_usual_names_in_any_order(school: School) -> None:
    import_sheet(school, ImportKind.USERS, "Username;E-mail;Full  Name;Job_Title", "nora;nora@x.example;Nora New;Dean")
    found = school.read(lambda tx: tx.people.by_login(SCHOOL, "nora"))
    assert found is not None
    assert (found.name, found.email, found.title) == ("Nora New", "nora@x.example", "Dean")


# Courses, enrolments, experts.


def test_courses_are_added_and_changed_by_title(school: School) -> None:
    report = import_sheet(
        school,
        ImportKind.COURSES,
        "title,description,lessons",
        "Chemistry,Matter,Atoms | Bonds |",
        "BIOLOGY,About life,Cells",
        "Algebra,,",
    )
    assert _counts(report) == (1, 1, 1)
    courses = {one.title: one for one in school.read(lambda tx: tx.courses.all(SCHOOL))}
    assert courses["Chemistry"].lessons == ("Atoms", "Bonds")
    assert (courses["Biology"].id, courses["Biology"].description) == (BIOLOGY, "About life")


def test_a_column_that_is_not_there_leaves_what_is(school: School) -> None:
    import_sheet(school, ImportKind.COURSES, "title,description", "Biology,About life")
    course = school.read(lambda tx: tx.courses.find(SCHOOL, BIOLOGY))
    assert course is not None
    assert course.lessons == ("Cells",)


def test_lines_without_or_with_the_same_title_are_named_and_counted_as_bad_alone(school: School) -> None:
    report = check_sheet(school, ImportKind.COURSES, "title,description", ",one", ",two", "Art,a", "art,b", "Algebra,")
    assert {bad.line for bad in report.bad_lines} == {2, 3, 5}
    assert _counts(report) == (1, 0, 1)


def test_people_are_enrolled_by_login_or_e_mail(school: School) -> None:
    report = import_sheet(
        school, ImportKind.ENROLMENTS, "course,login", "biology,MIRA", "Algebra,mira@school.example", "Biology,lena"
    )
    assert _counts(report) == (2, 0, 1)
    assert school.facts(MIRA).enrolled_in == {BIOLOGY, ALGEBRA}


def test_the_same_pair_twice_counts_once(school: School) -> None:
    report = import_sheet(school, ImportKind.ENROLMENTS, "course,login", "Biology,mira", "Biology,mira@school.example")
    assert _counts(report) == (1, 0, 1)


def test_a_line_may_be_wrong_in_two_columns(school: School) -> None:
    report = check_sheet(school, ImportKind.ENROLMENTS, "course,login", "History,boris")
    assert [(bad.line, bad.column, bad.value) for bad in report.bad_lines] == [
        (2, "course", "History"),
        (2, "login", "boris"),
    ]


def test_an_expert_is_active_and_a_learner_need_not_be(school: School) -> None:
    school.set_state(MIRA, State.INACTIVE)
    assert _blames(check_sheet(school, ImportKind.EXPERTS, "course,login", "Algebra,mira", "Algebra,nils")) == [
        (2, "login")
    ]
    assert _blames(check_sheet(school, ImportKind.ENROLMENTS, "course,login", "Algebra,mira")) == []


def test_an_expert_s_read_only_chats_open_again(school: School) -> None:
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.unassign(EXPERT)
    assert school.standing(LENA, EXPERT).reason is Denial.OTHER_NOT_EXPERT
    school.clock.wait(timedelta(days=1))
    import_sheet(school, ImportKind.EXPERTS, "course,expert", "Biology,eva")
    assert school.standing(LENA, EXPERT).is_open
    assert school.read(lambda tx: tx.courses.expert_since(SCHOOL, EXPERT, [BIOLOGY])) == {BIOLOGY: school.clock.now()}
    assert school.facts(ADMIN).expert_of == frozenset()
