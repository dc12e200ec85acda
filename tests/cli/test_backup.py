"""`hallway backup` and `hallway restore`, as an operator meets them: what they say, and what they leave behind."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from backports import zstd

from hallway.adapters import RandomIds, SystemClock
from hallway.domain.files import File, FileState, Part
from hallway.domain.ids import AccountId, FileId, UserId
from hallway.storage.blobs import open_blobs
from hallway.storage.store import open_store
from hallway.usecases.accounts.founding import Founding, found_account
from hallway.usecases.transaction import Transaction
from tests.cli.conftest import Run

A_PICTURE = os.urandom(200_000)
"""Does not get smaller by packing."""
LIMIT = 100_000
"""Bytes of a file, where there is no room for more."""


@pytest.fixture
def data(tmp_path: Path, run: Run) -> Path:
    """The database of an installation that Olga has set up, in the folder where commands look by themselves."""
    assert run("migrate")[0] == 0
    file = tmp_path / "hallway-data" / "hallway.db"
    store = open_store(f"sqlite:///{file}")

    def work(tx: Transaction) -> None:
        founding = Founding(academy="School", name="Olga Owner", email="olga@school.example", login="olga")
        account_id, owner_id = found_account(tx, founding, password_hash="x", ids=RandomIds())
        tx.people.set_photo(account_id, owner_id, "1", ("image/png", A_PICTURE))

    store.write([work])
    store.close()
    return file


def _names(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as file:
        return [name for (name,) in file.execute("SELECT name FROM account")]


@pytest.mark.usefixtures("data")
def test_there_and_back_again(run: Run, tmp_path: Path) -> None:
    code, said, _ = run("backup", "b")
    assert (code, said.splitlines()[0]) == (0, "Saving to b")
    code, said, _ = run("restore", "b", "--data", "new")
    assert (code, said.splitlines()[-1]) == (0, "People need to sign in again. Access tokens are still valid.")
    assert _names(tmp_path / "new" / "hallway.db") == ["School"]
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert run("migrate", "--data", "new")[0] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("data")
def test_what_is_there_is_replaced_only_with_force(run: Run, tmp_path: Path) -> None:
    run("backup", "b")
    assert run("backup", "b")[2] == ("hallway: b is there already. Choose another name, or replace it with --force.\n")
    assert run("restore", "b")[2] == (
        "hallway: There is already an installation there. Choose an empty database, or replace it with hallway restore --force.\n"
    )
    with closing(sqlite3.connect(tmp_path / "hallway-data" / "hallway.db")) as file:
        file.execute("UPDATE account SET name = 'Another'")
        file.commit()
    assert run("backup", "b", "--force")[0] == run("restore", "b", "--force")[0] == 0
    assert _names(tmp_path / "hallway-data" / "hallway.db") == ["Another"]


def test_what_can_be_saved_must_be_there(run: Run, tmp_path: Path) -> None:
    code, _, complaint = run("backup", "b")
    assert (code, complaint.partition(" at ")[0]) == (1, "hallway: There is no database")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda whole: whole[:-9], "b is damaged: its end is missing. Nothing was changed; take another backup."),
        (lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]), "b is damaged: its content is not as it was written."),
        (lambda _: b"a letter", "b is no backup of Hallway."),
    ],
    ids=["cut off", "changed", "a letter"],
)
@pytest.mark.usefixtures("data")
def test_what_is_no_whole_backup_is_one_plain_line_and_makes_nothing(
    run: Run, tmp_path: Path, spoil: Callable[[bytes], bytes], complaint: str
) -> None:
    run("backup", "b")
    file = tmp_path / "b"
    file.write_bytes(spoil(file.read_bytes()))
    code, _, said = run("restore", "b", "--data", "new")
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith(f"hallway: {complaint}")
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("data")
def test_a_backup_of_a_newer_schema_is_one_plain_line_and_makes_nothing(run: Run, tmp_path: Path) -> None:
    run("backup", "b")
    file = tmp_path / "b"
    file.write_bytes(zstd.compress(zstd.decompress(file.read_bytes()).replace(b'"revision":"', b'"revision":"9')))
    code, _, said = run("restore", "b", "--data", "new")
    assert (code, len(said.splitlines())) == (1, 1)
    assert said.startswith("hallway: The backup b has revision 9")
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("data")
def test_where_there_is_no_room_nothing_is_left_behind(run: Run, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    refused = _without_room("backup", "small/b")
    assert refused == "hallway: [Errno 27] File too large"
    assert list((tmp_path / "small").iterdir()) == []
    run("backup", "b")
    refused = _without_room("restore", "b", "--data", "new")
    assert refused.startswith("hallway: The database did not answer: ")
    with closing(sqlite3.connect(tmp_path / "new" / "hallway.db")) as file:
        assert file.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,)
    assert run("restore", "b", "--data", "new")[0] == 0


def _without_room(*words: str) -> str:
    """The complaint of a command that may write no file beyond a limit, as on a disk that is full."""
    command = ["prlimit", f"--fsize={LIMIT}", sys.executable, "-m", "hallway", *words]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    return ended.stderr.strip()


def _with_a_file(data: Path) -> tuple[str, bytes]:
    """Keep a file with two pieces, one of which Base64 and line ends would harm, as an upload does; the name of a piece."""
    account_id, owner_id = _owner(data)
    pieces = [bytes(range(256)) * 8 + b"\n\r\n", os.urandom(100_000)]
    parts = tuple(Part(f"{n:012d}-a", len(content)) for n, content in enumerate(pieces))
    file = File(
        account_id=account_id,
        id=FileId(RandomIds().new()),
        uploader_id=owner_id,
        name="plan.pdf",
        size=sum(one.size for one in parts),
        created_at=SystemClock().now(),
        expires_at=None,
        state=FileState.READY,
        parts=parts,
    )
    store = open_store(f"sqlite:///{data}")
    (outcome,) = store.write([lambda tx: tx.files.add(file)])
    assert outcome.failure is None
    store.close()
    blobs = open_blobs("", str(data.parent))
    for part, content in zip(parts, pieces, strict=True):
        blobs.put(f"{account_id}/{file.id}/{part.name}", content)
    return f"{account_id}/{file.id}/{parts[0].name}", pieces[0]


def _owner(data: Path) -> tuple[AccountId, UserId]:
    with closing(sqlite3.connect(data)) as file:
        account_id, user_id = file.execute('SELECT account_id, id FROM "user"').fetchone()
        return AccountId(account_id), UserId(user_id)


def test_files_of_messages_are_in_the_backup_and_come_back(data: Path, run: Run, tmp_path: Path) -> None:
    name, content = _with_a_file(data)
    assert run("backup", "b")[0] == 0
    code, said, _ = run("restore", "b", "--data", "new")
    assert (code, said.splitlines()[-2]) == (0, "2 objects of files were restored.")
    assert (tmp_path / "new" / "files" / name).read_bytes() == content
    assert "all 2 objects of files are there" in run("doctor", "--data", "new")[1]


def test_a_missing_object_is_saved_as_missing_and_the_doctor_names_it(data: Path, run: Run, tmp_path: Path) -> None:
    name, _ = _with_a_file(data)
    (data.parent / "files" / name).unlink()
    code, said, _ = run("doctor")
    assert code == 1
    assert f"1 objects of files are missing, such as {name}" in said
    assert run("backup", "b")[0] == 0
    assert run("restore", "b", "--data", "new")[1].splitlines()[-2] == "1 objects of files were restored."
    assert not (tmp_path / "new" / "files" / name).exists()
