"""Every way to say no, as a status and a problem document: the only such table, for HTTP and for the socket."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from hallway.domain.verdicts import EXPLANATIONS, Denial, Refused
from hallway.transport.app_context import context_of
from hallway.transport.edge import shortened
from hallway.transport.wire.problems import FieldProblem, ProblemDocument
from hallway.usecases.errors import Busy, Conflict, Invalid, NotFound, SignedOut, SignInFailed, TooMany
from hallway.usecases.files.ports import FilesUnavailable
from hallway.usecases.transaction import StoreUnavailable

MEDIA_TYPE = "application/problem+json"
TRY_AGAIN_AFTER = 2
"""Seconds after which a busy or unreachable store is worth another try."""

_FRAMEWORK: Mapping[int, tuple[str, str]] = {
    400: ("bad_request", "The request can't be read."),
    401: ("signed_out", "Sign in first."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "Nothing exists at this address."),
    405: ("method_not_allowed", "This address doesn't support that method."),
    413: ("too_large", "This is larger than the server accepts."),
    414: ("address_too_long", "The address is too long."),
    415: ("unsupported_media_type", "Send JSON."),
    500: ("fault", "Something went wrong on the server. The error was logged. Try again."),
    503: ("stopping", "The server is shutting down. Try again in a moment."),
}

_HOW_TO_KNOW_A_HOST = (
    "Set HALLWAY_PUBLIC_URL to the address that people type, and HALLWAY_OTHER_URLS to any others that lead here."
)

_log = structlog.get_logger("hallway")


class UnknownHost(Exception):  # noqa: N818 - an answer, not a fault
    """A request came by a name that is not Hallway's."""


class ClientOutdated(Exception):  # noqa: N818 - as above
    """A client speaks an older version of the protocol than the server, or states none where it must."""


class UnknownUploadVersion(Exception):  # noqa: N818 - as above
    """An upload is asked for in a version of tus that is not spoken here, or in none."""


class AccountSuspended(Exception):  # noqa: N818 - as above
    """The operator has suspended the account; nobody comes in."""


def problem(failure: Exception, request_id: str) -> ProblemDocument:  # noqa: C901, PLR0911, PLR0912 - it is the table
    """Return the problem document of a failure; an unforeseen one becomes a plain 500 and is logged."""
    match failure:
        case Refused():
            return _refusal(failure, request_id)
        case NotFound():
            return _document(404, "not_found", str(failure), request_id)
        case Invalid():
            errors = [
                FieldProblem("/" + one.field, one.code, one.message, dict(one.values) or msgspec.UNSET)
                for one in failure.problems
            ]
            return _document(422, "invalid", str(failure), request_id, errors=errors)
        case Conflict():
            return _document(409, failure.code, str(failure), request_id)
        case UnknownHost():
            because = "Hallway doesn't answer at this address."
            return _document(421, "unknown_host", because, request_id, remedy=_HOW_TO_KNOW_A_HOST)
        case ClientOutdated():
            return _document(426, "client_outdated", "Hallway was updated.", request_id, remedy="Reload the page.")
        case UnknownUploadVersion():
            because = "Uploads speak version 1.0.0 of the tus protocol. Send the header Tus-Resumable."
            return _document(412, "upload_version", because, request_id)
        case FilesUnavailable():
            _log.error("files_unavailable", request_id=request_id, reason=str(failure))
            detail = "The store of files isn't responding. Nothing was lost. Try again in a moment."
            return _document(503, "files_unavailable", detail, request_id, retry_after=TRY_AGAIN_AFTER)
        case AccountSuspended():
            because = "This account is suspended. Nothing was deleted."
            remedy = "Ask whoever runs this server."
            return _document(403, "account_suspended", because, request_id, remedy=remedy)
        case SignInFailed():
            return _document(401, "sign_in_failed", "Incorrect login or password.", request_id)
        case SignedOut():
            return _document(401, *_FRAMEWORK[401], request_id)
        case TooMany():
            return _document(429, "too_many", str(failure), request_id, retry_after=failure.retry_after)
        case Busy():
            detail = "The server is busy. Try again in a moment."
            return _document(503, "busy", detail, request_id, retry_after=TRY_AGAIN_AFTER)
        case StoreUnavailable():
            _log.error("store_unavailable", request_id=request_id, reason=str(failure))
            detail = "The database isn't responding. Nothing was changed. Try again in a moment."
            return _document(503, "unavailable", detail, request_id, retry_after=TRY_AGAIN_AFTER)
        case ValidationException():
            return _document(422, "invalid", "Some values are invalid.", request_id, errors=_fields(failure))
        case HTTPException():
            code, detail = _FRAMEWORK.get(failure.status_code, ("refused", "This was refused."))
            return _document(failure.status_code, code, detail, request_id)
        case _:
            _log.error("fault", request_id=request_id, exc_info=failure)
            return _document(500, *_FRAMEWORK[500], request_id)


def _refusal(failure: Refused, request_id: str) -> ProblemDocument:
    explained = EXPLANATIONS[failure.denial]
    status = 413 if failure.denial is Denial.FILE_TOO_LARGE else 403  # as tus asks for it
    return _document(
        status, failure.denial.value, explained.because, request_id, rule=explained.rule, remedy=explained.remedy
    )


def _document(status: int, code: str, detail: str, request_id: str, **more: Any) -> ProblemDocument:
    title = code.replace("_", " ").capitalize()
    return ProblemDocument(
        type=f"/problems/{quote(code)}",
        title=title,
        status=status,
        code=code,
        detail=detail,
        request_id=request_id,
        **more,
    )


def _fields(failure: ValidationException) -> list[FieldProblem]:
    """Convert Litestar's list of errors in the body or the query, with their keys as pointers."""
    extra = failure.extra if isinstance(failure.extra, list) else []
    found = [cast("dict[str, Any]", one) for one in extra if isinstance(one, dict)]
    if not found:
        return [FieldProblem("", "invalid", shortened(str(failure.detail)))]
    return [
        FieldProblem(shortened(_pointer(str(one.get("key", "")))), "invalid", shortened(str(one.get("message", ""))))
        for one in found
    ]


def _pointer(key: str) -> str:
    """Return the JSON pointer of a key; the body itself has the empty pointer, not our name for it."""
    inside = key.removeprefix("data").lstrip(".")
    return "/" + inside.replace(".", "/") if inside else ""


def bare(status: int, request_id: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return the headers and the body of a refusal that is made before the framework sees the request."""
    body = msgspec.json.encode(_document(status, *_FRAMEWORK[status], request_id))
    return [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())], body


def answer(request: Request[Any, Any, Any], failure: Exception) -> Response[ProblemDocument]:
    """Return the HTTP answer to a failure."""
    document = problem(failure, request.scope["state"].get("request_id", "-"))
    context_of(request.app.state).refusals[document.code] += 1
    headers = {"Retry-After": str(document.retry_after)} if document.retry_after else {}
    if document.status == 412:  # noqa: PLR2004
        headers["Tus-Version"] = "1.0.0"
    if document.status == 401:  # noqa: PLR2004
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(failure, HTTPException) and document.status == 405 and failure.headers:  # noqa: PLR2004
        headers |= failure.headers
    return Response(document, status_code=document.status, media_type=MEDIA_TYPE, headers=headers)
