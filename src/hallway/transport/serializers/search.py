"""What search found, in the words of the wire."""

from collections.abc import Sequence
from datetime import datetime

from hallway.domain.excerpts import Span
from hallway.domain.ids import UserId
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import search as wire_search
from hallway.usecases.messaging import search


def results(found: search.Results, reader: UserId, now: datetime) -> wire_search.SearchResults:
    """Serialize the three groups of results."""
    return wire_search.SearchResults(chats(found.chats, reader, now), people(found.people), messages(found.messages))


def chats(found: search.Chats, reader: UserId, now: datetime) -> wire_search.FoundChats:
    """Serialize a page of chats."""
    lines = [wire_search.FoundChat(serializers.row(line, reader, now), _marks(at)) for line, at in found.found]
    return wire_search.FoundChats(lines, to_cursor(found.next))


def people(found: search.People) -> wire_search.FoundPeople:
    """Serialize a page of people."""
    cards = [wire_search.FoundPerson(serializers.person(card), _marks(at)) for card, at in found.found]
    return wire_search.FoundPeople(cards, to_cursor(found.next))


def messages(found: search.Messages) -> wire_search.FoundMessages:
    """Serialize a page of messages."""
    return wire_search.FoundMessages([_message(one, found) for one in found.found], to_cursor(found.next))


def _message(one: search.Found, among: search.Messages) -> wire_search.FoundMessage:
    title = among.titles.get(one.message.course_id) if one.message.course_id else None
    excerpt = wire_search.Excerpt(one.excerpt.text, _marks(one.excerpt.spans))
    return wire_search.FoundMessage(
        message=serializers.message(one.message, title),
        **serializers.shown(one.row),
        excerpt=excerpt,
        marks=_marks(one.spans),
    )


def _marks(spans: Sequence[Span]) -> list[wire_search.Mark]:
    return [wire_search.Mark(*one) for one in spans]
