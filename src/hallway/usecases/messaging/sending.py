"""A batch of sends: the facts of all are loaded at once, then each is judged and numbered in turn, then all stored."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hallway.domain import permissions
from hallway.domain.accounts import Account
from hallway.domain.conversations import Conversation, new_dialog
from hallway.domain.courses import Question
from hallway.domain.events import MessagePosted, UnreadMarked
from hallway.domain.files import Attachment
from hallway.domain.ids import AccountId, ConversationId, CourseId, FileId, UserId, dialog_id
from hallway.domain.messages import Message
from hallway.domain.people import Participants
from hallway.domain.verdicts import Denial, Refused, require
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.files.attaching import Attaching
from hallway.usecases.messaging.participants import require_seen
from hallway.usecases.messaging.preview_jobs import ask_for_previews
from hallway.usecases.messaging.recounting import recounted
from hallway.usecases.messaging.sent_texts import sent_texts
from hallway.usecases.people.cards import titles
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A message on its way in: to a conversation, or to a person with whom there may be none yet.

    `reply_to` is the seq of the message in that conversation that it quotes.
    """

    actor: Actor
    body: str
    key: str
    to: ConversationId | None = None
    to_person: UserId | None = None
    course_id: CourseId | None = None
    reply_to: int | None = None
    files: Sequence[FileId] = ()

    @property
    def conversation_id(self) -> ConversationId:
        """Return the conversation that it goes to."""
        if self.to is not None:
            return self.to
        return dialog_id(self.actor.account_id, self.actor.user_id, self.to_person or UserId(""))


@dataclass(frozen=True, slots=True)
class Posted:
    """A stored message, and the title of the course that it asks about."""

    message: Message
    course_title: str | None


class ListPositions:
    """The tops of people's lists while messages are posted. A dialog that is on top already stays where it is."""

    def __init__(self, positions: Mapping[UserId, int], above: Callable[[int, ConversationId], int]) -> None:
        """Keep the positions of the dialogs on top; `above` gives the next one."""
        self.positions = Counter(positions)
        self._above = above
        self._raised: dict[UserId, ConversationId] = {}

    def put(self, conversation: Conversation) -> None:
        """Put a conversation on top of each member's list."""
        for one, side in conversation.members.items():
            if self._raised.get(one) != conversation.id and side.position != self.positions[one]:
                self.positions[one] = self._above(self.positions[one], conversation.id)
                self._raised[one] = conversation.id


