"""The audit log: all of it in the admin portal, one's own part in the profile."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import QueryParameter

from hallway.domain.ids import UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import BySeq, from_cursor
from hallway.transport.http.people import Cursor, Limit
from hallway.transport.serializers import audit as audit_serializers
from hallway.transport.wire import audit as wire_audit
from hallway.usecases.audit import log as audit_log
from hallway.usecases.audit.ports import Chosen

Group = Annotated[
    Literal["account", "entry", "user", "department", "course", "training", "import", "export", "mail", "job"] | None,
    QueryParameter(description="Only actions of this group: the part before the dot."),
]
_ID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Who = Annotated[str | None, QueryParameter(pattern=_ID, description="Only actions by this person.")]
Whom = Annotated[str | None, QueryParameter(pattern=_ID, description="Only actions affecting this person.")]
Since = Annotated[datetime | None, QueryParameter(description="Only entries from this moment on.")]
Until = Annotated[datetime | None, QueryParameter(description="Only entries before this moment.")]


@get("/admin/audit")
async def page(  # noqa: PLR0913, PLR0917 - one for each part of the query
    actor: CurrentActor,
    context: InContext,
    group: Group = None,
    by: Who = None,
    about: Whom = None,
    since: Since = None,
    until: Until = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> wire_audit.AuditLog:
    """List who changed what, newest first."""
    chosen, before = _chosen(group, by, about, since, until), from_cursor(cursor, BySeq)
    found = await context.store.read(lambda tx: audit_log.page(tx, actor, chosen, before=before, limit=limit))
    return audit_serializers.page(found)


@get("/admin/audit/export", include_in_schema=False)
async def export(  # noqa: PLR0917 - one for each part of the query
    actor: CurrentActor,
    context: InContext,
    group: Group = None,
    by: Who = None,
    about: Whom = None,
    since: Since = None,
    until: Until = None,
) -> Response[bytes]:
    """The matching entries as a CSV file, at most 100,000. The export itself is recorded."""
    chosen = _chosen(group, by, about, since, until)
    lines = await context.store.write(lambda tx: audit_log.export(tx, actor, chosen))
    name = {"Content-Disposition": 'attachment; filename="audit-log.csv"'}
    return Response(audit_serializers.as_csv(lines), media_type="text/csv; charset=utf-8", headers=name)


@get("/me/audit")
async def mine(
    actor: CurrentActor, context: InContext, cursor: Cursor = None, limit: Limit = 20
) -> wire_audit.AuditLog:
    """Activity on my account, newest first."""
    before = from_cursor(cursor, BySeq)
    found = await context.store.read(lambda tx: audit_log.mine(tx, actor, before=before, limit=limit))
    return audit_serializers.page(found)


def _chosen(
    group: str | None, by: str | None, about: str | None, since: datetime | None, until: datetime | None
) -> Chosen:
    return Chosen(
        group=group,
        user_id=UserId(by) if by else None,
        about=UserId(about) if about else None,
        target=None,
        since=_aware(since),
        until=_aware(until),
    )


def _aware(moment: datetime | None) -> datetime | None:
    """Take a moment without a zone as UTC."""
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


handlers = [page, export, mine]
