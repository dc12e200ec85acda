"""People search shows exactly those to whom I may write first, and no one else (§3)."""

from collections.abc import Sequence

import pytest

from hallway.domain.accounts import Mode
from hallway.domain.ids import UserId
from hallway.domain.people import Role, State, User
from hallway.usecases.errors import NotFound
from hallway.usecases.people import directory
from tests.school import (
    ADMIN,
    DEAN,
    EVERYONE,
    EXPERT,
    LENA,
    MIRA,
    NILS,
    OWNER,
    SCHOOL,
    STRANGER,
    SUPERVISOR,
    TOMAS,
    School,
    actor,
    named,
)

PICTURE = ("image/png", b"\x89PNG\r\n\x1a\nRest")


def _search(school: School, who: UserId, text: str = "", limit: int = 100) -> list[UserId]:
    found = school.read(lambda tx: directory.search(tx, actor(who), text=text, after=None, limit=limit))
    return [card.user.id for card in found.people]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("who", [one.id for one in EVERYONE], ids=[one.login for one in EVERYONE])
def test_search_shows_exactly_those_whose_first_message_would_be_stored(
    school: School, who: UserId, mode: Mode
) -> None:
    school.choose(mode)
    school.set_state(MIRA, State.INACTIVE)
    reachable = {one.id for one in EVERYONE if school.refusal(who, one.id) is None}
    assert set(_search(school, who)) == reachable


@pytest.mark.parametrize(
    ("mode", "who", "found"),
    [
        (Mode.STRICT, LENA, [EXPERT]),
        (Mode.STRICT, TOMAS, []),
        (Mode.STRICT, DEAN, [LENA, TOMAS]),
        (Mode.MANAGERS, TOMAS, [ADMIN, DEAN, OWNER]),
        (Mode.LIMITED, SUPERVISOR, [LENA, TOMAS]),
    ],
)
def test_search_shows_in_the_order_of_names(school: School, mode: Mode, who: UserId, found: list[UserId]) -> None:
    school.choose(mode)
    assert _search(school, who) == found


def test_nobody_finds_themselves_or_a_stranger(school: School) -> None:
    school.choose(Mode.OPEN)
    found = _search(school, OWNER)
    assert set(found) == {one.id for one in EVERYONE} - {OWNER}
    assert STRANGER not in found


def test_whom_i_may_only_answer_is_not_found(school: School) -> None:
    school.say(ADMIN, TOMAS)
    assert school.refusal(TOMAS, ADMIN) is None
    assert _search(school, TOMAS) == []


def test_with_messaging_off_nobody_is_found(school: School) -> None:
    assert _search(school, ADMIN)
    school.switch(is_on=False)
    assert _search(school, ADMIN) == []


@pytest.mark.parametrize("state", [State.INACTIVE, State.REMOVED])
def test_who_is_not_active_is_not_found(school: School, state: State) -> None:
    assert LENA in _search(school, ADMIN)
    school.set_state(LENA, state)
    assert LENA not in _search(school, ADMIN)
    school.set_state(LENA, State.ACTIVE)
    assert LENA in _search(school, ADMIN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tomas", [TOMAS]),
        ("TOMÁS", [TOMAS]),
        ("rui", [TOMAS]),
        ("ruiz to", [TOMAS]),
        ("lowe", [LENA]),
        ("  lena  ", [LENA]),
        ("omas", []),
        ("tomas nord", []),
        ("nils@school.example", []),
        ("n", [NILS]),
    ],
)
def test_people_are_found_by_how_the_words_of_their_name_begin(school: School, text: str, found: list[UserId]) -> None:
    assert _search(school, ADMIN, text) == found


@pytest.mark.parametrize("limit", [1, 3, 5, 10, 11])
def test_the_pages_have_everyone_once(school: School, limit: int) -> None:
    seen: list[UserId] = []
    after, is_first = None, True
    while is_first or after is not None:
        page = _page(school, after, limit)
        seen += [card.user.id for card in page.people]
        after, is_first = page.next, False
    assert seen == [one.id for one in sorted(EVERYONE, key=lambda one: one.name) if one.id != ADMIN]


def _page(school: School, after: tuple[str, str] | None, limit: int) -> directory.People:
    return school.read(lambda tx: directory.search(tx, actor(ADMIN), text="", after=after, limit=limit))


def test_the_one_whom_i_may_ask_is_found_behind_many_whom_i_may_not(school: School) -> None:
    many = [
        User(
            account_id=SCHOOL,
            id=UserId(named(f"many {n}")),
            name=f"Aa {n}",
            email=f"a{n}@x.example",
            login=f"aa{n}",
            role=Role.ADMINISTRATOR,
        )
        for n in range(2 * directory.STEP + 1)
    ]
    school.write(lambda tx: tx.people.add(many))
    assert _search(school, LENA) == [EXPERT]


def test_a_page_ends_where_many_were_looked_at_and_the_next_one_goes_on(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "STEP", 2)
    monkeypatch.setattr(directory, "MOST_LOOKED_AT", 4)
    everyone = sorted((one for one in EVERYONE if one.id != ADMIN), key=lambda one: one.name)
    last = everyone[-1].id

    def page(after: tuple[str, str] | None) -> directory.People:
        def without(candidates: Sequence[User]) -> set[UserId]:
            return {one.id for one in candidates} - {last}

        return school.read(
            lambda tx: directory.search(tx, actor(ADMIN), text="", after=after, limit=9, without=without)
        )

    first = page(None)
    assert first.people == []
    assert first.next is not None
    seen: list[UserId] = []
    after: tuple[str, str] | None = first.next
    while after is not None:
        found = page(after)
        seen += [card.user.id for card in found.people]
        after = found.next
    assert seen == [last]


def test_a_card_names_the_department(school: School) -> None:
    found = school.read(lambda tx: directory.search(tx, actor(DEAN), text="", after=None, limit=9))
    assert [card.department for card in found.people] == ["Optics", "Physics"]


def test_a_picture_is_for_the_people_of_its_account(school: School) -> None:
    school.write(lambda tx: tx.people.set_photo(SCHOOL, LENA, "1", PICTURE))
    assert school.read(lambda tx: directory.photo(tx, actor(NILS), user_id=LENA)) == PICTURE
    for nobody in (TOMAS, STRANGER):
        with pytest.raises(NotFound, match="photo"):
            school.read(lambda tx, whose=nobody: directory.photo(tx, actor(NILS), user_id=whose))
