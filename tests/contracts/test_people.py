"""ports.People, Departments, Courses and Trainings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hallway.domain.courses import Course, Training
from hallway.domain.ids import CourseId, TrainingId, UserId
from hallway.domain.people import Department, Role, State
from hallway.usecases.errors import Conflict
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.transaction import Store
from tests.contracts.world import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    BOSS,
    ELSEWHERE,
    EXPERT,
    HERE,
    LEAF,
    LENA,
    MANAGER,
    MIDDLE,
    NOON,
    OWNER,
    SIDE,
    TOMAS,
    TOP,
    USERS,
    WEBINAR,
    change,
    furnished,
    named,
    person,
    talk,
    user,
)


def test_accounts_are_found_and_saved_anew(store: Store) -> None:
    assert store.read(lambda tx: tx.accounts.default()) is None
    furnished(store)
    here = store.read(lambda tx: tx.accounts.find(HERE))
    assert here is not None
    change(store, lambda tx: tx.accounts.save(replace(here, messaging_on=False)))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == replace(here, messaging_on=False)


def test_a_user_comes_back_as_stored_and_only_in_their_account(store: Store) -> None:
    furnished(store)
    assert store.read(lambda tx: tx.people.find(HERE, TOMAS)) == USERS[3]
    assert store.read(lambda tx: tx.people.find(ELSEWHERE, LENA)) is None
    several = store.read(lambda tx: tx.people.several(HERE, [TOMAS, LENA, person("nobody")]))
    assert set(several) == {TOMAS, LENA}


@pytest.mark.parametrize("login", ["tomás ruiz", "TOMÁS RUIZ", "tomás.ruiz@example.ORG"])
def test_by_login_ignores_case(store: Store, login: str) -> None:
    furnished(store)
    found = store.read(lambda tx: tx.people.by_login(HERE, login))
    assert found is not None
    assert found.id == TOMAS
    assert store.read(lambda tx: tx.people.by_login(HERE, login[1:])) is None


def test_by_logins_has_both_keys(store: Store) -> None:
    furnished(store)
    found = store.read(lambda tx: tx.people.by_logins(HERE, ["Adam Admin", "nobody"]))
    assert {key: one.id for key, one in found.items()} == {"adam admin": ADMIN, "adam.admin@example.org": ADMIN}


def test_a_login_is_taken_once_and_free_again_after_removal(store: Store) -> None:
    furnished(store)
    twin = replace(user("LENA LÖWE"), id=person("twin"))
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.people.add([twin]))
    lena = replace(USERS[4], state=State.REMOVED)
    change(store, lambda tx: tx.people.save([lena]))
    change(store, lambda tx: tx.people.add([twin]))
    assert store.read(lambda tx: tx.people.find(HERE, LENA)) == lena


def test_facts(store: Store) -> None:
    furnished(store)
    facts = store.read(lambda tx: tx.people.facts(HERE, [TOMAS, LENA, EXPERT, MANAGER, person("nobody")]))
    assert set(facts) == {TOMAS, LENA, EXPERT, MANAGER}
    assert facts[TOMAS].lineage == {LEAF, MIDDLE, TOP}
    assert facts[TOMAS].supervisors == {BOSS}
    assert facts[TOMAS].enrolled_in == {BIOLOGY}
    assert facts[LENA].supervisors == set()
    assert facts[LENA].attends == {WEBINAR}
    assert (facts[EXPERT].expert_of, facts[EXPERT].organizes) == ({BIOLOGY}, {WEBINAR})
    assert facts[MANAGER].manages == {TOP}
    assert store.read(lambda tx: tx.people.facts(ELSEWHERE, [LENA])) == {}


@pytest.mark.parametrize(
    ("who", "ties"),
    [
        (TOMAS, {OWNER, ADMIN, MANAGER, EXPERT, BOSS}),
        (LENA, {OWNER, ADMIN, EXPERT}),
        (EXPERT, {OWNER, ADMIN, TOMAS, LENA}),
        (BOSS, {OWNER, ADMIN, TOMAS}),
        (MANAGER, {OWNER, ADMIN, TOMAS}),
        (person("nobody"), set()),
    ],
)
def test_tied_to(store: Store, who: str, ties: set[str]) -> None:
    furnished(store)
    assert store.read(lambda tx: tx.people.tied_to(HERE, person(""))) == set()
    assert store.read(lambda tx: tx.people.tied_to(HERE, who)) == ties  # type: ignore[arg-type]  # ids are texts


@pytest.mark.parametrize(
    ("text", "found"),
    [("tomas", [TOMAS]), ("RUI tom", [TOMAS]), ("lowe", [LENA]), ("omas", []), ("%", []), ("_", []), ("o ow", [OWNER])],
)
def test_search_folds_and_looks_at_beginnings_of_words(store: Store, text: str, found: list[str]) -> None:
    furnished(store)
    assert [one.id for one in store.read(lambda tx: tx.people.search(HERE, text, None, after=None, limit=9))] == found


def test_search_is_limited_to_some_and_to_the_active(store: Store) -> None:
    furnished(store)
    change(store, lambda tx: tx.people.save([replace(USERS[4], state=State.INACTIVE)]))
    among = [TOMAS, LENA]
    assert [one.id for one in store.read(lambda tx: tx.people.search(HERE, "", among, after=None, limit=9))] == [TOMAS]
    assert store.read(lambda tx: tx.people.search(HERE, "", [], after=None, limit=9)) == []


def test_pages_follow_each_other_by_folded_name(store: Store) -> None:
    furnished(store)
    first = store.read(lambda tx: tx.people.page(HERE, UserFilter(), after=None, limit=3))
    assert [one.name for one in first] == ["Adam Admin", "Boris Boss", "Eva Expert"]
    after = ("eva expert", EXPERT)
    rest = store.read(lambda tx: tx.people.page(HERE, UserFilter(), after=after, limit=9))
    assert [one.name for one in rest] == ["Lena Löwe", "Mona Manager", "Olga Owner", "Tomás Ruiz"]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (UserFilter(text="lowe@EXAMPLE"), [LENA]),
        (UserFilter(text="TOMAS ruiz"), [TOMAS]),
        (UserFilter(text="eva.expert@"), [EXPERT]),
        (UserFilter(role=Role.LEARNER), [LENA, TOMAS]),
        (UserFilter(state=State.INACTIVE), []),
        (UserFilter(department_id=TOP), [TOMAS]),
        (UserFilter(department_id=SIDE), [LENA]),
        (UserFilter(within=frozenset({MIDDLE})), [TOMAS]),
        (UserFilter(within=frozenset()), []),
        (UserFilter(department_id=SIDE, within=frozenset({TOP})), []),
    ],
)
def test_filters(store: Store, chosen: UserFilter, found: list[str]) -> None:
    furnished(store)
    assert [one.id for one in store.read(lambda tx: tx.people.page(HERE, chosen, after=None, limit=9))] == found
    assert store.read(lambda tx: tx.people.count(HERE, chosen)) == len(found)


def test_removed_users_are_listed_only_when_asked_for(store: Store) -> None:
    furnished(store)
    change(store, lambda tx: tx.people.save([replace(USERS[3], state=State.REMOVED)]))
    assert store.read(lambda tx: tx.people.count(HERE, UserFilter())) == len(USERS) - 1
    removed = store.read(lambda tx: tx.people.page(HERE, UserFilter(state=State.REMOVED), after=None, limit=9))
    assert [one.id for one in removed] == [TOMAS]


def test_managed_departments_are_replaced(store: Store) -> None:
    furnished(store)
    change(store, lambda tx: tx.people.set_managed(HERE, MANAGER, [SIDE, LEAF]))
    assert store.read(lambda tx: tx.people.managed(HERE, [MANAGER, LENA])) == {MANAGER: {SIDE, LEAF}}


def test_passwords_and_photos(store: Store) -> None:
    furnished(store)
    assert store.read(lambda tx: tx.people.password(HERE, LENA)) is None
    for hashed in ("one", "two"):
        change(store, lambda tx, hashed=hashed: tx.people.set_password(HERE, LENA, hashed))
    assert store.read(lambda tx: tx.people.password(HERE, LENA)) == "two"
    assert store.read(lambda tx: tx.people.password(ELSEWHERE, LENA)) is None
    change(store, lambda tx: tx.people.set_photo(HERE, LENA, "v1", ("image/png", b"\x00png")))
    assert store.read(lambda tx: tx.people.photo(HERE, LENA)) == ("image/png", b"\x00png")
    assert store.read(lambda tx: tx.people.find(HERE, LENA)) == replace(USERS[4], photo="v1")
    change(store, lambda tx: tx.people.set_photo(HERE, LENA, None, None))
    assert store.read(lambda tx: tx.people.photo(HERE, LENA)) is None


def test_conversation_partners_include_those_among_the_asked(store: Store) -> None:
    furnished(store)
    talk(store, OWNER, TOMAS, ["Hi"])
    talk(store, OWNER, LENA, ["Hi"], place=2)
    assert store.read(lambda tx: tx.people.conversation_partners(HERE, [TOMAS])) == {OWNER}
    assert store.read(lambda tx: tx.people.conversation_partners(HERE, [TOMAS, OWNER])) == {OWNER, TOMAS, LENA}
    assert store.read(lambda tx: tx.people.conversation_partners(ELSEWHERE, [TOMAS])) == set()


def test_departments(store: Store) -> None:
    furnished(store)
    assert list(store.read(lambda tx: tx.departments.all(HERE))) == [LEAF, MIDDLE, SIDE, TOP]
    assert store.read(lambda tx: tx.departments.all(ELSEWHERE)) == {}
    assert store.read(lambda tx: tx.departments.names(HERE, [TOP])) == {TOP: "Top"}
    assert store.read(lambda tx: tx.departments.member_counts(HERE)) == {LEAF: 1, SIDE: 1}
    assert store.read(lambda tx: tx.departments.members_below(HERE, [TOP])) == {TOMAS}
    change(store, lambda tx: tx.departments.save(Department(account_id=HERE, id=SIDE, name="Moved", parent_id=TOP)))
    assert store.read(lambda tx: tx.departments.members_below(HERE, [TOP])) == {TOMAS, LENA}
    change(store, lambda tx: tx.departments.remove(HERE, SIDE))
    assert store.read(lambda tx: tx.people.find(HERE, LENA)) == replace(USERS[4], department_id=None)


def test_courses(store: Store) -> None:
    furnished(store)
    biology = Course(account_id=HERE, id=BIOLOGY, title="Biology", description="Life", lessons=("Cells", "Ökologie"))
    assert store.read(lambda tx: tx.courses.find(HERE, BIOLOGY)) == biology
    assert store.read(lambda tx: tx.courses.find(ELSEWHERE, BIOLOGY)) is None
    assert [one.id for one in store.read(lambda tx: tx.courses.all(HERE))] == [ALGEBRA, BIOLOGY]
    assert store.read(lambda tx: tx.courses.titles(HERE, [ALGEBRA])) == {ALGEBRA: "Algebra"}
    assert [one.id for one in store.read(lambda tx: tx.courses.of(HERE, EXPERT))] == [BIOLOGY]
    assert store.read(lambda tx: tx.courses.of(HERE, LENA)) == []
    change(store, lambda tx: tx.courses.save(replace(biology, title="Botany")))
    assert store.read(lambda tx: tx.courses.titles(HERE, [BIOLOGY])) == {BIOLOGY: "Botany"}


def test_enrolling_and_assigning_twice_changes_nothing(store: Store) -> None:
    furnished(store)
    change(store, lambda tx: tx.courses.enrol(HERE, [(BIOLOGY, TOMAS), (BIOLOGY, LENA)]))
    change(store, lambda tx: tx.courses.assign(HERE, [(BIOLOGY, EXPERT), (BIOLOGY, ADMIN)], at=NOON))
    assert store.read(lambda tx: tx.courses.enrolment_counts(HERE)) == {BIOLOGY: 2}
    first = store.read(lambda tx: tx.courses.enrolled(HERE, BIOLOGY, after=None, limit=1))
    assert [one.id for one in first] == [LENA]
    rest = store.read(lambda tx: tx.courses.enrolled(HERE, BIOLOGY, after=("lena lowe", LENA), limit=9))
    assert [one.id for one in rest] == [TOMAS]
    experts = store.read(lambda tx: tx.courses.experts(HERE, [BIOLOGY, ALGEBRA]))
    assert [one.id for one in experts[BIOLOGY]] == [ADMIN, EXPERT]


def test_since_when_somebody_has_been_an_expert_is_kept_until_they_are_unassigned(store: Store) -> None:
    def since(user_id: UserId) -> Mapping[CourseId, datetime]:
        return store.read(lambda tx: tx.courses.expert_since(HERE, user_id, [BIOLOGY, ALGEBRA]))

    def assign(course_id: CourseId, days: int) -> None:
        change(store, lambda tx: tx.courses.assign(HERE, [(course_id, EXPERT)], at=NOON + timedelta(days=days)))

    furnished(store)
    assign(BIOLOGY, 1)
    assign(ALGEBRA, 2)
    assert since(EXPERT) == {BIOLOGY: NOON, ALGEBRA: NOON + timedelta(days=2)}
    assert since(TOMAS) == {}
    assert store.read(lambda tx: tx.courses.expert_since(ELSEWHERE, EXPERT, [BIOLOGY])) == {}
    assert store.read(lambda tx: tx.courses.expert_since(HERE, EXPERT, [])) == {}
    change(store, lambda tx: tx.courses.unassign(HERE, BIOLOGY, EXPERT))
    assert since(EXPERT) == {ALGEBRA: NOON + timedelta(days=2)}
    assign(BIOLOGY, 3)
    assert since(EXPERT)[BIOLOGY] == NOON + timedelta(days=3)


def test_withdrawing_unassigning_and_removing(store: Store) -> None:
    furnished(store)
    change(store, lambda tx: tx.courses.unassign(HERE, BIOLOGY, EXPERT))
    assert store.read(lambda tx: tx.courses.experts(HERE, [BIOLOGY])).get(BIOLOGY, []) == []
    change(store, lambda tx: tx.courses.withdraw(HERE, BIOLOGY, TOMAS))
    assert store.read(lambda tx: tx.courses.enrolled_ids(HERE, BIOLOGY)) == set()
    change(store, lambda tx: tx.courses.enrol(HERE, [(BIOLOGY, TOMAS)]))
    change(store, lambda tx: tx.courses.remove(HERE, BIOLOGY))
    assert store.read(lambda tx: tx.people.facts(HERE, [TOMAS]))[TOMAS].enrolled_in == set()
    with pytest.raises(Conflict):
        change(store, lambda tx: tx.courses.enrol(HERE, [(CourseId(named("gone")), TOMAS)]))


def test_the_removed_are_no_experts_and_not_counted(store: Store) -> None:
    furnished(store)
    gone = [replace(USERS[3], state=State.REMOVED), replace(USERS[5], state=State.REMOVED)]
    change(store, lambda tx: tx.people.save(gone))
    assert store.read(lambda tx: tx.courses.experts(HERE, [BIOLOGY])).get(BIOLOGY, []) == []
    assert store.read(lambda tx: tx.courses.enrolment_counts(HERE)) == {}


def test_trainings(store: Store) -> None:
    furnished(store)
    training = Training(HERE, WEBINAR, "Webinar", EXPERT)
    assert store.read(lambda tx: tx.trainings.find(HERE, WEBINAR)) == training
    assert store.read(lambda tx: tx.trainings.find(HERE, TrainingId(named("none")))) is None
    assert store.read(lambda tx: tx.trainings.all(ELSEWHERE)) == []
    change(store, lambda tx: tx.trainings.attend(HERE, [(WEBINAR, LENA), (WEBINAR, TOMAS)]))
    assert [one.id for one in store.read(lambda tx: tx.trainings.attendees(HERE, WEBINAR))] == [LENA, TOMAS]
    change(store, lambda tx: tx.trainings.leave(HERE, WEBINAR, LENA))
    change(store, lambda tx: tx.trainings.save(replace(training, organizer_id=BOSS)))
    assert store.read(lambda tx: tx.people.tied_to(HERE, BOSS)) >= {TOMAS}
    change(store, lambda tx: tx.trainings.remove(HERE, WEBINAR))
    assert store.read(lambda tx: tx.people.facts(HERE, [TOMAS]))[TOMAS].attends == set()
