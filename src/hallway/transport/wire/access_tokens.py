"""The bodies of personal access tokens; see `core` for what holds for all."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from hallway.transport.wire.fields import Frozen, Id, Scope, Short


class NewToken(Frozen, frozen=True):
    """A request for a personal access token.

    Null `days` means that it does not expire, null `scopes` that it may do everything; made with another token it is by
    default as long and as wide as that one. `write` includes `read`, `admin` both.
    """

    name: Short
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    scopes: Annotated[list[Scope], Meta(max_length=3)] | None = None


class Token(Frozen, frozen=True, kw_only=True):
    """A personal access token. `secret` is shown once, when the token is created."""

    id: Id
    name: str
    created_at: datetime
    expires_at: datetime | None
    scopes: list[Scope]
    secret: str | None = None


class Tokens(Frozen, frozen=True):
    """My tokens."""

    tokens: list[Token]
