"""The kinds of values on the wire, and the base of every body and frame: unknown fields are refused.

The wire is the source of the OpenAPI page, of the client's TypeScript types and of `hallway.client`. Times are RFC 3339 in
UTC; ids are canonical UUIDs; an absent value is null, never a missing field.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

ID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
LARGEST = 2**53
"""The largest number of the wire: beyond it browsers count wrongly, and from 2**63 on no column holds it."""

# `$` also matches before a line break at the end: length, or what may not follow, keeps that out.
Id = Annotated[str, Meta(max_length=36, pattern=ID_PATTERN)]
Key = Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Body = Annotated[str, Meta(max_length=4000)]
Emoji = Annotated[str, Meta(min_length=1, max_length=64)]
FileIds = Annotated[list[Id], Meta(max_length=10)]
Short = Annotated[str, Meta(min_length=1, max_length=200)]
Secret = Annotated[str, Meta(min_length=1, max_length=500)]
Seq = Annotated[int, Meta(ge=1, le=LARGEST)]
Rev = Annotated[int, Meta(ge=0, le=LARGEST)]
FrameId = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
Role = Literal["owner", "administrator", "department_administrator", "author", "learner"]
State = Literal["active", "inactive", "removed"]
Scope = Literal["read", "write", "admin"]
Kind = Literal["dialog", "group"]
Mode = Literal["strict", "managers", "limited", "open"]


class Frozen(Struct, frozen=True, forbid_unknown_fields=True):
    """The base of every body: read only, and strict about what it accepts."""
