"""What people do in a academy, and what befalls them: one deed at a time, chosen by the seed."""

from collections.abc import Callable

from hallway.domain.ids import CourseId, UserId
from hallway.domain.people import State
from hallway.transport.wire import conversations as wire_conversations
from tests.simulation.changes import CHANGES, MOVES
from tests.simulation.names import other, short
from tests.simulation.storms.clients import Client
from tests.simulation.storms.environment import POISON
from tests.simulation.storms.storm import Academy

EMOJI = ("👍", "❤️")
DAY = 24 * 60
"""Minutes."""


def do_something(academy: Academy) -> None:
    """One deed."""
    random, faults = academy.random, academy.storm.faults
    client = random.choice(academy.clients)
    if random.random() < faults.changes:
        change_facts(academy)
    elif random.random() < faults.disorder:
        random.choice(TROUBLES)(academy, client)
    else:
        _live(academy, client)


def _live(academy: Academy, client: Client) -> None:
    """Write, pry, or do something with a chat of the list."""
    rows = client.rows()
    if not rows or academy.random.random() < 0.4:
        ways = [write, write, write, write, write, pry]
        academy.random.choice([*ways, cross] if academy.world.neighbour else ways)(academy, client)
    elif academy.random.random() < 0.25:
        draft(academy, client, academy.random.choice(rows))
    else:
        academy.random.choice(HABITS)(academy, client, academy.random.choice(rows))


def change_facts(academy: Academy) -> None:
    """The owner changes who may write to whom."""
    change = academy.random.choice(CHANGES)
    if academy.storm.network.environment is not None:
        change(academy.world)


# What people do.


def write(academy: Academy, client: Client) -> None:
    """Some texts to the same person, mostly to one to whom they may write."""
    to, course = _addressee(academy, client)
    for _ in range(academy.random.choice([1, 1, 1, 3])):
        body = POISON if academy.random.random() < academy.storm.faults.poison else f"text {academy.world.next()}"
        academy.note(f"{client.name} writes {body!r} to {short(to)}{f' about {short(course)}' if course else ''}")
        client.write(to, body, course)


def _addressee(academy: Academy, client: Client) -> tuple[UserId, CourseId | None]:
    """An expert about a course, somebody of the list, or anybody."""
    random, me = academy.random, client.person
    asked = [(expert, course) for course, asks, expert in academy.world.facts.questions() if asks == me]
    if asked and random.random() < 0.3:
        return random.choice(asked)
    known = [one for one in academy.people if one != me]
    may = [one for one in known if academy.world.facts.why_not_start(me, one) is None]
    listed = [one.person.id for row in client.rows() for one in row.participants if one.person.id in known]
    chosen = random.choice([may, listed, listed, known]) or listed or may or known
    return UserId(random.choice(chosen)), None


