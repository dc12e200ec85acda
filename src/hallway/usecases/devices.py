"""Devices in which somebody has signed in before, as the store keeps them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True)
class Device:
    """That one person has signed in with a browser; `hashed` is what the store keeps of the browser's secret."""

    account_id: AccountId
    id: str
    user_id: UserId
    hashed: str
    created_at: datetime
    seen_at: datetime


class Devices(Protocol):
    """Known devices, by their person. One browser that several people use is a device of each of them."""

    def add(self, device: Device, /) -> None: ...
    def by_hash(self, account_id: AccountId, hashed: str) -> Sequence[Device]:
        """What one browser is to each of those who have signed in with it."""
        ...

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Device]:
        """A person's devices, the longest unused first."""
        ...

    def see(self, account_id: AccountId, device_id: str, at: datetime) -> None:
        """Note when a device was last used to sign in."""
        ...

    def remove(self, account_id: AccountId, user_id: UserId, device_ids: Collection[str]) -> None: ...
    def remove_all(self, account_id: AccountId, user_id: UserId) -> None: ...
