"""What people do in a storm, and what befalls them: one deed at a time, chosen by the seed."""

from collections.abc import Callable

from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import State
from hallway.transport.wire import core as wire
from tests.simulation.changes import BOSS, CHANGES, MOVES
from tests.simulation.names import OWNER, short
from tests.simulation.storms.clients import Client
from tests.simulation.storms.environment import POISON
from tests.simulation.storms.storm import Storm

DAY = 24 * 60
"""Minutes."""


def do_something(storm: Storm) -> None:
    """One deed."""
    random, faults = storm.random, storm.faults
    client = random.choice(storm.clients)
    if random.random() < faults.changes:
        change_facts(storm)
    elif random.random() < faults.disorder:
        random.choice(TROUBLES)(storm, client)
    else:
        _live(storm, client)


def _live(storm: Storm, client: Client) -> None:
    """Write, pry, or do something with a chat of the list."""
    rows = client.rows()
    if not rows or storm.random.random() < 0.4:
        storm.random.choice([write, write, write, write, write, pry])(storm, client)
    else:
        storm.random.choice(HABITS)(storm, client, storm.random.choice(rows))


def change_facts(storm: Storm) -> None:
    """The owner changes who may write to whom."""
    change = storm.random.choice(CHANGES)
    if storm.network.environment is not None:
        change(storm.world)


# What people do.


def write(storm: Storm, client: Client) -> None:
    """Some texts to the same person, mostly to one to whom they may write."""
    to, course = _addressee(storm, client)
    for _ in range(storm.random.choice([1, 1, 1, 3])):
        body = POISON if storm.random.random() < storm.faults.poison else f"text {storm.world.next()}"
        storm.note(f"{client.name} writes {body!r} to {short(to)}{f' about {short(course)}' if course else ''}")
        client.write(to, body, course)


def _addressee(storm: Storm, client: Client) -> tuple[UserId, CourseId | None]:
    """An expert about a course, somebody of the list, or anybody."""
    random, me = storm.random, client.person
    asked = [(expert, course) for course, asks, expert in storm.world.facts.questions() if asks == me]
    if asked and random.random() < 0.3:
        return random.choice(asked)
    known = [one for one in storm.people if one != me]
    may = [one for one in known if storm.world.facts.why_not_start(me, one) is None]
    listed = [one.person.id for row in client.rows() for one in row.participants if one.person.id in known]
    chosen = random.choice([may, listed, listed, known]) or listed or may or known
    return UserId(random.choice(chosen)), None


def show(storm: Storm, client: Client, row: wire.Row) -> None:
    """Open a chat of the list."""
    storm.note(f"{client.name} opens {short(row.conversation_id)}")
    client.show(row.conversation_id)


def read(storm: Storm, client: Client, row: wire.Row) -> None:
    """Say that one has read."""
    storm.note(f"{client.name} reads {short(row.conversation_id)}")
    client.read(row.conversation_id, storm.random)


def mark_unread(storm: Storm, client: Client, row: wire.Row) -> None:
    """Mark unread from a message on."""
    seq = _some_seq(storm, row)
    storm.note(f"{client.name} marks {short(row.conversation_id)} unread from {seq}")
    client.mark_unread(row.conversation_id, seq)


def hide(storm: Storm, client: Client, row: wire.Row) -> None:
    """Delete one's own copy of a message."""
    seq = _some_seq(storm, row)
    storm.note(f"{client.name} hides {seq} of {short(row.conversation_id)}")
    client.hide(row.conversation_id, seq)


def restore(storm: Storm, client: Client, row: wire.Row) -> None:
    """Take that back, when there is something to take back."""
    seq = _some_seq(storm, row)
    storm.note(f"{client.name} restores {seq} of {short(row.conversation_id)}")
    client.restore(row.conversation_id, seq)


def delete_for_everyone(storm: Storm, client: Client, row: wire.Row) -> None:
    """Delete a message for both."""
    seq = _some_seq(storm, row)
    storm.note(f"{client.name} deletes {seq} of {short(row.conversation_id)} for everyone")
    client.delete_for_everyone(row.conversation_id, seq)


def _some_seq(storm: Storm, row: wire.Row) -> int:
    return storm.random.randint(max(1, row.last_seq - 3), row.last_seq)


def delete_chat(storm: Storm, client: Client, row: wire.Row) -> None:
    """Empty one's side of a chat."""
    storm.note(f"{client.name} deletes {short(row.conversation_id)}")
    client.delete_chat(row.conversation_id)


def pry(storm: Storm, client: Client) -> None:
    """Look where nothing is to be seen."""
    others = [talk.id for talk in storm.world.talks.values() if client.person not in talk.sides]
    if others:
        chat = storm.random.choice(others)
        storm.note(f"{client.name} pries into {short(chat)}")
        client.pry(chat, storm.random)


# What befalls them.


def go_offline(storm: Storm, client: Client) -> None:
    """The line breaks at the device's end."""
    storm.note(f"{client.name} hangs up")
    client.hang_up()


def reload(storm: Storm, client: Client) -> None:
    """The page is loaded anew."""
    storm.note(f"{client.name} is reloaded")
    client.reload()


def read_slowly(storm: Storm, client: Client) -> None:
    """The device stops reading for a while: what waits for it becomes too much."""
    storm.note(f"{client.name} reads slowly")
    client.freeze()


def sign_out(storm: Storm, client: Client) -> None:
    """The session ends, and the person signs in again."""
    storm.note(f"{client.name} signs out")
    client.sign_out()


def leave_or_return(storm: Storm, client: Client) -> None:
    """The owner deactivates the person, or activates them again."""
    who = client.person
    if who == OWNER or storm.network.environment is None:
        return
    state = State.INACTIVE if storm.world.facts.states[who] is State.ACTIVE else State.ACTIVE
    storm.note(f"{short(who)} is {state}")
    storm.world.do(lambda tx: MOVES[state](tx, BOSS, user_id=who))
    storm.world.facts.states[who] = state


def jump(storm: Storm, _: Client) -> None:
    """The server's clock is set, forward or back."""
    minutes = storm.random.choice([-40 * DAY, -DAY, -5, 5, DAY, 40 * DAY])
    storm.note(f"the clock jumps by {minutes} minutes")
    storm.clock.jump(minutes)


def kill(storm: Storm, _: Client) -> None:
    """The server is gone, and comes back."""
    storm.kill()


def retire(storm: Storm, _: Client) -> None:
    """The server is stopped with care, and comes back."""
    storm.retire()


HABITS: tuple[Callable[[Storm, Client, wire.Row], None], ...] = (
    *(show, show, show, read, read, mark_unread, hide, hide, restore, restore, delete_for_everyone, delete_chat),
)
TROUBLES: tuple[Callable[[Storm, Client], None], ...] = (
    *(go_offline, go_offline, reload, read_slowly, read_slowly, sign_out, sign_out),
    *(leave_or_return, leave_or_return, leave_or_return, jump, kill, retire),
)
"""Each as often as it stands here."""
