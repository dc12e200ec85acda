"""The bodies of sign-in links and invitations, which only staff get; see `wire` for what holds for all."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from hallway.transport.wire.admin import Status
from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id


class SignInLink(Frozen, frozen=True):
    """A one-time link for choosing a password."""

    url: str
    expires_at: datetime


LinkRoute = Literal["shown", "mailed", "confirmed", "operator"]


class Invited(Frozen, frozen=True):
    """The invitation of a person who never signed in: when they were last invited, and when their link ends or ended; null
    for those who were never invited. `status` is as in the list of users.
    """

    status: Status
    at: datetime | None
    expires_at: datetime | None


class LinkWay(Frozen, frozen=True, kw_only=True):
    """How a sign-in link reaches a user. `email` is where it is mailed to, empty where no mail reaches them; `asked_at` is
    when I asked for a confirmation, `is_confirmed` that a second administrator gave it. `invited` is that of somebody who
    never signed in, null for all others.
    """

    route: LinkRoute
    email: str
    request_id: Id | None
    asked_at: datetime | None
    is_confirmed: bool
    invited: Invited | None


class MailedLink(Frozen, frozen=True):
    """The address that a sign-in link is emailed to."""

    email: str


class SeveralUsers(Frozen, frozen=True):
    """Users to act on, each of them judged by the rules."""

    user_ids: Annotated[list[Id], Meta(min_length=1, max_length=100)]


class LeftOut(Frozen, frozen=True):
    """A person left out: `code` and `detail` say why. Without a name they are not yours to see."""

    id: Id
    name: str | None
    code: str
    detail: str


class NewLink(Frozen, frozen=True, kw_only=True):
    """A person's one-time sign-in link."""

    id: Id
    name: str
    login: str
    email: str
    url: str
    expires_at: datetime | None


class NewLinks(Frozen, frozen=True):
    """The links created, and the people left out."""

    links: list[NewLink]
    left_out: list[LeftOut]


class Newcomer(Frozen, frozen=True, kw_only=True):
    """A person who never signed in. `is_mailable` is whether an invitation by email would reach them."""

    id: Id
    name: str
    login: str
    email: str
    photo: str | None
    invited: Invited
    is_mailable: bool


class Newcomers(Frozen, frozen=True):
    """A page of people who never signed in; `total` counts all, `has_mail` is whether email is set up."""

    people: list[Newcomer]
    next: str | None
    total: int
    has_mail: bool


class LinkRequest(Frozen, frozen=True, kw_only=True):
    """A request to a second administrator to confirm that the requester may see a sign-in link."""

    id: Id
    user: PersonCard
    asked_by: PersonCard
    asked_at: datetime
    confirmed_by: PersonCard | None
    is_mine: bool
    may_confirm: bool


class LinkRequests(Frozen, frozen=True):
    """My own requests and those waiting for my confirmation, oldest first."""

    requests: list[LinkRequest]
