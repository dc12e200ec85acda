"""Whether the server can do its work: what `/readyz` answers, to a proxy or to who watches."""

from dataclasses import replace
from typing import Protocol

from litestar.exceptions import ServiceUnavailableException

from hallway.transport.desk import Desk
from hallway.usecases.ports import Transaction


class Failures(Protocol):
    """How often writing has failed since the start."""

    @property
    def failures(self) -> int:
        """Counts up."""
        ...


class Health:
    """Ready while the database can be read, and the last that was written was written."""

    def __init__(self, desk: Desk, tally: Failures) -> None:
        """Nothing has failed yet."""
        self.is_stopping = False
        self._desk = desk
        self._tally = tally
        self._forgiven = 0

    async def require_ready(self) -> None:
        """Raise StoreUnavailable, Busy or ServiceUnavailableException when it is not.

        As long as writing succeeds, nobody has to write to know it. Once something failed, a try shows whether it
        would fail still: so a full disk is told when it is met, and healing is, too, even if nobody sends any more.
        """
        if self.is_stopping:
            raise ServiceUnavailableException
        await self._desk.read(lambda tx: tx.accounts.only())
        failures = self._tally.failures
        if failures != self._forgiven:
            await self._desk.write(_try)
            self._forgiven = failures


def _try(tx: Transaction) -> None:
    """Change something and take it back, before anybody sees it: what stays as it is would not reach the disk."""
    account = tx.accounts.only()
    if account is not None:
        tx.accounts.save(replace(account, messaging_on=not account.messaging_on))
        tx.accounts.save(account)
