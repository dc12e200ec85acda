"""The bodies of what people who are away are told. See `wire` for what holds for all."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from hallway.transport.wire.fields import Frozen, Id, Short

ChannelName = Annotated[str, Meta(pattern=r"^[a-z]{1,11}$(?!\n)", max_length=11)]
KindName = Literal["message", "question"]
WhenName = Literal["now", "hourly", "daily", "never"]
TimeOfDay = Annotated[str, Meta(max_length=5, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Annotated[int, Meta(ge=0, le=6)]
Colour = Annotated[str, Meta(max_length=7, pattern=r"^(#[0-9a-f]{6})?$(?!\n)")]
Endpoint = Annotated[str, Meta(min_length=1, max_length=2000)]


class Channel(Frozen, frozen=True):
    """A channel that is available here: what it's called in each language, and when it can notify people."""

    name: ChannelName
    labels: dict[str, str]
    whens: list[WhenName]


class Choice(Frozen, frozen=True):
    """When I am notified of a kind through a channel. A choice locked by the account can't be changed."""

    channel: ChannelName
    kind: KindName
    when: WhenName
    locked: bool = False


class Chosen(Frozen, frozen=True):
    """When to be notified of a kind through a channel."""

    channel: ChannelName
    kind: KindName
    when: WhenName


class Office(Frozen, frozen=True):
    """Office hours: weekdays from Monday, 0; opening and closing time; the usual reply time in office hours."""

    days: Annotated[list[Weekday], Meta(min_length=1, max_length=7)]
    opens: TimeOfDay
    closes: TimeOfDay
    reply_hours: Annotated[int, Meta(ge=1, le=99)]


class Bounce(Frozen, frozen=True):
    """Email to this address bounced. None is sent there until the address changes or is tried again."""

    email: str
    at: datetime
    reason: str


class Browser(Frozen, frozen=True):
    """A browser that receives pushes; `mine` is the one making the request."""

    id: Id
    name: str
    created_at: datetime
    mine: bool


class Notices(Frozen, frozen=True, kw_only=True):
    """How I am notified while I am away. `channels` are those available here, which `declared` describes; a browser
    subscribes with `push_key`.

    `mails_ended` says that I ended all mails by the link in one, whatever the choices are.
    """

    channels: list[ChannelName]
    choices: list[Choice]
    quiet_from: TimeOfDay | None
    quiet_until: TimeOfDay | None
    days_off: list[Weekday]
    digest_at: TimeOfDay
    mails_ended: bool
    hides_text: bool
    hides_text_locked: bool
    office: Office | None
    is_expert: bool
    email: str
    bounce: Bounce | None
    browsers: list[Browser]
    push_key: str | None
    declared: list[Channel]


class ChooseNotices(Frozen, frozen=True, kw_only=True):
    """All of my choices; those that are absent follow the account."""

    choices: Annotated[list[Chosen], Meta(max_length=20)]
    quiet_from: TimeOfDay | None = None
    quiet_until: TimeOfDay | None = None
    days_off: Annotated[tuple[Weekday, ...], Meta(max_length=6)] = ()
    digest_at: TimeOfDay = "08:00"
    hides_text: bool = False
    mails_ended: bool = False
    office: Office | None = None


class SignUp(Frozen, frozen=True):
    """A browser's push subscription, and a name for it."""

    endpoint: Endpoint
    p256dh: Annotated[str, Meta(min_length=80, max_length=120)]
    auth: Annotated[str, Meta(min_length=16, max_length=40)]
    name: Short


class Original(Frozen, frozen=True):
    """The full text of the email that a message came from."""

    text: str


class Policy(Frozen, frozen=True, kw_only=True):
    """The account's policy: default choices, which of them are locked, whether message text stays in Hallway,
    after how many minutes unread a mail is sent, and its colour (#rrggbb, or nothing for Hallway's).
    """

    channels: list[ChannelName]
    choices: list[Choice]
    hides_text: bool
    mail_after_minutes: int
    mail_colour: Colour
    declared: list[Channel]


class SetPolicy(Frozen, frozen=True):
    """A new policy for the account."""

    choices: Annotated[list[Choice], Meta(max_length=20)]
    hides_text: bool
    mail_after_minutes: Annotated[int, Meta(ge=0, le=1440)]
    mail_colour: Colour = ""


class KeptMail(Frozen, frozen=True, kw_only=True):
    """An email that couldn't be processed, and why: `unreadable`, `unclear_sender`, `too_complex`, `too_hard`, `forged`,
    `no_address`, `not_sent`, `failed_deliveries` (not posted, and its sender couldn't be told either) or `automatic`.
    """

    id: Id
    at: datetime
    sender: str
    subject: str
    reason: str
    bytes: int


class KeptMails(Frozen, frozen=True):
    """The latest ones."""

    mails: list[KeptMail]
