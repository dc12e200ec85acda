"""Uploaded files, read in the sandbox: a file that takes too much ends its own process, and is refused in one sentence."""

from hallway.domain.ids import UserId
from hallway.integrations.sandbox import Child, Limits, Overrun, Sandbox
from hallway.integrations.sandbox_process import Request
from hallway.usecases.errors import Invalid, Problem
from hallway.usecases.sheets import Kind, Sheet, Upload

READER = "hallway.integrations.sheets:read_upload"
SHEET_READER = "hallway.integrations.sheets:read_sheet"
LIMITS = Limits(processor_seconds=30, seconds=90)
"""For one file. The longest good one, a workbook of 50,000 lines, takes a sixth of that."""


class UploadReader:
    """Reads uploaded files for a server."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Share the sandbox."""
        self._sandbox = sandbox

    async def read(self, content: bytes, kind: Kind, asker: UserId) -> Upload:
        """The lines of a file. Raises Invalid with a sentence, or Busy."""
        try:
            return await self._sandbox.run(READER, content, kind.value, answer=Upload, asker=asker, limits=LIMITS)
        except Overrun as overrun:
            raise _refusal() from overrun


def read_alone(content: bytes) -> Sheet:
    """The lines of a file, for a command that does nothing else meanwhile. Raises Invalid with a sentence."""
    child = Child()
    try:
        return child.ask(Request(SHEET_READER, content, (), LIMITS.processor_seconds, LIMITS.seconds), Sheet)
    except Overrun as overrun:
        raise _refusal() from overrun
    finally:
        child.close()


def _refusal() -> Invalid:
    message = "This file couldn't be read because it needs too much memory or time."
    return Invalid(Problem("file", "unreadable", message))
