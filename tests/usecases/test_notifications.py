"""Telling people who are away: what is decided, claimed, written and settled, and that nothing is told twice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import time, timedelta

import pytest

from hallway.domain.conversations import FOREVER
from hallway.domain.ids import UserId
from hallway.domain.notifications import Policy, When, Wishes
from hallway.domain.people import State
from hallway.notifications.registry import declared
from hallway.usecases.access import former_emails
from hallway.usecases.access.records import Session
from hallway.usecases.access.signing import unsigned
from hallway.usecases.accounts import keys, provisioning
from hallway.usecases.accounts.provisioning import OperatorPatch
from hallway.usecases.notifications import delivery, mail_replies
from hallway.usecases.notifications.channels import Channels, channel_of
from hallway.usecases.notifications.compose import Delivery, DeliveryStatus, Notification
from hallway.usecases.notifications.delivery import Claim
from hallway.usecases.notifications.jobs import NOTIFICATION, WORK
from hallway.usecases.notifications.records import Browser, NotificationPreferences
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, BIOLOGY, EXPERT, LENA, OWNER, SCHOOL, School, actor, dialog, named
from tests.usecases.deeds import delete_chat, delete_for_everyone, delete_mine, mark_read, mark_unread

ALL = declared()
MINUTE = timedelta(minutes=1)


class Away:
    """The school with somebody who takes its letters."""

    def __init__(self, school: School, channels: Channels = ALL) -> None:
        """Nothing was told yet. They are told by these channels."""
        self.school = school
        self.channels = channels
        self.status = DeliveryStatus.DELIVERED

    def claim(self) -> Claim:
        """Decide, and take what is due."""
        school = self.school
        while school.write(lambda tx: delivery.consider(tx, SCHOOL, self.channels, school.clock.now())):
            pass
        return school.write(lambda tx: delivery.claim(tx, SCHOOL, self.channels, clock=school.clock, ids=school.ids))

    def notifications(self, claim: Claim) -> Sequence[Notification]:
        """Write the letters for what was claimed, and settle the rest."""
        school = self.school
        written = school.read(lambda tx: delivery.write(tx, SCHOOL, claim.states, self.channels, school.clock.now()))
        school.write(lambda tx: delivery.settle(tx, claim.jobs, [], written.rest, clock=school.clock))
        return written.notifications

    def settle(self, claim: Claim, notifications: Sequence[Notification]) -> None:
        """Settle with the delivery status that is set."""
        met = [Delivery(one, self.status, "why") for one in notifications]
        self.school.write(lambda tx: delivery.settle(tx, claim.jobs, met, [], clock=self.school.clock))

    def told(self, after: timedelta = timedelta()) -> list[tuple[str, list[str]]]:
        """Let time go by. Whom one letter after the other is for, as channel and name, and the texts in it."""
        self.school.clock.wait(after)
        claim = self.claim()
        notifications = self.notifications(claim)
        self.settle(claim, notifications)
        return [(_address(one), [each.body for chat in one.chats for each in chat.messages]) for one in notifications]

    def prefer(self, who: UserId, wishes: Wishes) -> None:
        """Somebody makes their choices."""
        self.school.write(lambda tx: tx.settings.save(SCHOOL, who, NotificationPreferences(wishes)))

    def sign_up(self, who: UserId, name: str = "phone") -> Browser:
        """Somebody's browser takes pushes."""
        school, one = self.school, actor(who)
        session_id = type(one.session_id)(named(f"{name} of {who}"))
        now = school.clock.now()
        session = Session(
            account_id=SCHOOL,
            id=session_id,
            user_id=who,
            kind="browser",
            hashed=session_id,
            name="",
            created_at=now,
            expires_at=now + timedelta(days=9),
        )
        browser = Browser(
            account_id=SCHOOL,
            id=named(name),
            user_id=who,
            session_id=session_id,
            endpoint=f"https://push.example/{name}",
            p256dh="p256dh",
            auth="auth",
            name=name,
            created_at=now,
        )
        school.write(lambda tx: tx.sessions.add(session))
        school.write(lambda tx: tx.browsers.add(browser))
        return browser


def _address(notification: Notification) -> str:
    channel = channel_of(notification.states[0].target_id)
    return f"{channel} {notification.to.name.split()[0]}"


@pytest.fixture
def away(school: School) -> Away:
    """The school; somebody takes letters."""
    return Away(school)


