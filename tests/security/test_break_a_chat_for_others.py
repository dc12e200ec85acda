"""Attack: choose office hours, or a time zone, at which everybody else's reading of one's chat fails."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest

from hallway.domain.ids import AccountId, UserId
from hallway.domain.office import Office
from hallway.storage.backup.tables import database_at
from hallway.storage.store import SqlStore
from hallway.usecases.notifications.records import NotificationPreferences
from hallway.usecases.transaction import Transaction
from tests.contracts.world import change
from tests.servers.hallway import Hallway
from tests.transport.cast import Cast, as_problem, casting

CHOICES = {"choices": []}


@pytest.fixture
def cast(ruin: Hallway) -> Iterator[Cast]:
    """Fresh people for each test."""
    for agency in casting(ruin):
        yield agency.cast()


def _office(**changes: object) -> dict[str, object]:
    return CHOICES | {"office": {"days": [0], "opens": "09:00", "closes": "17:00", "reply_hours": 4} | changes}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("office", "field", "code"),
    [
        ({"opens": "09:00", "closes": "09:01", "reply_hours": 99}, "office.reply_hours", "never_replied"),
        ({"opens": "09:00", "closes": "09:01", "reply_hours": 1}, "office.reply_hours", "never_replied"),
        ({"opens": "22:00", "closes": "06:00"}, "office.closes", "no_office"),
        ({"opens": "09:00", "closes": "09:00"}, "office.closes", "no_office"),
    ],
)
def test_hours_that_never_add_up_are_refused_with_words(
    cast: Cast, office: dict[str, object], field: str, code: str
) -> None:
    refused = as_problem(cast.expert.browser.request("PUT", "/me/notices", json=_office(**office)), 422, "invalid")
    assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [(f"/{field}", code)]
    assert refused["errors"][0]["message"].endswith(".")


@pytest.mark.slow("postgresql")
def test_one_hour_a_week_is_enough(cast: Cast) -> None:
    chosen = _office(opens="09:00", closes="10:00", reply_hours=52)
    assert cast.expert.browser.request("PUT", "/me/notices", json=chosen).status_code == 200
    opened = cast.learner.browser.request("GET", f"/conversations/{cast.asks().conversation_id}").json()
    assert opened["office"]["reply_by"] is not None


def _store(server: Hallway, expert: str, office: Office, time_zone: str) -> None:
    """As an older Hallway, or another machine's time zones, left it."""

    def work(tx: Transaction) -> None:
        account = tx.accounts.default()
        assert account is not None
        _save(tx, account.id, UserId(expert), office, time_zone)

    with database_at(server.database_url) as engine:
        change(SqlStore(engine), work)


def _save(tx: Transaction, account_id: AccountId, expert: UserId, office: Office, time_zone: str) -> None:
    user = tx.people.find(account_id, expert)
    assert user is not None
    tx.people.save([replace(user, time_zone=time_zone)])
    tx.settings.save(account_id, expert, NotificationPreferences(office=office))


@pytest.mark.slow("postgresql")
@pytest.mark.parametrize(
    ("office", "time_zone"),
    [
        (Office(frozenset({2}), time(9), time(9, 1), 99), "UTC"),
        (Office(frozenset(), time(9), time(17), 4), "UTC"),
        (Office(frozenset(range(7)), time(22), time(6), 4), "Europe/Berlin"),
        (Office(frozenset(range(7)), time(9), time(9), 4), "Europe/Berlin"),
        (Office(frozenset({0}), time(9), time(17), 4), "Mars/Olympus"),
    ],
)
def test_what_is_stored_already_does_no_harm(ruin: Hallway, cast: Cast, office: Office, time_zone: str) -> None:
    asked = cast.asks("Is the exit on the left?")
    _store(ruin, cast.expert.id, office, time_zone)
    opened = cast.learner.browser.request("GET", f"/conversations/{asked.conversation_id}")
    assert opened.status_code == 200, opened.text
    assert opened.json()["history"]["messages"][-1]["body"] == "Is the exit on the left?"
    assert (opened.json()["office"]["reply_by"] is None) is (time_zone != "Mars/Olympus")
    assert cast.expert.browser.request("GET", f"/conversations/{asked.conversation_id}").status_code == 200
