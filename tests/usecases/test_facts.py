"""A change of facts reaches the open screens of those concerned at once (§4): whose standing changed has heard of it.

State before + events heard = state after: a screen that asks again only when it hears FactsChanged shows the truth.
"""

from collections.abc import Callable

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.events import Event, FactsChanged, SessionEnded
from hallway.domain.ids import UserId
from hallway.domain.people import Role, State
from hallway.domain.verdicts import Denial
from hallway.usecases.imports.sheets import ImportKind
from hallway.usecases.learning import teaching
from hallway.usecases.people import departments, users
from tests.school import (
    ADMIN,
    ALGEBRA,
    AUTHOR,
    BIOLOGY,
    DEAN,
    EVERYONE,
    EXPERT,
    HOST,
    LANGUAGES,
    LENA,
    MIRA,
    NILS,
    OPTICS,
    OWNER,
    PHYSICS,
    SCIENCES,
    SUPERVISOR,
    TOMAS,
    WEBINAR,
    School,
    actor,
    heard_by,
)
from tests.usecases.facts import (
    Step,
    assign,
    attend,
    both,
    change,
    enrol,
    leave,
    manages,
    mode,
    move,
    remove_course,
    state,
    switch,
    unassign,
    withdraw,
)
from tests.usecases.sheets import import_sheet

DIALOGS = [(LENA, EXPERT), (NILS, EXPERT), (DEAN, LENA), (MIRA, HOST), (SUPERVISOR, TOMAS), (ADMIN, MIRA)]
Standings = dict[tuple[UserId, UserId], Denial | None]


@pytest.fixture
def busy(school: School) -> School:
    """Limited mode, and six dialogs; Eva is an expert of Algebra too, Mira is enrolled in it."""
    school.choose(Mode.LIMITED)
    for one, other in DIALOGS:
        school.say(one, other, course_id=BIOLOGY)
    school.assign(EXPERT, ALGEBRA)
    return school


def _standings(school: School) -> Standings:
    """What every dialog says to both."""
    sides = [*DIALOGS, *((other, one) for one, other in DIALOGS)]
    return {(one, other): school.standing(one, other).reason for one, other in sides}


def _train(**changes: object) -> Step:
    return lambda school: school.write(
        lambda tx: teaching.change_training(
            tx, actor(ADMIN), training_id=WEBINAR, changes=teaching.TrainingPatch(**changes)
        )
    )


def _remove_training(school: School) -> None:
    school.write(lambda tx: teaching.remove_training(tx, actor(ADMIN), training_id=WEBINAR))


def _supervise(supervisor_id: UserId | None) -> Step:
    return lambda school: school.write(
        lambda tx: departments.change(
            tx, actor(ADMIN), department_id=PHYSICS, changes=departments.DepartmentPatch(supervisor_id=supervisor_id)
        )
    )


def _imports(kind: ImportKind, *lines: str) -> Step:
    return lambda school: import_sheet(school, kind, *lines)


NOTHING: Step = both()
NO_ONE: set[UserId] = set()
# What happens before, what happens, and who is not concerned: they hear nothing.
CHANGES: dict[str, tuple[Step, Step, set[UserId]]] = {
    "messaging off": (NOTHING, switch(is_on=False), NO_ONE),
    "messaging on": (switch(is_on=False), switch(is_on=True), NO_ONE),
    "mode": (NOTHING, mode(Mode.STRICT), NO_ONE),
    "deactivated": (NOTHING, state(EXPERT, State.INACTIVE), {TOMAS, DEAN, HOST}),
    "activated": (state(EXPERT, State.INACTIVE), state(EXPERT, State.ACTIVE), {TOMAS, DEAN, HOST}),
    "removed": (NOTHING, state(LENA, State.REMOVED), {TOMAS, NILS, HOST}),
    "other department": (NOTHING, change(LENA, department_id=LANGUAGES), {TOMAS, NILS, HOST}),
    "other role": (both(leave(MIRA)), change(MIRA, role=Role.ADMINISTRATOR), {LENA, EXPERT, DEAN}),
    "manages no more": (NOTHING, manages(DEAN), {EXPERT, NILS, HOST}),
    "own supervisor": (_supervise(None), change(TOMAS, supervisor_id=SUPERVISOR), {LENA, EXPERT, HOST}),
    "department's supervisor": (NOTHING, _supervise(AUTHOR), {NILS, MIRA, HOST}),
    "department moved": (NOTHING, move(OPTICS, LANGUAGES), {NILS, TOMAS, HOST}),
    "enrolled": (withdraw(LENA), enrol(LENA), {NILS, TOMAS, HOST}),
    "withdrawn": (NOTHING, withdraw(LENA), {NILS, TOMAS, HOST}),
    "assigned": (unassign(EXPERT), assign(EXPERT), {TOMAS, SUPERVISOR, HOST}),
    "unassigned": (NOTHING, unassign(EXPERT), {TOMAS, SUPERVISOR, HOST}),
    "course removed": (NOTHING, remove_course(BIOLOGY), {TOMAS, SUPERVISOR, HOST}),
    "other organizer": (NOTHING, _train(organizer_id=AUTHOR), {LENA, EXPERT, DEAN}),
    "training removed": (NOTHING, _remove_training, {LENA, EXPERT, DEAN}),
    "attends": (leave(MIRA), attend(MIRA), {LENA, EXPERT, DEAN}),
    "attends no more": (NOTHING, leave(MIRA), {LENA, EXPERT, DEAN}),
    "imported people": (
        NOTHING,
        _imports(ImportKind.USERS, "name,email,login,department", "Lena Löwe,lena@school.example,lena,Languages"),
        {TOMAS, NILS, HOST},
    ),
    "imported departments": (
        _supervise(None),
        _imports(ImportKind.DEPARTMENTS, "department,supervisor", "Sciences/Physics,sven"),
        {NILS, MIRA, HOST},
    ),
    "imported enrolments": (
        withdraw(LENA),
        _imports(ImportKind.ENROLMENTS, "course,login", "Biology,lena"),
        {NILS, TOMAS, HOST},
    ),
    "imported experts": (
        unassign(EXPERT),
        _imports(ImportKind.EXPERTS, "course,login", "Biology,eva"),
        {TOMAS, SUPERVISOR, HOST},
    ),
}
EACH = pytest.mark.parametrize(("before", "happens", "outsiders"), CHANGES.values(), ids=CHANGES)


