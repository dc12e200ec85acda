"""Pictures of messages, drawn anew with Pillow: upright, without what cameras write into them, and smaller for a screen.

It runs in the sandbox (`hallway.integrations.sandbox`), which ends what takes too much memory or time.
"""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any, cast

from PIL import Image, ImageCms, ImageOps, ImageSequence

from hallway.usecases.files.checking import Reason
from hallway.usecases.files.renditions import (
    MOST_PIXELS,
    PLACEHOLDER,
    RENDITION_TYPE,
    SCREEN,
    THUMBNAIL,
    Renditions,
    refusal,
)

_QUALITY = 85
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}

_SRGB = cast("Any", ImageCms).createProfile("sRGB")

Image.MAX_IMAGE_PIXELS = None  # ours is asked before anything is unpacked


def draw(content: bytes) -> Renditions:
    """Draw a picture anew in all its sizes. Raises Invalid with the code `picture` or `picture_too_large`."""
    try:
        image = Image.open(BytesIO(content), formats=tuple(_FORMATS))
        frames = getattr(image, "n_frames", 1) if image.format in {"GIF", "WEBP", "PNG"} else 1
    except MemoryError:
        raise
    except Exception as wrong:  # the library raises whatever a broken file makes it stumble over
        raise refusal(Reason.PICTURE) from wrong
    if image.width * image.height > MOST_PIXELS:
        raise refusal(Reason.PICTURE_TOO_LARGE)
    try:
        moves = frames > 1 and frames * image.width * image.height <= MOST_PIXELS
        return _moving(image) if moves else _still(image)
    except MemoryError:
        raise
    except Exception as wrong:
        raise refusal(Reason.PICTURE) from wrong


def _still(image: Image.Image) -> Renditions:
    kind = "JPEG" if image.format in {"JPEG", "MPO"} else "PNG" if image.format in {"PNG", "GIF"} else "WEBP"
    ImageOps.exif_transpose(image, in_place=True)
    seen = _bare(image, "RGB" if kind == "JPEG" else None)
    options: dict[str, Any] = {"quality": 92 if kind == "JPEG" else _QUALITY} if kind != "PNG" else {}
    return _in_all_sizes(seen, kind, _saved(seen, kind, **options), keeps_screen=True)


def _moving(image: Image.Image) -> Renditions:
    """Keep the frames, each drawn anew with its time; what is smaller shows the first."""
    pictures: list[Image.Image] = []
    times: list[int] = []
    for frame in _frames(image):
        pictures.append(_bare(frame.copy(), None))
        times.append(int(frame.info.get("duration", 100)))
    kind = "GIF" if image.format == "GIF" else "WEBP"
    loop = image.info.get("loop", 0)
    content = _saved(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=times, loop=loop)
    return _in_all_sizes(pictures[0], kind, content, keeps_screen=False)


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    return ImageSequence.Iterator(image)


def _bare(image: Image.Image, colours: str | None) -> Image.Image:
    """Return the pixels alone, in the colours that every screen has."""
    profile = image.info.get("icc_profile")
    mode = colours or ("RGBA" if image.has_transparency_data else "RGB")
    seen = image if image.mode == mode else image.convert(mode)
    if profile and image.mode == mode:
        with suppress(ImageCms.PyCMSError):
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ImageCms.profileToProfile(seen, theirs, _SRGB, inPlace=True)
    seen.info = {}
    return seen


def _in_all_sizes(seen: Image.Image, kind: str, content: bytes, *, keeps_screen: bool) -> Renditions:
    width, height = seen.size
    is_large = keeps_screen and max(seen.size) > SCREEN
    screen = _smaller(seen, SCREEN) if is_large else None
    thumbnail = _smaller(screen or seen, THUMBNAIL)
    tiny = b64encode(_saved(_smaller(thumbnail, PLACEHOLDER), "WEBP", quality=30, method=6)).decode()
    return Renditions(
        media_type=_FORMATS[kind],
        width=width,
        height=height,
        content=content,
        screen=b"" if screen is None else _saved(screen, "WEBP", quality=_QUALITY),
        thumbnail=_saved(thumbnail, "WEBP", quality=_QUALITY),
        placeholder=f"data:{RENDITION_TYPE};base64,{tiny}",
    )


def _smaller(image: Image.Image, side: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((side, side))
    return copy


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
