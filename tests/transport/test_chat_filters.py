"""The filters of my list of chats at the door: who waits for my answer, about which course, oldest first."""

from typing import Any

import pytest

from hallway.transport.cursors import to_cursor
from tests.transport.cast import Browser, Cast, as_problem

NOBODY = "00000000-0000-7000-8000-00000000ffff"


def _chats(browser: Browser, **query: Any) -> list[str]:
    answer = browser.request("GET", "/conversations", params=query)
    assert answer.status_code == 200, answer.text
    return [one["conversation_id"] for one in answer.json()["rows"]]


def test_a_question_waits_until_it_is_answered(cast: Cast) -> None:
    chat = cast.talk(1)
    assert _chats(cast.expert.browser, waiting=True, oldest=True) == [chat]
    assert _chats(cast.learner.browser, waiting=True) == []
    cast.expert.client.send(chat, "On the left.")
    assert _chats(cast.expert.browser, waiting=True) == []
    assert _chats(cast.learner.browser, waiting=True) == [chat]


def test_an_expert_is_told_how_many_wait_with_the_first_page(cast: Cast) -> None:
    def waiting(browser: Browser, **query: Any) -> int | None:
        return browser.request("GET", "/conversations", params=query).json()["waiting_chats"]

    assert waiting(cast.expert.browser) == 0
    chat = cast.talk(1)
    assert waiting(cast.expert.browser) == waiting(cast.expert.browser, unread=True) == 1
    assert waiting(cast.learner.browser) is None
    cast.expert.client.send(chat, "On the left.")
    assert waiting(cast.expert.browser) == 0
    assert waiting(cast.expert.browser, cursor=to_cursor(9)) is None


def test_only_those_about_a_course(cast: Cast) -> None:
    chat = cast.talk(1)
    assert _chats(cast.expert.browser, course_id=cast.course.id) == [chat]
    assert _chats(cast.expert.browser, course_id=NOBODY) == []


@pytest.mark.slow
@pytest.mark.parametrize("query", [{"course_id": "x"}, {"waiting": "perhaps"}, {"oldest": "1.5"}])
def test_nonsense_is_refused(cast: Cast, query: dict[str, str]) -> None:
    as_problem(cast.expert.browser.request("GET", "/conversations", params=query), 422, "invalid")
