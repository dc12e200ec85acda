"""Give a file to those who see its message now, and to nobody else (rules §14)."""

from hallway.domain import permissions
from hallway.domain.files import File
from hallway.domain.ids import FileId
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.files.uploads import mine
from hallway.usecases.transaction import Transaction


def get(tx: Transaction, actor: Actor, file_id: FileId) -> File:
    """Find a file that the actor gets now. Raises NotFound for every other, there or not (rules §10)."""
    file = tx.files.several(actor.account_id, [file_id]).get(file_id)
    if file is None:
        raise NotFound("file")
    conversation, is_hidden = None, False
    if file.conversation_id is not None and file.seq is not None:
        at = file.conversation_id
        conversation = tx.conversations.several(actor.account_id, [at]).get(at)
        is_hidden = bool(tx.messages.hidden_among(actor.account_id, at, actor.user_id, [file.seq]))
    if not permissions.get_file(file, actor.user_id, conversation, is_hidden=is_hidden):
        raise NotFound("file")
    return file


def look_at(tx: Transaction, actor: Actor, file_id: FileId) -> File:
    """Find a file to say how far it has come: to its uploader at any time, to others when they get it."""
    try:
        return mine(tx, actor, file_id)
    except NotFound:
        return get(tx, actor, file_id)
