"""Tags in front of the tokens of mails: they say in which account a token was made.

Accounts at the installation's own addresses need none: their tokens stand alone, as all did before there were several.
"""

import re
from base64 import b32encode
from hashlib import sha256

from hallway.domain.ids import AccountId

LENGTH = 4
"""Letters: few, so that there is room in the local part of an address (RFC 5321 §4.5.3.1.1). Accounts may share a tag; the
token's signature says whose it is."""


_TAG = re.compile(f"[a-z2-7]{{{LENGTH}}}")


def is_tag(text: str) -> bool:
    """Return whether a text, which anybody may have written on an envelope, can be a tag."""
    return _TAG.fullmatch(text) is not None


def tag_of(account_id: AccountId) -> str:
    """Return the tag of an account, from a hash that tells nothing about it."""
    return b32encode(sha256(account_id.encode()).digest()[:5]).decode().lower()[:LENGTH]


def split(token: str, length: int) -> tuple[str, str]:
    """Return the tag of a token, empty where it has none, and the token itself, which has `length` letters."""
    return token[:-length].lower(), token[-length:]