class Batch:
    """The sends of one account that are written together."""

    def __init__(self, tx: Transaction, account_id: AccountId, commands: Sequence[Send], now: datetime) -> None:
        """Load what the rules will ask for: a fixed number of statements, however many the commands."""
        tx.hold_facts(account_id)
        self._tx = tx
        self._now = now
        self._account_id = account_id
        self._account = tx.accounts.find(account_id)
        ids = {command.conversation_id for command in commands}
        self._conversations = dict(tx.conversations.several(account_id, ids))
        self._stored = set(self._conversations)
        self._people = tx.people.facts(account_id, self._users(commands))
        self._titles = titles(tx, account_id, (command.course_id for command in commands))
        keys = {(command.actor.user_id, command.key) for command in commands}
        self._by_key = dict(tx.messages.by_keys(account_id, keys))
        self._sent_texts = sent_texts(tx, account_id, self._by_key.values())
        self._attaching = Attaching(tx, account_id, (one for command in commands for one in command.files))
        self._posted: list[Message] = []

    def _users(self, commands: Sequence[Send]) -> set[UserId]:
        named = {one for command in commands for one in (command.actor.user_id, command.to_person) if one is not None}
        return named.union(*(conversation.members for conversation in self._conversations.values()))

    def post(self, command: Send) -> Posted:
        """Judge and number one message. Raises NotFound, Refused or Conflict; then nothing has changed."""
        earlier = self._by_key.get((command.actor.user_id, command.key))
        if earlier is not None:
            return self._again(command, earlier)
        conversation = self._conversation(command)
        people = self._participants(command, conversation)
        require(permissions.write(self._settings, people, conversation))
        if command.reply_to is not None:
            require_seen(self._tx, conversation, command.actor.user_id, command.reply_to)
        question = permissions.ask_about(people, command.course_id) if command.course_id else None
        files = self._attaching.judge(self._settings, command.actor.user_id, command.files) if command.files else ()
        return self._number(command, conversation, question, files)

    def _again(self, command: Send, earlier: Message) -> Posted:
        """Return the earlier message for the same key. Raises Conflict for another text or another dialog: that is the client's mistake."""
        if earlier.conversation_id != command.conversation_id or not self._said(earlier, command):
            raise Conflict("key_reused", "This key was already used for a different message.")
        return self._answer(earlier)

    def _said(self, earlier: Message, command: Send) -> bool:
        """Return whether that message said this; a course that was none of theirs was dropped, and is not compared.

        Nor is what it quotes, once the message was deleted.
        """
        if earlier.course_id not in {None, command.course_id}:
            return False
        if earlier.is_deleted:
            return self._sent_texts.is_text_of(earlier, command.body)
        same = earlier.reply_to == command.reply_to and [one.id for one in earlier.files] == list(command.files)
        return same and self._sent_texts.is_text_of(earlier, command.body)

    @property
    def _settings(self) -> Account:
        if self._account is None or self._account.is_suspended:  # an answer by mail comes past the hosts
            raise NotFound("account")
        return self._account

    def _conversation(self, command: Send) -> Conversation:
        """Find the conversation, or begin a dialog with a person; somebody who is not there is refused like somebody
        who may not be asked.
        """
        found = self._conversations.get(command.conversation_id)
        if found is not None and permissions.read(found, command.actor.user_id):
            return found
        if command.to_person is None:
            raise NotFound("conversation")
        if command.to_person == command.actor.user_id:
            raise Refused(Denial.YOURSELF)
        if command.to_person not in self._people:
            raise Refused(Denial.NO_RELATION if self._settings.messaging_on else Denial.MESSAGING_OFF)
        return new_dialog(self._account_id, command.conversation_id, command.actor.user_id, command.to_person)

    def _participants(self, command: Send, conversation: Conversation) -> Participants:
        me = command.actor.user_id
        return Participants(self._people[me], tuple([self._people[one] for one in conversation.others(me)]))

    def _number(
        self, command: Send, conversation: Conversation, question: Question | None, files: tuple[Attachment, ...]
    ) -> Posted:
        sender_id = command.actor.user_id
        if conversation.members[sender_id].unread_from is not None:
            conversation = self._answered(conversation, sender_id)
        changed = conversation.with_message(question)
        message = Message(
            account_id=self._account_id,
            conversation_id=changed.id,
            seq=changed.last_seq,
            rev=changed.rev,
            sender_id=sender_id,
            key=command.key,
            body=command.body,
            sent_at=self._now,
            course_id=question.course_id if question else None,
            reply_to=command.reply_to,
            files=files,
        )
        if files:
            self._attaching.attach(message)
        self._conversations[changed.id] = changed
        self._posted.append(message)
        self._by_key[message.sender_id, message.key] = message
        return self._answer(message)

    def _answered(self, conversation: Conversation, sender_id: UserId) -> Conversation:
        """Mark as read what the sender of an answer had marked unread; what they never read stays unread (rules §12)."""
        before = conversation.members[sender_id]
        side = recounted(self._tx, conversation, before.having_read(before.read_seq))
        marked = UnreadMarked(
            account_id=self._account_id,
            user_id=sender_id,
            conversation_id=conversation.id,
            own_rev=side.own_rev,
            unread_from=side.unread_from,
        )
        self._tx.announce(marked)
        return conversation.with_side(side)

    def _answer(self, message: Message) -> Posted:
        return Posted(message, self._title(message))

    def _title(self, message: Message) -> str | None:
        return self._titles.get(message.course_id) if message.course_id else None

    def store(self) -> None:
        """Write all that was posted, and announce it."""
        grown = self._grown()
        self._tx.conversations.add([one for one in grown if one.id not in self._stored])
        self._tx.conversations.save([one for one in grown if one.id in self._stored])
        self._tx.messages.add(self._posted)
        self._attaching.store()
        ask_for_previews(self._tx, self._account, self._posted, self._now)
        members = {one.id: frozenset(one.members) for one in grown}
        for message in self._posted:
            title = self._title(message)
            self._tx.announce(MessagePosted(self._account_id, members[message.conversation_id], message, title))

    def _grown(self) -> list[Conversation]:
        """Return the conversations with all that was posted, by id: each on top of its members' lists since its last message."""
        grown: list[Conversation] = []
        posted: defaultdict[ConversationId, Counter[UserId]] = defaultdict(Counter)
        lists = self._tx.conversations
        positions = ListPositions(lists.top_positions(self._account_id, self._readers()), lists.position_above)
        for message in self._posted:
            conversation = self._conversations[message.conversation_id]
            posted[conversation.id][message.sender_id] += 1
            positions.put(conversation)
            if message.seq == conversation.last_seq:
                grown.append(conversation.with_sides(posted[conversation.id], positions.positions, self._now))
        return sorted(grown, key=lambda one: one.id)

    def _readers(self) -> set[UserId]:
        return {one for message in self._posted for one in self._conversations[message.conversation_id].members}
