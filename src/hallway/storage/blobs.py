"""The store of files' content, through obstore: a folder, or the object store of a cloud, by its URL alone."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, cast

from hallway.settings import Settings
from hallway.usecases.errors import NotFound
from hallway.usecases.files.ports import Blob, FilesUnavailable

CLOUDS = ("s3://", "az://", "gs://")
"""What the URL of an object store begins with; obstore finds its credentials where the cloud's own tools do."""
FOLDER = "files"
"""Below the data folder."""
AT_ONCE = 500
"""Objects that are removed or listed in one call."""
TIMEOUT: Any = {
    "timeout": "30s",
    "connect_timeout": "5s",
    "allow_http": True,
}  # where the operator names such an address
RETRIES: Any = {"max_retries": 2}


class BlobStore:
    """`ports.Blobs` over an object store of obstore. A folder's objects are on the disk when `put` returns.

    It is opened when it is first used: loading obstore takes a moment, and a server without files never needs it.
    """

    def __init__(self, url: str, root: Path) -> None:
        """Use the store at the URL of a cloud, or the folder `root`, where there is no URL."""
        self._url = url
        self._root = None if url else root.absolute()

    @cached_property
    def _store(self) -> Any:
        from obstore.store import LocalStore, from_url  # noqa: PLC0415 - see above

        if self._root is None:
            return cast("Any", from_url)(self._url, client_options=TIMEOUT, retry_config=RETRIES)
        return LocalStore(self._root, automatic_cleanup=True)

    @property
    def _is_empty(self) -> bool:
        """Whether it is a folder that is not there yet."""
        return self._root is not None and not self._root.is_dir()

    def put(self, name: str, content: bytes) -> None:
        """Write an object in one go: until it is whole, nobody finds it."""
        import obstore  # noqa: PLC0415 - see above

        with _in_our_words():
            if self._root is not None:
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            obstore.put(self._store, name, content, use_multipart=False)
            if self._root is not None:
                _make_durable(self._root / name)

    def read(self, name: str, start: int, length: int) -> bytes:
        """Return a range of an object's bytes."""
        import obstore  # noqa: PLC0415 - see above

        with _in_our_words():
            if self._is_empty:
                raise NotFound("file")
            return bytes(obstore.get_range(self._store, name, start=start, length=length)) if length else b""

    def remove(self, names: Sequence[str]) -> None:
        """Delete objects, and the folder that they leave empty."""
        import obstore  # noqa: PLC0415 - see above

        with _in_our_words():
            for start in range(0, 0 if self._is_empty else len(names), AT_ONCE):
                _forgiving(lambda some: obstore.delete(self._store, some), list(names[start : start + AT_ONCE]))

    def remove_all(self, prefix: str) -> None:
        """Delete all objects below a folder."""
        while some := [one.name for one in islice(self.list(prefix), AT_ONCE)]:
            self.remove(some)

    def list(self, prefix: str) -> Iterator[Blob]:
        """Yield the objects below a folder, many at a time."""
        import obstore  # noqa: PLC0415 - see above

        if self._is_empty:
            return
        with _in_our_words():
            for some in cast("Any", obstore).list(self._store, prefix, chunk_size=AT_ONCE):
                yield from (Blob(one["path"], one["size"], one["last_modified"]) for one in some)


def is_cloud(url: str) -> bool:
    """Return whether files are kept in the object store of a cloud."""
    return url.startswith(CLOUDS)


def open_blobs(url: str, data: str) -> BlobStore:
    """Return the store at a URL of a cloud, or in a folder: the one that is named, or `files` in the data folder."""
    if is_cloud(url):
        return BlobStore(url, Path())
    return BlobStore("", Path(url) if url else Path(data) / FOLDER)


def folder_of_files(settings: Settings) -> BlobStore | None:
    """Return the store of files where it is a folder, which belongs into a backup; a cloud's has copies of its own."""
    return None if is_cloud(settings.files) else open_blobs(settings.files, settings.data)


def _forgiving(remove: Callable[[list[str]], None], names: list[str]) -> None:
    """Remove objects of which some may be gone: then one after the other, past those."""
    try:
        remove(names)
    except FileNotFoundError:
        if len(names) > 1:
            for one in names:
                _forgiving(remove, [one])


def _make_durable(file: Path) -> None:
    """Write a new file and its name to the disk: a message that was accepted survives a loss of power with its files."""
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _in_our_words() -> Generator[None]:
    """Raise the store's own errors in the words of the ports."""
    from obstore.exceptions import BaseError  # noqa: PLC0415 - see above

    try:
        yield
    except FileNotFoundError as gone:
        raise NotFound("file") from gone
    except (BaseError, OSError, ValueError) as failure:
        reason = next(iter(str(failure).splitlines()), repr(failure))
        raise FilesUnavailable(reason) from failure
