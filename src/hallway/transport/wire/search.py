"""The bodies of search. They say nothing of how it is done, so that they stay when a full-text index comes."""

from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.conversations import Participant, Row
from hallway.transport.wire.fields import Frozen, Kind
from hallway.transport.wire.messages import Message


class Mark(Frozen, frozen=True):
    """Where a text says what was looked for: from the character `start` up to `end`, which is not part of it.

    Characters are Unicode code points, counted from 0; in JavaScript, those of `[...text]`.
    """

    start: int
    end: int


class Excerpt(Frozen, frozen=True):
    """A part of a message's text around the first mark, on one line, with an ellipsis where it was cut."""

    text: str
    marks: list[Mark]


class FoundMessage(Frozen, frozen=True, kw_only=True):
    """A message that was found, and how its chat is shown, as in a row. `marks` are those in the message's whole body, of
    which there may be none: not every word that was looked for need be in the text as it was typed.
    """

    message: Message
    kind: Kind
    title: str
    picture: str | None
    members_count: int
    participants: list[Participant]
    excerpt: Excerpt
    marks: list[Mark]


class FoundMessages(Frozen, frozen=True):
    """Matching messages that I can see, newest first; `next` is the cursor of the next page, null at the end."""

    messages: list[FoundMessage]
    next: str | None


class FoundChat(Frozen, frozen=True):
    """A chat in my list; `marks` are the matches in its title."""

    row: Row
    marks: list[Mark]


class FoundChats(Frozen, frozen=True):
    """Chats of my list, in its order; `next` is the cursor of the next page, null at the end."""

    chats: list[FoundChat]
    next: str | None


class FoundPerson(Frozen, frozen=True):
    """A person I may write to; `marks` are the matches in their name."""

    person: PersonCard
    marks: list[Mark]


class FoundPeople(Frozen, frozen=True):
    """People whom I may write to first and with whom there is no chat in my list, by name; `next` is the cursor of the next
    page, null at the end.
    """

    people: list[FoundPerson]
    next: str | None


class SearchResults(Frozen, frozen=True):
    """The first page of each group; a group has a cursor when there is more of it."""

    chats: FoundChats
    people: FoundPeople
    messages: FoundMessages
