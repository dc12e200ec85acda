"""What is kept about ways into somebody's account that somebody else opened, in dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from hallway.domain.ids import AccountId, UserId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.access.records import AccessNotice, FormerEmail, LinkRequest


class MemoryAccessRecords:
    """`access_records.AccessRecords` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add_notice(self, notice: AccessNotice) -> None:
        """Store a notice."""
        require((notice.account_id, notice.user_id) in self._tables.users)
        require((notice.account_id, notice.id) not in self._tables.access_notices)
        self._tables.access_notices[notice.account_id, notice.id] = notice

    def notices(self, account_id: AccountId, user_id: UserId) -> Sequence[AccessNotice]:
        """Return a person's notices, the newest first; dismissed ones are not kept."""
        everybodys = self._tables.access_notices.values()
        mine = [one for one in everybodys if (one.account_id, one.user_id) == (account_id, user_id)]
        return sorted(mine, key=lambda one: (one.at, one.id), reverse=True)

    def dismiss(self, account_id: AccountId, user_id: UserId, notice_ids: Collection[str]) -> None:
        """Delete some of a person's notices."""
        for one in self.notices(account_id, user_id):
            if one.id in notice_ids:
                del self._tables.access_notices[account_id, one.id]

    def save_request(self, request: LinkRequest) -> None:
        """Add a request, or change it."""
        require((request.account_id, request.user_id) in self._tables.users)
        self._tables.link_requests[request.account_id, request.id] = request

    def requests(self, account_id: AccountId, after: datetime) -> Sequence[LinkRequest]:
        """Return the requests made after a moment, the oldest first."""
        mine = (one for one in self._tables.link_requests.values() if one.account_id == account_id)
        return sorted((one for one in mine if one.asked_at > after), key=lambda one: (one.asked_at, one.id))

    def remove_request(self, account_id: AccountId, request_id: str) -> None:
        """Delete a request."""
        self._tables.link_requests.pop((account_id, request_id), None)

    def keep_former_email(self, former: FormerEmail) -> None:
        """Keep a former address, replacing the person's earlier one."""
        require((former.account_id, former.user_id) in self._tables.users)
        self._tables.former_emails[former.account_id, former.user_id] = former

    def former_emails(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, FormerEmail]:
        """Return the former addresses of these people."""
        found = {one: self._tables.former_emails.get((account_id, one)) for one in user_ids}
        return {user_id: one for user_id, one in found.items() if one is not None}
