"""What is done to many people at once, in dictionaries."""

from collections.abc import Sequence

from hallway.domain.ids import AccountId, UserId
from hallway.storage.memory.tables import Tables, require
from hallway.usecases.people.bulk_ports import BulkAction, BulkPerson, Outcome, Progress


class MemoryBulkActions:
    """`bulk_ports.BulkActions` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def add(self, action: BulkAction) -> None:
        """Keep an action."""
        require((action.account_id, action.user_id) in self._tables.users)
        require((action.account_id, action.id) not in self._tables.bulk_actions)
        self._tables.bulk_actions[action.account_id, action.id] = action

    def add_people(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Keep some of the action's people."""
        require((action.account_id, action.id) in self._tables.bulk_actions)
        for one in people:
            require((action.account_id, action.id, one.position) not in self._tables.bulk_people)
            self._tables.bulk_people[action.account_id, action.id, one.position] = one

    def find(self, account_id: AccountId, action_id: str) -> BulkAction | None:
        """Return the action with this id, or None."""
        return self._tables.bulk_actions.get((account_id, action_id))

    def unfinished(self, account_id: AccountId, user_id: UserId) -> Sequence[BulkAction]:
        """Return somebody's actions that are being worked on."""
        here = (one for one in self._tables.bulk_actions.values() if one.account_id == account_id)
        return [one for one in here if one.user_id == user_id and one.state is not Progress.DONE]

    def save(self, action: BulkAction) -> None:
        """Keep the state of an action."""
        if (action.account_id, action.id) in self._tables.bulk_actions:
            self._tables.bulk_actions[action.account_id, action.id] = action

    def people(
        self, action: BulkAction, *, start: int, limit: int, outcome: Outcome | None = None
    ) -> Sequence[BulkPerson]:
        """Return the people by position, from the start on."""
        of = (action.account_id, action.id)
        here = (one for key, one in self._tables.bulk_people.items() if key[:2] == of)
        found = sorted((one for one in here if outcome in {None, one.outcome}), key=lambda one: one.position)
        return found[start : start + limit]

    def settle(self, action: BulkAction, people: Sequence[BulkPerson]) -> None:
        """Keep the outcomes of people."""
        for one in people:
            if (action.account_id, action.id, one.position) in self._tables.bulk_people:
                self._tables.bulk_people[action.account_id, action.id, one.position] = one
