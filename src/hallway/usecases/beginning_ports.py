"""The port to how an academy begins: who has not come in yet, the links made for them, and what was done first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import User


@dataclass(frozen=True, slots=True)
class Invited:
    """When a way in was last made for somebody, and when the link ends that they may use; None where there is none."""

    at: datetime
    expires_at: datetime | None


class Beginnings(Protocol):
    """People who never signed in, and the first steps of an account."""

    def newcomers(
        self,
        account_id: AccountId,
        within: frozenset[DepartmentId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Active people who never signed in and have no password, ordered by (folded name, id) and behind `after`;
        `within` limits to these departments and all below.
        """
        ...

    def newcomer_count(self, account_id: AccountId, within: frozenset[DepartmentId] | None) -> int:
        """How many they are."""
        ...

    def invited(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Invited]:
        """Of these people, for whom others made a way in: by the newest link that is kept, and the newest notice of one."""
        ...

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which first steps are done."""
        ...

    def first_course(self, account_id: AccountId) -> Course | None:
        """The course that was added first; one that has an expert goes before all others."""
        ...
