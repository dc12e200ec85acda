"""Somebody has an address at which whatever sends mail stumbles, so that others get none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hallway.domain.people import Role
from hallway.integrations.mail.addresses import in_ascii
from hallway.notifications.channels.email.smtp import NO_ADDRESS, Posting
from hallway.notifications.channels.email.smtp import Relay as Sender
from hallway.usecases import fields
from hallway.usecases.accounts.founding import Founding, check_founding
from hallway.usecases.errors import Invalid
from hallway.usecases.notifications.compose import DeliveryStatus
from hallway.usecases.people import users
from hallway.usecases.people.users import Draft
from hallway.usecases.transaction import Transaction
from tests.school import ADMIN, LENA, SCHOOL, School, actor, new_school
from tests.servers.mail import Relay

BAD = [
    "a@[",
    "a@[1.2.3.4]",
    "a@",
    "@x.example",
    "a",
    "",
    "a b@x.example",
    "a@x..example",
    "a..b@x.example",
    "a@b@x.example",
    "<a@x.example>",
    "A <a@x.example>",
    "a@x.example,b@x.example",
    '"a b"@x.example',
    "a(c)@x.example",
    "a@-x.example",
    "a@x_y.example",
    "a@xn--a.example",
    "a@x.example\n",
    "a@x.example\r\nBcc: b@x.example",
    "a\x00@x.example",
    "\u202ea@x.example",
    "\u200ba@x.example",
    f"{'a' * 65}@x.example",
    f"a@{'x' * 64}.example",
    f"a@{'x.' * 130}example",
]
GOOD = [
    "maya@x.example",
    "Maya.O'Neil+school@X.example",
    "maya@school.local",
    "maya@intranet",
    "maya@b\u00fccher.example",
    "maya@xn--bcher-kva.example",
    "\u043c\u0430\u0439\u044f@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
    f"{'a' * 64}@x.example",
]


@pytest.fixture
def school() -> School:
    """A school of its own."""
    return new_school()


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused_at_every_door(school: School, address: str) -> None:
    with pytest.raises(Invalid, match="Enter an email address"):
        check_founding(Founding(academy="School", name="Olga", email=address, login="olga"), "a long password")
    draft = Draft(name="Maya", email=address, login="maya", role=Role.LEARNER)
    for change in (
        lambda tx: users.add(tx, actor(ADMIN), draft=draft, password_hash=None, clock=school.clock, ids=school.ids),
        lambda tx: users.change(
            tx,
            actor(ADMIN),
            user_id=LENA,
            changes=users.UserPatch(email=address),
            manages=None,
            clock=school.clock,
            ids=school.ids,
        ),
    ):
        codes = _refused(school, change)
        assert codes == ["not_an_email"] or address.strip() not in BAD


def _refused(school: School, change: Callable[[Transaction], object]) -> list[str]:
    """The codes for which it is refused."""
    try:
        school.write(change)
    except Invalid as refused:
        return [one.code for one in refused.problems]
    return []


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_a_person_is_taken(address: str) -> None:
    assert fields.email("email", address) is None


def test_somebody_with_an_address_from_before_can_still_be_changed(school: School) -> None:
    def spoil(tx: Transaction) -> None:
        tx.people.save([replace(tx.people.find(SCHOOL, LENA), email="a@[")])

    school.write(spoil)
    renamed = {"user_id": LENA, "changes": users.UserPatch(name="Lena"), "manages": None}
    school.write(lambda tx: users.change(tx, actor(ADMIN), **renamed, clock=school.clock, ids=school.ids))
    school.write(lambda tx: users.deactivate(tx, actor(ADMIN), user_id=LENA))


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_nobody_waits_behind_an_address_that_takes_no_mail(anyio_backend: str) -> None:
    del anyio_backend
    relay = Relay()
    addresses = ["a@[", "maya@x.example", "\u043c\u0430@x.example", "priya@b\u00fccher.example", "a@x.example\nBcc: b"]
    mails = [Posting("", one, lambda one=one: f"To: {in_ascii(one)}\r\n\r\nHello".encode()) for one in addresses]
    statuses = [status async for status in Sender(relay.address).hand_over(mails)]
    relay.stop()
    bounced = (DeliveryStatus.BOUNCED, NO_ADDRESS)
    assert statuses == [bounced, (DeliveryStatus.DELIVERED, ""), bounced, (DeliveryStatus.DELIVERED, ""), bounced]
    taken = [one for envelope, _ in relay.taken for one in envelope.rcpt_tos]
    assert taken == ["maya@x.example", "priya@xn--bcher-kva.example"]


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_mail_that_cannot_be_written_keeps_no_other_from_going(anyio_backend: str) -> None:
    del anyio_backend
    relay = Relay()

    def fail() -> bytes:
        raise AttributeError(datetime.now(UTC).isoformat())

    mails = [Posting("", "maya@x.example", fail), Posting("", "priya@x.example", lambda: b"\r\nHello")]
    statuses = [status async for status, _ in Sender(relay.address).hand_over(mails)]
    relay.stop()
    assert statuses == [DeliveryStatus.LATER, DeliveryStatus.DELIVERED]
