"""The signed-in person: who they are, what they may do, what they prefer."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id, Mode
from hallway.transport.wire.people import OfficeHours


class Can(Frozen, frozen=True):
    """What the signed-in person may do, as the rules say now; for showing and hiding, never for deciding."""

    start_chats: bool
    enter_portal: bool
    manage_account: bool


class Academy(Frozen, frozen=True, kw_only=True):
    """The account, as its people see it. `delete_for_everyone_seconds` is how long that action is offered, and `typing_on`
    whether people see that the other one types. `largest_file` is how many bytes a file may have, 0 where none may be sent.
    """

    id: Id
    name: str
    messaging_on: bool
    mode: Mode
    delete_for_everyone_seconds: int
    typing_on: bool
    largest_file: int


class AccessNotice(Frozen, frozen=True):
    """A change someone else made to my sign-in; `by` is their name, null for the operator. It stays until I dismiss it."""

    id: Id
    deed: Literal["link_made", "link_spent", "password_set", "email_changed", "login_changed"]
    by: str | None
    at: datetime


class Me(Frozen, frozen=True, kw_only=True):
    """The signed-in person. `csrf` goes into the X-CSRF-Token header of every change made with the cookie.

    `mail_bounced` says that mail to them came back, and that none is sent at present. `is_expert` and `is_learning` are
    whether they are an expert of a course, and enrolled in one; `office` is when they answer, where they said so.
    """

    person: PersonCard
    email: str
    login: str
    locale: str
    time_zone: str
    academy: Academy
    can: Can
    is_expert: bool
    is_learning: bool
    unread_chats: int
    mail_bounced: bool
    access_notices: list[AccessNotice]
    office: "OfficeHours | None"
    csrf: str
    server_time: datetime


class Preferences(Frozen, frozen=True):
    """Changes to my own preferences; null leaves a value unchanged."""

    locale: Literal["en", "ar", "ru"] | None = None
    time_zone: Annotated[str, Meta(max_length=64)] | None = None
