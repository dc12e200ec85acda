"""The audit log in the wire's words, and as a file."""

import csv
import io
import json
from collections.abc import Sequence

from hallway.transport.cells import harmless
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import audit as wire_audit
from hallway.usecases.audit.log import LogLine, Page

COLUMNS = (
    "entry",
    "at",
    "action",
    "via",
    "by",
    "by_id",
    "person",
    "person_id",
    "target",
    "target_id",
    "name",
    "address",
    "session_id",
    "before",
    "after",
)


def page(found: Page) -> wire_audit.AuditLog:
    """Serialize a page of entries."""
    return wire_audit.AuditLog([_entry(one) for one in found.lines], to_cursor(found.next), found.total)


def _entry(line: LogLine) -> wire_audit.AuditEntry:
    entry, draft = line.entry, line.entry.draft
    return wire_audit.AuditEntry(
        seq=entry.seq,
        at=entry.at,
        action=str(draft.action),
        via=str(draft.via),
        by=serializers.person(line.user) if line.user else None,
        person=serializers.person(line.person) if line.person else None,
        target=wire_audit.AuditTarget(draft.target.kind, draft.target.id, line.name),
        address=draft.address,
        session_id=draft.session_id,
        before=dict(line.before),
        after=dict(line.after),
        names=dict(line.names),
    )


def as_csv(lines: Sequence[LogLine]) -> bytes:
    """Encode entries for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would calculate."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _cells(line)] for line in lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cells(line: LogLine) -> list[str]:
    entry, draft = line.entry, line.entry.draft
    return [
        str(entry.seq),
        entry.at.isoformat(timespec="milliseconds"),
        draft.action,
        draft.via,
        line.user.user.name if line.user else "",
        draft.user_id or "",
        line.person.user.name if line.person else "",
        draft.person_id or "",
        draft.target.kind,
        draft.target.id,
        line.name,
        draft.address,
        draft.session_id or "",
        json.dumps(line.before, ensure_ascii=False) if line.before else "",
        json.dumps(line.after, ensure_ascii=False) if line.after else "",
    ]
