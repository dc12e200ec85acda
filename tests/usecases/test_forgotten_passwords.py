"""A forgotten password: who is mailed, how often, and that nobody learns who exists."""

from datetime import UTC, datetime, timedelta

import pytest

from hallway.domain.audit import Action
from hallway.domain.people import State
from hallway.usecases.access import forgotten_passwords, links
from hallway.usecases.access.forgotten_passwords import A_MINUTE, DAY, MOST_A_DAY, PAUSE, WORK, Forgotten
from hallway.usecases.access.visitors import Visitor
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.errors import NotFound, TooMany
from hallway.usecases.jobs import queueing
from hallway.usecases.notifications import bounces, security_mail_jobs, security_mails
from hallway.usecases.notifications.security_mails import FORGOTTEN
from hallway.usecases.people import users
from tests.school import ADMIN, LENA, SCHOOL, School, actor

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def today(school: School) -> None:
    """The audit log, in which mails are counted, keeps the time of the machine."""
    school.clock.moment = datetime.now(UTC)


def _ask(school: School, login: str, network: str = "192.0.2.1") -> TooMany | None:
    asked = Forgotten(SCHOOL, login, Visitor(networks=(network,), address=network), per_minute=10)
    return school.write(lambda tx: forgotten_passwords.ask(tx, asked, clock=school.clock, ids=school.ids))


def _find(school: School) -> int:
    """Let the jobs find out whom it is about; how many of them there were."""
    claimed = school.write(lambda tx: queueing.claim(tx, SCHOOL, WORK, limit=10, clock=school.clock, ids=school.ids))
    for one in claimed:
        school.write(lambda tx, job=one: forgotten_passwords.answer(tx, job, clock=school.clock))
    school.write(lambda tx: queueing.finish(tx, claimed))
    return len(claimed)


def _mails(school: School) -> list[tuple[str, str | None]]:
    """The mails that are due, as (address, secret); they are gone then."""
    jobs = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 100))
    found: list[tuple[str, str | None]] = []
    for one in jobs:
        mail = school.write(lambda tx, job=one: security_mail_jobs.prepare(tx, job, clock=school.clock, ids=school.ids))
        if mail is not None and mail.mail.text == FORGOTTEN:
            found.append((mail.to, mail.secret))
        school.write(lambda tx, job=one: tx.jobs.remove(SCHOOL, job.kind, [job.subject]))
    return found


def _mailed(school: School, login: str = "lena") -> list[str]:
    assert _ask(school, login) is None
    _find(school)
    return [to for to, _ in _mails(school)]


@pytest.mark.parametrize("login", ["lena", " LENA ", "lena@school.example", "Lena@School.Example"])
def test_who_forgot_their_password_gets_a_link_by_mail(school: School, login: str) -> None:
    assert _ask(school, login) is None
    _find(school)
    ((to, secret),) = _mails(school)
    assert to == "lena@school.example"
    assert secret is not None
    assert school.read(lambda tx: links.look_at(tx, SCHOOL, secret, clock=school.clock)).name == "Lena Löwe"
    (entry,) = school.read(lambda tx: tx.audit.page(SCHOOL, Chosen(about=LENA), before=None, limit=5))
    assert (entry.draft.action, entry.draft.address) == (Action.PASSWORD_FORGOTTEN, "192.0.2.1")


@pytest.mark.parametrize("login", ["lena", "nobody-at-all"])
def test_asking_does_the_same_whether_there_is_such_a_person_or_not(school: School, login: str) -> None:
    assert [_ask(school, login) is None for _ in range(A_MINUTE)] == [True] * A_MINUTE
    refused = _ask(school, login)
    assert isinstance(refused, TooMany)
    assert refused.retry_after == 60
    jobs = school.read(lambda tx: tx.jobs.due(SCHOOL, WORK.kind, school.clock.now(), 10))
    assert len(jobs) == 1
    assert school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 10)) == []


def test_nobody_who_is_not_there_or_not_active_is_mailed(school: School) -> None:
    assert _mailed(school, "nobody-at-all") == []
    school.set_state(LENA, State.INACTIVE)
    assert _mailed(school) == []


def test_an_address_that_does_not_work_or_that_others_gave_lately_gets_none(school: School) -> None:
    at, ids = school.clock, school.ids
    school.write(lambda tx: tx.people.note_sign_in(SCHOOL, LENA, at.now()))
    changes = {"email": "adams.own@mail.example"}
    school.write(
        lambda tx: users.change(
            tx, actor(ADMIN), user_id=LENA, changes=users.UserPatch(**changes), manages=None, clock=at, ids=ids
        )
    )
    assert _mailed(school) == ["lena@school.example"]
    school.clock.wait(timedelta(days=8))
    assert _mailed(school) == ["adams.own@mail.example"]
    school.clock.wait(DAY)
    school.write(lambda tx: bounces.note(tx, school.user(LENA), "550", at.now()))
    assert _mailed(school) == []


def test_a_mailbox_gets_few_of_them_whoever_asks(school: School) -> None:
    assert _mailed(school) == ["lena@school.example"]
    assert _mailed(school) == []
    school.clock.wait(PAUSE)
    got = 1
    for _ in range(20):
        got += len(_mailed(school))
        school.clock.wait(MINUTE)
    assert got == MOST_A_DAY
    school.clock.wait(DAY)
    assert _mailed(school) == ["lena@school.example"]


def test_one_network_asks_no_more_often_than_it_may_guess(school: School) -> None:
    answers = [_ask(school, f"somebody-{number}") for number in range(12)]
    assert [one is None for one in answers] == [True] * 10 + [False] * 2
    assert _ask(school, "somebody-else", "198.51.100.7") is None


def test_a_strangers_request_voids_no_link_that_somebody_has(school: School) -> None:
    shown = school.write(lambda tx: links.issue_link(tx, SCHOOL, LENA, by_id=ADMIN, clock=school.clock, ids=school.ids))
    _ask(school, "lena")
    _find(school)
    ((_, secret),) = _mails(school)
    assert secret is not None
    for one in (shown.secret, secret):
        assert school.read(lambda tx, one=one: links.look_at(tx, SCHOOL, one, clock=school.clock)).name == "Lena Löwe"
    school.clock.wait(links.OWN_LINK_LIFE)
    with pytest.raises(NotFound):
        school.read(lambda tx: links.look_at(tx, SCHOOL, secret, clock=school.clock))


def test_who_chose_a_password_that_way_is_told_by_mail_and_every_link_ends(school: School) -> None:
    at, ids = school.clock, school.ids
    school.write(lambda tx: tx.people.note_sign_in(SCHOOL, LENA, at.now()))
    own = school.write(lambda tx: links.issue_own_link(tx, SCHOOL, LENA, clock=at, ids=ids))
    other = school.write(lambda tx: links.issue_link(tx, SCHOOL, LENA, by_id=ADMIN, clock=at, ids=ids))
    own = school.write(lambda tx: links.issue_own_link(tx, SCHOOL, LENA, clock=at, ids=ids))
    school.write(lambda tx: links.spend_link(tx, SCHOOL, own.secret, password_hash="#", clock=at, ids=ids))
    jobs = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, at.now(), 100))
    assert [security_mails.read(one.payload).text for one in jobs] == [links.RENEWED]
    for secret in (own.secret, other.secret):
        with pytest.raises(NotFound):
            school.read(lambda tx, one=secret: links.look_at(tx, SCHOOL, one, clock=at))
