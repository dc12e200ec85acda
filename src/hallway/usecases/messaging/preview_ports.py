"""The port to what makes the card of a link: it fetches the page and reads it, outside of any transaction (rules §20)."""

from collections.abc import Collection
from typing import Protocol

from hallway.domain.ids import AccountId
from hallway.domain.previews import Preview


class Previews(Protocol):
    """Makes cards of pages of the web."""

    async def make(self, url: str, hosts: Collection[str], requester: AccountId, /) -> Preview | None:
        """Return the card of a page whose address, and that of each redirect, is of an allowed host; None where there is nothing to
        show, for whatever reason. Raises Busy.
        """
        ...
