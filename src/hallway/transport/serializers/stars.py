"""What somebody starred, in the words of the wire."""

from hallway.transport.cursors import to_cursor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import stars as wire_stars
from hallway.usecases.messaging import starring


def starred(found: starring.StarredMessages) -> wire_stars.StarredMessages:
    """Serialize a page of starred messages."""
    return wire_stars.StarredMessages([_message(one) for one in found.found], to_cursor(found.next))


def _message(one: starring.StarredMessage) -> wire_stars.StarredMessage:
    return wire_stars.StarredMessage(
        message=serializers.message(one.message, one.course_title),
        **serializers.shown(one.row),
        excerpt=one.excerpt,
    )
