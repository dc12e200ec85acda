"""Uploaded files and pictures, read in the sandbox: one that takes too much ends its own process, and is refused in one
sentence.
"""

from typing import TypeVar

from hallway.domain.ids import UserId
from hallway.integrations.sandbox import Child, Limits, Overrun, Sandbox
from hallway.integrations.sandbox_process import Request
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.files.checking import Reason
from hallway.usecases.files.renditions import LARGEST as LARGEST_DRAWN
from hallway.usecases.files.renditions import Renditions, refusal
from hallway.usecases.imports.sheets import HowToRead, ImportKind, Look, Sheet, Upload
from hallway.usecases.people.pictures import LARGEST, Picture, UnfinishedPicture, too_many_bytes

T = TypeVar("T")

READER = "hallway.integrations.sheets:read_upload"
LOOKER = "hallway.integrations.sheets:look_into"
SHEET_READER = "hallway.integrations.sheets:read_sheet"
PICTURE_READER = "hallway.integrations.pictures:draw_anew"
LIMITS = Limits(processor_seconds=30, seconds=90)
"""For one file. The longest good one, a workbook of 50,000 lines, takes a sixth of that."""
RENDITIONS_DRAWER = "hallway.integrations.renditions:draw"
RENDITIONS_LIMITS = Limits(processor_seconds=20, seconds=60)
"""For one picture of a message. The largest good one takes a quarter of that."""
PICTURE_LIMITS = Limits(processor_seconds=10, seconds=30)
"""For one picture. The largest good one takes a tenth of that."""


class UploadReader:
    """Reads uploaded files, and draws uploaded pictures anew, for a server."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Share the sandbox."""
        self._sandbox = sandbox

    async def read(self, content: bytes, how: HowToRead, requester: UserId) -> Upload:
        """Read the lines of a file in the sandbox. Raises Invalid with a sentence, or Busy."""
        return await self._run(READER, content, how, Upload, requester)

    def template(self, kind: ImportKind) -> bytes:
        """Build an empty workbook with the columns of a kind. It takes a while: call it in a thread."""
        from hallway.integrations.sheets import template  # noqa: PLC0415 - loads all that writes workbooks

        return template(kind)

    async def look(self, content: bytes, how: HowToRead, requester: UserId) -> Look:
        """Look into a file in the sandbox. Raises Invalid with a sentence, or Busy."""
        return await self._run(LOOKER, content, how, Look, requester)

    async def _run(self, function: str, content: bytes, how: HowToRead, answer: type[T], requester: UserId) -> T:
        arguments = how.kind.value, how.encoding, dict(how.columns)
        try:
            return await self._sandbox.run(
                function, content, *arguments, answer=answer, requester=requester, limits=LIMITS
            )
        except Overrun as overrun:
            raise _refusal() from overrun

    async def read_picture(self, content: bytes, requester: str) -> Picture:
        """Redraw the picture in a file, in the sandbox. Raises Invalid with a sentence, UnfinishedPicture, Busy."""
        if len(content) > LARGEST:
            raise too_many_bytes()
        try:
            return await self._sandbox.run(
                PICTURE_READER, content, answer=Picture, requester=requester, limits=PICTURE_LIMITS
            )
        except Overrun as overrun:
            raise UnfinishedPicture from overrun

    async def draw(self, content: bytes, requester: str) -> Renditions:
        """Draw a picture of a message anew, in the sandbox. Raises Invalid with the code of a `Reason`, Busy."""
        if len(content) > LARGEST_DRAWN:
            raise refusal(Reason.PICTURE_TOO_LARGE)
        try:
            return await self._sandbox.run(
                RENDITIONS_DRAWER, content, answer=Renditions, requester=requester, limits=RENDITIONS_LIMITS
            )
        except Overrun as overrun:
            raise refusal(Reason.PICTURE) from overrun


def read_alone(content: bytes, encoding: str | None = None) -> Sheet:
    """Read the lines of a file, for a command that does nothing else meanwhile. Raises Invalid with a sentence."""
    child = Child()
    try:
        return child.ask(
            Request(
                function=SHEET_READER,
                content=content,
                arguments=(encoding,),
                processor_seconds=LIMITS.processor_seconds,
                seconds=LIMITS.seconds,
            ),
            Sheet,
        )
    except Overrun as overrun:
        raise _refusal() from overrun
    finally:
        child.close()


def _refusal() -> Invalid:
    message = "This file couldn't be read because it needs too much memory or time."
    return Invalid(Problem("file", "unreadable", message))
