"""The form of a backup: lines of JSON, packed with Zstandard, made and read as a stream.

The first line is the head: what made it, of which schema, and how many rows of which tables follow. Then come blocks, a
line that names the table and counts the rows, and the rows themselves, each a list in the order of the head's columns.
Behind the tables stand the files of messages in the same way, a row for each object: its name, and its content in Base64.
The last line has the SHA-256 of all lines before it. `zstd -dc FILE | less` shows it (docs/decisions/0010).
"""

import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol

import msgspec

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

VERSION = 1
MAGIC = bytes.fromhex("28b52ffd")
"""How a file begins that is packed with Zstandard."""
LONGEST_HEAD = 1024 * 1024
"""Bytes; what has a longer first line is no backup."""
LARGEST_BLOCK = 1024 * 1024 * 1024
"""Bytes of one block: more than a thousand of the largest rows. A small file can claim any number, and unpack to any."""
PACKING = {int(zstd.CompressionParameter.compression_level): 1, int(zstd.CompressionParameter.checksum_flag): 1}
"""Quick, because it runs beside a server; four times smaller all the same."""

OBJECTS = "objects of files"
"""Stands in the place of a table's name for the content of files."""

_ENCODER = msgspec.json.Encoder()


class NoBackup(Exception):  # noqa: N818 - says what is the matter
    """The file is something else."""


class DamagedBackup(Exception):  # noqa: N818 - says what is the matter
    """The file was a backup once: it is cut off, or changed."""


class NewerBackup(Exception):  # noqa: N818 - says what is the matter
    """A newer Hallway made it."""


class TableHead(msgspec.Struct, frozen=True):
    """A table of which rows follow; every table stands behind those that its rows point to."""

    name: str
    columns: list[str]
    rows: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The description of a backup. `revision` is that of the schema; `account` is the account that it holds, None for all.

    `objects` is how many objects of files follow behind the tables; none where files are kept in the object store of a cloud.
    """

    hallway: str
    revision: str
    made_at: datetime
    tables: list[TableHead]
    version: int = VERSION
    account: str | None = None
    objects: int = 0
    format: Literal["hallway-backup"] = "hallway-backup"

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        return sum(table.rows for table in self.tables)


class BlockHead(msgspec.Struct, frozen=True, tag="block"):
    """The line before a block: the next `rows` lines are of this table."""

    table: str
    rows: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]


class End(msgspec.Struct, frozen=True, tag="end"):
    """The last line: nothing comes after it."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table, as they stand in the file."""

    table: str
    rows: int
    lines: bytes


def block_of(table: str, rows: Sequence[Sequence[Any]]) -> Block:
    """Encode rows of a table."""
    return Block(table, len(rows), _ENCODER.encode_lines(rows))


class Content(Protocol):
    """All that an installation keeps, read from a file or from a database."""

    @property
    def head(self) -> Head:
        """The head, with the tables that there are and the number of rows of each."""
        ...

    def blocks(self) -> Iterator[Block]:
        """Yield all rows, in the order of the head's tables."""
        ...


