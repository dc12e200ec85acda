"""Rows that outlived their use, in dictionaries."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import datetime
from typing import Any

from hallway.domain.ids import AccountId, UserId
from hallway.storage.memory.tables import Tables
from hallway.usecases.jobs.upkeep_ports import Key, RowCounts, What

_PUSH = "push/"


class MemoryUpkeep:
    """`upkeep_ports.Upkeep` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def overdue(self, account_id: AccountId, what: What, before: datetime, limit: int) -> Sequence[Key]:
        """Find overdue rows by going through all."""
        found = (key[1:] for key in self._rows(what) if key[0] == account_id and self._is_overdue(what, key, before))
        return list(found)[:limit]

    def beyond(self, account_id: AccountId, what: What, most: int, limit: int) -> Sequence[Key]:
        """Sort rows from the newest down, and return those behind the first `most`."""
        dated = [(self._moment(what, one), key[1:]) for key, one in self._rows(what).items() if key[0] == account_id]
        newest = sorted(((at, key) for at, key in dated if at is not None), key=lambda each: each[0], reverse=True)
        return [key for _, key in newest[most:]][:limit]

    def remove(self, account_id: AccountId, what: What, keys: Sequence[Key], before: datetime | None) -> int:
        """Delete rows with all that belongs to them."""
        chosen = [(account_id, *key) for key in keys]
        gone = [
            key for key in chosen if key in self._rows(what) and (before is None or self._is_overdue(what, key, before))
        ]
        for key in gone:
            del self._rows(what)[key]
            self._cascade(what, key)
        return len(gone)

    def _cascade(self, what: What, key: tuple[Any, ...]) -> None:
        if what is What.IMPORTS:
            for part in [one for one in self._tables.import_slices if one[:2] == key]:
                del self._tables.import_slices[part]
        if what is What.BULK_ACTIONS:
            for person in [one for one in self._tables.bulk_people if one[:2] == key]:
                del self._tables.bulk_people[person]
        if what is What.SESSIONS:
            for browser in [one for one in self._tables.browsers.values() if (one.account_id, one.session_id) == key]:
                del self._tables.browsers[browser.account_id, browser.id]

    def pictures(self, account_id: AccountId, drawn: str, limit: int) -> Sequence[UserId]:
        """Find outdated pictures by going through all users."""
        mine = (one for one in self._tables.users.values() if one.account_id == account_id)
        return [one.id for one in mine if one.photo is not None and not one.photo.startswith(drawn)][:limit]

    def rows(self, account_id: AccountId) -> RowCounts:
        """Count the rows of all accounts."""
        del account_id
        messages = sum(len(one) for one in self._tables.messages.values())
        return RowCounts({"message": messages, **{what.value: len(self._rows(what)) for what in What}})

    def _rows(self, what: What) -> MutableMapping[tuple[Any, ...], Any]:
        tables: Mapping[What, Any] = {
            What.SESSIONS: self._tables.sessions,
            What.LINK_REQUESTS: self._tables.link_requests,
            What.ATTEMPTS: self._tables.attempts,
            What.IMPORTS: self._tables.import_jobs,
            What.BULK_ACTIONS: self._tables.bulk_actions,
            What.KEPT_MAILS: self._tables.kept_mails,
            What.REPLY_ADDRESSES: self._tables.reply_addresses,
            What.BOUNCES: self._tables.bounces,
            What.ORIGINALS: self._tables.originals,
            What.NOTICES: self._tables.notification_states,
            What.SET_ASIDE_JOBS: self._tables.jobs,
        }
        found: MutableMapping[tuple[Any, ...], Any] = tables[what]
        return found

    def _moment(self, what: What, one: Any) -> datetime | None:
        """Return the moment by which the newest of a kind are known, and from which its age counts."""
        match what:
            case What.ATTEMPTS:
                return one[1]  # type: ignore[no-any-return]  # (key, at)
            case What.LINK_REQUESTS:
                return one.asked_at  # type: ignore[no-any-return]  # of a LinkRequest
            case What.IMPORTS | What.BULK_ACTIONS:
                return one.noted_at  # type: ignore[no-any-return]  # of a Job, of a BulkAction
            case What.KEPT_MAILS:
                return one.at  # type: ignore[no-any-return]  # of a KeptMail
            case What.SET_ASIDE_JOBS:
                return one[0].set_aside_at  # type: ignore[no-any-return]  # (job, content)
            case _:
                return None

    def _is_overdue(self, what: What, key: tuple[Any, ...], before: datetime) -> bool:
        one = self._rows(what)[key]
        match what:
            case What.SESSIONS:
                return one.expires_at is not None and one.expires_at < before
            case What.REPLY_ADDRESSES:
                return bool(one.made_at < before)
            case What.BOUNCES:
                user = self._tables.users.get((one.account_id, one.user_id))
                return one.at < before and (user is None or user.email != one.email)
            case What.ORIGINALS:
                return self._is_deleted(*key)
            case What.NOTICES:
                return (
                    one.target_id.startswith(_PUSH)
                    and (key[0], one.target_id[len(_PUSH) :]) not in self._tables.browsers
                )
            case _:
                moment = self._moment(what, one)
                return moment is not None and moment < before

    def _is_deleted(self, account_id: AccountId, conversation_id: Any, seq: int) -> bool:
        message = self._tables.messages.get((account_id, conversation_id), {}).get(seq)
        return message is not None and message.is_deleted
