"""How an academy begins, in dictionaries."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId, DepartmentId, UserId
from hallway.domain.people import Role, State, User
from hallway.storage.memory.departments import below
from hallway.storage.memory.people import page_of
from hallway.storage.memory.tables import Tables
from hallway.usecases.access.sessions import LINK
from hallway.usecases.access_records import AccessNotice, Deed
from hallway.usecases.beginning_ports import Invited
from hallway.usecases.ports import Session


class MemoryBeginnings:
    """`beginning_ports.Beginnings` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def newcomers(
        self,
        account_id: AccountId,
        within: frozenset[DepartmentId] | None,
        *,
        after: tuple[str, str] | None,
        limit: int,
    ) -> Sequence[User]:
        """Active people who never signed in, by name."""
        return page_of(self._newcomers(account_id, within), after, limit)

    def newcomer_count(self, account_id: AccountId, within: frozenset[DepartmentId] | None) -> int:
        """How many there are."""
        return sum(1 for _ in self._newcomers(account_id, within))

    def _newcomers(self, account_id: AccountId, within: frozenset[DepartmentId] | None) -> Iterator[User]:
        places = None if within is None else below(self._tables, account_id, within)
        for one in self._active(account_id):
            if not self._has_come_in(one) and (places is None or one.department_id in places):
                yield one

    def _active(self, account_id: AccountId) -> Iterator[User]:
        everybody = self._tables.users.values()
        return (one for one in everybody if one.account_id == account_id and one.state is State.ACTIVE)

    def _has_come_in(self, one: User) -> bool:
        mine = (one.account_id, one.id)
        was_in = any(session.kind != LINK for session in self._sessions(*mine))
        return mine in self._tables.signed_in or mine in self._tables.passwords or was_in

    def _sessions(self, account_id: AccountId, user_id: UserId) -> list[Session]:
        every = self._tables.sessions.values()
        return [one for one in every if (one.account_id, one.user_id) == (account_id, user_id)]

    def _notices(self, account_id: AccountId, user_id: UserId) -> list[AccessNotice]:
        every = self._tables.access_notices.values()
        return [one for one in every if (one.account_id, one.user_id) == (account_id, user_id)]

    def invited(self, account_id: AccountId, user_ids: Collection[UserId]) -> Mapping[UserId, Invited]:
        """The newest link of each, and the newest notice of one."""
        found: dict[UserId, Invited] = {}
        for one in set(user_ids):
            links = [session for session in self._sessions(account_id, one) if session.kind == LINK]
            notices = [notice.at for notice in self._notices(account_id, one) if notice.deed is Deed.LINK_MADE]
            made = [*notices, *(link.created_at for link in links)]
            if made:
                ends = [link.expires_at for link in links if link.expires_at]
                found[one] = Invited(max(made), max(ends, default=None))
        return found

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which steps are done."""
        others = [one for one in self._active(account_id) if one.role is not Role.OWNER]
        return Beginning(
            people=len(others),
            departments=sum(key[0] == account_id for key in self._tables.departments),
            courses=sum(key[0] == account_id for key in self._tables.courses),
            experts=sum(key[0] == account_id for key in self._tables.experts),
            is_anyone_invited=any(map(self._is_invited, others)),
            has_messages=any(
                one.account_id == account_id and one.last_seq > 0 for one in self._tables.conversations.values()
            ),
        )

    def _is_invited(self, one: User) -> bool:
        mine = (one.account_id, one.id)
        return self._has_come_in(one) or bool(self._sessions(*mine)) or bool(self._notices(*mine))

    def first_course(self, account_id: AccountId) -> Course | None:
        """With an expert first, then by id."""
        taught = {course_id for account, course_id, _ in self._tables.experts if account == account_id}
        mine = [one for one in self._tables.courses.values() if one.account_id == account_id]
        return min(mine, key=lambda one: (one.id not in taught, one.id), default=None)
