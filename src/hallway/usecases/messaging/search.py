"""Search: my chats, the people whom I may write to, and the messages that I see now (rules §11).

What is found, and how, is the store's; the three groups, their order and their cursors stay as they are when a full-text
index comes. A text with nothing to look for finds nothing.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from hallway.domain.excerpts import Excerpt, Span, excerpt, spans, spans_of_words
from hallway.domain.ids import ConversationId, CourseId, UserId, dialog_id
from hallway.domain.messages import Message
from hallway.domain.people import User
from hallway.domain.text import query_key
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import conversations
from hallway.usecases.messaging.conversations import ChatListItem
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
    """Search the chats of the actor's list for people of this name, in the list's order."""
    if not query_key(text):
        return Chats([], None)
    page = conversations.chats(tx, actor, before=before, limit=limit, name=text)
    return Chats([(line, spans_of_words(line.row.title, text)) for line in page.lines], page.next)


def people(tx: Transaction, actor: Actor, *, text: str, after: tuple[str, str] | None, limit: int) -> People:
    """Search the people whom the actor may write to first, and with whom there is no chat in the actor's list, by name."""
    if not query_key(text):
        return People([], None)
    without = partial(_in_my_list, tx, actor)
    page = people_search.search(tx, actor, text=text, after=after, limit=limit, without=without)
    return People([(card, spans_of_words(card.user.name, text)) for card in page.people], page.next)


def _in_my_list(tx: Transaction, actor: Actor, candidates: Sequence[User]) -> Container[UserId]:
    partners = {dialog_id(actor.account_id, actor.user_id, one.id): one.id for one in candidates}
    dialogs = tx.conversations.several(actor.account_id, partners).values()
    return {partners[one.id] for one in dialogs if one.members[actor.user_id].place is not None}


def messages(
    tx: Transaction, actor: Actor, *, text: str, within: ConversationId | None, behind: Spot | None, limit: int
) -> Messages:
    """Search the messages that the actor sees now, of one chat or of all. Raises NotFound for a chat that is not the actor's."""
    key = query_key(text)
    if within is not None:
        my_conversation(tx, actor, within)
    if not key:
        return Messages([], None, {})
    hits = tx.search.messages(actor.account_id, actor.user_id, key, within=within, behind=behind, limit=limit + 1)
    shown = hits[:limit]
    named = titles(tx, actor.account_id, (one.message.course_id for one in shown))
    return Messages(_found(tx, actor, shown, key), shown[-1].spot if len(hits) > limit else None, named)


def _found(tx: Transaction, actor: Actor, hits: Sequence[Hit], key: str) -> list[Found]:
    rows = tx.conversations.rows_of(actor.account_id, actor.user_id, {one.message.conversation_id for one in hits})
    placed = ((one.message, spans(one.message.body, key)) for one in hits)
    return [Found(one, rows[one.conversation_id], at, excerpt(one.body, at)) for one, at in placed]
