"""What a store keeps of cards of links: the hosts that an account allows, and the card of a message (rules §20)."""

from dataclasses import replace

from hallway.domain.accounts import Account
from hallway.domain.previews import Preview
from hallway.usecases.messaging.records import Since
from hallway.usecases.transaction import Store
from tests.contracts.world import EXPERT, HERE, TOMAS, change, furnished, talk

CARD = Preview(url="https://example.org/a?b=c", title="Cells \u202f— خلايا", description='"All" of <them>', site="")


def test_an_account_keeps_its_hosts(store: Store) -> None:
    furnished(store)
    account = Account(id=HERE, name="Here", preview_hosts=("*.school.example", "example.org"))
    change(store, lambda tx: tx.accounts.save(account))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == account
    change(store, lambda tx: tx.accounts.save(replace(account, preview_hosts=())))
    assert store.read(lambda tx: tx.accounts.find(HERE)) == replace(account, preview_hosts=())


def test_a_message_comes_back_with_its_card_wherever_it_is_read(store: Store) -> None:
    furnished(store)
    chat = talk(store, TOMAS, EXPERT, ["https://example.org/a?b=c"])
    (message,) = store.read(lambda tx: tx.messages.page(HERE, chat.id, EXPERT, after=0, before=None, limit=9))
    assert message.preview is None
    carded = message.with_preview(2, CARD)
    change(store, lambda tx: tx.messages.save(carded))
    assert store.read(lambda tx: tx.messages.page(HERE, chat.id, EXPERT, after=0, before=None, limit=9)) == [carded]
    assert store.read(lambda tx: tx.messages.find(HERE, chat.id, 1)) == carded
    since = Since(1, 0)
    missed = store.read(lambda tx: tx.messages.changes(HERE, chat.id, EXPERT, since=since, after=0, limit=9))
    assert missed.messages == [carded]
    row = store.read(lambda tx: tx.conversations.rows_of(HERE, EXPERT, [chat.id]))[chat.id]
    assert row.last_message == carded
    change(store, lambda tx: tx.messages.save(carded.with_preview(3, None)))
    assert store.read(lambda tx: tx.messages.find(HERE, chat.id, 1)) == message.with_preview(3, None)