# By which way, and when.


def test_who_does_not_read_gets_one_mail_that_gathers_all(away: Away) -> None:
    away.school.say(ADMIN, LENA, "One")
    assert away.told() == []
    away.school.clock.wait(5 * MINUTE)
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(4 * MINUTE) == []
    assert away.told(MINUTE) == [("email Lena", ["One", "Two"])]
    assert away.told(timedelta(days=9)) == []


def test_a_browser_is_told_at_once_and_each_of_them(away: Away) -> None:
    away.sign_up(LENA)
    away.sign_up(LENA, "laptop")
    away.school.say(ADMIN, LENA, "One")
    assert away.told(timedelta(seconds=3)) == [("push Lena", ["One"])] * 2
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(timedelta(seconds=3)) == [("push Lena", ["Two"])] * 2
    assert away.told(20 * MINUTE) == [("email Lena", ["One", "Two"])]


def test_the_sender_is_told_nothing_and_who_reads_is_told_nothing(away: Away) -> None:
    away.school.say(ADMIN, LENA)
    away.told()
    away.school.write(mark_read(LENA, ADMIN, 1))
    assert away.told(20 * MINUTE) == []
    away.school.say(ADMIN, LENA)
    away.school.write(mark_read(LENA, ADMIN, 2))
    assert away.told(20 * MINUTE) == []


def test_what_is_to_be_told_waits_while_the_account_is_suspended(away: Away) -> None:
    away.school.say(ADMIN, LENA, "Decided")
    away.claim()
    away.school.say(ADMIN, LENA, "Undecided")
    away.school.write(suspend(is_suspended=True))
    assert away.told(20 * MINUTE) == []
    away.school.write(suspend(is_suspended=False))
    assert away.told() == [("email Lena", ["Decided", "Undecided"])]


def suspend(*, is_suspended: bool) -> Callable[[Transaction], object]:
    return lambda tx: provisioning.change(tx, SCHOOL, OperatorPatch(is_suspended=is_suspended))


def test_what_was_seen_and_marked_unread_is_never_told(away: Away) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.school.write(mark_read(LENA, ADMIN, 1))
    away.school.write(mark_unread(LENA, ADMIN))
    assert away.told(timedelta(days=1)) == []
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(timedelta(seconds=3)) == [("push Lena", ["Two"])]
    assert away.told(20 * MINUTE) == [("email Lena", ["Two"])]


def test_what_was_told_is_not_told_again_with_what_comes_later(away: Away) -> None:
    away.school.say(ADMIN, LENA, "One")
    away.told(20 * MINUTE)
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(20 * MINUTE) == [("email Lena", ["Two"])]


@pytest.mark.parametrize("is_for_everyone", [True, False])
def test_what_was_deleted_is_not_told(away: Away, is_for_everyone: bool) -> None:
    away.school.say(ADMIN, LENA, "One")
    away.school.say(ADMIN, LENA, "Two")
    away.told()
    clock = away.school.clock
    away.school.write(delete_for_everyone(ADMIN, LENA, 1, clock) if is_for_everyone else delete_mine(LENA, ADMIN, 1))
    assert away.told(20 * MINUTE) == [("email Lena", ["Two"])]


def _deactivate(away: Away) -> None:
    away.school.set_state(LENA, State.INACTIVE)


def _switch_off(away: Away) -> None:
    away.school.switch(is_on=False)


def _mute(away: Away) -> None:
    away.school.write(lambda tx: tx.settings.mute(SCHOOL, (LENA, dialog(LENA, ADMIN)), until=FOREVER))


def _delete_chat(away: Away) -> None:
    away.school.write(delete_chat(LENA, ADMIN))


def _choose_never(away: Away) -> None:
    away.prefer(LENA, Wishes(choices={"email.message": When.NEVER}))


def _end_mails(away: Away) -> None:
    lena = away.school.user(LENA)
    away.school.write(lambda tx: mail_replies.end_mails(tx, lena, are_ended=True))


@pytest.mark.parametrize("happens", [_deactivate, _switch_off, _mute, _delete_chat, _choose_never, _end_mails])
@pytest.mark.parametrize("is_decided", [True, False])
def test_who_is_not_to_be_told_any_more_is_not(away: Away, happens: Callable[[Away], None], is_decided: bool) -> None:
    away.school.say(ADMIN, LENA)
    if is_decided:
        away.told()
    happens(away)
    assert away.told(20 * MINUTE) == []


