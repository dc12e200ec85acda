"""Hallway with one conversation of all its people, through its real socket, writer, storage and hub.

Groups come later: what is left out here is who may write in one, and the facts that this depends on. All the rest is
done as for a dialog: the message is numbered and stored, every member's place, unread count and newest message with
it, in one commit with all that waited; then everybody hears of it. Run as a module it is the server.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.contenders import Details, hallway
from bench.contenders.hallway import ACCOUNT, HallwayLine, user_id
from bench.daemons import Daemons
from hallway.cli import main
from hallway.domain.conversations import Conversation, ConversationKind, Member
from hallway.domain.events import MessagePosted
from hallway.domain.ids import ConversationId
from hallway.domain.messages import Message
from hallway.transport import async_store
from hallway.usecases.messaging.sending import Posted, Send
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

NAME = "Hallway, SQLite"
ARCHIVES = True
ROOM = ConversationId("00000000-0000-0005-0000-000000000000")

install, idle = hallway.install, hallway.idle


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Everybody is a member."""
    database = hallway.sqlite(folder)
    with Daemons(folder, {}) as server:
        hallway.found(database, lambda tx: found_room(tx, people))
        hallway.serve(server, database, core, command=[__name__, "serve"])
    return server


def found_room(tx: Transaction, people: int) -> None:
    """The academy, and the conversation of all."""
    hallway.found_academy(tx, people)
    members = {one: Member(one) for one in map(user_id, range(people))}
    tx.conversations.add([Conversation(ACCOUNT, ROOM, ConversationKind.GROUP, members)])


async def join(details: Details, person: int, members: int) -> HallwayLine:
    """The line of one member, which writes to all; whoever was founded is in."""
    del members
    line = HallwayLine(hallway.port_of(details, person), person, ROOM, f'"to":"{ROOM}","to_kind":"conversation"')
    await line.open()
    return line


def post_all(tx: Transaction, commands: Sequence[Send], *, clock: Clock) -> list[Posted]:
    """What `hallway.usecases.messaging.messages.send_all` does, without asking who may."""
    room = tx.conversations.several(ACCOUNT, [ROOM])[ROOM]
    positions = tx.conversations.top_positions(ACCOUNT, list(room.members))
    places = {one: positions.get(one, 0) + len(commands) for one in room.members}
    audience, now = frozenset(room.members), clock.now()
    posted: list[Message] = []
    for command in commands:
        room = room.with_message(None)
        sender = command.actor.user_id
        posted.append(
            Message(
                account_id=ACCOUNT,
                conversation_id=ROOM,
                seq=room.last_seq,
                rev=room.rev,
                sender_id=sender,
                key=command.key,
                body=command.body,
                sent_at=now,
            )
        )
    tx.conversations.save([room.with_sides(Counter(one.sender_id for one in posted), places)])
    tx.messages.add(posted)
    for message in posted:
        tx.announce(MessagePosted(ACCOUNT, audience, message))
    return [Posted(message, None) for message in posted]


if __name__ == "__main__":
    async_store.send_all = post_all
    main()
