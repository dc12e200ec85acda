"""The list of chats, opening one, its older pages, what happened since, and Delete chat (rules §6, §7, §10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hallway.domain import permissions
from hallway.domain.conversations import MOST_PINNED, Conversation, Standing, new_dialog
from hallway.domain.events import ChatDeleted
from hallway.domain.ids import ConversationId, CourseId, UserId, dialog_id
from hallway.domain.messages import Message
from hallway.domain.office import Office
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.messaging import drafting
from hallway.usecases.messaging.changing import my_message, title_of
from hallway.usecases.messaging.chat_lists import EVERY_CHAT, ChatFilter, Section
from hallway.usecases.messaging.participants import Facts, facts_about, my_conversation, my_side
from hallway.usecases.messaging.quotes import quoted
from hallway.usecases.messaging.reacting import with_mine
from hallway.usecases.messaging.records import ChatRow, MissedChanges, Participant, Since
from hallway.usecases.messaging.scheduling import cancel_in_chat
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.notifications.jobs import withdraw
from hallway.usecases.people.acquaintances import office
from hallway.usecases.people.cards import cards, titles
from hallway.usecases.transaction import Transaction

PAGE = 50
"""Messages in a page of history."""
CHANGES = 500
"""Changed messages in one catch-up; behind more the chat is opened anew."""


@dataclass(frozen=True, slots=True)
class ChatListItem:
    """A row of the list, with the titles that its message needs."""

    row: ChatRow
    titles: Mapping[CourseId, str]


@dataclass(frozen=True, slots=True)
class Chats:
    """A page of the list; `next` is the position to go on below, None at the end. `waiting_chats` wait for an expert's answer:
    None for others, and behind the first page.
    """

    lines: Sequence[ChatListItem]
    next: int | None
    unread_chats: int
    waiting_chats: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Messages, oldest first; `older` when there are more before them, `newer` when there are more behind them.

    `quoted` are those that these reply to, as far as they stand elsewhere and the reader sees them.
    """

    messages: Sequence[Message]
    older: bool
    titles: Mapping[CourseId, str]
    newer: bool = False
    quoted: Sequence[Message] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """All that an opened chat shows; `about` is the course that a first question would be about, `office` when the one
    other person answers, where they said so, `starred` the seqs of all that the reader starred here.
    """

    line: ChatListItem
    standing: Standing
    history: History
    about: CourseId | None
    office: Office | None
    starred: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The changes since a client last heard; `is_truncated` when there are too many. `starred` are the seqs of all that the reader
    starred here, None where their side didn't change.
    """

    line: ChatListItem
    standing: Standing
    changes: MissedChanges
    titles: Mapping[CourseId, str]
    cleared_seq: int
    is_truncated: bool
    quoted: Sequence[Message] = ()
    starred: Sequence[int] | None = None


def chats(  # noqa: PLR0913 - one for each part of the filter
    tx: Transaction,
    actor: Actor,
    *,
    before: int | None,
    limit: int,
    unread_only: bool = False,
    text: str = "",
    name: str = "",
    chosen: ChatFilter = EVERY_CHAT,
) -> Chats:
    """Return a page of the actor's list, newest on top unless the oldest come first; `text` is looked for in names and messages,
    `name` in names alone. Above the first page of the whole list come those that are pinned (rules §15).
    """
    is_whole = chosen == EVERY_CHAT and not (unread_only or text or name)
    pinned = pinned_rows(tx, actor) if is_whole and before is None else ()
    rows = tx.conversations.rows(
        actor.account_id,
        actor.user_id,
        before=before,
        limit=limit + 1,
        unread_only=unread_only,
        text=text,
        name=name,
        chosen=replace(chosen, section=Section.UNPINNED) if is_whole else chosen,
    )
    shown = rows[:limit]
    last = my_side(shown[-1].conversation, actor).position if len(rows) > limit else None
    unread = tx.conversations.unread_count(actor.account_id, actor.user_id)
    return Chats(_lines(tx, actor, [*pinned, *shown]), last, unread, _waiting(tx, actor) if before is None else None)


def pinned_rows(tx: Transaction, actor: Actor) -> Sequence[ChatRow]:
    """Return the rows of the chats that the actor pinned, newest on top."""
    chosen = ChatFilter(section=Section.PINNED)
    return tx.conversations.rows(actor.account_id, actor.user_id, before=None, limit=MOST_PINNED, chosen=chosen)


def _waiting(tx: Transaction, actor: Actor) -> int | None:
    me = tx.people.facts(actor.account_id, [actor.user_id])[actor.user_id]
    return tx.conversations.waiting_count(actor.account_id, actor.user_id) if me.expert_of else None


def list_item(tx: Transaction, actor: Actor, *, conversation_id: ConversationId) -> ChatListItem:
    """Return a row of the list, as it is now."""
    row = _row(tx, actor, conversation_id)
    if row is None:
        raise NotFound("conversation")
    return _lines(tx, actor, [row])[0]


def _row(tx: Transaction, actor: Actor, conversation_id: ConversationId) -> ChatRow | None:
    return tx.conversations.rows_of(actor.account_id, actor.user_id, [conversation_id]).get(conversation_id)


def open_chat(tx: Transaction, actor: Actor, *, conversation_id: ConversationId) -> Opened:
    """Open a chat with its newest messages."""
    found = list_item(tx, actor, conversation_id=conversation_id)
    return _opened(tx, actor, found, _facts(tx, actor, found.row), None)


def _facts(tx: Transaction, actor: Actor, row: ChatRow) -> Facts:
    """Load the facts about all participants, of whom a row shows a few."""
    whole = row.conversation if row.is_whole else my_conversation(tx, actor, row.conversation.id)
    return facts_about(tx, actor, whole.others(actor.user_id))


def open_with(tx: Transaction, actor: Actor, *, person_id: UserId, course_id: CourseId | None) -> Opened:
    """Open the chat with a person, also when nothing was written yet; then it must be one that the actor may start.

    Nothing is stored (rules §8). Raises NotFound for everyone else, there or not (rules §10).
    """
    conversation_id = dialog_id(actor.account_id, actor.user_id, person_id)
    row = _row(tx, actor, conversation_id)
    facts = facts_about(tx, actor, [person_id])
    if row is None:
        if not permissions.start_together(facts.account, facts.people):
            raise NotFound("person")
        row = _empty(tx, actor, conversation_id, person_id)
    question = permissions.ask_about(facts.people, course_id) if course_id else None
    return _opened(tx, actor, _lines(tx, actor, [row])[0], facts, question and question.course_id)


def _empty(tx: Transaction, actor: Actor, conversation_id: ConversationId, person_id: UserId) -> ChatRow:
    person = tx.people.find(actor.account_id, person_id)
    if person is None:
        raise NotFound("person")
    (card,) = cards(tx, actor.account_id, [person])
    empty = new_dialog(actor.account_id, conversation_id, actor.user_id, person_id)
    return ChatRow(
        conversation=empty,
        members_count=len(empty.members),
        participants=[Participant(person, card.department)],
        last_message=None,
        course_title=None,
    )


def _opened(tx: Transaction, actor: Actor, found: ChatListItem, facts: Facts, about: CourseId | None) -> Opened:
    conversation = found.row.conversation
    return Opened(
        line=found,
        standing=facts.standing(conversation),
        history=_page(tx, actor, conversation, None, PAGE, about),
        about=about,
        office=office(tx, actor, facts),
        starred=_starred(tx, actor, conversation) or (),
    )


def history(
    tx: Transaction, actor: Actor, *, conversation_id: ConversationId, before: int | None, limit: int = PAGE
) -> History:
    """Return a page of older messages."""
    return _page(tx, actor, my_conversation(tx, actor, conversation_id), before, limit, None)


def newer(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, after: int, limit: int = PAGE) -> History:
    """Return the page behind a message."""
    conversation = my_conversation(tx, actor, conversation_id)
    seen_from = max(after, my_side(conversation, actor).cleared_seq)
    messages = tx.messages.page(
        actor.account_id, conversation.id, actor.user_id, after=seen_from, before=None, limit=limit + 1, from_start=True
    )
    return _history(tx, actor, conversation, messages[:limit], older=True, newer=len(messages) > limit)


def around(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int, limit: int = PAGE) -> History:
    """Return a page with a message in its middle, or the place where it was."""
    above = history(tx, actor, conversation_id=conversation_id, before=seq, limit=max(1, limit // 2))
    below = newer(tx, actor, conversation_id=conversation_id, after=seq - 1, limit=max(1, limit - limit // 2))
    named = {**above.titles, **below.titles}
    quotes = {one.seq: one for one in [*above.quoted, *below.quoted]}
    return History(
        messages=[*above.messages, *below.messages],
        older=above.older,
        titles=named,
        newer=below.newer,
        quoted=[*quotes.values()],
    )


def _page(
    tx: Transaction, actor: Actor, conversation: Conversation, before: int | None, limit: int, about: CourseId | None
) -> History:
    messages = tx.messages.page(
        actor.account_id,
        conversation.id,
        actor.user_id,
        after=my_side(conversation, actor).cleared_seq,
        before=before,
        limit=limit + 1,
    )
    return _history(tx, actor, conversation, messages[-limit:], older=len(messages) > limit, about=about)


def _history(
    tx: Transaction,
    actor: Actor,
    conversation: Conversation,
    messages: Sequence[Message],
    *,
    older: bool,
    newer: bool = False,
    about: CourseId | None = None,
) -> History:
    """Add to messages what is shown with them: titles of courses, the reader's own reactions, and what replies quote."""
    quotes = quoted(tx, actor, conversation, messages)
    named = titles(tx, actor.account_id, [about, *(one.course_id for one in [*messages, *quotes])])
    shown = with_mine(tx, actor, conversation.id, messages)
    return History(messages=shown, older=older, titles=named, newer=newer, quoted=quotes)


