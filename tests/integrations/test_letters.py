"""Letters that cannot be written: none of them keeps another from going."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hallway.integrations.mail.addresses import Addresses
from hallway.integrations.mail.compose import ink_on
from hallway.integrations.mail.smtp import MailCourier, Relay
from hallway.usecases.notifications.compose import Chat, Delivery, Fate, Letter
from hallway.usecases.notifications.records import Notice
from tests.integrations.couriers import delivered
from tests.school import ADMIN, LENA, School, dialog
from tests.servers.mail import Relay as MailServer
from tests.usecases.conftest import school as school

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _letter(school: School) -> Letter:
    message = school.say(ADMIN, LENA, "Hello").message
    account = school.read(lambda tx: tx.accounts.only())
    assert account is not None
    chat = Chat(dialog(LENA, ADMIN), school.user(ADMIN), [message], 1, None, "token")
    notice = Notice(account.id, LENA, chat.conversation_id, "email")
    return Letter(account, school.user(LENA), [chat], [notice], False, 1, "s", "b", "")


@pytest.mark.parametrize("address", ["(@school.example", 'a"b@school.example', "a,b@school.example", "a\\@x"])
def test_an_address_that_no_mail_can_have_harms_no_neighbour(school: School, address: str) -> None:
    server = MailServer()
    good = _letter(school)
    bad = replace(good, to=replace(good.to, email=address))
    courier = MailCourier(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    fates = [one.fate for one in delivered(courier, [good, bad, good])]
    server.stop()
    assert fates[0] is fates[2] is Fate.TOLD
    assert fates[1] is Fate.BOUNCED
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
    letter = _letter(school)
    gone: list[int] = []

    async def settle(one: Delivery) -> None:
        assert one.fate is Fate.TOLD
        gone.append(len(server.taken))

    courier = MailCourier(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    asyncio.run(courier.deliver([letter] * 3, settle))
    server.stop()
    assert gone == [1, 2, 3]


def test_what_a_server_that_goes_away_did_not_take_is_tried_later(school: School) -> None:
    server = MailServer()
    letter = _letter(school)
    fates: list[Fate] = []

    async def settle(one: Delivery) -> None:
        fates.append(one.fate)
        if len(fates) == 1:
            await asyncio.to_thread(server.stop)

    courier = MailCourier(Relay(server.address), Addresses("noreply@hall.example"), "http://site", lambda: NOON)
    asyncio.run(courier.deliver([letter] * 3, settle))
    assert fates[0] is Fate.TOLD
    assert fates[-1] is Fate.LATER
    assert len(fates) == 3
    assert fates.count(Fate.TOLD) == len(server.taken)
