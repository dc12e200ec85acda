"""Pictures of messages, as they are kept: drawn anew, so that they hold nothing but what is seen."""

from dataclasses import dataclass

from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.files.checking import Reason

LARGEST = 30_000_000
"""Bytes of a picture that is drawn anew: it is in memory as a whole meanwhile."""
MOST_PIXELS = 50_000_000
"""Pixels of a picture; its head says how many, before any is unpacked. Of a moving one, of all frames together."""
SCREEN, THUMBNAIL, PLACEHOLDER = 2048, 640, 16
"""Pixels of the longer side: in the viewer, in a message, and of the blur that stands there before."""
RENDITION_TYPE = "image/webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renditions:
    """A picture as it is kept: `content` without anything but what is seen, and smaller ones as WebP.

    `screen` is empty where the content itself is no larger.
    """

    media_type: str
    width: int
    height: int
    content: bytes
    screen: bytes
    thumbnail: bytes
    placeholder: str


def refusal(reason: Reason) -> Invalid:
    """Return the refusal of a file that is no picture which could be shown."""
    return Invalid(Problem("file", reason.value, "This picture can't be read."))
