"""The list of an expert whom many ask: more than a screen and more than a page, close together, by course and order."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from hallway.demo.academy import ACCOUNT
from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import User
from hallway.storage.store import open_store
from hallway.usecases.actors import Actor
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_screens import SCREENS, is_clean
from tests.school import CountedIds, StoppedClock
from tests.servers.academy import Serving, serve_academy

pytestmark = pytest.mark.slow

MANY = 230
"""More than two pages of those who wait, and more than is counted on a filter."""
COMPACT = 52
"""Pixels of a row."""
FIRE, GDPR = "Fire Safety Basics", "GDPR for Teams"
EMPTY = "Negotiation Skills"
WAITING = MANY + 2
"""Two waited before they came."""


@pytest.fixture(scope="module")
def crowded(built_academy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The academy in which many ask Daniel, one after another; every tenth about another of his courses."""
    folder = tmp_path_factory.mktemp("crowded") / "academy"
    copytree(built_academy, folder)
    store = open_store(f"sqlite:///{folder}/hallway.db")
    (outcome,) = store.write([_ask_daniel])
    store.close()
    if outcome.failure is not None:
        raise outcome.failure
    return folder


def _ask_daniel(tx: Transaction) -> None:
    ids, now = CountedIds(), datetime.now(UTC)
    courses = {one.title: one.id for one in tx.courses.all(ACCOUNT)}
    daniel = tx.people.by_login(ACCOUNT, "daniel")
    assert daniel is not None
    taught = [(courses[title], daniel.id) for title in (GDPR, EMPTY)]
    tx.courses.assign(ACCOUNT, taught, at=now)
    for number in range(1, MANY + 1):
        asked = courses[GDPR if number % 10 == 0 else FIRE]
        _ask(tx, UserId(ids.new()), number, asked, daniel.id, now - timedelta(hours=30) + timedelta(minutes=number * 7))


def _ask(tx: Transaction, who: UserId, number: int, course: CourseId, expert: UserId, at: datetime) -> None:
    login = f"asker{number:03}"
    tx.people.add(
        [User(account_id=ACCOUNT, id=who, name=f"Asker {number:03}", email=f"{login}@northwind.example", login=login)]
    )
    tx.courses.enrol(ACCOUNT, [(course, who)])
    command = Send(
        actor=Actor(account_id=ACCOUNT, user_id=who),
        to_person=expert,
        body=f"Question {number}",
        key=login,
        course_id=course,
    )
    (outcome,) = send_all(tx, [command], clock=StoppedClock(at))
    assert not isinstance(outcome, Exception)


@pytest.fixture
def academy(crowded: Path, tmp_path: Path) -> Iterator[Serving]:
    """That academy, served."""
    serving = serve_academy(crowded, tmp_path / "data")
    yield serving
    serving.stop()


def _list(person: Person) -> Locator:
    return person.page.get_by_role("region", name="Chats")


def _rows(person: Person) -> Locator:
    return _list(person).get_by_role("listitem")


def _wait_for_my_answer(enter: Enter, **options: Any) -> Person:
    daniel = enter("daniel", **options)
    daniel.open_messages()
    filters = _list(daniel).get_by_role("group", name="Chats")
    filters.get_by_role("button", name="Waiting for my answer").press("Enter")
    expect(_rows(daniel).nth(90)).to_be_attached()
    return daniel


def _courses(person: Person) -> Locator:
    return _list(person).get_by_role("combobox", name="Course")


def test_those_who_wait_are_all_there_by_keyboard_in_either_order(enter: Enter) -> None:
    daniel = _wait_for_my_answer(enter)
    expect(_list(daniel).get_by_role("button", name="Waiting for my answer 99+")).to_be_visible()
    expect(_rows(daniel)).to_have_count(100)
    daniel.row("Asker 001").focus()
    for count in (200, WAITING):
        daniel.page.keyboard.press("End")
        expect(_rows(daniel)).to_have_count(count)
    expect(_rows(daniel).last).to_contain_text(f"Asker {MANY}")
    numbers = [int(one) for one in re.findall(r"Asker (\d+)", _list(daniel).inner_text())]
    assert numbers == list(range(1, MANY + 1))
    order = _list(daniel).get_by_role("combobox", name="Order")
    order.select_option("Newest first")
    expect(_rows(daniel).first).to_contain_text(f"Asker {MANY}")
    daniel.page.reload()
    _list(daniel).get_by_role("button", name="Waiting for my answer").click()
    expect(_rows(daniel).first).to_contain_text(f"Asker {MANY}")
    expect(order).to_have_value("newest")


