"""Pictures as people upload them, drawn anew with Pillow: upright, of a bounded size, and without what cameras and programs
write into them (the place, the device, a preview, comments). It runs in the sandbox (`hallway.integrations.sandbox`).
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from hallway.usecases.people.pictures import (
    LARGEST,
    MOST_PIXELS,
    Picture,
    not_a_picture,
    too_many_bytes,
    too_many_pixels,
)

SIDE = 512
"""Pixels of a kept picture's longer side."""
_QUALITY = 88
_KINDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "JPEG": ("image/jpeg", {"quality": _QUALITY, "optimize": True}),
    "PNG": ("image/png", {"optimize": True}),
    "WEBP": ("image/webp", {"quality": _QUALITY}),
}
"""By Pillow's name of the format: what it is called on the web, and how it is written."""

Image.MAX_IMAGE_PIXELS = None  # ours is asked before anything is unpacked, and answered in one sentence


def draw_anew(content: bytes) -> Picture:
    """Redraw the picture, and keep nothing else of the file. Raises Invalid with a sentence when there is none in it."""
    if len(content) > LARGEST:
        raise too_many_bytes()
    try:
        image = Image.open(BytesIO(content), formats=tuple(_KINDS))
    except MemoryError:
        raise
    except Exception as wrong:  # the library raises whatever a broken file makes it stumble over
        raise not_a_picture() from wrong
    if image.width * image.height > MOST_PIXELS:
        raise too_many_pixels()
    try:
        return _drawn(image)
    except MemoryError:
        raise
    except Exception as wrong:
        raise not_a_picture() from wrong


def _drawn(image: Image.Image) -> Picture:
    kind = "JPEG" if image.format == "MPO" else str(image.format)  # several JPEGs in one file; the first is the picture
    media_type, options = _KINDS[kind]
    colours = "RGBA" if image.has_transparency_data and kind != "JPEG" else "RGB"
    if image.mode not in {"RGB", "RGBA"}:
        image = image.convert(colours)
    image.thumbnail((SIDE, SIDE))  # first of all, for what comes then takes as much memory again
    seen = ImageOps.exif_transpose(image).convert(colours)
    bare = Image.new(seen.mode, seen.size)
    bare.paste(seen)
    drawn = BytesIO()
    bare.save(drawn, kind, **options)
    return Picture(media_type, drawn.getvalue())
