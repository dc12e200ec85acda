"""The problem document with which everything is refused (RFC 9457)."""

from msgspec import UNSET, UnsetType

from hallway.transport.wire.fields import Frozen


class FieldProblem(Frozen, frozen=True):
    """What is wrong with one field; `pointer` is an RFC 6901 pointer into the body.

    `message` is in English. `values` are what a sentence in another language needs to know, as `line`; most codes need none.
    """

    pointer: str
    code: str
    message: str
    values: dict[str, str | int] | UnsetType = UNSET


class ProblemDocument(Frozen, frozen=True, kw_only=True):
    """An RFC 9457 problem document. `code` is stable; a refusal names its rule and what would change it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    rule: str | None = None
    remedy: str | None = None
    errors: list[FieldProblem] = []  # noqa: RUF012 - msgspec copies it
    retry_after: int | None = None
