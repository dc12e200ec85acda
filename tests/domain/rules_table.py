"""Sections 2, 3 and 4 of the rules a second time, as tables: words only, nothing of the product is used here.

A fact is written as in the rules, `teaches(b, a)`. `a` is the one who asks, `b` the other person.
"""

from dataclasses import dataclass
from functools import cache

ALWAYS = "always"
NEVER = "never"

ROLES = ("owner", "administrator", "department_administrator", "author", "learner")
STATES = ("active", "inactive", "removed")
SWITCH = ("on", "off")

# What is recorded of two people, in both directions. `manages(a, b)`: a manages the department of b, or one above it.
FACTS: tuple[str, ...] = (
    "manages(a, b)",
    "manages(b, a)",
    "teaches(a, b)",
    "teaches(b, a)",
    "hosts(a, b)",
    "hosts(b, a)",
    "supervises(a, b)",
    "supervises(b, a)",
)

# §2: what makes `oversees(a, b)` true, by the role of a.
OVERSEES = {
    "owner": ALWAYS,
    "administrator": ALWAYS,
    "department_administrator": "manages(a, b)",
    "author": NEVER,
    "learner": NEVER,
}

# §3: a may start when one of these holds.
MODES = {
    "strict": ("oversees(a, b)", "teaches(b, a)"),
    "managers": ("oversees(a, b)", "teaches(b, a)", "oversees(b, a)"),
    "limited": ("oversees(a, b)", "teaches(b, a)", "hosts(b, a)", "supervises(a, b)"),
    "open": (ALWAYS,),
}

# §3: what start needs beside a relation; the answer is the first that applies.
START_IS_REFUSED_BECAUSE = (
    ("the switch is off", "messaging_off"),
    ("a is not active", "you_not_active"),
    ("no relation holds", "no_relation"),
    ("b was removed", "other_removed"),
    ("b was deactivated", "other_deactivated"),
)

# §4: why a dialog that neither may start is read-only, as a is told; the first that applies.
DIALOG_IS_READ_ONLY_BECAUSE = (
    ("the switch is off", "messaging_off"),
    ("b was removed", "other_removed"),
    ("b was deactivated", "other_deactivated"),
    ("a is not active", "you_not_active"),
    ("b is no longer the expert", "other_not_expert"),
    ("a is no longer the expert", "you_not_expert"),
    (ALWAYS, "neither_may_write"),
)

# §4: whose question a dialog carried, and whether its expert still is one.
QUESTIONS = (
    "none",
    "a is the expert",
    "a is no longer the expert",
    "b is the expert",
    "b is no longer the expert",
)

_OTHER_WAY_ROUND = str.maketrans("ab", "ba")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that an answer depends on; `facts` are those of FACTS that hold."""

    mode: str
    switch: str
    roles: tuple[str, str]
    states: tuple[str, str]
    facts: frozenset[str]
    question: str = "none"

    def other_way_round(self) -> "Case":
        """The same case, asked by b."""
        return Case(
            self.mode,
            self.switch,
            (self.roles[1], self.roles[0]),
            (self.states[1], self.states[0]),
            _all_mirrored(self.facts),
            _mirrored_question(self.question),
        )


def why_not_start(case: Case) -> str | None:
    """The reason of §3 why a may not start, None when a may."""
    circumstances = _circumstances(case)
    return next((code for reason, code in START_IS_REFUSED_BECAUSE if reason in circumstances), None)


def why_read_only(case: Case) -> str | None:
    """The reason of §4 that a is told, None while the dialog is open."""
    if why_not_start(case) is None or why_not_start(case.other_way_round()) is None:
        return None
    circumstances = _circumstances(case)
    return next(code for reason, code in DIALOG_IS_READ_ONLY_BECAUSE if reason in circumstances)


def relations(case: Case) -> set[str]:
    """Which relations of §2 hold."""
    found = set(case.facts) | {ALWAYS}
    if OVERSEES[case.roles[0]] in found:
        found.add("oversees(a, b)")
    if _mirrored(OVERSEES[case.roles[1]]) in found:
        found.add("oversees(b, a)")
    return found


def _circumstances(case: Case) -> set[str]:
    found = {ALWAYS, case.question, f"the switch is {case.switch}"}
    if case.states[0] != "active":
        found.add("a is not active")
    if case.states[1] != "active":
        found.add({"inactive": "b was deactivated", "removed": "b was removed"}[case.states[1]])
    if relations(case).isdisjoint(MODES[case.mode]):
        found.add("no relation holds")
    return found


@cache
def _all_mirrored(facts: frozenset[str]) -> frozenset[str]:
    return frozenset(_mirrored(fact) for fact in facts)


@cache
def _mirrored(fact: str) -> str:
    """`teaches(b, a)` for `teaches(a, b)`."""
    name, bracket, people = fact.partition("(")
    return name + bracket + people.translate(_OTHER_WAY_ROUND)


def _mirrored_question(question: str) -> str:
    """`b is the expert` for `a is the expert`."""
    who, _, what = question.partition(" ")
    return f"{who.translate(_OTHER_WAY_ROUND)} {what}" if what else question
