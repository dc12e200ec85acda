"""My sessions: seen by their person alone, ended one by one or all others, and told of when their device is new."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hallway.domain.audit import Action
from hallway.domain.events import SessionEnded
from hallway.domain.ids import SessionId, UserId
from hallway.storage.store import open_store
from hallway.usecases.access import access_tokens, logins, new_devices, own_sessions, sessions
from hallway.usecases.access.logins import Comer, Opened
from hallway.usecases.access.records import Session
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.actors import Actor
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.errors import NotFound, SignedOut
from hallway.usecases.notifications import security_mails
from hallway.usecases.notifications.security_mails import NEW_DEVICE, SecurityMail
from hallway.usecases.people import users
from hallway.usecases.transaction import Store
from tests.school import ADMIN, LENA, SCHOOL, TOMAS, School, actor, furnish, named
from tests.servers.copies import migrated, sqlite_copy
from tests.servers.postgres import Postgres

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[School]:
    """The school in each store."""
    if request.param == "memory":
        found = School()
        found.write(furnish)
        yield found
        return
    postgres: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    store: Store = open_store(postgres.new_copy(migrated) if postgres else sqlite_copy(tmp_path / "hallway.db"))
    found = School(store=store)
    found.write(furnish)
    yield found
    store.close()


def _sign_in(school: School, device: str = "", user_id: UserId = LENA, agent: str = FIREFOX) -> Opened:
    visitor = Visitor(network="192.0.2.*", agent=agent, device=device)
    comer = Comer(account_id=SCHOOL, user_id=user_id, verified=None, visitor=visitor)
    school.clock.wait(timedelta(seconds=1))
    return school.write(lambda tx: logins.open_session(tx, comer, life=HOUR, clock=school.clock, ids=school.ids))


def _by(opened: Opened) -> Actor:
    session = opened.issued.session
    return Actor(account_id=session.account_id, user_id=session.user_id, session_id=session.id)


def _own(school: School, opened: Opened) -> list[SessionId]:
    return [one.id for one in school.read(lambda tx: own_sessions.own(tx, _by(opened), clock=school.clock))]


def _id(opened: Opened) -> SessionId:
    return opened.issued.session.id


def _who(school: School, opened: Opened) -> Session | None:
    return school.read(
        lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=opened.issued.secret, clock=school.clock)
    )


def _end(school: School, opened: Opened, session_id: SessionId) -> None:
    school.write(lambda tx: own_sessions.end_one(tx, _by(opened), session_id=session_id, clock=school.clock))


def _mails(school: School) -> Sequence[SecurityMail]:
    due = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 100))
    return [one for one in map(security_mails.read, (job.payload for job in due)) if one.text == NEW_DEVICE]


def _actions(school: School, user_id: UserId) -> list[str]:
    page = school.read(lambda tx: tx.audit.page(SCHOOL, Chosen(about=user_id), before=None, limit=50))
    return [one.draft.action for one in page]


# Looking, and ending.


def test_i_see_my_browsers_the_asking_one_first_and_nobody_else_s(school: School) -> None:
    first, second, third = _sign_in(school), _sign_in(school), _sign_in(school)
    _sign_in(school, user_id=TOMAS)
    school.write(
        lambda tx: access_tokens.new_token(tx, _by(first), name="T", days=1, clock=school.clock, ids=school.ids)
    )
    assert _own(school, second) == [_id(second), _id(third), _id(first)]


def test_what_has_expired_is_not_shown(school: School) -> None:
    _sign_in(school)
    school.clock.wait(HOUR)
    later = _sign_in(school)
    assert _own(school, later) == [_id(later)]


def test_one_ends_at_once_and_the_others_stay(school: School) -> None:
    first, second, third = _sign_in(school), _sign_in(school), _sign_in(school)
    school.told.clear()
    _end(school, first, _id(second))
    assert school.told == [SessionEnded(SCHOOL, LENA, _id(second))]
    assert _who(school, second) is None
    assert _own(school, first) == [_id(first), _id(third)]
    assert _actions(school, LENA)[0] == Action.SESSION_ENDED


def test_all_others_end_and_are_counted(school: School) -> None:
    first, second, third, tomas = (*(_sign_in(school) for _ in range(3)), _sign_in(school, user_id=TOMAS))
    ended = school.write(lambda tx: own_sessions.end_others(tx, _by(second), clock=school.clock))
    assert (ended, _own(school, second)) == (2, [_id(second)])
    assert (_who(school, first), _who(school, third)) == (None, None)
    assert _who(school, tomas) is not None
    assert school.write(lambda tx: own_sessions.end_others(tx, _by(second), clock=school.clock)) == 0


def test_nobody_ends_another_s_session_or_a_token_this_way(school: School) -> None:
    lena, tomas = _sign_in(school), _sign_in(school, user_id=TOMAS)
    token = school.write(
        lambda tx: access_tokens.new_token(tx, _by(tomas), name="T", days=1, clock=school.clock, ids=school.ids)
    )
    for by, what in ((lena, _id(tomas)), (lena, SessionId(named("nothing"))), (tomas, token.session.id)):
        with pytest.raises(NotFound):
            _end(school, by, what)
    assert _who(school, tomas) is not None


def test_a_session_that_was_ended_ends_no_other(school: School) -> None:
    mine, thief = _sign_in(school), _sign_in(school)
    _end(school, mine, _id(thief))
    with pytest.raises(SignedOut):
        _end(school, thief, _id(mine))
    with pytest.raises(SignedOut):
        school.write(lambda tx: own_sessions.end_others(tx, _by(thief), clock=school.clock))


# A mail about a new device.


def test_a_sign_in_from_a_new_device_is_mailed_and_the_very_first_one_is_not(school: School) -> None:
    _sign_in(school)
    assert _mails(school) == []
    _sign_in(school)
    (mail,) = _mails(school)
    assert (mail.user_id, mail.to) == (LENA, "lena@school.example")
    assert mail.values == {"device": "Firefox, Linux", "network": "192.0.2.*"}


def test_a_known_device_is_not_mailed_about(school: School) -> None:
    secret = _sign_in(school).remembered.secret
    _sign_in(school, secret)
    assert _mails(school) == []


def test_a_device_whose_session_i_ended_is_new_when_it_comes_again(school: School) -> None:
    mine, other = _sign_in(school), _sign_in(school)
    before = len(_mails(school))
    _end(school, mine, _id(other))
    _sign_in(school, mine.remembered.secret)
    assert len(_mails(school)) == before
    _sign_in(school, other.remembered.secret)
    assert len(_mails(school)) == before + 1


def test_nobody_fills_a_mailbox_by_signing_in_from_many_devices(school: School) -> None:
    for _ in range(new_devices.MOST_A_DAY + 5):
        _sign_in(school)
    assert len(_mails(school)) == new_devices.MOST_A_DAY
    school.write(lambda tx: tx.devices.remove_all(SCHOOL, LENA))
    for _ in range(3):
        _sign_in(school)
    assert len(_mails(school)) == new_devices.MOST_A_DAY
    _sign_in(school, user_id=TOMAS)
    _sign_in(school, user_id=TOMAS)
    assert len(_mails(school)) == new_devices.MOST_A_DAY + 1
    school.clock.moment = datetime.now(UTC) + 2 * DAY
    _sign_in(school)
    assert len(_mails(school)) == new_devices.MOST_A_DAY + 2


def test_it_goes_to_the_address_that_nobody_else_changed(school: School) -> None:
    _sign_in(school)
    changes = {"email": "adam-himself@school.example"}
    school.write(
        lambda tx: users.change(
            tx,
            actor(ADMIN),
            user_id=LENA,
            changes=users.UserPatch(**changes),
            manages=None,
            clock=school.clock,
            ids=school.ids,
        )
    )
    _sign_in(school)
    assert [one.to for one in _mails(school)] == ["lena@school.example"]


def test_what_a_browser_says_of_itself_is_not_repeated(school: School) -> None:
    _sign_in(school)
    _sign_in(school, agent="Your bank: call 555-0100 at once")
    assert [one.values["device"] for one in _mails(school)] == ["unknown"]
