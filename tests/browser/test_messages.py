"""What Messages does beyond the seed: a weak network, long histories, ugly texts, keys, phones, other devices."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, WebSocket, expect

from tests.browser.conftest import WITHOUT_WORKER, Enter
from tests.browser.person import Person
from tests.servers.academy import Serving

DANIEL = "Daniel Okafor"
UPWARD = """async (box) => {
  const [jumps, passed] = [[], new Set()];
  const top = () => box.getBoundingClientRect().top;
  const at = (seq) => box.querySelector(`[data-seq="${seq}"]`)?.getBoundingClientRect().top;
  for (let step = 0; step < 800 && (box.scrollTop > 0 || at(1) === undefined); step += 1) {
    const first = [...box.querySelectorAll("[data-seq]")].find((one) => one.getBoundingClientRect().bottom > top());
    if (!first) {
      await new Promise(requestAnimationFrame);
      continue;
    }
    const [seq, before] = [first.dataset.seq, at(first.dataset.seq)];
    box.scrollTop = Math.max(0, box.scrollTop - 120);
    const moved = at(seq) - before;
    for (let [last, same] = [NaN, 0]; same < 3; last = at(seq)) {
      await new Promise(requestAnimationFrame);
      same = at(seq) === last ? same + 1 : 0;
    }
    jumps.push(Math.abs(at(seq) - before - moved));
    for (const one of box.querySelectorAll("[data-seq]")) passed.add(one.dataset.seq);
  }
  return { jumps, passed: passed.size };
}"""
"""Scrolls up, step by step; answers how far the view had moved by itself once it was at rest, and how many messages came by."""
SENDS = re.compile(r"/api/v1/(people|conversations)/[^/]+/messages$")


def open_daniel(person: Person) -> None:
    person.open_messages()
    person.open_chat(DANIEL)


def test_offline_a_message_waits_survives_a_reload_and_goes_when_the_line_is_back(enter: Enter) -> None:
    maya, daniel = enter("maya", **WITHOUT_WORKER), enter("daniel")
    daniel.open_messages()
    daniel.open_chat(maya.name)
    open_daniel(maya)
    maya.page.route("**/api/v1/conversations/*/messages", lambda route: route.abort("internetdisconnected"))
    maya.write("Written in the tunnel")
    expect(maya.bubble("Written in the tunnel")).to_contain_text("Waiting")
    maya.page.reload()
    expect(maya.bubble("Written in the tunnel")).to_contain_text("Waiting")
    maya.page.unroute_all()
    expect(maya.bubble("Written in the tunnel")).to_contain_text(re.compile("Sent|Read"))
    daniel.sees("Written in the tunnel")
    expect(daniel.bubble("Written in the tunnel")).to_have_count(1)


def test_an_answer_that_is_lost_on_the_way_never_doubles_the_message(enter: Enter) -> None:
    maya = enter("maya", **WITHOUT_WORKER)
    open_daniel(maya)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.fallback()
            return
        lost.append(route.fetch().text())
        route.abort("connectionreset")

    maya.page.route("**/api/v1/conversations/*/messages", lose_the_first)
    with maya.page.expect_event("requestfailed"):
        maya.write("Only once, please")
    expect(maya.bubble("Only once, please")).to_contain_text("Sent")
    assert "Only once" in lost[0]
    maya.page.reload()
    maya.sees("Only once, please")
    expect(maya.bubble("Only once, please")).to_have_count(1)


def test_a_refused_message_says_why_and_can_be_retried_or_deleted(enter: Enter) -> None:
    samuel, maya = enter("samuel"), enter("maya", **WITHOUT_WORKER)
    open_daniel(maya)
    refusal = {
        "type": "/problems/too_many",
        "title": "Too many",
        "status": 429,
        "code": "too_many",
        "detail": "",
        "request_id": "-",
    }
    maya.page.route(
        "**/api/v1/conversations/*/messages", lambda route: route.fulfill(status=429, body=json.dumps(refusal))
    )
    maya.write("Too fast")
    bubble = maya.bubble("Too fast")
    expect(bubble).to_contain_text("Not sent")
    expect(bubble.get_by_role("alert")).to_contain_text("You’re sending messages too fast.")
    expect(maya.row(DANIEL)).to_contain_text("Not sent.")
    maya.page.unroute_all()
    bubble.get_by_role("button", name="Retry").click()
    expect(maya.bubble("Too fast")).to_contain_text("Sent")
    assert samuel.login


@pytest.mark.slow
def test_the_composer_turns_into_the_notice_when_messaging_is_switched_off_between_two_keys(enter: Enter) -> None:
    samuel, maya = enter("samuel"), enter("maya")
    open_daniel(maya)
    maya.composer.fill("Half a sent")
    samuel.ask("PATCH", "/admin/settings", {"messaging_on": False})
    expect(maya.composer).to_have_count(0)
    samuel.ask("PATCH", "/admin/settings", {"messaging_on": True})
    open_daniel(maya)
    expect(maya.composer).to_have_value("Half a sent")


@pytest.mark.slow
def test_a_long_history_loads_page_by_page_without_a_jump(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya_id = maya.id()
    for number in range(1, 131):
        daniel.ask("POST", f"/people/{maya_id}/messages", {"body": f"Line {number:03}", "key": f"line-number-{number}"})
    open_daniel(maya)
    history = maya.page.get_by_role("region", name=f"Messages with {DANIEL}")
    expect(maya.page.get_by_text("New messages", exact=True)).to_be_in_viewport()
    maya.page.get_by_role("button", name="Jump to latest").click()
    expect(maya.bubble("Line 130")).to_be_in_viewport()
    seen = maya.page.evaluate(UPWARD, history.element_handle())
    assert seen["passed"] >= 140, "every message came by"
    assert max(seen["jumps"]) <= 2, f"the view jumped by {seen['jumps']} pixels"
    expect(maya.bubble("Does the course count for the yearly safety day?")).to_be_in_viewport()
    maya.page.get_by_role("button", name="Jump to latest").click()
    expect(maya.bubble("Line 130")).to_be_in_viewport()


@pytest.mark.slow
def test_a_message_that_arrives_while_reading_above_is_counted_and_moves_nothing(enter: Enter) -> None:
    maya, daniel = enter("maya", viewport={"width": 1280, "height": 480}), enter("daniel")
    open_daniel(maya)
    history = maya.page.get_by_role("region", name=f"Messages with {DANIEL}")
    history.hover()
    maya.page.mouse.wheel(0, -5_000)
    expect(maya.page.get_by_role("button", name="Jump to latest")).to_be_visible()
    daniel.ask("POST", f"/people/{maya.id()}/messages", {"body": "Something new below", "key": "something-new"})
    newest = maya.page.get_by_role("button", name="Jump to latest, 1 new message")
    expect(newest).to_be_visible()
    assert history.evaluate("(box) => box.scrollTop") == 0
    newest.click()
    expect(maya.bubble("Something new below")).to_be_in_viewport()
    expect(maya.row(DANIEL)).not_to_have_accessible_name(re.compile("unread"))


@pytest.mark.slow
def test_a_screen_at_rest_asks_for_nothing(enter: Enter) -> None:
    maya = enter("maya")
    sockets: list[WebSocket] = []
    maya.page.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108 - Playwright keeps a mark on it
    maya.page.clock.install()
    open_daniel(maya)
    maya.sees("Yes, foam works for both.")
    maya.page.wait_for_load_state("networkidle")
    asked: list[str] = []
    maya.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    for _ in range(3):  # a connection that was opened late catches up once; what asks again and again does so each time
        asked.clear()
        for _ in range(24):
            with sockets[-1].expect_event(
                "framereceived"
            ):  # the answer to the heartbeat, without which the line is given up
                maya.page.clock.run_for("00:25")
        maya.page.evaluate("fetch('/mark.svg')")
        if asked == ["/mark.svg"]:
            break
    assert asked == ["/mark.svg"], "in ten minutes nothing but what the test itself asks for"


def test_links_are_clickable_and_safe_and_markup_is_text(enter: Enter) -> None:
    maya = enter("maya")
    open_daniel(maya)
    maya.write("<b>bold</b> <img src=x onerror=alert(1)> https://example.org/a_(b)?c=d&e=f. javascript:alert(1)")
    bubble = maya.bubble("bold")
    expect(bubble).to_contain_text("<b>bold</b> <img src=x onerror=alert(1)>")
    link = bubble.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.org/a_(b)?c=d&e=f")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(link).to_have_attribute("target", "_blank")


@pytest.mark.slow
def test_the_limit_of_4000_characters_is_counted_and_said_before_it_is_reached(enter: Enter) -> None:
    maya = enter("maya")
    open_daniel(maya)
    forward = maya.page.get_by_role("button", name="Forward")
    maya.composer.fill("é" * 3_900)
    expect(maya.page.get_by_text("100 characters left")).to_be_visible()
    maya.composer.fill("👍" * 4_001)
    expect(maya.page.get_by_text("1 character over the limit")).to_be_visible()
    expect(forward).to_be_disabled()
    maya.composer.fill("👍" * 4_000)
    expect(maya.page.get_by_text("0 characters left")).to_be_visible()
    forward.click()
    expect(maya.bubble("👍" * 4_000)).to_contain_text("Sent")


@pytest.mark.slow
def test_the_composer_grows_with_what_is_written_and_keeps_the_keyboard_when_it_is_sent(enter: Enter) -> None:
    maya = enter("maya", is_phone=True)
    open_daniel(maya)
    height = "(box) => box.offsetHeight"
    small = maya.composer.evaluate(height)
    maya.composer.fill("A line\nand two\nand three")
    assert small * 2 < maya.composer.evaluate(height) < small * 3
    maya.composer.fill("A line\n" * 40)
    assert maya.composer.evaluate(height) == 200
    maya.composer.fill("Shorter\nof two")
    assert small < maya.composer.evaluate(height) < small * 2
    maya.composer.evaluate("(box) => { box.lost = 0; box.addEventListener('blur', () => box.lost += 1); }")
    maya.page.get_by_role("button", name="Forward").click()
    expect(maya.bubble("Shorter")).to_contain_text("Sent")
    assert maya.composer.evaluate(height) == small
    assert maya.composer.evaluate("(box) => box.lost") == 0
    expect(maya.composer).to_be_focused()


@pytest.mark.slow
def test_search_finds_people_and_says_when_nothing_is_found(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    box = maya.page.get_by_role("searchbox", name="Search people and messages")
    box.fill("aydin")
    expect(maya.page.get_by_role("option", name="Elif Aydın")).to_be_visible()
    expect(maya.row(DANIEL)).to_have_count(0)
    box.fill("nobody of that name")
    nothing = re.compile("No results for .*nobody of that name.*Check the spelling,? or try fewer letters")
    expect(maya.page.get_by_text(nothing)).to_be_visible()
    box.fill("")
    expect(maya.row(DANIEL)).to_be_visible()


@pytest.mark.slow
def test_the_unread_filter_shows_unread_chats_alone(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.page.get_by_role("button", name="Unread 3").click()
    expect(maya.page.get_by_role("region", name="Chats").get_by_role("listitem")).to_have_count(3)
    expect(maya.row("Grace Fischer")).to_have_count(0)


@pytest.mark.slow
def test_an_empty_list_tells_a_learner_where_experts_are_found(enter: Enter) -> None:
    viktor = enter("viktor")
    viktor.open_messages()
    expect(viktor.page.get_by_role("heading", name="No messages yet")).to_be_visible()
    viktor.page.get_by_role("link", name="My courses").click()
    expect(viktor.page.get_by_role("heading", name="My courses")).to_be_visible()


def test_somebody_elses_chat_is_not_there(enter: Enter) -> None:
    daniel, maya = enter("daniel"), enter("maya")
    rows = daniel.ask("GET", "/conversations")[1]["rows"]
    chidis = next(row["conversation_id"] for row in rows if row["title"] == "Chidi Eze")
    maya.page.goto(f"/messages/{chidis}")
    expect(maya.page.get_by_text("Page not found")).to_be_visible()
    assert maya.ask("GET", f"/conversations/{chidis}")[0] == 404


@pytest.mark.slow
def test_the_server_restarts_and_every_screen_catches_up_by_itself(enter: Enter, academy: Serving) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    open_daniel(maya)
    daniel.open_messages()
    daniel.open_chat(maya.name)
    academy.stop()
    expect(maya.page.get_by_text("You’re offline.").first).to_be_visible()
    maya.write("Sent while the server was away")
    back = academy.again()
    try:
        expect(maya.bubble("Sent while the server was away")).to_contain_text(
            re.compile("· (Sent|Read)"), timeout=40_000
        )
        expect(daniel.bubble("Sent while the server was away")).to_be_visible(timeout=40_000)
        expect(maya.page.get_by_text("You’re offline.")).to_have_count(0)
    finally:
        for person in (maya, daniel):
            person.page.close()
        back.stop()
