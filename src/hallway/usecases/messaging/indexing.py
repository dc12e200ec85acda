"""Keeping the index of messages: behind those who send, within two seconds, and from the beginning where there is none.

A conversation is indexed up to some message. What lies behind that is indexed in small portions, read and analysed beside the
writer and then only put down by it. Everything may be done twice, or by several processes at once, and be stopped anywhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hallway.domain.ids import AccountId, ConversationId
from hallway.usecases.jobs.queueing import Work, enqueue
from hallway.usecases.messaging.matching import ANALYSER, terms_of, text_of
from hallway.usecases.messaging.search_ports import Document, IndexIsFull, IndexState
from hallway.usecases.runtime import Clock
from hallway.usecases.transaction import Transaction

WORK = Work("search_index", lease=timedelta(minutes=2))
SUBJECT = "account"
PORTION = 200
"""Messages in one transaction."""
LOOKED_AT = 1_000
"""Conversations that are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Late:
    """Conversations with messages that are not indexed yet, and where to look on; None at the end."""

    conversation_ids: Sequence[ConversationId]
    behind: ConversationId | None


def begun(tx: Transaction, account_id: AccountId) -> IndexState:
    """Begin an account's index, or go on with it. Where another analyser made it, all accounts begin anew."""
    state = tx.search_index.state(account_id)
    if state is not None and state.analyser == ANALYSER:
        return state
    if state is not None:
        tx.search_index.reset()
    state = IndexState(account_id=account_id, analyser=ANALYSER)
    tx.search_index.save(state)
    return state


def late(tx: Transaction, account_id: AccountId, behind: ConversationId | None) -> Late:
    """Find the next conversations with messages that are not indexed yet."""
    return Late(*tx.search_index.late(account_id, behind, LOOKED_AT))


def portion(
    tx: Transaction, account_id: AccountId, conversation_ids: Collection[ConversationId], limit: int = PORTION
) -> Sequence[Document]:
    """Read the next messages of these conversations, and analyse them."""
    found = tx.search_index.unindexed(account_id, conversation_ids, limit)
    return [replace(one, terms=frozenset(terms_of(text_of(one.message)))) for one in found]


def add(tx: Transaction, account_id: AccountId, documents: Sequence[Document]) -> None:
    """Index a portion. Where an hour has no room for it, the index is begun anew with more."""
    try:
        tx.search_index.add(account_id, documents)
    except IndexIsFull:
        tx.search_index.begin_anew(account_id, has_more_room=True)


def advance(tx: Transaction, account_id: AccountId, behind: ConversationId | None, indexed: int) -> IndexState | None:
    """Keep how far the index is, complete when nothing is `behind`; None where it was begun anew meanwhile."""
    state = tx.search_index.state(account_id)
    if state is None or state.analyser != ANALYSER:
        return None
    state = replace(
        state, behind=behind, indexed=state.indexed + indexed, is_complete=state.is_complete or behind is None
    )
    tx.search_index.save(state)
    return state


def unscheduled(tx: Transaction, account_ids: Collection[AccountId]) -> Sequence[AccountId]:
    """Return those of these accounts of whose index the building is not queued."""
    queued = {account_id for account_id, _ in tx.jobs.payloads(WORK.kind, SUBJECT)}
    return [one for one in account_ids if one not in queued]


def schedule(tx: Transaction, account_ids: Collection[AccountId], *, clock: Clock) -> None:
    """Queue the building of these accounts' indexes, where it is not queued already."""
    for account_id in account_ids:
        if SUBJECT not in tx.jobs.several(account_id, WORK.kind, [SUBJECT]):
            enqueue(tx, account_id, WORK.kind, SUBJECT, clock=clock)


def rebuild(tx: Transaction, *, clock: Clock) -> None:
    """Empty the indexes of all accounts and queue their building. Until that is done, words are found as they are typed."""
    tx.search_index.reset()
    schedule(tx, tx.accounts.ids(), clock=clock)


def build(tx: Transaction, account_id: AccountId) -> None:
    """Index everything at once, in this transaction: for what is small."""
    begun(tx, account_id)
    behind: ConversationId | None = None
    while True:
        found = late(tx, account_id, behind)
        while documents := portion(tx, account_id, found.conversation_ids):
            add(tx, account_id, documents)
        behind = found.behind
        if behind is None:
            break
    advance(tx, account_id, None, 0)
