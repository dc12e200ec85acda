"""Become somebody else: staff want to come in as a learner, by a link, an address, a login or a password that they gave."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from hallway.domain.administration import LinkRoute
from hallway.domain.ids import UserId
from hallway.domain.people import Role
from hallway.domain.verdicts import Denial, Refused
from hallway.storage.store import open_store
from hallway.usecases.access import access_notices, links, sessions, sign_in_links
from hallway.usecases.access.records import Deed, LinkRequest, Session
from hallway.usecases.access.sessions import Issued
from hallway.usecases.errors import Conflict, NotFound, TooMany
from hallway.usecases.imports import batches
from hallway.usecases.imports.plans import note_changed_sign_ins, planner
from hallway.usecases.imports.sheets import ImportKind, Report, SheetLine
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import bounces, security_mail_jobs, security_mails
from hallway.usecases.people import me, users
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, DEAN, LENA, NILS, OWNER, SCHOOL, TOMAS, School, actor, furnish, named
from tests.servers.hallway import Hallway
from tests.servers.mail import Relay, text_of
from tests.transport.cast import Browser, as_problem

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MAIL, NO_MAIL = True, False


@pytest.fixture
def school(database: str) -> Iterator[School]:
    """The school in a database. Nobody has ever signed in."""
    opened = open_store(database)
    found = School(store=opened)
    found.write(furnish)
    yield found
    opened.close()


def _comes_in(school: School, user_id: UserId = LENA) -> None:
    """Somebody signs in for the first time."""
    school.write(lambda tx: tx.people.note_sign_in(SCHOOL, user_id, school.clock.now()))


def _show(school: School, who: UserId = ADMIN, *, has_mail: bool = NO_MAIL, user_id: UserId = LENA) -> Issued:
    return school.write(
        lambda tx: sign_in_links.show(
            tx, actor(who), user_id=user_id, has_mail=has_mail, clock=school.clock, ids=school.ids
        )
    )


def _denied(school: School, who: UserId = ADMIN, *, has_mail: bool = NO_MAIL, user_id: UserId = LENA) -> Denial:
    with pytest.raises(Refused) as refused:
        _show(school, who, has_mail=has_mail, user_id=user_id)
    return refused.value.denial


def _mail(school: School, who: UserId = ADMIN, *, has_mail: bool = MAIL) -> str:
    return school.write(
        lambda tx: sign_in_links.mail(
            tx, actor(who), user_id=LENA, has_mail=has_mail, clock=school.clock, ids=school.ids
        )
    )


def _ask(school: School, who: UserId = ADMIN, user_id: UserId = LENA) -> LinkRequest:
    return school.write(
        lambda tx: sign_in_links.ask(
            tx, actor(who), user_id=user_id, has_mail=NO_MAIL, clock=school.clock, ids=school.ids
        )
    )


def _confirm(school: School, who: UserId, request: LinkRequest) -> None:
    school.write(lambda tx: sign_in_links.confirm(tx, actor(who), request_id=request.id, clock=school.clock))


def _change(school: School, who: UserId = ADMIN, **changes: object) -> None:
    at, ids = school.clock, school.ids
    school.write(
        lambda tx: users.change(
            tx, actor(who), user_id=LENA, changes=users.UserPatch(**changes), manages=None, clock=at, ids=ids
        )
    )


def _lines(school: School, user_id: UserId = LENA) -> list[tuple[Deed, str | None]]:
    """What somebody sees at their next sign-in, the newest first."""
    found = school.read(lambda tx: me.me(tx, actor(user_id))).access_notices
    return [(one.notice.deed, one.by) for one in found]


def _mails(school: School) -> list[tuple[str, str]]:
    """Mails that wait, as text and address."""
    jobs = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 100))
    read = [security_mails.read(one.payload) for one in jobs]
    return sorted((one.text, one.to or "") for one in read)


def _allow_confirmation(school: School) -> None:
    account = school.read(lambda tx: tx.accounts.find(SCHOOL))
    assert account is not None
    school.write(lambda tx: tx.accounts.save(replace(account, links_by_confirmation=True)))


# A link that staff see.


def test_a_link_is_shown_for_who_never_came_in_and_for_nobody_else(school: School) -> None:
    assert _show(school).secret
    assert _show(school, DEAN, has_mail=MAIL).secret
    _comes_in(school)
    assert _denied(school, has_mail=MAIL) is Denial.LINK_BY_MAIL
    assert _denied(school, OWNER, has_mail=NO_MAIL) is Denial.LINK_BY_OPERATOR
    assert _show(school, user_id=TOMAS).secret


def test_who_spent_a_link_or_has_a_password_or_a_session_came_in(school: School) -> None:
    link = _show(school)
    school.write(
        lambda tx: links.spend_link(tx, SCHOOL, link.secret, password_hash="#", clock=school.clock, ids=school.ids)
    )
    assert _denied(school) is Denial.LINK_BY_OPERATOR
    now = school.clock.now()
    session = Session(
        account_id=SCHOOL,
        id=type(actor(NILS).session_id)(named("s")),
        user_id=NILS,
        kind="browser",
        hashed="hash",
        name="",
        created_at=now,
        expires_at=now + DAY,
    )
    school.write(lambda tx: tx.sessions.add(session))
    assert _denied(school, user_id=NILS) is Denial.LINK_BY_OPERATOR


def test_that_somebody_came_in_is_kept_whatever_becomes_of_them(school: School) -> None:
    _comes_in(school)
    for work in (users.deactivate, users.activate, users.remove, users.activate):
        school.write(lambda tx, work=work: work(tx, actor(ADMIN), user_id=LENA))
    _change(school, name="Another Name", login="another")
    assert _denied(school) is Denial.LINK_BY_OPERATOR


def test_ones_own_link_is_not_shown_either(school: School) -> None:
    """Whoever finds a screen of staff unlocked would choose a password without knowing the present one."""
    _comes_in(school, ADMIN)
    assert _denied(school, user_id=ADMIN, has_mail=MAIL) is Denial.LINK_BY_MAIL


def test_who_may_not_edit_somebody_gets_no_link_by_any_way(school: School) -> None:
    _allow_confirmation(school)
    for who in (LENA, TOMAS):
        assert _denied(school, who) is Denial.NOT_STAFF
    with pytest.raises(Refused):
        _ask(school, ADMIN, OWNER)
    with pytest.raises(NotFound):
        _ask(school, DEAN, NILS)


# A link by mail.


def test_a_mailed_link_goes_to_the_person_and_is_made_when_it_goes(school: School) -> None:
    _comes_in(school)
    assert _mail(school) == "lena@school.example"
    assert _mails(school) == [("access-link", "lena@school.example")]
    assert school.read(lambda tx: tx.sessions.of(SCHOOL, LENA, sessions.LINK)) == []
    assert _lines(school) == [(Deed.LINK_MADE, "Adam Admin")]
    job = _job(school)
    first, second = (
        school.write(lambda tx: security_mail_jobs.prepare(tx, job, clock=school.clock, ids=school.ids))
        for _ in range(2)
    )
    assert first is not None
    assert second is not None
    assert (second.by, second.to) == ("Adam Admin", "lena@school.example")
    for sent, is_good in ((first, False), (second, True)):
        assert _is_good(school, sent.secret or "") is is_good


def _job(school: School) -> Job:
    (job,) = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 9))
    return job


def _is_good(school: School, secret: str) -> bool:
    found = school.read(lambda tx: sessions.session_of(tx, SCHOOL, secret))
    return found is not None


def test_nobody_fills_a_mailbox_with_links(school: School) -> None:
    _mail(school)
    with pytest.raises(TooMany):
        _mail(school, OWNER)
    school.clock.wait(MINUTE)
    _mail(school, OWNER)


def test_without_mail_none_is_mailed(school: School) -> None:
    with pytest.raises(Refused) as refused:
        _mail(school, has_mail=NO_MAIL)
    assert refused.value.denial is Denial.NO_MAIL_REACHES


# A second administrator.


def test_a_confirmed_link_is_shown_once_to_who_asked(school: School) -> None:
    _comes_in(school)
    _allow_confirmation(school)
    assert _denied(school) is Denial.LINK_UNCONFIRMED
    request = _ask(school)
    assert _ask(school) == request
    assert _denied(school) is Denial.LINK_UNCONFIRMED
    _confirm(school, OWNER, request)
    assert _denied(school, OWNER) is Denial.LINK_UNCONFIRMED
    assert _denied(school, user_id=_came_in(school, TOMAS)) is Denial.LINK_UNCONFIRMED
    assert _show(school).secret
    assert _denied(school) is Denial.LINK_UNCONFIRMED
    assert _lines(school) == [(Deed.LINK_MADE, "Adam Admin")]


def _came_in(school: School, user_id: UserId) -> UserId:
    _comes_in(school, user_id)
    return user_id


def test_neither_who_asked_nor_the_person_nor_a_department_administrator_confirms(school: School) -> None:
    _comes_in(school)
    _allow_confirmation(school)
    request = _ask(school, DEAN)
    for who in (DEAN, LENA):
        with pytest.raises((Refused, NotFound)):
            _confirm(school, who, request)
    assert _denied(school, DEAN) is Denial.LINK_UNCONFIRMED
    waiting = school.read(lambda tx: sign_in_links.pending(tx, actor(ADMIN), clock=school.clock))
    assert [(one.user.user.id, one.asked_by.user.id, one.may_confirm) for one in waiting] == [(LENA, DEAN, True)]
    _confirm(school, ADMIN, request)
    assert _show(school, DEAN).secret


def test_a_request_ends_after_a_day_and_when_it_is_declined(school: School) -> None:
    _comes_in(school)
    _allow_confirmation(school)
    late, declined = _ask(school), _ask(school, DEAN)
    school.write(lambda tx: sign_in_links.withdraw(tx, actor(OWNER), request_id=declined.id, clock=school.clock))
    _confirm(school, OWNER, late)
    school.clock.wait(DAY)
    assert _denied(school) is Denial.LINK_UNCONFIRMED
    for gone in (late, declined):
        with pytest.raises(NotFound):
            _confirm(school, OWNER, gone)


def test_a_confirmation_ends_with_the_right_to_give_it(school: School) -> None:
    _comes_in(school)
    _allow_confirmation(school)
    request = _ask(school, OWNER)
    _confirm(school, ADMIN, request)
    at, ids = school.clock, school.ids
    less = {"role": Role.AUTHOR}
    school.write(
        lambda tx: users.change(
            tx, actor(OWNER), user_id=ADMIN, changes=users.UserPatch(**less), manages=None, clock=at, ids=ids
        )
    )
    assert _denied(school, OWNER) is Denial.LINK_UNCONFIRMED


def test_who_administers_alone_is_told_what_to_do(school: School) -> None:
    _comes_in(school)
    _allow_confirmation(school)
    school.write(lambda tx: users.deactivate(tx, actor(OWNER), user_id=ADMIN))
    with pytest.raises(Refused) as refused:
        _ask(school, OWNER)
    assert refused.value.denial is Denial.NO_SECOND_ADMINISTRATOR


def test_where_the_account_does_not_allow_it_nobody_asks(school: School) -> None:
    _comes_in(school)
    with pytest.raises(Refused) as refused:
        _ask(school)
    assert refused.value.denial is Denial.LINK_BY_OPERATOR


# An address that staff change to their own.


def test_a_changed_address_gets_no_link_for_a_week_and_both_are_told(school: School) -> None:
    _comes_in(school)
    _change(school, email="adams.own@mail.example")
    told = [("access-email-changed", "adams.own@mail.example"), ("access-email-changed", "lena@school.example")]
    assert _mails(school) == told
    assert _lines(school) == [(Deed.EMAIL_CHANGED, "Adam Admin")]
    assert _mail(school) == "lena@school.example"
    school.clock.wait(timedelta(days=6))
    _change(school, email="another.one@mail.example")
    assert _mail(school) == "lena@school.example"
    school.clock.wait(timedelta(days=7))
    assert _mail(school) == "another.one@mail.example"


def test_the_person_says_that_a_new_address_is_theirs(school: School) -> None:
    _comes_in(school)
    _change(school, email="lena.new@mail.example")
    (notice,) = school.read(lambda tx: tx.access.notices(SCHOOL, LENA))
    for who in (ADMIN, TOMAS):
        school.write(lambda tx, who=who: access_notices.dismiss(tx, actor(who), notice_id=notice.id))
    assert _mail(school) == "lena@school.example"
    school.write(lambda tx: access_notices.dismiss(tx, actor(LENA), notice_id=notice.id))
    school.clock.wait(MINUTE)
    assert _mail(school) == "lena.new@mail.example"


def test_an_address_of_who_never_came_in_is_corrected_at_once(school: School) -> None:
    _change(school, email="lena.right@mail.example")
    assert _lines(school) == []
    assert _mail(school) == "lena.right@mail.example"


def test_the_same_address_in_other_letters_is_the_same(school: School) -> None:
    _comes_in(school)
    _change(school, email="LENA@school.example", title="Learner")
    assert _lines(school) == []


# What the person learns.


def test_who_came_in_before_learns_that_their_link_was_spent(school: School) -> None:
    _comes_in(school)
    made = school.write(lambda tx: links.issue_link(tx, SCHOOL, LENA, by_id=ADMIN, clock=school.clock, ids=school.ids))
    school.write(
        lambda tx: links.spend_link(tx, SCHOOL, made.secret, password_hash="#", clock=school.clock, ids=school.ids)
    )
    assert _lines(school) == [(Deed.LINK_SPENT, "Adam Admin")]
    assert _mails(school) == [("access-link-spent", "lena@school.example")]
    operators = school.write(lambda tx: links.issue_link(tx, SCHOOL, LENA, clock=school.clock, ids=school.ids))
    school.clock.wait(MINUTE)
    school.write(
        lambda tx: links.spend_link(tx, SCHOOL, operators.secret, password_hash="#", clock=school.clock, ids=school.ids)
    )
    assert _lines(school)[0] == (Deed.LINK_SPENT, None)


def test_a_password_or_a_login_that_others_chose_is_told(school: School) -> None:
    draft = users.Draft(name="Nora New", email="nora@school.example", login="nora")
    at, ids = school.clock, school.ids
    nora = school.write(lambda tx: users.add(tx, actor(ADMIN), draft=draft, password_hash="#", clock=at, ids=ids))
    assert _lines(school, nora) == [(Deed.PASSWORD_SET, "Adam Admin")]
    _comes_in(school)
    _change(school, DEAN, login="lenas-other-login")
    assert _lines(school) == [(Deed.LOGIN_CHANGED, "Dora Dean")]


def test_what_one_does_oneself_one_knows(school: School) -> None:
    _comes_in(school, ADMIN)
    at, ids = school.clock, school.ids
    mine = {"email": "adam.new@mail.example", "login": "adam-new"}
    school.write(
        lambda tx: users.change(
            tx, actor(ADMIN), user_id=ADMIN, changes=users.UserPatch(**mine), manages=None, clock=at, ids=ids
        )
    )
    assert _lines(school, ADMIN) == []


def test_lines_do_not_pile_up(school: School) -> None:
    lena = school.user(LENA)
    for _ in range(access_notices.MOST + 5):
        school.clock.wait(MINUTE)
        school.write(lambda tx: access_notices.note(tx, lena, Deed.LINK_MADE, None, clock=school.clock, ids=school.ids))
    assert len(_lines(school)) == access_notices.MOST


def test_a_link_is_refused_for_who_is_not_active(school: School) -> None:
    school.write(lambda tx: users.deactivate(tx, actor(ADMIN), user_id=LENA))
    for work in (_show, _mail, _ask):
        with pytest.raises(Conflict, match="Activate"):
            work(school)


def _routes(school: School, who: Sequence[UserId], *, has_mail: bool) -> list[LinkRoute]:
    people = [school.user(one) for one in who]
    found = school.read(
        lambda tx: sign_in_links.ways(tx, actor(ADMIN), people, has_mail=has_mail, now=school.clock.now())
    )
    return [found[one].route for one in who]


def test_a_bounced_address_is_no_way(school: School) -> None:
    _comes_in(school)
    assert _routes(school, [LENA, TOMAS], has_mail=MAIL) == [LinkRoute.MAILED, LinkRoute.SHOWN]
    lena = school.user(LENA)
    school.write(lambda tx: bounces.note(tx, lena, "550", school.clock.now()))
    assert _routes(school, [LENA], has_mail=MAIL) == [LinkRoute.OPERATOR]


# Through other doors.


def test_an_import_that_changes_addresses_or_logins_tells_and_holds_too(school: School) -> None:
    for one in (LENA, NILS):
        _comes_in(school, one)
    mine, theirs = school.user(LENA), school.user(NILS)
    columns = ("name", "email", "login", "title")
    rows = (
        SheetLine(2, (mine.name, "adams.own@mail.example", mine.login, "")),
        SheetLine(3, (theirs.name, theirs.email, theirs.login, "Another title")),
    )
    used, report = planner(ImportKind.USERS, actor(ADMIN), clock=school.clock, ids=school.ids), Report()

    def apply(tx: Transaction) -> None:
        batches.carry_out(tx, used, batches.entries(columns, rows), report)
        note_changed_sign_ins(tx, actor(ADMIN), used, clock=school.clock, ids=school.ids)

    school.write(apply)
    assert (report.to_change, report.bad_count) == (2, 0)
    assert _lines(school) == [(Deed.EMAIL_CHANGED, "Adam Admin")]
    assert _lines(school, NILS) == []
    assert _mail(school) == "lena@school.example"


PASSWORD = "a long enough password"


@pytest.mark.slow
def test_over_the_real_server_a_link_reaches_the_person_alone(mailing: Hallway, relay: Relay) -> None:
    with Browser(mailing.address, "samuel", "hallway-demo") as samuel:
        found = samuel.request("GET", "/admin/users", params={"q": "maya"}).json()["users"][0]
        address = f"/admin/users/{found['id']}/sign-in-link"
        assert samuel.request("GET", address).json()["route"] == "mailed"
        as_problem(samuel.request("POST", address), 403, "link_by_mail")
        answer = samuel.request("POST", f"{address}/mail")
        assert (answer.status_code, answer.json()) == (202, {"email": found["email"]})
        mail = relay.wait_for_text(found["email"], "/link/")
        (secret,) = re.findall(r"/link/(\S+)", text_of(mail))
        assert "Samuel Adeyemi" in text_of(mail)
        assert "/link/" not in answer.text
        as_problem(samuel.request("POST", f"{address}/mail"), 429, "too_many")
        body = {"token": secret, "password": PASSWORD}
        entered = httpx.post(f"{mailing.address}/api/v1/password", json=body)
        assert [(one["deed"], one["by"]) for one in entered.json()["access_notices"]] == [
            ("link_spent", "Samuel Adeyemi"),
            ("link_made", "Samuel Adeyemi"),
        ]
        as_problem(httpx.post(f"{mailing.address}/api/v1/password", json=body), 404, "not_found")
        assert (
            relay.wait_for_text(found["email"], "was used to choose a new password")["Subject"]
            == "Your sign-in link was used"
        )
    with Browser(mailing.address, "maya", PASSWORD) as maya:
        for one in maya.request("GET", "/me").json()["access_notices"]:
            assert maya.request("DELETE", f"/me/access-notices/{one['id']}").status_code == 204
        assert maya.request("GET", "/me").json()["access_notices"] == []


@pytest.mark.slow
def test_over_the_real_server_a_new_person_is_shown_theirs_until_they_came_in(mailing: Hallway) -> None:
    with Browser(mailing.address, "samuel", "hallway-demo") as samuel:
        new = {"name": "Nora New", "email": "nora@mail.example", "login": "nora"}
        added = samuel.request("POST", "/admin/users", json=new).json()
        address = f"/admin/users/{added['id']}/sign-in-link"
        assert samuel.request("GET", address).json()["route"] == "shown"
        shown = samuel.request("POST", address).json()["url"]
        body = {"token": shown.rpartition("/")[2], "password": PASSWORD}
        entered = httpx.post(f"{mailing.address}/api/v1/password", json=body)
        assert [one["deed"] for one in entered.json()["access_notices"]] == ["link_made"]
        as_problem(samuel.request("POST", address), 403, "link_by_mail")
