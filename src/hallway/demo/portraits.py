"""Pictures for the people of the demo: a drawn head and shoulders as a PNG, the same for the same name every time."""

import struct
import zlib
from hashlib import sha256

SIDE = 128
Colour = tuple[int, int, int]

_BACKDROPS: tuple[Colour, ...] = ((205, 221, 235), (221, 236, 226), (240, 222, 205), (228, 217, 240), (245, 232, 200))
_SKINS: tuple[Colour, ...] = ((244, 210, 184), (226, 178, 142), (190, 136, 98), (141, 92, 62), (98, 62, 44))
_HAIRS: tuple[Colour, ...] = ((38, 30, 28), (84, 54, 36), (140, 96, 54), (196, 158, 96), (120, 120, 124))
_CLOTHES: tuple[Colour, ...] = ((28, 92, 76), (54, 78, 128), (150, 66, 60), (92, 72, 120), (70, 86, 92))


def portrait(name: str) -> bytes:
    """Draw the portrait for a name, as a PNG of SIDE by SIDE pixels."""
    draw = sha256(name.encode()).digest()
    colours = (_pick(_BACKDROPS, draw[0]), _pick(_SKINS, draw[1]), _pick(_HAIRS, draw[2]), _pick(_CLOTHES, draw[3]))
    has_long_hair = draw[4] % 2 == 0
    rows = (bytes(_row(y, colours, has_long_hair=has_long_hair)) for y in range(SIDE))
    return _png(b"".join(b"\0" + row for row in rows))


def _pick(colours: tuple[Colour, ...], number: int) -> Colour:
    return colours[number % len(colours)]


def _row(y: int, colours: tuple[Colour, ...], *, has_long_hair: bool) -> list[int]:
    """Draw a line of pixels, each the mean of four points so that edges are smooth."""
    pixels: list[int] = []
    for x in range(SIDE):
        points = [
            colours[_layer((x + dx) / SIDE, (y + dy) / SIDE, has_long_hair=has_long_hair)]
            for dx in (0.25, 0.75)
            for dy in (0.25, 0.75)
        ]
        pixels.extend(sum(point[channel] for point in points) // 4 for channel in range(3))
    return pixels


def _layer(x: float, y: float, *, has_long_hair: bool) -> int:
    """Return the layer seen at a point of the unit square: 0 backdrop, 1 skin, 2 hair, 3 clothes."""
    if _is_inside(x, y, (0.5, 0.46), (0.17, 0.21)) and not _is_inside(x, y, (0.42, 0.20), (0.26, 0.17)):
        return 1
    if _is_inside(x, y, (0.5, 0.40), (0.22, 0.23)) and (y < 0.46 or has_long_hair):  # noqa: PLR2004
        return 2
    if has_long_hair and abs(x - 0.5) < 0.22 and 0.40 < y < 0.68 and abs(x - 0.5) > 0.10:  # noqa: PLR2004
        return 2
    if abs(x - 0.5) < 0.08 and 0.6 < y < 0.76:  # noqa: PLR2004
        return 1
    return 3 if _is_inside(x, y, (0.5, 1.04), (0.40, 0.34)) else 0


def _is_inside(x: float, y: float, centre: tuple[float, float], radii: tuple[float, float]) -> bool:
    return ((x - centre[0]) / radii[0]) ** 2 + ((y - centre[1]) / radii[1]) ** 2 < 1


def _png(scanlines: bytes) -> bytes:
    """Write the PNG format's three chunks around 8-bit RGB scanlines, each with its filter byte."""
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(scanlines, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
