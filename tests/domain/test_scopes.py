"""Scopes: three steps, each with those before it."""

from collections.abc import Collection

import pytest

from hallway.domain.scopes import EVERY_SCOPE, Scope, allows, covers, with_included
from hallway.domain.verdicts import Denial

READ, WRITE, ADMIN = Scope
STEPS = {READ: {READ}, WRITE: {READ, WRITE}, ADMIN: {READ, WRITE, ADMIN}}


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_includes_those_before_it(scope: Scope) -> None:
    assert with_included([scope]) == STEPS[scope]
    assert with_included([READ, scope]) == STEPS[scope]


def test_no_scope_includes_none() -> None:
    assert with_included([]) == frozenset()
    assert with_included([ADMIN]) == EVERY_SCOPE


@pytest.mark.parametrize("has", Scope)
@pytest.mark.parametrize("needs", Scope)
def test_a_token_is_refused_what_it_has_not(has: Scope, needs: Scope) -> None:
    verdict = allows(with_included([has]), needs)
    assert verdict.denial == (None if needs in STEPS[has] else Denial.TOKEN_SCOPE)


@pytest.mark.parametrize("needs", Scope)
def test_who_has_no_scopes_at_all_is_not_limited_by_them(needs: Scope) -> None:
    assert allows(None, needs)
    assert not allows([], needs)


@pytest.mark.parametrize(
    ("scopes", "wanted", "is_covered"),
    [
        (None, None, True),
        (None, [ADMIN], True),
        ([READ, WRITE], [READ], True),
        ([READ, WRITE], [READ, WRITE], True),
        ([READ], [READ, WRITE], False),
        ([READ, WRITE, ADMIN], None, False),
    ],
)
def test_nobody_hands_on_more_than_they_have(
    scopes: Collection[Scope] | None, wanted: Collection[Scope] | None, is_covered: bool
) -> None:
    assert covers(scopes, wanted) is is_covered
