"""Axe over a page as it stands: what it finds to be in the way of people who see, hear or type differently."""

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SCRIPT = Axe().axe_script
_RUN = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)"""
"""What passed is not brought over: to write it down takes as long as to find it."""


def violations(page: Page) -> list[dict[str, Any]]:
    """All that breaks a rule, as axe tells it."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return found


def report(found: list[dict[str, Any]]) -> str:
    """Where, and what is wrong there."""
    nodes = ((one["help"], node) for one in found for node in one["nodes"])
    return "\n".join(f"{what}: {node['html']}\n{json.dumps(node.get('any'), indent=1)}" for what, node in nodes)
