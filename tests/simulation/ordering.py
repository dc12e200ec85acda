"""One's own order: people pin, archive and mute chats for themselves alone (§16)."""

from datetime import timedelta

from hallway.domain.conversations import FOREVER
from hallway.domain.events import ChatMoved, MemberSettingsChanged
from hallway.usecases.messaging import arranging
from tests.simulation.habits import somebody
from tests.simulation.names import actor, short
from tests.simulation.talks import Talk
from tests.simulation.world import World


def pin(world: World, talk: Talk) -> None:
    """Pin a chat, which takes it out of the archive, or unpin it."""
    who, is_pinned = somebody(world, talk), world.is_lucky(0.7)
    side = talk.sides[who]
    world.note(f"{short(who)} {'pins' if is_pinned else 'unpins'} {short(talk.id)}")
    expected = None if side.top is not None else "not_listed"
    work = lambda tx: arranging.pin(tx, actor(who), conversation_id=talk.id, is_pinned=is_pinned)  # noqa: E731
    assert world.attempt(work) == expected
    before = side.is_pinned, side.is_archived
    if expected is None:
        side.is_pinned, side.is_archived = is_pinned, side.is_archived and not is_pinned
    is_news = before != (side.is_pinned, side.is_archived)
    assert world.heard() == ([(ChatMoved, frozenset({who}))] if is_news else [])


def archive(world: World, talk: Talk) -> None:
    """Put a chat into the archive, which unpins it, or take it out."""
    who, is_archived = somebody(world, talk), world.is_lucky(0.7)
    side = talk.sides[who]
    world.note(f"{short(who)} {'archives' if is_archived else 'unarchives'} {short(talk.id)}")
    expected = None if side.top is not None else "not_listed"
    work = lambda tx: arranging.archive(tx, actor(who), conversation_id=talk.id, is_archived=is_archived)  # noqa: E731
    assert world.attempt(work) == expected
    is_news = expected is None and side.is_archived is not is_archived
    if is_news:
        side.is_pinned, side.is_archived = side.is_pinned and not is_archived, is_archived
    assert world.heard() == ([(ChatMoved, frozenset({who}))] if is_news else [])


def mute(world: World, talk: Talk) -> None:
    """Mute a chat for a while or for ever, or unmute it."""
    who, minutes = somebody(world, talk), world.random.choice([None, 90, 900, 9_000])
    until = None if minutes is None else world.clock.now() + timedelta(minutes=minutes)
    is_muted = world.is_lucky(0.7)
    world.note(f"{short(who)} {'mutes' if is_muted else 'unmutes'} {short(talk.id)} until {until}")
    ours = {"is_muted": is_muted, "until": until if is_muted else None, "clock": world.clock}
    assert world.attempt(lambda tx: arranging.mute(tx, actor(who), conversation_id=talk.id, **ours)) is None  # type: ignore[arg-type]
    assert world.heard() == [(MemberSettingsChanged, frozenset({who}))]
    talk.sides[who].muted_until = (until or FOREVER) if is_muted else None
