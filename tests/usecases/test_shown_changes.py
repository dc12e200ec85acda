"""What changes nothing about who may write to whom: those who are shown it hear of it, and no facts changed.

Whoever hears that facts changed reloads everything, and on PostgreSQL every send waits for such a change.
"""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hallway.domain.events import AccountChanged, Event, FactsChanged, MemberSettingsChanged, ProfileChanged
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.office import Office
from hallway.domain.people import Role, has_other_facts
from hallway.usecases.accounts import settings
from hallway.usecases.errors import NotFound
from hallway.usecases.imports.sheets import ImportKind
from hallway.usecases.learning import teaching
from hallway.usecases.messaging import arranging
from hallway.usecases.notifications import bounces, preferences
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.people import departments, users
from tests.school import (
    ADMIN,
    BIOLOGY,
    DEAN,
    EVERYONE,
    EXPERT,
    LENA,
    OWNER,
    PHYSICS,
    SCHOOL,
    TOMAS,
    WEBINAR,
    School,
    StoppedClock,
    actor,
    dialog,
    heard_by,
)
from tests.usecases.deeds import Work
from tests.usecases.facts import Step, change
from tests.usecases.sheets import import_sheet

CHAT = dialog(LENA, EXPERT)
HOURS = Office(frozenset({0, 1}), time(9), time(17), 4)


@pytest.fixture
def talk(school: School) -> School:
    """Lena asked Eva."""
    school.say(LENA, EXPERT, course_id=BIOLOGY)
    school.told.clear()
    return school


def _mute(who: UserId, chat: ConversationId = CHAT, *, is_muted: bool = True) -> Work:
    return lambda tx: arranging.mute(tx, actor(who), conversation_id=chat, is_muted=is_muted, clock=StoppedClock())


def _office(hours: Office | None) -> Work:
    return lambda tx: preferences.choose(tx, actor(EXPERT), NotificationPreferences(office=hours), channels=())


def _set(**changes: object) -> Work:
    return lambda tx: settings.change(tx, actor(ADMIN), changes=settings.AccountPatch(**changes))


def _department(**changes: object) -> Work:
    return lambda tx: departments.change(
        tx, actor(ADMIN), department_id=PHYSICS, changes=departments.DepartmentPatch(**changes)
    )


def _train(**changes: object) -> Work:
    return lambda tx: teaching.change_training(
        tx, actor(ADMIN), training_id=WEBINAR, changes=teaching.TrainingPatch(**changes)
    )


def _events(school: School, happens: Step) -> list[Event]:
    school.told.clear()
    happens(school)
    return list(school.told)


def _hearers(events: list[Event]) -> set[UserId]:
    return {one.id for one in EVERYONE if heard_by(events, one.id)}


def test_a_mute_is_heard_by_its_own_person_alone(talk: School) -> None:
    for is_muted in (True, False):
        events = talk.events(_mute(LENA, is_muted=is_muted))
        assert events == [
            MemberSettingsChanged(account_id=SCHOOL, user_id=LENA, conversation_id=CHAT, is_muted=is_muted)
        ]
        assert _hearers(events) == {LENA}


@pytest.mark.parametrize("who", [TOMAS, OWNER])
def test_a_chat_of_others_is_not_there_to_be_muted(talk: School, who: UserId) -> None:
    with pytest.raises(NotFound):
        talk.write(_mute(who))
    assert talk.told == []


def test_office_hours_and_a_picture_are_heard_by_those_with_whom_one_talks(talk: School) -> None:
    shown = [ProfileChanged(SCHOOL, EXPERT, frozenset({LENA, EXPERT}))]
    assert talk.events(_office(HOURS)) == shown
    assert talk.events(_office(HOURS)) == []
    assert talk.events(_office(None)) == shown
    assert talk.events(lambda tx: users.set_photo(tx, actor(ADMIN), user_id=EXPERT, picture=None)) == shown


