"""Hallway with one conversation of all people, through its real socket, writer, storage and hub.

Groups come later: what is left out is who may write in one. Run as a module it is the server.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from bench.contenders import Details
from bench.contenders.hallway import ACCOUNT, HallwayLine, daemon, found_academy, install, user_id
from bench.contenders.hallway import connect as connect_line
from bench.daemons import Daemons
from hallway import app
from hallway.adapters import SystemClock
from hallway.domain.conversations import Conversation, Kind, Member
from hallway.domain.events import MessagePosted
from hallway.domain.ids import ConversationId
from hallway.domain.messages import Message
from hallway.settings import load
from hallway.storage.store import open_store
from hallway.usecases.ports import Transaction
from hallway.usecases.sending import Posted, Send

__all__ = ["ARCHIVES", "NAME", "install", "join", "start"]

NAME = "Hallway, SQLite"
ARCHIVES = True
ROOM = ConversationId("00000000-0000-0005-0000-000000000000")


def start(folder: Path, *, people: int, core: int) -> Daemons:
    """Everybody is a member."""
    database = f"sqlite:///{folder.absolute()}/hallway.db"
    store = open_store(database)
    members = {user_id(number): Member(user_id(number)) for number in range(people)}
    room = Conversation(ACCOUNT, ROOM, Kind.GROUP, members)
    (outcome,) = store.write([lambda tx: (found_academy(tx, people), tx.conversations.add([room]))])
    store.close()
    if outcome.failure:
        raise outcome.failure
    one = daemon(folder, database, core=core, command=("-m", __name__))
    server = Daemons(folder, {"port": one.port})
    server.start(one)
    return server


async def join(details: Details, person: int, members: int) -> HallwayLine:
    """The line of one member; to whom it writes does not matter, all goes to the room."""
    return await connect_line(details, person, (person + 1) % members)


def post(tx: Transaction, commands: Sequence[Send]) -> list[Posted]:
    """What `send_all` does, without its rules: number, store, tell."""
    room = tx.conversations.several(ACCOUNT, [ROOM])[ROOM]
    places = dict(tx.conversations.top_places(ACCOUNT, list(room.members)))
    audience = frozenset(room.members)
    messages: list[Message] = []
    for command in commands:
        places = {one: places.get(one, 0) + 1 for one in room.members}
        me = command.actor.user_id
        room = room.with_message(me, places, None)
        now = SystemClock().now()
        messages.append(Message(ACCOUNT, ROOM, room.last_seq, room.rev, me, command.key, command.body, now))
        tx.announce(MessagePosted(ACCOUNT, audience, messages[-1]))
    tx.conversations.save([room])
    tx.messages.add(messages)
    return [Posted(one, None) for one in messages]


def serve(data: str, port: int) -> None:
    """The real house, in which all that is sent goes to the room."""
    settings = load(data=data, port=port)
    house = app.open_house(settings)
    house.state.door.desk._send_all = post  # noqa: SLF001 - the one thing that is different here
    uvicorn.Server(app.server_config(house, settings)).run()


if __name__ == "__main__":
    serve(sys.argv[2], int(sys.argv[4]))
