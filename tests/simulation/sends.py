"""Random messages, what the tables of the rules say of each, and how the memory keeps it."""

from dataclasses import replace

from hallway.domain.courses import Question
from hallway.domain.events import MessagePosted, UnreadMarked
from hallway.domain.ids import UserId
from hallway.usecases.messaging.messages import send_all
from hallway.usecases.messaging.sending import Posted, Send
from tests.simulation.attached import attach, attaching, who_have_files, why_not_attach
from tests.simulation.names import NOBODY, TITLES, actor, short
from tests.simulation.talks import Said, Side, Talk
from tests.simulation.views import of_message, said
from tests.simulation.world import World, code_of

TOPICS = ("exam", "Homework", "ÉTUDE", "lunch")
"""Texts that looking through a list may find; the accent and the case are part of the matter."""


def send_some(world: World) -> None:
    """Several at once, as they meet in one transaction: each is answered as if it came alone, in this order."""
    commands = [_new_or_again(world) for _ in range(world.random.randint(1, 6))]
    answers = world.do(lambda tx: send_all(tx, commands, clock=world.clock))
    ended: list[UserId] = []
    stored: list[tuple[Talk, Said]] = []
    for command, answer in zip(commands, answers, strict=True):
        has_marked = _has_marked(world, command)
        if news := _judged(world, command, answer):
            stored.append(news)
            ended += [command.actor.user_id] if has_marked else []
    posted = [(MessagePosted, frozenset(talk.sides)) for talk, _ in stored]
    assert world.heard() == [*((UnreadMarked, frozenset({one})) for one in ended), *posted]
    for event, (talk, one) in zip(world.told[len(ended) :], stored, strict=True):
        assert isinstance(event, MessagePosted)
        assert (event.message.conversation_id, of_message(event.message)) == (talk.id, said(one))
        assert event.course_title == (TITLES[one.course_id] if one.course_id else None)


def _judged(world: World, command: Send, answer: Posted | Exception) -> tuple[Talk, Said] | None:
    """The talk and the message, when it is a new one; the answer must be what the tables say."""
    is_new = (command.actor.user_id, command.key) not in world.acknowledged
    expected, got = why_not(world, command), code_of(answer) if isinstance(answer, Exception) else None
    world.note(f"{_told(command)} -> {got or 'accepted'}")
    assert got == expected
    if isinstance(answer, Exception):
        return None
    talk, one = remember(world, command)
    assert (answer.message.conversation_id, of_message(answer.message)) == (talk.id, said(one))
    assert answer.course_title == (TITLES[one.course_id] if one.course_id else None)
    return (talk, one) if is_new else None


def _has_marked(world: World, command: Send) -> bool:
    """Whether the sender had marked something unread, which their message ends."""
    talk, me = world.talks.get(command.conversation_id), command.actor.user_id
    return talk is not None and me in talk.sides and talk.sides[me].marked is not None


def _told(command: Send) -> str:
    to = short(command.to_person or str(command.to))
    about = f" about {short(command.course_id)}" if command.course_id else ""
    about += f" in reply to {command.reply_to}" if command.reply_to else ""
    about += f" with {[short(one) for one in command.files]}" if command.files else ""
    return f"{short(command.actor.user_id)} writes {command.body!r} under {command.key} to {to}{about}"


# Inventing.


def _new_or_again(world: World) -> Send:
    if world.sent and world.is_lucky(0.2):
        return _again(world, world.random.choice(world.sent[-8:]))
    world.sent.append(invented(world))
    return world.sent[-1]


def invented(world: World) -> Send:
    """A new message of anybody to anybody, mostly to one with whom they talk."""
    number, sender = world.next(), world.somebody()
    course = world.random.choice(world.cast.courses) if world.is_lucky(0.3) else None
    body = "  " if world.is_lucky(0.02) else f"{world.random.choice(TOPICS)} {number}"
    command = Send(actor=actor(sender), body=body, key=f"key-{number:05}", to_person=sender, course_id=course)
    return attaching(world, _quoting(world, _from_who_has_files(world, command) or _addressed(world, command)))


def _quoting(world: World, command: Send) -> Send:
    """Now and then in reply to a message, mostly one that is there."""
    talk = world.talks.get(command.conversation_id)
    last = talk.last_seq if talk else 0
    return replace(command, reply_to=world.random.randint(1, last + 2)) if world.is_lucky(0.25) else command


def _again(world: World, command: Send) -> Send:
    """The same key once more; a faulty client changes the text, or the files."""
    return replace(command, body="Changed", files=command.files[1:]) if world.is_lucky(0.2) else command


