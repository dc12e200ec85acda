"""Fill the disk through the audit log: strangers fail to sign in thousands of times, with one login and with many."""

import pytest

from hallway.domain.audit import Action
from hallway.usecases.access import logins
from hallway.usecases.access.logins import Comer
from hallway.usecases.access.visitors import Visitor
from tests.school import LENA, SCHOOL, TOMAS, School, new_school

STRANGER = Visitor(address="203.0.113.9" * 1_000)


@pytest.fixture
def school() -> School:
    """A school on its first day."""
    return new_school()


def _failed(school: School) -> list[tuple[str | None, str]]:
    entries = school.read(lambda tx: list(tx.audit.whole(SCHOOL)))
    return [(one.draft.person_id, one.draft.address) for one in entries if one.draft.action == Action.SIGN_IN_FAILED]


def _fail(school: School, user_id: object = None) -> None:
    user = school.user(user_id) if user_id else None  # type: ignore[arg-type]
    school.write(lambda tx: logins.record_failure(tx, SCHOOL, user, STRANGER, clock=school.clock))


def test_thousands_of_failures_are_one_entry_a_person_and_one_for_all_unknown_logins(school: School) -> None:
    for _ in range(500):
        _fail(school, LENA)
        _fail(school, TOMAS)
        _fail(school)
    found = _failed(school)
    assert [person for person, _ in found] == [LENA, TOMAS, None]
    assert {len(address) for _, address in found} == {64}


def test_one_failure_and_a_sign_in_are_both_there(school: School) -> None:
    _fail(school, LENA)
    school.write(
        lambda tx: logins.open_session(
            tx,
            Comer(account_id=SCHOOL, user_id=LENA, verified=None),
            life=logins.ONCE_IN,
            clock=school.clock,
            ids=school.ids,
        )
    )
    entries = school.read(lambda tx: list(tx.audit.whole(SCHOOL)))
    assert [one.draft.action for one in entries] == [Action.SIGN_IN_FAILED, Action.SIGNED_IN]
    assert [one.draft.via for one in entries] == ["stranger", "web"]
