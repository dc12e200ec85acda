"""Files of messages: uploaded, given up and swept, attached; and who gets each of them at every moment (§14)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hallway.domain.files import MOST_FILES, File, FileKind, FileState, Part
from hallway.domain.ids import FileId, UserId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.files import checking, reading, sweeping, uploads
from hallway.usecases.files.checking import Checked, Reason
from hallway.usecases.messaging.sending import Send
from hallway.usecases.transaction import Transaction
from tests.simulation.names import actor, short
from tests.simulation.talks import Said, Talk, Uploaded
from tests.simulation.world import World

SIZE = 4
"""Bytes of a file, which comes in two pieces."""
ENDINGS = (
    *(FileState.READY,) * 6,
    *(FileState.UPLOADING, FileState.CHECKING, FileState.WITHHELD, FileState.REFUSED),
)
"""How far an upload comes, each as often as it stands here."""
Route = Callable[[Transaction, Actor, FileId], object]


# What people do.


def upload_some(world: World) -> None:
    """Somebody uploads some files, mostly one who talks."""
    talk = world.some_talk()
    who = world.somebody() if talk is None or world.is_lucky(0.2) else world.random.choice(list(talk.sides))
    for _ in range(world.random.randint(1, 4)):
        _upload(world, who)


def _upload(world: World, who: UserId) -> None:
    """A file, mostly one that is good, and to the end."""
    name, state = f"Scan {world.next()}.pdf", world.random.choice(ENDINGS)
    world.note(f"{short(who)} uploads {name!r}, which is {state}")
    ours = {"name": name, "size": SIZE, "quota": None, "clock": world.clock, "ids": world.ids}
    begin = lambda tx: uploads.begin(tx, actor(who), **ours)  # type: ignore[arg-type]  # noqa: E731
    if not world.facts.is_on:
        assert world.attempt(begin) == "messaging_off"
        return
    file = world.do(begin)
    kept = Uploaded(file.id, who, name, FileState.UPLOADING, world.clock.now() + uploads.UNFINISHED_FOR)
    world.files[file.id] = kept
    _grow(world, kept, 0)
    if state is not FileState.UPLOADING:
        _finish(world, kept, state)


def _finish(world: World, kept: Uploaded, state: FileState) -> None:
    """The last piece comes, and mostly it is checked."""
    file = _grow(world, kept, SIZE // 2)
    kept.state, kept.ends_at = FileState.CHECKING, world.clock.now() + uploads.UNSENT_FOR
    if state is not FileState.CHECKING:
        reason = None if state is FileState.READY else Reason.VIRUS
        found = Checked(state=state, media_type="application/pdf", kind=FileKind.DOCUMENT, reason=reason)
        assert world.do(lambda tx: checking.settle(tx, file, found))
        kept.state = state


def _grow(world: World, kept: Uploaded, offset: int) -> File:
    part = Part(f"{offset}", SIZE // 2)
    return world.do(
        lambda tx: uploads.grow(tx, actor(kept.uploader), kept.id, offset=offset, part=part, clock=world.clock)
    )


def give_up(world: World) -> None:
    """Remove a file that was not sent; others find nothing to remove, nor to go on with."""
    kept = world.random.choice(list(world.files.values()))
    who = kept.uploader if world.is_lucky(0.5) else world.random.choice([world.somebody(), world.stranger])
    is_theirs = who == kept.uploader and kept.at is None and kept.state is not FileState.GONE
    world.note(f"{short(who)} gives {kept.name!r} up")
    if not is_theirs:
        grow = partial(uploads.grow, offset=0, part=Part("theirs", 1), clock=world.clock)
        assert world.attempt(lambda tx: grow(tx, actor(who), kept.id)) == "not_found"
    work = lambda tx: uploads.give_up(tx, actor(who), kept.id, clock=world.clock)  # noqa: E731
    assert world.attempt(work) == (None if is_theirs else "not_found")
    if is_theirs:
        kept.end()


def sweep(world: World) -> None:
    """What ended is removed, and nothing else."""
    now, account_id = world.clock.now(), world.boss.account_id
    ended = {one.id for one in world.files.values() if one.at is None and (_is_gone(one) or one.ends_at <= now)}
    world.note(f"{len(ended)} files are swept")
    gone = world.do(lambda tx: sweeping.claim_expired(tx, account_id, clock=world.clock))
    assert set(gone) == ended
    world.do(lambda tx: sweeping.forget(tx, account_id, gone))
    for one in ended:
        world.files.pop(one).end()


def _is_gone(one: Uploaded) -> bool:
    return one.state is FileState.GONE


DEEDS: tuple[Callable[[World], None], ...] = (*(upload_some,) * 8, give_up, sweep)
"""Each as often as it stands here."""


def handle_files(world: World) -> None:
    """Something is done with a file."""
    (world.random.choice(DEEDS) if world.files else upload_some)(world)


# Attaching.


def who_have_files(world: World) -> list[tuple[Talk, UserId]]:
    """Who has files to send, in each of their chats."""
    having = {one.uploader for one in world.files.values() if one.at is None and one.is_of(one.uploader)}
    return [(talk, who) for talk in world.talks.values() for who in talk.sides if who in having]


def _to_send(world: World, who: UserId) -> list[FileId]:
    return [one.id for one in world.files.values() if one.at is None and one.is_of(who)]


def attaching(world: World, command: Send) -> Send:
    """Now and then with files: mostly some of the sender's that can be sent, else any."""
    if not world.files or world.is_lucky(0.2):
        return command
    some = world.some(_to_send(world, command.actor.user_id), world.random.randint(1, 2))
    if world.is_lucky(0.1):
        some += [world.random.choice(list(world.files))]
    body = "" if some and world.is_lucky(0.3) else command.body
    return replace(command, files=some, body=body)


def why_not_attach(world: World, command: Send) -> str | None:
    """Why one of the files cannot be sent, None when all can."""
    if len(command.files) > MOST_FILES:
        return "too_many"
    if len(set(command.files)) < len(command.files):
        return "file_not_found"
    found = (_why_not_attach(world.files.get(one), command.actor.user_id) for one in command.files)
    return next((one for one in found if one is not None), None)


def _why_not_attach(kept: Uploaded | None, me: UserId) -> str | None:
    if kept is None or kept.uploader != me or kept.at is not None:
        return "file_not_found"
    match kept.state:
        case FileState.READY:
            return None
        case FileState.GONE:
            return "file_not_found"
        case FileState.UPLOADING | FileState.CHECKING:
            return "file_not_ready"
        case FileState.REFUSED | FileState.WITHHELD:
            return "file_refused"


def attach(world: World, command: Send, talk: Talk, one: Said) -> None:
    """The files are the message's from now on."""
    one.files = [world.files[each] for each in command.files]
    for kept in one.files:
        kept.at = talk, one


# Who gets them.


def check_files(world: World, tx: Transaction, reader: UserId) -> None:
    """Who may see a message gets its files through every door, and nobody else does; what waits is its uploader's alone."""
    for kept in world.files.values():
        assert _is_found(tx, reading.get, reader, kept) == kept.is_of(reader), kept.name
        is_waiting = kept.uploader == reader and kept.at is None and kept.state is not FileState.GONE
        assert _is_found(tx, uploads.mine, reader, kept) == is_waiting, kept.name
        assert _is_found(tx, reading.look_at, reader, kept) == (is_waiting or kept.is_of(reader)), kept.name


def _is_found(tx: Transaction, route: Route, reader: UserId, kept: Uploaded) -> bool:
    try:
        route(tx, actor(reader), kept.id)
    except NotFound:
        return False
    return True
