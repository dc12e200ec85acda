"""The ports to users and departments."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Department, Person, User
from hallway.usecases.people.user_lists import UserLists


class People(UserLists, Protocol):
    """Users, their list, and the facts about them that the rules ask for."""

    def find(self, account_id: AccountId, user_id: UserId) -> User | None: ...
    def several(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, User]: ...
    def by_login(self, account_id: AccountId, login_or_email: str) -> User | None:
        """Find a user by login or e-mail, whatever the case; users of every state."""
        ...

    def by_logins(self, account_id: AccountId, logins: Collection[str]) -> Mapping[str, User]:
        """Return users by the identity keys of login and e-mail (both are keys): for imports and uniqueness."""
        ...

    def facts(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Person]:
        """Return the present facts about each of these users, in a fixed number of statements."""
        ...

    def tied_to(self, account_id: AccountId, user_id: UserId) -> frozenset[UserId]:
        """Return everyone whom any fact of rules §2 may tie to this user, in either direction and in any mode: experts
        and learners of shared courses, organizers and attendees, supervisors and supervised, members and
        administrators of managed departments, owner and administrators. More than the rules allow; the rules
        choose.
        """
        ...

    def search(
        self,
        account_id: AccountId,
        text: str,
        among: Collection[UserId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Return active users whose name has a word that starts with each word of `text`, by their search keys,
        ordered by (search key of the name, id) and behind `after`; only those of `among` unless it is None.
        """
        ...

    def add(self, users: Sequence[User]) -> None: ...
    def save(self, users: Sequence[User]) -> None: ...
    def managed(
        self, account_id: AccountId, user_ids: Collection[UserId]
    ) -> Mapping[UserId, frozenset[DepartmentId]]: ...
    def set_managed(self, account_id: AccountId, user_id: UserId, departments: Collection[DepartmentId]) -> None: ...
    def password(self, account_id: AccountId, user_id: UserId) -> str | None:
        """Return the hash of the user's password, None while they have none."""
        ...

    def set_password(self, account_id: AccountId, user_id: UserId, hashed: str) -> None: ...
    def signed_in(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return those of these users who ever had a session, or have a password."""
        ...

    def note_sign_in(self, account_id: AccountId, user_id: UserId, at: datetime) -> None:
        """Keep when the user first signed in, and that they were seen; `save` leaves both as they are."""
        ...

    def hold(self, account_id: AccountId, user_id: UserId) -> User | None:
        """Hold the user, and return them: until this transaction ends nobody else changes them, their password or who
        is signed in as them.
        """
        ...

    def photo(self, account_id: AccountId, user_id: UserId) -> tuple[str, bytes] | None:
        """Return the picture as (media type, bytes)."""
        ...

    def set_photo(
        self, account_id: AccountId, user_id: UserId, version: str | None, picture: tuple[str, bytes] | None
    ) -> None: ...
    def conversation_partners(self, account_id: AccountId, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Return everyone who is in a conversation with one of these users."""
        ...


class Departments(Protocol):
    """The account's tree."""

    def all(self, account_id: AccountId) -> Mapping[DepartmentId, Department]: ...
    def names(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> Mapping[DepartmentId, str]: ...
    def add(self, departments: Sequence[Department]) -> None: ...
    def save(self, department: Department, /) -> None: ...
    def remove(self, account_id: AccountId, department_id: DepartmentId) -> None: ...
    def member_counts(self, account_id: AccountId) -> Mapping[DepartmentId, int]:
        """Return how many users (not removed) belong to each department itself."""
        ...

    def members_below(self, account_id: AccountId, department_ids: Collection[DepartmentId]) -> frozenset[UserId]:
        """Return the users of these departments and of all below them."""
        ...
