"""Telling people who are away: deciding when, claiming what is due, and keeping what became of it.

All of it is state in the store. Whoever finds a message that is not told yet decides when each outlet is to look at it;
whoever finds that moment come claims it, writes the letter from what is unread then, and settles the claim with what
became of the letter. A process that ends in between leaves a claim that runs out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hallway.domain.conversations import Conversation
from hallway.domain.ids import AccountId, ConversationId, UserId
from hallway.domain.notices import Channel
from hallway.usecases import bounces, keys
from hallway.usecases.away import Notice, Place, ReplyAddress
from hallway.usecases.keys import own_key
from hallway.usecases.letters import Delivery, Facts, Fate, Written, channel_of, compose, load, unread
from hallway.usecases.messages import with_side
from hallway.usecases.ports import Clock, Ids, Transaction

CONSIDERED = 200
"""Conversations that are looked at in one transaction."""
CLAIMED = 50
"""Notices that are claimed in one go: so many wait for the end of their lease when a process is killed."""
LEASE = timedelta(minutes=5)
"""After which a claim of which nothing was heard is void."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
GIVEN_UP = 100
"""Tries after which it is not tried again: with their pauses, four days."""
ADDRESS_LIFE = timedelta(days=30)
"""For how long new mails carry the same address to answer to."""


def consider(tx: Transaction, account_id: AccountId, channels: frozenset[Channel]) -> int:
    """Decide, for messages that nobody has decided about yet, when which outlet is to tell of them.

    Answers 0 when that was all there was at that moment: what comes meanwhile has time until the next round.
    """
    account = tx.accounts.find(account_id)
    if account is None:
        return 0
    conversations = tx.conversations.several(account_id, tx.notices.untold(account_id, CONSIDERED))
    places = [(side.user_id, one.id) for one in conversations.values() for side in one.members.values() if side.untold]
    found = {(one.user_id, one.conversation_id, one.outlet): one for one in tx.notices.at(account_id, places)}
    at_work = {(one.user_id, one.conversation_id) for one in found.values() if one.claim is not None}
    free = [place for place in places if place not in at_work]
    facts = load(tx, account, conversations, frozenset(user_id for user_id, _ in free), channels)
    decided: list[Notice] = []
    for user_id, conversation_id in free:
        conversation = conversations[conversation_id]
        decided += _decided(tx, facts, conversation, user_id, found)
        side = replace(conversation.members[user_id], untold=None)
        conversations = {**conversations, conversation_id: with_side(conversation, side)}
    tx.notices.save(decided)
    tx.conversations.save([conversations[one] for one in {conversation_id for _, conversation_id in free}])
    return len(free) if len(conversations) == CONSIDERED else 0


def _decided(
    tx: Transaction,
    facts: Facts,
    conversation: Conversation,
    user_id: UserId,
    found: Mapping[tuple[UserId, ConversationId, str], Notice],
) -> list[Notice]:
    """When each outlet is to look at this side, if not before already."""
    outlets = facts.outlets(user_id, conversation.id)
    new = unread(tx, conversation, conversation.members[user_id]) if outlets else ()
    decided: list[Notice] = []
    for outlet in outlets if new else ():
        blank = Notice(conversation.account_id, user_id, conversation.id, outlet)
        known = found.get((user_id, conversation.id, outlet), blank)
        due = facts.due(user_id, channel_of(outlet), [one for one in new if one.seq > known.told_seq])
        waits = known.due_at is not None and (known.tries > 0 or due is None or known.due_at <= due)
        if due is not None and not waits:
            decided.append(replace(known, due_at=due, tries=0))
    return decided


def claim(
    tx: Transaction, account_id: AccountId, channels: frozenset[Channel], *, clock: Clock, ids: Ids
) -> Sequence[Notice]:
    """Take what is due: nobody else gets it before the lease is over."""
    now = clock.now()
    name = ids.new()
    due = tx.notices.due(account_id, now, CLAIMED)
    claimed = [replace(one, claim=name, due_at=now + LEASE) for one in due]
    tx.notices.save(claimed)
    if Channel.EMAIL in channels:
        _give_addresses(tx, account_id, claimed, now, ids)
    return claimed


def _give_addresses(tx: Transaction, account_id: AccountId, claimed: Sequence[Notice], now: datetime, ids: Ids) -> None:
    """Each mail that may be answered has an address to answer to."""
    places: set[Place] = {(one.user_id, one.conversation_id) for one in claimed if one.outlet == Channel.EMAIL}
    if places:
        own_key(tx, account_id, keys.MAIL, ids.secret)
    known = tx.mails.addresses(account_id, places)
    young = {place for place, one in known.items() if now - one.made_at < ADDRESS_LIFE}
    tx.mails.add_addresses(
        [ReplyAddress(account_id, ids.new().replace("-", "")[-16:], *place, now) for place in sorted(places - young)]
    )


def write(
    tx: Transaction, account_id: AccountId, claimed: Sequence[Notice], channels: frozenset[Channel], now: datetime
) -> Written:
    """The letters for what was claimed, from what the store says now."""
    account = tx.accounts.find(account_id)
    return Written((), claimed) if account is None else compose(tx, account, claimed, channels, now)


def settle(
    tx: Transaction, account_id: AccountId, deliveries: Sequence[Delivery], rest: Sequence[Notice], *, clock: Clock
) -> None:
    """Keep what became of letters, and of notices that needed none, unless their claim ran out meanwhile."""
    wanted = [notice for one in deliveries for notice in _after(one, clock.now())] + list(rest)
    places = [(one.user_id, one.conversation_id) for one in wanted]
    claims = {_key(one): one.claim for one in tx.notices.at(account_id, places)}
    tx.notices.save([replace(one, claim=None) for one in wanted if claims.get(_key(one)) == one.claim])
    for one in deliveries:
        _learn(tx, one, clock.now())


def _key(one: Notice) -> tuple[str, str, str]:
    return one.user_id, one.conversation_id, one.outlet


def _after(delivery: Delivery, now: datetime) -> Sequence[Notice]:
    """A letter's notices after it met its fate."""
    told = {one.conversation_id: one.messages[-1].seq for one in delivery.letter.chats}
    match delivery.fate:
        case Fate.TOLD:
            return [
                replace(
                    one,
                    told_seq=max(one.told_seq, told.get(one.conversation_id, 0)),
                    is_shown=delivery.letter.browser is not None and one.conversation_id in told,
                    due_at=None,
                    tries=0,
                )
                for one in delivery.letter.notices
            ]
        case Fate.LATER:
            return [_again(one, now) for one in delivery.letter.notices]
        case Fate.GONE | Fate.BOUNCED:
            return [replace(one, due_at=None, is_shown=False) for one in delivery.letter.notices]


def _again(one: Notice, now: datetime) -> Notice:
    """The next try, later and later."""
    pause = min(FIRST_PAUSE * 2 ** min(one.tries, 20), LONGEST_PAUSE)
    return replace(one, tries=one.tries + 1, due_at=None if one.tries >= GIVEN_UP else now + pause)


def _learn(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """A browser that takes no more is forgotten; an address that takes no mail is marked."""
    letter = delivery.letter
    if delivery.fate is Fate.GONE and letter.browser is not None:
        tx.browsers.remove(letter.account.id, letter.browser.id)
        tx.notices.forget(letter.account.id, letter.to.id, letter.browser.outlet)
    if delivery.fate is Fate.BOUNCED:
        bounces.note(tx, letter.to, delivery.reason, now)
