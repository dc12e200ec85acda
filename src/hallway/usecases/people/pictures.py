"""Pictures of people, as they are kept: drawn anew from what was uploaded, so that they hold nothing but what is seen."""

from dataclasses import dataclass
from hashlib import sha256

from hallway.domain.ids import AccountId, UserId
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.transaction import Transaction

LARGEST = 512 * 1024
"""Bytes of a picture that somebody uploads."""
MOST_PIXELS = 32_000_000
"""Pixels of it; its head says how many, before any is unpacked."""
DRAWN_ANEW = "1-"
"""With what the version of a picture begins that was drawn anew. Another number has all of them drawn once more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn anew, and what it is: image/png, image/jpeg or image/webp."""

    media_type: str
    content: bytes

    @property
    def version(self) -> str:
        """The version of the picture, which changes with it."""
        return DRAWN_ANEW + sha256(self.content).hexdigest()[:16]


def keep_picture(tx: Transaction, account_id: AccountId, user_id: UserId, picture: Picture | None) -> None:
    """Keep the picture of somebody, or that they have none."""
    if picture is None:
        tx.people.set_photo(account_id, user_id, None, None)
    else:
        tx.people.set_photo(account_id, user_id, picture.version, (picture.media_type, picture.content))


def too_many_bytes() -> Invalid:
    """Return the refusal of a picture larger than LARGEST."""
    return Invalid(Problem("photo", "too_large", f"Choose a photo of at most {LARGEST >> 10} KB."))


def too_many_pixels() -> Invalid:
    """Return the refusal of a picture that declares more than MOST_PIXELS."""
    return Invalid(
        Problem("photo", "too_large", f"Choose a photo of at most {MOST_PIXELS // 1_000_000} million pixels.")
    )


class UnfinishedPicture(Invalid):
    """Drawing it anew was ended: what it needs is too much, or the machine had too little for it."""

    def __init__(self) -> None:
        """Answer it like a file that is no picture."""
        super().__init__(*not_a_picture().problems)


def not_a_picture() -> Invalid:
    """Return the refusal of a file that is no picture, or none of the kinds that are kept."""
    return Invalid(Problem("photo", "not_a_picture", "Choose a PNG, JPEG or WebP image."))
