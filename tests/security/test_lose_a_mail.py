"""Somebody's mail gets lost. None is: each ends as a message, is told to its person, marks an address, or is kept aside."""

import pytest

from hallway.domain.ids import ConversationId
from hallway.domain.messages import MAX_BODY
from hallway.usecases.notifications import inbound
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.notifications.mail_replies import Incoming, Returned
from hallway.usecases.transaction import Store
from tests.security.postbox import Postbox, postbox, working

pytestmark = pytest.mark.anyio
ATTACHED = (
    'Content-Type: multipart/mixed; boundary="b"\n',
    "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: message/rfc822\n\nFrom: a@b.example\n\nSecret\n--b--\n",
)
PHOTO = (
    ATTACHED[0],
    "--b\nContent-Type: text/plain\n\n{}\n--b\nContent-Type: image/png; name=broken.png\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
)
"""With a picture that cannot be read."""


@pytest.fixture
def box(store: Store) -> Postbox:
    """An academy to which mails come in."""
    return postbox(store)


async def ends(box: Postbox) -> tuple[list[str], list[str], list[str]]:
    """What was posted, what was told, and why mails were kept aside, once no mail waits any more."""
    await box.until_worked_on()
    return list(box.bodies()[1:]), [one.text for one in box.returned], list(box.kept())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("head", "text", "sender", "end"),
    [
        ("", "Yes.", "maya@x.example", (["Yes."], [], [])),
        ("", "Two things:\n> 5 metres\n1. One", "maya@x.example", (["Two things:\n> 5 metres\n1. One"], [], [])),
        ("Feedback-ID: i00000000:Fastmail\n", "Yes.", "maya@x.example", (["Yes."], [], [])),
        ("From: Maya @ Northwind, Dr. [x] <maya@x.example>\n", "Yes.", "maya@x.example", (["Yes."], [], [])),
        ("", "> What?", "maya@x.example", ([], ["returned-empty"], [])),
        ("", "", "maya@x.example", ([], ["returned-empty"], [])),
        ("", "x" * (MAX_BODY + 1), "maya@x.example", ([], ["returned-too-long"], [])),
        ("", "Yes.", "other@x.example", ([], ["returned-not-yours"], [])),
        (ATTACHED[0], ATTACHED[1].format("Yes."), "maya@x.example", (["Yes."], [], [])),
        (ATTACHED[0], ATTACHED[1].format(""), "maya@x.example", ([""], [], [])),
        (PHOTO[0], PHOTO[1].format("Yes."), "maya@x.example", (["Yes."], ["returned-files"], [])),
        (PHOTO[0], PHOTO[1].format(""), "maya@x.example", ([], ["returned-only-files"], [])),
        ("Auto-Submitted: auto-replied\n", "Away.", "maya@x.example", ([], [], ["automatic"])),
        ("Subject: Automatic reply: Message\n", "Away.", "maya@x.example", ([], [], ["automatic"])),
        ("List-Id: <a.example>\n", "Buy.", "shop@x.example", ([], [], ["automatic"])),
        ('Content-Type: multipart/report; boundary="b"\n', "Late.", "", ([], [], ["automatic"])),
        ("From: a@x.example, b@x.example\n", "Yes.", "a@x.example", ([], [], ["unclear_sender"])),
        ("From: nobody\n", "Yes.", "maya@x.example", ([], [], ["unreadable"])),
        ("", "\n" * 300_000, "maya@x.example", ([], [], ["too_complex"])),
    ],
)
async def test_every_mail_ends(
    box: Postbox, head: str, text: str, sender: str, end: tuple[list[str], list[str], list[str]]
) -> None:
    async with working(box):
        assert await box.bring(text, head=head, sender=sender)
        assert await ends(box) == end


async def test_a_mail_that_belongs_to_no_chat_is_kept_aside(box: Postbox) -> None:
    box.token = "nobodys"
    async with working(box):
        await box.bring("Yes.")
        assert await ends(box) == ([], [], ["no_address"])


@pytest.mark.slow("postgresql")
async def test_a_mail_that_comes_again_with_another_text_is_told_and_with_the_same_one_is_nothing_new(
    box: Postbox,
) -> None:
    async with working(box):
        await box.bring("At nine.", head="X-Way: 1\n")
        await box.bring("At nine.", head="X-Way: 2\n")
        assert await ends(box) == (["At nine."], [], [])
        await box.bring("At ten, after all.", head="X-Way: 3\n")
        assert await ends(box) == (["At nine."], ["returned-changed"], [])


async def test_who_was_told_too_often_loses_no_mail(box: Postbox) -> None:
    async with working(box):
        for number in range(inbound.RETURNS + 2):
            await box.bring("> What?", number=number)
        assert await ends(box) == ([], ["returned-empty"] * inbound.RETURNS, ["not_told"] * 2)


async def test_a_return_mail_that_reaches_nobody_leaves_the_mail_aside(box: Postbox) -> None:
    async def refuse(returned: Returned, mail: Incoming, conversation_id: ConversationId) -> DeliveryStatus:
        del returned, mail, conversation_id
        return DeliveryStatus.BOUNCED

    box.room._return = refuse
    async with working(box):
        await box.bring("> What?")
        assert await ends(box) == ([], [], ["not_told"])


@pytest.mark.slow("postgresql")
async def test_what_programs_write_makes_room_for_what_people_write(
    box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "MOST_KEPT", 2)
    async with working(box):
        await box.bring("Yes.", number=1, head="From: nobody\n")
        for number in range(2, 6):
            await box.bring("Away.", number=number, head="Auto-Submitted: auto-replied\n")
        assert (await ends(box))[2] == ["automatic", "unreadable"]
