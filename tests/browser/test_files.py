"""Files as people meet them: chosen, on their way, in a message, looked at, and gone with it."""

import io
import re

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import report, violations
from tests.browser.conftest import WITHOUT_WORKER, Enter
from tests.browser.person import Person


def picture(colour: str, size: tuple[int, int] = (1200, 800)) -> bytes:
    """A picture in one colour, with a mark in it."""
    image, file = Image.new("RGB", size, colour), io.BytesIO()
    ImageDraw.Draw(image).ellipse((size[0] // 3, size[1] // 3, size[0] // 2, size[1] // 2), fill="white")
    image.save(file, "JPEG")
    return file.getvalue()


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    """Press the clip, and choose."""
    with page.expect_file_chooser() as opened:
        page.get_by_role("button", name="Attach files").click()
    opened.value.set_files([{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files])


def talking(enter: Enter) -> tuple[Person, Person]:
    """Maya and Daniel, both in their chat."""
    maya, daniel = enter("maya", **WITHOUT_WORKER), enter("daniel")
    for person, other in ((maya, daniel), (daniel, maya)):
        person.open_messages()
        person.open_chat(other.name)
    return maya, daniel


def cards(page: Page) -> list[str]:
    """What the cards in the composer say."""
    return [" ".join(one.split()) for one in page.locator("form .state").all_inner_texts()]


def test_files_are_sent_seen_and_gone_for_everyone(enter: Enter) -> None:
    maya, daniel = talking(enter)
    plan = b"%PDF-1.4\n" + b"x" * 5_000
    shots = [(f"Shot {n}.jpg", "image/jpeg", picture(colour)) for n, colour in enumerate(("navy", "maroon"))]
    choose(maya.page, *shots, ("Evacuation plan.pdf", "application/pdf", plan))
    expect(maya.page.locator("form .state").filter(has_text="Ready")).to_have_count(3)
    found = violations(maya.page)
    assert not found, report(found)
    maya.composer.fill("Is this the plan?")
    maya.page.get_by_role("button", name="Forward").click()
    expect(maya.page.locator("form .state")).to_have_count(0)
    bubble = daniel.bubble("Is this the plan?")
    expect(bubble.get_by_role("button", name="View Shot 0.jpg")).to_be_visible()
    expect(bubble.locator("img").first).to_have_js_property("complete", value=True)
    assert bubble.locator("img").first.evaluate("(one) => one.naturalWidth") == 640
    found = violations(daniel.page)
    assert not found, report(found)
    with daniel.page.expect_download() as saved:
        bubble.get_by_role("link", name="Download Evacuation plan.pdf").click()
    assert saved.value.suggested_filename == "Evacuation plan.pdf"
    assert saved.value.path().read_bytes() == plan

    bubble.get_by_role("button", name="View Shot 0.jpg").click()
    viewer = daniel.page.get_by_role("dialog", name="Pictures")
    expect(viewer.get_by_role("img", name="Shot 0.jpg")).to_be_visible()
    found = violations(daniel.page)
    assert not found, report(found)
    daniel.page.keyboard.press("ArrowRight")
    expect(viewer.get_by_role("img", name="Shot 1.jpg")).to_be_visible()
    daniel.page.keyboard.press("+")
    expect(viewer.get_by_role("img")).to_have_css("transform", re.compile("1.5"))
    daniel.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(bubble.get_by_role("button", name="View Shot 0.jpg")).to_be_focused()

    address = bubble.locator("img").first.get_attribute("src")
    maya.bubble("Is this the plan?").hover()
    maya.dots_of("Is this the plan?").click()
    maya.page.get_by_role("menuitem", name="Delete for everyone").click()
    maya.confirm("Delete for everyone", "Delete for everyone")
    daniel.sees("Message deleted")
    assert daniel.page.request.get(str(address)).status == 404


@pytest.mark.slow
def test_a_message_waits_for_its_file_through_a_lost_line_and_a_reload_and_is_sent_once(enter: Enter) -> None:
    maya, daniel = talking(enter)
    lines: list[Route] = []
    maya.page.route("**/api/v1/uploads/*", lambda route: lines.append(route) if len(lines) < 1 else route.abort())
    choose(maya.page, ("Drill.bin", "application/octet-stream", bytes(3_000_000)))
    maya.page.wait_for_function("() => document.querySelector('form .state')")
    maya.write("And the drill")
    expect(maya.page.get_by_text("Sending 1 of 1")).to_be_visible()
    lines[0].abort()
    expect(maya.page.locator(".bubble .state").filter(has_text="Paused")).to_be_visible()
    maya.page.unroute("**/api/v1/uploads/*")
    maya.page.reload()
    expect(daniel.bubble("And the drill").get_by_role("link", name="Drill.bin")).to_be_visible()
    expect(daniel.bubble("And the drill")).to_have_count(1)
    expect(maya.bubble("And the drill").get_by_role("link", name="Drill.bin")).to_be_visible()


@pytest.mark.slow
def test_what_cannot_be_sent_says_why_and_a_file_can_be_taken_back(enter: Enter) -> None:
    maya, _ = talking(enter)
    choose(maya.page, ("broken.png", "image/png", b"\x89PNG\r\n\x1a\nbroken"), ("a.txt", "text/plain", b"words"))
    expect(maya.page.locator("form .state").filter(has_text="This picture can’t be read")).to_be_visible()
    expect(maya.page.locator("form .state").filter(has_text="Ready")).to_be_visible()
    for name in ("broken.png", "a.txt"):
        maya.page.get_by_role("button", name=f"Remove {name}").click()
    expect(maya.page.locator("form .state")).to_have_count(0)
    expect(maya.page.get_by_role("button", name="Forward")).to_be_disabled()