def test_who_is_answered_leaves_and_who_asks_again_comes_last(enter: Enter) -> None:
    daniel, maya = _wait_for_my_answer(enter), enter("maya")
    daniel.open_chat("Asker 001")
    daniel.write("On the left.")
    expect(daniel.row("Asker 001")).to_have_count(0)
    expect(_rows(daniel)).to_have_count(99)
    maya.ask("POST", f"/people/{daniel.id()}/messages", {"body": "And mine?", "key": "key-of-maya-01"})
    daniel.row("Asker 002").focus()
    for _ in range(2):
        shown = _rows(daniel).count()
        daniel.page.keyboard.press("End")
        expect(_rows(daniel).nth(shown + 10)).to_be_attached()
    expect(_rows(daniel)).to_have_count(WAITING)
    expect(_rows(daniel).last).to_contain_text("And mine?")


def test_a_course_is_chosen_among_all_and_remembered_until_it_is_no_longer_theirs(enter: Enter) -> None:
    daniel, ingrid = _wait_for_my_answer(enter), enter("ingrid")
    courses = _courses(daniel)
    expect(courses.get_by_role("option")).to_have_text(["All my courses", FIRE, GDPR, EMPTY])
    courses.select_option(GDPR)
    expect(_rows(daniel)).to_have_count(MANY // 10)
    expect(_rows(daniel).first).to_contain_text("Asker 010")
    daniel.page.reload()
    expect(courses.locator("option:checked")).to_have_text(GDPR)
    expect(_rows(daniel)).to_have_count(MANY // 10)
    found = next(one for one in ingrid.ask("GET", "/admin/courses")[1]["courses"] if one["title"] == GDPR)
    ingrid.ask("DELETE", f"/admin/courses/{found['id']}/experts/{daniel.id()}")
    expect(courses.locator("option:checked")).to_have_text("All my courses")
    expect(courses.get_by_role("option")).to_have_text(["All my courses", FIRE, EMPTY])
    expect(_rows(daniel).nth(40)).to_be_attached()


def test_an_empty_list_says_what_it_is_empty_of(enter: Enter) -> None:
    daniel = _wait_for_my_answer(enter)
    _courses(daniel).select_option(EMPTY)
    expect(_list(daniel).get_by_text("All answered. Nice work.")).to_be_visible()
    filters = _list(daniel).get_by_role("group", name="Chats")
    filters.get_by_role("button", name="All").click()
    expect(_list(daniel).get_by_text("No chats about this course yet")).to_be_visible()
    filters.get_by_role("button", name="Unread").click()
    expect(_list(daniel).get_by_text("You’re all caught up")).to_be_visible()


def test_rows_stand_close_together_and_are_parted_by_keyboard(enter: Enter) -> None:
    daniel = _wait_for_my_answer(enter)
    switch = _list(daniel).get_by_role("button", name="Compact list")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert _height(_rows(daniel).nth(3)) == COMPACT
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert _height(_rows(daniel).nth(3)) > COMPACT
    daniel.page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")


def _height(row: Locator) -> float:
    box = row.bounding_box()
    assert box is not None
    return box["height"]


def test_the_cross_covers_nothing(enter: Enter) -> None:
    daniel = _wait_for_my_answer(enter)
    row = _rows(daniel).nth(4)
    name = row.get_by_role("link")
    name.focus()
    cross, time = row.get_by_role("button"), row.locator("time")
    expect(cross).to_have_css("pointer-events", "auto")
    (crossed, timed) = (cross.bounding_box(), time.bounding_box())
    assert crossed is not None
    assert timed is not None
    assert timed["x"] + timed["width"] <= crossed["x"]
    assert _height(row) == COMPACT
    daniel.page.keyboard.press("Tab")
    expect(cross).to_be_focused()


def test_a_wait_is_late_by_the_experts_own_hours(enter: Enter) -> None:
    daniel = _wait_for_my_answer(enter)
    _list(daniel).get_by_role("combobox", name="Order").select_option("Newest first")
    newest = daniel.row(f"Asker {MANY}").locator("time")
    expect(newest).not_to_have_class(re.compile("isLate"))
    expect(daniel.row("Asker 131").locator("time")).not_to_have_class(re.compile("isLate"))
    notices = daniel.ask("GET", "/me/notices")[1]
    kept = {"choices": [], "digest_at": notices["digest_at"]}
    hours = {"days": list(range(7)), "opens": "00:00", "closes": "23:59", "reply_hours": 1}
    status, answer = daniel.ask("PUT", "/me/notices", {**kept, "office": hours})
    assert status == 200, answer
    expect(newest).to_have_class(re.compile("isLate"))


@pytest.mark.parametrize("options", SCREENS.values(), ids=SCREENS.keys())
def test_it_is_clean_on_every_screen(enter: Enter, options: dict[str, Any]) -> None:
    daniel = _wait_for_my_answer(enter, **options)
    is_clean(daniel.page)
    assert _height(_rows(daniel).nth(3)) == COMPACT