def message(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> Posted:
    """Return a message that the actor sees."""
    _, found = my_message(tx, actor, conversation_id, seq)
    (shown,) = with_mine(tx, actor, conversation_id, [found])
    return Posted(shown, title_of(tx, shown))


def missed(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, rev: int, own_rev: int) -> Missed:
    """Return what happened since the given revisions: after it the client's chat equals the store's."""
    found = list_item(tx, actor, conversation_id=conversation_id)
    conversation = found.row.conversation
    cleared_seq = my_side(conversation, actor).cleared_seq
    changes = tx.messages.changes(
        actor.account_id,
        conversation_id,
        actor.user_id,
        since=Since(rev, own_rev, conversation.all_posted_behind(rev)),
        after=cleared_seq,
        limit=CHANGES + 1,
    )
    quotes = quoted(tx, actor, conversation, changes.messages)
    named = titles(tx, actor.account_id, (one.course_id for one in [*changes.messages, *quotes]))
    seen = with_mine(tx, actor, conversation_id, changes.messages)
    standing = _facts(tx, actor, found.row).standing(conversation)
    is_truncated = max(len(changes.messages), len(changes.hidden)) > CHANGES
    return Missed(
        line=found,
        standing=standing,
        changes=replace(changes, messages=seen),
        titles=named,
        cleared_seq=cleared_seq,
        is_truncated=is_truncated,
        quoted=quotes,
        starred=_starred(tx, actor, conversation, own_rev),
    )


def _starred(tx: Transaction, actor: Actor, conversation: Conversation, since: int = 0) -> Sequence[int] | None:
    """Return the seqs of all that the actor starred in a conversation; None where their side is as it was at that own revision."""
    if my_side(conversation, actor).own_rev <= since:
        return None
    return tx.stars.of(actor.account_id, actor.user_id, conversation.id)


def delete_chat(tx: Transaction, actor: Actor, *, conversation_id: ConversationId) -> None:
    """Delete chat: the conversation leaves the actor's list, its history is gone for them alone (rules §7), and so is what they scheduled there (§18)."""
    cancel_in_chat(tx, actor, conversation_id)
    conversation = my_conversation(tx, actor, conversation_id)
    side = my_side(conversation, actor).emptied(conversation.last_seq)
    tx.conversations.save([conversation.with_side(side)])
    withdraw(tx, actor.account_id, (actor.user_id, conversation_id))
    tx.stars.forget_chat(actor.account_id, actor.user_id, conversation_id)
    drafting.forget(tx, actor, conversation_id)
    tx.announce(
        ChatDeleted(
            account_id=actor.account_id,
            user_id=actor.user_id,
            conversation_id=conversation_id,
            own_rev=side.own_rev,
            cleared_seq=side.cleared_seq,
        )
    )


def _lines(tx: Transaction, actor: Actor, rows: Sequence[ChatRow]) -> list[ChatListItem]:
    named = titles(tx, actor.account_id, (row.last_message.course_id for row in rows if row.last_message))
    return [ChatListItem(row, named) for row in rows]
