"""The audit log, in dictionaries."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from hallway.domain.audit import BEGINNING, Draft, Entry, Head, chained
from hallway.domain.ids import AccountId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.audit.ports import Chosen, Size


class MemoryAudit:
    """`audit.Audit` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables
        self._waiting: list[Draft] = []

    def append(self, draft: Draft) -> None:
        """Keep an entry until `settle`."""
        require(draft.account_id in self._tables.accounts)
        self._waiting.append(draft)

    def settle(self) -> None:
        """Number, stamp and chain what was appended."""
        for draft in self._waiting:
            kept = self._tables.audit.get(draft.account_id, ())
            previous = kept[-1].hash if kept else BEGINNING
            self._tables.audit[draft.account_id] = *kept, chained(previous, len(kept) + 1, datetime.now(UTC), draft)
        self._waiting.clear()

    def page(self, account_id: AccountId, chosen: Chosen, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Return entries from the end of the log, the newest first."""
        found = (one for one in reversed(self._kept(account_id)) if _is_chosen(one, chosen))
        return [one for one in found if before is None or one.seq < before][:limit]

    def count(self, account_id: AccountId, chosen: Chosen) -> int:
        """Count entries by the same conditions as `page`."""
        return sum(_is_chosen(one, chosen) for one in self._kept(account_id))

    def whole(self, account_id: AccountId) -> Iterator[Entry]:
        """Iterate over all entries of the account."""
        return iter(self._kept(account_id))

    def head(self, account_id: AccountId) -> Head | None:
        """Return the number and hash of the last entry."""
        kept = self._kept(account_id)
        return Head(account_id, kept[-1].seq, kept[-1].hash) if kept else None

    def heads(self) -> Sequence[Head]:
        """Return the heads that there are, by account."""
        found = map(self.head, sorted(self._tables.accounts))
        return [head for head in found if head is not None]

    def size(self) -> Size:
        """Count all entries, and the bytes of their facts."""
        kept = [entry for entries in self._tables.audit.values() for entry in entries]
        return Size(len(kept), sum(len(entry.draft.facts.encode()) for entry in kept))

    def _kept(self, account_id: AccountId) -> Sequence[Entry]:
        return self._tables.audit.get(account_id, ())


def _is_chosen(entry: Entry, chosen: Chosen) -> bool:
    draft = entry.draft
    return (
        (chosen.group is None or draft.action.partition(".")[0] == chosen.group)
        and (chosen.user_id is None or draft.user_id == chosen.user_id)
        and (chosen.about is None or draft.person_id == chosen.about)
        and (chosen.target is None or draft.target == chosen.target)
        and (chosen.since is None or entry.at >= chosen.since)
        and (chosen.until is None or entry.at < chosen.until)
    )
