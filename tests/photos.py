"""Photos as phones take them: with a place, a device and a preview in them, and lying on their side."""

from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

KINDS = ("JPEG", "PNG", "WEBP")
SECRETS = (b"Exif", b"Lindenallee", b"xmpmeta", b"eXIf", b"tEXt")
"""Words of which none may be in what others fetch."""
_ORIENTATION, _MAKER, _GPS = 0x0112, 0x010F, 0x8825
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Lindenallee 7</x:xmpmeta>'


def photo(kind: str, size: tuple[int, int] = (40, 20), *, orientation: int = 6, mode: str = "RGB") -> bytes:
    """A photo whose left half is red and whose right half is blue, as its file has it; 6 is taken with a phone upright."""
    image = Image.new(mode, size, "blue")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "red"))
    exif = Image.Exif()
    exif[_ORIENTATION], exif[_MAKER] = orientation, "Lindenallee phones"
    exif.get_ifd(_GPS).update({1: "N", 2: (59.0, 54.0, 1.0), 3: "E", 4: (10.0, 44.0, 1.0)})
    content = BytesIO()
    image.save(content, kind, exif=exif, **_more(kind))
    return content.getvalue()


def _more(kind: str) -> dict[str, Any]:
    """What each kind of file may say beside that."""
    match kind:
        case "JPEG":
            return {"comment": b"Lindenallee 7", "xmp": _XMP, "quality": 95}
        case "PNG":
            info = PngInfo()
            info.add_text("Location", "Lindenallee 7")
            return {"pnginfo": info}
        case _:
            return {"xmp": _XMP, "lossless": True}
