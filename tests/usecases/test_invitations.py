"""How many people come in: links and invitations for several, each judged by itself, and how far each has come."""

from datetime import timedelta

import pytest

from hallway.domain.arrivals import Status
from hallway.domain.audit import Action
from hallway.domain.ids import UserId
from hallway.domain.people import State, User
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.access import links, sign_in_links
from hallway.usecases.access.sessions import Issued
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.errors import NotFound, TooMany
from hallway.usecases.notifications import security_mail_jobs, security_mails
from hallway.usecases.notifications.security_mails import INVITATION, LINK
from hallway.usecases.people import invitations
from hallway.usecases.people.invitations import Invitation, LeftOut, Newcomers
from tests.school import ADMIN, DEAN, LENA, NILS, NOBODY, NOON, OWNER, SCHOOL, TOMAS, School, actor

DAY = timedelta(days=1)


def _link(
    school: School, user_id: UserId, who: UserId = OWNER, *, has_mail: bool = False
) -> tuple[User, Issued] | LeftOut:
    at, ids = school.clock, school.ids
    return school.write(
        lambda tx: invitations.link(tx, actor(who), user_id=user_id, has_mail=has_mail, clock=at, ids=ids)
    )


def _invite(school: School, user_id: UserId, who: UserId = OWNER, *, has_mail: bool = True) -> str:
    at, ids = school.clock, school.ids
    return school.write(
        lambda tx: sign_in_links.mail(tx, actor(who), user_id=user_id, has_mail=has_mail, clock=at, ids=ids)
    )


def _why(answer: object) -> str:
    assert isinstance(answer, LeftOut)
    return answer.code


def _invitation(school: School, user_id: UserId = LENA) -> Invitation | None:
    return school.read(lambda tx: invitations.of(tx, SCHOOL, [user_id], school.clock.now())).get(user_id)


def _newcomers(school: School, who: UserId = OWNER, *, has_mail: bool = True) -> Newcomers:
    return school.read(
        lambda tx: invitations.newcomers(tx, actor(who), after=None, limit=50, has_mail=has_mail, clock=school.clock)
    )


def _comes_in(school: School, user_id: UserId) -> None:
    school.write(lambda tx: tx.people.note_sign_in(SCHOOL, user_id, school.clock.now()))


def _recorded(school: School, user_id: UserId) -> list[str]:
    found = school.read(lambda tx: tx.audit.page(SCHOOL, Chosen(about=user_id), before=None, limit=10))
    return [one.draft.action for one in found]


def _work_on_mails(school: School) -> list[tuple[str, str, str | None]]:
    """Every mail that waits, as (text, address, secret), prepared as the worker does."""
    jobs = school.read(lambda tx: tx.jobs.due(SCHOOL, security_mails.WORK.kind, school.clock.now(), 100))
    found: list[tuple[str, str, str | None]] = []
    for one in jobs:
        mail = school.write(lambda tx, job=one: security_mail_jobs.prepare(tx, job, clock=school.clock, ids=school.ids))
        if mail is not None:
            found.append((mail.mail.text, mail.to, mail.secret))
        school.write(lambda tx, job=one: tx.jobs.remove(SCHOOL, job.kind, [job.subject]))
    return found


def test_who_never_signed_in_gets_a_link_that_is_shown(school: School) -> None:
    answer = _link(school, LENA)
    assert isinstance(answer, tuple)
    user, issued = answer
    promise = school.read(lambda tx: links.look_at(tx, SCHOOL, issued.secret, clock=school.clock))
    assert (user.id, promise.name, promise.academy, promise.is_first) == (LENA, "Lena Löwe", "School", True)
    assert _recorded(school, LENA) == [Action.LINK_MADE]


