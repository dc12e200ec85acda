"""What messages said before they were edited, in SQL."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from hallway.domain.ids import AccountId
from hallway.domain.messages import Version
from hallway.storage.lists import one_of
from hallway.storage.message_tables import message_version
from hallway.storage.timestamps import from_micros, to_micros
from hallway.usecases.messaging.change_ports import Address


class SqlVersions:
    """`change_ports.Versions` over a connection."""

    def __init__(self, connection: Connection) -> None:
        """Keep the connection of the transaction."""
        self._connection = connection

    def add(self, account_id: AccountId, address: Address, version: Version) -> None:
        """Keep what a message said."""
        row = {
            "account_id": account_id,
            "conversation_id": address[0],
            "seq": address[1],
            "number": version.number,
            "body": version.body,
            "written_at": to_micros(version.written_at),
        }
        self._connection.execute(insert(message_version).values(row))

    def count(self, account_id: AccountId, address: Address) -> int:
        """Count the versions that are kept."""
        query = select(func.count()).select_from(message_version).where(*_at(account_id, address))
        return self._connection.execute(query).scalar_one()

    def of(self, account_id: AccountId, address: Address) -> Sequence[Version]:
        """Return the versions by their numbers."""
        query = select(message_version).where(*_at(account_id, address)).order_by(message_version.c.number)
        return [Version(row.number, row.body, from_micros(row.written_at)) for row in self._connection.execute(query)]

    def first_texts(self, account_id: AccountId, addresses: Collection[Address]) -> Mapping[Address, str]:
        """Return the first versions by address; those of the same seqs in other chats among these may be looked at, too."""
        table = message_version.c
        of = (table.account_id == account_id, one_of(table.conversation_id, {one for one, _ in addresses}))
        query = select(message_version).where(*of, one_of(table.seq, {seq for _, seq in addresses}), table.number == 1)
        found = {(row.conversation_id, row.seq): row.body for row in self._connection.execute(query)}
        return {address: found[address] for address in addresses if address in found}

    def remove(self, account_id: AccountId, address: Address) -> None:
        """Delete the versions of a message."""
        self._connection.execute(delete(message_version).where(*_at(account_id, address)))


def _at(account_id: AccountId, address: Address) -> tuple[ColumnElement[bool], ...]:
    table = message_version.c
    return (table.account_id == account_id, table.conversation_id == address[0], table.seq == address[1])