def show(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Open a chat of the list."""
    academy.note(f"{client.name} opens {short(row.conversation_id)}")
    client.show(row.conversation_id)


def read(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Say that one has read."""
    academy.note(f"{client.name} reads {short(row.conversation_id)}")
    client.read(row.conversation_id, academy.random)


def mark_unread(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Mark unread from a message on."""
    seq = _some_seq(academy, row)
    academy.note(f"{client.name} marks {short(row.conversation_id)} unread from {seq}")
    client.mark_unread(row.conversation_id, seq)


def hide(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Delete one's own copy of a message."""
    seq = _some_seq(academy, row)
    academy.note(f"{client.name} hides {seq} of {short(row.conversation_id)}")
    client.hide(row.conversation_id, seq)


def restore(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Take that back, when there is something to take back."""
    seq = _some_seq(academy, row)
    academy.note(f"{client.name} restores {seq} of {short(row.conversation_id)}")
    client.restore(row.conversation_id, seq)


def delete_for_everyone(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Delete a message for both."""
    seq = _some_seq(academy, row)
    academy.note(f"{client.name} deletes {seq} of {short(row.conversation_id)} for everyone")
    client.delete_for_everyone(row.conversation_id, seq)


def edit(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Give a message another text."""
    seq = _some_seq(academy, row)
    academy.note(f"{client.name} edits {seq} of {short(row.conversation_id)}")
    client.edit(row.conversation_id, seq, f"edited {academy.world.next()}")


def react(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Give a reaction, or take it back."""
    seq, emoji, is_on = _some_seq(academy, row), academy.random.choice(EMOJI), academy.random.random() < 0.7
    academy.note(f"{client.name} {'gives' if is_on else 'takes back'} {emoji} at {seq} of {short(row.conversation_id)}")
    client.react(row.conversation_id, seq, emoji, is_on=is_on)


def star(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Star a message, or take the star back."""
    seq, is_on = _some_seq(academy, row), academy.random.random() < 0.7
    academy.note(f"{client.name} {'stars' if is_on else 'unstars'} {seq} of {short(row.conversation_id)}")
    client.star(row.conversation_id, seq, is_on=is_on)


def draft(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Type, and send nothing yet, or take away what stands there; perhaps on several devices at once."""
    others = [one for one in academy.clients if one.person == client.person and one is not client]
    for one in [client, *(each for each in others if academy.random.random() < 0.5)]:
        text = f"draft {academy.world.next()}" if academy.random.random() < 0.8 else ""
        academy.note(f"{one.name} types {text!r} in {short(row.conversation_id)}")
        one.draft(row.conversation_id, text)


def pin(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Pin a chat above the others, or unpin it."""
    is_on = academy.random.random() < 0.7
    academy.note(f"{client.name} {'pins' if is_on else 'unpins'} {short(row.conversation_id)}")
    client.pin(row.conversation_id, is_on=is_on)


def _some_seq(academy: Academy, row: wire_conversations.Row) -> int:
    return academy.random.randint(max(1, row.last_seq - 3), row.last_seq)


def delete_chat(academy: Academy, client: Client, row: wire_conversations.Row) -> None:
    """Empty one's side of a chat."""
    academy.note(f"{client.name} deletes {short(row.conversation_id)}")
    client.delete_chat(row.conversation_id)


def pry(academy: Academy, client: Client) -> None:
    """Look where nothing is to be seen."""
    talks = [talk for world in academy.world.all for talk in world.talks.values()]
    others = [talk.id for talk in talks if client.person not in talk.sides]
    if others:
        chat = academy.random.choice(others)
        academy.note(f"{client.name} pries into {short(chat)}")
        client.pry(chat, academy.random)


def cross(academy: Academy, client: Client) -> None:
    """Write to somebody of the other account, and come to its address with one's own session."""
    there = other(academy.world.cast)
    to = academy.random.choice(there.people)
    academy.note(f"{client.name} reaches for {short(to)}")
    client.write(to, f"text {academy.world.next()}", None)
    client.cross(there.host)


# What befalls them.


def go_offline(academy: Academy, client: Client) -> None:
    """The line breaks at the device's end."""
    academy.note(f"{client.name} hangs up")
    client.hang_up()


def reload(academy: Academy, client: Client) -> None:
    """The page is loaded anew."""
    academy.note(f"{client.name} is reloaded")
    client.reload()


def read_slowly(academy: Academy, client: Client) -> None:
    """The device stops reading for a while: what waits for it becomes too much."""
    academy.note(f"{client.name} reads slowly")
    client.freeze()


def sign_out(academy: Academy, client: Client) -> None:
    """The session ends, and the person signs in again."""
    academy.note(f"{client.name} signs out")
    client.sign_out()


def leave_or_return(academy: Academy, client: Client) -> None:
    """The owner deactivates the person, or activates them again."""
    who = client.person
    if who == academy.world.cast.owner or academy.storm.network.environment is None:
        return
    state = State.INACTIVE if academy.world.facts.states[who] is State.ACTIVE else State.ACTIVE
    academy.note(f"{short(who)} is {state}")
    academy.world.do(lambda tx: MOVES[state](tx, academy.world.boss, user_id=who))
    academy.world.facts.states[who] = state


def jump(academy: Academy, _: Client) -> None:
    """The server's clock is set, forward or back."""
    minutes = academy.random.choice([-40 * DAY, -DAY, -5, 5, DAY, 40 * DAY])
    academy.note(f"the clock jumps by {minutes} minutes")
    academy.storm.clock.jump(minutes)


def kill(academy: Academy, _: Client) -> None:
    """The server is gone, and comes back."""
    academy.storm.kill()


def retire(academy: Academy, _: Client) -> None:
    """The server is stopped with care, and comes back."""
    academy.storm.retire()


HABITS: tuple[Callable[[Academy, Client, wire_conversations.Row], None], ...] = (
    *(show, show, show, read, read, mark_unread, hide, hide, restore, restore, delete_for_everyone, delete_chat),
    *(edit, edit, react, react, star, star, pin),
)
TROUBLES: tuple[Callable[[Academy, Client], None], ...] = (
    *(go_offline, go_offline, reload, read_slowly, read_slowly, sign_out, sign_out),
    *(leave_or_return, leave_or_return, leave_or_return, jump, kill, retire),
)
"""Each as often as it stands here."""
