"""Cards of links: asked for when a message is stored, made in the background, and taken away by their sender (rules §20)."""

from dataclasses import dataclass

from hallway.domain import permissions
from hallway.domain.ids import ConversationId, UserId
from hallway.domain.previews import Preview, link_of
from hallway.domain.verdicts import require
from hallway.usecases.actors import Actor
from hallway.usecases.jobs.ports import Job
from hallway.usecases.messaging.changing import keep_change, my_message, require_there, title_of
from hallway.usecases.messaging.preview_jobs import address_of
from hallway.usecases.messaging.sending import Posted
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a card is made of: the link of a message, its sender, and the hosts that the account allows now."""

    url: str
    sender_id: UserId
    hosts: tuple[str, ...]


def asked(tx: Transaction, job: Job) -> Asked | None:
    """Return what a job is to make a card of; None where there is nothing to make any more."""
    account, message = tx.accounts.find(job.account_id), tx.messages.find(job.account_id, *address_of(job))
    if account is None or message is None or message.is_deleted or message.preview is not None:
        return None
    url = link_of(message.body, account.preview_hosts)
    return None if url is None else Asked(url=url, sender_id=message.sender_id, hosts=account.preview_hosts)


def attach(tx: Transaction, job: Job, preview: Preview) -> None:
    """Give a message its card, unless it has another link by now, or the account doesn't want the card any more."""
    now = asked(tx, job)
    if now is None or now.url != preview.url:
        return
    conversation_id, seq = address_of(job)
    conversation = tx.conversations.several(job.account_id, [conversation_id]).get(conversation_id)
    message = tx.messages.find(job.account_id, conversation_id, seq)
    if conversation is not None and message is not None:
        changed = message.with_preview(conversation.rev + 1, preview)
        keep_change(tx, conversation, changed, title_of(tx, changed))


def remove(tx: Transaction, actor: Actor, *, conversation_id: ConversationId, seq: int) -> Posted:
    """Take the card of the actor's own message away; without one, nothing happens. Raises NotFound, Conflict, Refused."""
    conversation, message = my_message(tx, actor, conversation_id, seq)
    require_there(message)
    require(permissions.remove_preview(message, actor.user_id))
    title = title_of(tx, message)
    if message.preview is not None:
        message = message.with_preview(conversation.rev + 1, None)
        keep_change(tx, conversation, message, title)
    return Posted(message, title)