class _Version(msgspec.Struct, frozen=True):
    format: Literal["hallway-backup"]
    version: int
    hallway: str


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding JSON raises that somebody else wrote; the last one for brackets in brackets in brackets."""


class BackupWriter:
    """Writes a backup, and counts its checksum."""

    def __init__(self, file: zstd.ZstdFile, head: Head) -> None:
        """Begin with the head."""
        self._file = file
        self._sum = sha256()
        self._write(_ENCODER.encode(head) + b"\n")

    def add(self, block: Block) -> None:
        """Append rows of a table."""
        self._write(_ENCODER.encode_lines([BlockHead(block.table, block.rows)]) + block.lines)

    def end(self) -> None:
        """Write the last line, with the checksum."""
        self._file.write(_ENCODER.encode(End(self._sum.hexdigest())) + b"\n")

    def _write(self, lines: bytes) -> None:
        self._sum.update(lines)
        self._file.write(lines)


@contextmanager
def writing(path: Path, head: Head, *, replaces: bool) -> Generator[BackupWriter]:
    """Make a new backup at `path`, for its owner alone. It is there when all of it is on the disk, and not at all otherwise.

    Raises FileExistsError when something is there already, unless it `replaces` that.
    """
    if path.exists() and not replaces:
        message = f"{path} is there already. Choose another name, or replace it with --force."
        raise FileExistsError(message)
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            with zstd.ZstdFile(file, "w", options=PACKING) as packed:
                writer = BackupWriter(packed, head)
                yield writer
                writer.end()
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in the folder durable, too; where folders cannot be synced, the system sees to it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


class Backup:
    """A backup on the disk, which can be read any number of times."""

    def __init__(self, path: Path) -> None:
        """Read the head. Raises NoBackup, DamagedBackup, NewerBackup, OSError."""
        self._path = path
        _require_packed(path)
        with self._reading() as file:
            self.head = _head(file.readline(LONGEST_HEAD), path)

    def blocks(self) -> Iterator[Block]:
        """Yield all rows of tables, block by block. Raises DamagedBackup at the end unless all of it is as it was written."""
        return (block for block in self._blocks() if block.table != OBJECTS)

    def objects(self) -> Iterator[Block]:
        """Yield the objects of files. Raises DamagedBackup."""
        return (block for block in self._blocks() if block.table == OBJECTS)

    def _blocks(self) -> Iterator[Block]:
        missing = {table.name: table.rows for table in self.head.tables} | {OBJECTS: self.head.objects}
        summed = sha256()
        with self._reading() as file:
            summed.update(file.readline(LONGEST_HEAD))
            while isinstance(found := _mark(line := file.readline(LONGEST_HEAD)), BlockHead):
                block = Block(found.table, found.rows, b"".join(_lines(file, found.rows)))
                summed.update(line + block.lines)
                missing[block.table] -= block.rows
                yield block
            is_whole = found.sha256 == summed.hexdigest() and not any(missing.values()) and not file.read(1)
        if not is_whole:
            message = "its content does not fit its checksum"
            raise _damaged(self._path, message)

    def verify(self, watch: Callable[[int], object]) -> None:
        """Read all of it; `watch` hears of the rows that were read. Raises DamagedBackup."""
        for block in self._blocks():
            watch(block.rows)

    @contextmanager
    def _reading(self) -> Generator[zstd.ZstdFile]:
        try:
            with zstd.open(self._path, "rb") as file:
                yield file
        except (zstd.ZstdError, *UNREADABLE, KeyError) as wrong:
            raise _damaged(self._path, "its content is not as it was written") from wrong
        except EOFError as wrong:
            raise _damaged(self._path, "its end is missing") from wrong


def _require_packed(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise _no_backup(path)


def _lines(file: zstd.ZstdFile, count: int) -> Iterator[bytes]:
    """Yield the next lines. Raises EOFError when there are fewer, or more bytes in them than any block has."""
    left = LARGEST_BLOCK
    for _ in range(count):
        line = file.readline(left)
        left -= len(line)
        if not line.endswith(b"\n"):
            raise EOFError
        yield line


def _mark(line: bytes) -> BlockHead | End:
    return msgspec.json.decode(line, type=BlockHead | End)


def _head(line: bytes, path: Path) -> Head:
    try:
        known = msgspec.json.decode(line, type=_Version)
    except UNREADABLE as wrong:
        raise _no_backup(path) from wrong
    if known.version > VERSION:
        message = f"{path} was made by Hallway {known.hallway}, which is newer. Restore it with that version."
        raise NewerBackup(message)
    return msgspec.json.decode(line, type=Head)


def _no_backup(path: Path) -> NoBackup:
    return NoBackup(f"{path} is no backup of Hallway.")


def _damaged(path: Path, how: str) -> DamagedBackup:
    return DamagedBackup(f"{path} is damaged: {how}. Nothing was changed; take another backup.")
