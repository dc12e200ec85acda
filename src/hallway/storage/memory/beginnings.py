"""How an academy begins, in dictionaries."""

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId
from hallway.domain.people import Role, State
from hallway.storage.memory.people import MemoryPeople
from hallway.storage.memory.tables import Tables


class MemoryBeginnings:
    """`beginning_ports.Beginnings` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def facts(self, account_id: AccountId) -> Beginning:
        """Collect the facts that decide which steps are done."""
        everybody = (one for one in self._tables.users.values() if one.account_id == account_id)
        others = [one.id for one in everybody if one.state is State.ACTIVE and one.role is not Role.OWNER]
        arrivals = MemoryPeople(self._tables).arrivals(account_id, others).values()
        return Beginning(
            people=len(others),
            departments=sum(key[0] == account_id for key in self._tables.departments),
            courses=sum(key[0] == account_id for key in self._tables.courses),
            experts=sum(key[0] == account_id for key in self._tables.experts),
            is_anyone_invited=any(one.has_come_in or one.link_expires_at for one in arrivals),
            has_messages=any(
                one.account_id == account_id and one.last_seq > 0 for one in self._tables.conversations.values()
            ),
        )

    def first_course(self, account_id: AccountId) -> Course | None:
        """Return the first course: one with an expert goes first, then by id."""
        taught = {course_id for account, course_id, _ in self._tables.experts if account == account_id}
        mine = [one for one in self._tables.courses.values() if one.account_id == account_id]
        return min(mine, key=lambda one: (one.id not in taught, one.id), default=None)
