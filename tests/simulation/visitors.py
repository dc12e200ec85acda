"""People of a random world as they meet the running server: over HTTP, and on the socket."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from hallway.adapters import RandomIds, SystemClock
from hallway.client import Client, Refusal, WebSocketClient
from hallway.domain.ids import FileId, UserId
from hallway.storage.store import open_store
from hallway.transport.wire import conversations as wire_conversations
from hallway.transport.wire import frames as wire_frames
from hallway.transport.wire import messages as wire_messages
from hallway.usecases.access import sessions
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction
from tests.servers.hallway import Hallway, installation
from tests.simulation.later import cancel_all
from tests.simulation.living import live
from tests.simulation.names import ELSEWHERE, actor, cast_of
from tests.simulation.views import Row, Words
from tests.simulation.world import World


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with both ways to speak."""

    who: UserId
    client: Client
    line: WebSocketClient

    def send(self, command: Send, *, is_live: bool) -> wire_messages.Message | str:
        """The stored message, or the code of the no; on the socket when it is to be live."""
        route = self.line if is_live else self.client
        try:
            if command.to_person is None:
                return route.send(str(command.to), command.body, key=command.key)
            return route.send_to_person(command.to_person, command.body, key=command.key, course_id=command.course_id)
        except Refusal as refusal:
            return refusal.problem.code

    def frames(self) -> list[wire_frames.ServerFrame]:
        """All that came by itself until now."""
        self.line.ping()
        found = list(self.line._frames)
        self.line._frames.clear()
        return found


@dataclass(frozen=True, slots=True)
class Town:
    """A world that is served; `visitors` are all who may sign in, those of its neighbour too."""

    world: World
    visitors: dict[UserId, Visitor]


@contextmanager
def served(folder: Path, seed: int, steps: int) -> Iterator[Town]:
    """The world of the seed lives for some steps, then the real server takes it over."""
    world, tokens = _grown(folder, seed, steps)
    hallway = installation(folder)
    try:
        with ExitStack() as exits:
            yield Town(world, {one: _visitor(hallway, exits, one, token) for one, token in tokens.items()})
    finally:
        hallway.stop()


def _grown(folder: Path, seed: int, steps: int) -> tuple[World, dict[UserId, str]]:
    """A world in the folder where the server looks, and a token for each who may sign in."""
    store = open_store(f"sqlite:///{folder}/data/hallway.db")
    try:
        world = World.with_neighbour(store, seed)
        live(world, steps, check_every=steps)
        for each in world.all:
            cancel_all(each)  # by the server's clock it would be due
        return world, {one: _token(world, one) for each in world.all for one in each.facts.active()}
    finally:
        store.close()


def _token(world: World, who: UserId) -> str:
    def work(tx: Transaction) -> sessions.Issued:
        here, ids = actor(who), RandomIds()
        now = SystemClock().now()
        return sessions.issue(tx, here.account_id, who, sessions.TOKEN, name="visit", now=now, life=None, ids=ids)

    return world.do(work).secret


def _visitor(hallway: Hallway, exits: ExitStack, who: UserId, token: str) -> Visitor:
    address = hallway.address.replace("127.0.0.1", ELSEWHERE.host) if cast_of(who) is ELSEWHERE else hallway.address
    client = exits.enter_context(Client(address, token=token))
    return Visitor(who, client, exits.enter_context(client.connect()))


def words(one: wire_messages.Message) -> Words:
    """A message of the wire."""
    course = one.course.id if one.course else None
    core = (one.seq, one.sender_id, one.key, one.body, course, one.deleted_at is not None)
    reactions = [(each.emoji, sorted(map(UserId, each.people))) for each in one.reactions]
    files = [FileId(each.id) for each in one.files]
    return Words(*core, one.reply_to, one.edited_at is not None, reactions, files)


def row(one: wire_conversations.Row) -> Row:
    """A line of the list, of the wire."""
    return Row(
        one.conversation_id,
        [other.person.id for other in one.participants],
        words(one.last_message) if one.last_message else None,
        one.unread,
        one.last_seq,
        [one.read_seq, *(other.read_seq for other in one.participants)],
        (one.question.course.id, one.question.expert_id) if one.question else None,
    )
