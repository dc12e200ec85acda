"""The ports to sessions, devices, attempts, and changes to somebody's way in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.usecases.access.records import AccessNotice, Device, FormerEmail, LinkRequest, Seen, Session


class Sessions(Protocol):
    """Browser sessions, personal access tokens and one-time links, by the hash of their secret."""

    def add(self, session: Session, /) -> None: ...
    def by_hash(self, account_id: AccountId | None, hashed: str) -> Session | None:
        """Return the session whose secret has this hash. None as account looks in all of them, for secrets from before
        they named one; no other look-up may do so.
        """
        ...

    def of(self, account_id: AccountId, user_id: UserId, kind: str) -> Sequence[Session]: ...
    def several(self, account_id: AccountId, session_ids: Collection[SessionId]) -> Mapping[SessionId, Session]: ...
    def see(self, seen: Sequence[Seen]) -> None:
        """Note when sessions were last seen, and in which network, and their people with them; a session that is gone stays gone."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, session_id: SessionId) -> None: ...
    def remove_all(self, account_id: AccountId, user_id: UserId) -> None: ...


class Devices(Protocol):
    """Known devices, by their person. One browser that several people use is a device of each of them."""

    def add(self, device: Device, /) -> None: ...
    def by_hash(self, account_id: AccountId, hashed: str) -> Sequence[Device]:
        """Return the devices with this secret's hash: one for each person who has signed in with that browser."""
        ...

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Device]:
        """Return a person's devices, the longest unused first."""
        ...

    def see(self, account_id: AccountId, device_id: str, at: datetime) -> None:
        """Note when a device was last used to sign in."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, device_ids: Collection[str]) -> None: ...
    def remove_all(self, account_id: AccountId, user_id: UserId) -> None: ...


class Attempts(Protocol):
    """Attempts to come in, by a key that says what is counted."""

    def hold(self, account_id: AccountId) -> None:
        """Hold the attempts of this account: nobody else counts any until this transaction ends."""
        ...

    def add(self, account_id: AccountId, attempt_id: str, key: str, at: datetime) -> None: ...
    def after(self, account_id: AccountId, key: str, moment: datetime) -> Sequence[datetime]:
        """Return when attempts with this key were made after the moment, oldest first."""
        ...

    def remove(self, account_id: AccountId, attempt_ids: Collection[str]) -> None: ...
    def date_back(self, account_id: AccountId, now: datetime) -> None:
        """Date attempts that were made after `now` back to `now`."""
        ...

    def forget(self, account_id: AccountId, before: datetime) -> None: ...


class AccessRecords(Protocol):
    """Notices, requests and former addresses."""

    def add_notice(self, notice: AccessNotice, /) -> None:
        """Store one."""
        ...

    def notices(self, account_id: AccountId, user_id: UserId) -> Sequence[AccessNotice]:
        """Return a person's notices that are not dismissed, the newest first."""
        ...

    def dismiss(self, account_id: AccountId, user_id: UserId, notice_ids: Collection[str]) -> None:
        """Delete some of a person's."""
        ...

    def save_request(self, request: LinkRequest, /) -> None:
        """Add it, or change it."""
        ...

    def requests(self, account_id: AccountId, after: datetime) -> Sequence[LinkRequest]:
        """Return the requests made after a moment, the oldest first. A transaction that writes locks them."""
        ...

    def remove_request(self, account_id: AccountId, request_id: str) -> None:
        """Delete one."""
        ...

    def keep_former_email(self, former: FormerEmail, /) -> None:
        """Keep a former address, replacing the person's earlier one."""
        ...

    def former_emails(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, FormerEmail]:
        """Return the former addresses of these people, where others changed theirs at some time."""
        ...
