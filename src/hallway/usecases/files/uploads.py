"""Uploading a file, piece by piece: begin, go on where it stopped, give it up (rules §14)."""

from dataclasses import replace
from datetime import timedelta

from hallway.domain import permissions
from hallway.domain.files import File, FileState, Part, clean_name
from hallway.domain.ids import FileId
from hallway.domain.messages import Message
from hallway.domain.verdicts import require
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.files import checking
from hallway.usecases.messaging.participants import my_account
from hallway.usecases.runtime import Clock, Ids
from hallway.usecases.transaction import Transaction

UNFINISHED_FOR = timedelta(days=1)
"""How long an upload may rest: each piece begins it anew."""
UNSENT_FOR = timedelta(days=7)
"""How long a file waits for its message, which may be written without a network."""
MOST_UNSENT = 100
"""Files of one person that are in no message, so that nobody fills the account with what no one sees."""
MOST_PARTS = 1_000
"""Pieces of one file: a line that ends after every few bytes is no line to upload through."""


def begin(  # noqa: PLR0913 - one for each part of a file
    tx: Transaction,
    actor: Actor,
    *,
    name: str,
    size: int,
    quota: int | None,
    clock: Clock,
    ids: Ids,
    file_id: FileId | None = None,
) -> File:
    """Begin an upload; `quota` is what the installation grants an account. Raises Refused, Conflict.

    Under a `file_id` that is there already it goes on where it stopped.
    """
    begun = tx.files.several(actor.account_id, [file_id]).get(file_id) if file_id else None
    if begun is not None:
        return begun
    account = my_account(tx, actor)
    room = account.limits.file_bytes or quota
    used = 0 if room is None else tx.files.used(actor.account_id)
    require(permissions.upload(account, size, used, room))
    if tx.files.unsent(actor.account_id, actor.user_id) >= MOST_UNSENT:
        raise Conflict("too_many_uploads", "You have too many files that were never sent. Send or remove some first.")
    file = File(
        account_id=actor.account_id,
        id=file_id or FileId(ids.new()),
        uploader_id=actor.user_id,
        name=clean_name(name),
        size=size,
        created_at=clock.now(),
        expires_at=clock.now() + UNFINISHED_FOR,
        state=FileState.UPLOADING if size else FileState.CHECKING,
    )
    tx.files.add(file)
    if not size:
        checking.enqueue(tx, file, clock=clock)
    return file


def mine(tx: Transaction, actor: Actor, file_id: FileId) -> File:
    """Find a file that the actor uploaded and that is in no message. Raises NotFound for every other."""
    file = tx.files.several(actor.account_id, [file_id]).get(file_id)
    if file is None or file.uploader_id != actor.user_id or file.is_attached or file.state is FileState.GONE:
        raise NotFound("file")
    return file


def grow(tx: Transaction, actor: Actor, file_id: FileId, *, offset: int, part: Part, clock: Clock) -> File:
    """Add a piece that is kept already. Raises Conflict where another one was added at this place meanwhile."""
    file = require_offset(mine(tx, actor, file_id), offset)
    if offset + part.size > file.size or len(file.parts) >= MOST_PARTS:
        raise too_much()
    now, grown = clock.now(), file.grown(part)
    is_whole = grown.state is FileState.CHECKING
    grown = replace(grown, expires_at=now + (UNSENT_FOR if is_whole else UNFINISHED_FOR))
    tx.files.save([grown])
    if is_whole:
        checking.enqueue(tx, grown, clock=clock)
    return grown


def require_offset(file: File, offset: int) -> File:
    """Return the file if its upload goes on there. Raises Conflict."""
    if file.state is not FileState.UPLOADING or file.received != offset:
        raise Conflict("upload_offset", "The upload goes on elsewhere. Ask where, and go on from there.")
    return file


def too_much() -> Conflict:
    """Return the refusal of more bytes than were said."""
    return Conflict("upload_too_long", "This is more than the upload was said to have.")


def give_up(tx: Transaction, actor: Actor, file_id: FileId, *, clock: Clock) -> None:
    """Remove a file that was not sent; its content goes with the next sweep."""
    tx.files.save([mine(tx, actor, file_id).gone(clock.now())])


def release(tx: Transaction, message: Message, *, clock: Clock) -> None:
    """Let the files of a message go that is deleted for everyone; without any, nothing is asked of the store."""
    if message.files:
        found = tx.files.of_message(message.account_id, message.conversation_id, message.seq)
        tx.files.save([one.gone(clock.now()) for one in found])