def test_mails_that_are_wanted_again_come_with_the_next_message(away: Away) -> None:
    _end_mails(away)
    away.school.say(ADMIN, LENA, "Missed")
    assert away.told(20 * MINUTE) == []
    lena = away.school.user(LENA)
    away.school.write(lambda tx: mail_replies.end_mails(tx, lena, are_ended=False))
    away.school.say(ADMIN, LENA, "Told")
    assert away.told(MINUTE) == [("email Lena", ["Missed", "Told"])]


def test_questions_and_messages_are_told_as_each_is_wanted(away: Away) -> None:
    away.prefer(EXPERT, Wishes(choices={"email.question": When.HOURLY, "email.message": When.NEVER}))
    away.school.say(LENA, EXPERT, "A question", course_id=BIOLOGY)
    away.school.say(ADMIN, EXPERT, "A message")
    assert away.told(30 * MINUTE) == []
    assert away.told(30 * MINUTE) == [("email Eva", ["A question"])]


def test_a_digest_gathers_all_chats_in_one_mail(away: Away) -> None:
    away.prefer(EXPERT, Wishes(choices={"email.question": When.DAILY, "email.message": When.DAILY}))
    for sender in (LENA, ADMIN, OWNER):
        away.school.say(sender, EXPERT, "Hello", course_id=BIOLOGY)
    assert away.told(timedelta(hours=19)) == []
    assert away.told(timedelta(hours=1)) == [("email Eva", ["Hello"] * 3)]


def test_quiet_hours_hold_back_and_then_all_comes_once(away: Away) -> None:
    away.sign_up(LENA)
    away.prefer(LENA, Wishes(choices={"email.message": When.NEVER}, quiet_from=time(12), quiet_until=time(14)))
    away.school.say(ADMIN, LENA, "One")
    assert away.told(MINUTE) == []
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(118 * MINUTE) == []
    assert away.told(MINUTE) == [("push Lena", ["One", "Two"])]


def test_quiet_that_was_wished_for_after_it_was_decided_counts(away: Away) -> None:
    away.school.say(ADMIN, LENA, "One")
    away.told()
    away.prefer(LENA, Wishes(quiet_from=time(12), quiet_until=time(14)))
    assert away.told(20 * MINUTE) == []
    assert away.told(100 * MINUTE) == [("email Lena", ["One"])]


def test_the_accounts_choice_is_taken_where_the_person_made_none(away: Away) -> None:
    policy = Policy(choices={"email.message": When.NEVER, "messenger.message": When.NOW})
    away.school.write(lambda tx: tx.settings.set_policy(SCHOOL, policy))
    away.school.say(ADMIN, LENA, "One")
    assert away.told(20 * MINUTE) == [("messenger Lena", ["One"])]


def test_a_letter_says_who_wrote_about_what_and_how_much_is_unread(away: Away) -> None:
    for number in range(25):
        away.school.say(LENA, EXPERT, f"Question {number}", course_id=BIOLOGY)
    away.school.say(ADMIN, EXPERT)
    away.school.clock.wait(20 * MINUTE)
    by_sender = {one.chats[0].sender.id: one for one in away.notifications(away.claim())}
    notification = by_sender[LENA]
    (chat,) = notification.chats
    assert (notification.to.id, notification.account.name, notification.unread_chats) == (EXPERT, "School", 2)
    assert (chat.conversation_id, chat.course_title, chat.unread) == (dialog(LENA, EXPERT), "Biology", 25)
    assert [one.body for one in chat.messages] == [f"Question {number}" for number in range(5, 25)]
    secret = away.school.read(lambda tx: tx.settings.secret(SCHOOL, keys.MAIL)) or ""
    address_id = unsigned(secret, "reply", chat.reply_token) or ""
    address = away.school.read(lambda tx: tx.mails.address(SCHOOL, address_id))
    assert address is not None
    assert (address.user_id, address.conversation_id) == (EXPERT, chat.conversation_id)
    assert unsigned(secret, "stop", chat.reply_token) is None
    assert by_sender[ADMIN].chats[0].course_title is None


# Claims.


