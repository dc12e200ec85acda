"""What the use-cases of sign-in links and invitations answer, in the words of the wire."""

from collections.abc import Sequence

from hallway.domain.people import User
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers.core import person
from hallway.transport.wire import links as wire_links
from hallway.usecases.access.records import LinkRequest
from hallway.usecases.access.sessions import Issued
from hallway.usecases.access.sign_in_links import Asked, Way
from hallway.usecases.people.invitations import Invitation, LeftOut, Newcomer, Newcomers


def link_way(way: Way, request: LinkRequest | None, invitation: Invitation | None) -> wire_links.LinkWay:
    """Serialize the way by which a link reaches somebody."""
    return wire_links.LinkWay(
        route=way.route.value,
        email=way.email,
        request_id=None if request is None else request.id,
        asked_at=None if request is None else request.asked_at,
        is_confirmed=request is not None and request.confirmed_by is not None,
        invited=None if invitation is None else invited(invitation),
    )


def invited(invitation: Invitation) -> wire_links.Invited:
    """Serialize the invitation of somebody who never signed in."""
    return wire_links.Invited(invitation.status.value, invitation.at, invitation.expires_at)


def newcomers(found: Newcomers, *, has_mail: bool) -> wire_links.Newcomers:
    """Serialize a page of people who never signed in."""
    people = [_newcomer(one) for one in found.people]
    return wire_links.Newcomers(people, to_cursor(found.next), found.total, has_mail)


def _newcomer(one: Newcomer) -> wire_links.Newcomer:
    who = one.user
    return wire_links.Newcomer(
        id=who.id,
        name=who.name,
        login=who.login,
        email=who.email,
        photo=who.photo,
        invited=invited(one.invitation),
        is_mailable=one.is_mailable,
    )


def new_links(found: Sequence[tuple[User, Issued] | LeftOut], address: str) -> wire_links.NewLinks:
    """Serialize the links that were made; `address` is how people reach Hallway."""
    links = [
        wire_links.NewLink(
            id=who.id,
            name=who.name,
            login=who.login,
            email=who.email,
            url=link_url(made, address),
            expires_at=made.session.expires_at,
        )
        for who, made in (one for one in found if not isinstance(one, LeftOut))
    ]
    return wire_links.NewLinks(links, left_out(found))


def link_url(made: Issued, address: str) -> str:
    """Return the URL of a one-time link."""
    return f"{address}/link/{made.secret}"


def left_out(found: Sequence[object]) -> list[wire_links.LeftOut]:
    """Serialize the people for whom no link was made."""
    those = (one for one in found if isinstance(one, LeftOut))
    return [wire_links.LeftOut(one.user_id, one.name, one.code, one.because) for one in those]


def link_requests(found: Sequence[Asked]) -> wire_links.LinkRequests:
    """Serialize requests for a confirmation."""
    return wire_links.LinkRequests([_link_request(one) for one in found])


def _link_request(asked: Asked) -> wire_links.LinkRequest:
    one = asked.request
    confirmed_by = None if asked.confirmed_by is None else person(asked.confirmed_by)
    return wire_links.LinkRequest(
        id=one.id,
        user=person(asked.user),
        asked_by=person(asked.asked_by),
        asked_at=one.asked_at,
        confirmed_by=confirmed_by,
        is_mine=asked.is_mine,
        may_confirm=asked.may_confirm,
    )
