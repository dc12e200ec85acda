"""Draws pictures anew that were kept as they were uploaded: by a version that knew no better, or from a backup of one."""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from hallway.domain.ids import AccountId, UserId
from hallway.transport.async_store import AsyncStore
from hallway.usecases.errors import Busy, Invalid
from hallway.usecases.people import pictures
from hallway.usecases.people.pictures import Picture, UnfinishedPicture
from hallway.usecases.transaction import Transaction

AT_ONCE = 100
"""Pictures that are looked for at once."""
REQUESTER = "upkeep"

_log = structlog.get_logger("hallway.pictures")


class Pictures:
    """Redraws stored pictures, as a part of upkeep."""

    def __init__(self, store: AsyncStore, read: Callable[[bytes, str], Awaitable[Picture]]) -> None:
        """Redraw with `read`, which raises Invalid or Busy."""
        self._store = store
        self._read = read

    async def draw_anew(self, account_id: AccountId) -> None:
        """Redraw all pictures of an account that are not yet. Those for which there is no time now are left to the next run."""
        looked_for = partial(_to_draw, account_id=account_id)
        left: set[UserId] = set()
        while found := [one for one in await self._store.read(looked_for) if one not in left]:
            for user_id in found:
                try:
                    await self._draw(account_id, user_id)
                except (Busy, UnfinishedPicture):
                    left.add(user_id)

    async def _draw(self, account_id: AccountId, user_id: UserId) -> None:
        """Redraw a picture.

        A picture that cannot be read is removed: nobody knows what else is in it. One that was not finished stays: a
        busy machine must not cost anybody their picture.
        """
        before = await self._store.read(lambda tx: tx.people.photo(account_id, user_id))
        try:
            drawn = None if before is None else await self._read(before[1], REQUESTER)
        except UnfinishedPicture:
            raise
        except Invalid:
            _log.warning("picture_removed", user_id=user_id)
            drawn = None
        await self._store.write(partial(_replace, account_id=account_id, user_id=user_id, before=before, drawn=drawn))


def _to_draw(tx: Transaction, *, account_id: AccountId) -> list[UserId]:
    return list(tx.upkeep.pictures(account_id, pictures.DRAWN_ANEW, AT_ONCE))


def _replace(
    tx: Transaction, *, account_id: AccountId, user_id: UserId, before: tuple[str, bytes] | None, drawn: Picture | None
) -> None:
    """Store the redrawn picture, unless somebody has changed it meanwhile."""
    if tx.people.photo(account_id, user_id) == before:
        pictures.keep_picture(tx, account_id, user_id, drawn)
