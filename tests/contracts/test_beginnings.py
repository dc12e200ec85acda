"""beginnings: who never signed in, what was made for them, and the first steps, of one account alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import CourseId, SessionId, UserId
from hallway.domain.people import State
from hallway.usecases.access.links import LINK_LIFE
from hallway.usecases.access.records import AccessNotice, Deed, Session
from hallway.usecases.people.directory import key
from hallway.usecases.people.invitations import WHO_NEVER_CAME_IN
from hallway.usecases.transaction import Store
from tests.contracts.world import (
    ADMIN,
    ALGEBRA,
    BIOLOGY,
    ELSEWHERE,
    EXPERT,
    HERE,
    LENA,
    NOON,
    OWNER,
    TOMAS,
    TOP,
    USERS,
    change,
    furnished,
    named,
    talk,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    """Those of the two accounts, of whom nobody ever signed in."""
    furnished(store)


def _newcomers(store: Store, within: frozenset[str] | None = None) -> list[str]:
    """By pages of two."""
    found: list[str] = []
    chosen, after = replace(WHO_NEVER_CAME_IN, within=within), None  # type: ignore[arg-type]
    while True:
        page = store.read(lambda tx, at=after: tx.people.page(HERE, chosen, after=at, limit=2))  # type: ignore[arg-type]
        found += [one.name for one in page]
        if len(page) < 2:
            break
        last = page[-1]
        after = key(last)
    assert store.read(lambda tx: tx.people.count(HERE, chosen)) == len(found)  # type: ignore[arg-type]
    return found


def _session(user_id: UserId, kind: str, *, made: int = 0, lasts: int = 7) -> Session:
    name = f"{kind} of {user_id} made on day {made}"
    at = NOON + made * DAY
    return Session(
        account_id=HERE,
        id=SessionId(named(name)),
        user_id=user_id,
        kind=kind,
        hashed=named(name),
        name="",
        created_at=at,
        expires_at=at + lasts * DAY,
    )


def test_newcomers_are_active_and_never_came_in(store: Store) -> None:
    everybody = [one.name for one in USERS]
    assert sorted(_newcomers(store)) == sorted(everybody)
    change(store, lambda tx: tx.people.note_sign_in(HERE, OWNER, NOON))
    change(store, lambda tx: tx.people.set_password(HERE, ADMIN, "#"))
    change(store, lambda tx: tx.sessions.add(_session(EXPERT, "token")))
    change(store, lambda tx: tx.sessions.add(_session(LENA, "link")))
    boris = next(one for one in USERS if one.name == "Boris Boss")
    change(store, lambda tx: tx.people.save([replace(boris, state=State.INACTIVE)]))
    assert _newcomers(store) == ["Lena Löwe", "Mona Manager", "Tomás Ruiz"]


def test_newcomers_of_departments_are_those_below_too(store: Store) -> None:
    assert _newcomers(store, frozenset({TOP})) == ["Tomás Ruiz"]
    assert _newcomers(store, frozenset()) == []


def _invited(store: Store) -> dict[UserId, tuple[datetime | None, datetime | None]]:
    found = store.read(lambda tx: tx.people.arrivals(HERE, [LENA, TOMAS, ADMIN]))
    return {one: (known.invited_at, known.link_expires_at) for one, known in found.items()}


def test_the_newest_link_and_notice_say_how_somebody_was_invited(store: Store) -> None:
    assert set(_invited(store).values()) == {(None, None)}
    for made in (0, 3):
        change(store, lambda tx, day=made: tx.sessions.add(_session(LENA, "link", made=day)))
    change(store, lambda tx: tx.sessions.add(_session(ADMIN, "token")))
    for number, day in enumerate((1, 2)):
        at = NOON + day * DAY
        notice = AccessNotice(
            account_id=HERE, id=named(f"notice {number}"), user_id=TOMAS, deed=Deed.LINK_MADE, by_id=ADMIN, at=at
        )
        change(store, lambda tx, one=notice: tx.access.add_notice(one))
    other = AccessNotice(
        account_id=HERE, id=named("password"), user_id=ADMIN, deed=Deed.PASSWORD_SET, by_id=OWNER, at=NOON
    )
    change(store, lambda tx: tx.access.add_notice(other))
    assert _invited(store) == {
        LENA: (NOON + 3 * DAY, NOON + 10 * DAY),
        TOMAS: (NOON + 2 * DAY, NOON + 2 * DAY + LINK_LIFE),
        ADMIN: (None, None),
    }


def test_the_facts_of_the_first_steps_are_those_of_one_account(store: Store) -> None:
    before = Beginning(people=6, departments=4, courses=2, experts=1, is_anyone_invited=False, has_messages=False)
    assert store.read(lambda tx: tx.beginnings.facts(HERE)) == before
    nothing = Beginning(people=1, departments=0, courses=0, experts=0, is_anyone_invited=False, has_messages=False)
    assert store.read(lambda tx: tx.beginnings.facts(ELSEWHERE)) == nothing
    change(store, lambda tx: tx.people.note_sign_in(HERE, OWNER, NOON))
    assert store.read(lambda tx: tx.beginnings.facts(HERE)) == before  # the owner is nobody whom they invited
    change(store, lambda tx: tx.sessions.add(_session(LENA, "link")))
    talk(store, OWNER, LENA, ["Hello"])
    after = replace(before, is_anyone_invited=True, has_messages=True)
    assert store.read(lambda tx: tx.beginnings.facts(HERE)) == after
    assert store.read(lambda tx: tx.beginnings.facts(ELSEWHERE)) == nothing


def test_the_first_course_is_one_with_an_expert_else_the_oldest(store: Store) -> None:
    assert store.read(lambda tx: tx.beginnings.first_course(ELSEWHERE)) is None
    first = store.read(lambda tx: tx.beginnings.first_course(HERE))
    assert first == Course(
        account_id=HERE, id=BIOLOGY, title="Biology", description="Life", lessons=("Cells", "Ökologie")
    )
    change(store, lambda tx: tx.courses.unassign(HERE, BIOLOGY, EXPERT))
    oldest = store.read(lambda tx: tx.beginnings.first_course(HERE))
    assert oldest is not None
    assert oldest.id == min(BIOLOGY, ALGEBRA)
    newest = CourseId(named("zoology").replace(named("zoology")[0], "f", 1))
    change(store, lambda tx: tx.courses.add([Course(account_id=HERE, id=newest, title="Zoology")]))
    change(store, lambda tx: tx.courses.assign(HERE, [(newest, EXPERT)], at=NOON))
    taught = store.read(lambda tx: tx.beginnings.first_course(HERE))
    assert taught is not None
    assert taught.id == newest
