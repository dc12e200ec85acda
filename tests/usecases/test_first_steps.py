"""The checklist of a new academy ticks itself, is the owner's alone, and goes when it is dismissed."""

from dataclasses import replace

import pytest

from hallway.domain.first_steps import Beginning, Step, steps
from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.domain.verdicts import Denial
from hallway.usecases.accounts import first_steps, founding
from hallway.usecases.accounts.first_steps import FirstSteps
from hallway.usecases.accounts.founding import Founding
from hallway.usecases.actors import Actor
from hallway.usecases.learning import teaching
from hallway.usecases.messaging import messages
from hallway.usecases.messaging.sending import Send
from hallway.usecases.people import invitations, me, users
from tests.school import ADMIN, DEAN, LENA, OWNER, School, actor

NOTHING = Beginning(people=0, departments=0, courses=0, experts=0, is_anyone_invited=False, has_messages=False)


@pytest.mark.parametrize(
    ("facts", "done"),
    [
        (NOTHING, None),
        (replace(NOTHING, people=1), Step.PEOPLE),
        (replace(NOTHING, courses=1), Step.COURSE),
        (replace(NOTHING, experts=1), Step.EXPERT),
        (replace(NOTHING, is_anyone_invited=True), Step.INVITE),
        (replace(NOTHING, has_messages=True), Step.MESSAGE),
        (replace(NOTHING, departments=3), None),
    ],
)
def test_each_step_is_done_by_its_own_fact(facts: Beginning, done: Step | None) -> None:
    assert [step for step, is_done in steps(facts).items() if is_done] == ([done] if done else [])
    assert list(steps(facts)) == list(Step)


def _done(school: School, who: Actor) -> list[Step]:
    found = school.read(lambda tx: first_steps.first(tx, who))
    return [step for step, is_done in found.steps.items() if is_done]


def test_an_academy_takes_its_first_steps() -> None:
    new = School()
    wanted = Founding(academy="Academy", name="Olga Owner", email="olga@academy.example", login="olga")
    found: tuple[AccountId, UserId] = new.write(
        lambda tx: founding.found_account(tx, wanted, password_hash="#", ids=new.ids)
    )
    account_id, owner_id = found
    owner = Actor(account_id=account_id, user_id=owner_id, session_id=SessionId(new.ids.new()))
    at, ids = new.clock, new.ids
    assert _done(new, owner) == []
    assert new.read(lambda tx: me.me(tx, owner)).may_start_chats  # though there is nobody yet
    draft = users.Draft(name="Maya Learner", email="maya@academy.example", login="maya")
    maya = new.write(lambda tx: users.add(tx, owner, draft=draft, password_hash=None, clock=at, ids=ids))
    assert _done(new, owner) == [Step.PEOPLE]
    course = new.write(
        lambda tx: teaching.add_course(tx, owner, title="Fire Safety", description="", lessons=(), ids=ids)
    )
    assert _done(new, owner) == [Step.PEOPLE, Step.COURSE]
    new.write(lambda tx: teaching.enrol(tx, owner, course_id=course, user_id=maya))
    new.write(lambda tx: teaching.assign(tx, owner, course_id=course, user_id=owner.user_id, clock=new.clock))
    assert _done(new, owner) == [Step.PEOPLE, Step.COURSE, Step.EXPERT]
    new.write(lambda tx: invitations.link(tx, owner, user_id=maya, has_mail=False, clock=at, ids=ids))
    assert _done(new, owner) == [Step.PEOPLE, Step.COURSE, Step.EXPERT, Step.INVITE]
    hello = Send(actor=owner, body="Hello", key=ids.new(), to_person=maya)
    new.write(lambda tx: messages.send_all(tx, [hello], clock=at))
    last: FirstSteps = new.read(lambda tx: first_steps.first(tx, owner))
    assert last.is_done
    assert last.course is not None
    assert (last.course.course.title, last.course.learners, last.waiting) == ("Fire Safety", 1, 1)
    assert [card.user.id for card in last.course.experts] == [owner.user_id]


def test_the_checklist_is_the_owners_alone(school: School) -> None:
    for who in (ADMIN, DEAN, LENA):
        assert school.denial(lambda tx, who=who: first_steps.first(tx, actor(who))) is Denial.NOT_STAFF
        assert (
            school.denial(lambda tx, who=who: first_steps.dismiss(tx, actor(who), is_dismissed=True))
            is Denial.NOT_STAFF
        )


def test_it_is_put_away_and_taken_out_again(school: School) -> None:
    for is_dismissed in (False, True, False):
        school.write(lambda tx, away=is_dismissed: first_steps.dismiss(tx, actor(OWNER), is_dismissed=away))
        found = school.read(lambda tx: first_steps.first(tx, actor(OWNER)))
        assert found.is_dismissed is is_dismissed