@pytest.mark.parametrize("field", ["name", "title", "email", "login"])
def test_a_name_is_shown_and_no_fact(talk: School, field: str) -> None:
    value = "eva@new.example" if field == "email" else "new"
    assert _events(talk, change(EXPERT, **{field: value})) == [
        ProfileChanged(SCHOOL, EXPERT, frozenset({LENA, EXPERT}))
    ]


def test_a_new_name_together_with_a_new_role_is_a_change_of_facts(talk: School) -> None:
    events = _events(talk, change(EXPERT, name="New", role=Role.LEARNER))
    assert [type(one) for one in events] == [FactsChanged]
    assert {LENA, EXPERT} <= _hearers(events)


def test_a_form_that_is_saved_as_it_was_is_heard_by_nobody(talk: School) -> None:
    assert _events(talk, change(EXPERT)) == []
    assert talk.events(_set(name="School", messaging_on=True)) == []
    assert talk.events(_department(name="Physics")) == []
    assert talk.events(_train(title="Webinar")) == []


def test_a_bounce_is_heard_by_whose_mail_came_back(talk: School) -> None:
    expert, mine = talk.user(EXPERT), [ProfileChanged(SCHOOL, EXPERT, frozenset({EXPERT}))]
    assert talk.events(lambda tx: bounces.note(tx, expert, "full", talk.clock.now())) == mine
    assert talk.events(lambda tx: bounces.forget(tx, actor(EXPERT))) == mine


@pytest.mark.parametrize(
    "changes", [{"name": "Lyceum"}, {"delete_for_everyone": timedelta(0)}, {"links_by_confirmation": True}]
)
def test_a_setting_that_lets_nobody_write_is_heard_by_all_and_changes_no_facts(
    talk: School, changes: dict[str, object]
) -> None:
    assert talk.events(_set(**changes)) == [AccountChanged(SCHOOL, None)]
    assert talk.events(_set(**changes, messaging_on=False)) == [FactsChanged(SCHOOL, None)]


def test_a_departments_new_name_is_heard_by_its_people_and_those_with_whom_they_talk(talk: School) -> None:
    (event,) = talk.events(_department(name="Physics and more"))
    assert isinstance(event, AccountChanged)
    assert {LENA, EXPERT} <= _hearers([event])
    assert not {OWNER, DEAN} & _hearers([event])


def test_a_trainings_new_title_is_shown_to_nobody_and_a_new_organizer_is_a_fact(school: School) -> None:
    assert school.events(_train(title="Evening")) == []
    assert [type(one) for one in school.events(_train(organizer_id=ADMIN))] == [FactsChanged]


def test_an_imported_name_is_shown_and_an_imported_department_is_a_fact(talk: School) -> None:
    lena = talk.user(LENA)
    head, renamed = "name,email,login,department", f"Lena Lowe,{lena.email},{lena.login}"
    shown = _events(
        talk, lambda school: import_sheet(school, ImportKind.USERS, head.removesuffix(",department"), renamed)
    )
    assert shown == [ProfileChanged(SCHOOL, LENA, frozenset({LENA, EXPERT}))]
    moved = _events(talk, lambda school: import_sheet(school, ImportKind.USERS, head, f"{renamed},Languages"))
    assert [type(one) for one in moved] == [FactsChanged]


def test_imported_new_departments_concern_nobody(school: School) -> None:
    events = _events(school, lambda one: import_sheet(one, ImportKind.DEPARTMENTS, "department", "Arts"))
    assert events == []


def test_every_field_of_a_user_that_a_rule_asks_for_is_a_fact(school: School) -> None:
    """A user's part of the facts (`storage.facts`), and nothing else."""
    lena = school.user(LENA)
    others: dict[str, object] = {
        "role": Role.AUTHOR,
        "state": "inactive",
        "department_id": None,
        "supervisor_id": EXPERT,
        "name": "x",
        "email": "x",
        "login": "x",
        "title": "x",
        "locale": "ar",
        "time_zone": "Asia/Riyadh",
        "photo": "2",
    }
    facts = {name for name, value in others.items() if has_other_facts(lena, replace(lena, **{name: value}))}  # type: ignore[arg-type]
    assert facts == {"role", "state", "department_id", "supervisor_id"}
