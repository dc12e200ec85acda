"""The audit log, in SQL.

Entries wait until the end of the transaction. Only then the account's log is locked, on PostgreSQL: whoever holds that
lock asks for no other one, so nobody waits for each other in a circle, and it is held for the time of a commit.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, insert, select
from sqlalchemy.sql import ColumnElement

from hallway.domain.audit import BEGINNING, Action, Draft, Entry, Head, Target, chained
from hallway.domain.ids import AccountId
from hallway.storage.locks import hold_audit
from hallway.storage.schema import account, audit_entry
from hallway.storage.statements import Prepared
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.audit.ports import Chosen, Size

BLOCK = 1_000
"""Entries that are read at a time."""

_HEAD = Prepared(
    select(audit_entry.c.seq, audit_entry.c.hash)
    .where(audit_entry.c.account_id == bindparam("account"))
    .order_by(audit_entry.c.seq.desc())
    .limit(1)
)


class SqlAudit:
    """`audit.Audit` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._waiting: list[Draft] = []

    def append(self, draft: Draft) -> None:
        """Keep the draft until `settle`."""
        self._waiting.append(draft)

    def settle(self) -> None:
        """Number, stamp and chain the appended entries, the accounts always in the same order."""
        for account_id in sorted({one.account_id for one in self._waiting}):
            hold_audit(self._connection, account_id)
            self._extend(account_id, [one for one in self._waiting if one.account_id == account_id])
        self._waiting.clear()

    def _extend(self, account_id: AccountId, drafts: Sequence[Draft]) -> None:
        head = self.head(account_id)
        seq, previous = (head.seq, head.hash) if head else (0, BEGINNING)
        rows: list[dict[str, Any]] = []
        for draft in drafts:
            seq += 1
            entry = chained(previous, seq, datetime.now(UTC), draft)
            previous = entry.hash
            rows.append(_row(entry))
        self._connection.execute(insert(audit_entry), rows)

    def page(self, account_id: AccountId, chosen: Chosen, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Return a page of entries, the newest first."""
        query = select(audit_entry).where(*_found(account_id, chosen)).order_by(audit_entry.c.seq.desc()).limit(limit)
        return self._entries(query if before is None else query.where(audit_entry.c.seq < before))

    def count(self, account_id: AccountId, chosen: Chosen) -> int:
        """Count the entries by the conditions of `page`."""
        query = select(func.count()).select_from(audit_entry).where(*_found(account_id, chosen))
        return self._connection.execute(query).scalar_one()

    def whole(self, account_id: AccountId) -> Iterator[Entry]:
        """Yield all entries block by block, so that a long log needs no more memory than a short log."""
        last = 0
        while True:
            behind = (audit_entry.c.account_id == account_id, audit_entry.c.seq > last)
            block = self._entries(select(audit_entry).where(*behind).order_by(audit_entry.c.seq).limit(BLOCK))
            yield from block
            if len(block) < BLOCK:
                return
            last = block[-1].seq

    def head(self, account_id: AccountId) -> Head | None:
        """Read the end of the primary key's index."""
        found = _HEAD.rows(self._connection, {"account": account_id})
        return Head(account_id, *found[0]) if found else None

    def heads(self) -> Sequence[Head]:
        """Look into the primary key's index once for each account, however many entries there are."""
        accounts = self._connection.execute(select(account.c.id).order_by(account.c.id)).scalars().all()
        return [head for head in map(self.head, map(AccountId, accounts)) if head is not None]

    def size(self) -> Size:
        """Count by the heads, as no entry is missing, and measure an entry's size at the newest of the longest log."""
        heads = self.heads()
        if not heads:
            return Size(0, 0)
        longest = max(heads, key=lambda head: head.seq)
        newest = self.page(longest.account_id, Chosen(), before=None, limit=100)
        each = sum(_FIXED + len(entry.draft.facts.encode()) for entry in newest) // len(newest)
        entries = sum(head.seq for head in heads)
        return Size(entries, entries * each)

    def _entries(self, query: Select[Any]) -> list[Entry]:
        return [_entry(row) for row in self._connection.execute(query).mappings()]


_FIXED = 400
"""Bytes of an entry beside its facts, with its places in the indexes."""


def _found(account_id: AccountId, chosen: Chosen) -> list[ColumnElement[bool]]:
    columns = audit_entry.c
    conditions = [columns.account_id == account_id]
    if chosen.group is not None:
        actions = [one.value for one in Action if one.group == chosen.group]
        conditions.append(columns.action.in_(actions))
    if chosen.user_id is not None:
        conditions.append(columns.user_id == chosen.user_id)
    if chosen.about is not None:
        conditions.append(columns.person_id == chosen.about)
    if chosen.target is not None:
        conditions += [columns.target_kind == chosen.target.kind, columns.target_id == chosen.target.id]
    if chosen.since is not None:
        conditions.append(columns.at >= to_micros(chosen.since))
    if chosen.until is not None:
        conditions.append(columns.at < to_micros(chosen.until))
    return conditions


def _row(entry: Entry) -> dict[str, Any]:
    draft = entry.draft
    return {
        "account_id": draft.account_id,
        "seq": entry.seq,
        "at": to_micros(entry.at),
        "action": str(draft.action),
        "via": str(draft.via),
        "user_id": draft.user_id,
        "session_id": draft.session_id,
        "address": draft.address,
        "target_kind": draft.target.kind,
        "target_id": draft.target.id,
        "person_id": draft.person_id,
        "facts": draft.facts,
        "hash": entry.hash,
    }


def _entry(row: Mapping[Any, Any]) -> Entry:
    draft = Draft(
        account_id=row["account_id"],
        action=row["action"],
        via=row["via"],
        user_id=row["user_id"],
        session_id=row["session_id"],
        address=row["address"],
        target=Target(row["target_kind"], row["target_id"]),
        person_id=row["person_id"],
        facts=row["facts"],
    )
    return Entry(row["seq"], from_micros(row["at"]), draft, row["hash"])
