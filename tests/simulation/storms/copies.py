"""What a device knows, and how it changes: the rules of docs/socket.md under "Catching up", read literally."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec

from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from tests.simulation.names import short

Revisions = tuple[int, int]
"""`rev` and `own_rev`."""


@dataclass(slots=True)
class Chat:
    """An opened chat: its messages by seq, all from `first` on; what lies above is not loaded."""

    messages: dict[int, wire_messages.Message]
    first: int
    standing: wire_conversations.Standing
    starred: frozenset[int]

    def hear(self, one: wire_messages.Message) -> None:
        """The next message; a question makes the dialog one about its course."""
        self.messages[one.seq] = one
        if one.course is not None:
            self.standing = msgspec.structs.replace(self.standing, course=one.course)


@dataclass(slots=True)
class Copy:
    """`behind` are conversations to ask about, up to these revisions at least; `is_list_behind` the list itself."""

    me: str
    rows: dict[str, wire_conversations.Row] = field(default_factory=dict[str, wire_conversations.Row])
    chats: dict[str, Chat] = field(default_factory=dict[str, Chat])
    behind: dict[str, Revisions] = field(default_factory=dict[str, Revisions])
    is_list_behind: bool = False
    drafts: dict[str, set[str]] | None = None
    """The texts of each chat's draft; None for a program, which keeps none."""

    def listed(self) -> list[wire_conversations.Row]:
        """The list from the top."""
        return sorted((row for row in self.rows.values() if row.place is not None), key=_order, reverse=True)

    # Answers.

    def load_list(self, rows: Sequence[wire_conversations.Row]) -> None:
        """The whole list as the server gave it; what was heard meanwhile may be newer."""
        for row in rows:
            self._take_row(row)
        told = {row.conversation_id for row in rows}
        for chat in self.rows.keys() - told:
            self._miss(chat, (0, 0))

    def _take_row(self, row: wire_conversations.Row) -> None:
        """A row moves only together with the chat's messages, where they are kept."""
        known = self._with_facts(row)
        if known is not None and _is_newer(row, known) and (_is_older(row, known) or row.conversation_id in self.chats):
            self._miss(row.conversation_id, (row.rev, row.own_rev))
        elif known is None or not _is_older(row, known):
            self._put(row)

    def _with_facts(self, row: wire_conversations.Row) -> wire_conversations.Row | None:
        """What is known of the chat. Who the others are, and whether one is the expert still, has no revision: each answer
        tells it as it is now. How far they have read has one, and stays.
        """
        known = self.rows.get(row.conversation_id)
        if known is None:
            return None
        asked = known.question
        is_same = (
            asked
            and row.question
            and (asked.course.id, asked.expert_id) == (row.question.course.id, row.question.expert_id)
        )
        shown = {name: getattr(row, name) for name in ("kind", "title", "picture", "members_count")}
        read = {one.person.id: one.read_seq for one in known.participants}
        others = [
            wire_conversations.Participant(one.person, read.get(one.person.id, one.read_seq))
            for one in row.participants
        ]
        question = row.question if is_same else asked
        known = msgspec.structs.replace(known, **shown, participants=others, question=question)
        self.rows[row.conversation_id] = known
        return known

    def open(self, opened: wire_conversations.Opened) -> None:
        """A chat with its newest messages."""
        row, chat = opened.row, opened.row.conversation_id
        known = self._with_facts(row)
        if known is not None and _is_older(row, known):
            self._miss(chat, (known.rev, known.own_rev))
            if chat in self.chats:
                self.chats[chat].standing = opened.standing
                return
        messages = {one.seq: one for one in opened.history.messages}
        first = min(messages) if opened.history.older else 0
        self.chats[chat] = Chat(messages, first, opened.standing, frozenset(opened.starred))
        self._put(row)

    def catch_up(self, chat: str, changes: wire_conversations.Changes) -> bool:
        """What was missed. False when it is too much: the chat must be opened anew."""
        row, known, shown = changes.row, self._with_facts(changes.row), self.chats.get(chat)
        if shown is not None:
            shown.standing = changes.standing
        if known is not None and _is_older(row, known):
            if _is_newer(row, known):
                self._miss(chat, (row.rev, row.own_rev))
            return True
        if shown is not None and changes.truncated:
            return False
        if shown is not None:
            self._apply(shown, changes)
        self._put(row)
        return True

    @staticmethod
    def _apply(shown: Chat, changes: wire_conversations.Changes) -> None:
        kept = shown.messages | {one.seq: one for one in changes.messages if one.seq >= shown.first}
        gone = set(changes.hidden)
        if changes.starred is not None:
            shown.starred = frozenset(changes.starred)
        shown.messages = {seq: one for seq, one in kept.items() if seq not in gone and seq > changes.cleared_seq}

    def _put(self, row: wire_conversations.Row) -> None:
        """Keep a row; what was asked about it is answered, when it is that far."""
        self.rows[row.conversation_id] = row
        rev, own_rev = self.behind.get(row.conversation_id, (0, 0))
        if rev <= row.rev and own_rev <= row.own_rev:
            self.behind.pop(row.conversation_id, None)

    def _miss(self, chat: str, upto: Revisions) -> None:
        rev, own_rev = self.behind.get(chat, (0, 0))
        self.behind[chat] = max(rev, upto[0]), max(own_rev, upto[1])

    # Frames.

    def hear(self, frame: wire_frames.ServerFrame) -> None:
        """What came by itself, each by its revision."""
        match frame:
            case wire_frames.MessageFrame() | wire_frames.SentFrame():
                self._hear_message(frame.message)
            case wire_frames.ReadMarkFrame():
                self._hear_read(frame)
            case wire_frames.ProfileFrame():
                for row in self.rows.values():
                    if frame.user_id in _others(row):
                        self._miss(row.conversation_id, (0, 0))
            case (
                wire_frames.HiddenFrame()
                | wire_frames.StarFrame()
                | wire_frames.UnreadMarkFrame()
                | wire_frames.ChatMovedFrame()
                | wire_frames.ChatDeletedFrame()
            ):
                self._hear_own(frame.conversation_id, frame.own_rev)
            case _:
                pass

    def _next(self, chat: str, rev: int) -> wire_conversations.Row | None:
        """The row, when this is its next revision. Nothing to do when it is known; to ask about when one is missing."""
        row = self.rows.get(chat)
        if row is None:
            self.is_list_behind = True
        elif rev > row.rev + 1:
            self._miss(chat, (rev, 0))
        elif rev == row.rev + 1:
            return row
        return None

    def _hear_message(self, one: wire_messages.Message) -> None:
        row = self._next(one.conversation_id, one.rev)
        if row is None:
            return
        shown = self.chats.get(one.conversation_id)
        if one.seq <= row.last_seq:
            # Deleted for everyone: how many are unread now, and what is the newest, only the server can tell.
            self._miss(one.conversation_id, (one.rev, 0))
            return
        if shown is not None:
            shown.hear(one)
        is_mine = one.sender_id == self.me
        expert = _others(row)[0] if is_mine else self.me
        self._put(
            msgspec.structs.replace(
                row,
                question=row.question
                if one.course is None
                else wire_conversations.Question(one.course, expert, is_expert=True),
                last_message=one,
                unread=row.unread + (not is_mine),
                place=max((each.place or 0 for each in self.rows.values()), default=0) + 1,
                rev=one.rev,
                last_seq=one.seq,
            )
        )

    def _hear_read(self, frame: wire_frames.ReadMarkFrame) -> None:
        row = self._next(frame.conversation_id, frame.rev)
        if row is None:
            return
        if frame.user_id != self.me:
            others = [
                wire_conversations.Participant(
                    one.person, frame.read_seq if one.person.id == frame.user_id else one.read_seq
                )
                for one in row.participants
            ]
            self._put(msgspec.structs.replace(row, rev=frame.rev, participants=others))
        elif frame.read_seq >= row.last_seq:
            self._put(msgspec.structs.replace(row, rev=frame.rev, read_seq=frame.read_seq, unread=0))
        else:
            self._miss(frame.conversation_id, (frame.rev, 0))

    def _hear_own(self, chat: str, own_rev: int) -> None:
        """Something of mine, on another device perhaps: what is left, the server tells."""
        row = self.rows.get(chat)
        if row is None:
            self.is_list_behind = True
        elif own_rev > row.own_rev:
            self._miss(chat, (0, own_rev))

    def __str__(self) -> str:
        chats = [f"{short(row.conversation_id)} at {row.rev}/{row.own_rev}" for row in self.listed()]
        return f"{chats}, behind {[short(one) for one in self.behind]}"


_order = attrgetter("pinned", "place")


def _is_older(row: wire_conversations.Row, known: wire_conversations.Row) -> bool:
    return row.rev < known.rev or row.own_rev < known.own_rev


def _others(row: wire_conversations.Row) -> list[str]:
    return [one.person.id for one in row.participants]


def _is_newer(row: wire_conversations.Row, known: wire_conversations.Row) -> bool:
    return row.rev > known.rev or row.own_rev > known.own_rev
