"""Somebody says that a victim's mail came back, so that they get none any more."""

import pytest

from hallway.adapters import SystemClock
from hallway.storage.memory.store import MemoryStore
from hallway.usecases.access.signing import signed
from hallway.usecases.accounts import keys
from hallway.usecases.notifications import mail_replies
from hallway.usecases.notifications.mail_replies import Incoming
from hallway.usecases.transaction import Store
from tests.contracts.world import HERE, change
from tests.security.postbox import MAYA, SECRET, furnish


@pytest.fixture
def academy() -> Store:
    """With a key for its mails."""
    store = MemoryStore()
    change(store, furnish)
    return store


def believes(store: Store, token: str) -> bool:
    """Whether a report with this return path marks Maya's address."""
    mail = Incoming(
        fingerprint="1",
        sender="",
        subject="Undelivered",
        message_id="<1@x.example>",
        bounced=token,
        reason="550 no such user",
        is_automatic=True,
    )
    is_noted = change(store, lambda tx: mail_replies.note_bounce(tx, mail, SystemClock()))
    assert is_noted is (MAYA in store.read(lambda tx: tx.mails.bounces(HERE, [MAYA])))
    return is_noted


@pytest.mark.parametrize("secret", ["", "another key", SECRET + " "])
def test_a_return_path_that_was_not_signed_with_the_key_is_not_believed(academy: Store, secret: str) -> None:
    assert not believes(academy, signed(secret, "bounce", MAYA.replace("-", "")))


def test_a_return_path_for_something_else_is_not_believed(academy: Store) -> None:
    assert not believes(academy, signed(SECRET, "stop", MAYA.replace("-", "")))


@pytest.mark.parametrize("token", ["", "a", "aaaaaaaaaaaaaaaaaaaaaaaa", MAYA])
def test_a_return_path_without_a_mark_is_not_believed(academy: Store, token: str) -> None:
    assert not believes(academy, token)


@pytest.mark.parametrize("key", [None, ""])
def test_before_there_is_a_key_nothing_came_back(key: str | None) -> None:
    store = MemoryStore()
    change(store, furnish)
    store._tables.secrets.clear()
    if key is not None:
        change(store, lambda tx: tx.settings.set_secret(HERE, keys.MAIL, key))
    assert not believes(store, signed("", "bounce", MAYA.replace("-", "")))


def test_what_did_come_back_is_believed(academy: Store) -> None:
    assert believes(academy, signed(SECRET, "bounce", MAYA.replace("-", "")))
