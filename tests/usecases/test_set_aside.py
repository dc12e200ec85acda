"""Jobs that were set aside: administrators see why, try them again, discard them; nobody else does."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from hallway.domain.ids import UserId
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.errors import NotFound
from hallway.usecases.jobs import set_aside
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications.jobs import job_for
from hallway.usecases.notifications.records import NotificationState
from tests.school import ADMIN, DEAN, ELSEWHERE, EXPERT, LENA, NOON, OWNER, SCHOOL, School, actor, dialog

MAIL = Job(
    account_id=SCHOOL,
    kind="inbound_mail",
    subject="a",
    created_at=NOON,
    payload='{"about": "nils@school.example: Hello"}',
    set_aside_at=NOON,
    reason="no",
)
ODD = replace(MAIL, kind="odd", subject="b", payload="{", set_aside_at=NOON)


@pytest.fixture(autouse=True)
def jobs(school: School) -> None:
    """Three that were set aside, one that waits, and one of another account."""
    notice = NotificationState(account_id=SCHOOL, user_id=LENA, conversation_id=dialog(ADMIN, LENA), target_id="email")
    aside = replace(job_for(notice, NOON), due_at=None, set_aside_at=NOON, reason="a@[ is no address")
    waiting = Job(account_id=SCHOOL, kind="odd", subject="waits", created_at=NOON, due_at=NOON)
    school.write(lambda tx: tx.jobs.put([aside, MAIL, ODD, waiting, replace(MAIL, account_id=ELSEWHERE)]))


@pytest.mark.parametrize("who", [OWNER, ADMIN])
def test_administrators_see_what_and_why(school: School, who: UserId) -> None:
    found = {one.job.kind: one for one in school.read(lambda tx: set_aside.entries(tx, actor(who)))}
    assert found.keys() == {"notification", "inbound_mail", "odd"}
    assert found["notification"].person == school.user(LENA)
    assert (found["inbound_mail"].about, found["odd"].about) == ("nils@school.example: Hello", "")
    assert found["notification"].job.reason == "a@[ is no address"


def _list(school: School, who: UserId) -> None:
    school.read(lambda tx: set_aside.entries(tx, actor(who)))


def _try_again(school: School, who: UserId) -> None:
    school.write(lambda tx: set_aside.try_again(tx, actor(who), kind="inbound_mail", subject="a", clock=school.clock))


def _discard(school: School, who: UserId) -> None:
    school.write(lambda tx: set_aside.discard(tx, actor(who), kind="inbound_mail", subject="a"))


@pytest.mark.parametrize("who", [DEAN, EXPERT, LENA])
@pytest.mark.parametrize("act", [_list, _try_again, _discard])
def test_nobody_else_does(school: School, who: UserId, act: Callable[[School, UserId], None]) -> None:
    with pytest.raises(Refused) as refused:
        act(school, who)
    assert refused.value.denial is Denial.NOT_STAFF
    assert len(school.read(lambda tx: tx.jobs.set_aside(SCHOOL, 9))) == 3


def test_one_is_tried_again_and_another_discarded(school: School) -> None:
    me = actor(ADMIN)
    school.write(lambda tx: set_aside.try_again(tx, me, kind="inbound_mail", subject="a", clock=school.clock))
    school.write(lambda tx: set_aside.discard(tx, me, kind="odd", subject="b"))
    assert [one.job.kind for one in school.read(lambda tx: set_aside.entries(tx, me))] == ["notification"]
    assert [one.subject for one in school.read(lambda tx: tx.jobs.due(SCHOOL, "inbound_mail", NOON, 9))] == ["a"]


@pytest.mark.parametrize(("kind", "subject"), [("odd", "waits"), ("odd", "nothing"), ("nothing", "a")])
def test_what_was_not_set_aside_is_left_alone(school: School, kind: str, subject: str) -> None:
    with pytest.raises(NotFound):
        school.write(lambda tx: set_aside.discard(tx, actor(ADMIN), kind=kind, subject=subject))
