"""Send later: scheduled messages wait, are judged at their time, and come back when they are refused (rules §18)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from hallway.domain import scheduling as rules
from hallway.domain.conversations import FOREVER
from hallway.domain.events import MessagePosted, ScheduledChanged
from hallway.domain.files import File
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import State
from hallway.domain.scheduling import MOST_IN_CHAT, MOST_SCHEDULED, LocalTime
from hallway.domain.verdicts import Denial, Refused
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, Invalid, NotFound
from hallway.usecases.files import sweeping, uploads
from hallway.usecases.messaging import scheduled_sending, scheduling
from hallway.usecases.messaging.scheduled_sending import Portion
from hallway.usecases.messaging.scheduling import ScheduledItem, When
from hallway.usecases.messaging.sending import Posted, Send
from tests.school import (
    ADMIN,
    BIOLOGY,
    DEAN,
    EXPERT,
    LENA,
    NILS,
    NOBODY,
    NOON,
    OWNER,
    SCHOOL,
    STRANGER,
    TOMAS,
    School,
    actor,
    dialog,
)
from tests.usecases.deeds import delete_chat, delete_for_everyone, delete_mine
from tests.usecases.test_files import ready, stored

HOUR = timedelta(hours=1)


def schedule(school: School, command: Send, at: When | None = None) -> ScheduledItem:
    """Schedule for in an hour, unless told otherwise."""
    chosen = school.clock.now() + HOUR if at is None else at
    return school.write(lambda tx: scheduling.schedule(tx, command, chosen, clock=school.clock, ids=school.ids))


def later(school: School, sender: UserId = LENA, to: UserId = EXPERT, body: str = "Later") -> ScheduledItem:
    return schedule(school, school.command(sender, to, body))


def go(school: School, time: timedelta = HOUR) -> Portion:
    """Let time go by, and send what is due."""
    school.clock.wait(time)
    return school.write(lambda tx: scheduled_sending.send_due(tx, SCHOOL, clock=school.clock))


def waiting(school: School, who: UserId = LENA) -> list[ScheduledItem]:
    return list(school.read(lambda tx: scheduling.scheduled(tx, actor(who))))


def reasons(school: School, who: UserId = LENA) -> list[str | None]:
    return [one.message.reason for one in waiting(school, who)]


def change(
    school: School, one: ScheduledItem, *, body: str | None = None, at: When | None = None, revision: int | None = None
) -> ScheduledItem:
    known = one.message.revision if revision is None else revision
    return school.write(
        lambda tx: scheduling.change(
            tx, actor(LENA), one.message.id, revision=known, body=body, at=at, clock=school.clock
        )
    )


def cancel(school: School, one: ScheduledItem, who: UserId = LENA) -> None:
    school.write(lambda tx: scheduling.cancel(tx, actor(who), one.message.id, clock=school.clock))


def send_now(school: School, one: ScheduledItem, who: UserId = LENA) -> Posted:
    return school.write(lambda tx: scheduling.send_now(tx, actor(who), one.message.id, clock=school.clock))


# It waits.


def test_a_scheduled_message_is_nobody_s_but_its_sender_s_until_its_time(school: School) -> None:
    school.say(LENA, EXPERT, "Now")
    one = later(school)
    assert school.told[-1] == ScheduledChanged(SCHOOL, LENA, dialog(LENA, EXPERT))
    assert [each.message for each in waiting(school)] == [one.message]
    assert waiting(school, EXPERT) == []
    assert go(school, HOUR - timedelta(seconds=1)) == Portion()
    assert school.bodies(EXPERT, LENA) == ["Now"]
    assert go(school, timedelta(seconds=1)) == Portion(sent=1)
    assert school.bodies(EXPERT, LENA) == ["Now", "Later"]
    assert waiting(school) == []
    assert go(school) == Portion()


def test_its_sender_s_devices_and_the_chat_hear_of_it_when_it_goes(school: School) -> None:
    one = later(school)
    school.clock.wait(HOUR)
    posted, told = school.events(lambda tx: scheduled_sending.send_due(tx, SCHOOL, clock=school.clock))
    assert isinstance(posted, MessagePosted)
    assert (posted.message.key, posted.message.sent_at) == (one.message.key, NOON + HOUR)
    assert told == ScheduledChanged(SCHOOL, LENA, dialog(LENA, EXPERT))


def test_a_first_message_can_be_scheduled_and_begins_its_chat_at_its_time(school: School) -> None:
    one = schedule(school, school.command(LENA, EXPERT, "A question", course_id=BIOLOGY))
    assert (one.title, one.course_title, one.message.person_id) == ("Eva Expert", "Biology", EXPERT)
    assert school.listed(LENA) == []
    assert go(school) == Portion(sent=1)
    assert school.listed(EXPERT) == [LENA]


def test_a_message_to_a_chat_says_what_that_is_called(school: School) -> None:
    school.say(LENA, EXPERT)
    command = replace(school.command(EXPERT, LENA, "Answer"), to_person=None, to=dialog(LENA, EXPERT))
    assert schedule(school, command).title == "Lena Löwe"
    assert go(school) == Portion(sent=1)


def test_what_is_scheduled_is_listed_by_its_time_in_all_chats_or_in_one(school: School) -> None:
    at = school.clock.now()
    for sender, to, hours in [(OWNER, LENA, 3), (OWNER, NILS, 1), (OWNER, LENA, 2)]:
        schedule(school, school.command(sender, to, f"{hours}"), at + hours * HOUR)
    assert [one.message.body for one in waiting(school, OWNER)] == ["1", "2", "3"]
    found = school.read(lambda tx: scheduling.scheduled(tx, actor(OWNER), conversation_id=dialog(OWNER, LENA)))
    assert [one.message.body for one in found] == ["2", "3"]


def test_several_go_in_the_order_of_their_times_and_of_one_moment_in_which_they_were_scheduled(school: School) -> None:
    at = school.clock.now() + HOUR
    for body in ("second", "third"):
        schedule(school, school.command(LENA, EXPERT, body), at)
    schedule(school, school.command(LENA, EXPERT, "first"), at - timedelta(minutes=1))
    assert go(school) == Portion(sent=3)
    assert school.bodies(EXPERT, LENA) == ["first", "second", "third"]


# The time.


def test_a_clock_s_time_is_kept_with_its_zone_and_answered_as_a_moment(school: School) -> None:
    christmas = LocalTime(datetime.fromisoformat("2026-12-24T09:00"), "Europe/Berlin")
    one = schedule(school, school.command(LENA, EXPERT), christmas)
    assert (one.message.due_at, one.message.local) == (datetime(2026, 12, 24, 8, 0, tzinfo=UTC), christmas)


@pytest.mark.parametrize(
    "at",
    [
        NOON,
        NOON + timedelta(seconds=59),
        NOON + timedelta(days=367),
        LocalTime(datetime.fromisoformat("2026-03-02T12:00"), "Europe/Berlin"),
        LocalTime(datetime.fromisoformat("9999-12-31T23:59"), "America/New_York"),
    ],
)
def test_a_time_that_is_too_near_or_too_far_is_refused(school: School, at: When) -> None:
    with pytest.raises(Invalid) as refused:
        schedule(school, school.command(LENA, EXPERT), at)
    assert [(one.field, one.code) for one in refused.value.problems] == [("at", "not_ahead")]


def test_an_unknown_zone_is_refused(school: School) -> None:
    with pytest.raises(Invalid) as refused:
        schedule(
            school, school.command(LENA, EXPERT), LocalTime(datetime.fromisoformat("2026-12-24T09:00"), "Mars/Olympus")
        )
    assert [(one.field, one.code) for one in refused.value.problems] == [("at/zone", "no_time_zone")]


def test_a_zone_that_changes_its_clocks_moves_what_waits(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    by_clock = schedule(
        school,
        school.command(LENA, EXPERT, "By the clock"),
        LocalTime(datetime.fromisoformat("2026-03-03T09:00"), "Europe/Berlin"),
    )
    moment = schedule(school, school.command(LENA, EXPERT, "At a moment"), by_clock.message.due_at)
    monkeypatch.setattr(rules, "moment_of", lambda _: by_clock.message.due_at - HOUR)
    school.write(lambda tx: scheduled_sending.set_clocks(tx, SCHOOL))
    dues = [one.message.due_at for one in waiting(school)]
    assert dues == [by_clock.message.due_at - HOUR, moment.message.due_at]


def test_what_is_due_by_an_old_clock_is_put_off(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    one = schedule(
        school, school.command(LENA, EXPERT), LocalTime(datetime.fromisoformat("2026-03-03T09:00"), "Europe/Berlin")
    )
    monkeypatch.setattr(rules, "moment_of", lambda _: one.message.due_at + HOUR)
    assert go(school, one.message.due_at - NOON) == Portion(put_off=1)
    assert go(school, HOUR) == Portion(sent=1)


def test_the_clocks_of_many_are_set_in_portions(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduled_sending, "PORTION", 2)
    for day in (3, 4, 5):
        schedule(
            school,
            school.command(LENA, EXPERT),
            LocalTime(datetime.fromisoformat(f"2026-03-{day:02}T09:00"), "Europe/Berlin"),
        )
    after = school.write(lambda tx: scheduled_sending.set_clocks(tx, SCHOOL))
    assert after is not None
    assert school.write(lambda tx: scheduled_sending.set_clocks(tx, SCHOOL, after)) is None


# Whom it may go to when it is written: what a person sees of whom does not become more by scheduling.


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (TOMAS, Denial.NO_RELATION),
        (NOBODY, Denial.NO_RELATION),
        (STRANGER, Denial.NO_RELATION),
        (LENA, Denial.YOURSELF),
    ],
)
def test_nobody_schedules_a_first_message_to_whom_they_may_not_write(school: School, to: UserId, why: Denial) -> None:
    command = school.command(LENA, to)
    at = NOON + HOUR
    assert school.denial(lambda tx: scheduling.schedule(tx, command, at, clock=school.clock, ids=school.ids)) is why


def test_while_messaging_is_off_nobody_learns_who_is_there(school: School) -> None:
    school.switch(is_on=False)
    for to in (TOMAS, EXPERT, NOBODY, STRANGER):
        command, at = school.command(LENA, to), NOON + HOUR
        work = partial(scheduling.schedule, command=command, at=at, clock=school.clock, ids=school.ids)
        assert school.denial(work) is Denial.MESSAGING_OFF


def test_a_chat_of_others_is_not_there(school: School) -> None:
    school.say(LENA, EXPERT)
    with pytest.raises(NotFound):
        schedule(school, replace(school.command(TOMAS, LENA), to_person=None, to=dialog(LENA, EXPERT)))


def test_a_message_to_a_read_only_chat_waits_for_its_time(school: School) -> None:
    school.say(LENA, EXPERT)
    school.unassign(EXPERT)
    later(school)
    school.assign(EXPERT)
    assert go(school) == Portion(sent=1)


# Judged at its time.


def test_one_that_is_refused_at_its_time_comes_back_with_the_reason(school: School) -> None:
    school.say(LENA, EXPERT)
    later(school)
    school.unassign(EXPERT)
    school.clock.wait(HOUR)
    events = school.events(lambda tx: scheduled_sending.send_due(tx, SCHOOL, clock=school.clock))
    assert events == [ScheduledChanged(SCHOOL, LENA, dialog(LENA, EXPERT))]
    assert reasons(school) == ["neither_may_write"]
    assert go(school) == Portion()
    assert school.bodies(EXPERT, LENA) == ["Hello"]


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_one_to_somebody_who_left_comes_back(school: School, state: State) -> None:
    school.say(LENA, EXPERT)
    later(school)
    school.set_state(EXPERT, state)
    assert go(school) == Portion(refused=1)
    assert reasons(school) == ["other_deactivated" if state is State.INACTIVE else "other_removed"]


def test_one_of_somebody_who_was_deactivated_waits_for_them_as_refused(school: School) -> None:
    later(school)
    school.set_state(LENA, State.INACTIVE)
    assert go(school) == Portion(refused=1)
    school.set_state(LENA, State.ACTIVE)
    assert reasons(school) == ["you_not_active"]


def test_while_messaging_is_off_all_come_back(school: School) -> None:
    later(school)
    school.switch(is_on=False)
    assert go(school) == Portion(refused=1)
    assert reasons(school) == ["messaging_off"]


def test_a_refused_one_harms_no_neighbour(school: School) -> None:
    later(school, LENA, EXPERT)
    later(school, OWNER, TOMAS)
    school.set_state(TOMAS, State.INACTIVE)
    assert go(school) == Portion(sent=1, refused=1)
    assert school.bodies(EXPERT, LENA) == ["Later"]


def test_in_a_suspended_account_nothing_is_due(school: School) -> None:
    later(school)
    school.clock.wait(HOUR)
    assert school.read(lambda tx: tx.scheduled.due_accounts(school.clock.now())) == [SCHOOL]
    account = school.read(lambda tx: tx.accounts.find(SCHOOL))
    assert account is not None
    school.write(lambda tx: tx.accounts.save(replace(account, is_suspended=True)))
    assert school.read(lambda tx: tx.scheduled.due_accounts(school.clock.now())) == []
    assert school.read(lambda tx: tx.scheduled.next_due_anywhere()) is None


def test_an_answer_that_was_scheduled_reads_nothing(school: School) -> None:
    school.say(LENA, EXPERT)
    later(school, EXPERT, LENA)
    before = school.unread(EXPERT, LENA)
    assert go(school) == Portion(sent=1)
    assert school.unread(EXPERT, LENA) == before == 1


# Quotes.


def test_a_scheduled_answer_quotes_what_it_answers(school: School) -> None:
    school.say(LENA, EXPERT, "Why?")
    schedule(school, school.command(EXPERT, LENA, "Because", reply_to=1))
    assert go(school) == Portion(sent=1)
    assert school.opened(LENA, EXPERT).history.messages[-1].reply_to == 1


def test_a_quote_that_its_sender_does_not_see_any_more_is_left_out(school: School) -> None:
    school.say(LENA, EXPERT, "Why?")
    schedule(school, school.command(EXPERT, LENA, "Because", reply_to=1))
    school.write(delete_mine(EXPERT, LENA, 1))
    assert go(school) == Portion(sent=1)
    assert school.opened(LENA, EXPERT).history.messages[-1].reply_to is None


def test_a_quote_of_what_was_deleted_for_everyone_stays(school: School) -> None:
    school.say(LENA, EXPERT, "Why?")
    schedule(school, school.command(EXPERT, LENA, "Because", reply_to=1))
    school.write(delete_for_everyone(LENA, EXPERT, 1, school.clock))
    assert go(school) == Portion(sent=1)
    assert school.opened(LENA, EXPERT).history.messages[-1].reply_to == 1


def test_nobody_quotes_what_they_do_not_see(school: School) -> None:
    with pytest.raises(NotFound):
        schedule(school, school.command(LENA, EXPERT, reply_to=1))


# Once.


def test_the_same_key_again_is_the_same_scheduled_message(school: School) -> None:
    command = school.command(LENA, EXPERT, "Once")
    assert schedule(school, command).message == schedule(school, command).message
    with pytest.raises(Conflict) as refused:
        schedule(school, replace(command, body="Twice"))
    assert refused.value.code == "key_reused"
    assert len(waiting(school)) == 1


def test_what_was_sent_is_not_scheduled_again(school: School) -> None:
    command = school.command(LENA, EXPERT, "Once")
    schedule(school, command)
    assert go(school) == Portion(sent=1)
    with pytest.raises(Conflict) as refused:
        schedule(school, command)
    assert refused.value.code == "already_sent"


def test_a_message_that_is_stored_already_is_not_sent_again(school: School) -> None:
    """What waits in a backup was sent after it: the key finds it."""
    command = school.command(LENA, EXPERT, "Once")
    schedule(school, command)
    school.attempt(command)
    assert go(school) == Portion(sent=1)
    assert school.bodies(EXPERT, LENA) == ["Once"]
    assert waiting(school) == []


# Quotas.


def test_so_many_may_wait_in_a_chat_and_in_all(school: School) -> None:
    for _ in range(MOST_IN_CHAT):
        later(school, OWNER, LENA)
    with pytest.raises(Conflict) as refused:
        later(school, OWNER, LENA)
    assert refused.value.code == "too_many_scheduled_in_chat"
    for to in (NILS, TOMAS, EXPERT, DEAN):
        for _ in range(MOST_IN_CHAT):
            later(school, OWNER, to)
    assert len(waiting(school, OWNER)) == MOST_SCHEDULED
    with pytest.raises(Conflict) as refused:
        later(school, OWNER, ADMIN)
    assert refused.value.code == "too_many_scheduled"
    later(school, ADMIN, LENA)


@pytest.mark.parametrize(
    ("body", "code"), [("", "empty"), (" ", "empty"), ("a" * 4001, "too_long"), ("\x00", "unprintable")]
)
def test_a_text_must_be_one_that_can_be_sent(school: School, body: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        schedule(school, school.command(LENA, EXPERT, body))
    assert [one.code for one in refused.value.problems] == [code]


# Changing, cancelling, sending now.


def test_text_and_time_can_be_changed_as_they_were_seen(school: School) -> None:
    one = later(school)
    changed = change(school, one, body="Other", at=NOON + 2 * HOUR)
    assert (changed.message.body, changed.message.due_at, changed.message.revision) == ("Other", NOON + 2 * HOUR, 2)
    with pytest.raises(Conflict) as refused:
        change(school, one, body="Mine")
    assert refused.value.code == "scheduled_changed"
    assert go(school) == Portion()
    assert go(school) == Portion(sent=1)
    assert school.bodies(EXPERT, LENA) == ["Other"]


def test_a_change_is_checked_as_a_new_one(school: School) -> None:
    one = later(school)
    for body, at in ((" ", None), (None, NOON)):
        with pytest.raises(Invalid):
            change(school, one, body=body, at=at)
    assert waiting(school)[0].message == one.message


def test_a_refused_one_waits_again_with_a_new_time(school: School) -> None:
    later(school)
    school.switch(is_on=False)
    go(school)
    school.switch(is_on=True)
    (one,) = waiting(school)
    change(school, one, at=school.clock.now() + HOUR)
    assert go(school) == Portion(sent=1)
    assert school.bodies(EXPERT, LENA) == ["Later"]


def test_what_is_cancelled_never_goes(school: School) -> None:
    one = later(school)
    cancel(school, one)
    assert waiting(school) == []
    assert go(school) == Portion()
    with pytest.raises(NotFound):
        cancel(school, one)


def test_sending_now_sends_it_once(school: School) -> None:
    one = later(school)
    assert send_now(school, one).message.key == one.message.key
    with pytest.raises(NotFound):
        send_now(school, one)
    assert go(school) == Portion()
    assert school.bodies(EXPERT, LENA) == ["Later"]


def test_sending_now_what_may_not_be_sent_leaves_it_as_it_is(school: School) -> None:
    one = later(school)
    school.switch(is_on=False)
    with pytest.raises(Refused):
        send_now(school, one)
    assert waiting(school)[0].message == one.message
    school.switch(is_on=True)
    assert go(school) == Portion(sent=1)


def test_a_refused_one_can_be_sent_again(school: School) -> None:
    later(school)
    school.switch(is_on=False)
    go(school)
    school.switch(is_on=True)
    (one,) = waiting(school)
    send_now(school, one)
    assert school.bodies(EXPERT, LENA) == ["Later"]
    assert waiting(school) == []


def test_nobody_else_gets_at_it(school: School) -> None:
    one = later(school)
    for work in (lambda: cancel(school, one, EXPERT), lambda: send_now(school, one, EXPERT)):
        with pytest.raises(NotFound):
            work()
    elsewhere = Actor(account_id=AccountId("ffffffff-ffff-7fff-bfff-fffffffffffe"), user_id=STRANGER)
    with pytest.raises(NotFound):
        school.write(lambda tx: scheduling.cancel(tx, elsewhere, one.message.id, clock=school.clock))


def test_deleting_the_chat_cancels_what_waits_there_and_nothing_else(school: School) -> None:
    for to in (LENA, NILS):
        school.say(OWNER, to)
        later(school, OWNER, to)
    school.write(delete_chat(OWNER, LENA))
    assert [one.message.conversation_id for one in waiting(school, OWNER)] == [dialog(OWNER, NILS)]
    assert go(school) == Portion(sent=1)


def test_the_other_person_s_deleting_cancels_nothing(school: School) -> None:
    school.say(OWNER, LENA)
    later(school, OWNER, LENA)
    school.write(delete_chat(LENA, OWNER))
    assert go(school) == Portion(sent=1)
    assert school.bodies(LENA, OWNER) == ["Later"]


# Files.


def with_files(school: School, *files: File, body: str = "") -> ScheduledItem:
    command = replace(school.command(LENA, EXPERT, body), files=[one.id for one in files])
    return schedule(school, command, school.clock.now() + timedelta(days=30))


def test_files_wait_with_their_message_and_go_with_it(school: School) -> None:
    file = ready(school)
    one = with_files(school, file)
    assert [each.id for each in one.files] == [file.id]
    assert stored(school, file).expires_at == FOREVER
    assert go(school, timedelta(days=30)) == Portion(sent=1)
    assert stored(school, file).is_attached
    assert stored(school, file).expires_at is None


def test_files_of_a_cancelled_message_end_as_uploads_do(school: School) -> None:
    file = ready(school)
    cancel(school, with_files(school, file))
    assert stored(school, file).expires_at == NOON + uploads.UNSENT_FOR


def test_a_file_waits_with_one_message_alone(school: School) -> None:
    file = ready(school)
    with_files(school, file)
    with pytest.raises(Invalid) as refused:
        with_files(school, file)
    assert [one.code for one in refused.value.problems] == ["file_not_found"]


def test_a_message_whose_file_was_removed_comes_back(school: School) -> None:
    file = ready(school)
    with_files(school, file)
    school.write(lambda tx: uploads.give_up(tx, actor(LENA), file.id, clock=school.clock))
    assert go(school, timedelta(days=30)) == Portion(refused=1)
    assert reasons(school) == ["file_not_found"]


def test_a_file_that_is_sent_with_another_message_is_not_taken_from_it(school: School) -> None:
    file = ready(school)
    one = with_files(school, file)
    school.attempt(replace(school.command(LENA, EXPERT, ""), files=[file.id]))
    assert go(school, timedelta(days=30)) == Portion(refused=1)
    cancel(school, one)
    assert stored(school, file).expires_at is None


def test_a_file_that_was_removed_meanwhile_is_gone_at_once_also_when_its_message_is_cancelled(school: School) -> None:
    file = ready(school)
    one = schedule(school, replace(school.command(LENA, EXPERT, ""), files=[file.id]))
    school.write(lambda tx: uploads.give_up(tx, actor(LENA), file.id, clock=school.clock))
    cancel(school, one)
    assert school.write(lambda tx: sweeping.claim_expired(tx, SCHOOL, clock=school.clock)) == [file.id]


# What goes wrong.


def test_one_that_fails_for_no_reason_of_its_sender_s_is_given_back(school: School) -> None:
    one = later(school)
    school.write(lambda tx: scheduled_sending.refuse(tx, SCHOOL, one.message.id))
    assert reasons(school) == ["fault"]
    school.write(lambda tx: scheduled_sending.refuse(tx, SCHOOL, one.message.id))
    assert waiting(school)[0].message.revision == 2


def test_many_go_in_portions(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduled_sending, "PORTION", 2)
    for to in (LENA, NILS, TOMAS):
        later(school, OWNER, to)
    assert [go(school), go(school), go(school)] == [Portion(sent=2), Portion(sent=1), Portion()]
