"""Outsiders at every door: a chat of others answers as if it were not there (§10)."""

from collections.abc import Callable

from hallway.domain.drafts import Writing
from hallway.domain.ids import ConversationId, UserId
from hallway.usecases.actors import Actor
from hallway.usecases.messaging import (
    arranging,
    conversations,
    drafting,
    editing,
    messages,
    reacting,
    reading,
    starring,
)
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction
from tests.school import CountedIds
from tests.simulation.names import actor, cast_of, short
from tests.simulation.talks import Talk
from tests.simulation.world import World

Route = Callable[[Transaction, Actor, ConversationId], object]


def pry(world: World, talk: Talk) -> None:
    """Somebody who is not in the chat tries every door."""
    outsider = world.random.choice([*outsiders(talk), world.stranger])
    world.note(f"{short(outsider)} pries into {short(talk.id)}")
    for name, route in _routes(world, talk.last_seq).items():
        assert (name, world.attempt(_through(route, outsider, talk))) == (name, "not_found")


def outsiders(talk: Talk) -> list[UserId]:
    """Everyone of the academy who is not in the chat."""
    return [one for one in cast_of(next(iter(talk.sides))).people if one not in talk.sides]


def _through(route: Route, outsider: UserId, talk: Talk) -> Callable[[Transaction], object]:
    return lambda tx: route(tx, actor(outsider), talk.id)


def _routes(world: World, seq: int) -> dict[str, Route]:
    """Every use-case that takes a conversation."""
    return {
        "line": lambda tx, me, chat: conversations.list_item(tx, me, conversation_id=chat),
        "open": lambda tx, me, chat: conversations.open_chat(tx, me, conversation_id=chat),
        "history": lambda tx, me, chat: conversations.history(tx, me, conversation_id=chat, before=None),
        "missed": lambda tx, me, chat: conversations.missed(tx, me, conversation_id=chat, rev=0, own_rev=0),
        "read": lambda tx, me, chat: reading.mark_read(tx, me, conversation_id=chat, seq=seq),
        "hide": lambda tx, me, chat: messages.delete_mine(tx, me, conversation_id=chat, seq=seq),
        "restore": lambda tx, me, chat: messages.restore_mine(tx, me, conversation_id=chat, seq=seq),
        "delete": lambda tx, me, chat: conversations.delete_chat(tx, me, conversation_id=chat),
        "delete for everyone": lambda tx, me, chat: messages.delete_for_everyone(
            tx, me, conversation_id=chat, seq=seq, clock=world.clock, ids=CountedIds()
        ),
        "message": lambda tx, me, chat: conversations.message(tx, me, conversation_id=chat, seq=seq),
        "edit": lambda tx, me, chat: editing.edit(
            tx, me, conversation_id=chat, seq=seq, body="Mine", clock=world.clock
        ),
        "versions": lambda tx, me, chat: editing.versions(tx, me, conversation_id=chat, seq=seq),
        "react": lambda tx, me, chat: reacting.react(
            tx, me, conversation_id=chat, seq=seq, emoji="👍", clock=world.clock
        ),
        "take back": lambda tx, me, chat: reacting.take_back(tx, me, conversation_id=chat, seq=seq, emoji="👍"),
        "star": lambda tx, me, chat: starring.star(tx, me, conversation_id=chat, seq=seq),
        "unstar": lambda tx, me, chat: starring.unstar(tx, me, conversation_id=chat, seq=seq),
        "starred": lambda tx, me, chat: starring.starred(tx, me, within=chat, behind=None, limit=1),
        "pin": lambda tx, me, chat: arranging.pin(tx, me, conversation_id=chat, is_pinned=True),
        "archive": lambda tx, me, chat: arranging.archive(tx, me, conversation_id=chat, is_archived=True),
        "mute": lambda tx, me, chat: arranging.mute(tx, me, conversation_id=chat, is_muted=True, clock=world.clock),
        "draft": lambda tx, me, chat: drafting.save(
            tx, me, conversation_id=chat, base=0, writing=Writing(text="Mine"), clock=world.clock
        ),
        "send": lambda tx, me, chat: _send(world, tx, me, chat),
    }


def _send(world: World, tx: Transaction, me: Actor, chat: ConversationId) -> None:
    (answer,) = messages.send_all(
        tx, [Send(actor=me, body="Let me in", key=f"pry-{world.next():05}", to=chat)], clock=world.clock
    )
    if isinstance(answer, Exception):
        raise answer