def _from_who_has_files(world: World, command: Send) -> Send | None:
    """Now and then from somebody who has files to send."""
    having = who_have_files(world)
    if not having or not world.is_lucky(0.4):
        return None
    talk, me = world.random.choice(having)
    return replace(command, actor=actor(me), to=talk.id, to_person=None)


def _addressed(world: World, command: Send) -> Send:
    """On in a dialog mostly, by its id or by the person; to anybody at all now and then, or from a stranger."""
    talk = world.some_talk()
    if world.facts.questions() and world.is_lucky(0.15):
        course, asks, expert = world.random.choice(world.facts.questions())
        return replace(command, actor=actor(asks), to_person=expert, course_id=course)
    if talk is None or world.is_lucky(0.4):
        to = world.random.choice([*world.cast.people, *world.cast.people, NOBODY, world.stranger])
        if world.is_lucky(0.05):
            return replace(command, to_person=to, actor=actor(world.stranger), key=f"stranger-{command.key}")
        return replace(command, to_person=to)
    if world.is_lucky(0.1):
        return replace(command, to=talk.id, to_person=None)
    me = world.random.choice(list(talk.sides))
    if world.is_lucky(0.5):
        return replace(command, actor=actor(me), to=talk.id, to_person=None)
    return replace(command, actor=actor(me), to_person=talk.partner_of(me))


# What is to become of it.


def why_not(world: World, command: Send) -> str | None:
    """Why it must be refused; None when it is to be stored, or was stored before. What quotes nothing that its sender sees is refused."""
    if not command.body.strip() and (command.body or not command.files):
        return "invalid"
    if (command.actor.user_id, command.key) in world.acknowledged:
        return _why_not_again(world, command)
    if (reason := _why_not_write(world, command)) is not None:
        return reason
    if quotes_nothing(world, command):
        return "not_found"
    return "invalid" if why_not_attach(world, command) else None


def quotes_nothing(world: World, command: Send) -> bool:
    """Whether it quotes what its sender doesn't see."""
    talk = world.talks.get(command.conversation_id)
    return command.reply_to is not None and not (talk and talk.sees(command.actor.user_id, command.reply_to))


def _why_not_write(world: World, command: Send) -> str | None:
    me, talk = command.actor.user_id, world.talks.get(command.conversation_id)
    if talk is not None and me in talk.sides:
        return world.facts.why_read_only(me, talk.partner_of(me), talk.question)
    return "not_found" if command.to_person is None else why_not_first(world, me, command.to_person)


def _why_not_again(world: World, command: Send) -> str | None:
    """One key, one message, also when it was edited or its text was deleted for everyone since."""
    talk, one = world.acknowledged[command.actor.user_id, command.key]
    has_same = one.is_deleted or [each.id for each in one.files] == list(command.files)
    is_same = talk.id == command.conversation_id and one.first == command.body and has_same
    return None if is_same else "key_reused"


def why_not_first(world: World, me: UserId, to: UserId) -> str | None:
    """Why the one may not write to the other first; None when they may."""
    if me == to:
        return "yourself"
    if me == world.stranger or to not in world.cast.people:
        return "no_relation" if _is_on_for(world, me) else "messaging_off"
    return world.facts.why_not_start(me, to)


def _is_on_for(world: World, me: UserId) -> bool:
    """Whether messaging is on where somebody belongs."""
    return all(one.facts.is_on for one in world.all if me in one.cast.people)


def remember(world: World, command: Send) -> tuple[Talk, Said]:
    """Keep an accepted message; one that was there already stays the only one."""
    me = command.actor.user_id
    if (me, command.key) not in world.acknowledged:
        talk = world.talks.get(command.conversation_id) or _new_talk(world, command)
        world.acknowledged[me, command.key] = talk, _said(world, talk, command)
    return world.acknowledged[me, command.key]


def _new_talk(world: World, command: Send) -> Talk:
    assert command.to_person is not None
    talk = Talk(command.conversation_id, {command.actor.user_id: Side(), command.to_person: Side()})
    world.talks[talk.id] = talk
    return talk


def _said(world: World, talk: Talk, command: Send) -> Said:
    """The next message: on top of both lists, and perhaps a question."""
    me, course = command.actor.user_id, command.course_id
    other = talk.partner_of(me)
    if course is not None and world.facts.is_question(course, me, other):
        talk.question = Question(course, other)
    else:
        course = None
    one = Said(talk.last_seq + 1, me, command.key, command.body, world.clock.now(), course, reply_to=command.reply_to)
    talk.said.append(one)
    attach(world, command, talk, one)
    talk.sides[me].marked = None
    top = world.next()
    for side in talk.sides.values():
        side.rise(top, world.clock.now())
    return one
