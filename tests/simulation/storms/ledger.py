"""What was truly committed, kept beside the store in plain words, and what must hold at every moment."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hallway.domain.events import (
    AccountChanged,
    ChatDeleted,
    ChatMoved,
    ConversationRead,
    Event,
    FactsChanged,
    MemberSettingsChanged,
    MessageChanged,
    MessageHidden,
    MessagePosted,
    MessageStarred,
    ProfileChanged,
    ScheduledChanged,
    SessionEnded,
    UnreadMarked,
)
from hallway.domain.ids import ConversationId, SessionId, UserId
from hallway.domain.messages import Message
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.messaging.sending import Send
from tests.simulation import views, visitors
from tests.simulation.names import actor
from tests.simulation.sends import remember, why_not
from tests.simulation.talks import Said, Talk
from tests.simulation.wording import keep_reaction
from tests.simulation.world import World


@dataclass(slots=True)
class Ledger:
    """`moments` are the commits, counted, in which a conversation took a revision; `own` each side's own revisions.

    `over` are the sessions of which an end was committed, and `ended` says at which commit the lines were told so.
    """

    world: World
    commits: int = 0
    moments: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])
    words: dict[tuple[str, int], views.Words] = field(default_factory=dict[tuple[str, int], views.Words])
    revs: dict[str, int] = field(default_factory=dict[str, int])
    own: dict[tuple[UserId, str], int] = field(default_factory=dict[tuple[UserId, str], int])
    sessions: dict[SessionId, UserId] = field(default_factory=dict[SessionId, UserId])
    failures: list[BaseException] = field(default_factory=list[BaseException])
    over: frozenset[SessionId] = frozenset()
    ended: dict[SessionId, int] = field(default_factory=dict[SessionId, int])

    # What the store committed.

    def keep(self, events: Sequence[Event]) -> None:
        """All that one transaction did. What is wrong with it is kept: the writer would take it for a failed work."""
        self.commits += 1
        try:
            self._keep_all(events)
        except AssertionError as failure:
            self.failures.append(failure)

    def _keep_all(self, events: Sequence[Event]) -> None:  # noqa: C901 - one for each kind of event
        for event in events:
            match event:
                case MessagePosted():
                    self._post(event.message, event.members)
                case MessageChanged():
                    self._change(event.message, event.members)
                case ConversationRead():
                    self._take_rev(event.conversation_id, event.rev)
                    self._talk(event.conversation_id).sides[event.user_id].read = event.read_seq
                case MessageHidden():
                    self._take_own_rev(event.user_id, event.conversation_id, event.own_rev)
                    hidden = self._talk(event.conversation_id).sides[event.user_id].hidden
                    (hidden.add if event.is_hidden else hidden.discard)(event.seq)
                case MessageStarred():
                    self._take_own_rev(event.user_id, event.conversation_id, event.own_rev)
                    stars = self._talk(event.conversation_id).sides[event.user_id].stars
                    assert (event.seq in stars) is not event.is_starred, "a star that changed nothing"
                    (stars.add if event.is_starred else stars.discard)(event.seq)
                case UnreadMarked():
                    self._take_own_rev(event.user_id, event.conversation_id, event.own_rev)
                    self._talk(event.conversation_id).sides[event.user_id].marked = event.unread_from
                case ChatDeleted():
                    self._take_own_rev(event.user_id, event.conversation_id, event.own_rev)
                    side = self._talk(event.conversation_id).sides[event.user_id]
                    side.empty(event.cleared_seq)
                    side.stars.clear()
                case ChatMoved():
                    self._take_own_rev(event.user_id, event.conversation_id, event.own_rev)
                    side = self._talk(event.conversation_id).sides[event.user_id]
                    side.is_pinned, side.is_archived = event.is_pinned, event.is_archived
                case SessionEnded():
                    self.over |= self._sessions_of(event)
                case (
                    MemberSettingsChanged() | ScheduledChanged() | ProfileChanged() | AccountChanged() | FactsChanged()
                ):
                    pass

    def _post(self, message: Message, members: frozenset[UserId]) -> None:
        """Nobody writes what the tables of the rules deny at this moment; every number is the next one; a key is used once."""
        (other,) = members - {message.sender_id}
        command = Send(
            actor=actor(message.sender_id),
            body=message.body,
            key=message.key,
            to=None,
            to_person=other,
            course_id=message.course_id,
            reply_to=message.reply_to,
        )
        assert (message.sender_id, message.key) not in self.world.acknowledged, "stored twice"
        assert why_not(self.world, command) is None, "stored what the rules deny"
        self._take_rev(message.conversation_id, message.rev)
        talk, said = remember(self.world, command)
        assert (talk.id, frozenset(talk.sides)) == (message.conversation_id, members)
        self._keep_words(message, views.said(said))

    def _change(self, message: Message, members: frozenset[UserId]) -> None:
        """A text that is still there reaches those who see it, and nobody else."""
        self._take_rev(message.conversation_id, message.rev)
        talk = self._talk(message.conversation_id)
        one = talk.said[message.seq - 1]
        assert not one.is_deleted, "changed after it was deleted"
        assert members == (frozenset(talk.sides) if message.is_deleted else talk.readers(one.seq))
        if message.is_deleted:
            one.is_deleted = True
            for side in talk.sides.values():
                side.stars.discard(message.seq)
        elif message.body != one.body:
            self._require_may_write(talk, one.sender)
            one.before.append(one.body)
            one.body = message.body
        else:
            self._react(talk, one, message)
        self._keep_words(message, views.said(one))

    def _react(self, talk: Talk, one: Said, message: Message) -> None:
        """One person gave an emoji, or took it back."""
        now = {(each.emoji, who) for each in message.reactions for who in each.people}
        before = {(emoji, who) for emoji, people in one.reactions.items() for who in people}
        ((emoji, who),) = now ^ before
        self._require_may_write(talk, who)
        keep_reaction(one, who, emoji, is_given=(emoji, who) in now)

    def _require_may_write(self, talk: Talk, who: UserId) -> None:
        why = self.world.facts.why_read_only(who, talk.partner_of(who), talk.question)
        assert why is None, "changed what the rules deny"

    def _keep_words(self, message: Message, expected: views.Words) -> None:
        assert views.of_message(message) == expected
        self.words[message.conversation_id, message.rev] = expected

    def _take_rev(self, chat: str, rev: int) -> None:
        assert rev == self.revs.get(chat, 0) + 1, "a revision without its number"
        self.revs[chat] = rev
        self.moments[chat, rev] = self.commits

    def _take_own_rev(self, who: UserId, chat: str, own_rev: int) -> None:
        assert own_rev == self.own.get((who, chat), 0) + 1, "an own revision without its number"
        self.own[who, chat] = own_rev

    def _talk(self, chat: str) -> Talk:
        return self.world.talks[ConversationId(chat)]

    def _sessions_of(self, event: SessionEnded) -> frozenset[SessionId]:
        mine = frozenset(one for one, who in self.sessions.items() if who == event.user_id)
        return mine if event.session_id is None else mine & {event.session_id}

    def tell(self, event: SessionEnded) -> None:
        """The server's lines are told of an end: from now on nothing new may reach that session.

        A repeated end may come when the person has signed in anew: that session goes on.
        """
        for one in self._sessions_of(event) & self.over:
            self.ended.setdefault(one, self.commits)

    # What somebody hears.

    def check_heard(self, who: UserId, session: SessionId, frame: wire_frames.ServerFrame) -> None:
        """Nobody hears of a conversation that is not theirs, of what was never committed, or after their session."""
        match frame:
            case wire_frames.MessageFrame() | wire_frames.SentFrame():
                one = frame.message
                self._check_mine(who, one.conversation_id)
                self._check_time(session, one.conversation_id, one.rev)
                assert visitors.words(one) == self._as_told(one)
            case wire_frames.ReadMarkFrame():
                self._check_mine(who, frame.conversation_id)
                self._check_time(session, frame.conversation_id, frame.rev)
            case (
                wire_frames.HiddenFrame()
                | wire_frames.StarFrame()
                | wire_frames.UnreadMarkFrame()
                | wire_frames.ChatMovedFrame()
                | wire_frames.ChatDeletedFrame()
            ):
                self._check_mine(who, frame.conversation_id)
                assert frame.own_rev <= self.own[who, frame.conversation_id]
            case wire_frames.ChangesFrame():
                self.check_told(who, frame.changes)
            case wire_frames.ProfileFrame():
                self._check_near(frame.user_id)
            case _:
                pass

    def _as_told(self, one: wire_messages.Message) -> views.Words:
        """What was committed at the revision that a message carries; an answer to a retry may be deleted since."""
        return self.words[one.conversation_id, one.rev]

    def check_told(self, who: UserId, answer: object) -> None:
        """An answer tells of the requester's own conversations alone, in words that were committed."""
        match answer:
            case wire_conversations.Rows():
                for row in answer.rows:
                    self._check_row(who, row)
            case wire_conversations.Row():
                self._check_row(who, answer)
            case wire_conversations.Opened():
                self._check_row(who, answer.row)
                self._check_messages(who, answer.history.messages)
            case wire_conversations.Changes():
                self._check_row(who, answer.row)
                self._check_messages(who, answer.messages)
            case wire_messages.History():
                self._check_messages(who, answer.messages)
            case wire_messages.Sent():
                self._check_messages(who, [answer.message])
            case _:
                pass

    def _check_row(self, who: UserId, row: wire_conversations.Row) -> None:
        for one in row.participants:
            self._check_near(one.person.id)
        if row.last_seq == 0:
            return  # a chat before its first message: it is stored nowhere
        self._check_mine(who, row.conversation_id)
        assert row.rev <= self.revs[row.conversation_id]
        if row.last_message is not None:
            self._check_messages(who, [row.last_message])

    def _check_messages(self, who: UserId, messages: Sequence[wire_messages.Message]) -> None:
        for one in messages:
            self._check_mine(who, one.conversation_id)
            assert visitors.words(one) == self._as_told(one)

    def _check_mine(self, who: UserId, chat: str) -> None:
        talk = self.world.talks.get(ConversationId(chat))
        assert talk is not None, "told of a conversation that is not there"
        assert who in talk.sides, "told of a conversation of others"

    def _check_near(self, person: str) -> None:
        assert person in self.world.cast.people, "told of somebody of another account"

    def _check_time(self, session: SessionId, chat: str, rev: int) -> None:
        over = self.ended.get(session)
        assert over is None or self.moments[chat, rev] <= over, "told of something after the session ended"


class Ledgers:
    """Those of all accounts: each keeps and tells what happened in its own."""

    def __init__(self, worlds: Sequence[World]) -> None:
        """Nothing is committed yet."""
        self._ledgers = {world.cast.account_id: Ledger(world) for world in worlds}

    def of(self, world: World) -> Ledger:
        """The account's own."""
        return self._ledgers[world.cast.account_id]

    def keep(self, events: Sequence[Event]) -> None:
        """All that one transaction did."""
        assert {event.account_id for event in events} <= self._ledgers.keys()
        for account_id, ledger in self._ledgers.items():
            ledger.keep([event for event in events if event.account_id == account_id])

    def tell(self, event: SessionEnded) -> None:
        """The server's lines are told of an end."""
        self._ledgers[event.account_id].tell(event)

    @property
    def failures(self) -> list[BaseException]:
        """What was wrong with what was committed."""
        return [failure for ledger in self._ledgers.values() for failure in ledger.failures]