def test_what_is_claimed_nobody_else_gets_until_the_lease_is_over(away: Away) -> None:
    away.school.say(ADMIN, LENA)
    away.school.clock.wait(20 * MINUTE)
    first = away.claim()
    assert len(first.states) == len(away.notifications(first)) == 1
    assert away.claim().states == []
    away.school.clock.wait(WORK.lease)
    assert len(away.claim().states) == 1


def test_who_comes_too_late_settles_nothing(away: Away) -> None:
    away.school.say(ADMIN, LENA)
    away.school.clock.wait(20 * MINUTE)
    late = away.claim()
    late_letters = away.notifications(late)
    away.school.clock.wait(WORK.lease)
    in_time = away.claim()
    away.status = DeliveryStatus.LATER
    away.settle(in_time, away.notifications(in_time))
    away.status = DeliveryStatus.DELIVERED
    away.settle(late, late_letters)
    assert away.told(MINUTE) == [("email Lena", ["Hello"])]


def test_what_comes_while_something_is_told_is_told_after(away: Away) -> None:
    away.sign_up(LENA)
    away.prefer(LENA, Wishes(choices={"email.message": When.NEVER}))
    away.school.say(ADMIN, LENA, "One")
    away.school.clock.wait(MINUTE)
    claim = away.claim()
    notifications = away.notifications(claim)
    away.school.say(ADMIN, LENA, "Two")
    away.school.clock.wait(MINUTE)
    assert away.claim().states == []
    away.settle(claim, notifications)
    assert away.told() == [("push Lena", ["Two"])]


def test_it_is_tried_again_later_and_later_with_what_is_unread_then(away: Away) -> None:
    away.school.say(ADMIN, LENA, "One")
    away.status = DeliveryStatus.LATER
    assert away.told(20 * MINUTE) == [("email Lena", ["One"])]
    assert away.told(timedelta(seconds=14)) == []
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(timedelta(seconds=1)) == [("email Lena", ["One", "Two"])]
    assert away.told(timedelta(seconds=29)) == []
    away.school.write(mark_read(LENA, ADMIN, 2))
    assert away.told(MINUTE) == []


def test_some_day_it_is_given_up(away: Away) -> None:
    away.school.say(ADMIN, LENA)
    away.status = DeliveryStatus.LATER
    tries = sum(len(away.told(timedelta(hours=1))) for _ in range(200))
    assert tries == WORK.retry.most_tries
    (aside,) = away.school.read(lambda tx: tx.jobs.set_aside(SCHOOL, 9))
    assert (aside.kind, aside.reason, aside.subject.split("/")[0]) == (NOTIFICATION, "why", LENA)
    away.status = DeliveryStatus.DELIVERED
    away.school.say(ADMIN, LENA, "And again")
    assert away.told(20 * MINUTE) == [("email Lena", ["Hello", "And again"])]


# Where nobody takes it any more.


def test_a_browser_that_takes_no_more_is_forgotten(away: Away) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA)
    away.status = DeliveryStatus.GONE
    assert away.told(MINUTE) == [("push Lena", ["Hello"])]
    away.status = DeliveryStatus.DELIVERED
    away.school.say(ADMIN, LENA, "More")
    assert away.told(MINUTE) == []
    assert away.school.read(lambda tx: tx.browsers.of(SCHOOL, [LENA], away.school.clock.now())) == {}


def test_a_browser_is_told_nothing_after_its_session_ended(away: Away) -> None:
    browser = away.sign_up(LENA)
    away.school.say(ADMIN, LENA)
    away.told()
    away.school.write(lambda tx: tx.sessions.remove(SCHOOL, LENA, browser.session_id))
    assert away.told(MINUTE) == []


def test_an_address_that_takes_no_mail_is_left_alone_until_it_is_another(away: Away) -> None:
    away.school.say(ADMIN, LENA, "One")
    away.status = DeliveryStatus.BOUNCED
    assert away.told(20 * MINUTE) == [("email Lena", ["One"])]
    away.status = DeliveryStatus.DELIVERED
    away.school.say(ADMIN, LENA, "Two")
    assert away.told(20 * MINUTE) == []
    bounce = away.school.read(lambda tx: tx.mails.bounces(SCHOOL, [LENA]))[LENA]
    assert (bounce.email, bounce.reason) == (away.school.user(LENA).email, "why")
    moved = replace(away.school.user(LENA), email="lena@elsewhere.example")
    away.school.write(lambda tx: tx.people.save([moved]))
    away.school.say(ADMIN, LENA, "Three")
    assert away.told(20 * MINUTE) == [("email Lena", ["One", "Two", "Three"])]


