"""What people do to what was said: edit it, and react to it."""

from hallway.domain.events import MessageChanged
from hallway.domain.ids import UserId
from hallway.usecases.messaging import editing, reacting
from tests.simulation.habits import DAY, some_seq, somebody
from tests.simulation.names import actor, short
from tests.simulation.talks import Said, Talk
from tests.simulation.views import of_message, said
from tests.simulation.world import World

EMOJI = ("👍", "❤️", "🎉", "no emoji")


def edit(world: World, talk: Talk) -> None:
    """Edit a message, mostly one's own; who sees it hears of it, and nobody else."""
    who, seq = somebody(world, talk), some_seq(world, talk)
    if talk.reaches(who, seq) and world.is_lucky(0.8):
        who = talk.said[seq - 1].sender
    body = world.random.choice(["", "Reworded", f"Reworded {world.next()}"])
    world.note(f"{short(who)} edits {seq} of {short(talk.id)}: {body!r}")
    expected = _why_not_edit(world, talk, who, seq, body)
    at = {"conversation_id": talk.id, "seq": seq}
    assert world.attempt(lambda tx: editing.edit(tx, actor(who), body=body, clock=world.clock, **at)) == expected  # type: ignore[arg-type]
    is_news = expected is None and talk.said[seq - 1].body != body
    if is_news:
        one = talk.said[seq - 1]
        one.before.append(one.body)
        one.body = body
    _require_heard(world, talk, talk.said[seq - 1] if is_news else None)
    if talk.sees(who, seq):
        before = world.store.read(lambda tx: editing.versions(tx, actor(who), **at))  # type: ignore[arg-type]
        one = talk.said[seq - 1]
        assert [version.body for version in before] == ([] if one.is_deleted else one.before)


def _why_not_edit(  # noqa: PLR0911 - one for each reason
    world: World, talk: Talk, who: UserId, seq: int, body: str
) -> str | None:
    if not talk.sees(who, seq):
        return "not_found"
    one = talk.said[seq - 1]
    if one.is_deleted:
        return "message_deleted"
    if not body and not one.files:
        return "invalid"
    if one.sender != who:
        return "not_your_message"
    if one.body == body:
        return None
    if world.clock.now() - one.at > DAY:
        return "too_late"
    return world.facts.why_read_only(who, talk.partner_of(who), talk.question)


def react(world: World, talk: Talk) -> None:
    """Give a reaction, or take one back; twice is once."""
    who, seq, emoji = somebody(world, talk), some_seq(world, talk), world.random.choice(EMOJI)
    is_given = world.is_lucky(0.6)
    world.note(f"{short(who)} {'gives' if is_given else 'takes back'} {emoji} at {seq} of {short(talk.id)}")
    expected = _why_not_react(world, talk, who, seq, emoji)
    at = {"conversation_id": talk.id, "seq": seq, "emoji": emoji}
    if is_given:
        assert world.attempt(lambda tx: reacting.react(tx, actor(who), clock=world.clock, **at)) == expected  # type: ignore[arg-type]
    else:
        assert world.attempt(lambda tx: reacting.take_back(tx, actor(who), **at)) == expected  # type: ignore[arg-type]
    is_news = expected is None and (who in talk.said[seq - 1].reactions.get(emoji, [])) is not is_given
    if is_news:
        keep_reaction(talk.said[seq - 1], who, emoji, is_given=is_given)
    _require_heard(world, talk, talk.said[seq - 1] if is_news else None)


def _why_not_react(world: World, talk: Talk, who: UserId, seq: int, emoji: str) -> str | None:
    if not talk.sees(who, seq):
        return "not_found"
    if emoji == EMOJI[-1]:
        return "invalid"
    if talk.said[seq - 1].is_deleted:
        return "message_deleted"
    return world.facts.why_read_only(who, talk.partner_of(who), talk.question)


def keep_reaction(one: Said, who: UserId, emoji: str, *, is_given: bool) -> None:
    """Give it in the memory, or take it back."""
    people = one.reactions.setdefault(emoji, [])
    if is_given:
        people.insert(0, who)
    else:
        people.remove(who)
    if not people:
        del one.reactions[emoji]


def _require_heard(world: World, talk: Talk, changed: Said | None) -> None:
    """Those who see the message hear what it is now; of what changed nothing nobody does."""
    if changed is None:
        assert world.heard() == []
        return
    assert world.heard() == [(MessageChanged, talk.readers(changed.seq))]
    (event,) = world.told
    assert isinstance(event, MessageChanged)
    assert of_message(event.message) == said(changed)
