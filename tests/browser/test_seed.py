"""The seed, sentence by sentence (S1 to S18), with two browsers at once where two people take part."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.person import NAMES, Person

FIRE = "Fire Safety Basics"


def writes_to_learner(staff: Person, learner: Person, text: str) -> None:
    """New chat, a message, and it arrives on the learner's screen without a reload."""
    learner.open_messages()
    staff.open_messages()
    staff.start_chat(learner.name)
    staff.write(text)
    staff.sees(text)
    learner.open_chat(staff.name)
    learner.sees(text)


def test_s1_the_account_owner_sends_a_message_to_a_learner(enter: Enter) -> None:
    writes_to_learner(enter("ingrid"), enter("viktor"), "Welcome back, Viktor!")


def test_s2_an_account_administrator_sends_a_message_to_a_learner(enter: Enter) -> None:
    writes_to_learner(enter("lucia"), enter("viktor"), "Your drill is on Friday.")


def test_s3_a_department_administrator_sends_a_message_to_a_learner_of_the_department(enter: Enter) -> None:
    writes_to_learner(enter("priya"), enter("chidi"), "Gate four is closed today.")


def test_s3_a_department_administrator_does_not_write_outside_of_the_department(enter: Enter) -> None:
    priya, sven = enter("priya"), enter("sven")
    sven_id = sven.id()
    priya.open_messages()
    priya.page.get_by_role("button", name="New chat").click()
    priya.page.get_by_role("combobox", name="To").fill("Sven")
    expect(priya.page.get_by_role("dialog").get_by_text("No matching people")).to_be_visible()
    status, problem = priya.ask("POST", f"/people/{sven_id}/messages", {"body": "Hello", "key": "a-key-of-priya"})
    assert (status, problem["code"]) == (403, "no_relation")
    assert sven.ask("GET", "/conversations")[1]["rows"] == []


def test_s4_a_learner_replies(enter: Enter) -> None:
    maya, priya = enter("maya"), enter("priya")
    priya.open_messages()
    maya.open_messages()
    maya.open_chat(priya.name)
    maya.write("I finish it tomorrow.")
    priya.open_chat(maya.name)
    priya.sees("I finish it tomorrow.")


def test_s5_a_learner_does_not_start_a_chat(enter: Enter) -> None:
    maya, ben = enter("maya"), enter("ben")
    maya.open_messages()
    expect(maya.page.get_by_role("button", name="New chat")).to_have_count(0)
    maya.page.goto(f"/messages/to/{ben.id()}")
    expect(maya.page.get_by_text("Page not found")).to_be_visible()
    status, problem = maya.ask("POST", f"/people/{ben.id()}/messages", {"body": "Hi Ben", "key": "a-key-of-maya"})
    assert (status, problem["code"]) == (403, "no_relation")
    assert ben.ask("GET", "/conversations")[1]["rows"] == []


def test_s6_a_learner_sends_a_question_to_the_expert_of_their_course(enter: Enter) -> None:
    aino, daniel = enter("aino"), enter("daniel")
    daniel.open_messages()
    aino.open_course(FIRE)
    aino.write_expert(daniel.name)
    aino.write("Which door do we take from the depot?")
    daniel.open_chat(aino.name)
    daniel.sees("Which door do we take from the depot?")
    expect(daniel.bubble("Which door")).to_contain_text(f"Question about {FIRE}")
    daniel.write("The one to the quay.")
    aino.sees("The one to the quay.")


def test_s7_a_new_message_shows_in_the_messages_area(enter: Enter) -> None:
    viktor, ingrid = enter("viktor"), enter("ingrid")
    viktor.page.goto("/courses")
    expect(viktor.badge).to_have_accessible_name("Messages")
    ingrid.open_messages()
    ingrid.start_chat(viktor.name)
    ingrid.write("One")
    expect(viktor.badge).to_have_accessible_name("Messages, 1 unread chat")
    expect(viktor.page).to_have_title(re.compile(r"^\(1\) "))
    viktor.badge.click()
    expect(viktor.row(ingrid.name)).to_have_accessible_name(re.compile("1 unread message"))
    ingrid.write("Two")
    expect(viktor.row(ingrid.name)).to_have_accessible_name(re.compile("2 unread messages.*Two"))


