"""What somebody sees, in plain words: from the memory, or from a use-case's answer, to compare the two."""

from collections.abc import Iterable
from typing import NamedTuple

from hallway.domain.ids import FileId, UserId
from hallway.domain.messages import Message
from hallway.usecases.messaging.conversations import ChatListItem
from tests.simulation.names import NAMES
from tests.simulation.talks import Said, Talk


class Words(NamedTuple):
    """One message."""

    seq: int
    sender: str
    key: str
    body: str
    course: str | None
    is_deleted: bool
    reply_to: int | None
    is_edited: bool
    reactions: list[tuple[str, list[UserId]]]
    files: list[FileId]


class Row(NamedTuple):
    """One line of a list; `read` is how far the reader has read, and each of the others."""

    chat: str
    others: list[str]
    last: Words | None
    unread: int
    last_seq: int
    read: list[int]
    question: tuple[str, str] | None


# What the memory says.


def said(one: Said) -> Words:
    """A message as it is now."""
    core = (one.seq, one.sender, one.key, one.shown, one.course_id, one.is_deleted)
    if one.is_deleted:
        return Words(*core, None, False, [], [])
    reactions = [(emoji, sorted(people)) for emoji, people in one.reactions.items()]
    return Words(*core, one.reply_to, bool(one.before), reactions, [each.id for each in one.files])


def history(talk: Talk, reader: UserId) -> list[Words]:
    """All that the reader still sees, oldest first."""
    return [said(one) for one in talk.seen_by(reader)]


def quoted(talk: Talk, reader: UserId, page: list[Words]) -> list[Words]:
    """What the messages of a page quote from elsewhere, as far as the reader sees it, oldest first."""
    elsewhere = {one.reply_to for one in page if one.reply_to} - {one.seq for one in page}
    return [said(talk.said[seq - 1]) for seq in sorted(elsewhere) if talk.sees(reader, seq)]


def row(talk: Talk, reader: UserId) -> Row:
    """The reader's line of the list."""
    partner, seen = talk.partner_of(reader), history(talk, reader)
    return Row(
        talk.id,
        [partner],
        seen[-1] if seen else None,
        talk.unread_by(reader),
        talk.last_seq,
        [talk.sides[reader].read, talk.sides[partner].read],
        (talk.question.course_id, talk.question.expert_id) if talk.question else None,
    )


def waiting(talks: Iterable[Talk], reader: UserId) -> list[Row]:
    """Those in which the other one waits for the reader's answer."""
    listed = ((one, one.last) for one in rows(talks, reader))
    return [one for one, last in listed if last is not None and not last.is_deleted and last.sender != reader]


def rows(talks: Iterable[Talk], reader: UserId, *, unread_only: bool = False, text: str = "") -> list[Row]:
    """The reader's list from the top, in the whole one the pinned above the others: what was emptied is out of it until the next message."""
    listed = [talk for talk in _from_the_top(talks, reader) if not talk.sides[reader].is_archived]
    if not (unread_only or text):
        listed.sort(key=lambda talk: not talk.sides[reader].is_pinned)
    return [
        row(talk, reader)
        for talk in listed
        if (talk.unread_by(reader) or not unread_only) and _mentions(talk, reader, text.lower())
    ]


def archived(talks: Iterable[Talk], reader: UserId) -> list[Row]:
    """The reader's archive from the top."""
    return [row(talk, reader) for talk in _from_the_top(talks, reader) if talk.sides[reader].is_archived]


def _from_the_top(talks: Iterable[Talk], reader: UserId) -> list[Talk]:
    mine = [(talk.sides[reader].top, talk) for talk in talks if reader in talk.sides]
    listed = [(top, talk) for top, talk in mine if top is not None]
    return [talk for _, talk in sorted(listed, key=lambda one: one[0], reverse=True)]


def _mentions(talk: Talk, reader: UserId, text: str) -> bool:
    texts = [NAMES[talk.partner_of(reader)], *(one.body for one in history(talk, reader))]
    return any(text in one.lower() for one in texts)


# What the use-cases answer.


def of_message(one: Message) -> Words:
    """A message of the store."""
    reactions = [(each.emoji, sorted(each.people)) for each in one.reactions]
    assert [len(people) for _, people in reactions] == [each.count for each in one.reactions]
    core = (one.seq, one.sender_id, one.key, one.body, one.course_id, one.is_deleted)
    return Words(*core, one.reply_to, one.edited_at is not None, reactions, [each.id for each in one.files])


def of_line(line: ChatListItem, reader: UserId) -> Row:
    """A line as the reader gets it."""
    chat, last = line.row.conversation, line.row.last_message
    mine, others = chat.members[reader], [one.user.id for one in line.row.participants]
    return Row(
        chat.id,
        [*others],
        None if last is None else of_message(last),
        mine.unread,
        chat.last_seq,
        [mine.read_seq, *(chat.members[one].read_seq for one in others)],
        (chat.question.course_id, chat.question.expert_id) if chat.question else None,
    )
