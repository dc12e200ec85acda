"""What people do with their chats beside writing: read, delete their copy, take that back, delete, empty, mark unread."""

from collections.abc import Callable
from datetime import timedelta

from hallway.domain.events import (
    ChatDeleted,
    ConversationRead,
    MessageChanged,
    MessageHidden,
    ScheduledChanged,
    UnreadMarked,
)
from hallway.domain.ids import UserId
from hallway.usecases.messaging import conversations, messages, reading
from hallway.usecases.transaction import Transaction
from tests.school import CountedIds
from tests.simulation.later import drop
from tests.simulation.names import TITLES, actor, short
from tests.simulation.talks import Said, Talk
from tests.simulation.views import of_message, said
from tests.simulation.world import World

DAY = timedelta(hours=24)
"""For how long an account offers Delete for everyone when it decided nothing else."""


def read(world: World, talk: Talk) -> None:
    """Read up to somewhere; never backward, never past the end."""
    who, seq = somebody(world, talk), some_seq(world, talk)
    world.note(f"{short(who)} reads {short(talk.id)} up to {seq}")
    side, before = talk.sides[who], talk.sides[who].read
    assert world.attempt(lambda tx: reading.mark_read(tx, actor(who), conversation_id=talk.id, seq=seq)) is None
    seq = min(seq, talk.last_seq)
    side.read = max(before, seq)
    is_again = side.marked is not None and seq >= side.marked
    if is_again:
        side.marked = seq + 1 if seq < side.read else None
    heard = [(ConversationRead, frozenset(talk.sides))] if side.read > before else []
    assert world.heard() == heard + ([(UnreadMarked, frozenset({who}))] if is_again else [])


def mark_unread(world: World, talk: Talk) -> None:
    """Mark unread from somewhere on, or from the other's newest message; nobody else hears of it."""
    who = somebody(world, talk)
    seq = None if world.is_lucky(0.3) else some_seq(world, talk)
    world.note(f"{short(who)} marks {short(talk.id)} unread from {seq}")
    others, side = talk.others_seen_by(who), talk.sides[who]
    is_there = seq is None or seq in {one.seq for one in talk.seen_by(who)}
    expected = "not_found" if not is_there else None if others else "nothing_to_mark"
    work = lambda tx: reading.mark_unread(tx, actor(who), conversation_id=talk.id, seq=seq)  # noqa: E731
    assert world.attempt(work) == expected
    before = side.marked
    if expected is None:
        first = min(seq or others[-1], others[-1])
        side.marked = first if first <= side.read else None
    assert world.heard() == ([(UnreadMarked, frozenset({who}))] if side.marked != before else [])


def hide(world: World, talk: Talk) -> None:
    """Delete message: one's own copy."""
    who, seq = somebody(world, talk), some_seq(world, talk)
    world.note(f"{short(who)} hides {seq} of {short(talk.id)}")
    work = lambda tx: messages.delete_mine(tx, actor(who), conversation_id=talk.id, seq=seq)  # noqa: E731
    if _is_marked(world, talk, who, seq, work=work, is_news=seq not in talk.sides[who].hidden):
        talk.sides[who].hidden.add(seq)


def restore(world: World, talk: Talk) -> None:
    """Undo; mostly of what was hidden, else it would hardly ever meet anything."""
    who = somebody(world, talk)
    hidden = talk.sides[who].hidden
    seq = world.random.choice(sorted(hidden)) if hidden and world.is_lucky(0.8) else some_seq(world, talk)
    world.note(f"{short(who)} restores {seq} of {short(talk.id)}")
    work = lambda tx: messages.restore_mine(tx, actor(who), conversation_id=talk.id, seq=seq)  # noqa: E731
    if _is_marked(world, talk, who, seq, work=work, is_news=seq in hidden):
        hidden.discard(seq)


def _is_marked(
    world: World, talk: Talk, who: UserId, seq: int, *, work: Callable[[Transaction], None], is_news: bool
) -> bool:
    """Whether the message was one to mark; then only this person hears of it, and only when it changed something."""
    is_there = talk.reaches(who, seq)
    assert world.attempt(work) == (None if is_there else "not_found")
    assert world.heard() == ([(MessageHidden, frozenset({who}))] if is_there and is_news else [])
    return is_there


def delete_for_everyone(world: World, talk: Talk) -> None:
    """Delete a message on both sides, now and then one's own newest with files; what is gone already stays as it is."""
    who, seq = somebody(world, talk), some_seq(world, talk)
    with_files = [one for one in talk.said if one.files and not one.is_deleted]
    if with_files and world.is_lucky(0.5):
        who, seq = with_files[-1].sender, with_files[-1].seq
    world.note(f"{short(who)} deletes {seq} of {short(talk.id)} for everyone")
    expected = _why_not_delete(world, talk, who, seq)
    work = lambda tx: messages.delete_for_everyone(  # noqa: E731
        tx, actor(who), conversation_id=talk.id, seq=seq, clock=world.clock, ids=CountedIds()
    )
    assert world.attempt(work) == expected
    is_news = expected is None and not talk.said[seq - 1].is_deleted
    assert world.heard() == ([(MessageChanged, frozenset(talk.sides))] if is_news else [])
    if is_news:
        _lose(world, talk.said[seq - 1])


def _why_not_delete(world: World, talk: Talk, who: UserId, seq: int) -> str | None:
    if not talk.reaches(who, seq):
        return "not_found"
    one = talk.said[seq - 1]
    if one.is_deleted:
        return None
    if one.sender != who:
        return "not_your_message"
    return "too_late" if world.clock.now() - one.at > DAY else None


def _lose(world: World, one: Said) -> None:
    """What is told of it is the line that stays, without the text."""
    one.is_deleted = True
    for file in one.files:
        file.end()
    (event,) = world.told
    assert isinstance(event, MessageChanged)
    assert of_message(event.message) == said(one)
    assert event.course_title == (TITLES[one.course_id] if one.course_id else None)


def delete_chat(world: World, talk: Talk) -> None:
    """Empty one's own side: it leaves the list, all until now is gone for this person; the other learns nothing."""
    who = somebody(world, talk)
    world.note(f"{short(who)} deletes {short(talk.id)}")
    assert world.attempt(lambda tx: conversations.delete_chat(tx, actor(who), conversation_id=talk.id)) is None
    gone = [one for one in world.planned if one.sender == who and one.command.conversation_id == talk.id]
    told = [(ScheduledChanged, frozenset({who}))] * len(gone)
    assert world.heard() == [*told, (ChatDeleted, frozenset({who}))]
    for one in gone:
        drop(world, one)
    talk.sides[who].empty(talk.last_seq)


def somebody(world: World, talk: Talk) -> UserId:
    """One of the two."""
    return world.random.choice(list(talk.sides))


def some_seq(world: World, talk: Talk) -> int:
    """Mostly of a message that is there; now and then just outside."""
    return max(1, world.random.randint(talk.last_seq - 5, talk.last_seq + 1))
