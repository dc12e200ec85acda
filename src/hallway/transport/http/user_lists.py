"""The query of the portal's list of users: which of them, in which order, and from where on."""

from datetime import timedelta
from typing import Annotated, Any

from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from hallway.domain.arrivals import Status
from hallway.domain.ids import DepartmentId
from hallway.domain.people import Role, State
from hallway.transport.app_context import InContext
from hallway.transport.cursors import ByOrder, from_cursor, not_a_cursor
from hallway.transport.http.people import Text
from hallway.transport.wire import admin as wire_admin
from hallway.transport.wire import fields as wire_fields
from hallway.usecases.people.user_lists import Order, Sorting, SortKey, UserFilter

Days = Annotated[
    int | None, QueryParameter(ge=1, le=3650, description="Only people not seen for this many days, or never.")
]
Unseen = Annotated[bool, QueryParameter(description="Only people who were never seen.")]
By = Annotated[wire_admin.UserOrder, QueryParameter(description="The sort order.")]
Descending = Annotated[bool, QueryParameter(description="In descending order.")]

Chosen = NamedDependency[UserFilter]
Sorted = NamedDependency[Sorting]


async def _chosen(  # noqa: PLR0913, PLR0917 - one for each part of the query
    context: InContext,
    q: Text = "",
    role: FromQuery[wire_fields.Role | None] = None,
    in_state: Annotated[wire_fields.State | None, QueryParameter(name="state")] = None,
    status: FromQuery[wire_admin.Status | None] = None,
    department_id: FromQuery[wire_fields.Id | None] = None,
    not_seen_days: Days = None,
    never_seen: Unseen = False,  # noqa: FBT002 - a part of the query
) -> UserFilter:
    parts = wire_admin.UserChoice(
        q=q,
        role=role,
        state=in_state,
        status=status,
        department_id=department_id,
        not_seen_days=not_seen_days,
        never_seen=never_seen,
    )
    return chosen_by(parts, context)


def chosen_by(parts: wire_admin.UserChoice, context: InContext) -> UserFilter:
    """Return what a filter on the wire chooses, now."""
    now = context.store.clock.now()
    return UserFilter(
        text=parts.q,
        role=Role(parts.role) if parts.role else None,
        state=State(parts.state) if parts.state else None,
        department_id=DepartmentId(parts.department_id) if parts.department_id else None,
        status=Status(parts.status) if parts.status else None,
        not_seen_since=None if parts.not_seen_days is None else now - timedelta(days=parts.not_seen_days),
        is_unseen=parts.never_seen,
        has_come_in=parts.has_come_in,
        now=now,
    )


async def _sorting(sort: By = "name", descending: Descending = False) -> Sorting:  # noqa: FBT002 - as above
    return Sorting(Order(sort), descending)


LIST: dict[str, Any] = {"chosen": Provide(_chosen), "sorting": Provide(_sorting)}
"""What a handler of the list is given."""


def behind(cursor: str | None, sorting: Sorting) -> SortKey | None:
    """Return where the page before ended. Raises Invalid for a cursor of another order."""
    found = from_cursor(cursor, ByOrder)
    if found is None:
        return None
    by, is_descending, value, user_id = found
    is_possible = value == user_id if by is Order.CREATED else isinstance(value, int) is (by in _COUNTED)
    if Sorting(by, is_descending) != sorting or not is_possible:
        raise not_a_cursor()
    return value, user_id


_COUNTED = frozenset({Order.ROLE, Order.STATUS, Order.SEEN})
"""Orders in which somebody stands at a number; in the others at a text."""
