"""The store of files' content: the same over a folder and over S3, and what becomes of it in backups."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from hallway.storage.blobs import BlobStore, open_blobs
from hallway.usecases.errors import NotFound
from hallway.usecases.files.ports import FilesUnavailable
from tests.servers.ports import free_port

KEYS = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "eu-north-1",
    "AWS_ALLOW_HTTP": "true",
}


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server."""
    server = ThreadedMotoServer("127.0.0.1", free_port())
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def _set_up(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """As an operator does it: by the variables that Amazon's own tools read."""
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": address}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BlobStore:
    """An empty store."""
    if request.param == "folder":
        return open_blobs("", str(tmp_path / "data"))
    import boto3  # noqa: PLC0415 - takes a second

    _set_up(monkeypatch, request.getfixturevalue("s3"))
    bucket = f"b{os.urandom(6).hex()}"
    place = {"LocationConstraint": KEYS["AWS_REGION"]}
    boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name=KEYS["AWS_REGION"]).create_bucket(
        Bucket=bucket, CreateBucketConfiguration=place
    )
    return open_blobs(f"s3://{bucket}/below", str(tmp_path))


def test_an_object_comes_back_whole_and_in_parts(blobs: BlobStore) -> None:
    content = os.urandom(300_000)
    blobs.put("a/f/000000000000-1", content)
    assert blobs.read("a/f/000000000000-1", 0, 300_000) == content
    assert blobs.read("a/f/000000000000-1", 1_000, 10) == content[1_000:1_010]
    assert blobs.read("a/f/000000000000-1", 0, 10_000_000) == content
    blobs.put("a/f/000000000000-1", b"again")
    assert blobs.read("a/f/000000000000-1", 0, 5) == b"again"


def test_what_is_not_there_is_not_found_and_not_listed(blobs: BlobStore) -> None:
    with pytest.raises(NotFound):
        blobs.read("a/f/nothing", 0, 1)
    assert list(blobs.list("")) == []
    blobs.remove(["a/f/nothing"])
    blobs.remove_all("a")


def test_objects_are_listed_by_their_folder_and_removed(blobs: BlobStore) -> None:
    names = [f"{account}/{file}/{part}" for account in ("a", "b") for file in ("f", "g") for part in ("0", "thumbnail")]
    for name in names:
        blobs.put(name, name.encode())
    found = list(blobs.list("a/f"))
    assert sorted(one.name for one in found) == ["a/f/0", "a/f/thumbnail"]
    assert {one.size for one in found} == {5, 13}
    assert all(abs(datetime.now(UTC) - one.written_at) < timedelta(minutes=5) for one in found)
    blobs.remove(["a/f/0", "a/f/nothing", "a/f/thumbnail"])
    assert sorted(one.name for one in blobs.list("")) == sorted(set(names) - {"a/f/0", "a/f/thumbnail"})
    blobs.remove_all("a")
    assert {one.name[0] for one in blobs.list("")} == {"b"}


def test_a_store_that_is_away_is_unavailable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _set_up(monkeypatch, f"http://127.0.0.1:{free_port()}")
    away = open_blobs("s3://bucket", str(tmp_path))
    with pytest.raises(FilesUnavailable):
        away.put("a/f/0", b"x")


def test_a_folder_is_made_for_its_owner_alone_and_only_when_something_is_kept(tmp_path: Path) -> None:
    blobs = open_blobs("", str(tmp_path))
    assert list(blobs.list("")) == []
    assert list(tmp_path.iterdir()) == []
    blobs.put("a/f/0", b"x")
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700
    blobs.remove(["a/f/0"])
    assert list((tmp_path / "files").rglob("*")) == []


def test_a_full_disk_is_unavailable_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs = open_blobs("", str(tmp_path))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hallway.storage.blobs._make_durable", full)
    with pytest.raises(FilesUnavailable):
        blobs.put("a/f/0", b"x")
