"""Trainings with organizer and attendees, in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from hallway.domain.courses import Training
from hallway.domain.ids import AccountId, TrainingId, UserId
from hallway.domain.people import State, User
from hallway.storage.people import BY_NAME, to_user
from hallway.storage.schema import attendee, training, user
from hallway.storage.statements import insert_all, insert_missing


class SqlTrainings:
    """`ports.Trainings` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def find(self, account_id: AccountId, training_id: TrainingId) -> Training | None:
        """Return the training, or None."""
        return next((one for one in self.all(account_id) if one.id == training_id), None)

    def all(self, account_id: AccountId) -> Sequence[Training]:
        """Return all trainings, by title."""
        query = select(training).where(training.c.account_id == account_id).order_by(training.c.title, training.c.id)
        return [_training(row) for row in self._connection.execute(query).mappings()]

    def attendees(self, account_id: AccountId, training_id: TrainingId) -> Sequence[User]:
        """Return the people who attend, by name."""
        same = (attendee.c.account_id == account_id, user.c.account_id == account_id, user.c.id == attendee.c.user_id)
        query = select(user).where(*same, attendee.c.training_id == training_id, user.c.state != State.REMOVED.value)
        return [to_user(row) for row in self._connection.execute(query.order_by(*BY_NAME)).mappings()]

    def add(self, added: Training) -> None:
        """Store a new training."""
        insert_all(self._connection, training, [_row(added)])

    def save(self, changed: Training) -> None:
        """Change a training."""
        at = (training.c.account_id == changed.account_id, training.c.id == changed.id)
        self._connection.execute(update(training).where(*at).values(_row(changed)))

    def remove(self, account_id: AccountId, training_id: TrainingId) -> None:
        """Remove a training with its attendees."""
        at = (training.c.account_id == account_id, training.c.id == training_id)
        self._connection.execute(delete(training).where(*at))

    def attend(self, account_id: AccountId, pairs: Iterable[tuple[TrainingId, UserId]]) -> None:
        """Let people attend."""
        rows = [{"account_id": account_id, "training_id": one, "user_id": other} for one, other in pairs]
        insert_missing(self._connection, attendee, rows)

    def leave(self, account_id: AccountId, training_id: TrainingId, user_id: UserId) -> None:
        """Remove an attendee from a training."""
        at = (attendee.c.training_id == training_id, attendee.c.user_id == user_id)
        self._connection.execute(delete(attendee).where(attendee.c.account_id == account_id, *at))


def _training(row: Mapping[Any, Any]) -> Training:
    return Training(row["account_id"], row["id"], row["title"], row["organizer_id"])


def _row(one: Training) -> dict[str, Any]:
    return {"account_id": one.account_id, "id": one.id, "title": one.title, "organizer_id": one.organizer_id}
