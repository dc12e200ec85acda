"""Sessions and known devices, in dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hallway.domain.ids import AccountId, SessionId, UserId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.access.records import Device, Seen, Session


class MemorySessions:
    """`ports.Sessions` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, added: Session) -> None:
        """Store a new session."""
        require((added.account_id, added.user_id) in self._tables.users)
        require((added.account_id, added.id) not in self._tables.sessions)
        self._tables.sessions[added.account_id, added.id] = added

    def by_hash(self, account_id: AccountId | None, hashed: str) -> Session | None:
        """Return the session whose secret has this hash."""
        sessions = (one for one in self._tables.sessions.values() if account_id in {None, one.account_id})
        return next((one for one in sessions if one.hashed == hashed), None)

    def of(self, account_id: AccountId, user_id: UserId, kind: str) -> Sequence[Session]:
        """Return a user's sessions of one kind, oldest first."""
        mine = (one for one in self._tables.sessions.values() if (one.account_id, one.user_id) == (account_id, user_id))
        return sorted((one for one in mine if one.kind == kind), key=lambda one: (one.created_at, one.id))

    def several(self, account_id: AccountId, session_ids: Collection[SessionId]) -> Mapping[SessionId, Session]:
        """Return sessions by their ids."""
        found = {one: self._tables.sessions.get((account_id, one)) for one in session_ids}
        return {session_id: one for session_id, one in found.items() if one is not None}

    def see(self, seen: Sequence[Seen]) -> None:
        """Note when and where sessions were last seen."""
        for one in seen:
            found = self._tables.sessions.get((one.account_id, one.session_id))
            if found is not None:
                changed = replace(found, seen_at=one.at, network=one.network)
                self._tables.sessions[one.account_id, one.session_id] = changed
                self._tables.see(found.account_id, found.user_id, one.at)

    def remove(self, account_id: AccountId, user_id: UserId, session_id: SessionId) -> None:
        """End a session."""
        found = self._tables.sessions.get((account_id, session_id))
        if found is not None and found.user_id == user_id:
            del self._tables.sessions[account_id, session_id]

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """End all of a user's sessions, tokens and links too."""
        for key, one in list(self._tables.sessions.items()):
            if (one.account_id, one.user_id) == (account_id, user_id):
                del self._tables.sessions[key]


class MemoryDevices:
    """`devices.Devices` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, added: Device) -> None:
        """Store a new device."""
        require((added.account_id, added.user_id) in self._tables.users)
        require((added.account_id, added.id) not in self._tables.devices)
        require(all(one.hashed != added.hashed for one in self.of(added.account_id, added.user_id)))
        self._tables.devices[added.account_id, added.id] = added

    def by_hash(self, account_id: AccountId, hashed: str) -> Sequence[Device]:
        """Return one device for each person who signed in with the browser."""
        return [one for one in self._all(account_id) if one.hashed == hashed]

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Device]:
        """Return a person's devices, the longest unused first."""
        return [one for one in self._all(account_id) if one.user_id == user_id]

    def _all(self, account_id: AccountId) -> Sequence[Device]:
        here = (one for one in self._tables.devices.values() if one.account_id == account_id)
        return sorted(here, key=lambda one: (one.seen_at, one.id))

    def see(self, account_id: AccountId, device_id: str, at: datetime) -> None:
        """Note when the device was used to sign in."""
        found = self._tables.devices.get((account_id, device_id))
        if found is not None:
            self._tables.devices[account_id, device_id] = replace(found, seen_at=at)

    def remove(self, account_id: AccountId, user_id: UserId, device_ids: Collection[str]) -> None:
        """Delete some of a person's devices."""
        for one in self.of(account_id, user_id):
            if one.id in device_ids:
                del self._tables.devices[account_id, one.id]

    def remove_all(self, account_id: AccountId, user_id: UserId) -> None:
        """Delete all of a person's devices."""
        self.remove(account_id, user_id, [one.id for one in self.of(account_id, user_id)])
