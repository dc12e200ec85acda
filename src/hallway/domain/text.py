"""How texts are compared: without case and accents, so that "tomas" finds Tomás."""

from unicodedata import combining, normalize


def fold(text: str) -> str:
    """`text` without case and combining marks, with single spaces."""
    plain = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
    return " ".join(plain.split())
