"""Verdicts and refusals: a no is never taken for a yes, and always says why and what would change it."""

import pickle

import pytest

from hallway.domain.verdicts import ALLOWED, EXPLANATIONS, Denial, Refused, Verdict, require

SECTIONS = {f"§{number}" for number in range(1, 20)}

# Clients and integrators know these words; a change of one breaks them.
CODES = {
    "messaging_off",
    "yourself",
    "you_not_active",
    "other_removed",
    "other_deactivated",
    "other_not_expert",
    "you_not_expert",
    "no_relation",
    "neither_may_write",
    "not_your_message",
    "too_late",
    "not_staff",
    "outside_your_departments",
    "right_not_yours",
    "owner_protected",
    "not_yourself",
    "expert_not_active",
    "link_by_mail",
    "link_unconfirmed",
    "link_by_operator",
    "no_mail_reaches",
    "no_second_administrator",
    "token_scope",
    "files_off",
    "file_too_large",
    "file_kind",
    "files_full",
    "edits_full",
    "reactions_full",
}


@pytest.mark.parametrize("denial", Denial)
def test_a_denial_makes_a_verdict_false(denial: Denial) -> None:
    assert not Verdict(denial)
    assert Verdict(denial).denial is denial


def test_a_verdict_without_denial_is_true() -> None:
    assert Verdict()
    assert ALLOWED
    assert ALLOWED.denial is None
    assert Verdict() == ALLOWED


def test_or_goes_on_to_the_second_verdict_only_after_a_no() -> None:
    assert (Verdict(Denial.NO_RELATION) or Verdict(Denial.YOURSELF)).denial is Denial.YOURSELF
    assert (ALLOWED or Verdict(Denial.YOURSELF)) is ALLOWED


def test_every_denial_is_explained_and_nothing_else_is() -> None:
    assert set(EXPLANATIONS) == set(Denial)


@pytest.mark.parametrize("denial", Denial)
def test_an_explanation_names_its_rule_and_speaks_in_sentences(denial: Denial) -> None:
    explained = EXPLANATIONS[denial]
    assert explained.rule in SECTIONS
    for sentence in (explained.because, explained.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert explained.because != explained.remedy


def test_no_two_denials_say_the_same() -> None:
    assert len({one.because for one in EXPLANATIONS.values()}) == len(Denial)


def test_the_codes_are_those_that_clients_know() -> None:
    assert {one.value for one in Denial} == CODES


@pytest.mark.parametrize("denial", Denial)
def test_require_raises_what_was_denied_in_words(denial: Denial) -> None:
    with pytest.raises(Refused) as refused:
        require(Verdict(denial))
    assert refused.value.denial is denial
    assert str(refused.value) == EXPLANATIONS[denial].because


def test_require_lets_pass_what_is_allowed() -> None:
    require(ALLOWED)
    require(Verdict())


def test_a_verdict_survives_a_journey_between_processes() -> None:
    verdict = Verdict(Denial.TOO_LATE)
    assert pickle.loads(pickle.dumps(verdict)) == verdict  # noqa: S301 - our own bytes
