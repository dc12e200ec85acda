"""The list of users as a file: CSV while it is read, XLSX when it is packed."""

import asyncio
import csv
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from io import StringIO
from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import QueryParameter
from litestar.response import Stream

from hallway.transport.app_context import AppContext, InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cells import harmless
from hallway.transport.http.user_lists import LIST, Chosen, Sorted
from hallway.transport.slices import rest
from hallway.transport.workbook import Workbook
from hallway.usecases.actors import Actor
from hallway.usecases.people import user_exports
from hallway.usecases.people.user_lists import Sorting, SortKey, UserFilter
from hallway.usecases.transaction import Transaction

Format = Annotated[Literal["csv", "xlsx"], QueryParameter(name="format", description="The file format.")]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Lines = AsyncIterator[Sequence[Sequence[str]]]


@get("/admin/users/export", include_in_schema=False, dependencies=LIST)
async def export(
    actor: CurrentActor, context: InContext, chosen: Chosen, sorting: Sorted, kind: Format = "csv"
) -> Response[bytes] | Stream:
    """Export the users I administer, filtered and sorted. The export is recorded."""
    await context.store.write(lambda tx: user_exports.begin(tx, actor, chosen, kind))
    lines = _lines(context, actor, chosen, sorting)
    name = {"Content-Disposition": f'attachment; filename="users.{kind}"'}
    if kind == "csv":
        return Stream(_as_csv(lines), media_type="text/csv; charset=utf-8", headers=name)
    async with context.exports.turn(actor.user_id):
        return Response(await _as_xlsx(lines), media_type=XLSX, headers=name)


async def _lines(context: AppContext, actor: Actor, chosen: UserFilter, sorting: Sorting) -> Lines:
    """Harmless cells, block by block: each is read for itself, with a rest behind it, so that nobody else has to wait."""

    def read(tx: Transaction, after: SortKey | None) -> user_exports.Block:
        found = user_exports.block(tx, actor, chosen, sorting, after)
        return user_exports.Block([[harmless(cell) for cell in line] for line in found.lines], found.next)

    after: SortKey | None = None
    while True:
        began = time.monotonic()
        found = await context.search(actor, partial(read, after=after))
        yield found.lines
        after = found.next
        if after is None:
            return
        await rest(time.monotonic() - began, times=1)  # no longer: somebody waits for the file, and so may a proxy


async def _as_csv(lines: Lines) -> AsyncIterator[bytes]:
    """UTF-8 with the mark by which spreadsheets know it."""
    yield b"\xef\xbb\xbf" + _csv([user_exports.COLUMNS])
    async for some in lines:
        yield _csv(some)


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


async def _as_xlsx(lines: Lines) -> bytes:
    """Written in a thread, a block at a time."""
    book = Workbook("Users", user_exports.COLUMNS)
    try:
        async for some in lines:
            await asyncio.to_thread(book.add, some)
    except BaseException:
        book.discard()
        raise
    return await asyncio.to_thread(book.packed)


handlers = [export]
"""Before the users themselves: an address with an id would be taken for one."""
