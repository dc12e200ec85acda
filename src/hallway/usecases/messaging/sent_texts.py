"""Know what a message said when it was sent: a retry of it says the same, whatever became of the message since.

The key of a message is its sender's for ever. Only the text tells a retry, which is answered as before, from another text,
which must not vanish behind the old message. Of a message that was edited, the first version is kept; of one that was
deleted for everyone only a digest, under a key of the account's own.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from hallway.domain.ids import AccountId
from hallway.domain.messages import Message
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.keys import own_key
from hallway.usecases.messaging.change_ports import Address
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction


def keep_digest(tx: Transaction, message: Message, ids: Ids) -> None:
    """Keep what a message said when it was sent as a digest, before its text goes."""
    secret = own_key(tx, message.account_id, keys.DELETED, ids.secret)
    at = message.conversation_id, message.seq
    said = message.body
    if message.edited_at is not None:
        said = tx.versions.first_texts(message.account_id, [at]).get(at, said)
    tx.messages.keep_digest(message.account_id, at, _digest(secret, message, said))


@dataclass(frozen=True, slots=True)
class SentTexts:
    """What some messages said when they were sent, where that is not what they say now.

    Those deleted before there were digests have none: no text is known to be theirs.
    """

    secret: str = ""
    digests: Mapping[Address, str] = field(default_factory=dict[Address, str])
    first: Mapping[Address, str] = field(default_factory=dict[Address, str])

    def is_text_of(self, message: Message, body: str) -> bool:
        """Return whether a message said this when it was sent."""
        address = message.conversation_id, message.seq
        if message.is_deleted:
            digest = self.digests.get(address, "")
            return bool(digest) and hmac.compare_digest(digest, _digest(self.secret, message, body))
        return self.first.get(address, message.body) == body


def sent_texts(tx: Transaction, account_id: AccountId, messages: Iterable[Message]) -> SentTexts:
    """Load what these messages said; where none was deleted or edited, nothing is asked of the store."""
    found = list(messages)
    gone = [(one.conversation_id, one.seq) for one in found if one.is_deleted]
    edited = [(one.conversation_id, one.seq) for one in found if one.edited_at]
    if not gone and not edited:
        return SentTexts()
    secret = tx.settings.secret(account_id, keys.DELETED) or ""
    return SentTexts(secret, tx.messages.digests(account_id, gone), tx.versions.first_texts(account_id, edited))


def _digest(secret: str, message: Message, body: str) -> str:
    """Compute the digest of a text with its message's address, so that equal texts have digests that tell nothing of each other."""
    said = f"{message.conversation_id}/{message.seq}/{body}"
    return hmac.new(secret.encode(), said.encode(), sha256).hexdigest()
