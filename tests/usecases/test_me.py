"""What the first screen knows of its person, and what they chose for themselves."""

from datetime import time

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.ids import UserId
from hallway.domain.office import Office
from hallway.usecases.errors import Invalid
from hallway.usecases.notifications import preferences
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.people import me
from tests.school import ADMIN, AUTHOR, DEAN, EXPERT, LENA, MIRA, OWNER, SUPERVISOR, School, actor


def _me(school: School, who: UserId) -> me.Me:
    return school.read(lambda tx: me.me(tx, actor(who)))


@pytest.mark.parametrize(
    ("who", "portal", "account"),
    [(OWNER, True, True), (ADMIN, True, True), (DEAN, True, False), (AUTHOR, False, False), (LENA, False, False)],
)
def test_the_portal_is_offered_to_those_who_may_enter_it(
    school: School, who: UserId, portal: bool, account: bool
) -> None:
    found = _me(school, who)
    assert (found.may_enter_portal, found.may_manage_account) == (portal, account)


@pytest.mark.parametrize(
    ("mode", "who", "is_offered"),
    [
        (Mode.STRICT, DEAN, True),
        (Mode.STRICT, LENA, False),  # asks from the course page
        (Mode.MANAGERS, LENA, True),
        (Mode.LIMITED, MIRA, True),
        (Mode.LIMITED, SUPERVISOR, True),
        (Mode.LIMITED, AUTHOR, False),
        (Mode.OPEN, AUTHOR, True),
    ],
)
def test_a_new_chat_is_offered_to_whom_it_has_anybody_to_offer(
    school: School, mode: Mode, who: UserId, is_offered: bool
) -> None:
    school.choose(mode)
    assert _me(school, who).may_start_chats is is_offered
    school.switch(is_on=False)
    assert not _me(school, who).may_start_chats


def test_the_badge_is_there_from_the_first_screen_on(school: School) -> None:
    school.say(ADMIN, LENA)
    school.say(OWNER, LENA)
    assert (_me(school, LENA).unread_chats, _me(school, ADMIN).unread_chats) == (2, 0)


def test_one_s_own_office_hours_are_told_where_they_are_set(school: School) -> None:
    assert _me(school, EXPERT).office is None
    hours = Office(frozenset(range(5)), time(9), time(17), reply_hours=4)
    school.write(lambda tx: preferences.choose(tx, actor(EXPERT), NotificationPreferences(office=hours), channels=()))
    assert _me(school, EXPERT).office == hours


def _prefer(school: School, locale: str | None, time_zone: str | None) -> None:
    school.write(lambda tx: me.prefer(tx, actor(LENA), locale=locale, time_zone=time_zone))


def test_language_and_time_zone_are_chosen_one_by_one(school: School) -> None:
    _prefer(school, "ru", None)
    assert (school.user(LENA).locale, school.user(LENA).time_zone) == ("ru", "UTC")
    _prefer(school, None, "Europe/Oslo")
    assert (school.user(LENA).locale, school.user(LENA).time_zone) == ("ru", "Europe/Oslo")
    assert school.user(MIRA).locale == "en"


def test_a_time_zone_that_does_not_exist_is_refused(school: School) -> None:
    with pytest.raises(Invalid, match="time zone"):
        _prefer(school, "ru", "Europe/Atlantis")
    assert school.user(LENA).locale == "en"
