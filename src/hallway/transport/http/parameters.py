"""What every request of the API goes through first: its body is decoded at the edge, its ids and numbers are possible ones.

Litestar knows the constraints of bodies, and forgets those of `wire_fields.Id` and `wire_fields.Seq` where they stand in an address.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, NotFoundException, ValidationException
from msgspec import UnsetType

from hallway.transport import edge
from hallway.transport.wire import fields as wire_fields

T = TypeVar("T")

_ANYTHING: msgspec.json.Decoder[Any] = msgspec.json.Decoder()
_ID = re.compile(wire_fields.ID_PATTERN)


class ApiRequest(Request[Any, Any, State]):
    """A request whose body is decoded at the edge."""

    async def json(self) -> Any:
        """The body; null when there is none. Raises ClientException, Invalid."""
        try:
            return edge.decode(await self.body() or b"null", _ANYTHING)
        except edge.Unreadable as wrong:
            raise ClientException(str(wrong)) from wrong


async def require_possible(request: Request[Any, Any, State]) -> None:
    """Refuse an address with an id or a number that can be nobody's: PostgreSQL would not even compare it.

    Raises NotFoundException for the path, as for what is not there, and ValidationException for the query.
    """
    for name, value in request.path_params.items():
        if not _is_possible(name, value):
            raise NotFoundException
    if request.scope["query_string"]:
        for name, value in request.query_params.multi_items():
            if value and not _is_possible(name, value):
                wrong = {"key": name, "message": "This isn't a valid id."}
                raise ValidationException(extra=[wrong])


def _is_possible(name: str, value: Any) -> bool:
    if isinstance(value, int):
        return 0 < value <= wire_fields.LARGEST
    return not name.endswith("_id") or _ID.fullmatch(str(value)) is not None


def stripped(text: str | UnsetType) -> str | UnsetType:
    """Return a text without space around it; one that is absent stays so."""
    return text if isinstance(text, UnsetType) else text.strip()


def typed(kind: Callable[[str], T], value: str | UnsetType | None) -> T | UnsetType | None:
    """Return an id as what it names; one that is absent or null stays so."""
    return kind(value) if isinstance(value, str) else value