def test_who_is_left_out_stops_nobody_and_changes_nothing(school: School) -> None:
    _comes_in(school, TOMAS)
    school.set_state(NILS, State.INACTIVE)
    before = school.everything()
    assert _why(_link(school, TOMAS, has_mail=True)) == Denial.LINK_BY_MAIL
    assert _why(_link(school, TOMAS)) == Denial.LINK_BY_OPERATOR
    assert _why(_link(school, NILS)) == "not_active"
    with pytest.raises(Refused) as unreachable:
        _invite(school, LENA, has_mail=False)
    assert unreachable.value.denial is Denial.NO_MAIL_REACHES
    assert _why(_link(school, OWNER, ADMIN)) == Denial.OWNER_PROTECTED
    assert school.everything() == before


def test_nobody_learns_who_is_outside_of_their_departments(school: School) -> None:
    for stranger in (NILS, NOBODY):
        answer = _link(school, stranger, DEAN)
        assert answer == LeftOut(stranger, None, "not_found", str(NotFound("user")))


def test_learners_make_no_links(school: School) -> None:
    for work in (_link, _invite):
        with pytest.raises(Refused) as refused:
            work(school, TOMAS, LENA)
        assert refused.value.denial is Denial.NOT_STAFF


def test_an_invitation_is_mailed_and_its_link_made_when_it_goes(school: School) -> None:
    assert _invite(school, LENA) == "lena@school.example"
    assert _recorded(school, LENA) == [Action.INVITED]
    assert _invitation(school) == Invitation(Status.INVITED, NOON, NOON + links.LINK_LIFE)
    ((text, to, secret),) = _work_on_mails(school)
    assert (text, to) == (INVITATION, "lena@school.example")
    assert secret is not None
    assert school.read(lambda tx: links.look_at(tx, SCHOOL, secret, clock=school.clock)).name == "Lena Löwe"
    assert _invitation(school) == Invitation(Status.INVITED, NOON, NOON + links.LINK_LIFE)


def test_who_signed_in_before_is_mailed_a_new_link_not_an_invitation(school: School) -> None:
    _comes_in(school, LENA)
    _invite(school, LENA)
    assert [text for text, _, _ in _work_on_mails(school)] == [LINK]
    assert _recorded(school, LENA) == [Action.LINK_MADE]
    assert _invitation(school) is None


def test_a_second_invitation_waits_a_minute_and_voids_the_first(school: School) -> None:
    _invite(school, LENA)
    ((_, _, first),) = _work_on_mails(school)
    with pytest.raises(TooMany):
        _invite(school, LENA)
    school.clock.wait(timedelta(minutes=1))
    _invite(school, LENA)
    ((_, _, second),) = _work_on_mails(school)
    assert first is not None
    assert second is not None
    with pytest.raises(NotFound):
        school.read(lambda tx: links.look_at(tx, SCHOOL, first, clock=school.clock))
    assert school.read(lambda tx: links.look_at(tx, SCHOOL, second, clock=school.clock)).is_first


def test_an_invitation_expires_and_says_so(school: School) -> None:
    assert _invitation(school) == Invitation(Status.NOT_INVITED)
    _link(school, LENA)
    assert _invitation(school) == Invitation(Status.INVITED, NOON, NOON + links.LINK_LIFE)
    school.clock.wait(links.LINK_LIFE)
    assert _invitation(school) == Invitation(Status.LINK_EXPIRED, NOON, NOON + links.LINK_LIFE)
    school.write(lambda tx: tx.sessions.remove_all(SCHOOL, LENA))  # as the upkeep does in time
    assert _invitation(school) == Invitation(Status.LINK_EXPIRED, NOON, NOON + links.LINK_LIFE)


def test_newcomers_are_those_whom_one_administers(school: School) -> None:
    _comes_in(school, OWNER)
    assert [one.user.id for one in _newcomers(school, DEAN).people] == [DEAN, LENA, TOMAS]
    everybody = _newcomers(school)
    assert (everybody.total, everybody.next) == (len(everybody.people), None)
    assert OWNER not in {one.user.id for one in everybody.people}
    assert all(one.is_mailable for one in everybody.people)
    assert not any(one.is_mailable for one in _newcomers(school, has_mail=False).people)
