"""Give the content of files, to those who see their message now: whole or in ranges, in place only where that is harmless."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromQuery
from litestar.response import Stream

from hallway.domain.files import File, Part
from hallway.domain.ids import FileId
from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.serializers import files as serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import files as wire_files
from hallway.usecases.actors import Actor
from hallway.usecases.errors import NotFound
from hallway.usecases.files import reading
from hallway.usecases.files.renditions import RENDITION_TYPE

IN_PLACE = frozenset(
    {
        *("image/png", "image/jpeg", "image/gif", "image/webp"),
        *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/wav", "audio/flac"),
        *("video/mp4", "video/webm", "video/ogg", "video/quicktime"),
    }
)
"""Media types that hold no script: pictures are drawn anew besides. Everything else is saved, never shown."""
PDF = "application/pdf"
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
"""The policy of a file's address: nothing of it runs, and it belongs to no site, not even to ours."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PLAIN = re.compile(r"[^A-Za-z0-9 !#$&+.^_`{}~()-]")

AnyRequest = Request[Any, Any, State]


@dataclass(frozen=True, slots=True)
class _Content:
    """What is given of a file: some parts, one after the other."""

    file: File
    parts: Sequence[Part]
    media_type: str
    name: str

    @property
    def size(self) -> int:
        return sum(one.size for one in self.parts)

    @property
    def etag(self) -> str:
        return f'"{self.file.id}-{self.name}"'


@get("/files/{file_id:str}")
async def show(file_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_files.File:
    """A file and how far it has come; while it is checked, the answer waits up to 20 seconds."""
    return serializers.file(await context.attachments.checks.known(actor, FileId(file_id)))


@get("/files/{file_id:str}/content", include_in_schema=False)
async def content(
    file_id: wire_fields.Id,
    request: AnyRequest,
    actor: CurrentActor,
    context: InContext,
    *,
    save: FromQuery[bool] = False,
) -> Response[Any]:
    """The file itself; with `save` it is to be saved, whatever it is."""
    file = await _get(context, actor, file_id)
    is_shown = not save and (file.media_type in IN_PLACE or file.media_type == PDF)
    media_type = file.media_type if is_shown else "application/octet-stream"
    return _given(context, request, _Content(file, file.parts, media_type, "content"), is_shown=is_shown)


@get("/files/{file_id:str}/thumbnail", include_in_schema=False)
async def thumbnail(
    file_id: wire_fields.Id, request: AnyRequest, actor: CurrentActor, context: InContext
) -> Response[Any]:
    """A picture as its message shows it."""
    return await _rendition(context, request, actor, file_id, ("thumbnail",))


@get("/files/{file_id:str}/screen", include_in_schema=False)
async def screen(
    file_id: wire_fields.Id, request: AnyRequest, actor: CurrentActor, context: InContext
) -> Response[Any]:
    """A picture as large as a screen; one that is smaller, itself."""
    return await _rendition(context, request, actor, file_id, ("screen",))


async def _rendition(
    context: AppContext, request: AnyRequest, actor: Actor, file_id: str, names: Sequence[str]
) -> Response[Any]:
    file = await _get(context, actor, file_id)
    parts = [one for one in file.renditions if one.name in names]
    if not file.renditions:
        raise NotFound("picture")
    shown = (
        _Content(file, parts, RENDITION_TYPE, names[0])
        if parts
        else _Content(file, file.parts, file.media_type, "content")
    )
    return _given(context, request, shown, is_shown=True)


async def _get(context: AppContext, actor: Actor, file_id: str) -> File:
    return await context.store.read(lambda tx: reading.get(tx, actor, FileId(file_id)))


def _given(context: AppContext, request: AnyRequest, shown: _Content, *, is_shown: bool) -> Response[Any]:
    """Answer with all of it, with a range, or with nothing where the browser has it already; it asks each time."""
    headers = {
        "Content-Security-Policy": _policy(shown.media_type),
        "Content-Disposition": disposition(shown.file.name, is_shown=is_shown),
        "Cache-Control": "private, no-cache",
        "ETag": shown.etag,
        "Accept-Ranges": "bytes",
        "Referrer-Policy": "no-referrer",
    }
    if shown.etag in _tags(request.headers.get("if-none-match", "")):
        return Response(None, status_code=304, headers=headers)
    start, length = 0, shown.size
    status = 200
    asked = _asked_range(request, shown)
    if asked is not None:
        start, end = asked
        if start >= shown.size:
            unsatisfied = {**headers, "Content-Range": f"bytes */{shown.size}"}
            return Response(None, status_code=416, headers=unsatisfied)
        length, status = min(end, shown.size - 1) - start + 1, 206
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{shown.size}"
    headers["Content-Length"] = str(length)
    pieces = context.attachments.blobs.pieces(shown.file, shown.parts, start, length)
    return Stream(_flowing(pieces), media_type=shown.media_type, headers=headers, status_code=status)


async def _flowing(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in pieces:
        yield piece


def _policy(media_type: str) -> str:
    """Return the policy; a browser's own reader of PDF does not run in a sandbox, and belongs to no site either."""
    return (
        f"{SANDBOX} allow-downloads"
        if media_type != PDF
        else "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    )


def _tags(header: str) -> set[str]:
    return {one.strip().removeprefix("W/") for one in header.split(",")}


def _asked_range(request: AnyRequest, shown: _Content) -> tuple[int, int] | None:
    """Return the first and the last byte that are asked for (RFC 9110 §14); None for all: of several ranges none is given."""
    found = _RANGE.fullmatch(request.headers.get("range", ""))
    condition = request.headers.get("if-range")
    if found is None or (condition is not None and condition != shown.etag):
        return None
    first, last = found.groups()
    if not first:
        number = int(last or 0)
        return (max(shown.size - number, 0), shown.size - 1) if number else (shown.size, shown.size)
    if last and int(last) < int(first):
        return None
    return int(first), int(last) if last else shown.size - 1


def disposition(name: str, *, is_shown: bool) -> str:
    """Return how a file is to be taken, with its name in every script (RFC 6266, RFC 8187)."""
    how = "inline" if is_shown else "attachment"
    return f"{how}; filename=\"{_PLAIN.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe='')}"


handlers = [show, content, thumbnail, screen]
