"""What goes wrong while files come in, are checked and go: kills, a store that is away, a full disk. Nothing is lost or left."""

import io
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from hallway.client import Client, Refusal
from hallway.transport.wire import files as wire_files
from tests.faults.disks import Disk, SmallDisk, small_disk
from tests.servers.hallway import Hallway, demo_academy, installation

pytestmark = pytest.mark.slow
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def academy(built_academy: Path, tmp_path: Path) -> Iterator[Hallway]:
    serving = demo_academy(tmp_path, built=built_academy)
    yield serving
    serving.stop()


def _again(academy: Hallway) -> Hallway:
    """The same academy, started once more."""
    return demo_academy(academy.command.folder)


def _begun(client: Client, size: int) -> str:
    answer = client._uploading("POST", "/uploads", TUS | {"Upload-Length": str(size)})
    return str(answer.json()["id"])


def _objects(academy: Hallway, file_id: str) -> list[Path]:
    return list((academy.database.parent / "files").rglob(f"{file_id}/*"))


def _downloaded(client: Client, file_id: str) -> bytes:
    target = io.BytesIO()
    client.download(file_id, target)
    return target.getvalue()


def _picture() -> bytes:
    """One that takes a while to be drawn anew."""
    file = io.BytesIO()
    Image.effect_noise((3_000, 2_500), 60).save(file, "PNG")
    return file.getvalue()


def _until(is_so: object) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 60
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


def test_killed_in_an_upload_it_goes_on_where_the_last_piece_was_durable(academy: Hallway) -> None:
    whole = os.urandom(20_000_000)
    with academy.client("maya") as maya:
        file_id = _begun(maya, len(whole))
        headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}

        def send() -> None:
            with academy.client("maya") as other, pytest.raises(Exception):  # noqa: B017, PT011 - however it ends
                other._uploading("PATCH", f"/uploads/{file_id}", headers, whole)

        sending = threading.Thread(target=send)
        sending.start()
        _until(lambda: _objects(academy, file_id))
        academy.kill()
        sending.join()
    again = _again(academy)
    try:
        with again.client("maya") as maya:
            offset = int(maya._uploading("HEAD", f"/uploads/{file_id}", TUS).headers["Upload-Offset"])
            assert 0 < offset < len(whole)
            assert maya.resume(file_id, io.BytesIO(whole)).state == "ready"
            chat = maya.chats().rows[0].conversation_id
            maya.send(chat, "", files=[file_id])
            assert _downloaded(maya, file_id) == whole
    finally:
        again.stop()


def test_killed_while_a_picture_is_drawn_it_is_drawn_after_the_start(academy: Hallway) -> None:
    picture = _picture()
    with academy.client("maya") as maya:
        file_id = _begun(maya, len(picture))
        headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        maya._uploading("PATCH", f"/uploads/{file_id}", headers, picture)
        academy.kill()
    again = _again(academy)
    try:
        with again.client("maya") as maya:
            # The claim of the process that was killed has to run out first.
            until = time.monotonic() + 200
            file = maya.ask("GET", f"/files/{file_id}", None, wire_files.File)
            while file.state == "checking":
                assert time.monotonic() < until
                file = maya.ask("GET", f"/files/{file_id}", None, wire_files.File)
            assert file.state == "ready"
            assert file.attachment is not None
            assert (file.attachment.width, file.attachment.height) == (3_000, 2_500)
    finally:
        again.stop()


def test_while_the_store_of_files_is_away_messages_go_and_uploads_go_on_later(academy: Hallway) -> None:
    folder = academy.database.parent / "files"
    folder.write_bytes(b"")  # a file where the folder should be: nothing can be kept
    content = os.urandom(100_000)
    with academy.client("maya") as maya:
        file_id = _begun(maya, len(content))
        with pytest.raises(Refusal) as away:
            maya.resume(file_id, io.BytesIO(content))
        assert (away.value.problem.status, away.value.problem.code) == (503, "files_unavailable")
        chat = maya.chats().rows[0].conversation_id
        maya.send(chat, "Words go.")
        folder.unlink()
        assert maya.resume(file_id, io.BytesIO(content)).state == "ready"


def test_a_full_disk_refuses_an_upload_which_goes_on_when_there_is_room(built_academy: Path, tmp_path: Path) -> None:
    disk_folder = tmp_path / "disk"
    with small_disk(disk_folder, "16m") as disk:
        academy = demo_academy(tmp_path, built=built_academy, files=str(disk_folder / "files"))
        try:
            with academy.client("maya") as maya:
                _fill_in_an_upload(academy, maya, disk, disk_folder)
        finally:
            academy.kill()


def _fill_in_an_upload(academy: Hallway, maya: Client, disk: Disk, folder: Path) -> None:
    whole, chat = os.urandom(6_000_000), maya.chats().rows[0].conversation_id
    earlier = maya.upload("earlier.bin", io.BytesIO(whole[:1000]), 1000)
    file_id = _begun(maya, len(whole))
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    maya._uploading("PATCH", f"/uploads/{file_id}", headers, whole[:1_000_000])
    kept = _sizes(folder)
    disk.fill(academy.pid)
    with pytest.raises(Refusal) as full:
        maya.resume(file_id, io.BytesIO(whole))
    no = full.value.problem
    assert (no.status, no.code, no.retry_after) == (503, "files_unavailable", 2)
    assert _sizes(folder) == kept
    assert maya._uploading("HEAD", f"/uploads/{file_id}", TUS).headers["Upload-Offset"] == "1000000"
    if isinstance(disk, SmallDisk):  # the other kind of disk holds the messages, too
        maya.send(chat, "Words go.")
        maya.send(chat, "So does what is here.", files=[earlier.id])
    assert _downloaded(maya, earlier.id) == whole[:1000]
    disk.free(academy.pid)
    assert maya.resume(file_id, io.BytesIO(whole)).state == "ready"
    maya.send(chat, "", files=[file_id])
    assert _downloaded(maya, file_id) == whole


def _sizes(folder: Path) -> dict[Path, int]:
    """What lies in the store of files."""
    return {one: one.stat().st_size for one in (folder / "files").rglob("*") if one.is_file()}


def test_what_is_deleted_is_swept_though_the_sweep_was_killed(tmp_path: Path, built_academy: Path) -> None:
    academy = demo_academy(tmp_path, built=built_academy)
    content = os.urandom(3_000_000)
    with academy.client("maya") as maya:
        chat = maya.chats().rows[0].conversation_id
        ids = []
        for _ in range(3):
            file = maya.upload("a.bin", io.BytesIO(content), len(content))
            sent = maya.send(chat, "", files=[file.id])
            maya.delete_for_everyone(chat, sent.seq)
            ids.append(file.id)
    academy.kill()
    for one in _objects(academy, ids[0]):
        one.unlink()  # as the sweep had begun
    assert all(_objects(academy, one) for one in ids[1:])
    _make_upkeep_due(academy)
    again = installation(academy.command.folder)
    try:
        _until(lambda: not any(_objects(again, one) for one in ids))
    finally:
        again.stop()


def _make_upkeep_due(academy: Hallway) -> None:
    """As if its time had come."""
    import sqlite3  # noqa: PLC0415 - here alone
    from contextlib import closing  # noqa: PLC0415

    with closing(sqlite3.connect(academy.database)) as file:
        file.execute("UPDATE job SET due_at = 1, claim = NULL WHERE kind = 'upkeep'")
        file.commit()
