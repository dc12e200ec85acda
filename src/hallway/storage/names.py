"""People by their names: all names of an account are looked through once in a transaction, whoever asks for some."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, select

from hallway.domain.ids import AccountId, UserId
from hallway.storage.schema import user

FEW = 1_000
"""People whose ids are worth knowing."""


class SqlNames:
    """The names of people over a connection; `is_snapshot` says that none of them changes until its transaction ends."""

    def __init__(self, connection: Connection, *, is_snapshot: bool) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection
        self._is_snapshot = is_snapshot
        self._known: dict[tuple[AccountId, tuple[str, ...]], Sequence[UserId] | None] = {}

    def few(self, account_id: AccountId, words: Collection[str]) -> Sequence[UserId] | None:
        """Return the people whose names contain all the words; None where they are more than FEW."""
        asked = account_id, tuple(words)
        if asked in self._known:
            return self._known[asked]
        query = select(user.c.id).where(user.c.account_id == account_id, *contain_all(words)).limit(FEW + 1)
        people = self._connection.execute(query).scalars().all()
        found = None if len(people) > FEW else people
        if self._is_snapshot:
            self._known[asked] = found
        return found


def contain_all(words: Collection[str]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on a name that contains all the words."""
    return (user.c.folded_name.contains(word, autoescape=True) for word in words)
