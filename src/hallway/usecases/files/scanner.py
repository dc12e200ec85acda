"""The port to a scanner for viruses."""

from collections.abc import Iterable
from typing import Protocol


class ScannerAway(Exception):  # noqa: N818 - says what is the matter
    """The scanner could not be asked, or could not say."""


class Scanner(Protocol):
    """Looks for viruses. Synchronous: called from threads."""

    def virus_in(self, pieces: Iterable[bytes]) -> str | None:
        """Return the name of the virus in a file that comes in pieces, None for a clean one. Raises ScannerAway."""
        ...
