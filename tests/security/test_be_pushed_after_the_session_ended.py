"""Read on: somebody keeps a browser whose session has expired, and hopes for pushes with the text of new messages."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hallway.domain.ids import SessionId
from hallway.domain.people import State
from hallway.notifications.channels import web_push
from hallway.storage.store import open_store
from hallway.usecases.access.records import Session
from hallway.usecases.notifications import delivery
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus
from hallway.usecases.notifications.records import Browser
from tests.school import ADMIN, LENA, SCHOOL, School, furnish, named

PUSHES = {web_push.DECLARATION.name: web_push.DECLARATION}
LIFE = timedelta(days=1)
SOON = timedelta(seconds=5)


@pytest.fixture
def school(database: str) -> Iterator[School]:
    """The school in a database, with Lena's phone signed in for a day."""
    opened = open_store(database)
    found = School(store=opened)
    found.write(furnish)
    now, session_id = found.clock.now(), SessionId(named("session of the phone"))
    session = Session(
        account_id=SCHOOL,
        id=session_id,
        user_id=LENA,
        kind="browser",
        hashed="hash",
        name="",
        created_at=now,
        expires_at=now + LIFE,
    )
    browser = Browser(
        account_id=SCHOOL,
        id=named("phone"),
        user_id=LENA,
        session_id=session_id,
        endpoint="https://push.example/1",
        p256dh="p256dh",
        auth="auth",
        name="phone",
        created_at=now,
    )
    found.write(lambda tx: tx.sessions.add(session))
    found.write(lambda tx: tx.browsers.add(browser))
    yield found
    opened.close()


def _pushed(school: School) -> list[str]:
    """The texts that leave when all that is due goes out."""
    now = school.clock.now()
    while school.write(lambda tx: delivery.consider(tx, SCHOOL, PUSHES, now)):
        pass
    school.clock.wait(SOON)
    claim = school.write(lambda tx: delivery.claim(tx, SCHOOL, PUSHES, clock=school.clock, ids=school.ids))
    written = school.read(lambda tx: delivery.write(tx, SCHOOL, claim.states, PUSHES, school.clock.now()))
    told = [Delivery(one, DeliveryStatus.DELIVERED) for one in written.notifications]
    school.write(lambda tx: delivery.settle(tx, claim.jobs, told, written.rest, clock=school.clock))
    return [each.body for one in written.notifications for chat in one.chats for each in chat.messages]


@pytest.mark.slow("postgresql")
def test_a_session_that_lives_is_pushed_to_and_one_that_expired_is_not(school: School) -> None:
    school.say(ADMIN, LENA, "While you are in")
    assert _pushed(school) == ["While you are in"]
    school.clock.wait(LIFE)
    school.say(ADMIN, LENA, "After you left")
    assert _pushed(school) == []


def test_what_was_due_before_the_session_expired_is_not_pushed_after(school: School) -> None:
    now = school.clock.now()
    school.say(ADMIN, LENA, "Just before")
    school.write(lambda tx: delivery.consider(tx, SCHOOL, PUSHES, now))
    school.clock.wait(LIFE)
    assert _pushed(school) == []


def test_who_is_deactivated_is_pushed_nothing(school: School) -> None:
    school.say(ADMIN, LENA, "Just before")
    school.set_state(LENA, State.INACTIVE)
    assert _pushed(school) == []
