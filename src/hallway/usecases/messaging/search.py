"""Search: my chats, the people whom I may write to, and the messages that I see now (rules §11).

A text with nothing to look for finds nothing. With operators it is about messages alone.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hallway.domain.excerpts import Excerpt, Span, excerpt, spans_of_words
from hallway.domain.ids import ConversationId, CourseId, UserId, dialog_id
from hallway.domain.messages import Message
from hallway.domain.people import User
from hallway.domain.search_queries import parse
from hallway.domain.text import query_key
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.chat_lists import ChatFilter, Section
from hallway.usecases.messaging.conversations import ChatListItem
from hallway.usecases.messaging.matching import Matcher
from hallway.usecases.messaging.operators import resolved
from hallway.usecases.messaging.participants import my_conversation
from hallway.usecases.messaging.records import ChatRow
from hallway.usecases.messaging.search_ports import Hit, Spot
from hallway.usecases.people import directory as people_search
from hallway.usecases.people.cards import Card, titles
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Chats:
    """A page of chats, each with the spans found in its title; `next` is the position to go on below."""

    found: Sequence[tuple[ChatListItem, Sequence[Span]]]
    next: int | None


@dataclass(frozen=True, slots=True)
class People:
    """A page of people, each with the spans found in their name; `next` is the key to go on behind."""

    found: Sequence[tuple[Card, Sequence[Span]]]
    next: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Found:
    """A message that was found, the row of its chat, where it says so, and the part of it around there."""

    message: Message
    row: ChatRow
    spans: Sequence[Span]
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Messages:
    """A page of messages, the newest first; `next` is the one to go on behind, None at the end."""

    found: Sequence[Found]
    next: Spot | None
    titles: Mapping[CourseId, str]


@dataclass(frozen=True, slots=True)
class Results:
    """The first page of each group."""

    chats: Chats
    people: People
    messages: Messages


def everything(tx: Transaction, actor: Actor, *, text: str, limit: int) -> Results:
    """Search conversations, people and messages."""
    return Results(
        chats(tx, actor, text=text, before=None, limit=limit),
        people(tx, actor, text=text, after=None, limit=limit),
        messages(tx, actor, text=text, within=None, behind=None, limit=limit),
    )


def chats(tx: Transaction, actor: Actor, *, text: str, before: int | None, limit: int) -> Chats:
    """Search the chats of the actor for people of this name, in the list's order, the archived ones behind its end."""
    name = _name(text)
    if not name:
        return Chats([], None)
    page = conversations.chats(tx, actor, before=before, limit=limit, name=name)
    lines = list(page.lines)
    if page.next is None:
        archive = ChatFilter(section=Section.ARCHIVE)
        lines += conversations.chats(tx, actor, before=None, limit=limit, name=name, chosen=archive).lines
    return Chats([(line, spans_of_words(line.row.title, name)) for line in lines], page.next)


def people(tx: Transaction, actor: Actor, *, text: str, after: tuple[str, str] | None, limit: int) -> People:
    """Search the people whom the actor may write to first, and with whom the actor has no chat, by name."""
    name = _name(text)
    if not name:
        return People([], None)
    without = partial(_in_my_list, tx, actor)
    page = people_search.search(tx, actor, text=name, after=after, limit=limit, without=without)
    return People([(card, spans_of_words(card.user.name, name)) for card in page.people], page.next)


def _name(text: str) -> str:
    """Return what chats and people are searched by: nothing where operators say that messages are looked for."""
    query = parse(text)
    return "" if query.has_operators or not query_key(query.text) else query.text


def _in_my_list(tx: Transaction, actor: Actor, candidates: Sequence[User]) -> Container[UserId]:
    partners = {dialog_id(actor.account_id, actor.user_id, one.id): one.id for one in candidates}
    dialogs = tx.conversations.several(actor.account_id, partners).values()
    return {partners[one.id] for one in dialogs if one.members[actor.user_id].position is not None}


def messages(
    tx: Transaction, actor: Actor, *, text: str, within: ConversationId | None, behind: Spot | None, limit: int
) -> Messages:
    """Search the messages that the actor sees now, of one chat or of all. Raises NotFound for a chat that is not the actor's."""
    if within is not None:
        my_conversation(tx, actor, within)
    query = parse(text)
    wanted = None if query.is_empty else resolved(tx, actor, query, within)
    if wanted is None:
        return Messages([], None, {})
    page = tx.search.messages(actor.account_id, actor.user_id, wanted, behind=behind, limit=limit)
    named = titles(tx, actor.account_id, (one.message.course_id for one in page.hits))
    return Messages(_found(tx, actor, page.hits, Matcher(query.parts)), page.next, named)


def _found(tx: Transaction, actor: Actor, hits: Sequence[Hit], matcher: Matcher) -> list[Found]:
    rows = tx.conversations.rows_of(actor.account_id, actor.user_id, {one.message.conversation_id for one in hits})
    return [Found(one.message, rows[one.message.conversation_id], *_said(one.message, matcher)) for one in hits]


def _said(message: Message, matcher: Matcher) -> tuple[Sequence[Span], Excerpt]:
    """Return where a body says it, and the part of it around there; or of a file's name, where only that says it."""
    spans = matcher.spans(message.body)
    if not spans:
        named = ((one.name, found) for one in message.files if (found := matcher.spans(one.name)))
        name, at = next(named, (message.body or " ".join(one.name for one in message.files), ()))
        return spans, excerpt(name, at)
    return spans, excerpt(message.body, spans)
