"""Pictures are drawn anew: upright, bounded, and with nothing in them but what is seen; what takes too much is refused."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from hallway.demo.portraits import portrait
from hallway.integrations.pictures import SIDE, draw_anew
from hallway.integrations.sandbox import Child
from hallway.integrations.sandbox_process import Request
from hallway.integrations.uploads import PICTURE_LIMITS, PICTURE_READER
from hallway.usecases.errors import Invalid
from hallway.usecases.people.pictures import LARGEST, MOST_PIXELS, Picture
from tests.photos import KINDS, SECRETS, photo


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Child]:
    """One process with limits for all pictures of this module: none may end it."""
    child = Child()
    yield child
    child.close()


def _drawn(sandbox: Child, content: bytes) -> Picture:
    limits = PICTURE_LIMITS
    return sandbox.ask(
        Request(
            function=PICTURE_READER,
            content=content,
            arguments=(),
            processor_seconds=limits.processor_seconds,
            seconds=limits.seconds,
        ),
        Picture,
    )


def _refusal(sandbox: Child, content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        _drawn(sandbox, content)
    (problem,) = refused.value.problems
    assert problem.field == "photo"
    return problem.code


def _seen(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.content))
    assert Image.MIME[str(image.format)] == picture.media_type
    return image


def _bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def _claims(width: int, height: int, unpacked: bytes = b"") -> bytes:
    """A PNG that says it is so large, in two colours, with these bytes in it."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(unpacked, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )


# What is left of it.


@pytest.mark.parametrize("kind", KINDS)
def test_it_tells_no_place_and_no_device(sandbox: Child, kind: str) -> None:
    uploaded = photo(kind) + b"Lindenallee 7, behind the end"
    assert any(one in uploaded for one in SECRETS)
    found = _drawn(sandbox, uploaded)
    assert [one for one in SECRETS if one in found.content] == []
    assert not _seen(found).getexif()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [(1, (40, 20), (2, 10)), (3, (40, 20), (37, 10)), (6, (20, 40), (10, 2)), (8, (20, 40), (10, 37))],
)
def test_it_is_upright(
    sandbox: Child, kind: str, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    seen = _seen(_drawn(sandbox, photo(kind, orientation=orientation))).convert("RGB")
    assert seen.size == size
    pixel = seen.getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert pixel[2] < 60


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("size", "kept"), [((3000, 1500), (SIDE, SIDE // 2)), ((30, 15), (30, 15)), ((1, 1), (1, 1))])
def test_it_is_no_larger_than_it_is_shown(
    sandbox: Child, kind: str, size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert _seen(_drawn(sandbox, photo(kind, size, orientation=1))).size == kept


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_can_be_seen_through_stays_so(sandbox: Child, kind: str) -> None:
    seen = _seen(_drawn(sandbox, _bytes(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), kind)))
    assert seen.convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]


def test_every_way_to_write_colours_is_read(sandbox: Child) -> None:
    for mode in ("1", "L", "P", "LA", "I;16", "RGB"):
        assert _seen(_drawn(sandbox, _bytes(Image.new(mode, (8, 8)), "PNG"))).size == (8, 8)
    for mode in ("L", "CMYK"):
        assert _seen(_drawn(sandbox, _bytes(Image.new(mode, (8, 8)), "JPEG"))).size == (8, 8)


def test_of_several_pictures_in_a_file_the_first_is_kept(sandbox: Child) -> None:
    first, others = Image.new("RGB", (8, 8), "red"), [Image.new("RGB", (8, 8), "blue")]
    for kind in ("MPO", "PNG", "WEBP"):
        seen = _seen(_drawn(sandbox, _bytes(first, kind, save_all=True, append_images=others)))
        assert getattr(seen, "n_frames", 1) == 1
        assert seen.convert("RGB").getpixel((4, 4))[0] > 200  # type: ignore[index]


def test_the_version_changes_with_the_picture(sandbox: Child) -> None:
    versions = {_drawn(sandbox, portrait(name)).version for name in ("Maya", "Daniel", "Maya")}
    assert len(versions) == 2


# What is refused.


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg onload='alert(1)'>",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xffRest",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        photo("JPEG")[:100],
        portrait("Maya")[:300],
        _bytes(Image.new("RGB", (8, 8)), "GIF"),
        _bytes(Image.new("RGB", (8, 8)), "BMP"),
        _bytes(Image.new("RGB", (8, 8)), "TIFF"),
        _claims(0, 0),
    ],
)
def test_what_is_no_picture_is_refused(sandbox: Child, content: bytes) -> None:
    assert _refusal(sandbox, content) == "not_a_picture"


@pytest.mark.parametrize(
    "content",
    [
        portrait("Maya") + bytes(LARGEST),
        _claims(100_000, 100_000),
        _claims(2**31 - 1, 2**31 - 1),
        _claims(8_000, 8_000),
    ],
    ids=["bytes", "ten thousand million pixels", "as many as can be written", "a few more than may be"],
)
def test_what_is_too_large_is_refused_before_it_is_unpacked(sandbox: Child, content: bytes) -> None:
    assert _refusal(sandbox, content) == "too_large"


@pytest.mark.slow
def test_the_largest_pictures_fit(sandbox: Child) -> None:
    side = int(MOST_PIXELS**0.5)
    assert _seen(_drawn(sandbox, _claims(side, side, bytes((side // 8 + 1) * side)))).size == (SIDE, SIDE)
    for mode in ("RGB", "RGBA"):
        flat = _bytes(Image.new(mode, (side, side)), "PNG", compress_level=9)
        if len(flat) <= LARGEST:
            assert _seen(_drawn(sandbox, flat)).size == (SIDE, SIDE)


@pytest.mark.slow
def test_more_than_it_claims_is_not_unpacked(sandbox: Child) -> None:
    assert _seen(_drawn(sandbox, _claims(8, 8, bytes(200_000_000)))).size == (8, 8)


def test_the_sandbox_and_the_server_draw_the_same(sandbox: Child) -> None:
    assert _drawn(sandbox, photo("PNG")) == draw_anew(photo("PNG"))
