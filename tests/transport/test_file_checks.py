"""Waiting for the check of a file, which nobody may do for a great many at once."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from hallway.domain.files import File, FileState
from hallway.domain.ids import AccountId, FileId, UserId
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs
from hallway.transport.file_checks import MOST_WAITING, FileChecks
from hallway.usecases.actors import Actor
from tests.contracts.world import NOON

ACCOUNT, ME, OTHER = AccountId("account"), UserId("me"), UserId("other")
FILE = File(
    account_id=ACCOUNT,
    id=FileId("file"),
    uploader_id=ME,
    name="a.pdf",
    size=1,
    state=FileState.CHECKING,
    created_at=NOON,
    expires_at=NOON,
)


class NeverChecked:
    """A store in which every file waits for its check."""

    def __init__(self) -> None:
        self.asked = asyncio.Semaphore(0)

    async def read(self, _: Callable[[Any], Any]) -> File:
        """Answer the only question there is."""
        self.asked.release()
        return FILE


@pytest.mark.anyio
async def test_who_waits_for_many_checks_is_answered_at_once() -> None:
    store = NeverChecked()
    checks = FileChecks(
        cast("AsyncStore", store), cast("AsyncBlobs", None), draw=cast("Any", None), scanner=None, when_away="wait"
    )

    async def waiting(user_id: UserId, file: str) -> asyncio.Task[File]:
        actor = Actor(account_id=ACCOUNT, user_id=user_id)
        task = asyncio.create_task(checks.known(actor, FileId(file)))
        await store.asked.acquire()
        return task

    tasks = [await waiting(ME, f"{number}") for number in range(MOST_WAITING)]
    assert (await (await waiting(ME, "one more"))).state is FileState.CHECKING
    tasks.append(await waiting(OTHER, "mine"))
    assert not any(one.done() for one in tasks)
    tasks[0].cancel()
    await asyncio.gather(tasks[0], return_exceptions=True)
    tasks.append(await waiting(ME, "in its place"))
    assert not any(one.done() for one in tasks[1:])
    for one in tasks:
        one.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
