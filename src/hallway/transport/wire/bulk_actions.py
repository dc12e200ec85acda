"""Bodies of the API's bulk actions, version 1; see `wire` for the conventions. Only staff ever get these."""

from typing import Annotated, Literal

from msgspec import Meta

from hallway.transport.wire.admin import UserChoice
from hallway.transport.wire.cards import PersonCard
from hallway.transport.wire.fields import Frozen, Id

BulkField = Literal["state", "department", "role", "invitation"]
Ids = Annotated[list[Id], Meta(max_length=1000)]


class NewBulkAction(Frozen, frozen=True, kw_only=True):
    """Set one field of many people, or email each an invitation: to those listed, or to all who match a filter now.

    `value` is `active` or `inactive`, a role, or a department's id (empty for none); an `invitation` needs none. With
    `expected` it is refused when there are not so many people.
    """

    field: BulkField
    value: Annotated[str, Meta(max_length=40)] = ""
    user_ids: Ids | None = None
    chosen: UserChoice | None = None
    expected: Annotated[int, Meta(ge=1, le=50_000)] | None = None


class BulkRefusal(Frozen, frozen=True):
    """A person who was left out, and why: a stable code with its words."""

    person: PersonCard
    code: str
    reason: str


class BulkAction(Frozen, frozen=True, kw_only=True):
    """A bulk action. `done` of `total` people have been tried; `changed` and `refused` of them were. Once it was stopped it is
    `done` before all have been tried.

    `refusals` are the first 200 of the refused. While `may_undo`, those whom it changed can be given back what they had.
    """

    id: Id
    field: BulkField
    value: str
    state: Literal["preparing", "working", "done"]
    total: int
    done: int
    changed: int
    refused: int
    refusals: list[BulkRefusal]
    is_undo: bool
    may_undo: bool
