"""Coming in: the first run, signing in and out, one-time links, passwords and personal access tokens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.domain.events import Event, SessionEnded
from hallway.domain.ids import SessionId, UserId
from hallway.domain.people import Role, State
from hallway.usecases.access import access_tokens, links, logins, passwords, sessions
from hallway.usecases.access.logins import Comer
from hallway.usecases.access.passwords import ReservedChange
from hallway.usecases.access.records import Session
from hallway.usecases.access.sessions import Issued
from hallway.usecases.accounts import founding
from hallway.usecases.accounts.founding import Founding
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound, SignedOut, SignInFailed, granted
from tests.school import LENA, NOBODY, SCHOOL, TOMAS, CountedIds, School, named

HOUR, MOMENT = timedelta(hours=1), timedelta(microseconds=1)
FOUNDING = Founding(academy="Academy", name="Olga Owner", email="olga@academy.example", login="olga")


def _sign_in(school: School, user_id: UserId = LENA) -> Issued:
    comer = Comer(account_id=SCHOOL, user_id=user_id, verified=None)
    opened = school.write(lambda tx: logins.open_session(tx, comer, life=HOUR, clock=school.clock, ids=school.ids))
    return opened.issued


def _link(school: School, user_id: UserId = LENA) -> Issued:
    return school.write(lambda tx: links.issue_link(tx, SCHOOL, user_id, clock=school.clock, ids=school.ids))


def _token(school: School, user_id: UserId = LENA, days: int | None = None) -> Issued:
    me = _by(_sign_in(school, user_id))
    return school.write(
        lambda tx: access_tokens.new_token(tx, me, name=" Robot ", days=days, clock=school.clock, ids=school.ids)
    )


def _who(school: School, issued: Issued) -> UserId | None:
    found = school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=issued.secret, clock=school.clock))
    return None if found is None else found.user_id


def _by(issued: Issued) -> Actor:
    return Actor(account_id=issued.session.account_id, user_id=issued.session.user_id, session_id=issued.session.id)


# The first run.


def test_the_first_run_makes_the_account_and_its_owner() -> None:
    empty = School()
    account_id, owner_id = empty.write(
        lambda tx: founding.found_account(tx, FOUNDING, password_hash="#", ids=CountedIds())
    )
    user, password = empty.read(lambda tx: logins.credentials(tx, tx.accounts.ids()[0], "olga"))
    assert user is not None
    assert (user.account_id, user.id, user.role, user.state, password) == (
        account_id,
        owner_id,
        Role.OWNER,
        State.ACTIVE,
        "#",
    )


def test_there_is_one_first_run() -> None:
    empty = School()
    for is_first in (True, False):
        if is_first:
            empty.write(lambda tx: founding.found_account(tx, FOUNDING, password_hash="#", ids=empty.ids))
        else:
            with pytest.raises(Conflict, match="already"):
                empty.write(lambda tx: founding.found_account(tx, FOUNDING, password_hash="#", ids=empty.ids))
    assert len(empty.everything().accounts) == 1


def test_a_founding_names_everything_that_is_wrong_with_it_at_once() -> None:
    founding.check_founding(FOUNDING, "a" * 10)
    with pytest.raises(Invalid) as invalid:
        founding.check_founding(Founding(academy="", name="", email="olga", login="o"), "a" * 9)
    assert [problem.field for problem in invalid.value.problems] == ["academy", "name", "email", "login", "password"]


# Signing in and out.


@pytest.mark.parametrize("login", ["lena", "LENA", "lena@school.example", "Lena@School.Example"])
def test_people_sign_in_by_login_or_e_mail_whatever_the_case(school: School, login: str) -> None:
    school.write(lambda tx: tx.people.set_password(SCHOOL, LENA, "#"))
    user, password = school.read(lambda tx: logins.credentials(tx, SCHOOL, login))
    assert user is not None
    assert (user.id, password) == (LENA, "#")


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_who_is_not_active_does_not_come_in(school: School, state: State) -> None:
    school.write(lambda tx: tx.people.set_password(SCHOOL, LENA, "#"))
    school.set_state(LENA, state)
    assert school.read(lambda tx: logins.credentials(tx, SCHOOL, "lena")) == (None, None)
    with pytest.raises(SignInFailed):
        _sign_in(school)


def test_who_is_not_there_is_answered_like_one_who_may_not(school: School) -> None:
    assert school.read(lambda tx: logins.credentials(tx, SCHOOL, "nobody")) == (None, None)
    with pytest.raises(SignInFailed):
        _sign_in(school, NOBODY)


def test_a_session_lasts_its_time(school: School) -> None:
    issued = _sign_in(school)
    school.clock.wait(HOUR - MOMENT)
    assert _who(school, issued) == LENA
    school.clock.wait(MOMENT)
    assert _who(school, issued) is None


def test_a_secret_is_told_once_and_never_stored(school: School) -> None:
    for issued in (_sign_in(school), _link(school), _token(school)):
        assert issued.secret not in repr(school.everything())
        assert issued.session.hashed in repr(school.everything())


def test_every_session_has_a_secret_of_its_own_and_a_guess_is_nobody(school: School) -> None:
    lena, tomas = _sign_in(school), _sign_in(school, TOMAS)
    assert (_who(school, lena), _who(school, tomas)) == (LENA, TOMAS)
    assert (
        school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=lena.session.hashed, clock=school.clock))
        is None
    )
    assert school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret="guess", clock=school.clock)) is None


def test_a_secret_names_its_account(school: School) -> None:
    for issued in (_sign_in(school), _link(school), _token(school)):
        assert sessions.account_of(issued.secret) == SCHOOL


@pytest.mark.parametrize("secret", ["", "~", "guess", "guess~", "é~guess", "A" * 22, f"{'A' * 21}~guess"])
def test_nonsense_names_no_account(school: School, secret: str) -> None:
    assert sessions.account_of(secret) is None
    assert school.read(lambda tx: sessions.who_is(tx, account_id=SCHOOL, secret=secret, clock=school.clock)) is None


def test_a_secret_from_before_they_named_an_account_is_as_good_as_ever(school: School) -> None:
    issued = _sign_in(school)
    older = replace(issued.session, id=SessionId(named("older")), hashed=sessions.hashed("older"))
    school.write(lambda tx: tx.sessions.add(older))
    assert _who(school, Issued(older, "older")) == LENA


def test_a_secret_is_worth_nothing_in_an_account_that_is_not_its_own(school: School) -> None:
    issued = _sign_in(school)
    _, _, unguessed = issued.secret.partition("~")
    elsewhere = replace(issued, secret=f"{'A' * 22}~{unguessed}")
    assert sessions.account_of(elsewhere.secret) not in {None, SCHOOL}
    assert _who(school, elsewhere) is None


def test_signing_out_ends_this_session_alone(school: School) -> None:
    here, there = _sign_in(school), _sign_in(school)
    events = school.events(lambda tx: sessions.sign_out(tx, _by(here)))
    assert events == [SessionEnded(SCHOOL, LENA, here.session.id)]
    assert (_who(school, here), _who(school, there)) == (None, LENA)


def test_who_is_still_in_is_asked_of_the_store(school: School) -> None:
    lena, out, over, gone = _sign_in(school), _sign_in(school), _sign_in(school), _sign_in(school, TOMAS)
    school.write(lambda tx: sessions.sign_out(tx, _by(out)))
    school.write(lambda tx: tx.sessions.remove(SCHOOL, LENA, over.session.id))
    school.write(lambda tx: tx.sessions.add(replace(over.session, expires_at=school.clock.now())))
    school.set_state(TOMAS, State.INACTIVE)
    actors = [_by(one) for one in (lena, out, over, gone)]
    valid = school.read(lambda tx: sessions.still_in(tx, SCHOOL, actors, clock=school.clock))
    assert valid == {lena.session.id}


# One-time links.


def _spend(school: School, issued: Issued, hashed: str = "new") -> None:
    school.write(
        lambda tx: links.spend_link(tx, SCHOOL, issued.secret, password_hash=hashed, clock=school.clock, ids=school.ids)
    )


def _password(school: School, user_id: UserId = LENA) -> str | None:
    return school.read(lambda tx: tx.people.password(SCHOOL, user_id))


def test_a_link_chooses_a_password_once(school: School) -> None:
    link = _link(school)
    _spend(school, link)
    with pytest.raises(NotFound, match="link"):
        _spend(school, link, "again")
    assert (_password(school), _password(school, TOMAS)) == ("new", None)


def test_a_link_is_good_for_a_week(school: School) -> None:
    link = _link(school)
    school.clock.wait(timedelta(days=7) - MOMENT)
    _spend(school, link)
    late = _link(school)
    school.clock.wait(timedelta(days=7))
    with pytest.raises(NotFound):
        _spend(school, late, "late")
    assert _password(school) == "new"


def test_a_new_link_makes_the_earlier_one_void(school: School) -> None:
    earlier, other = _link(school), _link(school, TOMAS)
    later = _link(school)
    with pytest.raises(NotFound):
        _spend(school, earlier)
    _spend(school, later)
    _spend(school, other)


def test_a_link_signs_nobody_in_and_a_session_is_no_link(school: School) -> None:
    assert _who(school, _link(school)) is None
    for issued in (_sign_in(school), _token(school)):
        with pytest.raises(NotFound):
            _spend(school, issued)


def test_a_link_is_void_once_its_person_takes_part_no_longer(school: School) -> None:
    link = _link(school)
    school.set_state(LENA, State.INACTIVE)
    with pytest.raises(NotFound):
        _spend(school, link)


def _reserved(school: School, by: Issued) -> ReservedChange:
    return granted(
        school.write(
            lambda tx: passwords.reserve_change(tx, _by(by), per_minute=10, clock=school.clock, ids=school.ids)
        )
    )


def _change(school: School, by: Issued, reserved: ReservedChange, new: str = "new") -> list[Event]:
    change = passwords.Change(reserved, new)
    return school.events(lambda tx: passwords.change_password(tx, _by(by), change, clock=school.clock))


def test_a_changed_password_ends_every_browser_s_session_and_leaves_tokens(school: School) -> None:
    browser, token, tomas = _sign_in(school), _token(school), _sign_in(school, TOMAS)
    events = _change(school, browser, _reserved(school, browser))
    ended = {one.session_id for one in events if isinstance(one, SessionEnded)}
    assert browser.session.id in ended
    assert token.session.id not in ended
    assert [_who(school, one) for one in (browser, token, tomas)] == [None, LENA, TOMAS]
    assert _password(school) == "new"
    assert school.everything().attempts == {}


def test_a_password_chosen_by_link_ends_tokens_as_well(school: School) -> None:
    browser, token, tomas, link = _sign_in(school), _token(school), _token(school, TOMAS), _link(school)
    events = school.events(
        lambda tx: links.spend_link(tx, SCHOOL, link.secret, password_hash="new", clock=school.clock, ids=school.ids)
    )
    ended = {one.session_id for one in events if isinstance(one, SessionEnded)}
    assert {browser.session.id, token.session.id} <= ended
    assert [_who(school, one) for one in (browser, token, tomas)] == [None, None, TOMAS]


def test_what_was_verified_must_still_be_the_password(school: School) -> None:
    browser, link = _sign_in(school), _link(school)
    reserved = _reserved(school, browser)
    _spend(school, link, "by link")
    with pytest.raises(SignedOut):
        _change(school, browser, reserved)
    again = _sign_in(school)
    with pytest.raises(Invalid, match="current password"):
        _change(school, again, reserved)
    assert _password(school) == "by link"


# Tokens.


def _tokens(school: School, issued: Issued) -> list[Session]:
    return list(school.read(lambda tx: access_tokens.own(tx, _by(issued))))


@pytest.mark.parametrize("days", [None, 30])
def test_a_token_works_until_its_day(school: School, days: int | None) -> None:
    token = _token(school, days=days)
    school.clock.wait(timedelta(days=30) - MOMENT)
    assert _who(school, token) == LENA
    school.clock.wait(MOMENT)
    assert _who(school, token) == (LENA if days is None else None)


def test_my_tokens_are_listed_and_nobody_else_s(school: School) -> None:
    browser, token = _sign_in(school), _token(school)
    _token(school, TOMAS)
    assert [(one.id, one.name) for one in _tokens(school, browser)] == [(token.session.id, "Robot")]


def test_a_token_is_revoked_by_its_owner_alone(school: School) -> None:
    token, lena, tomas = _token(school), _sign_in(school), _sign_in(school, TOMAS)
    with pytest.raises(NotFound, match="token"):
        school.write(lambda tx: access_tokens.revoke_token(tx, _by(tomas), token_id=token.session.id))
    assert _who(school, token) == LENA
    events = school.events(lambda tx: access_tokens.revoke_token(tx, _by(lena), token_id=token.session.id))
    assert events == [SessionEnded(SCHOOL, LENA, token.session.id)]
    assert _who(school, token) is None


def test_a_browser_s_session_is_no_token_to_revoke(school: School) -> None:
    browser = _sign_in(school)
    with pytest.raises(NotFound):
        school.write(lambda tx: access_tokens.revoke_token(tx, _by(browser), token_id=browser.session.id))


def test_a_token_has_a_name(school: School) -> None:
    me = _by(_sign_in(school))
    with pytest.raises(Invalid, match="Enter a name"):
        school.write(
            lambda tx: access_tokens.new_token(tx, me, name=" ", days=None, clock=school.clock, ids=school.ids)
        )
    assert _tokens(school, _sign_in(school)) == []
