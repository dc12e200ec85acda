"""A page that is older than its server: it says so, loads itself anew when asked to, and loses nothing that was written."""

import re

import pytest
from playwright.sync_api import Route, expect

from hallway.transport.wire.version import HEADER, PROTOCOL
from tests.browser.conftest import Enter

pytestmark = pytest.mark.slow


def _as_an_older_page(route: Route) -> None:
    route.continue_(headers={**route.request.headers, HEADER.lower(): str(PROTOCOL - 1)})


def test_an_outdated_page_says_so_and_what_was_written_goes_out_after_the_reload(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    updated = maya.page.get_by_role("status").filter(has_text="Hallway was updated.")
    expect(updated).to_have_count(0)
    maya.page.route("**/api/v1/**", _as_an_older_page)
    maya.write("From the older page")
    expect(updated).to_be_visible()
    expect(maya.page.get_by_text("You’re offline")).to_have_count(0)
    expect(maya.bubble("From the older page")).to_contain_text("Waiting")
    maya.composer.fill("Half a sentence")
    maya.page.unroute("**/api/v1/**")
    updated.get_by_role("button", name="Reload").click()
    expect(maya.bubble("From the older page")).to_contain_text(re.compile("Sent|Read"))
    expect(maya.bubble("From the older page")).to_have_count(1)
    expect(maya.composer).to_have_value("Half a sentence")
    expect(updated).to_have_count(0)
