"""Dialogs and what each member keeps of them, in dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from operator import gt, lt

from hallway.domain.conversations import Conversation, ConversationKind, Member
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.messages import awaits_answer
from hallway.domain.text import name_key, query_key, query_words, search_key
from hallway.storage.memory.messages import MemoryMessages
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.messaging.chat_lists import EVERY_CHAT, ChatFilter
from hallway.usecases.messaging.records import ChatRow


class MemoryConversations:
    """`ports.Conversations` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._messages = MemoryMessages(tables)

    def several(
        self, account_id: AccountId, conversation_ids: Collection[ConversationId]
    ) -> Mapping[ConversationId, Conversation]:
        """Conversations with their members."""
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

    def top_places(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, int]:
        """The highest place in each list."""
        found: dict[UserId, int] = {}
        for one in set(user_ids):
            places = [side.place for _, side in self._sides(account_id, one) if side.place is not None]
            found |= {one: max(places)} if places else {}
        return found

    def place_above(self, top: int, conversation_id: ConversationId) -> int:
        """The next one: there is one process."""
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
        """A page of the list."""
        words = query_words(name)
        is_behind = gt if chosen.oldest_first else lt
        listed = [
            (side.place, one)
            for one, side in self._sides(account_id, user_id)
            if side.place is not None
            and (before is None or is_behind(side.place, before))
            and (side.unread or not unread_only)
        ]
        ordered = sorted(listed, key=lambda pair: pair[0], reverse=not chosen.oldest_first)
        rows = [row for row in (self._line(one, user_id) for _, one in ordered) if row is not None]
        named = (row for row in rows if all(one in name_key(row.other.name) for one in words))
        found = (row for row in named if _is_chosen(row, user_id, chosen))
        return list(islice((row for row in found if self._mentions(row, user_id, query_key(text))), limit))

    def row(self, account_id: AccountId, user_id: UserId, conversation_id: ConversationId) -> ChatRow | None:
        """One line."""
        found = self._tables.conversations.get((account_id, conversation_id))
        return None if found is None else self._line(found, user_id)

    def _line(self, one: Conversation, user_id: UserId) -> ChatRow | None:
        if user_id not in one.members or one.kind is not ConversationKind.DIALOG:
            return None
        last_seq = one.members[user_id].last_seq
        newest = None if last_seq is None else self._messages.find(one.account_id, one.id, last_seq)
        course = self._tables.courses.get((one.account_id, one.question.course_id)) if one.question else None
        other = self._tables.users[one.account_id, one.other_than(user_id)]
        department = self._tables.departments[one.account_id, other.department_id] if other.department_id else None
        is_muted = (one.account_id, user_id, one.id) in self._tables.muted
        asked = one.question
        is_expert = asked is not None and (one.account_id, asked.course_id, asked.expert_id) in self._tables.experts
        return ChatRow(one, other, newest, course and course.title, department and department.name, is_muted, is_expert)

    def _mentions(self, row: ChatRow, user_id: UserId, key: str) -> bool:
        """The other person's name, or a message that is still seen, contains the key."""
        one = row.conversation
        seen = self._messages.seen(one.account_id, one.id, user_id, after=one.members[user_id].cleared_seq)
        return key in name_key(row.other.name) or any(key in search_key(each.body) for each in seen)

    def unread_count(self, account_id: AccountId, user_id: UserId) -> int:
        """How many dialogs have unread messages."""
        return sum(1 for _, side in self._sides(account_id, user_id) if side.unread and side.place is not None)

    def waiting_count(self, account_id: AccountId, user_id: UserId) -> int:
        """How many wait for an answer."""
        listed = (one for one, side in self._sides(account_id, user_id) if side.place is not None)
        rows = (self._line(one, user_id) for one in listed)
        return sum(1 for row in rows if row is not None and awaits_answer(row.last_message, user_id))


def _is_chosen(row: ChatRow, user_id: UserId, chosen: ChatFilter) -> bool:
    asked = row.conversation.question
    is_about = chosen.course_id is None or (asked is not None and asked.course_id == chosen.course_id)
    return is_about and (not chosen.is_waiting or awaits_answer(row.last_message, user_id))
