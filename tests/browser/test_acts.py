"""What changes much is asked first, says what follows, tells that it is done, can be undone, and keeps the focus."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.person import Person

pytestmark = pytest.mark.slow

FIRE = "Fire Safety Basics"


def _course(person: Person, title: str = FIRE) -> Page:
    person.page.goto("/admin/courses")
    person.page.get_by_role("link", name=title).click()
    return person.page


def test_an_expert_is_unassigned_once_it_is_confirmed_and_back_by_undo(enter: Enter) -> None:
    samuel = enter("samuel")
    page = _course(samuel)
    experts = page.get_by_role("region", name="Experts")
    cross = experts.get_by_role("button", name="Unassign Daniel Okafor")
    cross.press("Enter")
    window = page.get_by_role("dialog", name="Unassign Daniel Okafor?")
    expect(window).to_contain_text("Learners keep their chats, read-only")
    window.get_by_role("button", name="Cancel").press("Enter")
    expect(cross).to_be_focused()
    cross.press("Enter")
    window.get_by_role("button", name="Unassign").press("Enter")
    toast = samuel.told("Daniel Okafor was unassigned.")
    expect(cross).to_have_count(0)
    assert samuel.has_focus()
    toast.get_by_role("button", name="Undo").press("Enter")
    expect(cross).to_be_visible()
    assert samuel.has_focus()


def test_of_many_learners_the_next_one_has_the_focus(enter: Enter) -> None:
    samuel = enter("samuel")
    page = _course(samuel)
    crosses = page.get_by_role("button", name=re.compile("^(Withdraw|Unenrol) "))
    expect(crosses.nth(1)).to_be_visible()
    names = [str(one.get_attribute("aria-label")).partition(" ")[2] for one in crosses.all()[:2]]
    crosses.first.press("Enter")
    samuel.confirm(f"Unenrol {names[0]}?", "Unenrol")
    samuel.told(f"{names[0]} was unenrolled.")
    expect(crosses.first).to_have_accessible_name(re.compile(f" {names[1]}$"))
    expect(crosses.first).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(names[0], exact=True)).to_be_visible()


def test_private_messaging_stays_on_until_turning_it_off_is_confirmed(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.page.goto("/admin/settings")
    switch = samuel.page.get_by_role("switch", name="Private messaging")
    switch.press("Space")
    window = samuel.page.get_by_role("dialog", name="Turn off private messaging?")
    expect(window).to_contain_text("All chats are kept")
    window.get_by_role("button", name="Cancel").press("Enter")
    expect(switch).to_be_checked()
    expect(switch).to_be_focused()
    switch.press("Space")
    window.get_by_role("button", name="Turn off").press("Enter")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    samuel.told("Private messaging is off.").get_by_role("button", name="Undo").click()
    expect(switch).to_be_checked()


def test_a_choice_in_the_settings_can_be_undone(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.page.goto("/admin/settings")
    samuel.page.get_by_role("radio", name="Open").check()
    samuel.told("Saved").get_by_role("button", name="Undo").click()
    expect(samuel.page.get_by_role("radio", name="Strict")).to_be_checked()


def test_deactivating_tells_it_and_undo_activates(enter: Enter) -> None:
    samuel = enter("samuel")
    samuel.page.goto("/admin/users")
    samuel.page.get_by_role("searchbox").fill("viktor")
    row = samuel.page.get_by_role("row").filter(has_text="viktor")
    more = row.get_by_role("button", name=re.compile("^More"))
    more.press("Enter")
    samuel.page.get_by_role("menuitem", name="Deactivate").press("Enter")
    samuel.page.get_by_role("dialog").get_by_role("button", name="Deactivate").press("Enter")
    expect(row).to_contain_text("Deactivated")
    expect(more).to_be_focused()
    samuel.page.get_by_role("button", name="Undo").click()
    expect(row).not_to_contain_text("Deactivated")


def test_a_token_is_revoked_once_it_is_confirmed(enter: Enter) -> None:
    maya = enter("maya")
    for name in ("Calendar", "Reports"):
        maya.ask("POST", "/me/tokens", {"name": name, "scopes": ["read"]})
    maya.page.goto("/me")
    maya.page.get_by_role("button", name="Revoke Calendar").press("Enter")
    window = maya.page.get_by_role("dialog", name="Revoke “Calendar”?")
    expect(window).to_contain_text("stop working at once")
    window.get_by_role("button", name="Revoke").press("Enter")
    maya.told("“Calendar” was revoked.")
    expect(maya.page.get_by_role("button", name="Revoke Calendar")).to_have_count(0)
    expect(maya.page.get_by_role("button", name="Revoke Reports")).to_be_focused()


@pytest.mark.parametrize("is_phone", [False, True], ids=["1280", "390"])
def test_deleting_for_everyone_asks_and_its_words_are_its_own(enter: Enter, is_phone: bool) -> None:
    maya = enter("maya", is_phone=is_phone)
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    maya.write("Sent to the wrong person")
    maya.sees("Sent to the wrong person")
    maya.menu_of("Sent to the wrong person").get_by_role("menuitem", name="Delete for everyone").click()
    window = maya.page.get_by_role("dialog", name="Delete for everyone?")
    expect(window).to_contain_text("be undone.")
    window.get_by_role("button", name="Cancel").click()
    maya.sees("Sent to the wrong person")
    maya.menu_of("Sent to the wrong person").get_by_role("menuitem", name="Delete for everyone").click()
    maya.confirm("Delete for everyone?", "Delete for everyone")
    toast = maya.told("Message deleted for everyone.")
    expect(toast.get_by_role("button", name="Undo")).to_have_count(0)
    assert maya.has_focus()


OVERLAPS = """() => {
  const box = (one) => one.getBoundingClientRect();
  const toasts = [...document.querySelectorAll(".toast")].map(box);
  const bubbles = [...document.querySelectorAll(".bubble")];
  const covered = [document.querySelector("form.composer"), bubbles.at(-1)].map(box);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [toasts.length, toasts.some((one) => covered.some((other) => meet(one, other)))];
}"""


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (390, 460)], ids=["1280", "390", "390 with a keyboard"])
def test_toasts_cover_neither_the_composer_nor_the_newest_message(enter: Enter, size: tuple[int, int]) -> None:
    maya = enter("maya", viewport={"width": size[0], "height": size[1]})
    maya.open_messages()
    maya.open_chat("Daniel Okafor")
    for number in range(3):
        maya.write(f"Number {number}")
        maya.sees(f"Number {number}")
    for number in range(2):
        maya.menu_of(f"Number {number}").get_by_role("menuitem", name="Delete message").click()
        expect(maya.bubble(f"Number {number}")).to_have_count(0)
    expect(maya.page.locator(".toast")).to_have_count(2)
    expect(maya.bubble("Number 2")).to_be_in_viewport(ratio=1)
    assert maya.page.evaluate(OVERLAPS) == [2, False]
