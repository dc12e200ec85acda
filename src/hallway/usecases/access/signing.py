"""Tokens that leave Hallway in addresses and links: who made one up, or changed one, is found out without a look-up.

A token is the base32 text of what it stands for and a mark over it, in small letters and digits: mail systems may change
the case of an address, and keep at most 64 characters before the @ (RFC 5321 §4.5.3.1.1).
"""

from base64 import b32decode, b32encode
from hashlib import sha256
from hmac import compare_digest, digest

_MARK = 10
"""Bytes of the mark: 80 bits, of which each guess costs a mail or a request."""


LENGTH = 42
"""Letters of a token for an id: sixteen bytes, and the mark."""


def signed(secret: str, purpose: str, content: str) -> str:
    """Sign some bytes, written in hexadecimal digits, as a token. A token for one purpose is worth nothing for another."""
    plain = bytes.fromhex(content)
    return b32encode(plain + _mark(secret, purpose, plain)).decode().rstrip("=").lower()


def unsigned(secret: str, purpose: str, token: str) -> str | None:
    """Return what a token stands for, in hexadecimal digits; None when it is not one of ours."""
    text = token.upper()
    try:
        whole = b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        return None
    content = whole[:-_MARK].hex()
    # Compared as text: a token has one spelling, though base32 lets the last letter stand for more than it needs.
    return content if compare_digest(signed(secret, purpose, content).encode(), token.lower().encode()) else None


def _mark(secret: str, purpose: str, plain: bytes) -> bytes:
    return digest(secret.encode(), purpose.encode() + b"\x00" + plain, sha256)[:_MARK]
