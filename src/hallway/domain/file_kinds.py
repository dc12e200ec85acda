"""Tell what a file is by how its content begins, never by its name or by what a browser says of it (rules §14)."""

from hallway.domain.files import FileKind

HEAD = 16 * 1024
"""Bytes from the beginning of a file that tell what it is."""

Found = tuple[FileKind, str]
"""The kind, and the media type."""

_UNKNOWN: Found = (FileKind.OTHER, "application/octet-stream")
_TEXT: Found = (FileKind.DOCUMENT, "text/plain")
_BEGINNINGS: tuple[tuple[bytes, Found], ...] = (
    (b"\x89PNG\r\n\x1a\n", (FileKind.PICTURE, "image/png")),
    (b"\xff\xd8\xff", (FileKind.PICTURE, "image/jpeg")),
    (b"GIF87a", (FileKind.PICTURE, "image/gif")),
    (b"GIF89a", (FileKind.PICTURE, "image/gif")),
    (b"%PDF-", (FileKind.DOCUMENT, "application/pdf")),
    (b"ID3", (FileKind.AUDIO, "audio/mpeg")),
    (b"fLaC", (FileKind.AUDIO, "audio/flac")),
    (b"OggS", (FileKind.AUDIO, "audio/ogg")),
    (b"\x1a\x45\xdf\xa3", (FileKind.VIDEO, "video/webm")),
    (b"{\\rtf", (FileKind.DOCUMENT, "application/rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (FileKind.DOCUMENT, "application/x-ole-storage")),
    (b"Rar!\x1a\x07", (FileKind.ARCHIVE, "application/vnd.rar")),
    (b"7z\xbc\xaf\x27\x1c", (FileKind.ARCHIVE, "application/x-7z-compressed")),
    (b"\x1f\x8b", (FileKind.ARCHIVE, "application/gzip")),
    (b"BZh", (FileKind.ARCHIVE, "application/x-bzip2")),
    (b"\xfd7zXZ\x00", (FileKind.ARCHIVE, "application/x-xz")),
    (b"\x28\xb5\x2f\xfd", (FileKind.ARCHIVE, "application/zstd")),
)
_RIFF = {
    b"WEBP": (FileKind.PICTURE, "image/webp"),
    b"WAVE": (FileKind.AUDIO, "audio/wav"),
    b"AVI ": (FileKind.VIDEO, "video/x-msvideo"),
}
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_STILL_BRANDS = {b"avif": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif"}
_QUICKTIME = b"qt  "


def kind_of(head: bytes) -> Found:
    """Return what a file is whose first bytes these are (all of it, where it has fewer than HEAD)."""
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return _in_ogg(head) if beginning == b"OggS" else _in_matroska(head) if found[1] == "video/webm" else found
    if head[4:8] == b"ftyp":
        return _by_brand(head[8:12])
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(head)
    if _is_mpeg_audio(head):
        return FileKind.AUDIO, "audio/mpeg"
    return _TEXT if head and _is_text(head) else _UNKNOWN


def _by_brand(brand: bytes) -> Found:
    """Tell what an ISO media file is (ISO/IEC 14496-12, the brand of its `ftyp`)."""
    if brand in _SOUND_BRANDS:
        return FileKind.AUDIO, "audio/mp4"
    if brand in _STILL_BRANDS:
        return FileKind.OTHER, _STILL_BRANDS[brand]  # no picture that everybody's browser shows
    return FileKind.VIDEO, "video/quicktime" if brand == _QUICKTIME else "video/mp4"


def _in_ogg(head: bytes) -> Found:
    is_video = b"\x80theora" in head[:512]
    return (FileKind.VIDEO, "video/ogg") if is_video else (FileKind.AUDIO, "audio/ogg")


def _in_matroska(head: bytes) -> Found:
    """Tell WebM from other Matroska, and sound alone from video, by the codecs that are named near the beginning."""
    if b"webm" not in head[:64]:
        return FileKind.VIDEO, "video/x-matroska"
    is_video = b"V_" in head
    return (FileKind.AUDIO, "audio/webm") if b"A_" in head and not is_video else (FileKind.VIDEO, "video/webm")


def _in_zip(head: bytes) -> Found:
    if head[30:].startswith(_OPEN_DOCUMENT):
        return FileKind.DOCUMENT, "application/vnd.oasis.opendocument"
    for folder, media_type in _OFFICE:
        if b"[Content_Types].xml" in head and folder in head:
            return FileKind.DOCUMENT, media_type
    return FileKind.ARCHIVE, "application/zip"


def _is_mpeg_audio(head: bytes) -> bool:
    """Return whether it begins with a frame header of MPEG layer III: eleven set bits, then version, layer and a bit rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - bits of the format
        return False
    version, layer, rate, sampling = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in {0, 15} and sampling != 3  # noqa: PLR2004


def _is_text(head: bytes) -> bool:
    """Return whether it is text in UTF-8, which a program or a picture hardly is by chance; the last letter may be cut."""
    if any(byte < 32 and byte not in b"\t\n\r\x0c" for byte in head):  # noqa: PLR2004 - controls
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return len(head) == HEAD and wrong.start > HEAD - 4
    return True
