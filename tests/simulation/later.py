"""Messages for later: scheduled, changed, cancelled, sent now; and judged by the facts of their time (§18)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hallway.domain.conversations import FOREVER
from hallway.domain.events import MessagePosted, ScheduledChanged
from hallway.domain.files import FileState
from hallway.domain.ids import UserId
from hallway.domain.scheduling import MOST_IN_CHAT, MOST_SCHEDULED
from hallway.usecases.files.uploads import UNSENT_FOR
from hallway.usecases.messaging import scheduled_sending, scheduling
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction
from tests.simulation.attached import why_not_attach
from tests.simulation.names import actor, short
from tests.simulation.sends import invented, quotes_nothing, remember, why_not, why_not_first
from tests.simulation.talks import Planned, Said, Talk
from tests.simulation.views import of_message, said
from tests.simulation.world import World


def planned_by(world: World, who: UserId) -> list[Planned]:
    """What somebody scheduled, the first due first."""
    return sorted((one for one in world.planned if one.sender == who), key=_order)


def _order(one: Planned) -> tuple[datetime, str]:
    return one.due_at, one.id


# What people do.


def schedule(world: World) -> None:
    """Somebody writes for later; now and then too soon, or under a key that is taken."""
    earlier = world.random.choice(world.planned) if world.planned and world.is_lucky(0.1) else None
    command = invented(world) if earlier is None else earlier.command
    at = world.clock.now() + timedelta(minutes=world.random.choice([0, 1, 30, 300, 1_000, 3_000]))
    expected = None if earlier else _why_not_schedule(world, command, at)
    world.note(f"{short(command.actor.user_id)} schedules {command.body!r} under {command.key} -> {expected}")
    work = lambda tx: scheduling.schedule(tx, command, at, clock=world.clock, ids=world.ids)  # noqa: E731
    if expected is not None:
        assert world.attempt(work) == expected
        return
    item = world.do(work)
    if earlier is None:
        assert world.heard() == [(ScheduledChanged, frozenset({command.actor.user_id}))]
        world.planned.append(Planned(item.message.id, command, at, world.clock.now()))
        _keep_files(world, world.planned[-1], FOREVER)
    assert item.message.id in {one.id for one in world.planned}


def _why_not_schedule(  # noqa: PLR0911 - one for each reason
    world: World, command: Send, at: datetime
) -> str | None:
    """What can be said before its time: when, to whom, what."""
    me, mine = command.actor.user_id, planned_by(world, command.actor.user_id)
    if any(one.command.key == command.key for one in mine):
        return "key_reused"
    if at < world.clock.now() + timedelta(minutes=1):
        return "invalid"
    if (reason := _why_not_to(world, command)) is not None:
        return reason
    if not command.body.strip() and (command.body or not command.files):
        return "invalid"
    if (me, command.key) in world.acknowledged:
        return "already_sent"
    if quotes_nothing(world, command):
        return "not_found"
    held = {file for one in mine for file in one.command.files}
    if why_not_attach(world, command) or held.intersection(command.files):
        return "invalid"
    if len(mine) >= MOST_SCHEDULED:
        return "too_many_scheduled"
    in_chat = [one for one in mine if one.command.conversation_id == command.conversation_id]
    return "too_many_scheduled_in_chat" if len(in_chat) >= MOST_IN_CHAT else None


def _why_not_to(world: World, command: Send) -> str | None:
    """It goes to a chat of one's own, or to somebody to whom one may write first."""
    me, talk = command.actor.user_id, world.talks.get(command.conversation_id)
    if talk is not None and me in talk.sides:
        return None
    return "not_found" if command.to_person is None else why_not_first(world, me, command.to_person)


def change(world: World) -> None:
    """Another text, another time or both, mostly as it was seen last."""
    one = world.random.choice(world.planned)
    body = world.random.choice([None, f"Exam {world.next()}"])
    at = world.random.choice([None, world.clock.now() + timedelta(minutes=world.random.choice([1, 90, 900]))])
    revision = one.revision if world.is_lucky(0.9) else one.revision + 1
    world.note(f"{short(one.sender)} changes {one.command.key}: {body!r} at {at}")
    expected = "scheduled_changed" if revision != one.revision else None
    changes: dict[str, Any] = {"revision": revision, "body": body, "at": at, "clock": world.clock}
    assert world.attempt(lambda tx: scheduling.change(tx, actor(one.sender), one.id, **changes)) == expected
    if expected is None:
        one.command = one.command if body is None else replace(one.command, body=body)
        one.due_at, one.reason = (one.due_at, one.reason) if at is None else (at, None)
        one.revision += 1


def cancel(world: World) -> None:
    """Send one never."""
    _cancel(world, world.random.choice(world.planned))


def cancel_all(world: World) -> None:
    """Send none."""
    for one in list(world.planned):
        _cancel(world, one)


def _cancel(world: World, one: Planned) -> None:
    world.note(f"{short(one.sender)} cancels {one.command.key}")
    assert world.attempt(lambda tx: scheduling.cancel(tx, actor(one.sender), one.id, clock=world.clock)) is None
    drop(world, one, world.clock.now() + UNSENT_FOR)


