"""Know what a deleted message said without keeping it: a digest under a key of the account's own.

The key of a message is its sender's for ever. After Delete for everyone the text is gone, and only this tells a retry of
the same text, which is answered as before, from another text, which must not vanish behind the old message.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from hallway.domain.ids import AccountId, ConversationId
from hallway.domain.messages import Message
from hallway.usecases.accounts import keys
from hallway.usecases.accounts.keys import own_key
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction


def keep_digest(tx: Transaction, message: Message, ids: Ids) -> None:
    """Keep what a message says as a digest, before its text goes."""
    secret = own_key(tx, message.account_id, keys.DELETED, ids.secret)
    at = message.conversation_id, message.seq
    tx.messages.keep_digest(message.account_id, at, _digest(secret, message, message.body))


@dataclass(frozen=True, slots=True)
class DeletedTexts:
    """The digests of some messages. Those deleted before there were digests have none: no text is known to be theirs."""

    secret: str = ""
    digests: Mapping[tuple[ConversationId, int], str] | None = None

    def is_text_of(self, message: Message, body: str) -> bool:
        """Return whether a deleted message said this."""
        digest = (self.digests or {}).get((message.conversation_id, message.seq), "")
        return bool(digest) and hmac.compare_digest(digest, _digest(self.secret, message, body))


def deleted_texts(tx: Transaction, account_id: AccountId, messages: Iterable[Message]) -> DeletedTexts:
    """Load the digests of the deleted messages among these; without any, nothing is asked of the store."""
    gone = [(one.conversation_id, one.seq) for one in messages if one.is_deleted]
    if not gone:
        return DeletedTexts()
    return DeletedTexts(tx.settings.secret(account_id, keys.DELETED) or "", tx.messages.digests(account_id, gone))


def _digest(secret: str, message: Message, body: str) -> str:
    """Compute the digest of a text with its message's address, so that equal texts have digests that tell nothing of each other."""
    said = f"{message.conversation_id}/{message.seq}/{body}"
    return hmac.new(secret.encode(), said.encode(), sha256).hexdigest()
