"""Examining the audit log: whether every entry is what was recorded, up to the heads that were exported."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection

from hallway.domain.audit import Exported, first_break
from hallway.storage import audit_heads
from hallway.storage.accounts import SqlAccounts
from hallway.storage.audit import SqlAudit
from hallway.storage.finding import Finding, ok, problem


def examine_audit(connection: Connection, heads: Path | None) -> Iterator[Finding]:
    """Yield a finding for each account's log; `heads` is the file of the exported heads."""
    for account_id in SqlAccounts(connection).ids():
        log = SqlAudit(connection)
        known: Sequence[Exported] = audit_heads.exported(heads, account_id) if heads is not None else ()
        found = first_break(log.whole(account_id), known)
        if found is not None:
            remedy = "leave the database unchanged, find out who could write to it, and compare it with a backup"
            yield problem("audit log", f"{found.reason} All entries before it are intact.", remedy)
            continue
        head = log.head(account_id)
        against = f", and match {len(known)} exported heads" if known else ""
        yield ok("audit log", f"{head.seq if head else 0} entries are intact{against}")