def send_now(world: World) -> None:
    """Send it at once, as any other; what is refused stays as it is."""
    one = world.random.choice(world.planned)
    world.note(f"{short(one.sender)} sends {one.command.key} now")
    command = _without_lost_quote(world, one.command)
    expected = why_not(world, command)
    work = lambda tx: scheduling.send_now(tx, actor(one.sender), one.id, clock=world.clock)  # noqa: E731
    assert world.attempt(work) == expected
    if expected is None:
        _require_posted(world, [_sent(world, one, command)], [one])


DEEDS: tuple[Callable[[World], None], ...] = (*(schedule,) * 5, change, cancel, send_now)
"""Each as often as it stands here."""


def plan(world: World) -> None:
    """Something is done with a scheduled message; nobody but its sender may."""
    if world.planned:
        _pry(world, world.random.choice(world.planned))
    (world.random.choice(DEEDS) if world.planned else schedule)(world)


def _pry(world: World, one: Planned) -> None:
    """Somebody else tries every door."""
    who = world.random.choice([*(each for each in world.cast.people if each != one.sender), world.stranger])
    me, ours = actor(who), {"clock": world.clock}
    doors: dict[str, Callable[[Transaction], object]] = {
        "change": lambda tx: scheduling.change(tx, me, one.id, revision=one.revision, body="Mine", at=None, **ours),
        "cancel": lambda tx: scheduling.cancel(tx, me, one.id, **ours),
        "send now": lambda tx: scheduling.send_now(tx, me, one.id, **ours),
    }
    for name, door in doors.items():
        assert (name, world.attempt(door)) == (name, "not_found")


def drop(world: World, one: Planned, files_until: datetime | None = None) -> None:
    """It waits no more. Its files end then, or as if it had never had them, unless they were sent meanwhile."""
    world.planned.remove(one)
    _keep_files(world, one, files_until or one.created_at + UNSENT_FOR)


def _keep_files(world: World, one: Planned, until: datetime) -> None:
    for kept in (world.files[each] for each in one.command.files if each in world.files):
        if kept.at is None and kept.state is not FileState.GONE:
            kept.ends_at = until


# What time does.


def let_due_go(world: World) -> None:
    """The server sends what is due: each is stored, or refused for what is so now. What lost its quote goes without, behind the others."""
    due = sorted((one for one in world.planned if one.reason is None and one.due_at <= world.clock.now()), key=_order)
    due = due[: scheduled_sending.PORTION]
    world.do(lambda tx: scheduled_sending.send_due(tx, world.boss.account_id, clock=world.clock))
    unquoted: list[Planned] = []
    posted: list[tuple[Talk, Said] | None] = []
    for one in due:
        if _lacks_quote(world, one.command):
            unquoted.append(one)
        else:
            posted.append(_judged(world, one, one.command))
    posted += [_judged(world, one, replace(one.command, reply_to=None)) for one in unquoted]
    _require_posted(world, posted, due)


def _lacks_quote(world: World, command: Send) -> bool:
    return quotes_nothing(world, command) and why_not(world, replace(command, reply_to=None, files=())) is None


def _without_lost_quote(world: World, command: Send) -> Send:
    return replace(command, reply_to=None) if _lacks_quote(world, command) else command


def _judged(world: World, one: Planned, command: Send) -> tuple[Talk, Said] | None:
    """What is stored of it, if it is news; one that is refused comes back with the reason."""
    reason = why_not(world, command)
    world.note(f"{one.command.key} is due -> {reason or 'sent'}")
    if reason is None:
        return _sent(world, one, command)
    one.reason = why_not_attach(world, command) if reason == "invalid" else reason
    one.revision += 1
    return None


def _sent(world: World, one: Planned, command: Send) -> tuple[Talk, Said] | None:
    is_news = (one.sender, command.key) not in world.acknowledged
    world.planned.remove(one)
    stored = remember(world, command)
    return stored if is_news else None


def _require_posted(world: World, posted: Sequence[tuple[Talk, Said] | None], changed: Sequence[Planned]) -> None:
    """Each is heard of once, by the two; and their senders' devices hear that what they scheduled changed."""
    told = [event.message for event in world.told if isinstance(event, MessagePosted)]
    stored = [one for one in posted if one is not None]
    assert [(one.conversation_id, of_message(one)) for one in told] == [(talk.id, said(one)) for talk, one in stored]
    heard = [users for kind, users in world.heard() if kind is ScheduledChanged]
    assert sorted(map(sorted, filter(None, heard))) == sorted([one.sender] for one in changed)


# Who sees them.


def check_planned(world: World, tx: Transaction, reader: UserId) -> None:
    """Everybody finds what they scheduled, and nobody else's."""
    items = scheduling.scheduled(tx, actor(reader))
    found = [
        (one.id, one.body, one.due_at, one.revision, one.reason, one.files) for one in (each.message for each in items)
    ]
    assert found == [one.shown for one in planned_by(world, reader)]