def _events(school: School, before: Step, happens: Step) -> tuple[Standings, list[Event]]:
    before(school)
    known = _standings(school)
    school.told.clear()
    happens(school)
    return known, list(school.told)


@EACH
def test_whoever_asks_again_when_they_hear_of_it_knows_the_truth(
    busy: School, before: Step, happens: Step, outsiders: set[UserId]
) -> None:
    known, events = _events(busy, before, happens)
    truth = _standings(busy)
    assert truth != known, "Nothing changed, so nothing was proved."
    hearers = {one.id for one in EVERYONE if any(isinstance(e, FactsChanged) for e in heard_by(events, one.id))}
    assert {side: truth[side] if side[0] in hearers else known[side] for side in known} == truth
    assert not outsiders & hearers


@EACH
def test_whom_it_does_not_concern_hears_nothing(
    busy: School, before: Step, happens: Step, outsiders: set[UserId]
) -> None:
    _, events = _events(busy, before, happens)
    assert events
    assert [heard_by(events, one) for one in outsiders] == [[]] * len(outsiders)


def test_a_learner_without_any_chat_hears_that_the_expert_may_now_be_asked(school: School) -> None:
    for happens in (school.unassign, school.assign):
        school.told.clear()
        happens(EXPERT)
        assert heard_by(school.told, LENA)
        assert not heard_by(school.told, TOMAS)


def test_an_attendee_without_any_chat_hears_of_the_new_organizer(school: School) -> None:
    school.told.clear()
    _train(organizer_id=AUTHOR)(school)
    assert all(heard_by(school.told, one) for one in (MIRA, HOST, AUTHOR))
    assert not heard_by(school.told, LENA)


@pytest.mark.parametrize(
    "happens",
    [
        _supervise(AUTHOR),
        change(TOMAS, supervisor_id=AUTHOR),
        _imports(ImportKind.DEPARTMENTS, "department,supervisor", "Sciences/Physics,arno"),
        _imports(ImportKind.USERS, "name,email,login,supervisor", "Tomás Ruiz,tomas@school.example,tomas,arno"),
    ],
)
def test_a_new_supervisor_without_any_chat_hears_of_it(school: School, happens: Step) -> None:
    school.told.clear()
    happens(school)
    assert heard_by(school.told, AUTHOR)
    assert not heard_by(school.told, NILS)


# Sessions end at once, on the socket too.

ENDS: dict[str, Callable[[School], object]] = {
    "deactivated": state(LENA, State.INACTIVE),
    "removed": state(LENA, State.REMOVED),
    "deactivated by a file": _imports(
        ImportKind.USERS, "name,email,login,state", "Lena Löwe,lena@school.example,lena,inactive"
    ),
}


@pytest.mark.parametrize("happens", ENDS.values(), ids=ENDS)
def test_whoever_takes_part_no_longer_is_signed_out_everywhere(school: School, happens: Step) -> None:
    school.told.clear()
    happens(school)
    ended = [event for event in school.told if isinstance(event, SessionEnded)]
    assert ended == [SessionEnded(school.user(LENA).account_id, LENA, None)]
    assert heard_by(ended, LENA) == ended
    assert not heard_by(ended, OWNER)


def test_who_is_activated_or_edited_is_not_signed_out(school: School) -> None:
    school.set_state(LENA, State.INACTIVE)
    school.told.clear()
    school.set_state(LENA, State.ACTIVE)
    change(LENA, department_id=SCIENCES)(school)
    assert school.told
    assert not any(isinstance(event, SessionEnded) for event in school.told)


def test_setting_the_state_that_is_there_tells_nobody(school: School) -> None:
    assert school.events(lambda tx: users.activate(tx, actor(OWNER), user_id=LENA)) == []
    assert school.events(lambda tx: users.deactivate(tx, actor(OWNER), user_id=LENA)) != []
