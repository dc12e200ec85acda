"""The filters of my list of chats at the door: who waits for my answer, about which course, oldest first."""

from typing import Any

import pytest

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


def test_only_those_about_a_course(cast: Cast) -> None:
    chat = cast.talk(1)
    assert _chats(cast.expert.browser, course_id=cast.course.id) == [chat]
    assert _chats(cast.expert.browser, course_id=NOBODY) == []


@pytest.mark.parametrize("query", [{"course_id": "x"}, {"waiting": "perhaps"}, {"oldest": "1.5"}])
def test_nonsense_is_refused(cast: Cast, query: dict[str, str]) -> None:
    as_problem(cast.expert.browser.request("GET", "/conversations", params=query), 422, "invalid")
