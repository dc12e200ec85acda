"""Conversations and what each member keeps of them, in dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import gt, lt

from hallway.domain.conversations import Conversation, Member
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import awaits_answer
from hallway.domain.text import name_key, query_key, query_words, search_key
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.messaging.chat_lists import EVERY_CHAT, ChatFilter, Section
from hallway.usecases.messaging.records import PARTICIPANTS_SHOWN, ChatRow, Participant


class MemoryConversations:
    """`ports.Conversations` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._messages = MemoryMessages(tables)

    def several(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, Conversation]:
        """Return conversations with their members; nothing is locked."""
        found = (self._tables.conversations.get((account_id, one)) for one in sorted(set(conversation_ids)))
        return {one.id: one for one in found if one is not None}

    def add(self, conversations: Sequence[Conversation]) -> None:
        """Store new conversations with their members."""
        for one in conversations:
            require((one.account_id, one.id) not in self._tables.conversations)
            require(all((one.account_id, side) in self._tables.users for side in one.members))
            self._tables.conversations[one.account_id, one.id] = one

    def save(self, conversations: Sequence[Conversation]) -> None:
        """Store what changes in conversations and members."""
        for one in conversations:
            if (one.account_id, one.id) in self._tables.conversations:
                self._tables.conversations[one.account_id, one.id] = one

    def top_positions(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, int]:
        """Return the highest position in each list."""
        found: dict[UserId, int] = {}
        for one in set(user_ids):
            positions = [side.position for _, side in self._sides(account_id, one) if side.position is not None]
            found |= {one: max(positions)} if positions else {}
        return found

    def position_above(self, top: int, conversation_id: ConversationId) -> int:
        """Return the next position: there is one process."""
        del conversation_id
        return top + 1

    def _sides(self, account_id: AccountId, user_id: UserId) -> Iterator[tuple[Conversation, Member]]:
        for one in self._tables.conversations.values():
            if one.account_id == account_id and user_id in one.members:
                yield one, one.members[user_id]

    def rows(  # noqa: PLR0913 - one for each part of the filter
        self,
        account_id: AccountId,
        user_id: UserId,
        *,
        before: int | None,
        limit: int,
        unread_only: bool = False,
        text: str = "",
        name: str = "",
        chosen: ChatFilter = EVERY_CHAT,
    ) -> Sequence[ChatRow]:
        """Return a page of the list by going through all of the user's conversations."""
        words = query_words(name)
        is_behind = gt if chosen.oldest_first else lt
        listed = [
            (side.position, one)
            for one, side in self._sides(account_id, user_id)
            if side.position is not None
            and _is_in(side, chosen.section)
            and (before is None or is_behind(side.position, before))
            and (side.unread or not unread_only)
        ]
        ordered = sorted(listed, key=lambda pair: pair[0], reverse=not chosen.oldest_first)
        found = [one for _, one in ordered if self._has_words(one, user_id, words)]
        mentioned = (one for one in found if self._mentions(one, user_id, query_key(text)))
        rows = (self._row(one, user_id) for one in mentioned)
        return list(islice((row for row in rows if _is_chosen(row, user_id, chosen)), limit))

    def rows_of(
        self, account_id: AccountId, user_id: UserId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, ChatRow]:
        """Return the rows of those of these conversations in which the user is."""
        found = self.several(account_id, conversation_ids).values()
        return {one.id: self._row(one, user_id) for one in found if user_id in one.members}

    def _row(self, one: Conversation, user_id: UserId) -> ChatRow:
        last_seq = one.members[user_id].last_seq
        newest = None if last_seq is None else self._messages.find(one.account_id, one.id, last_seq)
        course = self._tables.courses.get((one.account_id, one.question.course_id)) if one.question else None
        shown = one.others(user_id)[:PARTICIPANTS_SHOWN]
        asked = one.question
        return ChatRow(
            conversation=replace(one, members={user: one.members[user] for user in (user_id, *shown)}),
            members_count=len(one.members),
            participants=[self._participant(one.account_id, other) for other in shown],
            last_message=newest,
            course_title=course and course.title,
            muted_until=self._tables.muted.get((one.account_id, user_id, one.id)),
            is_expert=asked is not None and (one.account_id, asked.course_id, asked.expert_id) in self._tables.experts,
        )

    def _participant(self, account_id: AccountId, user_id: UserId) -> Participant:
        user = self._tables.users[account_id, user_id]
        department = self._tables.departments[account_id, user.department_id] if user.department_id else None
        return Participant(user, department and department.name)

    def _has_words(self, one: Conversation, user_id: UserId, words: Collection[str]) -> bool:
        """Return whether the name of one of the others has all the words."""
        names = (name_key(self._tables.users[one.account_id, other].name) for other in one.others(user_id))
        return not words or any(all(word in name for word in words) for name in names)

    def _mentions(self, one: Conversation, user_id: UserId, key: str) -> bool:
        """Return whether the name of one of the others, or a message that is still seen, contains the key."""
        seen = self._messages.seen(one.account_id, one.id, user_id, after=one.members[user_id].cleared_seq)
        return not key or self._has_words(one, user_id, [key]) or any(key in search_key(each.body) for each in seen)

    def unread_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the listed conversations that have unread messages."""
        return sum(1 for _, side in self._sides(account_id, user_id) if side.unread and side.place is not None)

    def waiting_count(self, account_id: AccountId, user_id: UserId) -> int:
        """Count the listed conversations that wait for an answer."""
        listed = (one for one, side in self._sides(account_id, user_id) if side.place is not None)
        return sum(1 for one in listed if awaits_answer(self._row(one, user_id).last_message, user_id))


def _is_in(side: Member, section: Section) -> bool:
    match section:
        case Section.LIST:
            return side.place is not None
        case Section.PINNED:
            return side.place is not None and bool(side.pinned)
        case Section.UNPINNED:
            return side.place is not None and not side.pinned
        case Section.ARCHIVE:
            return side.is_archived


def _is_chosen(row: ChatRow, user_id: UserId, chosen: ChatFilter) -> bool:
    asked = row.conversation.question
    is_about = chosen.course_id is None or (asked is not None and asked.course_id == chosen.course_id)
    return is_about and (not chosen.is_waiting or awaits_answer(row.last_message, user_id))
