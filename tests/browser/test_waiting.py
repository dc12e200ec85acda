"""Experts with many learners: who waits for an answer, the longest on top."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter


def test_a_question_waits_for_its_expert_until_it_is_answered(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_course("Fire Safety Basics")
    maya.write_expert(daniel.name)
    maya.write("Does it wait for you?")
    maya.sees("Does it wait for you?")
    daniel.open_messages()
    filters = daniel.page.get_by_role("group", name="Chats")
    waiting = filters.get_by_role("button", name="Waiting for my answer")
    count = daniel.ask("GET", "/conversations?limit=1")[1]["waiting_chats"]
    expect(waiting).to_have_text(f"Waiting for my answer {count}")
    waiting.click()
    row = daniel.row(maya.name)
    expect(row).to_contain_text("1 min")
    daniel.open_chat(maya.name)
    daniel.write("Not any more.")
    daniel.sees("Not any more.")
    expect(row).to_have_count(0)
    expect(waiting).to_have_text(f"Waiting for my answer {count - 1}")
    maya.open_messages()
    expect(maya.page.get_by_role("button", name="Waiting for my answer")).to_have_count(0)
