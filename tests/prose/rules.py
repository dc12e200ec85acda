"""The rules for prose: those of proselint, and ours for words and turns that no native writes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from proselint import checks as proselint
from proselint.config import DEFAULT
from proselint.registry import CheckRegistry
from proselint.registry.checks import Check, CheckResult
from proselint.tools import LintFile

from tests.architecture.test_names import REPLACED
from tests.prose.markdown import prose

LEFT_OUT = {
    "archaism": "finds “for ever” in “for everyone”",
    "dates_times": "takes every “from 1,000 to 50,000” for years",
    "lexical_illusions": "takes a heading and the paragraph below it for a repetition; ours looks within a sentence",
    "typography": "wants signs that Markdown writes in ASCII",
}
"""Rules of proselint that do not fit, with the reason."""

_BEGIN = r"(?:^(?:[ \t]*(?:[-*>]|\d+\.|#+|\|))?[ \t]*|[.:;!?|][ \t\n]+)"
"""Where a sentence begins: a line's text, or what follows the end of another sentence."""
_PREPOSITIONS = "about|as|at|but|by|for|from|if|like|of|on|over|than|through|to|unless|upon|with|without"

OURS = {
    "replaced": (
        rf"\b(?:{'|'.join(sorted(REPLACED))})s?\b",
        "The glossary has another word for this.",
    ),
    "headless-who": (
        rf"{_BEGIN}Who\s+(?!may\b|can\b|must\b)[^.?!:|\n]*(?:\n(?!\n)[^.?!:|\n]*)*[.]",
        "Say who it is: somebody who, people who, the person who.",
    ),
    "preposition-who": (
        rf"\b(?:{_PREPOSITIONS})\s+who\b(?!\s+(?:may|can|could|must)\b)",
        "Say who it is: those who, somebody who, people who.",
    ),
    "whoever": (r"\b[Ww]ho(?:m|se)?ever\b", "Say anyone who, the person who."),
    "so-many": (r"\bso\s+many\b(?!\s+\w+\s+that|\s+that)", "Say that many, or how many."),
    "is-to-be": (
        r"\b(?:is|are|was|were)\s+to\s+be\s+\w+(?:ed|en|ld|ught|wn|ne)\b",
        "Say must be, should be, or will be.",
    ),
    "one-for-a-thing": (
        rf"{_BEGIN}One\s+(?:that|who|whose|which|is|was|has|had|can|cannot|may|might|must|should|will)\b",
        "Name the thing or the person.",
    ),
    "oneself": (r"\b[Oo]neself\b|(?<!\w)[Oo]ne['’]s\b", "Say yourself, their, or the person's."),
    "twice-the-same": (r"\b(?!that\b|had\b)([A-Za-z]+)(?: +|\n)\1\b", "The word stands there twice."),
}
"""Our rules: what is wrong, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a page, and where."""

    line: int
    rule: str
    said: str
    advice: str


def faults(markdown: str) -> Iterable[Fault]:
    """What is wrong with a page, in its order."""
    if not markdown.strip():
        return
    _register()
    page = LintFile("page", prose(markdown))
    checks = {**DEFAULT["checks"], **dict.fromkeys(LEFT_OUT, False), **dict.fromkeys(OURS, True)}
    for one in page.lint({"max_errors": 1000, "checks": checks}):
        found = one.check_result
        said = " ".join(page.content[slice(*found.span)].split())
        yield Fault(one.pos[0], found.check_path, said, found.message)


def _register() -> None:
    """Tell proselint of all rules, once: it keeps them for the process."""
    registry = CheckRegistry()
    if not registry.checks:
        registry.register_many(proselint.__register__)
        registry.register_many(tuple(_check(name, *rule) for name, rule in OURS.items()))


def _check(name: str, pattern: str, advice: str) -> Check:
    """A rule of ours as a check of proselint: every place that matches."""
    compiled = re.compile(pattern, re.MULTILINE)

    def find(text: str, check: Check) -> Iterator[CheckResult]:
        for found in compiled.finditer(text):
            start = found.end() - len(found[0].lstrip(" \n\t.:;!?|#->*"))
            yield CheckResult(check.path, check.message, (start, found.end()), None)

    return Check(find, path=name, message=advice)
