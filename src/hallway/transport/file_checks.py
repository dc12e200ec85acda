"""Checks files that were uploaded, one job for each: what they are, whether a scanner finds a virus, and pictures in all sizes."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Literal
from weakref import WeakValueDictionary

import structlog

from hallway.domain.file_kinds import HEAD, kind_of
from hallway.domain.files import File, FileKind, FileState, Part
from hallway.domain.ids import AccountId, FileId, UserId
from hallway.transport.async_store import AsyncStore
from hallway.transport.blobs import AsyncBlobs, pieces_of
from hallway.transport.jobs import GoOn, Handler
from hallway.usecases.actors import Actor
from hallway.usecases.errors import Invalid
from hallway.usecases.files import checking, reading
from hallway.usecases.files.checking import Checked, Reason
from hallway.usecases.files.ports import folder
from hallway.usecases.files.renditions import LARGEST, Renditions
from hallway.usecases.files.scanner import Scanner, ScannerAway
from hallway.usecases.files.sweeping import names_of
from hallway.usecases.jobs.ports import Job

AT_ONCE = 2
"""Files that one process checks at the same time."""
PART = 2 * 1024 * 1024
"""Bytes of a part of a picture that was drawn anew."""
LONGEST_WAIT, LOOK = 20.0, 1.0
"""Seconds for which somebody may wait for a check, and between two looks for one that another process makes."""

MOST_WAITING = 16
"""Checks for which one person waits at the same time in one process; for more they have to ask again."""

Draw = Callable[[bytes, str], Awaitable[Renditions]]
WhenAway = Literal["wait", "let_through"]
"""What becomes of a file while the scanner is away: it waits, or it goes through with a mark."""

_log = structlog.get_logger("hallway.files")


class FileChecks:
    """Checks files, and lets those wait who want to know."""

    def __init__(
        self, store: AsyncStore, blobs: AsyncBlobs, *, draw: Draw, scanner: Scanner | None, when_away: WhenAway
    ) -> None:
        """Draw pictures with `draw`, and ask the scanner where there is one. `wake` is called when a file may be there to check."""
        self._store = store
        self._blobs = blobs
        self._draw = draw
        self._scanner = scanner
        self._when_away = when_away
        self.wake: Callable[[], None] = lambda: None
        self._settled = WeakValueDictionary[FileId, asyncio.Event]()
        self._waiting = Counter[tuple[AccountId, UserId]]()

    @property
    def handler(self) -> Handler:
        """The handler that carries out checks."""
        return Handler(checking.WORK, self.check, at_once=AT_ONCE)

    async def known(self, actor: Actor, file_id: FileId) -> File:
        """Return how far a file has come, after waiting a while for its check. Raises NotFound."""
        who = actor.account_id, actor.user_id
        seconds = LONGEST_WAIT if self._waiting[who] < MOST_WAITING else 0.0
        self._waiting[who] += 1
        try:
            return await self._settled_within(seconds, actor, file_id)
        finally:
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who]

    async def _settled_within(self, seconds: float, actor: Actor, file_id: FileId) -> File:
        look = partial(reading.look_at, file_id=file_id)
        settled = self._settled.setdefault(file_id, asyncio.Event())
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            file = await self._store.read(lambda tx: look(tx, actor))
            if file.state is not FileState.CHECKING or asyncio.get_running_loop().time() >= deadline:
                return file
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await settled.wait()

    async def check(self, job: Job) -> GoOn | None:
        """Check the file of a job, which may be done twice: what is written anew has names of its own."""
        found = await self._store.read(lambda tx: checking.to_check(tx, job))
        if found is not None:
            file, allowed = found
            try:
                await self._settle(file, await self._checked(file, allowed))
            except ScannerAway as away:
                _log.warning("scanner_away", reason=str(away))
                return GoOn("", self._store.clock.now() + checking.AGAIN)
        if (settled := self._settled.get(FileId(job.subject))) is not None:
            settled.set()
        return None

    async def _checked(self, file: File, allowed: frozenset[FileKind]) -> Checked:
        kind, media_type = kind_of(await self._blobs.whole(file, HEAD))
        what = partial(Checked, media_type=media_type, kind=kind)
        if kind not in allowed:
            return what(state=FileState.REFUSED, reason=Reason.KIND)
        is_scanned = await self._is_scanned(file)
        if is_scanned is Reason.VIRUS:
            return what(state=FileState.WITHHELD, reason=Reason.VIRUS)
        if kind is not FileKind.PICTURE:
            return what(state=FileState.READY, is_unscanned=is_scanned is None)
        try:
            return await self._drawn(file, is_unscanned=is_scanned is None)
        except Invalid as wrong:
            return what(state=FileState.REFUSED, reason=Reason(wrong.problems[0].code))

    async def _is_scanned(self, file: File) -> Reason | bool | None:
        """Return VIRUS for a file with one, true for a clean one or where nothing scans, and None where the scanner is away.

        Raises ScannerAway where a file then has to wait.
        """
        scanner = self._scanner
        if scanner is None:
            return True
        try:
            virus = await self._blobs.run(lambda blobs: scanner.virus_in(pieces_of(blobs, file)))
        except ScannerAway:
            if self._when_away == "wait":
                raise
            return None
        if virus is not None:
            _log.warning("virus_found", file_id=file.id, uploader_id=file.uploader_id, virus=virus[:100])
        return Reason.VIRUS if virus is not None else True

    async def _drawn(self, file: File, *, is_unscanned: bool) -> Checked:
        if file.size > LARGEST:
            return Checked(state=FileState.REFUSED, kind=FileKind.PICTURE, reason=Reason.PICTURE_TOO_LARGE)
        drawn = await self._draw(await self._blobs.whole(file, LARGEST), file.uploader_id)
        pieces = [drawn.content[start : start + PART] for start in range(0, len(drawn.content), PART)]
        return Checked(
            state=FileState.READY,
            media_type=drawn.media_type,
            kind=FileKind.PICTURE,
            is_unscanned=is_unscanned,
            parts=tuple([await self._blobs.put(file, f"drawn-{n:04d}", piece) for n, piece in enumerate(pieces)]),
            renditions=tuple(
                [
                    await self._blobs.put(file, name, content)
                    for name, content in (("thumbnail", drawn.thumbnail), ("screen", drawn.screen))
                    if content
                ]
            ),
            width=drawn.width,
            height=drawn.height,
            placeholder=drawn.placeholder,
        )

    async def _settle(self, file: File, found: Checked) -> None:
        """Keep what was found, then remove what is needed no more: the picture as the camera wrote it, or all of a refused file."""
        await self._store.write(lambda tx: checking.settle(tx, file, found))
        if found.state is not FileState.READY:
            await self._blobs.remove(sorted(names_of(file)))
        elif found.parts is not None:
            kept = {one.name for one in found.parts}
            await self._blobs.remove(_names(file, [one for one in file.parts if one.name not in kept]))


def _names(file: File, parts: list[Part]) -> list[str]:
    return [f"{folder(file.account_id, file.id)}/{one.name}" for one in parts]
