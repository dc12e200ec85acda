"""Notifications that cannot be written as mails: none of them keeps another from going."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hallway.integrations.mail.addresses import Addresses
from hallway.notifications.channels.email.compose import ink_on
from hallway.notifications.channels.email.smtp import EmailChannel, Relay
from hallway.usecases.notifications.compose import Chat, Delivery, DeliveryStatus, Notification
from hallway.usecases.notifications.records import NotificationState
from tests.integrations.channels import delivered
from tests.school import ADMIN, LENA, School, dialog
from tests.servers.mail import Relay as MailServer
from tests.usecases.conftest import school as school

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _notification(school: School) -> Notification:
    message = school.say(ADMIN, LENA, "Hello").message
    account = school.read(lambda tx: tx.accounts.default())
    assert account is not None
    chat = Chat(
        conversation_id=dialog(LENA, ADMIN),
        sender=school.user(ADMIN),
        messages=[message],
        unread=1,
        course_title=None,
        reply_token="token",
    )
    state = NotificationState(
        account_id=account.id, user_id=LENA, conversation_id=chat.conversation_id, target_id="email"
    )
    return Notification(
        account=account,
        to=school.user(LENA),
        chats=[chat],
        states=[state],
        hides_text=False,
        unread_chats=1,
        stop_token="s",
        bounce_token="b",
        colour="",
    )


@pytest.mark.parametrize("address", ["(@school.example", 'a"b@school.example', "a,b@school.example", "a\\@x"])
def test_an_address_that_no_mail_can_have_harms_no_neighbour(school: School, address: str) -> None:
    server = MailServer()
    good = _notification(school)
    bad = replace(good, to=replace(good.to, email=address))
    channel = EmailChannel(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    statuses = [one.status for one in delivered(channel, [good, bad, good])]
    server.stop()
    assert statuses[0] is statuses[2] is DeliveryStatus.DELIVERED
    assert statuses[1] is DeliveryStatus.BOUNCED
    assert len(server.mails_to(good.to.email)) == 2


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#000000", "#ffffff"),
        ("#ffffff", "#000000"),
        ("#0a6650", "#ffffff"),
        ("#ffd400", "#000000"),
        ("#c21807", "#ffffff"),
    ],
)
def test_a_button_can_be_read_in_whatever_colour(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink


def test_each_mail_is_settled_before_the_next_one_goes(school: School) -> None:
    server = MailServer()
    notification = _notification(school)
    gone: list[int] = []

    async def settle(one: Delivery) -> None:
        assert one.status is DeliveryStatus.DELIVERED
        gone.append(len(server.taken))

    channel = EmailChannel(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    asyncio.run(channel.deliver([notification] * 3, settle))
    server.stop()
    assert gone == [1, 2, 3]


def test_what_a_server_that_goes_away_did_not_take_is_tried_later(school: School) -> None:
    server = MailServer()
    notification = _notification(school)
    statuses: list[DeliveryStatus] = []

    async def settle(one: Delivery) -> None:
        statuses.append(one.status)
        if len(statuses) == 1:
            await asyncio.to_thread(server.stop)

    channel = EmailChannel(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    asyncio.run(channel.deliver([notification] * 3, settle))
    assert statuses[0] is DeliveryStatus.DELIVERED
    assert statuses[-1] is DeliveryStatus.LATER
    assert len(statuses) == 3
    assert statuses.count(DeliveryStatus.DELIVERED) == len(server.taken)
