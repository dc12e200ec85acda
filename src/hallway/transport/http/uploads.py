"""Uploads that go on after a lost line: the tus protocol 1.0.0, https://tus.io/protocols/resumable-upload (core, creation,
expiration and termination).

HEAD is answered by what answers GET (`transport.static`).
"""

from base64 import b64decode
from binascii import Error as NotBase64
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import State

from hallway.domain.files import File
from hallway.domain.ids import FileId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.errors import UnknownUploadVersion
from hallway.transport.serializers import files as serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import files as wire_files
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.files import uploads

VERSION = "1.0.0"
CONTENT = "application/offset+octet-stream"
"""The media type of what is uploaded."""
_MOST_DIGITS = 15

AnyRequest = Request[Any, Any, State]


@post("/uploads", status_code=HTTPStatus.CREATED)
async def begin(request: AnyRequest, actor: CurrentActor, context: InContext) -> Response[wire_files.File]:
    """Begin an upload (tus creation): `Upload-Length` in bytes, and `Upload-Metadata` with `filename` in Base64."""
    _require_version(request)
    context.attachments.uploads.rate.require(actor.user_id)
    size, name = _number(request, "upload-length"), _metadata(request).get("filename", "")
    new = partial(uploads.begin, name=name, size=size, quota=context.attachments.quota)
    ours = {"clock": context.store.clock, "ids": context.store.ids}
    file = await context.store.write(lambda tx: new(tx, actor, **ours))  # type: ignore[arg-type]
    context.attachments.checks.wake()
    location = f"{request.url.path}/{file.id}"
    return Response(serializers.file(file), headers={**_headers(file), "Location": location}, status_code=201)


@get("/uploads/{file_id:str}", status_code=HTTPStatus.OK)
async def offset(
    file_id: wire_fields.Id, request: AnyRequest, actor: CurrentActor, context: InContext
) -> Response[None]:
    """Say how far an upload has come, in `Upload-Offset`. Ask with HEAD."""
    _require_version(request)
    file = await context.store.read(lambda tx: uploads.mine(tx, actor, FileId(file_id)))
    return Response(None, headers=_headers(file), status_code=200)


@patch("/uploads/{file_id:str}", status_code=HTTPStatus.NO_CONTENT, request_max_body_size=None)
async def go_on(
    file_id: wire_fields.Id, request: AnyRequest, actor: CurrentActor, context: InContext
) -> Response[None]:
    """Upload what comes behind `Upload-Offset`: the body is the bytes. What arrived before a line was lost is kept."""
    _require_version(request)
    if request.headers.get("content-type", "").partition(";")[0] != CONTENT:
        raise Invalid(Problem("Content-Type", "invalid", f"Send {CONTENT}."))
    context.attachments.uploads.pieces.require(actor.user_id)
    start = _number(request, "upload-offset")

    def read(tx: Any) -> File:
        return uploads.require_offset(uploads.mine(tx, actor, FileId(file_id)), start)

    file = await context.attachments.uploads.take(actor, await context.store.read(read), request.stream())
    context.attachments.checks.wake()
    return Response(None, headers=_headers(file), status_code=204)


@delete("/uploads/{file_id:str}")
async def give_up(file_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> Response[None]:
    """Remove a file of mine that wasn't sent, whole or not (tus termination)."""
    clock = context.store.clock
    await context.store.write(lambda tx: uploads.give_up(tx, actor, FileId(file_id), clock=clock))
    return Response(None, headers={"Tus-Resumable": VERSION}, status_code=204)


def _require_version(request: AnyRequest) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise UnknownUploadVersion


def _number(request: AnyRequest, header: str) -> int:
    """Return a header that is a number of bytes. Raises Invalid."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise Invalid(Problem(header.title(), "not_a_number", "Give a number of bytes."))
    return int(text)


def _metadata(request: AnyRequest) -> dict[str, str]:
    """Decode `Upload-Metadata`: names, each with a value in Base64. Raises Invalid."""
    found: dict[str, str] = {}
    for pair in request.headers.get("upload-metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value.strip(), validate=True).decode("utf-8")
        except (NotBase64, ValueError) as wrong:
            raise Invalid(Problem("Upload-Metadata", "not_base64", "Encode the values in Base64.")) from wrong
    return found


def _headers(file: File) -> dict[str, str]:
    expires = {} if file.expires_at is None else {"Upload-Expires": format_datetime(file.expires_at, usegmt=True)}
    numbers = {"Upload-Offset": str(file.received), "Upload-Length": str(file.size)}
    return {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **numbers, **expires}


handlers = [begin, offset, go_on, give_up]