@pytest.mark.parametrize("is_the_persons", [True, False])
def test_an_address_that_others_changed_gets_no_texts_and_cannot_answer(away: Away, is_the_persons: bool) -> None:
    """Otherwise staff could read along, and write in somebody's name, from an address of their own."""
    before = away.school.user(LENA)
    away.school.write(lambda tx: tx.people.save([replace(before, email="eve@elsewhere.example")]))
    away.school.write(lambda tx: former_emails.keep(tx, before, away.school.clock.now()))
    if is_the_persons:
        away.school.write(lambda tx: former_emails.confirm(tx, actor(LENA)))
    away.school.say(ADMIN, LENA, "For Lena alone")
    away.school.clock.wait(20 * MINUTE)
    (notification,) = away.notifications(away.claim())
    assert notification.hides_text is not is_the_persons
    assert bool(notification.chats[0].reply_token) is is_the_persons


# Taking back.


@pytest.mark.parametrize("is_read", [True, False])
def test_what_is_read_elsewhere_goes_from_the_screen_once(away: Away, is_read: bool) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    assert away.told(MINUTE) == [("push Lena", ["One"])]
    away.school.write(mark_read(LENA, ADMIN, 1) if is_read else delete_chat(LENA, ADMIN))
    assert away.told() == [("push Lena", [])]
    assert away.told(20 * MINUTE) == []


def test_while_something_is_unread_nothing_goes_from_the_screen(away: Away) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.school.say(ADMIN, LENA, "Two")
    away.told(MINUTE)
    away.school.write(mark_read(LENA, ADMIN, 1))
    assert away.told() == []


def test_what_was_deleted_on_the_screen_gives_way_to_what_is_left(away: Away) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.school.say(ADMIN, LENA, "Two")
    away.told(MINUTE)
    away.school.write(delete_for_everyone(ADMIN, LENA, 2, clock=away.school.clock))
    claim = away.claim()
    (notification,) = away.notifications(claim)
    assert (notification.is_quiet, [one.body for one in notification.chats[0].messages]) == (True, ["One"])
    away.settle(claim, [notification])
    away.school.say(ADMIN, LENA, "Three")
    assert away.told(MINUTE) == [("push Lena", ["Three"])]


def test_what_is_withdrawn_is_told_quietly_and_names_its_chat(away: Away) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.told(MINUTE)
    away.school.write(mark_read(LENA, ADMIN, 1))
    (notification,) = away.notifications(away.claim())
    title = away.school.user(ADMIN).name
    assert (notification.is_quiet, notification.chats, notification.title) == (True, [], title)


# What an operator must mend.


def test_a_refused_push_is_set_aside_and_the_browser_is_told_of_what_comes(away: Away) -> None:
    browser = away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.status = DeliveryStatus.REFUSED
    assert away.told(MINUTE) == [("push Lena", ["One"])]
    (aside,) = away.school.read(lambda tx: tx.jobs.set_aside(SCHOOL, 9))
    assert (aside.reason, aside.subject.endswith(browser.target_id)) == ("why", True)
    assert away.told(timedelta(days=1) - MINUTE) == [("email Lena", ["One"])]
    away.status = DeliveryStatus.DELIVERED
    away.school.say(ADMIN, LENA, "Two")
    assert ("push Lena", ["One", "Two"]) in away.told(MINUTE)


@pytest.mark.parametrize(
    ("pause", "waits"), [(timedelta(), timedelta(seconds=15)), (timedelta(hours=2), timedelta(hours=2))]
)
def test_a_service_is_tried_again_when_it_wants_to_be(away: Away, pause: timedelta, waits: timedelta) -> None:
    away.sign_up(LENA)
    away.school.say(ADMIN, LENA, "One")
    away.school.clock.wait(MINUTE)
    claim = away.claim()
    (notification,) = away.notifications(claim)
    later = Delivery(notification, DeliveryStatus.LATER, "429", pause)
    away.school.write(lambda tx: delivery.settle(tx, claim.jobs, [later], [], clock=away.school.clock))
    due = away.school.read(lambda tx: tx.jobs.several(SCHOOL, NOTIFICATION, [notification.states[0].subject]))
    assert [one.due_at for one in due.values()] == [away.school.clock.now() + waits]
