"""Tags in front of the tokens of mails: they say in which account a token was made."""

from base64 import b32encode
from hashlib import sha256

from hallway.domain.ids import AccountId

LENGTH = 8
"""Letters. With the longest token they leave room in the local part of an address (RFC 5321 §4.5.3.1.1)."""


def tag_of(account_id: AccountId) -> str:
    """Return the tag of an account: 40 bits of a hash, which tell nothing about it."""
    return b32encode(sha256(account_id.encode()).digest()[:5]).decode().lower()