def test_s8_a_click_opens_the_chat_on_the_right_and_reads_it(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    expect(maya.badge).to_have_accessible_name("Messages, 3 unread chats")
    chat = maya.open_chat("Daniel Okafor")
    listed = maya.row("Daniel Okafor").bounding_box()
    opened = chat.bounding_box()
    assert listed
    assert opened
    assert opened["x"] >= listed["x"] + listed["width"]
    expect(chat.get_by_text("New messages")).to_be_visible()
    expect(maya.badge).to_have_accessible_name("Messages, 2 unread chats")


def test_s8_reading_takes_the_badge_away_on_the_readers_other_devices(enter: Enter) -> None:
    wide, phone = enter("maya"), enter("maya", is_phone=True)
    phone.page.goto("/courses")
    expect(phone.badge).to_have_accessible_name("Messages, 3 unread chats")
    wide.open_messages()
    wide.open_chat("Priya Raman")
    expect(phone.badge).to_have_accessible_name("Messages, 2 unread chats")


def test_s9_the_forward_icon_sends_and_says_sent_then_read(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat(daniel.name)
    forward = maya.page.get_by_role("button", name="Forward")
    expect(forward).to_be_disabled()
    maya.composer.fill(" \u200b\u2800\n")
    expect(forward).to_be_disabled()
    maya.write("Thank you!")
    expect(maya.bubble("Thank you!")).to_contain_text("Sent")
    expect(maya.composer).to_have_value("")
    daniel.open_messages()
    daniel.open_chat(maya.name)
    expect(maya.bubble("Thank you!")).to_contain_text("Read")


def test_s9_enter_sends_and_shift_enter_breaks_the_line(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.composer.press_sequentially("First line")
    maya.composer.press("Shift+Enter")
    maya.composer.press_sequentially("second line")
    maya.composer.press("Enter")
    expect(maya.bubble("First line\nsecond line")).to_contain_text("Sent")


def test_s10_three_dots_delete_message_and_it_is_gone_at_once(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat(daniel.name)
    maya.menu_of("Yes, foam works for both.").get_by_role("menuitem", name="Delete message").click()
    expect(maya.bubble("Yes, foam works for both.")).to_have_count(0)
    daniel.open_messages()
    daniel.open_chat(maya.name)
    daniel.sees("Yes, foam works for both.")
    maya.page.reload()
    maya.sees("The chart on slide 12")
    expect(maya.bubble("Yes, foam works for both.")).to_have_count(0)


def test_s10_undo_brings_a_deleted_message_back(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.menu_of("Yes, foam works for both.").get_by_role("menuitem", name="Delete message").click()
    expect(maya.bubble("Yes, foam works for both.")).to_have_count(0)
    maya.page.get_by_role("button", name="Undo").click()
    maya.sees("Yes, foam works for both.")
    maya.page.reload()
    maya.sees("Yes, foam works for both.")


def test_s10_delete_for_everyone_leaves_a_line_in_its_place_on_both_screens(enter: Enter) -> None:
    maya, daniel = enter("maya"), enter("daniel")
    maya.open_messages()
    daniel.open_messages()
    maya.open_chat(daniel.name)
    daniel.open_chat(maya.name)
    maya.write("Sent to the wrong person")
    daniel.sees("Sent to the wrong person")
    maya.menu_of("Sent to the wrong person").get_by_role("menuitem", name="Delete for everyone").click()
    maya.confirm("Delete for everyone?", "Delete for everyone")
    for person in (maya, daniel):
        expect(person.bubble("Sent to the wrong person")).to_have_count(0)
        expect(person.bubble("Message deleted")).to_be_visible()


def test_s10_delete_for_everyone_is_not_offered_for_another_persons_message(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    menu = maya.menu_of("Yes, foam works for both.")
    expect(menu.get_by_role("menuitem")).to_contain_text(["Mark as unread from here", "Delete message"])
    expect(menu.get_by_role("menuitem", name="Delete for everyone")).to_have_count(0)


def test_s11_cancel_in_the_delete_chat_window_keeps_the_dialog(enter: Enter) -> None:
    maya = enter("maya")
    maya.open_messages()
    maya.row("Elif Aydın").hover()
    maya.page.get_by_role("button", name="Delete chat with Elif Aydın").click()
    window = maya.page.get_by_role("dialog", name="Delete chat")
    expect(window).to_contain_text("Only your copy is deleted. Elif Aydın keeps theirs.")
    expect(window.get_by_role("button", name="Cancel")).to_be_focused()
    window.get_by_role("button", name="Cancel").click()
    expect(window).to_have_count(0)
    expect(maya.row("Elif Aydın")).to_be_visible()


def test_s11_delete_in_the_delete_chat_window_removes_mine_and_theirs_stays(enter: Enter) -> None:
    maya, elif_ = enter("maya"), enter("elif")
    maya.open_messages()
    maya.row(elif_.name).hover()
    maya.page.get_by_role("button", name=f"Delete chat with {elif_.name}").click()
    maya.page.get_by_role("dialog", name="Delete chat").get_by_role("button", name="Delete").click()
    expect(maya.row(elif_.name)).to_have_count(0)
    elif_.open_messages()
    elif_.open_chat(maya.name)
    elif_.sees("May I keep a list of who swapped which shift?")
    elif_.write("One thing more about the planner.")
    maya.open_chat(elif_.name)
    maya.sees("One thing more about the planner.")
    expect(maya.bubble("May I keep a list")).to_have_count(0)


def test_s12_the_course_page_has_the_link_write_an_expert(enter: Enter) -> None:
    aino = enter("aino")
    aino.open_course(FIRE)
    card = aino.expert_card("Daniel Okafor")
    expect(card.get_by_role("link", name="Write an expert")).to_be_visible()
    expect(card).to_contain_text("Safety officer")
    expect(card.locator("img")).to_have_js_property("complete", value=True)
    aino.write_expert("Daniel Okafor")
    expect(aino.composer).to_be_focused()
    assert aino.ask("GET", "/conversations")[1]["rows"] == [], "nothing is stored until the first message"


def test_s13_switched_off_the_expert_stays_visible_without_the_link(enter: Enter) -> None:
    samuel, aino = enter("samuel"), enter("aino")
    aino.open_course(FIRE)
    link = aino.expert_card("Daniel Okafor").get_by_role("link", name=re.compile("Write an expert"))
    expect(link).to_be_visible()
    samuel.page.goto("/admin/settings")
    samuel.page.get_by_role("switch", name="Private messaging").click()
    samuel.confirm("Turn off private messaging?", "Turn off")
    expect(link).to_have_count(0)
    expect(aino.badge).to_have_count(0)
    expect(aino.expert_card("Daniel Okafor")).to_contain_text("Safety officer")
    expect(aino.expert_card("Daniel Okafor").locator("img")).to_be_visible()
    samuel.page.get_by_role("switch", name="Private messaging").click()
    expect(link).to_be_visible()
    expect(aino.badge).to_be_visible()


SEND_BY_SOCKET = """async (frame) => {
  const socket = new WebSocket(`ws://${location.host}/api/v1/socket?protocol=2`);
  return await new Promise((resolve) => {
    socket.onmessage = (message) => {
      for (const one of JSON.parse(message.data)) {
        if (one.type === "welcome") socket.send(JSON.stringify(frame));
        if (one.type === "sent" || one.type === "no") { resolve(JSON.stringify(one)); socket.close(); }
      }
    };
  });
}"""


@pytest.mark.parametrize("is_on", [True, False], ids=["switched on", "switched off"])
def test_s13_switched_off_sends_are_refused_through_api_and_socket(enter: Enter, *, is_on: bool) -> None:
    samuel, aino, daniel = enter("samuel"), enter("aino"), enter("daniel")
    aino.page.goto("/courses")
    samuel.ask("PATCH", "/admin/settings", {"messaging_on": is_on})
    status, answer = aino.ask("POST", f"/people/{daniel.id()}/messages", {"body": "By API", "key": "key-of-the-api"})
    frame = {
        "type": "send",
        "id": 1,
        "to": daniel.id(),
        "to_kind": "person",
        "body": "By socket",
        "key": "key-of-socket",
    }
    framed = json.loads(aino.page.evaluate(SEND_BY_SOCKET, frame))
    if is_on:
        assert (status, framed["type"]) == (201, "sent")
    else:
        assert (status, answer["code"]) == (403, "messaging_off")
        assert (framed["type"], framed["problem"]["code"]) == ("no", "messaging_off")


def test_s14_the_student_writes_on_the_messages_page_and_sends(enter: Enter) -> None:
    ben = enter("ben")
    ben.open_course(FIRE)
    ben.write_expert("Daniel Okafor")
    expect(ben.page).to_have_url(re.compile("/messages/"))
    ben.write("Is foam good for cables?")
    expect(ben.bubble("Is foam good for cables?")).to_contain_text("Sent")
    expect(ben.row("Daniel Okafor")).to_be_visible()


def test_s15_the_expert_is_notified_in_the_messages_section(enter: Enter) -> None:
    ben, daniel = enter("ben"), enter("daniel")
    daniel.page.goto("/courses")
    expect(daniel.badge).to_have_accessible_name("Messages, 2 unread chats")
    ben.open_course(FIRE)
    ben.write_expert(daniel.name)
    ben.write("Is foam good for cables?")
    expect(daniel.badge).to_have_accessible_name("Messages, 3 unread chats")
    daniel.badge.click()
    expect(daniel.row(ben.name)).to_have_accessible_name(re.compile(f"Question · {FIRE}.*1 unread message"))


def chat_is_kept(person: Person, other: str, said: str, notice: str) -> None:
    """The chat is there with all that was said, and nobody can write in it."""
    person.open_messages()
    person.open_chat(other)
    person.sees(said)
    expect(person.page.get_by_text(notice)).to_be_visible()
    expect(person.composer).to_have_count(0)


def test_s16_unassigned_the_chat_is_kept_on_both_sides_and_read_only(enter: Enter) -> None:
    said = "Thank you, that helps a lot!"
    chat_is_kept(enter("maya"), NAMES["tomas"], said, "Tomás Herrera is no longer an expert of Negotiation Skills.")
    chat_is_kept(enter("tomas"), NAMES["maya"], said, "You’re no longer an expert of Negotiation Skills.")


def test_s16_the_composer_turns_into_the_notice_and_back_on_open_screens(enter: Enter) -> None:
    samuel, maya, elif_ = enter("samuel"), enter("maya"), enter("elif")
    for one, other in ((maya, elif_), (elif_, maya)):
        one.open_messages()
        one.open_chat(other.name)
        expect(one.composer).to_be_visible()
    courses = samuel.ask("GET", "/admin/courses")[1]["courses"]
    gdpr = next(one["id"] for one in courses if one["title"] == "GDPR for Teams")
    samuel.ask("DELETE", f"/admin/courses/{gdpr}/experts/{elif_.id()}")
    expect(maya.page.get_by_text("Elif Aydın is no longer an expert of GDPR for Teams.")).to_be_visible()
    expect(elif_.page.get_by_text("You’re no longer an expert of GDPR for Teams.")).to_be_visible()
    samuel.ask("PUT", f"/admin/courses/{gdpr}/experts/{elif_.id()}")
    for one in (maya, elif_):
        expect(one.composer).to_be_visible()
    maya.write("Good to have you back!")
    elif_.sees("Good to have you back!")


def test_s17_deactivated_the_chat_is_kept_and_read_only_until_they_are_active_again(enter: Enter) -> None:
    samuel, maya, daniel = enter("samuel"), enter("maya"), enter("daniel")
    daniel_id = daniel.id()
    daniel.open_messages()
    samuel.ask("POST", f"/admin/users/{daniel_id}/deactivate")
    expect(daniel.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    chat_is_kept(maya, daniel.name, "Yes, foam works for both.", "Daniel Okafor was deactivated.")
    samuel.ask("POST", f"/admin/users/{daniel_id}/activate")
    expect(maya.composer).to_be_visible()
    daniel.sign_in()
    daniel.open_messages()
    daniel.open_chat(maya.name)
    daniel.sees("Yes, foam works for both.")


def test_s18_removed_the_chat_is_kept_and_read_only(enter: Enter) -> None:
    samuel, maya, daniel = enter("samuel"), enter("maya"), enter("daniel")
    maya.open_messages()
    maya.open_chat(daniel.name)
    expect(maya.composer).to_be_visible()
    samuel.ask("DELETE", f"/admin/users/{daniel.id()}")
    expect(maya.page.get_by_text("Daniel Okafor was removed.")).to_be_visible()
    chat_is_kept(maya, daniel.name, "Yes, foam works for both.", "Daniel Okafor was removed.")
