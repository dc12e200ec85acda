"""Search through the doors: three groups, marks in characters, cursors, and history around what was found."""

from typing import Any
from unicodedata import normalize

import pytest

from tests.transport.cast import Cast, Somebody, as_problem


def _ask(person: Somebody, path: str, **query: Any) -> Any:
    answer = person.browser.request("GET", path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _marked(text: str, marks: list[dict[str, int]]) -> list[str]:
    return [text[one["start"] : one["end"]] for one in marks]


def test_a_message_is_found_with_its_marks_and_an_excerpt(cast: Cast) -> None:
    cast.asks("👍 " + "word " * 60 + normalize("NFD", "das Kühlhaus") + " word" * 60)
    found = _ask(cast.expert, "/search", q="kuhlhaus")
    assert (found["chats"], found["people"]) == ({"chats": [], "next": None}, {"people": [], "next": None})
    (hit,) = found["messages"]["messages"]
    assert found["messages"]["next"] is None
    assert [one["person"]["id"] for one in hit["participants"]] == [cast.learner.id]
    assert _marked(hit["message"]["body"], hit["marks"]) == [normalize("NFD", "Kühlhaus")]
    assert _marked(hit["excerpt"]["text"], hit["excerpt"]["marks"]) == [normalize("NFD", "Kühlhaus")]
    assert hit["excerpt"]["text"].startswith("… ")
    assert len(hit["excerpt"]["text"]) < 160


def test_chats_and_people_are_found_by_name_with_marks(cast: Cast) -> None:
    name = cast.expert.name
    (person,) = _ask(cast.learner, "/search", q=name)["people"]["people"]
    assert (person["person"]["id"], _marked(name, person["marks"])) == (cast.expert.id, name.split())
    cast.asks()
    found = _ask(cast.learner, "/search", q=name)
    assert found["people"]["people"] == []
    (chat,) = found["chats"]["chats"]
    assert [one["person"]["id"] for one in chat["row"]["participants"]] == [cast.expert.id]
    assert _marked(name, chat["marks"]) == name.split()


def test_nobody_else_finds_it(cast: Cast) -> None:
    cast.asks("needle-in-hay")
    empty = {"messages": [], "next": None}
    assert _ask(cast.outsider, "/search", q="needle-in-hay")["messages"] == empty
    assert _ask(cast.outsider, "/search", q=cast.expert.name)["people"] == {"people": [], "next": None}


def test_pages_follow_each_other_and_one_chat_is_searched_alone(cast: Cast) -> None:
    for number in range(5):
        chat = cast.asks(f"needle {number}").conversation_id
    seqs: list[int] = []
    cursor = None
    while True:
        page = _ask(cast.learner, "/search/messages", q="needle", conversation_id=chat, limit=2, cursor=cursor or "")
        seqs += [one["message"]["seq"] for one in page["messages"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seqs == [5, 4, 3, 2, 1]
    theirs = {"q": "needle", "conversation_id": chat}
    as_problem(cast.outsider.browser.request("GET", "/search/messages", params=theirs), 404, "not_found")


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/search/chats", "/search/people", "/search/messages"])
@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwiYSIsMV0"])
def test_a_cursor_that_was_not_given_is_refused(cast: Cast, path: str, cursor: str) -> None:
    as_problem(cast.learner.browser.request("GET", path, params={"q": "a", "cursor": cursor}), 422, "invalid")


def test_history_is_read_around_a_message_and_on_from_there(cast: Cast) -> None:
    chat = cast.talk(9)

    def page(**place: int) -> tuple[list[int], bool, bool]:
        found = _ask(cast.expert, f"/conversations/{chat}/messages", limit=4, **place)
        return [one["seq"] for one in found["messages"]], found["older"], found["newer"]

    assert page(around=5) == ([3, 4, 5, 6], True, True)
    assert page(after=6) == ([7, 8, 9], True, False)
    assert page(before=3) == ([1, 2], False, False)
    assert page() == ([6, 7, 8, 9], True, False)
    both = {"before": 2, "after": 1}
    as_problem(cast.expert.browser.request("GET", f"/conversations/{chat}/messages", params=both), 422, "invalid")


def test_the_list_is_searched_by_what_looks_the_same(cast: Cast) -> None:
    cast.asks("المُقَرَّر don\u2019t fire\nstair")
    for typed in ("المقرر", "don't", "fire stair"):
        assert len(_ask(cast.expert, "/conversations", q=typed)["rows"]) == 1
