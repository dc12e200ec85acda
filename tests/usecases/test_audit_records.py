"""What use-cases record: ids and facts, about whom it concerns, and never a text; who reads which part of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hallway.adapters import RandomIds
from hallway.domain.audit import Action, Entry
from hallway.domain.people import Role
from hallway.domain.verdicts import Denial, Refused
from hallway.storage.memory.store import MemoryStore
from hallway.usecases.accounts import founding, settings
from hallway.usecases.accounts.founding import Founding
from hallway.usecases.audit import log as audit_log
from hallway.usecases.audit.ports import Chosen
from hallway.usecases.jobs import set_aside
from hallway.usecases.jobs.ports import Job
from hallway.usecases.notifications import preferences
from hallway.usecases.notifications.records import KeptMail
from hallway.usecases.people import users
from tests.school import ADMIN, BIOLOGY, DEAN, EXPERT, LENA, NOON, OWNER, SCHOOL, SCIENCES, School, actor


def entries(school: School) -> list[Entry]:
    return school.read(lambda tx: list(tx.audit.whole(SCHOOL)))


def actions(school: School) -> list[str]:
    return [one.draft.action for one in entries(school)]


def test_a_role_and_details_are_recorded_each_by_itself_and_texts_only_by_their_names(school: School) -> None:
    changes = {"role": "author", "name": "Lena Secret", "email": "secret@school.example"}
    by = actor(ADMIN)
    school.write(
        lambda tx: users.change(
            tx,
            by,
            user_id=LENA,
            changes=users.UserPatch(**{**changes, "role": Role.AUTHOR}),
            manages=None,
            clock=school.clock,
            ids=school.ids,
        )
    )
    role, details = entries(school)
    assert role.draft.facts == '{"after":{"role":"author"},"before":{"role":"learner"}}'
    assert details.draft.facts == '{"after":{"texts":["email","name"]}}'
    assert {one.draft.person_id for one in (role, details)} == {LENA}


def test_what_changes_nothing_is_not_recorded(school: School) -> None:
    by = actor(ADMIN)
    school.write(
        lambda tx: users.change(
            tx, by, user_id=LENA, changes=users.UserPatch(), manages=None, clock=school.clock, ids=school.ids
        )
    )
    school.write(lambda tx: users.activate(tx, by, user_id=LENA))
    school.write(lambda tx: settings.change(tx, by, changes=settings.AccountPatch()))
    assert actions(school) == []


def test_a_refused_action_is_not_recorded(school: School) -> None:
    by = actor(DEAN)
    with pytest.raises(Refused):
        school.write(lambda tx: settings.change(tx, by, changes=settings.AccountPatch(messaging_on=False)))
    assert actions(school) == []


def test_sending_records_nothing(school: School) -> None:
    school.say(ADMIN, LENA)
    assert actions(school) == []


def test_which_departments_somebody_manages_is_recorded_with_before_and_after(school: School) -> None:
    by = actor(OWNER)
    school.write(
        lambda tx: users.change(
            tx, by, user_id=DEAN, changes=users.UserPatch(), manages=frozenset(), clock=school.clock, ids=school.ids
        )
    )
    (entry,) = entries(school)
    assert entry.draft.action == Action.RIGHTS_CHANGED
    assert SCIENCES in entry.draft.facts


def test_settings_are_recorded_with_their_values(school: School) -> None:
    by = actor(OWNER)
    school.write(
        lambda tx: settings.change(tx, by, changes=settings.AccountPatch(delete_for_everyone=timedelta(hours=1)))
    )
    (entry,) = entries(school)
    assert entry.draft.facts == '{"after":{"delete_for_everyone":3600},"before":{"delete_for_everyone":86400}}'


def test_kept_mail_and_set_aside_jobs_are_recorded_when_they_are_opened_and_dropped(school: School) -> None:
    by = actor(OWNER)
    mail = KeptMail(
        account_id=SCHOOL,
        id=str(RandomIds().new()),
        at=NOON,
        sender="a@b.example",
        subject="Private words",
        reason="forged",
        content=b"More words",
    )
    job = Job(
        account_id=SCHOOL,
        kind="mail",
        subject="private",
        created_at=NOON,
        payload="",
        due_at=None,
        set_aside_at=NOON,
        reason="words",
    )
    school.write(lambda tx: tx.mails.keep(mail))
    school.write(lambda tx: tx.jobs.put([job]))
    school.write(lambda tx: preferences.view_mail(tx, by, mail_id=mail.id))
    school.write(lambda tx: preferences.drop_mail(tx, by, mail_id=mail.id))
    school.write(lambda tx: set_aside.discard(tx, by, kind="mail", subject="private"))
    assert actions(school) == [Action.MAIL_VIEWED, Action.MAIL_DROPPED, Action.JOB_DISCARDED]
    assert "words" not in str(entries(school))


def test_setting_up_is_the_first_entry() -> None:
    store = MemoryStore()
    wanted = Founding(academy="Harbour", name="Olga Owner", email="olga@harbour.example", login="olga")
    (outcome,) = store.write([lambda tx: founding.found_account(tx, wanted, password_hash="hash", ids=RandomIds())])
    assert outcome.value is not None
    account_id, owner_id = outcome.value
    (entry,) = store.read(lambda tx: list(tx.audit.whole(account_id)))
    assert (entry.seq, entry.draft.action, entry.draft.user_id) == (1, Action.ACCOUNT_SET_UP, owner_id)


def _some(school: School) -> None:
    school.assign(EXPERT, BIOLOGY)
    by = actor(ADMIN)
    school.write(lambda tx: users.deactivate(tx, by, user_id=LENA))
    school.write(lambda tx: users.activate(tx, by, user_id=LENA))


@pytest.mark.parametrize("who", [OWNER, ADMIN])
def test_owner_and_administrators_read_all_of_it(school: School, who: str) -> None:
    _some(school)
    found = school.read(
        lambda tx: audit_log.page(tx, actor(who), Chosen(about=LENA), before=None, limit=1)  # type: ignore[arg-type]
    )
    assert (found.total, found.next, [one.entry.draft.action for one in found.lines]) == (
        2,
        found.lines[0].entry.seq,
        [Action.USER_ACTIVATED],
    )
    assert found.lines[0].user is not None
    assert found.lines[0].user.user.id == ADMIN


@pytest.mark.parametrize("who", [DEAN, EXPERT, LENA])
def test_nobody_else_reads_or_exports_it(school: School, who: str) -> None:
    one = actor(who)  # type: ignore[arg-type]
    for work in (
        lambda tx: audit_log.page(tx, one, Chosen(), before=None, limit=10),
        lambda tx: audit_log.export(tx, one, Chosen()),
    ):
        with pytest.raises(Refused) as refusal:
            school.write(work)  # type: ignore[arg-type]
        assert refusal.value.denial is Denial.NOT_STAFF


def test_everybody_reads_what_concerns_them_without_the_place_from_which_others_did_it(school: School) -> None:
    by = actor(ADMIN)
    placed = replace(by, address="192.0.2.14")
    school.write(lambda tx: users.deactivate(tx, placed, user_id=LENA))
    school.write(lambda tx: users.activate(tx, placed, user_id=LENA))
    school.write(lambda tx: users.deactivate(tx, placed, user_id=EXPERT))
    found = school.read(lambda tx: audit_log.mine(tx, actor(LENA), before=None, limit=10))
    assert [one.entry.draft.action for one in found.lines] == [Action.USER_ACTIVATED, Action.USER_DEACTIVATED]
    assert {one.entry.draft.address for one in found.lines} == {""}
    assert {one.entry.draft.session_id for one in found.lines} == {None}


def test_an_export_is_recorded_with_how_much_it_had(school: School) -> None:
    _some(school)
    lines = school.write(lambda tx: audit_log.export(tx, actor(OWNER), Chosen(group="user")))
    last = entries(school)[-1]
    assert (len(lines), last.draft.action) == (2, Action.AUDIT_EXPORTED)
    assert last.draft.facts == '{"after":{"entries":2,"group":"user"}}'
