"""The file of exported heads: a line a day for each account, `time account number hash`.

Somebody who may write into the database could make the whole chain anew. They cannot make it end in the hashes of this
file too, unless they may write there as well; a copy of it, or of the log's lines, on another machine they cannot reach.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from hallway.domain.audit import Exported, Head
from hallway.domain.ids import AccountId
from hallway.usecases.runtime import Clock

NAME = "audit-heads.log"
"""The file in the data folder."""
_FIELDS = 4


def append(path: Path, heads: Iterable[Head], at: datetime) -> None:
    """Add a line for each head. Raises OSError."""
    lines = [f"{at.isoformat(timespec='seconds')} {one.account_id} {one.seq} {one.hash}\n" for one in heads]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, "".join(lines).encode())
        os.fsync(file)
    finally:
        os.close(file)


def keeper(folder: Path, clock: Clock) -> Callable[[Iterable[Head]], None]:
    """Return a function that adds heads, with the present moment, to the file of a data folder."""
    return lambda heads: append(folder / NAME, heads, clock.now())


def exported(path: Path, account_id: AccountId) -> Sequence[Exported]:
    """Return the exported heads of an account, none if there is no file; skip lines that are not ours. Raises OSError."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        found = (_line(one) for one in file)
        return [one for one in found if one is not None and one.head.account_id == account_id]


def _line(line: bytes) -> Exported | None:
    parts = line.decode("utf-8", "replace").split()
    if len(parts) != _FIELDS:
        return None
    at, account_id, seq, hashed = parts
    try:
        return Exported(Head(AccountId(account_id), int(seq), hashed), datetime.fromisoformat(at))
    except ValueError:
        return None
